"""
What people click and submit: buttons under answers and digests, and the form of a digest.

A second click on the same button is the same click while the first is worked on and for a moment after. What is wrong
with a form is said beside its field, before it closes.
"""

import json
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Protocol

from analytics.alerts.alert_words import AlertAction
from analytics.digest_words import parsing
from analytics.digest_words.digest_names import name_in_value
from analytics.digest_words.sections import SECTIONS
from bot import home_view, troubles
from bot.alerting import alert_form, alert_messages
from bot.alerting.alert_commands import Alerting
from bot.digest import digest_messages, modal
from bot.digest.digest_commands import Asked, Subscribing
from bot.fair_shares import Lane
from bot.form_parts import OfAnotherVersion
from bot.home_tab import HomeTab
from bot.messages import MANAGE
from bot.open_form import OpenForm
from bot.place import Place
from bot.place import read_place as _place
from bot.seen import Gestures
from bot.seen import name_gesture as _gesture
from bot.turns import ANYWAY, Once, Turns

log = logging.getLogger(__name__)

Body = dict[str, Any]


Undo = Callable[[Place, str], None]
"""Takes a change back that a button's value names."""


class BringRows(Protocol):
    """Takes the reading that a button names, to bring its rows as a file."""

    def __call__(self, place: Place, value: str, once: Once, *, alone: bool) -> None:
        """Hand it over."""


@dataclass(frozen=True, slots=True)
class WaysToAsk:
    """What takes words as if they had been typed there, and what looks again at the reading that a button names."""

    ask: Callable[..., None]
    explain: Callable[[Place, str, Once], None]
    bring_rows: BringRows


BUTTONS = {
    digest_messages.PAUSE: "pause",
    digest_messages.RESUME: "resume",
    digest_messages.OFF: "off",
    digest_messages.TEST: "test",
}
"""Buttons of the digest, and the word each stands for."""

ALERT_ACTIONS = {
    alert_messages.OFF: AlertAction.OFF,
    alert_messages.PAUSE: AlertAction.PAUSE,
    alert_messages.RESUME: AlertAction.RESUME,
    alert_messages.LIST: AlertAction.LIST,
    alert_messages.FORM: AlertAction.FORM,
}
"""Buttons of alerts, and what each does."""


