"""The line to Slack through its bad days: no command is lost between two connections, no refused one is hammered."""

import logging
import re
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError, SlackClientNotConnectedError
from slack_sdk.socket_mode.request import SocketModeRequest

from bot.runtime.connection import SlackLine
from bot.runtime.opening import Patience
from bot.slack_client import slack_client
from playground.control import PATIENCE
from playground.server import Playground


class Bell(logging.Handler):
    """Wakes whoever waits for something in the playground at every line of the log."""

    def __init__(self, playground: Playground) -> None:
        super().__init__()
        self._world = playground.world

    def emit(self, record: logging.LogRecord) -> None:
        """Ring."""
        del record
        with self._world.condition:
            self._world.condition.notify_all()


@pytest.fixture(autouse=True)
def bell(playground: Playground, caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Let `wait_for` look again at every line of the log."""
    caplog.set_level("INFO")
    ringing = Bell(playground)
    logging.getLogger().addHandler(ringing)
    yield
    logging.getLogger().removeHandler(ringing)


def acked_within(playground: Playground, seconds: float) -> None:
    """Type a command and see it acknowledged so soon."""
    delivery = playground.command("/frameworks help").wait()
    assert delivery.acked
    assert delivery.acked_after is not None
    assert delivery.acked_after < seconds


@pytest.mark.parametrize("reason", ["refresh_requested", "warning", "some_new_reason"])
def test_a_command_right_behind_a_disconnect_is_acknowledged_at_once(playground: Playground, reason: str) -> None:
    """On the connection that ends as on the new one, however often."""
    for _ in range(3):
        playground.disconnect(reason)
        playground.wait_for_connection()
        acked_within(playground, 1.0)


@pytest.mark.parametrize("end", ["reset_all", "hang_up_all", "close_all"])
def test_a_lost_line_is_mended_within_five_seconds(playground: Playground, end: str) -> None:
    """A router forgot it, or Slack hung up with or without a word: the next command is heard."""
    getattr(playground.site.sockets, end)()
    playground.wait_for_connection(timeout=5)

    acked_within(playground, 1.0)


def test_a_dead_line_is_noticed(playground: Playground, line: SlackLine, caplog: pytest.LogCaptureFixture) -> None:
    """It looks open, and nothing comes any more: a new one is made."""
    line.connect()
    playground.settled()
    before = playground.site.sockets.handshakes
    playground.site.sockets.go_dark()

    playground.wait_for(lambda: playground.site.sockets.handshakes > before)

    assert "nothing was heard for" in caplog.text


def test_a_dead_line_is_noticed_within_twenty_seconds() -> None:
    """Twelve seconds of silence, and a look every three."""
    assert Patience().silence + 2 * Patience().ping <= 20


def test_too_many_connections_are_not_made_more(playground: Playground, caplog: pytest.LogCaptureFixture) -> None:
    """Slack sends every connection away: it is left alone for a while, and the log says what to look for."""
    playground.site.sockets.troubles.too_many = True
    playground.settled()
    before = playground.site.sockets.handshakes
    playground.disconnect()

    playground.wait_for(lambda: pauses(caplog))

    playground.settled()
    assert playground.site.sockets.handshakes <= before + 1
    assert 10 <= pauses(caplog)[0] < 12
    assert "another process uses the same SLACK_APP_TOKEN" in caplog.text


def test_another_process_on_the_token_is_said_loudly(playground: Playground, caplog: pytest.LogCaptureFixture) -> None:
    """Two folders would post every digest twice: a warning in the log, a line of `status` until it is gone."""
    said = "1 other connection uses the same SLACK_APP_TOKEN"
    playground.site.sockets.troubles.strangers = 1
    reconnect(playground)
    assert said in status(playground)
    assert said in "".join(record.getMessage() for record in caplog.records if record.levelname == "WARNING")

    playground.site.sockets.troubles.strangers = 0
    reconnect(playground)
    assert said not in status(playground)


def reconnect(playground: Playground) -> None:
    """Let Slack renew the connection, and wait until that is done."""
    playground.settled()
    before = playground.site.sockets.handshakes
    playground.disconnect()
    playground.wait_for(lambda: playground.site.sockets.handshakes > before)
    playground.wait_for_connection()
    playground.settled()


def status(playground: Playground) -> str:
    """Ask how things stand."""
    playground.command("/frameworks status")
    playground.settled()
    return str(playground.ephemerals()[-1].blocks)


@pytest.mark.filterwarnings("ignore:unclosed <socket:ResourceWarning")  # the SDK drops a socket whose upgrade failed
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_refused_upgrades_are_tried_again_in_growing_pauses(
    playground: Playground, caplog: pytest.LogCaptureFixture
) -> None:
    """A handful in eight seconds and not fifty; when it works again the bot is back."""
    playground.site.sockets.troubles.refuse_upgrades = True
    playground.disconnect()
    playground.wait_for(lambda: len(pauses(caplog)) >= 3)
    playground.site.sockets.troubles.refuse_upgrades = False

    playground.wait_for_connection()

    playground.settled()
    assert pauses(caplog)[2] > pauses(caplog)[0]
    assert playground.site.sockets.handshakes <= 6
    acked_within(playground, 1.0)


def pauses(caplog: pytest.LogCaptureFixture) -> list[float]:
    """Read the pauses that the log announces."""
    return [float(pause) for pause in re.findall(r"the next try comes in ([\d.]+) s", caplog.text)]


@pytest.mark.parametrize(
    "trouble",
    [
        lambda faults: faults.rate_limit("apps.connections.open", retry_after=3),
        lambda faults: faults.error("apps.connections.open", "internal_error"),
        lambda faults: faults.error("apps.connections.open", "something_new"),
        lambda faults: faults.server_error("apps.connections.open"),
        lambda faults: faults.drop_before("apps.connections.open"),
        lambda faults: faults.garble("apps.connections.open", "<html>no</html>", 503),
    ],
)
def test_a_refused_address_is_asked_for_again_after_a_pause(
    playground: Playground, caplog: pytest.LogCaptureFixture, trouble: Callable[[object], None]
) -> None:
    """Whatever the trouble: one more request, after as long as Slack asks for, and no token in the log."""
    trouble(playground.faults)
    playground.settled()
    before = len(playground.requests("apps.connections.open"))
    playground.disconnect()
    playground.wait_for(lambda: pauses(caplog))
    playground.wait_for_connection()

    playground.settled()
    assert len(playground.requests("apps.connections.open")) == before + 2
    assert playground.app_token not in caplog.text
    assert "ticket=" not in caplog.text


@pytest.fixture
def line(playground: Playground) -> Iterator[SlackLine]:
    """Give a second line on the same token, with little patience, not connected yet."""
    client = slack_client(playground.bot_token, playground.api_url)
    made = SlackLine(playground.app_token, client, 1, patience=Patience(hello=0.3, ping=0.1, silence=0.5))
    yield made
    made.close()


def test_connected_is_said_after_hello(
    playground: Playground, line: SlackLine, caplog: pytest.LogCaptureFixture
) -> None:
    """Not when the connection is merely open; with the app it is connected as, and how long it took."""
    caplog.clear()
    said = f"connected to a stand-in for Slack at {playground.url.split('/')[2]} as app {playground.world.app_id}"
    playground.site.sockets.troubles.withhold_hello = True
    line.connect()
    playground.settled()
    assert "no hello within 0.3 s" in caplog.text
    assert said not in caplog.text
    playground.site.sockets.troubles.withhold_hello = False

    playground.wait_for(lambda: "reconnected after" in caplog.text)

    assert said in caplog.text


def test_a_wrong_app_token_is_said_at_once(playground: Playground) -> None:
    """What never passes is not waited for: the start fails with Slack's word."""
    line = SlackLine("xapp-1-wrong", slack_client(playground.bot_token, playground.api_url), 1)

    with pytest.raises(SlackApiError, match="invalid_auth"):
        line.connect()

    line.close()


class Connected:
    """A connection in the place of a real one; `sends` is done with what is sent together."""

    def __init__(self, sends: Callable[[list[str]], object]) -> None:
        self.send_together = sends

    def is_active(self) -> bool:
        """Say that it is, which it was a moment ago."""
        return True


def test_an_acknowledgement_whose_connection_ends_meanwhile_goes_by_the_next(playground: Playground) -> None:
    """Its own ended between the look and the sending: it is not lost, and nobody reads that the app did not respond."""
    line: Any = SlackLine("xapp-1-unused", slack_client(playground.bot_token, playground.api_url), 1)
    sent: list[list[str]] = []

    def end(_: list[str]) -> None:
        line.current_session = Connected(sent.append)
        raise SlackClientNotConnectedError("as the SDK says it")

    line.current_session = Connected(end)
    line.send_socket_mode_response({"envelope_id": "1"})

    assert sent == [['{"envelope_id": "1"}']]


def test_a_reconnection_is_in_the_log(playground: Playground, caplog: pytest.LogCaptureFixture) -> None:
    """Why, and how long it took."""
    playground.disconnect()

    playground.wait_for(lambda: "reconnected after" in caplog.text)

    of_whom = f", for {playground.workspace.id}"
    assert f"Slack asks for a new connection (refresh_requested){of_whom}" in caplog.text
    said = [line for line in caplog.messages if line.startswith(("connected to", "reconnected after"))]
    assert len(said) >= 2
    assert all(line.endswith(of_whom) for line in said)


def test_lines_that_are_lost_or_refused_are_in_the_log_with_the_workspace(
    playground: Playground, caplog: pytest.LogCaptureFixture
) -> None:
    """Whose connection it was, that was lost or did not come about."""
    playground.faults.server_error("apps.connections.open")
    playground.site.sockets.reset_all()

    playground.wait_for(lambda: "no connection to Slack" in caplog.text)

    said = [line for line in caplog.messages if line.startswith(("the connection to Slack was lost", "no connection"))]
    assert len(said) == 2
    assert all(f", for {playground.workspace.id}" in line for line in said)
    playground.wait_for_connection()


def test_lines_that_slack_still_counts_are_no_other_process(
    playground: Playground, caplog: pytest.LogCaptureFixture
) -> None:
    """Two resets in a row, and Slack counts both dead lines: nobody is warned of."""
    for dead in (1, 2):
        playground.settled()
        playground.site.sockets.troubles.strangers = dead
        playground.site.sockets.reset_all()
        playground.wait_for_connection()

    assert "uses the same SLACK_APP_TOKEN" not in status(playground)
    assert "the same SLACK_APP_TOKEN" not in caplog.text


def test_a_count_that_is_not_explained_is_looked_at_again(playground: Playground, line: SlackLine) -> None:
    """Who was seen at the start and is gone since is believed no longer: a new hello tells."""
    line.connect()
    client = slack_client(playground.bot_token, playground.api_url)
    alone = SlackLine(playground.app_token, client, 1, alone=True, patience=Patience(ping=0.1, counted=0.4))
    alone.connect()
    assert alone.warn_of_others().startswith("2 other connections use")  # the playground's own bot is one of them
    line.close()

    playground.wait_for(lambda: alone.warn_of_others().startswith("1 other connection uses"))

    alone.close()


@pytest.mark.parametrize("lose", [Playground.disconnect, Playground.drop_connections])
def test_an_app_token_that_is_revoked_is_not_tried_for_ever(
    playground: Playground, line: SlackLine, caplog: pytest.LogCaptureFixture, lose: Callable[[Playground], None]
) -> None:
    """One question, one line of the log, and whoever runs the line is told; then nothing is asked any more."""
    told = threading.Event()
    line.on_refusal = told.set
    line.connect()
    playground.settled()
    playground.revoke(playground.app_token)
    lose(playground)

    assert told.wait(PATIENCE)

    assert line.refusal
    playground.wait_for(lambda: caplog.text.count("Slack no longer takes SLACK_APP_TOKEN (token_revoked)") == 2)
    before = len(playground.requests("apps.connections.open"))
    line.connect_to_new_endpoint(force=True)
    playground.settled()
    assert len(playground.requests("apps.connections.open")) == before


def test_a_second_process_on_the_same_token_is_said_loudly(
    playground: Playground, caplog: pytest.LogCaptureFixture
) -> None:
    """With SQLite both would post their own digests; our own second connection is none."""
    playground.disconnect()
    playground.wait_for_connection()
    acked_within(playground, 1.0)
    playground.settled()
    assert "DATABASE_URL" not in caplog.text

    playground.site.sockets.troubles.strangers = 1
    playground.disconnect()

    playground.wait_for(lambda: "give both one DATABASE_URL" in caplog.text, 5)


def test_what_is_closed_stays_closed(playground: Playground, line: SlackLine) -> None:
    """Nobody connects again behind a program that ends."""
    line.connect()
    line.close()
    playground.settled()
    before = playground.site.sockets.handshakes

    playground.command("/frameworks help").wait()

    playground.settled()
    assert line.closed
    assert playground.site.sockets.handshakes == before


def test_a_command_waits_for_no_form(playground: Playground, line: SlackLine) -> None:
    """However many clicks are held until their forms are open, a command typed meanwhile is heard."""
    opened, heard = threading.Event(), threading.Event()

    def hold(_: object, request: SocketModeRequest) -> None:
        if request.type == "slash_commands":
            heard.set()
        opened.wait(PATIENCE)

    line.socket_mode_request_listeners.append(hold)
    line.connect()
    for connection in playground.site.sockets.connections:
        for kind in (*["interactive"] * 20, "slash_commands"):
            connection.send({"type": kind, "envelope_id": kind, "payload": {}})

    assert heard.wait(PATIENCE)
    opened.set()
