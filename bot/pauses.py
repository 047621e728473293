"""
The pauses Slack asks for, channel by channel: who waits, and who leaves at once.

After a 429 nothing more is sent to a channel until its pause is over, whatever the form. If the pause is bearable, one
waits for the channel; everybody else, and everybody while it is long, is told instead and holds up nobody. Refused in
two channels at a time, it is the whole workspace that is too fast.
"""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from bot.slack_errors import TooFast

BEARABLE = 5.0
"""Seconds that are waited for; a longer Retry-After is not."""

TURN = 5.0
"""Seconds to wait for another message to the same channel that is just being sent."""

QUIET = 2.0
"""Seconds after a message during which a channel is not burdened with what is not needed."""

LONGEST_GROWTH = 64.0
EVERYWHERE = ""
MOST_KEPT = 2_000
Sent = TypeVar("Sent")


class Pauses:
    """Knows until when each channel is left alone; safe to use from several threads."""

    def __init__(self, wait: Callable[[float], None] = time.sleep, now: Callable[[], float] = time.monotonic) -> None:
        self._wait = wait
        self._now = now
        self._lock = threading.Lock()
        self._until: dict[str, float] = {}
        self._strikes: dict[str, int] = {}
        self._sent_at: dict[str, float] = {}
        self._turns: dict[str, threading.Lock] = {}
        self._first: dict[str, int] = {}

    @contextmanager
    def observe(self, channel: str) -> Iterator[None]:
        """
        Keep the channel's pause around everything that leads to a message: wait if it is bearable and nobody else does.

        Raises:  TooFast with the seconds that are left.
        """
        self.keep(channel)
        try:
            yield
        finally:
            self._let_others(channel)

    def keep(self, channel: str) -> None:
        """Wait for the end of a pause as the only one; until its message is sent, everybody else is turned away."""
        with self._lock:
            where, left = self._refuse_others(channel)
            if left <= 0:
                return
            if left > BEARABLE:
                raise TooFast(left)
            self._first[where] = threading.get_ident()
        self._wait(left)
        with self._lock:
            self._until.pop(where, None)

    def send(self, channel: str, send: Callable[[], Sent]) -> Sent:
        """
        Send one message to a channel, one after the other, unless a pause has begun meanwhile.

        Raises:  TooFast with the seconds to wait from now on, growing while the channel goes on refusing.
        """
        with self._turn(channel):
            with self._lock:
                _, left = self._refuse_others(channel)
            if left > 0:
                raise TooFast(left)
            try:
                sent = send()
            except TooFast as fast:
                raise TooFast(self._begin(channel, fast.seconds)) from fast
        with self._lock:
            self._strikes.pop(channel, None)
            self._sent_at[channel] = self._now()
        self._let_others(channel)
        return sent

    def _refuse_others(self, channel: str) -> tuple[str, float]:
        """Give the pause that is left and where; refuse if somebody else is the first to try after it."""
        where, left = self._measure_left(channel)
        first = self._first.get(channel) or self._first.get(EVERYWHERE)
        if first not in (None, threading.get_ident()):
            raise TooFast(max(left, BEARABLE))
        return where, left

    def _let_others(self, channel: str) -> None:
        with self._lock:
            for where in (channel, EVERYWHERE):
                if self._first.get(where) == threading.get_ident():
                    del self._first[where]

    def is_quiet(self, channel: str) -> bool:
        """Tell whether a message that is not needed would be in nobody's way."""
        with self._lock:
            _, left = self._measure_left(channel)
            return left <= 0 and self._sent_at.get(channel, -QUIET) + QUIET <= self._now()

    def _measure_left(self, channel: str) -> tuple[str, float]:
        now = self._now()
        return max(((where, self._until.get(where, now) - now) for where in (channel, EVERYWHERE)), key=lambda p: p[1])

    def _begin(self, channel: str, seconds: float) -> float:
        """Begin a pause; refused again and again it grows, and in two channels at a time it holds for all."""
        with self._lock:
            now = self._now()
            self._forget(now)
            strikes = self._strikes[channel] = self._strikes.get(channel, 0) + 1
            seconds = max(seconds, min(2.0 ** (strikes - 1), LONGEST_GROWTH))
            if any(until > now and where != channel for where, until in self._until.items()):
                self._until[EVERYWHERE] = now + seconds
            self._until[channel] = now + seconds
            return seconds

    def _forget(self, now: float) -> None:
        """Forget channels long done with, so that nothing grows for ever."""
        self._until = {where: until for where, until in self._until.items() if until > now}
        for kept in (self._strikes, self._sent_at, self._turns):
            if len(kept) > MOST_KEPT:
                kept.clear()

    @contextmanager
    def _turn(self, channel: str) -> Iterator[None]:
        """Let one message to a channel go after the other; a slow one holds up the next only so long."""
        with self._lock:
            turn = self._turns.setdefault(channel, threading.Lock())
        mine = turn.acquire(timeout=TURN)
        try:
            yield
        finally:
            if mine:
                turn.release()
