"""What is typed comes in by the routes of `bot.payload_routes.ROUTES`; by none of them can a text hold up everybody."""

import datetime as dt
import inspect
import json
from collections.abc import Iterator
from itertools import count
from typing import Any

import pytest

from analytics.analyst import Analyst
from analytics.storage.database import Database
from bot import form_parts
from bot.alerting import alert_form
from bot.commands import Commands
from bot.digest import modal
from bot.digest.digest_commands import Subscribing
from bot.digest.store import DigestStore
from bot.fair_shares import Asker, Work
from bot.payload_routes import ROUTES
from tests.worst_texts import freezes

NOW = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)
OUT_OF_REACH = "http://127.0.0.1:9"
CHANNEL, USER = "C1", "U1"
MOMENTS = count(int(NOW.timestamp()))


class NoThreads:
    """Takes the place of the threads: does all of a question before it comes back."""

    def submit(self, asker: Asker, work: Work, if_left: Any = None) -> None:
        """Do it, and what is left of it."""
        while (onward := work()) is not None:
            work = onward.work

    def aside(self, person: str, job: Any) -> None:
        """Do it."""
        job()


class FakeDelivery:
    """Remembers what was said to people, instead of saying it to Slack."""

    def __init__(self) -> None:
        self.said: list[str] = []

    def tell(self, place: Any, *forms: Any) -> None:
        """Remember it."""
        self.said.append(forms[0].text)

    show = post = tell


def payload(kind: str, what: Any, text: str) -> dict[str, Any]:
    """Give what Slack sends by a route, with the text wherever a person can type one."""
    event = {"channel": CHANNEL, "user": USER, "ts": f"{NOW.timestamp()}", "text": text, "channel_type": "im"}
    values = {
        modal.DAY: {"selected_option": {"value": "0"}},
        modal.TIME: {"selected_time": text},
        modal.ZONE: {"value": text},
        modal.SECTIONS: {"selected_options": []},
        modal.MATTERS: {"selected_options": []},
        alert_form.KIND: {"selected_option": {"value": "model"}},
        alert_form.FRAMEWORK: {"selected_option": {"value": alert_form.FRAMEWORKS[0]}},
        **{name: {"value": text} for name in (alert_form.TOP, alert_form.POINTS, alert_form.MODEL)},
    }
    state = {"values": {block: {form_parts.VALUE: told} for block, told in values.items()}}
    told = {"channel": CHANNEL, "team": "T1", "instead_of": None}
    function = {"function_execution_id": text, "inputs": {"question": text, "channel": CHANNEL}, "function": {}}
    run = {"event": event | function, "body": {"team_id": "T1"}, "client": None}
    return {
        "command": {"body": {"text": text, "channel_id": CHANNEL, "user_id": USER, "team_id": "T1"}},
        "event": {"event": event, "body": {"event_id": None, "team_id": "T1"}},
        "action": {
            "body": {"user": {"id": USER}, "channel": {"id": CHANNEL}},
            "action": {"value": text, "action_id": f"{getattr(what, 'pattern', what).strip('^')}{text}"},
        },
        "function": run,
        "function_held": run,
        "shortcut": {
            "body": {
                "user": {"id": USER},
                "channel": {"id": CHANNEL},
                "message": {"text": text},
                "message_ts": str(next(MOMENTS)),
            }
        },
        "view": {
            "body": {"user": {"id": USER}},
            "view": {"private_metadata": json.dumps(told), "state": state},
        },
    }[kind]


@pytest.fixture(scope="module")
def commands(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Commands]:
    """Give the handlers as they are, with their store, but with nobody to talk to."""
    home = tmp_path_factory.mktemp("home")
    database, delivery = Database(home, lambda: NOW, None), FakeDelivery()
    subscribing = Subscribing(DigestStore(database), None, None, delivery, None, clock=lambda: NOW)  # type: ignore[arg-type]  # not reached by what is tried here
    analyst = Analyst(home, OUT_OF_REACH, clock=lambda: NOW, seconds=0.1)
    yield Commands(analyst, delivery, NoThreads(), now=NOW.timestamp, subscribing=subscribing)  # type: ignore[arg-type]  # fakes
    analyst.close()
    database.close()


def hear(commands: Commands, route: Any, text: str) -> None:
    """Send a text in by a route, each time as another event."""
    kind, what, handler = route
    sent = payload(kind, what, text) | {"ack": lambda **_: None, "respond": None, "context": {}}
    if kind == "event":
        sent["body"]["event_id"] = sent["event"]["ts"] = str(next(MOMENTS))
    take = handler(commands)
    take(**{name: sent[name] for name in inspect.signature(take).parameters})


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: f"{route[0]} {getattr(route[1], 'pattern', route[1])}")
def test_no_text_freezes_a_route(commands: Commands, route: Any) -> None:
    """Whatever stands in the command, the message, the button or the form; a new route without a payload fails here."""
    hear(commands, route, "help")

    assert freezes(lambda text: hear(commands, route, text)) == {}
