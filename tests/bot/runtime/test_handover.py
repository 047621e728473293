"""The line to Slack, from one connection to the next."""

from contextlib import closing

from bot.runtime.connection import SlackLine
from bot.runtime.opening import Patience
from bot.slack_client import slack_client
from playground.server import Playground


def test_a_connection_that_slack_will_end_is_left_once_the_next_has_taken_over(playground: Playground) -> None:
    """Slack warns and leaves it open: of two that stay, each counts among the ten that an app may have."""
    client = slack_client(playground.bot_token, playground.api_url)
    sockets = playground.site.sockets
    with closing(SlackLine(playground.app_token, client, 1, patience=Patience(ping=0.02, handover=0.1))) as line:
        line.connect()
        playground.disconnect("warning")

        playground.wait_for(lambda: sockets.handshakes == 2)
        playground.wait_for(lambda: len(sockets.connections) == 1)
        assert line.is_connected()
