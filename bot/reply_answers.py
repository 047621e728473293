"""
What the answer of a response_url means.

Slack answers `ok`, a bare word, or JSON with `ok` and a word in `error`; the body decides and not the status, because
refused blocks have been seen with 400 and with 404. Only words that Slack is known to say there are refusals (its pages
on response_urls and incoming webhooks, and what apps reported): a proxy says `null`, `true` or `not_found` too, and may
say so after the reply was shown.
"""

import contextlib
import json

from slack_sdk.webhook import WebhookResponse

from bot.slack_errors import (
    ANY_TOO_FAST,
    OK,
    REFUSALS,
    TOO_MANY,
    WORD,
    Forbidden,
    Refused,
    TooFast,
    Trace,
    Unconfirmed,
    foreign,
    is_page,
    seconds_of,
    trace_of,
)
from bot.slack_words import FILES, meaning_of

OF_THE_FORM = {"invalid_payload", "missing_text_or_fallback_or_attachments", "no_text"}
"""What is said of a reply that another form of it may mend."""

OF_THE_ADDRESS = {
    "action_prohibited",
    "channel_is_archived",
    "expired_url",
    "invalid_token",
    "invalid_url",
    "no_active_hooks",
    "no_service",
    "no_service_id",
    "no_team",
    "team_disabled",
    "thread_not_found",
    "used_url",
    "user_not_found",
}
"""What is said of an address that takes no more replies, beside the words for any post (`slack_words.py`)."""

GONE = {404, 410}


def interpret_reply(reply: WebhookResponse) -> Exception | None:
    """Give what the answer means; None if the reply arrived."""
    word = _word_in(reply.body)
    if reply.status_code == TOO_MANY or ANY_TOO_FAST.fullmatch(word):
        return TooFast(seconds_of(reply.headers))
    if word in REFUSALS | OF_THE_FORM or FILES.fullmatch(word):
        return Refused(word)
    if word in OF_THE_ADDRESS or meaning_of(word):
        return Forbidden(word)
    if reply.status_code == OK and _is_slacks(reply.body):
        return None
    if reply.status_code in GONE and not _text_of(reply.body):  # Slack's own for an address it knows no more
        return Forbidden(str(reply.status_code))
    return _explain_foreign(reply)


def _explain_foreign(reply: WebhookResponse) -> Unconfirmed:
    """
    Say what an answer tells that nobody has heard of: a 200 without a page went through to somebody who took it.

    But where it says in Slack's own form that `ok` is false, nobody took it for certain.
    """
    if _is_no(reply.body):
        return Unconfirmed(f"{reply.status_code}, refused with {foreign(_word_in(reply.body) or 'no word')}")
    nodded = reply.status_code == OK and not is_page(_text_of(reply.body))
    trace = Trace.NOD if nodded else trace_of(reply.status_code)
    return Unconfirmed(f"{reply.status_code}, no answer of Slack's", trace)


def _text_of(body: object) -> str:
    return str(body or "").strip()


def _read(body: object) -> object:
    """Read a body as JSON; None where it is none."""
    with contextlib.suppress(ValueError, RecursionError):
        return json.loads(_text_of(body))
    return None


def _is_no(body: object) -> bool:
    """Tell whether it says in Slack's own form that it was not done."""
    said = _read(body)
    return isinstance(said, dict) and said.get("ok") is False


def _word_in(body: object) -> str:
    """Give the word in the body: bare, or in JSON with `ok` false; else nothing."""
    said, text = _read(body), _text_of(body)
    if isinstance(said, dict) and said.get("ok") is False and WORD.fullmatch(str(said.get("error"))):
        return str(said["error"])
    return text if WORD.fullmatch(text) else ""


def _is_slacks(body: object) -> bool:
    """Tell whether a 200 is Slack's own: `ok`, nothing at all, or JSON with `ok` true."""
    said = _read(body)
    return (isinstance(said, dict) and said.get("ok") is True) or _text_of(body) in ("", "ok")
