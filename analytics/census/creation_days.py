"""When repositories were made, as numbers: the quarter, and the era in which the attribution rule reads them."""

from typing import TYPE_CHECKING

from analytics.attribution import rule
from analytics.attribution.library_table import DATED
from analytics.census.arrow_arrays import as_numbers, is_told

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    import pyarrow as pa

ERAS = ("2000-01-01", *sorted({rule.KERAS_TAG_CHANGED, rule.KERAS_3_RELEASED, *(day for day, _ in DATED.values())}))
"""The days from which on the rule reads something otherwise; a day of creation is reduced to the last up to it."""

A_DAY = len("2026-11-23")
UNKNOWN = -1


def date_rows(created: "pa.ChunkedArray") -> "tuple[np.ndarray, np.ndarray]":
    """Give the quarter and the era of each row, of ISO texts; a census is in their order, so a day is read once."""
    import numpy as np

    texts = created.combine_chunks()
    first = _find_runs(texts)
    days, lengths = read_days(texts.take(as_numbers(first))), np.diff(first, append=len(texts))
    return np.repeat(find_quarters(days), lengths), np.repeat(find_eras(days), lengths)


def _find_runs(texts: "pa.StringArray") -> "np.ndarray":
    """Find the rows that begin otherwise than the one before, up to A_DAY."""
    import numpy as np

    _, places, content = texts.buffers()
    offsets = np.frombuffer(places or b"", np.int32)[texts.offset : texts.offset + len(texts) + 1]
    lengths = np.diff(offsets)
    if texts.null_count or not len(texts) or lengths[0] < A_DAY or (lengths != lengths[0]).any():
        return np.arange(len(texts))
    begins = np.ndarray(len(texts), _A_BEGINNING, content, offsets[0], lengths[:1])
    changed = np.ones(len(texts), bool)
    changed[1:] = (begins["year"][1:] != begins["year"][:-1]) | (begins["day"][1:] != begins["day"][:-1])
    return np.flatnonzero(changed)


_A_BEGINNING = [("year", "<u8"), ("day", "<u2")]
"""The ten letters of a day, as two numbers that are quick to compare."""


def read_days(texts: "pa.StringArray") -> "np.ndarray":
    """Read ISO texts as 20261123; UNKNOWN where there is none, or something else."""
    import numpy as np

    _, places, content = texts.buffers()
    days = np.full(len(texts), UNKNOWN, np.int32)
    if content is None or not len(texts):
        return days
    offsets = np.frombuffer(places, np.int32)[texts.offset : texts.offset + len(texts) + 1]
    lengths = np.diff(offsets)
    told = np.flatnonzero((lengths >= A_DAY) & is_told(texts))
    letters = np.frombuffer(content, np.uint8)
    found = _read_digits([letters[offsets[told] + place] for place in range(A_DAY)])
    days[told] = np.where(_within(found // 100 % 100, 12) & _within(found % 100, 31), found, UNKNOWN)
    return days


def _within(numbers: "np.ndarray", most: int) -> "np.ndarray":
    return (numbers >= 1) & (numbers <= most)


def _read_digits(columns: "Sequence[np.ndarray]") -> "np.ndarray":
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
