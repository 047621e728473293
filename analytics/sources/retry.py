"""
One way to try again: a bounded number of times, within a bounded time, after pauses that are spread by chance.

A source that says how long to wait is waited for that long, and never asked sooner. What cannot help by waiting
(a source that has changed, a thing it does not have) is raised at once.
"""

import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from analytics.errors import RateLimited, SourceError, Unreachable

Result = TypeVar("Result")

SPREAD = 0.25
"""Of a pause, so much more at most: many who failed at the same moment do not all come back at the same moment."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """How waiting is done; tests hand in what does not wait."""

    sleep: Callable[[float], None] = time.sleep
    now: Callable[[], float] = time.monotonic
    chance: Callable[[], float] = random.random


REALLY = Waiting()


@dataclass(frozen=True, slots=True)
class Tries:
    """
    How often, and for how long.

    `pauses` are the seconds before each further try; the last try begins at most `most` seconds after the first.
    """

    pauses: tuple[float, ...]
    most: float


def tell_nobody(trouble: SourceError, seconds: float) -> None:
    """Tell nobody that something is tried again."""
    del trouble, seconds


def retry(
    work: Callable[[], Result],
    tries: Tries,
    waiting: Waiting = REALLY,
    tell: Callable[[SourceError, float], None] = tell_nobody,
) -> Result:
    """
    Do the work, and again after what may pass; `tell` hears of each failure and how long is waited then.

    Raises:  what the work raises, the last time or where waiting cannot help or would take too long.
    """
    until = waiting.now() + tries.most
    for pause in tries.pauses:
        try:
            return work()
        except (Unreachable, RateLimited) as trouble:
            seconds = _seconds(trouble, pause, waiting.chance())
            if waiting.now() + seconds > until:
                raise
            tell(trouble, seconds)
        waiting.sleep(seconds)
    return work()


def _seconds(trouble: SourceError, pause: float, chance: float) -> float:
    """Give the planned pause or, where the source asks for one, that and a second; both a little spread."""
    least = trouble.seconds + 1 if isinstance(trouble, RateLimited) else pause
    return least + SPREAD * pause * chance
