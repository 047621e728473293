"""What the stand-in makes of a client_msg_id it has seen: each of the three things Slack might do."""

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from playground.faults import ClientMsgId
from playground.server import Playground


def post(client: WebClient, channel: str, number: str = "a") -> str:
    """Post under an id; give the ts."""
    return str(client.chat_postMessage(channel=channel, text="x", client_msg_id=number)["ts"])


def test_ignored_it_is_another_message(client: WebClient, general: str) -> None:
    """As for ordinary arguments that nobody reads."""
    assert post(client, general) != post(client, general)


def test_honoured_the_first_message_is_given(playground: Playground, client: WebClient, general: str) -> None:
    """Nothing is posted twice; another id is another message."""
    playground.faults.client_msg_id = ClientMsgId.HONOURED

    assert post(client, general) == post(client, general) != post(client, general, "b")
    assert len(playground.messages()) == 2


def test_as_an_error_nothing_is_posted(playground: Playground, client: WebClient, general: str) -> None:
    """The word that Slack documents."""
    playground.faults.client_msg_id = ClientMsgId.DUPLICATE_ERROR
    post(client, general)

    with pytest.raises(SlackApiError, match="duplicate_message_not_found"):
        post(client, general)
    assert len(playground.messages()) == 1


def test_a_thread_of_no_message_is_refused(client: WebClient, general: str) -> None:
    """Somebody deleted the post."""
    with pytest.raises(SlackApiError, match="thread_not_found"):
        client.chat_postMessage(channel=general, text="x", thread_ts="1.000001")


def test_replies_are_dated_by_the_stand_ins_own_clock(playground: Playground, client: WebClient) -> None:
    """Refusals too."""
    assert client.auth_test().headers["Date"] == "Mon, 23 Nov 2026 12:00:00 GMT"
    playground.faults.rate_limit("auth.test")
    with pytest.raises(SlackApiError) as caught:
        client.auth_test()
    assert caught.value.response.headers["Date"] == "Mon, 23 Nov 2026 12:00:00 GMT"