class Clicks:
    """One handler for each kind of button and form."""

    def __init__(
        self,
        turns: Turns,
        ways: WaysToAsk,
        gestures: Gestures,
        subscribing: Subscribing | None = None,
        home: HomeTab | None = None,
        alerting: Alerting | None = None,
        *,
        undo: Mapping[str, Undo] | None = None,
    ) -> None:
        self._alerting = alerting
        self._turns = turns
        self._ask, self._explain, self._bring_rows = ways.ask, ways.explain, ways.bring_rows
        self._subscribing = subscribing
        self._gestures = gestures
        self._home = home
        self._undo = undo or {}

    def ask_button(self, ack: Callable[..., Any], body: Body, action: Body, respond: Any) -> None:
        """Answer a button that asks its words for the one who clicked."""
        ack()
        place = _place(body, respond)
        self._once_valued(place, body, action, lambda value, once: self._ask(place, f"privately {value}", once))

    def share_button(self, ack: Callable[..., Any], body: Body, action: Body, respond: Any) -> None:
        """Answer a button that asks its words in the channel."""
        ack()
        own = bool((body.get("container") or {}).get("is_ephemeral"))
        place = replace(_place(body, respond), replace=own)
        self._once_valued(place, body, action, lambda value, once: self._ask(place, value, once))

    def how_button(self, ack: Callable[..., Any], body: Body, action: Body, respond: Any) -> None:
        """Say how the answer above the button was counted, to the one who clicked."""
        ack()
        place = _place(body, respond)
        self._once_valued(place, body, action, lambda value, once: self._explain(place, value, once))

    def csv_button(self, ack: Callable[..., Any], body: Body, action: Body, respond: Any) -> None:
        """Bring the rows of the answer above the button: into its thread, or to the one who clicked."""
        ack()
        container = body.get("container") or {}
        alone, place = bool(container.get("is_ephemeral")), _place(body, respond)
        place = replace(place, thread_ts=place.thread_ts or container.get("message_ts"))
        bring = lambda value, once: self._bring_rows(place, value, once, alone=alone)  # noqa: E731 - as the others
        self._once_valued(place, body, action, bring)

    def dead_button(self, ack: Callable[..., Any], body: Body, respond: Any) -> None:
        """Answer a button of an older version; without this Slack shows a warning sign."""
        ack()
        action: Body = next(iter(body.get("actions") or ()), {})
        self._once(body, action, lambda once: self._tell_stale(_place(body, respond), once))

    def digest_button(self, ack: Callable[..., Any], body: Body, action: Body, respond: Any) -> None:
        """Do what a button of a digest or of its settings says, for the channel it stands in."""
        ack()
        place = _place(body, respond)
        asked, button = Asked(place, str(body.get("trigger_id") or "")), action["action_id"].partition(":")[0]
        name = name_in_value(str(action.get("value") or ""), place.channel)
        self._once(body, action, lambda once: self._settings(asked, button, name, once))

    def undo_button(self, ack: Callable[..., Any], body: Body, action: Body, respond: Any) -> None:
        """Take back the change of digests, alerts or previews that the button stands under."""
        ack()
        place, undo = _place(body, respond), self._undo.get(action["action_id"].partition(":")[0])
        if undo:
            work = partial(undo, place, str(action.get("value") or ""))
            self._once(body, action, lambda once: self._change(place, work, once))

    def alert_button(self, ack: Callable[..., Any], body: Body, action: Body, respond: Any) -> None:
        """Do what a button under an alert or in their list says, for the channel it stands in."""
        ack()
        place, alerting = _place(body, respond), self._alerting
        asked, button = Asked(place, str(body.get("trigger_id") or "")), action["action_id"].partition(":")[0]
        meant = ALERT_ACTIONS.get(button)
        if alerting is None or meant is None:
            self._once(body, action, lambda once: self._tell_stale(place, once))
            return
        press = partial(alerting.press, asked, meant, str(action.get("value") or ""))
        self._once(body, action, lambda once: self._change(place, press, once))

    def alert_form(self, ack: Callable[..., Any], body: Body, view: Body) -> None:
        """Take the form of an alert: what is wrong is said beside the field, the rest to the one who sent it."""
        try:
            channel, wish, wrong = alert_form.read(view)
        except OfAnotherVersion as reason:
            self._refuse_form(ack, body, view, reason)
            return
        if wrong or wish is None or self._alerting is None:
            ack(response_action="errors", errors=wrong)
            return
        ack()
        place = _place_of_form(body, channel)
        self._change(place, partial(self._alerting.do, Asked(place), wish), ANYWAY)

    def home_button(self, ack: Callable[..., Any], body: Body, action: Body) -> None:
        """Do what a button of the Home tab says; a question is answered by direct message."""
        ack()
        place, word = _place(body, None), action["action_id"].partition(":")[0]
        home, value = self._home, str(action.get("value") or "")
        if home is None:
            return
        asked = Asked(place, str(body.get("trigger_id") or ""))
        if word == home_view.ASK:
            ask = lambda: self._ask(home.find_direct(place), value)  # noqa: E731 - one of two kinds of work
            self._once(body, action, lambda once: self._change(place, ask, once))
        else:
            self._once(body, action, lambda once: self._change(place, partial(home.act, asked, word, value), once))

    def _settings(self, asked: Asked, button: str, name: str, once: Once) -> None:
        subscribing = self._subscribing
        if subscribing and button == MANAGE:
            self._turns.submit(asked.place, partial(subscribing.open_form, asked, name), once)
        elif subscribing and button in BUTTONS:
            self._change(asked.place, partial(subscribing.act, asked, BUTTONS[button], name), once)
        else:
            self._tell_stale(asked.place, once)

    def _tell_stale(self, place: Place, once: Once) -> None:
        self._turns.tell_beside(place, troubles.stale_button(), once)

    def _once_valued(self, place: Place, body: Body, action: Body, work: Callable[[str, Once], None]) -> None:
        """Do what a button's value says; one without it is told to be none of this version's."""
        if value := str(action.get("value") or ""):
            self._once(body, action, lambda once: work(value, once))
        else:
            self._once(body, action, lambda once: self._tell_stale(place, once))

    def _once(self, body: Body, action: Body, work: Callable[[Once], None]) -> None:
        """Do what a button asks for, unless it was clicked a moment ago or is under way."""
        gesture = _gesture(body, action)
        if self._gestures.begin(gesture):
            work(Once(lambda: self._gestures.is_ours(gesture), lambda: self._gestures.end(gesture)))
        else:
            log.info("a button was clicked twice and is done once, for %s", _place(body, None))

    # ----------------------------------------------------------------------------------------------------------- form

    def digest_form(self, ack: Callable[..., Any], body: Body, view: Body) -> None:
        """Take the form: what is wrong is said beside the field, before the form closes and anything is stored."""
        try:
            channel, wanted = modal.read(view, SECTIONS)
        except OfAnotherVersion as reason:
            self._refuse_form(ack, body, view, reason)
            return
        except parsing.UnclearSetting as unclear:
            ack(response_action="errors", errors={modal.FIELDS[unclear.setting]: str(unclear)})
            return
        place = _place_of_form(body, channel)
        gesture = " ".join(map(str, (view.get("id"), place.user, channel, json.dumps(view.get("state")))))
        form = OpenForm(ack)
        take = partial(self._take_form, Asked(place), modal.read_opened(view), wanted, gesture, form)
        self._change(place, take, Once(done=form.take))

    def unknown_form(self, ack: Callable[..., Any], body: Body, view: Body) -> None:
        """Close a form that this version does not have."""
        self._refuse_form(ack, body, view, OfAnotherVersion("no form of ours"))

    def _refuse_form(self, ack: Callable[..., Any], body: Body, view: Body, reason: OfAnotherVersion) -> None:
        """Close a form that another version of ours opened, and say that nothing came of it."""
        ack()
        place = _place_of_form(body, "")
        log.info("a form of another version (%s), for %s", reason, place)
        sent = {"action_id": view.get("id"), "value": view.get("hash")}
        self._once(body, sent, lambda once: self._turns.tell_beside(place, troubles.stale_form(), once))

    def _change(self, place: Place, work: Callable[[], None], once: Once) -> None:
        """Have settings changed in a line of its own: Slack is asked for that, and may take its time."""
        self._turns.submit(place, lambda: self._turns.onward(place, Lane.SETTINGS, work), once)

    def _take_form(self, asked: Asked, opened_for: str, wanted: parsing.Wanted, gesture: str, form: OpenForm) -> None:
        """Make sure that the digest can be posted, then subscribe; who still sees the form reads there why not."""
        if self._subscribing is None:
            return
        misnamed = self._subscribing.why_not_named(asked.place.channel, opened_for, wanted.name)
        why_not = misnamed or self._subscribing.enter(asked.place)
        read_beside_the_field = form.close(why_not.replace("`", ""), modal.NAME if misnamed else modal.DAY)
        if why_not and not read_beside_the_field:
            self._subscribing.refuse(asked, why_not)
        elif not why_not and self._gestures.begin(gesture):
            try:
                if self._gestures.is_ours(gesture):
                    self._subscribing.subscribe(asked, wanted)
            finally:
                self._gestures.end(gesture)


def _place_of_form(body: Body, channel: str) -> Place:
    """Give the channel that a form is for, as the place of whoever sent it."""
    team = str((body.get("team") or {}).get("id") or "")
    return Place(channel, body["user"]["id"], direct=channel.startswith("D"), team=team)
