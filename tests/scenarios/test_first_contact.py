"""Whoever installed the app gets one message; nobody else is spoken to unasked."""

from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from analytics.analyst import utc_now
from analytics.storage.database import Database
from bot.checkup.examination import look_from_within
from bot.config import Settings
from bot.digest.store import DigestStore
from playground.server import Playground
from playground.start import connect_to
from playground.state import User
from tests.bot.digest.test_store import WANTED
from tests.patient_slack import patient_slack
from tests.scenarios.conftest import OUT_OF_REACH, connected

FOUND = ("Hub: It asks for <a> pause.", "Scopes: groups:read is missing.")


def find() -> tuple[str, ...]:
    """Find two things that need a look."""
    return FOUND


def greetings(playground: Playground, user: str | User = "ann") -> list[str]:
    """Give what somebody was greeted with."""
    playground.settled()
    name = user if isinstance(user, str) else user.id
    told = playground.bot_messages("dm" if name == "ann" else f"dm:{name}")
    return [str(message.blocks) for message in told if message.text.startswith("I am new here.")]


def everybody(playground: Playground) -> int:
    """Count all greetings."""
    playground.settled()
    return sum("I am new here." in str(request) for request in playground.requests("chat.postMessage"))


def type_words(playground: Playground) -> None:
    """Ask something."""
    playground.command("/frameworks help")


def mention(playground: Playground) -> None:
    """Ask by mention."""
    playground.mention("help")


def look(playground: Playground) -> None:
    """Open the Home tab."""
    playground.open_home()


@pytest.mark.parametrize("use", [type_words, mention, look])
def test_the_first_who_uses_it_is_greeted_once(
    playground: Playground, tmp_path: Path, use: Callable[[Playground], None]
) -> None:
    """Whatever they do first; with three steps, and how much needs a look; nor after a restart."""
    for _ in range(2):
        with connected(playground, tmp_path, find_faults=find):
            use(playground)
            use(playground)
            (greeting,) = greetings(playground)

    assert "1. Invite me into a channel" in greeting
    assert "2 things need a look" in greeting
    assert "groups:read" not in greeting
    assert everybody(playground) == 1


@pytest.fixture
def playground() -> Playground:
    """Start a playground with no bot yet."""
    with patient_slack() as playground:
        yield playground


def test_an_admin_reads_what_the_doctor_found(playground: Playground, tmp_path: Path) -> None:
    """Escaped, for it may quote others; Bob runs the workspace."""
    with connected(playground, tmp_path, find_faults=find):
        playground.command("/frameworks help", user="bob")
        (greeting,) = greetings(playground, "bob")

    assert "• Hub: It asks for &lt;a&gt; pause." in greeting


@pytest.mark.parametrize(
    "who", [{"is_bot": True}, {"is_restricted": True}, {"is_ultra_restricted": True}, {"team_id": "T0PARTNER"}]
)
def test_guests_bots_and_partners_installed_nothing(
    playground: Playground, tmp_path: Path, who: dict[str, object]
) -> None:
    """The next full member is greeted."""
    person = Described(playground.world.new_id("U"), "gil", "Gil", playground.workspace.id, who)
    playground.world.users[person.id] = person
    playground.channel("general").members.add(person.id)
    with connected(playground, tmp_path, find_faults=find):
        playground.command("/frameworks help", user=person)
        playground.settled()
        assert everybody(playground) == 0
        playground.command("/frameworks help")

        assert len(greetings(playground)) == 1


class Described(User):
    """Somebody of whom Slack tells more."""

    def __init__(self, number: str, name: str, real_name: str, team: str, more: dict[str, object]) -> None:
        super().__init__(number, name, real_name, team)
        self.more = more

    def as_json(self, now: float) -> dict[str, object]:
        """Give what Slack tells."""
        return super().as_json(now) | self.more


def test_where_something_was_set_up_already_nobody_is_greeted(playground: Playground, tmp_path: Path) -> None:
    """An upgrade is no installation."""
    with closing(Database(tmp_path, utc_now)) as database:
        DigestStore(database).subscribe(replace(WANTED, team=playground.workspace.id))
    with connected(playground, tmp_path, find_faults=find):
        playground.command("/frameworks help")
        playground.settled()

        assert everybody(playground) == 0


def test_where_slack_does_not_confirm_the_greeting_it_is_not_said_twice(playground: Playground, tmp_path: Path) -> None:
    """It may be there."""
    with connected(playground, tmp_path, find_faults=find):
        playground.faults.drop_after("chat.postMessage")
        playground.open_home()
        playground.settled()
        playground.open_home()

        assert len(greetings(playground)) == 1


def test_what_is_looked_at_from_within_is_the_doctors(playground: Playground, tmp_path: Path) -> None:
    """The Hub is out of reach, collecting is off; no second connection is opened."""
    wanted = {"frameworks_home": tmp_path, "hf_endpoint": OUT_OF_REACH, "collect": False}
    with connected(playground, tmp_path):
        found = look_from_within(connect_to(playground, Settings(_env_file=None, **wanted)))

    assert [line.partition(":")[0] for line in found] == ["Hub", "Collecting"]
