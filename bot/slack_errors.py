"""
What can go wrong with a post, sorted by what it means for the people waiting.

    Refused       Slack will not take these blocks or this file: one step down the ladder, another form of the answer
    NotHere       the bot is not in the channel: join if it is public, else the asker alone gets the answer
    Forbidden     Slack will not let us post there at all, until a person does something: the asker is told why
    TooFast       Slack asks for a pause: nothing was posted, and no other form is tried
    Unconfirmed   the request left and no answer of Slack's came back: it may be posted, so it is never sent again
    RefusedForNow an Unconfirmed to whoever can look and try later (a digest); an asker is told Slack's word

Only words of Slack are refusals: `ok` is false and `error` is a word such as is_archived, in an answer that is JSON.
A proxy's page, `stream timeout`, half an answer, an answer without `ok`: each may have come after the post was taken.

For the digest, which tries again where a person would ask again:

    Lost          this channel will not have it: reason and advice are for its creator
    CannotTell    whether it was posted cannot be found out
"""

import logging
import math
import re
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from enum import StrEnum
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError

from slack_sdk.errors import SlackApiError, SlackClientError

from analytics.domain.wording import clause
from bot.concern import name_concern
from bot.slack_words import ADMIN, FILES, lasts, meaning_of, meaning_of_form

log = logging.getLogger(__name__)


class UnreadableReply(SlackClientError):
    """Slack's answer does not hold what was asked for; the text names what."""


SLACK_FAILURES = (SlackClientError, OSError, HTTPException)
"""
Everything a call of our clients raises (`slack_client.py`: there what the SDK stumbles over in an answer becomes an
UnreadableReply), and `pick`, by which the answer is read. Anything else is a mistake of ours, and told as one.
"""


def pick(reply: Any, *path: str | int) -> Any:
    """Give what stands at a path of Slack's answer: `files`, 0, `id`. Raises UnreadableReply where nothing does."""
    found = reply
    try:
        for part in path:
            found = found[part]
    except (TypeError, LookupError, ValueError, AttributeError):
        found = None
    if found is None:
        raise UnreadableReply(f"an answer without {'.'.join(map(str, path))}")
    return found


def pick_object(reply: Any, *path: str | int) -> Mapping[str, Any]:
    """Give the object at a path of Slack's answer. Raises UnreadableReply where there is none."""
    found = pick(reply, *path)
    if not isinstance(found, Mapping):
        raise UnreadableReply(f"an answer whose {'.'.join(map(str, path))} is no object")
    return found


class Refused(Exception):
    """
    Slack will not take this form of the message; `code` is Slack's word for it.

    `at` holds the blocks that Slack points at, by their place in the message; nothing if it does not say.
    """

    def __init__(self, code: str, problems: str = "", at: frozenset[int] = frozenset()) -> None:
        super().__init__(f"{code} {problems}".strip())
        self.code = code
        self.at = at

    @property
    def is_about_a_file(self) -> bool:
        """Whether it is the picture that Slack will not have here, whatever stands around it."""
        return bool(FILES.fullmatch(self.code))


class NotHere(Exception):
    """The bot is not a member of the channel; `joinable` if it is a public one."""

    def __init__(self, *, joinable: bool) -> None:
        super().__init__("joinable" if joinable else "not joinable")
        self.joinable = joinable


class Forbidden(Exception):
    """Slack will not let the bot post there; `code` is Slack's word for it."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Trace(StrEnum):
    """What came back of a request instead of Slack's answer."""

    NONE = "none"
    """Nothing, half an answer, or that a server gave up: it may have been lost."""
    PAGE = "page"
    """A page of somebody between Slack and us, before or after the request got through."""
    NOD = "nod"
    """That it was taken, in words that are not Slack's."""


class Unconfirmed(Exception):
    """The request left, no answer of Slack's came back; `trace` is what did."""

    def __init__(self, why: str = "", trace: Trace = Trace.NONE) -> None:
        super().__init__(why)
        self.trace = trace


