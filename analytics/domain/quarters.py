"""
Calendar quarters as words: `2021Q4`. They sort as text.

Which quarter a day, a moment or an arXiv identifier falls into, and which quarters lie between two.
"""

import datetime as dt
import re

_NEW_ARXIV = re.compile(r"(?:arxiv:)?(\d\d)(\d\d)\.\d{4,5}(?:v\d+)?", re.IGNORECASE)
_OLD_ARXIV = re.compile(r"(?:arxiv:)?[a-z][a-z.-]*/(\d\d)(\d\d)\d{3}(?:v\d+)?", re.IGNORECASE)
MONTHS = range(1, 13)
A_YEAR = 4
"""Quarters after a paper in which a model that cites it is taken to be its own (the Hub tells no better)."""
FIRST_ARXIV_YEAR = 91
"""arXiv began in 1991, so in its old identifiers 91 to 99 are years of the last century."""


def of(day: dt.date) -> str:
    """Give the quarter a day (of UTC) falls into."""
    return f"{day.year:04d}Q{(day.month + 2) // 3}"


def of_arxiv(identifier: str | None) -> str | None:
    """
    Give the quarter of an arXiv identifier, `1711.10485v2` or `cs/0112017`; None if it is none.

    The identifier holds year and month (info.arxiv.org/help/arxiv_identifier.html).
    """
    text = (identifier or "").strip()
    if new := _NEW_ARXIV.fullmatch(text):
        year, month = 2000 + int(new[1]), int(new[2])
    elif old := _OLD_ARXIV.fullmatch(text):
        year, month = (1900 if int(old[1]) >= FIRST_ARXIV_YEAR else 2000) + int(old[1]), int(old[2])
    else:
        return None
    return of(dt.date(year, month, 1)) if month in MONTHS else None


def number(quarter: str) -> int:
    """Count quarters from the year 0 on, so that neighbours differ by one."""
    return int(quarter[:4]) * 4 + int(quarter[5]) - 1


def quarter_of(count: int) -> str:
    """Give the quarter of a `number`."""
    return f"{count // 4}Q{count % 4 + 1}"


def span(first: str, last: str) -> list[str]:
    """Give every quarter from `first` to `last`, both included."""
    return [quarter_of(count) for count in range(number(first), number(last) + 1)]


def last_whole(moment: dt.datetime) -> str:
    """Give the last quarter that was over at a moment."""
    return quarter_of(number(of(moment.astimezone(dt.UTC).date())) - 1)


def days(quarter: str) -> tuple[dt.date, dt.date]:
    """Give the first and the last day of a quarter."""
    year, first_month = int(quarter[:4]), 3 * int(quarter[5]) - 2
    following = dt.date(year + first_month // 10, (first_month + 2) % 12 + 1, 1)
    return dt.date(year, first_month, 1), following - dt.timedelta(days=1)
