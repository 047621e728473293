"""What people do with a digest that a channel has: see, end, pause, resume, preview, post it now."""

import datetime as dt
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from slack_sdk import WebClient

from analytics.digest_words.digest_names import name_in_words, quote_name
from bot.concern import name_concern
from bot.delivery import Delivery, Place
from bot.digest import digest_messages
from bot.digest.builder import Contents
from bot.digest.by_hand import ByHand
from bot.digest.damage_words import warn_of_damage
from bot.digest.digest_changes import DigestChanges
from bot.digest.records import Subscription
from bot.digest.schedule import next_times
from bot.digest.store import DigestStore
from bot.messages import Message
from bot.slack_errors import SLACK_FAILURES, describe, pick

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class DigestActions:
    """
    One method for each. `enter` makes sure that a digest can be posted in a place, and gives why not, if not.

    `list_all` gives what a channel has.
    """

    _store: DigestStore
    _contents: Contents
    _by_hand: ByHand
    _changes: DigestChanges
    _delivery: Delivery
    _client: WebClient
    _clock: Callable[[], dt.datetime]
    _enter: Callable[[Place], str]
    _list_all: Callable[[str], Sequence[Subscription]]

    def show(self, place: Place, subscription: Subscription) -> None:
        """Say how it is set up and when it comes next."""
        upcoming = next_times(subscription.rhythm, self._clock())
        self._tell(place, digest_messages.state_of(subscription, upcoming, self.warn(has_digest=True)))

    def show_all(self, place: Place, there: Sequence[Subscription]) -> None:
        """Say so of all that a channel has."""
        now = self._clock()
        shown = [(digest, next_times(digest.rhythm, now)) for digest in there]
        self._tell(place, digest_messages.list_digests(shown, self.warn(has_digest=True)))

    def off(self, place: Place, subscription: Subscription) -> None:
        """End it."""
        told = self._changes.stop([subscription], place.user)
        others, again = (
            self._list_all(subscription.channel),
            f"“digest on{name_in_words(subscription.name)}” starts",
        )
        ended = f"The {subscription.noun} here has ended. {again} it again."
        said = ended if others else f"This channel gets no more digests. {again} them again."
        self._confirm(place, said, told=told)

    def pause(self, place: Place, subscription: Subscription) -> None:
        """Let it rest until it is resumed."""
        told = self._changes.pause(subscription, place.user)
        again = f"“digest resume{name_in_words(subscription.name)}” lets it come again."
        self._confirm(place, f"The digest{quote_name(subscription.name)} is paused. {again}", told=told)

    def _confirm(self, place: Place, said: str, *, told: bool) -> None:
        """Confirm a change to who made it, unless they read it in the channel; a thread does not show that."""
        if not told or place.in_thread:
            self._tell(place, digest_messages.confirm_change(said))

    def resume(self, place: Place, subscription: Subscription) -> None:
        """Let it come again, where it still can be posted."""
        if why_not := self._enter(place):
            self._tell(place, digest_messages.explain_refusal(why_not))
        elif not self._changes.resume(subscription, place.user) or place.in_thread:
            self.show(place, self._store.by_id(subscription.id) or subscription)

    def history(self, place: Place, subscription: Subscription) -> None:
        """Say what became of the last ones."""
        entries = self._store.history(subscription.id)
        links = [self._link(subscription.channel, entry.ts) for entry in entries]
        self._tell(place, digest_messages.ledger(entries, links))

    def _link(self, channel: str, ts: str) -> str:
        if not ts:
            return ""
        try:
            return str(pick(self._client.chat_getPermalink(channel=channel, message_ts=ts), "permalink"))
        except SLACK_FAILURES as failure:
            log.info("no link to %s: %s, %s", ts, describe(failure), name_concern())
            return ""

    def preview(self, place: Place, subscription: Subscription) -> None:
        """Show the next one to the asker alone."""
        content = self._contents.build(subscription, None, late=False, test=True)
        # A picture cannot be ephemeral: Slack's own chart stands in.
        self._delivery.tell(place, *content.message[-2:])

    def test(self, place: Place, subscription: Subscription) -> None:
        """Post it as a TEST, which takes no slot."""
        self._post(place, subscription, test=True)

    def now(self, place: Place, subscription: Subscription) -> None:
        """Post it at once."""
        self._post(place, subscription, test=False)

    def _post(self, place: Place, subscription: Subscription, *, test: bool) -> None:
        if said := self._by_hand.post(subscription, test=test):
            self._tell(place, digest_messages.confirm_change(said))

    def warn(self, *, has_digest: bool) -> str:
        """Say that the database was damaged, where that may have cost a channel its digest."""
        return warn_of_damage(self._store.damage, self._clock(), has_digest=has_digest)

    def _tell(self, place: Place, message: Message) -> None:
        self._delivery.tell(place, message)