class RefusedForNow(Unconfirmed):
    """Slack refused with a word that passes by itself or that nobody has heard of; `code` is the word."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class TooFast(Exception):
    """Slack asks to wait `seconds`; nothing was posted."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"{seconds:.0f} s")
        self.seconds = seconds


class Lost(Exception):
    """Nothing can be posted there any more; `reason` says why and `advice` what helps, both whole sentences."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code
        meaning = meaning_of(code) or meaning_of_form(code)
        self.reason = meaning.why if meaning else f"Slack refuses the post ({foreign(code)})."
        self.advice = meaning.subscriber if meaning else ADMIN


class CannotTell(Exception):
    """Whether something was posted cannot be found out; the text says why."""


WORD = re.compile(r"[a-z_]+")
"""What Slack's words look like."""

REFUSALS = {
    "attachment_payload_limit_exceeded",
    "block_mismatch",
    "invalid_arguments",
    "invalid_blocks",
    "invalid_blocks_format",
    "markdown_text_conflict",
    "msg_blocks_too_long",
    "msg_too_long",
    "too_many_attachments",
}
ANY_TOO_FAST = re.compile(r"\w*rate_?limit\w*|too_many_(requests|messages)|restricted_too_many|message_limit_exceeded")
"""Slack's own spellings of a 429, and what looks like one."""

NOT_A_MEMBER = {"not_in_channel"}
NOT_VISIBLE = {"channel_not_found"}
MAY_HAVE_WORKED = {
    "duplicate_channel_not_found",
    "duplicate_message_not_found",
    "fatal_error",
    "internal_error",
    "request_timeout",
    "service_unavailable",
}
"""Slack does not know either whether it was posted (the first two: somebody sent this client_msg_id before)."""

OK, TOO_MANY = 200, 429
TIMED_OUT, SERVER_ERROR = 408, 500
PAUSE, LONGEST_PAUSE = 30.0, 86_400.0
"""Seconds to wait where Slack does not say how many, and the most that is believed."""

SHOWN = 120
SECRET = re.compile(r"xox[a-z]-[\w-]+|xapp-[\w-]+|xwfp-[\w-]+|Bearer \S+|ticket=[\w%-]+", re.IGNORECASE)


@contextmanager
def sort_failures(about: object = "") -> Iterator[None]:
    """
    Turn what the SDK raises into what it means for a post.

    Every refusal is logged, with what Slack says it needs and whose post it was: `about`, else whose work is done.
    """
    began = time.monotonic()
    try:
        yield
    except SLACK_FAILURES as failure:
        meaning = interpret(failure)
        log.info("%s: %s, %s", type(meaning).__name__, describe(failure), name_concern(began, about))
        raise meaning from failure


def interpret(failure: Exception) -> Exception:
    """Give what a failed call means for a post."""
    if isinstance(failure, SlackApiError):
        return _meaning(failure)
    if isinstance(failure, HTTPError) and failure.code == TOO_MANY:
        return TooFast(seconds_of(dict(failure.headers or {})))
    return Unconfirmed(type(failure).__name__)


def _meaning(failure: SlackApiError) -> Exception:
    response, code = failure.response, word_of(failure)
    if response.status_code == TOO_MANY or ANY_TOO_FAST.fullmatch(code):
        return TooFast(seconds_of(response.headers))
    if code in REFUSALS or FILES.fullmatch(code):
        return Refused(code, foreign(_problems(response.data)), _find_pointed(response.data))
    if code in NOT_A_MEMBER or code in NOT_VISIBLE:
        return NotHere(joinable=code in NOT_A_MEMBER)
    if not code:
        return Unconfirmed(f"{response.status_code}, no answer of Slack's", trace_of(response.status_code))
    if code in MAY_HAVE_WORKED or (response.status_code >= SERVER_ERROR and meaning_of(code) is None):
        return Unconfirmed(code)
    return Forbidden(code) if lasts(code) else RefusedForNow(code)


def trace_of(status: int) -> Trace:
    """Tell what an answer that is not Slack's is worth: a server that gave up passed nothing on for certain."""
    return Trace.NONE if status == TIMED_OUT or status >= SERVER_ERROR else Trace.PAGE


