"""Two bots on one app token and one PostgreSQL: what people do is done once, whichever of them hears it."""

import datetime as dt
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from analytics.analyst import utc_now
from playground.server import Playground
from tests.loopback import postgres
from tests.patient_slack import patient_slack
from tests.scenarios.conftest import connected
from tests.scenarios.test_double_clicks import ACTION_IDS, once, said, sent_again, twice


@pytest.fixture
def playground(tmp_path: Path, postgres_server: str) -> Iterator[Playground]:
    """Start a stand-in whose payloads go to the two bots in turn."""
    url = postgres.fresh_database(postgres_server)
    with ExitStack() as stack:
        playground = stack.enter_context(patient_slack())
        bots = [stack.enter_context(connected(playground, tmp_path / name, database_url=url)) for name in "ab"]
        playground.wait_for_connection(count=2)
        # One may be idle while the other hands it nothing: they do not know each other.
        playground.on_settling = lambda seconds: all(bot.wait_until_idle(seconds) for bot in bots)
        yield playground


@pytest.mark.parametrize("click", [twice, sent_again])
@pytest.mark.parametrize("action", [action for action in ACTION_IDS if action != "of-an-older-version"])
def test_a_double_click_is_done_once_between_them(playground: Playground, action: str, click: object) -> None:
    """As much is said and posted as to one click."""
    expected = said(playground, action, once)

    assert said(playground, action, click) == expected  # type: ignore[arg-type]
    assert expected


def test_a_mention_that_comes_again_is_answered_once(playground: Playground) -> None:
    """Slack sends it to the other process, because the first was slow to acknowledge."""
    playground.resend(playground.mention("top30"))

    playground.settled()
    assert len(playground.bot_messages()) == 1


def test_a_mention_that_comes_again_is_answered_once_by_clocks_that_differ(
    tmp_path: Path, postgres_server: str
) -> None:
    """The process that hears it second is twelve minutes ahead of the one that answered."""
    url = postgres.fresh_database(postgres_server)
    with ExitStack() as stack:
        playground = stack.enter_context(patient_slack())
        clocks = {"a": utc_now, "b": lambda: utc_now() + dt.timedelta(minutes=12)}
        for name, clock in clocks.items():
            stack.enter_context(connected(playground, tmp_path / name, clock=clock, database_url=url))
        playground.wait_for_connection(count=2)
        dispatch = playground.mention("top30")
        playground.wait_for(playground.bot_messages)
        playground.resend(dispatch)

        playground.settled()
        assert len(playground.bot_messages()) == 1


def test_an_invitation_that_comes_again_is_thanked_for_once(playground: Playground) -> None:
    """Whichever of them hears of it first."""
    playground.invite_bot("secret", "ann")
    playground.wait_for_ephemeral("Thanks for the invitation", channel="secret")
    playground.settled()
    playground.resend(playground.deliveries("events_api")[-1])

    playground.settled()
    assert len(playground.ephemerals("secret")) == 1


def test_a_form_submitted_twice_is_confirmed_once(playground: Playground) -> None:
    """Each process gets one of the two."""
    playground.command("/frameworks digest on")
    playground.wait_for(playground.modal)
    playground.resend(playground.submit({"zone": "UTC"})).wait()

    playground.settled()
    assert len([told for told in playground.ephemerals() if "gets a digest" in told.text]) == 1


def test_two_people_and_two_questions_are_two(playground: Playground) -> None:
    """Only the same is once."""
    for user in ("ann", "bob"):
        playground.command("/frameworks top30", user=user)
    playground.command("/frameworks top10")

    playground.settled()
    assert len(playground.bot_messages()) == 3


def test_a_tab_that_slack_does_not_take_is_told_once_between_them(playground: Playground) -> None:
    """Each of them meets it; and it is told anew by either after it was taken."""
    told = lambda: [said for said in playground.bot_messages("dm") if "Home tab" in said.text]  # noqa: E731 - a look
    for times in (1, 2):
        playground.faults.error("views.publish", "internal_error", times=4)
        for _ in range(4):
            playground.open_home()
            playground.settled()
        assert len(told()) == times
        for _ in range(2):
            playground.open_home()
            playground.settled()
