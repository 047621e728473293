"""A connection that does not come about says why in Slack's word, whatever the sentence beside it."""

from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse

from bot.runtime.opening import CROWDED, Opener, OpeningRefused, Patience


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
