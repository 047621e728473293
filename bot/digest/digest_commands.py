"""
`digest ...` and its buttons and form: make, change, pause, stop, show a channel's digest; and `status`.

Any member of the channel may do each of these. The channel reads in one line what was changed and by whom
(`digest_changes.py`); all else is answered to the person alone, but for TEST and `now`, which post.
"""

import datetime as dt
import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from slack_sdk import WebClient

from analytics.domain.wording import count, verb
from bot.concern import name_concern
from bot.delivery import Delivery, Place
from bot.digest import digest_messages, modal, parsing
from bot.digest.admission import Admission, NotAdmitted
from bot.digest.builder import SECTIONS, Contents
from bot.digest.by_hand import ByHand
from bot.digest.change_teller import ChangeTeller
from bot.digest.damage_words import warn_of_damage
from bot.digest.digest_changes import DigestChanges
from bot.digest.poster import SlackPoster
from bot.digest.records import State, Subscription
from bot.digest.schedule import FIRST_TIME, FIRST_WEEKDAY, next_times
from bot.digest.store import DigestStore
from bot.digest.undo_button import UndoButton
from bot.messages import Message
from bot.persons import Persons
from bot.quiet_lines import QuietLines
from bot.slack_errors import (
    SLACK_FAILURES,
    Forbidden,
    Lost,
    NotHere,
    Refused,
    TooFast,
    Unconfirmed,
    describe,
    sort_failures,
)

log = logging.getLogger(__name__)

NO_ZONE = "UTC"
"""Where Slack does not tell the person's zone."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Who asks where: the place to answer, and Slack's trigger for a form (three seconds, once)."""

    place: Place
    trigger: str = ""


@dataclass(frozen=True, slots=True)
class Reports:
    """What is to be known of how things stand, in sentences: how fresh each source is, and what is wrong with us."""

    freshness: Callable[[], Iterable[str]] = tuple
    warnings: Callable[[], Iterable[str]] = tuple


NOTHING_TO_REPORT = Reports()


