"""A handler of ours that fails: Slack has its acknowledgement, the person hears of it, and the bot goes on."""

from collections.abc import Iterator
from typing import Any

import pytest
from slack_bolt import App

from bot.fair_shares import FairShares
from bot.payload_routes import own_up_through
from bot.runtime.connection import SlackLine
from bot.runtime.listening import Listening
from bot.runtime.work_pool import InPlace
from bot.slack_client import slack_client
from playground.server import Playground
from tests.patient_slack import patient_slack

THREADS = 2


@pytest.fixture
def playground() -> Iterator[Playground]:
    """Give a stand-in to whose workspace a bot is connected that fails at every command and every mention."""

    def answer(ack: Any) -> None:
        ack()
        raise KeyError("a mistake of ours")

    def hear(event: dict[str, Any]) -> None:
        raise KeyError(event["type"])

    with patient_slack(rate_limits=False) as running:
        client, shares = slack_client(running.bot_token, running.api_url), FairShares()
        app = App(client=client, listener_executor=InPlace())
        app.command("/frameworks")(answer)
        app.event("app_mention")(hear)
        app.event("app_home_opened")(hear)
        app.action("x")(answer)
        app.view("form")(answer)
        app.error(own_up_through(shares))
        socket = Listening(app, SlackLine(running.app_token, client, THREADS))
        running.on_settling = shares.wait_until_idle
        shares.start()
        socket.connect()
        yield running
        socket.close()
        shares.close()


def test_a_command_whose_handler_fails_is_acknowledged_and_answered(
    playground: Playground, caplog: pytest.LogCaptureFixture
) -> None:
    """Bolt takes back an acknowledgement that an error follows; the person reads what to quote."""
    delivery = playground.command("/frameworks help").wait()
    playground.settled()

    assert delivery.acked
    said = playground.ephemerals()[-1].text
    reference = said.rpartition("`")[0].rpartition("`")[2]
    assert said.startswith("Something went wrong on my side.")
    assert f"reference {reference}: a handler failed" in caplog.text


def test_an_event_whose_handler_fails_is_acknowledged(playground: Playground) -> None:
    """Else Slack would send it three times more, to fail again."""
    delivery = playground.mention("top30").wait()
    playground.settled()

    assert (delivery.acked, len(delivery.sent_ids)) == (True, 1)


def test_a_mention_whose_handler_fails_is_answered(playground: Playground) -> None:
    """There is no response_url, so the asker alone is told in the channel."""
    playground.mention("top30").wait()

    assert playground.wait_for_ephemeral("Something went wrong on my side.")


@pytest.mark.parametrize("kind", ["view_submission", "block_actions"])
def test_a_form_and_a_button_of_the_home_tab_whose_handlers_fail_are_answered(
    playground: Playground, kind: str
) -> None:
    """Neither brings a channel or a response_url: a direct message is what is left."""
    person = {"user": {"id": playground.user("ann").id}, "team": {"id": playground.workspace.id}}
    what = {
        "view": {"callback_id": "form", "type": "modal"},
        "actions": [{"action_id": "x", "block_id": "b", "type": "button"}],
    }
    assert playground.deliver({"type": kind, **person, **what}, "interactive").wait().acked

    assert playground.wait_for_message("Something went wrong on my side.", channel="dm")


def test_who_asked_for_nothing_hears_of_no_failure(playground: Playground) -> None:
    """A Home tab that is opened, say."""
    assert playground.open_home().wait().acked
    playground.settled()

    assert not playground.bot_messages("dm")


def test_the_bot_hears_on_after_handlers_that_failed(playground: Playground) -> None:
    """Many more of them than there are threads to hear people."""
    for _ in range(10 * THREADS):
        assert playground.mention("top30").wait().acked
        assert playground.command("/frameworks help").wait().acked
