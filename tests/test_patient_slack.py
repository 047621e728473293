"""The stand-in that most tests want gives the bot more than Slack's three seconds, and no longer than it says."""

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from tests.patient_slack import PATIENCE, patient_slack
from tests.playground.conftest import NOON
from tests.playground.test_modals import VIEW


def test_a_modal_may_come_as_late_as_it_says_and_no_later() -> None:
    """Of two triggers one is used just before the end, and the other behind it."""
    with patient_slack(clock=lambda: NOON) as slack:
        client = WebClient(slack.bot_token, base_url=slack.api_url, retry_handlers=[])
        first, second = (slack.command("/frameworks digest on").payload["trigger_id"] for _ in "ab")
        slack.advance(PATIENCE - 0.1)
        assert client.views_open(trigger_id=first, view=VIEW)["ok"]

        slack.advance(0.2)
        with pytest.raises(SlackApiError, match="expired_trigger_id"):
            client.views_open(trigger_id=second, view=VIEW)
