"""
`digest ...` and its buttons and form: make, change, pause, stop, show a channel's digests; and `status`.

Any member of the channel may do each of these. The channel reads in one line what was changed and by whom
(`digest_changes.py`); all else is answered to the person alone, but for TEST and `now`, which post.
"""

import datetime as dt
import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from slack_sdk import WebClient

from analytics.digest_words import parsing
from analytics.digest_words.named_days import FIRST_TIME, FIRST_WEEKDAY
from analytics.digest_words.sections import SECTIONS
from analytics.digest_words.wanted import Wanted
from bot.concern import name_concern
from bot.delivery import Delivery, Place
from bot.digest import digest_messages, modal
from bot.digest.admission import Admission, NotAdmitted
from bot.digest.builder import Contents
from bot.digest.by_hand import ByHand
from bot.digest.change_teller import ChangeTeller
from bot.digest.digest_actions import DigestActions
from bot.digest.digest_changes import DigestChanges, Renew, nobody
from bot.digest.opt_out import OptOut
from bot.digest.poster import SlackPoster
from bot.digest.records import Subscription
from bot.digest.schedule import next_times
from bot.digest.store import DigestStore
from bot.digest.undo_button import UndoButton
from bot.digest.unnamed_words import NamedDigest
from bot.digest.wanted_digest import complete
from bot.digest.which_digest import WhichDigest
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
    pick,
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


@dataclass(frozen=True, slots=True)
class Alongside:
    """What goes along with digests: alerts that one leaves with them, who made which, what `status` says, Home tabs."""

    leave: Callable[[str], int] = lambda _: 0
    list_alerts: Callable[[], Sequence[tuple[str, str]]] = tuple
    tell: Callable[[], str] = str
    renew: Renew = nobody


