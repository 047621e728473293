"""
What totals and trend count: originals and fine-tunes that hold weights, or every repository. One denominator for both.

By the tags every repository is counted, as the article did. Each count says in words which of the two it is.
"""

from collections.abc import Iterable

from analytics.domain.requests import Definition, Totals, Trend, counts_every
from analytics.domain.wording import count
from analytics.ranking.census_rows import CensusRow

TOP = "top "
"""What the models of a sample are called: it holds the most downloaded alone, and its scope says how many of them."""


def pick_definition(cube: Iterable[CensusRow], definition: Definition) -> list[CensusRow]:
    """Give the rows that were counted by one definition."""
    return [row for row in cube if row.definition == definition]


def pick_asked(cube: Iterable[CensusRow], request: Totals | Trend) -> list[CensusRow]:
    """Give the rows of a question's definition and task, whatever stands apart among them."""
    rows = pick_definition(cube, request.definition)
    return [row for row in rows if row.task == request.task] if request.task else rows


def pick_own(rows: Iterable[CensusRow]) -> list[CensusRow]:
    """Keep originals and fine-tunes that hold weights."""
    return [row for row in rows if row.is_own]


def pick_counted(cube: Iterable[CensusRow], request: Totals | Trend) -> list[CensusRow]:
    """Give the rows that a question counts."""
    rows = pick_asked(cube, request)
    return rows if counts_every(request) else pick_own(rows)


def count_out(n: int, request: Totals | Trend, before: str = "") -> str:
    """Write a number with what is counted: `9 originals and fine-tunes`; `before` stands before these words."""
    task = f"{request.task} " if request.task else ""
    every = counts_every(request)
    one, several = ("repository", "repositories") if every else ("original or fine-tune", "originals and fine-tunes")
    return count(n, f"{before}{task}{one}", f"{before}{task}{several}")


def name_counted(request: Totals | Trend) -> str:
    """Name what is counted, of any number."""
    return count_out(0, request).removeprefix("0 ")
