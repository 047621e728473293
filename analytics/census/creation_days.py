"""When repositories were made, as numbers: the quarter, and the era in which the attribution rule reads them."""

from typing import TYPE_CHECKING

from analytics.attribution import rule
from analytics.attribution.library_table import DATED
from analytics.census.arrow_arrays import is_told

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    import pyarrow as pa

ERAS = ("2000-01-01", *sorted({rule.KERAS_TAG_CHANGED, rule.KERAS_3_RELEASED, *(day for day, _ in DATED.values())}))
"""The days from which on the rule reads something otherwise; a day of creation is reduced to the last up to it."""

A_DAY = len("2026-11-23")
UNKNOWN = -1


def read_days(created: "pa.ChunkedArray") -> "np.ndarray":
    """Read ISO texts as 20261123; UNKNOWN where there is none, or something else."""
    import numpy as np

    texts = created.combine_chunks()
    _, places, content = texts.buffers()
    days = np.full(len(texts), UNKNOWN, np.int32)
    if content is None or not len(texts):
        return days
    offsets = np.frombuffer(places, np.int32)[texts.offset : texts.offset + len(texts) + 1]
    lengths = np.diff(offsets)
    told = np.flatnonzero((lengths >= A_DAY) & is_told(texts))
    letters = np.frombuffer(content, np.uint8)
    if len(told) == len(texts) and (lengths == lengths[0]).all():  # as they are written: a table, read by columns
        found = _read_digits(letters[offsets[0] : offsets[-1]].reshape(len(texts), -1).T)
    else:
        found = _read_digits([letters[offsets[told] + place] for place in range(A_DAY)])
    days[told] = np.where(_within(found // 100 % 100, 12) & _within(found % 100, 31), found, UNKNOWN)
    return days


def _within(numbers: "np.ndarray", most: int) -> "np.ndarray":
    return (numbers >= 1) & (numbers <= most)


def _read_digits(columns: "Sequence[np.ndarray] | np.ndarray") -> "np.ndarray":
    """Read the digits of `2026-11-23`, given letter by letter; 0 where there is anything else."""
    import numpy as np

    number, sound = np.zeros(len(columns[0]), np.int32), np.ones(len(columns[0]), bool)
    for place in (0, 1, 2, 3, 5, 6, 8, 9):
        digit = columns[place] - np.uint8(ord("0"))
        sound &= digit < np.uint8(10)  # smaller letters than zero have become large numbers
        number = number * np.int32(10) + digit
    return np.where(sound, number, 0)


def find_quarters(days: "np.ndarray") -> "np.ndarray":
    """Give each day's quarter as a number through all years: four times the year, and 0 to 3."""
    import numpy as np

    return np.where(days < 0, UNKNOWN, days // 10000 * 4 + (days // 100 % 100 - 1) // 3)


QUARTER = "CASE WHEN quarter < 0 THEN '' ELSE (quarter // 4) || 'Q' || (quarter % 4 + 1) END"
"""How such a number is written in words, in SQL."""


def find_eras(days: "np.ndarray") -> "np.ndarray":
    """Give the place in ERAS of each day, one more than the last where it is not known."""
    import numpy as np

    changes = [int(day.replace("-", "")) for day in ERAS[1:]]
    return np.where(days < 0, len(ERAS), np.searchsorted(changes, days, side="right")).astype(np.uint64)