class Subscribing:
    """One method for each thing people can do with a channel's digest."""

    def __init__(
        self,
        store: DigestStore,
        contents: Contents,
        poster: SlackPoster,
        delivery: Delivery,
        client: WebClient,
        *,
        clock: Callable[[], dt.datetime],
        reports: Reports = NOTHING_TO_REPORT,
    ) -> None:
        self._reports = reports
        self.leave_more: Callable[[str], int] = lambda _: 0
        self.tell_more: Callable[[], str] = str
        self._store = store
        self._contents = contents
        self._by_hand = ByHand(contents, poster, clock)
        self._admission = Admission(client)
        self._delivery = delivery
        self._client = client
        self._clock = clock
        self.changes = DigestChanges(store, ChangeTeller(QuietLines(delivery, Persons(client)), clock), clock)
        self.undo = UndoButton(store, self.changes, self.enter, delivery)

    def do(self, asked: Asked, typed: list[str]) -> None:
        """Do what the words after `digest` say."""
        if self._cannot_keep(asked):
            return
        try:
            action, rest = parsing.action_of(typed)
            if action == parsing.LEAVE_ALL:
                self._tell(asked, digest_messages.confirm_change(self.leave_all(asked.place.user)))
            elif action == "on":
                self._on(asked, parsing.read_wanted(rest))
            else:
                self.act(asked, action)
        except parsing.UnclearSetting as unclear:
            self._tell(asked, digest_messages.how_to(str(unclear)))

    def _cannot_keep(self, asked: Asked) -> bool:
        """Refuse, where it would be forgotten, to change or promise anything."""
        if not (why_not := self._why_not_kept()):
            return False
        self._tell(asked, digest_messages.confirm_change(why_not))
        return True

    def _why_not_kept(self) -> str:
        if self._store.is_kept:
            return ""
        return f"Digests need a data folder that can be written; see the README. {self._store.why_not_kept}".strip()

    def act(self, asked: Asked, action: str) -> None:
        """Do one thing with the channel's digest, if it has one."""
        if self._cannot_keep(asked):
            return
        subscription = self._find(asked)
        if subscription is None or subscription.state is State.OFF:
            self._tell(asked, digest_messages.state_of(None, (), self._warning(has_digest=False)))
            return
        {
            "list": self._show,
            "off": self._off,
            "pause": self._pause,
            "resume": self._resume,
            "preview": self._preview,
            "history": self._history,
            "test": self._test,
            "now": self._now,
        }[action](asked, subscription)

    # ----------------------------------------------------------------------------------------------------- subscribe

    def _find(self, asked: Asked) -> Subscription | None:
        """Give the digest of the channel; whoever asks there proves that it is ours, whatever it is stored under."""
        self._store.adopt(asked.place.channel)
        return self._store.of_channel(asked.place.channel)

    def _on(self, asked: Asked, wanted: parsing.Wanted) -> None:
        known = self._find(asked)
        if wanted.says_nothing and asked.trigger and self._offer_form(asked, known):
            return
        kept = known if known and known.state is not State.OFF else None
        said = wanted.zone or (kept.zone if kept else "")
        if why_not := self.enter(asked.place):
            self.refuse(asked, why_not)
            return
        zone, guessed = (said, "") if said else self._guess_zone(asked.place.user)
        self.subscribe(asked, _complete(wanted, kept, zone), guessed)

    def enter(self, place: Place) -> str:
        """Make sure that a digest can be posted there, joining where that is possible; gives why not, if not."""
        if why_not := self._why_not_kept():
            return why_not
        try:
            self._admission.enter(place)
        except NotAdmitted as refusal:
            return str(refusal)
        return ""

    def refuse(self, asked: Asked, why_not: str) -> None:
        """Say that nothing was set up, and why."""
        self._tell(asked, digest_messages.confirm_change(f"There will be no digest here. {why_not}"))

    def subscribe(self, asked: Asked, wanted: parsing.Wanted, guessed: str = "") -> None:
        """Make or change the channel's digest and confirm it; `guessed` says what about the zone is a guess."""
        if self._cannot_keep(asked):
            return
        now = self._clock()
        self._store.adopt(asked.place.channel)
        changed, tell_others = self.changes.subscribe(
            Subscription(
                team=self._store.home,
                channel=asked.place.channel,
                weekday=wanted.weekday or FIRST_WEEKDAY,
                at=wanted.at or FIRST_TIME,
                zone=wanted.zone or NO_ZONE,
                creator=asked.place.user,
                created_at=now,
                since=now,
                sections=wanted.sections or (),
                only_if_matters=bool(wanted.only_if_matters),
            )
        )
        upcoming = next_times(changed.digest.rhythm, now)
        confirmed = digest_messages.confirm_subscription(changed.digest, upcoming, new=changed.is_new, guessed=guessed)
        self._tell(asked, confirmed)
        tell_others()

    def _offer_form(self, asked: Asked, known: Subscription | None) -> bool:
        """Open the form, but not where it would be filled in for nothing; tell whether the asker has an answer."""
        try:
            self._admission.look(asked.place)
        except NotAdmitted as refusal:
            self.refuse(asked, str(refusal))
            return True
        return self._open(asked, known)

    def _open(self, asked: Asked, known: Subscription | None) -> bool:
        """
        Open the form; tell whether the asker has an answer. Where it is refused (the trigger is old), the words do.

        Where Slack does not confirm it, it may be open: nothing is set up behind it, and that is said.
        """
        zone, guessed = (known.zone, "") if known else self._guess_zone(asked.place.user)
        view = modal.view(asked.place.channel, known, zone, tuple(SECTIONS.items()), guessed)
        try:
            with sort_failures(asked.place):
                self._client.views_open(trigger_id=asked.trigger, view=view)
        except Unconfirmed:
            self._tell(asked, digest_messages.how_to("Slack did not confirm the form. If you do not see it:"))
        except (Lost, NotHere, Refused, TooFast, Forbidden):
            return False
        return True

    def open_form(self, asked: Asked) -> None:
        """Open the form from a button."""
        if not self._open(asked, self._find(asked)):
            self._tell(asked, digest_messages.how_to("The form could not be opened; the same works in words."))

    def _guess_zone(self, user: str) -> tuple[str, str]:
        """Take the zone of the person's profile, else UTC; give it, and in a sentence that and how it was guessed."""
        try:
            zone = parsing.zone_of(str(self._client.users_info(user=user)["user"].get("tz")))
        except (*SLACK_FAILURES, parsing.UnclearSetting) as failure:
            log.info("no zone of %s: %s, %s", user, describe(failure), name_concern())
            return NO_ZONE, digest_messages.warn_of_guess(NO_ZONE, known=False)
        return zone, digest_messages.warn_of_guess(zone, known=True)

    # ------------------------------------------------------------------------------------------------------ the rest

    def _show(self, asked: Asked, subscription: Subscription) -> None:
        upcoming = next_times(subscription.rhythm, self._clock())
        self._tell(asked, digest_messages.state_of(subscription, upcoming, self._warning(has_digest=True)))

    def _warning(self, *, has_digest: bool) -> str:
        return warn_of_damage(self._store.damage, self._clock(), has_digest=has_digest)

    def _off(self, asked: Asked, subscription: Subscription) -> None:
        told = self.changes.stop([subscription], asked.place.user)
        self._confirm(asked, "This channel gets no more digests. “digest on” starts them again.", told=told)

    def leave_all(self, user: str) -> str:
        """End every digest that somebody made; say how many."""
        own = [digest for digest in self._store.list_wanted() if digest.creator == user]
        self.changes.stop(own, user)
        alerts = self.leave_more(user)
        ended = f"{verb(len(own) + alerts, 'it has', 'all have')} ended"
        beside = f" and {count(alerts, 'alert')}" if alerts else ""
        return f"You made {count(len(own), 'digest')}{beside}; {ended}. “digest on” makes one again."

    def _pause(self, asked: Asked, subscription: Subscription) -> None:
        told = self.changes.pause(subscription, asked.place.user)
        self._confirm(asked, "The digest is paused. “digest resume” lets it come again.", told=told)

    def _confirm(self, asked: Asked, said: str, *, told: bool) -> None:
        """Confirm a change to who made it, unless they read it in the channel; a thread does not show that."""
        if not told or asked.place.in_thread:
            self._tell(asked, digest_messages.confirm_change(said))

    def _resume(self, asked: Asked, subscription: Subscription) -> None:
        if why_not := self.enter(asked.place):
            self.refuse(asked, why_not)
        elif not self.changes.resume(subscription, asked.place.user) or asked.place.in_thread:
            self._show(asked, self._store.by_id(subscription.id) or subscription)

    def _history(self, asked: Asked, subscription: Subscription) -> None:
        entries = self._store.history(subscription.id)
        links = [self._link(subscription.channel, entry.ts) for entry in entries]
        self._tell(asked, digest_messages.ledger(entries, links))

    def _link(self, channel: str, ts: str) -> str:
        if not ts:
            return ""
        try:
            return str(self._client.chat_getPermalink(channel=channel, message_ts=ts)["permalink"])
        except SLACK_FAILURES as failure:
            log.info("no link to %s: %s, %s", ts, describe(failure), name_concern())
            return ""

    def _preview(self, asked: Asked, subscription: Subscription) -> None:
        content = self._contents.build(subscription, None, late=False, test=True)
        # A picture cannot be ephemeral: Slack's own chart stands in.
        self._delivery.tell(asked.place, *content.message[-2:])

    def _test(self, asked: Asked, subscription: Subscription) -> None:
        self._post(asked, subscription, test=True)

    def _now(self, asked: Asked, subscription: Subscription) -> None:
        self._post(asked, subscription, test=False)

    def _post(self, asked: Asked, subscription: Subscription, *, test: bool) -> None:
        if said := self._by_hand.post(subscription, test=test):
            self._tell(asked, digest_messages.confirm_change(said))

    def tell_status(self, asked: Asked) -> None:
        """Say how fresh each source is, what became of the digests of the last week, and what is wrong with us."""
        counts = self._store.counts_since(self._clock() - dt.timedelta(weeks=1))
        said = ", ".join(f"{count} {state}" for state, count in counts.items()) or "none was due"
        digests = f"Digests of the last week: {said}. Subscribed channels: {len(self._store.active())}."
        self._tell(
            asked,
            digest_messages.status(
                [*self._reports.freshness(), digests, *filter(None, [self.tell_more()]), *self._reports.warnings()]
            ),
        )

    def _tell(self, asked: Asked, message: Message) -> None:
        self._delivery.tell(asked.place, message)


def _complete(wanted: parsing.Wanted, kept: Subscription | None, zone: str) -> parsing.Wanted:
    """Take from the digest there is what the words do not say; sections and conditions too."""
    return parsing.Wanted(
        weekday=wanted.weekday if wanted.weekday is not None else kept.weekday if kept else FIRST_WEEKDAY,
        at=wanted.at or (kept.at if kept else FIRST_TIME),
        zone=zone,
        sections=wanted.sections if wanted.sections is not None else kept.sections if kept else (),
        only_if_matters=wanted.only_if_matters
        if wanted.only_if_matters is not None
        else bool(kept and kept.only_if_matters),
    )
