"""
What an official collection is: where it is read, what one of it is, what it can hold, how it stands.

The table of all of them is in `register`.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from analytics.catalogues import Counter

PYTORCH, TENSORFLOW, KERAS, BRIDGE = "PyTorch", "TensorFlow", "Keras 3 (any backend)", "transformers"
OTHERS = "For PyTorch, by others"
CAMPS = (PYTORCH, OTHERS, TENSORFLOW, KERAS, BRIDGE)
"""Whose a collection is; those that are for a framework and not of its makers stand apart."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Which files are read, and what counts them; of files that are `named` the path alone is told, with no text."""

    wanted: Callable[[str], bool]
    count: Counter
    named: Callable[[str], bool] | None = None


@dataclass(frozen=True, slots=True)
class Wheel:
    """A release: the newest, or one `version`, asked for on those Pythons that had it."""

    name: str
    version: str | None = None
    pythons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Archive:
    """
    A repository on GitHub at a branch or a commit.

    `page` is the one file of it that is read, if one will do; a page does not tell the commit's day, so `day` does.
    """

    repository: str
    ref: str
    page: str | None = None
    day: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Organisation:
    """An account of the Hub."""

    name: str


Source = Wheel | Archive | Organisation


@dataclass(frozen=True, slots=True)
class Collection:
    """
    One official collection.

    `unit` is what one of it is, in the plural; `least` and `most` what it can hold if it was read rightly (`least` 0:
    it may have ended). `standing` is one of active, maintenance, moved, frozen, ended, removed, and `since` a clause.
    `then` is what it was read from at the time of the article of March 2022, None where it did not exist or nothing of
    that time can be read; `then_unit` is given where one of it was something else. `frameworks` are those it serves.
    """

    key: str
    name: str
    camp: str
    unit: str
    how: str
    standing: str
    since: str
    producer: str
    address: str
    source: Source
    least: int
    most: int
    reader: Reader | None = None
    then: Source | None = None
    then_unit: str = ""
    frameworks: tuple[str, ...] = ()

    @property
    def state(self) -> str:
        """The standing with its clause."""
        return f"{self.standing}, {self.since}" if self.since else self.standing

    @property
    def full_name(self) -> str:
        """The name where its camp does not stand beside it."""
        return f"{self.camp} {self.name}" if self.camp == BRIDGE else self.name
