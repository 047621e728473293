"""
`alert …` and its buttons: make, try, list, pause, end; and the quiet hours.

Any member of the channel may do each of these. The channel reads in one line what was changed and by whom
(`alert_changes.py`); all else is answered to the person alone.
"""

import datetime as dt
import logging
import re
from collections.abc import Callable

from slack_sdk import WebClient

from analytics.alerts.alert_replay import replay
from analytics.alerts.alert_rules import AlertState, Observed, Rule, Unobserved
from analytics.alerts.alert_sentences import holds_already, say, say_start
from analytics.alerts.alert_words import AlertAction, AlertWish, UnclearAlert, recall_rule
from analytics.answering.alert_evidence import AlertEvidence, ReadByOthers
from analytics.digest_words.parsing import UnclearSetting, time_of, zone_of
from analytics.domain.wording import count, verb
from analytics.errors import NoSuchModel
from analytics.refusals import tell_no_such
from bot.alerting import alert_form, alert_messages
from bot.alerting.alert_builder import AlertContents
from bot.alerting.alert_change_words import STANDS
from bot.alerting.alert_changes import AlertChanges
from bot.alerting.alert_store import AlertStore
from bot.alerting.alert_tables import Alert, AlertChannel
from bot.alerting.alert_undo import AlertUndo
from bot.concern import name_concern
from bot.delivery import Delivery, Place
from bot.digest.admission import Admission, NotAdmitted
from bot.digest.digest_changes import Renew, nobody
from bot.digest.digest_commands import Asked
from bot.digest.records import State
from bot.messages import COMMAND, Message
from bot.persons import Persons
from bot.quiet_lines import QuietLines
from bot.slack_errors import SLACK_FAILURES, describe, pick

log = logging.getLogger(__name__)

MOST_ALERTS = 25
"""Alerts of one channel: what one message a day can tell."""

QUIET_FROM, QUIET_UNTIL = dt.time(20), dt.time(8)
NO_ZONE = "UTC"
QUIET = re.compile(r"(?P<start>\S+?) ?(?:-|–|to|until) ?(?P<end>\S+)(?: (?P<zone>.+))?", re.IGNORECASE)


