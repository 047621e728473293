"""What the answer of a response_url means: Slack's words are known by name, all else may come after it was shown."""

import json

import pytest
from slack_sdk.webhook import WebhookResponse

from bot.reply_answers import interpret_reply
from bot.slack_errors import Forbidden, Refused, TooFast, Trace, Unconfirmed

PAGE = "<html><body>Bearer xoxb-1-secret <!channel> blocked by policy</body></html>" * 40


def reply(status: int, body: str) -> WebhookResponse:
    """Make the answer of a response_url."""
    return WebhookResponse(url="", status_code=status, body=body, headers={})


def refusal(word: str) -> str:
    """Write a refusal as Slack does in JSON."""
    return json.dumps({"ok": False, "error": word})


@pytest.mark.parametrize(
    ("status", "body", "meaning"),
    [
        (200, "ok", None),
        (200, "", None),
        (200, '{"ok":true}', None),
        (200, refusal("used_url"), Forbidden),
        (200, refusal("is_archived"), Forbidden),
        (200, "used_url", Forbidden),
        (400, "invalid_blocks", Refused),
        (400, "no_text", Refused),
        (400, "invalid_payload", Refused),
        (403, "action_prohibited", Forbidden),
        (404, refusal("invalid_blocks"), Refused),
        (404, refusal("expired_url"), Forbidden),
        (404, "no_service", Forbidden),
        (404, "channel_not_found", Forbidden),
        (404, "", Forbidden),
        (410, "", Forbidden),
        (410, "channel_is_archived", Forbidden),
        (429, "", TooFast),
        (429, PAGE, TooFast),
        (200, refusal("rate_limited"), TooFast),
    ],
)
def test_the_answer_is_read_and_not_its_status(status: int, body: str, meaning: type[Exception] | None) -> None:
    """Refused blocks come as 400 and as 404; a used address is used."""
    meant = interpret_reply(reply(status, body))

    assert (None if meant is None else type(meant)) is meaning


@pytest.mark.parametrize(
    ("status", "body", "trace"),
    [
        *((200, word, Trace.NOD) for word in ("null", "true", "none", "success", "accepted", "OK", "1", "{}", "[]")),
        (200, '{"status":"ok"}', Trace.NOD),
        *(
            (status, refusal(word), Trace.NONE)
            for status in (200, 404)
            for word in ("a_word_of_tomorrow", "fatal_error")
        ),
        (200, PAGE, Trace.PAGE),
        (403, PAGE, Trace.PAGE),
        (404, PAGE, Trace.PAGE),
        (404, "not_found", Trace.PAGE),
        (404, "404 page not found", Trace.PAGE),
        (410, PAGE, Trace.PAGE),
        (302, "", Trace.PAGE),
        (408, "stream timeout", Trace.NONE),
        (500, PAGE, Trace.NONE),
        (500, "rollup_error", Trace.NONE),
        (500, refusal("internal_error"), Trace.NONE),
        (502, "", Trace.NONE),
        (503, "upstream_connect_error", Trace.NONE),
    ],
)
def test_whatever_is_no_known_word_of_slacks_is_unconfirmed(status: int, body: str, trace: Trace) -> None:
    """A bare word or a page of a proxy's may come after the reply was shown; what came is told apart."""
    meant = interpret_reply(reply(status, body))

    assert type(meant) is Unconfirmed
    assert meant.trace is trace
