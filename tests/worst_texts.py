"""What somebody may paste to hold up a program that reads words: long runs of whatever a pattern may stumble over."""

import gc
import time
from collections.abc import Callable
from functools import cache

from hypothesis import strategies as st

LENGTH = 40_000
"""Characters: the longest message Slack passes on (docs.slack.dev/reference/methods/chat.postMessage)."""

BEARABLE = 0.05
"""Seconds that reading one text may take (benchmarks/reading_words.py measures it)."""

FROZEN = 10 * BEARABLE
"""
Processor seconds of this thread beyond which a test calls a text a freeze.

What is meant is a bound on freezing and no claim of speed: what is quadratic takes 40,000 characters 5 to 30 seconds,
what is not some milliseconds, and other programs on the machine do not count.
"""

UNITS = (
    *"_*~`'\"<>|@#&!?,.;:/-+=()[] a0²é\u00a0\u200b\u2028\ud800\n",
    "<@A|",
    "<@A",
    "<a|",
    "<https://",
    "a_",
    "_a*",
    "**_",
    "a ",
    "--a=",
    "a:b ",
    "privately ",
    "digest ",
    "top ",
    "all time ",
    "downloads of ",
    "Europe/Berlin ",
    "new york ",
    "mon , ",
    "mon,09:00,",
    "9 o'clock in the ",
    "new york est ",
    "mon-",
    "ä",
    "9 am ",
    "2021 q",
    "a/",
    "a.",
    "huggingface.co/",
    "```",
)
STARTS, ENDS = ("", "a", "digest on ", "top30 by ", "model ", "<@U1> "), ("", "b", "!", ">", " only")


def text_of(start: str, unit: str, end: str, length: int = LENGTH) -> str:
    """Write a text of exactly this length: a start, a unit again and again, an end."""
    return (start + unit * length)[: length - len(end)] + end


AROUND = (("a", "b"), ("a", "!"), ("", ">"), ("digest on ", "b"), ("<@U1> model ", "b"))


@cache
def worst_texts(length: int = LENGTH) -> tuple[str, ...]:
    """Give the hand-made ones: every unit again and again, between some starts and ends; made once."""
    return tuple(text_of(start, unit, end, length) for unit in UNITS for start, end in AROUND)


GENERATED = st.builds(
    text_of,
    st.sampled_from(STARTS),
    st.lists(st.sampled_from(UNITS), min_size=1, max_size=5).map("".join),
    st.sampled_from(ENDS),
    st.sampled_from((300, 2_000, LENGTH)),
)
"""Mixtures of the units, also of lengths that the bounds let through."""


Clock = Callable[[], float]
"""Tells seconds from some moment on."""


def seconds_of(work: Callable[[], object], clock: Clock = time.thread_time) -> float:
    """
    Give the processor time that this thread spends on some work.

    Without the search for cyclic garbage: what that costs goes by all that the process holds, a second and more in a
    worker with thousands of tests behind it, and not by the work.
    """
    searching = gc.isenabled()
    gc.disable()
    try:
        began = clock()
        work()
        return clock() - began
    finally:
        if searching:
            gc.enable()


PART = 8
"""A freeze shows in an eighth of a text: what is quadratic takes a 64th of the time there."""


def freezes(read: Callable[[str], object], clock: Clock = time.thread_time) -> dict[str, float]:
    """
    Hand every hand-made text over; give the beginnings of those that took too long, and how long.

    First an eighth of each. Only where that takes as long as it would if the whole were quadratic and a freeze, the
    whole is read. What grows faster than that takes minutes for the eighth, which is a freeze by itself.
    """
    took = {
        whole: _seconds_to_read(read, part, whole, clock)
        for part, whole in zip(worst_texts(LENGTH // PART), worst_texts(), strict=True)
    }
    return {text[:40]: seconds for text, seconds in took.items() if seconds > FROZEN}


def _seconds_to_read(read: Callable[[str], object], part: str, whole: str, clock: Clock) -> float:
    took = seconds_of(lambda: read(part), clock)
    return seconds_of(lambda: read(whole), clock) if FROZEN / PART**2 < took <= FROZEN else took
