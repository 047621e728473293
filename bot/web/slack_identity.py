"""
Slackbot at /mcp: let in by Slack's signature over the call in the place of a token (`slack_identity_auth`).

The signature is that of every request of Slack's (`signatures.py`). A call of a tool is taken once: the same bytes with
the same signature, played again within the five minutes in which it is fresh, are refused. What only asks which tools
there are is taken again, since two people's first words to us may be the same bytes in the same second.
"""

import time
from collections.abc import Callable, Mapping
from typing import Any

from analytics.assistants.http_door import TurnedAway, read_json
from bot.observer import UNOBSERVED, Observer
from bot.seen import Seen
from bot.shared_marks import Alone, Marks
from bot.web.rate_limits import Buckets
from bot.web.signatures import OLDEST_SECONDS, SIGNATURE, is_slacks
from bot.web.slack_requests import name_workspace

KEPT_SECONDS = 2.0 * OLDEST_SECONDS
"""How long a signature is remembered: as long as any clock takes it for fresh."""


class SlackIdentity:
    """Tells whether Slack signed a call. `clock` gives Unix seconds, `shared` the marks of all processes."""

    def __init__(
        self,
        secret: str,
        turns: Buckets,
        *,
        shared: Marks | None = None,
        observer: Observer = UNOBSERVED,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._secret = secret
        self._turns = turns
        self._observer = observer
        self._clock = clock
        self._seen = Seen(clock)
        self._shared = shared or Alone()

    def is_signed(self, headers: Mapping[str, str], body: bytes) -> bool:
        """Tell whether it is Slack's, fresh and new. Raises TurnedAway for one too many of a workspace."""
        if not is_slacks(self._secret, headers, body, self._clock()):
            return False
        call = _read_call(body)
        if call is None:
            return True
        mark = f"mcp {headers[SIGNATURE]}"
        if not self._seen.first_time(mark) or not self._shared.claim([mark], KEPT_SECONDS):
            return False
        if seconds := self._turns.take(name_workspace(call)):
            self._observer.note_too_often("workspace")
            said = f"Too many requests came from this workspace. Try again in {seconds} s."
            raise TurnedAway(429, said, {"Retry-After": str(seconds)}, was_read=True)
        return True


def _read_call(body: bytes) -> Mapping[str, Any] | None:
    """Give whose a call of a tool is, as Slack says it in `_meta.slack`; None for what calls no tool."""
    try:
        message = read_json(body)
    except ValueError:  # the protocol refuses it, with its own words
        return None
    if not isinstance(message, dict) or message.get("method") != "tools/call":
        return None
    slack: object = message
    for key in ("params", "_meta", "slack"):
        slack = slack.get(key) if isinstance(slack, dict) else None
    return slack if isinstance(slack, dict) else {}
