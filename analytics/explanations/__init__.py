"""
Facts that people ask for the reason of, and ways to load models: short, dated, with their source.

`topics.csv` and `ways.csv` beside this file are the data; the words are our own.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from analytics.shipped_tables import read_rows


@dataclass(frozen=True, slots=True)
class Explanation:
    """One fact: three sentences, the day it holds from, and who says so."""

    topic: str
    title: str
    day: dt.date
    sentences: tuple[str, ...]
    producer: str
    source: str
    address: str


@dataclass(frozen=True, slots=True)
class Way:
    """How something comes into a framework or format in general: what does it, in short and whole, and lines to run."""

    wanted: str
    finding: str
    sentence: str
    lines: tuple[str, ...]
    address: str


WAYS_READ = dt.datetime(2026, 11, 26, tzinfo=dt.UTC)
"""When the ways were last looked up."""


@cache
def explanations() -> Mapping[str, Explanation]:
    """Read what `why` explains, by topic."""
    return {
        row["topic"]: Explanation(
            row["topic"],
            row["title"],
            dt.date.fromisoformat(row["day"]),
            (row["first"], row["second"], row["third"]),
            row["producer"],
            row["source"],
            row["address"],
        )
        for row in read_rows(__name__, "topics.csv")
    }


@cache
def ways() -> Mapping[str, Way]:
    """Read the general ways, by framework or format."""
    return {
        row["framework"]: Way(
            row["framework"],
            row["finding"],
            row["sentence"],
            tuple(filter(None, (row["install"], row["run"]))),
            row["address"],
        )
        for row in read_rows(__name__, "ways.csv")
    }