NOTHING_ALONGSIDE = Alongside()


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
        alongside: Alongside = NOTHING_ALONGSIDE,
    ) -> None:
        self._reports = reports
        self._alongside = alongside
        self._store = store
        self.which = WhichDigest(store)
        self._admission = Admission(client)
        self._delivery = delivery
        self._client = client
        self._clock = clock
        teller = ChangeTeller(QuietLines(delivery, Persons(client)), clock)
        self.changes = DigestChanges(store, teller, clock, alongside.renew)
        self.opt_out = OptOut(store, self.which, self.changes, alongside.leave, alongside.list_alerts)
        self.undo = UndoButton(store, self.changes, self.enter, delivery)
        by_hand = ByHand(contents, poster, clock)
        self._actions = DigestActions(
            store, contents, by_hand, self.changes, delivery, client, clock, self.enter, self.which.list_all
        )

    def do(self, asked: Asked, typed: list[str]) -> None:
        """Do what the words after `digest` say."""
        if self._cannot_keep(asked):
            return
        try:
            name, words = parsing.part_name(typed)
            action, rest = parsing.action_of(words)
            if action == parsing.LEAVE_ALL:
                self._tell(asked, digest_messages.confirm_change(self.opt_out.leave_all(asked.place.user)))
            elif action == parsing.LEAVE_ME:
                self._tell(asked, self.opt_out.ask_what_ends(asked.place))
            elif action == "on":
                self._on(asked, replace(parsing.read_wanted(rest), name=name))
            else:
                self.act(asked, action, name)
        except parsing.UnclearSetting as unclear:
            self._tell(asked, digest_messages.how_to(str(unclear)))

    def take_meant(self, asked: Asked, meant: NamedDigest) -> None:
        """Do what names a digest of the channel, or ask which is meant where that is not certain."""
        if meant.words:
            self.do(asked, list(meant.words))
        else:
            self._tell(asked, digest_messages.ask_name(meant.offered, meant.why))

    def hear(self, asked: Asked, wish: list[str]) -> None:
        """Do what a sentence asks for; where it may change the digest there is or make another, ask which."""
        is_new = wish[0] == "on" and not {"named", "called"} & set(wish)
        plain = self.which.find(asked.place.channel, "") if is_new and self._store.is_kept else None
        if plain and not plain.monthly and parsing.is_clear(wish[1:]):
            self._tell(asked, digest_messages.ask_which(plain, wish[1:]))
        else:
            self.do(asked, wish)

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

    def act(self, asked: Asked, action: str, name: str = "") -> None:
        """Do one thing with a digest of the channel, if it has that one; without a name `list` shows all it has."""
        if self._cannot_keep(asked):
            return
        there = self.which.list_all(asked.place.channel)
        subscription = self.which.find(asked.place.channel, name)
        if action == "list" and not name and there and (len(there) > 1 or subscription is None):
            self._actions.show_all(asked.place, there)
            return
        if subscription is None:
            self._tell(asked, self._say_none(name, there))
            return
        actions = self._actions
        {
            "list": actions.show,
            "off": actions.off,
            "pause": actions.pause,
            "resume": actions.resume,
            "preview": actions.preview,
            "history": actions.history,
            "test": actions.test,
            "now": actions.now,
        }[action](asked.place, subscription)

    # ----------------------------------------------------------------------------------------------------- subscribe

    def _say_none(self, name: str, there: Sequence[Subscription]) -> Message:
        if there or name:
            return digest_messages.no_such_digest(name, there)
        return digest_messages.state_of(None, (), self._actions.warn(has_digest=False))

    def _on(self, asked: Asked, wanted: Wanted) -> None:
        channel = asked.place.channel
        if (full := self.which.why_no_more(channel, wanted.name)) or (
            wanted.says_nothing and asked.trigger and self._offer_form(asked, wanted.name)
        ):
            self._refuse_more(asked, full)
            return
        kept = self.which.find(channel, wanted.name)
        said = wanted.zone or (kept.zone if kept else "")
        whole = complete(wanted, kept, said)
        if why_not := self.enter(asked.place):
            self.refuse(asked, why_not)
            return
        zone, guessed = (said, "") if said else self._guess_zone(asked.place.user)
        self.subscribe(asked, replace(whole, zone=zone), guessed)

    def _refuse_more(self, asked: Asked, full: str) -> None:
        if full:
            self._tell(asked, digest_messages.confirm_change(full))

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
        self._tell(asked, digest_messages.explain_refusal(why_not))

    def why_not_named(self, channel: str, opened_for: str, name: str) -> str:
        """Say why a form cannot be taken for the digest that it names, if so."""
        return "" if self._why_not_kept() else self.which.why_not_renamed(channel, opened_for, name)

    def subscribe(self, asked: Asked, wanted: Wanted, guessed: str = "") -> None:
        """Make or change one of the channel's digests and confirm it; `guessed` says what about the zone is a guess."""
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
                name=wanted.name,
                monthly=wanted.monthly or "",
            )
        )
        upcoming = next_times(changed.digest.rhythm, now)
        confirmed = digest_messages.confirm_subscription(changed.digest, upcoming, new=changed.is_new, guessed=guessed)
        self._tell(asked, confirmed)
        tell_others()

    def _offer_form(self, asked: Asked, name: str) -> bool:
        """Open the form, but not where it would be filled in for nothing; tell whether the asker has an answer."""
        try:
            self._admission.look(asked.place)
        except NotAdmitted as refusal:
            self.refuse(asked, str(refusal))
            return True
        return self._open(asked, name)

    def _open(self, asked: Asked, name: str) -> bool:
        """
        Open the form; tell whether the asker has an answer. Where it is refused (the trigger is old), the words do.

        Where Slack does not confirm it, it may be open: nothing is set up behind it, and that is said.
        """
        self._store.adopt(asked.place.channel)
        known = self._store.of_name(asked.place.channel, name)  # one that was stopped is offered as it was
        zone, guessed = (known.zone, "") if known else self._guess_zone(asked.place.user)
        view = modal.view(modal.FormOf(asked.place.channel, name, known), zone, tuple(SECTIONS.items()), guessed)
        try:
            with sort_failures(asked.place):
                self._client.views_open(trigger_id=asked.trigger, view=view)
        except Unconfirmed:
            self._tell(asked, digest_messages.how_to("Slack did not confirm the form. If you do not see it:"))
        except (Lost, NotHere, Refused, TooFast, Forbidden):
            return False
        return True

    def open_form(self, asked: Asked, name: str = "") -> None:
        """Open the form from a button."""
        if not self._open(asked, name):
            self._tell(asked, digest_messages.how_to("The form could not be opened; the same works in words."))

    def _guess_zone(self, user: str) -> tuple[str, str]:
        """Take the zone of the person's profile, else UTC; give it, and in a sentence that and how it was guessed."""
        try:
            zone = parsing.zone_of(str(pick(self._client.users_info(user=user), "user", "tz")))
        except (*SLACK_FAILURES, parsing.UnclearSetting) as failure:
            log.info("no zone of %s: %s, %s", user, describe(failure), name_concern())
            return NO_ZONE, digest_messages.warn_of_guess(NO_ZONE, known=False)
        return zone, digest_messages.warn_of_guess(zone, known=True)

    def tell_status(self, asked: Asked) -> None:
        """Say how fresh each source is, what became of the digests of the last week, and what is wrong with us."""
        counts = self._store.counts_since(self._clock() - dt.timedelta(weeks=1))
        said = ", ".join(f"{count} {state}" for state, count in counts.items()) or "none was due"
        channels = {digest.channel for digest in self._store.active()}
        digests = f"Digests of the last week: {said}. Subscribed channels: {len(channels)}."
        more = filter(None, [self._alongside.tell()])
        lines = [*self._reports.freshness(), digests, *more, *self._reports.warnings()]
        self._tell(asked, digest_messages.status(lines))

    def _tell(self, asked: Asked, message: Message) -> None:
        self._delivery.tell(asked.place, message)