def is_page(text: str) -> bool:
    """Tell a page from a word or a value."""
    return text.lstrip()[:1] == "<"


def word_of(failure: object) -> str:
    """Give Slack's word for a refusal; nothing if what came back is not Slack's word."""
    return _word_in(getattr(getattr(failure, "response", None), "data", None))


def _word_in(data: object) -> str:
    if not isinstance(data, dict) or data.get("ok") is not False:
        return ""
    code = data.get("error")
    return code if isinstance(code, str) and WORD.fullmatch(code) else ""


def is_from_slack(reply: object) -> bool:
    """Tell whether an answer is in Slack's own form: `ok`, or a word for why not. A proxy's page or JSON is not."""
    data = getattr(reply, "data", None)
    return bool(_word_in(data)) or (isinstance(data, dict) and data.get("ok") is True)


def seconds_of(headers: Mapping[str, Any] | None) -> float:
    """Read how long Slack asks us to wait: whole seconds as a rule, but halves and nothing at all have been seen."""
    values = (value for name, value in (headers or {}).items() if str(name).lower() == "retry-after")
    value = next(values, "")
    said = str(value[0] if isinstance(value, list) and value else value).strip()
    if not re.fullmatch(r"\d{1,9}(\.\d{1,9})?", said):
        return PAUSE
    return min(max(1.0, float(math.ceil(float(said)))), LONGEST_PAUSE)


def foreign(text: object) -> str:
    """Make foreign text fit to be shown and logged: one short line, escaped, without tokens."""
    line = SECRET.sub("(a secret)", " ".join(str(text)[: 10 * SHOWN].split()))
    line = "".join(letter if letter.isprintable() else "?" for letter in line)
    line = line if len(line) <= SHOWN else line[: SHOWN - 1] + "…"
    return line.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def describe(failure: Exception) -> str:
    """Say in one line what Slack said to which method, and what it needs: for the log."""
    response = getattr(failure, "response", None)
    if not isinstance(failure, SlackApiError) or response is None:
        return f"{type(failure).__name__} {foreign(failure)}".strip()
    data = response.data if isinstance(response.data, dict) else {}
    method = str(getattr(response, "api_url", "")).rpartition("/")[2]
    said = word_of(failure) or f"{response.status_code} {foreign(data.get('error') or 'without a word')}"
    needs = [f"{name} {foreign(data[name])}" for name in ("needed", "provided") if data.get(name)]
    channel = _channel_of(response)
    where = f" in {foreign(channel)}" if channel else ""
    return f"{method or 'a call'}{where} was answered {said}" + (f" ({', '.join(needs)})" if needs else "")


def tell_refusal(failure: Exception) -> str:
    """Say in a clause what Slack answers: a pause, or the meaning of its word; nothing where there is neither."""
    meaning, known = interpret(failure), meaning_of(word_of(failure))
    if isinstance(meaning, TooFast):
        return f"Slack asks for a pause of {meaning.seconds:.0f} s"
    return f"Slack refuses for now: {clause(known.why)}" if known else ""


def _channel_of(response: Any) -> str:
    """Find the channel of a call in what was sent."""
    sent = getattr(response, "req_args", None)
    sent = sent if isinstance(sent, dict) else {}
    parts = [part for part in (sent.get("json"), sent.get("params"), sent.get("data")) if isinstance(part, dict)]
    return next((str(part[name]) for part in parts for name in ("channel", "channel_id") if part.get(name)), "")


def _problems(data: Any) -> str:
    errors = data.get("errors") if isinstance(data, dict) else None
    return "; ".join(str(error) for error in errors[:3]) if isinstance(errors, list) else ""


def _find_pointed(data: Any) -> frozenset[int]:
    """Read which blocks Slack points at: `[json-pointer:/blocks/1/slack_file]`."""
    said = str(data.get("errors") or "") + str(data.get("response_metadata") or "")
    return frozenset(int(number) for number in re.findall(r"/blocks/(\d{1,3})\b", said[:20_000]))
