"""
What totals and trend count: originals and fine-tunes that hold weights, or every repository. One denominator for both.

By the tags every repository is counted, as the article did. Each count says in words which of the two it is.
"""

import pandas as pd

from analytics.attribution.verdicts import OWN, Remark
from analytics.domain.requests import Definition, Totals, Trend, counts_every
from analytics.domain.wording import count

NO_WEIGHTS = Remark.NO_WEIGHTS.value


def pick_definition(cube: pd.DataFrame, definition: Definition) -> pd.DataFrame:
    """Give the rows of a cube that were counted by one definition."""
    return cube[cube["definition"] == definition.value]


TOP = "top "
"""What the models of a sample are called: it holds the most downloaded alone, and its scope says how many of them."""


def pick_own(rows: pd.DataFrame) -> pd.DataFrame:
    """Keep originals and fine-tunes that hold weights."""
    return rows[rows["derivative"].isin(OWN) & (rows["remark"] != NO_WEIGHTS)]


def pick_counted(cube: pd.DataFrame, request: Totals | Trend) -> pd.DataFrame:
    """Give the rows that a question counts."""
    rows = pick_definition(cube, request.definition)
    rows = rows[rows["task"] == request.task] if request.task else rows
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
