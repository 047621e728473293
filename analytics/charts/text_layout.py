"""
Words that have to fit: broken into lines by measure, set smaller by steps, shortened as the last resort.

Nothing here draws. Titles and names come from outside and can be of any length, and must never run off the picture.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple, Protocol

BREAK = re.compile(r" +(?!·)|(?<=\w)[-/](?=[^\W\d_])")
"""Where a line may end: after a space, or the hyphen or slash in text-to-image; not in 1-100, nor before a dot."""

Fits = Callable[[str], bool]

PAUSES = (",", ":", ";", "–")
AT_A_PAUSE = 0.7
"""A line that ends in a pause may be this much less even than one that ends anywhere."""


class Measure(Protocol):
    """How wide a line comes out at a type size."""

    def __call__(self, words: str, size: float) -> float:
        """Give the width in pixels."""
        ...


class Block(NamedTuple):
    """Lines of text and the type size at which they fit."""

    lines: tuple[str, ...]
    size: float


def fit(words: str, tries: Sequence[tuple[int, float]], room: float, measure: Measure, tail: str = "") -> Block:
    """
    Take the first of `tries`, each (most lines, type size), at which the words fit into `room` pixels.

    If even the last is too tight, the words are cut there; `tail` (a date, say) survives the cut.
    """

    def fits(line: str, size: float) -> bool:
        return measure(line, size) <= room

    for most, size in tries:
        lines = wrap(words + tail, partial(fits, size=size))
        if len(lines) <= most:
            return Block(tuple(lines), size)
    most, size = tries[-1]
    return Block(tuple(shorten(words, tail, most, partial(fits, size=size))), size)


def wrap(words: str, fits: Fits) -> list[str]:
    """Break into lines at spaces and hyphens, and elsewhere only inside what is longer than a line."""
    lines: list[str] = []
    start = 0
    while start < len(words):
        end = _end_of_line(words, start, fits)
        lines.append(words[start:end].rstrip())
        start = end
    return lines


def _end_of_line(words: str, start: int, fits: Fits) -> int:
    def too_long(end: int) -> bool:
        return not fits(words[start:end].rstrip())

    ends = [*(gap.end() for gap in BREAK.finditer(words, start + 1)), len(words)]
    full = bisect_left(ends, x=True, key=too_long)
    if full:
        return ends[full - 1]
    letters = range(start + 1, ends[0])
    return start + max(1, bisect_left(letters, x=True, key=too_long))


def shorten(words: str, tail: str, most: int, fits: Fits) -> list[str]:
    """Leave out as few of the last letters as will do, and say so with an ellipsis."""

    def lines(left_out: int) -> list[str]:
        return wrap(f"{words[: len(words) - left_out].rstrip()}…{tail}", fits)

    return lines(bisect_left(range(len(words)), x=True, key=lambda left_out: len(lines(left_out)) <= most))


def balance(words: str, block: Block, room: float, measure: Measure) -> Block:
    """Even out a title of two lines, so that it ends in no lonely word and is rather broken after a comma."""
    if len(block.lines) == 1 or " ".join(block.lines) != words:
        return block
    spaces = [place for place, letter in enumerate(words) if letter == " "]

    def longer(pair: tuple[str, ...]) -> float:
        return max(measure(line, block.size) for line in pair)

    pairs = [pair for at in spaces if longer(pair := (words[:at], words[at + 1 :])) <= room]
    best = min(
        pairs, key=lambda pair: longer(pair) * (AT_A_PAUSE if pair[0].endswith(PAUSES) else 1), default=block.lines
    )
    return Block(best, block.size)


def spread(wanted: Sequence[float], pitch: float, highest: float, lowest: float) -> list[float]:
    """Move baselines (in order, downwards) no further than needed to be a pitch apart and between two heights."""
    heights: list[float] = []
    for height in wanted:
        heights.append(max(height, heights[-1] + pitch if heights else highest))
    for place in reversed(range(len(heights))):
        below = heights[place + 1] - pitch if place + 1 < len(heights) else lowest
        heights[place] = min(heights[place], below)
    return heights
