"""Who is Slack at /mcp, by a clock that is handed in."""

import json
from typing import Any

import pytest

from analytics.assistants.http_door import TurnedAway
from bot.web.rate_limits import Buckets
from bot.web.slack_identity import SlackIdentity
from playground.signed_requests import SignedRequests

SECRET, NOW = "a-signing-secret-of-tests", 1_800_000_000.0
SLACK = SignedRequests("", SECRET)
CALL: dict[str, Any] = {"method": "tools/call", "params": {"name": "top", "_meta": {"slack": {"team_id": "T1"}}}}


class MarksOfTwo:
    """What two processes share: each mark once."""

    def __init__(self) -> None:
        self._held: set[str] = set()

    def claim(self, names: Any, seconds: float) -> bool:
        """Take what nobody has."""
        assert seconds >= 300
        free = not self._held & set(names)
        self._held |= set(names)
        return free

    def keep(self, names: Any, seconds: float) -> None:
        """Keep nothing."""

    def end(self, names: Any) -> None:
        """End nothing."""


def identity(**more: Any) -> SlackIdentity:
    """Make one that takes two calls a minute of a workspace."""
    return SlackIdentity(SECRET, Buckets(2, lambda: 0.0), clock=lambda: NOW, **more)


def sign(call: object, when: float = NOW, by: SignedRequests = SLACK) -> tuple[dict[str, str], bytes]:
    """Write a call as Slackbot sends it; names in small letters, as a server gives them."""
    body = json.dumps(call).encode()
    return {name.lower(): value for name, value in by.sign(body, when).items()}, body


@pytest.mark.parametrize("when", [NOW - 301, NOW + 301, 0])
def test_a_stale_call_is_not_slacks(when: float) -> None:
    """Nor one of the future; within five minutes it is."""
    assert not identity().is_signed(*sign(CALL, when))
    assert identity().is_signed(*sign(CALL, NOW - 299))


def test_what_slack_did_not_sign_is_not_slacks() -> None:
    """By another secret, of another body, or not at all."""
    headers, _ = sign(CALL)

    assert not identity().is_signed(*sign(CALL, by=SignedRequests("", "another")))
    assert not identity().is_signed(headers, b"{}")
    assert not identity().is_signed({}, b"{}")


def test_a_call_that_is_played_again_is_refused_by_each_process() -> None:
    """By the one that took it, and by another on the same database; what only asks for the tools may come twice."""
    shared = MarksOfTwo()
    first, second = identity(shared=shared), identity(shared=shared)
    listing = sign({"method": "tools/list", "id": 1})

    assert [one.is_signed(*sign(CALL)) for one in (first, first, second)] == [True, False, False]
    assert first.is_signed(*sign(CALL, NOW + 1))
    assert [first.is_signed(*listing) for _ in "ab"] == [True, True]


@pytest.mark.parametrize("body", [b"", b"{", b"[" * 100_000, b"[]", b'{"method":"tools/call","params":5}'])
def test_signed_junk_is_left_to_the_protocol(body: bytes) -> None:
    """It is Slack's, and no fault of ours."""
    headers = {name.lower(): value for name, value in SLACK.sign(body, NOW).items()}

    assert identity().is_signed(headers, body)


def test_a_workspace_that_calls_too_often_is_told_when_to_come_back() -> None:
    """It alone: another one's, and an organisation's without a workspace, are taken."""
    whole = {"method": "tools/call", "params": {"_meta": {"slack": {"team_id": None, "enterprise_id": "E1"}}}}
    one = identity()
    calls = [sign(CALL | {"id": number}) for number in range(3)]

    assert [one.is_signed(*call) for call in calls[:2]] == [True, True]
    with pytest.raises(TurnedAway, match=r"from this workspace\. Try again in 30 s") as refused:
        one.is_signed(*calls[2])
    assert (refused.value.response.status_code, refused.value.response.headers["retry-after"]) == (429, "30")
    assert one.is_signed(*sign(whole))
