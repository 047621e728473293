"""
What can go wrong with a post, sorted by what it means for the people waiting.

    Refused       Slack will not take these blocks or this file: one step down the ladder, another form of the answer
    NotHere       the bot is not in the channel: join if it is public, else the asker alone gets the answer
    Forbidden     Slack will not let us post there at all: the asker is told why
    Unconfirmed   the request left and no answer came back: it may be posted, so it is never sent again

For the digest, which tries again where a person would ask again:

    TooFast       Slack asks for a pause: nothing was posted
    Lost          this channel will not have it: reason and advice are for its creator
    CannotTell    whether it was posted cannot be found out
"""

from collections.abc import Iterator
from contextlib import contextmanager

from slack_sdk.errors import SlackApiError, SlackClientError


class Refused(Exception):
    """Slack will not take this form of the message; `code` is Slack's word for it."""

    def __init__(self, code: str, problems: str = "") -> None:
        super().__init__(f"{code} {problems}")
        self.code = code


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


class Unconfirmed(Exception):
    """The request left, no answer came back."""


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
        self.reason, self.advice = LOST.get(code, (f"Slack refuses the post ({code}).", ADMIN))


class StillProcessing(TimeoutError):
    """Slack has the file, but has not made a picture of it in the time we wait."""


class CannotTell(Exception):
    """Whether something was posted cannot be found out; the text says why."""


ADMIN = "A workspace admin can look into it; `/frameworks digest resume` in the channel starts it again."
INVITE = "Type `/invite @frameworks` there, then `/frameworks digest resume`."
ELSEWHERE = "Subscribe another channel, or unarchive it and type `/frameworks digest resume` there."
LOST = {
    "is_archived": ("the channel is archived.", ELSEWHERE),
    "not_in_channel": ("I am not in the channel.", INVITE),
    "channel_not_found": ("the channel is gone, or private and I am not in it.", INVITE),
    "account_inactive": ("my account in this workspace was switched off.", ADMIN),
    "token_revoked": ("my access to this workspace was withdrawn.", ADMIN),
    "missing_scope": ("my app lacks a permission to post there.", ADMIN),
    "restricted_action": ("the workspace's rules do not let me post there.", ADMIN),
}
"""Slack's words for what does not pass by itself, and ours."""

REFUSALS = {"invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long", "msg_too_long", "block_mismatch"}
TOO_FAST = {"ratelimited", "rate_limited"}
NOT_A_MEMBER = {"not_in_channel"}
NOT_VISIBLE = {"channel_not_found"}
MAY_HAVE_WORKED = {"fatal_error", "internal_error", "service_unavailable", "request_timeout"}
SERVER_ERROR = 500


@contextmanager
def sorted_failures() -> Iterator[None]:
    """Turn what the SDK raises into what it means for a post."""
    try:
        yield
    except SlackApiError as failure:
        raise _meaning(failure) from failure
    except (OSError, SlackClientError) as failure:
        raise Unconfirmed(type(failure).__name__) from failure


def _meaning(failure: SlackApiError) -> Exception:
    response = failure.response
    code = str(response.get("error", "")) if isinstance(response.data, dict) else ""
    if code in REFUSALS | TOO_FAST:
        return Refused(code, str(response.get("errors") or ""))
    if code in NOT_A_MEMBER or code in NOT_VISIBLE:
        return NotHere(joinable=code in NOT_A_MEMBER)
    if code in MAY_HAVE_WORKED or response.status_code >= SERVER_ERROR:
        return Unconfirmed(code or str(response.status_code))
    return Forbidden(code or f"http_{response.status_code}")


def why_not_uploaded(failure: Exception) -> str:
    """Say in a clause why an upload failed."""
    if isinstance(failure, SlackApiError) and isinstance(failure.response.data, dict):
        return {
            "file_uploads_disabled": "uploads are switched off in this workspace",
            "file_uploads_except_images_disabled": "uploads are switched off in this workspace",
            "storage_limit_reached": "the workspace's storage is full",
            "ratelimited": "Slack asked for a pause",
            "missing_scope": "the app lacks a permission, see the log",
        }.get(str(failure.response.get("error")), f"Slack said {failure.response.get('error')}")
    if isinstance(failure, StillProcessing):
        return "Slack is still processing the picture"
    if isinstance(failure, TimeoutError):
        return "Slack did not answer in time"
    return "Slack did not take it"
