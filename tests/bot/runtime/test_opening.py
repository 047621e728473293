"""A connection that does not come about says why in Slack's word, whatever the sentence beside it."""

from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse

from bot.runtime.opening import CROWDED, Opener, OpeningRefused, Patience, name_server


class Crowded:
    """A client whose app has too many connections."""

    def apps_connections_open(self, **_: Any) -> None:
        """Refuse."""
        response = SlackResponse(
            client=None,
            http_verb="POST",
            api_url="apps.connections.open",
            req_args={},
            data={"ok": False, "error": CROWDED},
            headers={},
            status_code=200,
        )
        raise SlackApiError("refused", response)

    proxy = ssl = None


def test_slacks_word_comes_as_a_field() -> None:
    """Who decides by it reads no sentence."""
    opener = Opener("xapp-1", Crowded(), Patience())  # type: ignore[arg-type]

    with pytest.raises(OpeningRefused) as refused:
        opener.wire(lambda *_: None, lambda _: None)

    assert (refused.value.code, str(refused.value) == CROWDED) == ("too_many_websockets", False)


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("https://slack.com/api/", "Slack"),
        ("https://www.slack.com/api/", "Slack"),
        ("https://slack-gov.com/api/", "Slack"),
        ("http://127.0.0.1:3000/api/", "a stand-in for Slack at 127.0.0.1:3000"),
        ("https://slack.com.example.org/api/", "a stand-in for Slack at slack.com.example.org"),
        ("https://notslack.com/api/", "a stand-in for Slack at notslack.com"),
        ("", "a stand-in for Slack at "),
    ],
)
def test_only_slack_is_called_slack(address: str, name: str) -> None:
    """In the log of the playground too."""
    assert name_server(address) == name
