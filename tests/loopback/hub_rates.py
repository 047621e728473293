"""The Hub's rate limits: fixed windows, one bucket for each kind of address, told on every answer."""

import time
from collections.abc import Callable

from aiohttp import web

QUOTAS = {"api": 500, "resolvers": 3000, "pages": 100}
"""Requests in a window for somebody without a token."""

WINDOW = 300.0


def bucket_of(path: str) -> str:
    """Name the bucket an address draws from."""
    if "/resolve/" in path:
        return "resolvers"
    return "api" if path.startswith("/api/") else "pages"


class HubRates:
    """What is left in each bucket. A request costs one whatever comes of it; `clock` counts seconds."""

    def __init__(
        self, quota: int | None = None, window: float = WINDOW, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._quotas = QUOTAS | ({"api": quota} if quota is not None else {})
        self._window = window
        self._clock = clock
        self._ends = clock() + window
        self._used = dict.fromkeys(QUOTAS, 0)

    def take(self, bucket: str) -> bool:
        """Count one request; tell whether it was still allowed."""
        if self._clock() >= self._ends:
            self._ends = self._clock() + self._window
            self._used = dict.fromkeys(QUOTAS, 0)
        self._used[bucket] += 1
        return self._used[bucket] <= self._quotas[bucket]

    def headers(self, bucket: str) -> dict[str, str]:
        """Say what is left and until when."""
        left = max(0, self._quotas[bucket] - self._used[bucket])
        seconds = max(0, round(self._ends - self._clock()))
        return {
            "RateLimit": f'"{bucket}";r={left};t={seconds}',
            "RateLimit-Policy": f'"fixed window";"{bucket}";q={self._quotas[bucket]};w={self._window:.0f}',
        }

    def refusal(self, bucket: str) -> web.Response:
        """Answer a request that came after the bucket was empty."""
        return too_many(self._quotas[bucket], bucket)


def too_many(quota: int, bucket: str, headers: dict[str, str] | None = None) -> web.Response:
    """Word a 429 as the Hub does."""
    message = (
        f"We had to rate limit you, you hit the quota of {quota} {bucket} requests per 5 minutes period. Upgrade to a"
        " PRO user or Team/Enterprise organization account (https://hf.co/pricing) to get higher limits. See"
        " https://huggingface.co/docs/hub/rate-limits"
    )
    return web.json_response({"error": message}, status=429, headers=headers)
