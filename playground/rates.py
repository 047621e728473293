"""Slack's rate limits (docs.slack.dev/apis/web-api/rate-limits): calls a minute by tier, messages a second."""

import math
from collections import defaultdict, deque
from collections.abc import Hashable

MINUTE = 60.0
TIERS = {1: 1, 2: 20, 3: 50, 4: 100}
"""Calls a minute of one method by one app in one workspace. Slack promises these "or more"; here it is these."""

MESSAGE_BURST = 4
"""Messages one channel takes at once before it holds the bot to one a second ("short bursts" are allowed)."""

MESSAGES_A_MINUTE = 300
"""Messages one workspace takes a minute ("several hundred")."""


class Rates:
    """Counts calls on the clock it is told; `enabled` switches it off where speed itself is measured."""

    def __init__(self, *, enabled: bool = True) -> None:
        self.enabled = enabled
        self._calls: dict[Hashable, deque[float]] = defaultdict(deque)
        self._allowance: dict[str, tuple[float, float]] = {}
        self._held: dict[str, float] = {}

    def hold(self, method: str, until: float) -> None:
        """Refuse a method with 429 until a moment, as Slack does once it has had too many."""
        self._held[method] = until

    def wait_for_call(self, method: str, team: str, tier: int, now: float) -> int:
        """Count a call; give the whole seconds to wait if it is one too many, else 0."""
        held = self._held.get(method, now) - now
        if held > 0:
            return max(1, math.ceil(held))
        return self._window((method, team), TIERS[tier], now) if tier in TIERS else 0

    def wait_for_message(self, channel: str, team: str, now: float) -> int:
        """Count a message; give the whole seconds to wait if it is one too many, else 0."""
        if not self.enabled:
            return 0
        left, then = self._allowance.get(channel, (float(MESSAGE_BURST), now))
        left = min(float(MESSAGE_BURST), left + now - then)
        if left < 1:
            self._allowance[channel] = (left, now)
            return max(1, math.ceil(1 - left))
        self._allowance[channel] = (left - 1, now)
        return self._window(("messages", team), MESSAGES_A_MINUTE, now)

    def _window(self, key: Hashable, most: int, now: float) -> int:
        if not self.enabled:
            return 0
        calls = self._calls[key]
        while calls and calls[0] <= now - MINUTE:
            calls.popleft()
        if len(calls) >= most:
            return max(1, math.ceil(calls[0] + MINUTE - now))
        calls.append(now)
        return 0