class Alerting:
    """One method for each thing people can do with alerts."""

    def __init__(
        self,
        store: AlertStore,
        contents: AlertContents,
        evidence: AlertEvidence,
        delivery: Delivery,
        client: WebClient,
        clock: Callable[[], dt.datetime],
        *,
        renew: Renew = nobody,
    ) -> None:
        self._store = store
        self._contents = contents
        self._evidence = evidence
        self._delivery = delivery
        self._client = client
        self._admission = Admission(client)
        self._clock = clock
        self.changes = AlertChanges(store, QuietLines(delivery, Persons(client)), renew)
        self.undo = AlertUndo(store, self.changes, self._admission, delivery, clock)

    def do(self, asked: Asked, wish: AlertWish) -> None:
        """Do what was meant; what cannot be done is said, and nothing is set."""
        place = asked.place
        if wish.action is AlertAction.FORM and self.open_form(asked):
            return
        try:
            if said := self._act(place, wish):
                self._tell(place, said)
        except NotSet as why:
            self._tell(place, alert_messages.confirm_change(str(why)))
        except UnclearAlert as unclear:
            self._tell(place, alert_messages.how_to(str(unclear)))

    def _act(self, place: Place, wish: AlertWish) -> Message | None:
        """Do it; give what is to be said to the person, which is nothing if they read it in the channel."""
        if not self._store.is_kept:
            raise NotSet(f"Alerts need a data folder that can be written; see the README. {self._store.why_not_kept}")
        if wish.rule:
            if wish.action is AlertAction.PREVIEW:
                return self._preview(wish.rule)
            self._set(place, wish.rule, wish.number)
            return None
        if wish.action in STATES and wish.number is not None:
            said, told = self._change(place, wish.action, wish.number)
            return None if told and not place.in_thread else alert_messages.confirm_change(said)
        if wish.action is AlertAction.QUIET:
            return self._set_quiet(place, wish.rest)
        listed = wish.action is AlertAction.LIST
        return self.list_all(place) if listed else alert_messages.how_to("What can be said about alerts:")

    def tell_unclear(self, place: Place, unclear: UnclearAlert) -> None:
        """Say what is wrong with the words."""
        self._tell(place, alert_messages.how_to(str(unclear)))

    # ------------------------------------------------------------------------------------------------------------ set

    def _preview(self, rule: Rule) -> Message:
        return alert_messages.preview(rule.words, self._try_on_past(rule))

    def _set(self, place: Place, rule: Rule, instead_of: int | None = None) -> None:
        """Keep an alert, if all that it needs is there, and say so; `instead_of` is one that ends for it."""
        old = self._find(place, instead_of) if instead_of is not None else None
        if instead_of is not None and old is None:
            raise NotSet(_name_absent(instead_of))
        start = self._begin(place, rule)
        channel = self._open_channel(place)
        if len(self._store.list_alerts(channel.id)) >= MOST_ALERTS and old is None:
            raise NotSet(f"This channel has {MOST_ALERTS} alerts; end one of them first.")
        alert, new = self._store.add_alert(channel, rule.words, start, place.user, self._clock())
        self._tell(place, alert_messages.confirm(alert, channel, self._say_more(rule, start), new=new))
        if new:
            self.changes.note_new(alert, place.user, old)
        elif old and old.number != alert.number:
            self.changes.set_state([old], State.OFF, place.user)

    def _say_more(self, rule: Rule, start: Observed) -> list[str]:
        already = ["It is so already; the next message says when it is not."] if holds_already(rule, start) else []
        return [say_start(rule, start), *already, *self._try_on_past(rule)]

    def _begin(self, place: Place, rule: Rule) -> Observed:
        """Make sure that it can be told here, and read what it begins with. Raises NotSet."""
        try:
            self._admission.enter(place)
            start = self._evidence.begin(rule)
        except NotAdmitted as refusal:
            raise NotSet(f"There will be no alert here. {refusal}") from refusal
        except NoSuchModel as unknown:
            raise NotSet(f"{tell_no_such(unknown)} Nothing was set.") from unknown
        except ReadByOthers as private:
            what = f"{private} is private, and an alert is read by everybody in its channel."
            raise NotSet(f"{what} Nothing was set; ask for it by name.") from private
        if isinstance(start, Unobserved):
            raise NotSet(f"Nothing was set, for I cannot tell how it stands: {start.why}\n{THEN_AGAIN}")
        if getattr(rule, "gains", None) and holds_already(rule, start):
            raise NotSet(f"{say_start(rule, start)} It is so already; nothing was set.")
        return start

    def _try_on_past(self, rule: Rule) -> list[str]:
        past = self._evidence.list_past(rule)
        news = [(judged.now.as_of, say(rule, judged)) for judged in replay(rule, past) if judged.now]
        return alert_messages.tell_past(past, news)

    def _open_channel(self, place: Place) -> AlertChannel:
        now = self._clock()
        return self._store.open_channel(
            AlertChannel(
                team=self._store.home,
                channel=place.channel,
                weekday=0,
                at=QUIET_UNTIL,
                zone=self._guess_zone(place.user),
                creator=place.user,
                created_at=now,
                since=now,
                quiet_from=QUIET_FROM,
            )
        )

    def _guess_zone(self, user: str) -> str:
        try:
            return zone_of(str(pick(self._client.users_info(user=user), "user", "tz")))
        except (*SLACK_FAILURES, UnclearSetting):
            return NO_ZONE

    def _set_quiet(self, place: Place, words: str) -> Message | None:
        channel = self._store.of_channel(place.channel)
        if channel is None:
            return alert_messages.list_all(None, ())
        found = QUIET.fullmatch(words)
        if found is None:
            raise UnclearAlert(
                "Quiet hours are written as 20:00-08:00, with a zone if you like; 00:00-00:00 are none at all."
            )
        try:
            start, end = time_of(found["start"]), time_of(found["end"])
            zone = zone_of(found["zone"]) if found["zone"] else channel.zone
        except UnclearSetting as unclear:
            raise UnclearAlert(str(unclear)) from unclear
        told = self.changes.set_quiet(channel, start, end, zone, place.user)
        return None if told and not place.in_thread else self.list_all(place)

    # --------------------------------------------------------------------------------------------------------- change

    def _find(self, place: Place, number: int) -> Alert | None:
        channel = self._store.of_channel(place.channel)
        theirs = self._store.list_alerts(channel.id) if channel else []
        return next((one for one in theirs if one.number == number), None)

    def _change(self, place: Place, action: AlertAction, number: int) -> tuple[str, bool]:
        """Change one alert or all; give what became of that, and whether the channel was told."""
        if number == 0:
            return self._change_all(place, action)
        alert = self._find(place, number)
        if alert is None:
            raise NotSet(_name_absent(number))
        if action is AlertAction.RESUME:
            self._enter_again(place)
        told = self.changes.set_state([alert], STATES[action], place.user)
        return f"Alert {number} {STANDS[STATES[action]]}: {alert.words}.", told

    def _enter_again(self, place: Place) -> None:
        """Make sure that what waits again can be told. Raises NotSet."""
        try:
            self._admission.enter(place)
        except NotAdmitted as refusal:
            raise NotSet(f"It stays paused. {refusal}") from refusal
        self._open_channel(place)

    def _change_all(self, place: Place, action: AlertAction) -> tuple[str, bool]:
        channel = self._store.of_channel(place.channel)
        theirs = self._store.list_alerts(channel.id) if channel else []
        if not theirs:
            raise NotSet("This channel has no alerts, so nothing was changed.")
        if action is AlertAction.RESUME:
            self._enter_again(place)
        told = self.changes.set_state(theirs, STATES[action], place.user)
        said = f"{count(len(theirs), 'alert')} of this channel {verb(len(theirs), 'has', 'have')} changed: "
        return f"{said}{verb(len(theirs), 'it', 'each')} {STANDS[STATES[action]]}.", told

    def leave_all(self, user: str) -> int:
        """End every alert that somebody made, in all channels; give how many."""
        own = [alert for alert in self._store.list_alerts() if alert.creator == user]
        self.changes.set_state(own, State.OFF, user)
        return len(own)

    def press(self, asked: Asked, action: AlertAction, value: str) -> None:
        """Do what a button under an alert says, for the channel it stands in."""
        self.do(asked, AlertWish(action, int(value) if value.isdigit() else None))

    def is_own(self, place: Place, number: int) -> bool:
        """Tell whether an alert of a channel is this person's."""
        alert = self._find(place, number)
        return alert is not None and alert.creator == place.user

    def change(self, place: Place, action: AlertAction, number: int) -> str:
        """Change one alert; gives what became of it, in a sentence."""
        try:
            return self._change(place, action, number)[0]
        except NotSet as why:
            return str(why)

    def open_form(self, asked: Asked, instead_of: int | None = None) -> bool:
        """Open the form; tell whether it may be open. Where it is not, the words do the same."""
        if not asked.trigger:
            return False
        try:
            self._client.views_open(trigger_id=asked.trigger, view=alert_form.view(asked.place.channel, instead_of))
        except SLACK_FAILURES as failure:
            log.info("no form of alerts: %s, %s", describe(failure), name_concern())
            return False
        return True

    # ----------------------------------------------------------------------------------------------------------- show

    def list_all(self, place: Place) -> Message:
        """List the channel's alerts with how each stands."""
        channel = self._store.of_channel(place.channel)
        if channel is None:
            return alert_messages.list_all(None, ())
        told = self._store.list_told(channel.id)
        theirs = self._store.list_alerts(channel.id)
        return alert_messages.list_all(channel, [(one, self._say_standing(one, told)) for one in theirs])

    def _say_standing(self, alert: Alert, told: dict[int, Observed]) -> str:
        rule = recall_rule(alert.words)
        if rule is None:
            return "Cannot tell: what it waits for is not known any more."
        judged = self._contents.judge(alert, rule, told)
        if judged.state is AlertState.NORMAL and judged.now:
            return f"Normal. {say_start(rule, judged.now)}"
        return say(rule, judged)

    def tell_status(self) -> str:
        """Say for `status` how many alerts wait in how many channels."""
        waiting = self._store.list_alerts(active=True)
        channels = len({one.subscription for one in waiting})
        return f"Alerts: {count(len(waiting), 'alert')} in {count(channels, 'channel')}."

    def _tell(self, place: Place, message: Message) -> None:
        self._delivery.tell(place, message)


STATES = {AlertAction.OFF: State.OFF, AlertAction.PAUSE: State.PAUSED, AlertAction.RESUME: State.ACTIVE}


THEN_AGAIN = (
    f"An alert starts from a stored reading, and the sample is none. `{COMMAND} status` says what is read and when, or "
    "why it cannot be. Set the alert again after that."
)


class NotSet(Exception):
    """Why nothing was set, in a sentence or two."""


def _name_absent(number: int) -> str:
    return f"This channel has no alert {number}. “alerts” lists those it has."
