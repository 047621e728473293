"""
How small things are said everywhere: a day, a moment, a share, a number with its noun, a list of names.

One home for each, so that no two sentences of an answer write the same thing in two ways.
"""

import datetime as dt
from collections.abc import Iterable, Sequence

ALL, TEN, A_TENTH = 100, 10, 0.1
"""Percent: a whole, what is written without a decimal from here on, and the least that is written as a number."""


def day(moment: dt.date) -> str:
    """Write the day of a moment or a date, `5 Nov 2026`, so that no reader confuses day and month."""
    return f"{moment.day} {moment:%b %Y}"


def month(moment: dt.date) -> str:
    """Write the month of a moment or a date, `Nov 2026`."""
    return f"{moment:%b %Y}"


def tell_period(written: str) -> str:
    """Write a period of a time axis for people: a day (`2026-08-31`) as any day, a year, quarter or month as it is."""
    return day(dt.date.fromisoformat(written)) if written.count("-") == 2 else written  # noqa: PLR2004 - year, month, day


def minute(moment: dt.datetime) -> str:
    """Write an aware moment in UTC to the minute, `5 Nov 2026, 09:00 UTC`."""
    utc = moment.astimezone(dt.UTC)
    return f"{day(utc)}, {utc:%H:%M} UTC"


def local_minute(moment: dt.datetime) -> str:
    """Write an aware moment in its own zone, with the weekday: `Mon 30 Nov 2026, 09:00 CET`."""
    return f"{moment:%a} {day(moment)}, {moment:%H:%M} {moment.tzname()}"


def iso_day(moment: dt.date) -> str:
    """Write a day as programs read it, `2026-08-22`; of an aware moment its day in UTC."""
    utc = moment.astimezone(dt.UTC) if isinstance(moment, dt.datetime) and moment.tzinfo else moment
    return f"{utc:%Y-%m-%d}"


def stamp(moment: dt.datetime, *, exact: bool = False) -> str:
    """Write an aware moment in the name of a file, `20260822T011500Z`; `exact` to the microsecond."""
    utc = moment.astimezone(dt.UTC)
    return f"{utc:%Y%m%dT%H%M%S}{f'{utc:%f}' if exact else ''}Z"


def iso(moment: dt.datetime) -> str:
    """Write an aware moment as UTC to the second, `2026-08-22T01:15:00Z`."""
    return f"{moment.astimezone(dt.UTC):%Y-%m-%dT%H:%M:%SZ}"


def share(part: float, whole: float, digits: int = 0) -> str:
    """Write a part of a whole in percent, neither rounding some to none nor nearly all to all."""
    percent, least = ALL * part / whole, 10**-digits
    if part and percent < least:
        return f"under {least:g} %"
    return f"over {ALL - least:g} %" if part < whole and round(percent, digits) >= ALL else f"{percent:.{digits}f} %"


def growth(now: float, before: float) -> str:
    """Write by how much a number grew or fell, `+5.3 %`, `-12 %`, neither some as none nor nearly all as all."""
    percent = ALL * (now - before) / before
    if now == before:
        return "unchanged"
    if abs(percent) < A_TENTH:
        return f"under {percent / abs(percent) * A_TENTH:+} %"
    if now and percent < 1 - ALL:
        return f"over {1 - ALL} %"
    return f"{percent:+.1f} %" if abs(percent) < TEN else f"{percent:+,.0f} %"


def percentages(parts: Sequence[int]) -> list[int]:
    """Give whole percentages that add up to 100, by largest remainder (ties to the earlier part); zeros of nothing."""
    whole = sum(parts) or 1
    percents = [ALL * part // whole for part in parts]
    largest = sorted(range(len(parts)), key=lambda place: -(ALL * parts[place] % whole))
    for place in largest[: ALL - sum(percents)] if any(parts) else ():
        percents[place] += 1
    return percents


def shares(parts: Sequence[int]) -> list[str]:
    """Write all parts of a whole in percent that add up to 100; some is never none, nor nearly all all."""
    told = zip(parts, percentages(parts), strict=True)
    return [_whole_share(part, sum(parts), percent) for part, percent in told]


def _whole_share(part: int, whole: int, percent: int) -> str:
    if percent == ALL and part < whole:
        return f"over {ALL - 1} %"
    return share(part, whole) if percent == 0 and part else in_percent(percent)


def in_percent(*figures: float) -> str:
    """Write whole percentages that somebody else counted, or the ends of a range: `33 %`, `30 to 36 %`."""
    return f"{' to '.join(f'{figure:.0f}' for figure in figures)} %"


def mark_in_percent(mark: float) -> str:
    """Write a mark that somebody set, as exactly as they did: `80 %`, `10.5 %`."""
    return f"{mark:g} %"


def count(n: int, noun: str, plural: str = "") -> str:
    """Write a number with its noun: `1 model`, `1,000 models`; `plural` where it is not made by an s."""
    return f"{n:,} {noun if n == 1 else plural or noun + 's'}"


def verb(n: int, one: str = "is", many: str = "are") -> str:
    """Give the form of a verb that goes with a number: `verb(1)` is `is`, `verb(0)` is `are`."""
    return one if n == 1 else many


def listing(names: Iterable[str]) -> str:
    """Join names as people do: `PyTorch, TensorFlow and JAX`; nothing of none."""
    *most, last = list(names) or [""]
    return f"{', '.join(most)} and {last}" if most else last


IN_FINDING, IN_TITLE = 25, 10
"""Words at most: one reads them at a glance, in a channel and over a picture."""


def fit(ways: Iterable[str], most: int) -> str:
    """Give the first way of saying something that takes no more words; where none is so short, the last."""
    told = list(ways)
    return next((one for one in told if len(one.split()) <= most), told[-1])


def sentence(words: str) -> str:
    """Begin a sentence with words, leaving all other capitals alone."""
    return words[:1].upper() + words[1:]


def clause(words: str) -> str:
    """Give a sentence without its full stop, or the colon of what was cut off, to go on behind it."""
    return words.rstrip().rstrip(".:")


def ordinal(number: int) -> str:
    """Say a place: 1st, 2nd, 30th, 111th."""
    tail = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number:,}{tail}"
