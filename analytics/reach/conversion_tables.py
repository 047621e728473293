"""
The two shipped tables: what a released library lists, and what was seen when it was tried.

`types.csv`: one row a library, framework and model type, read from the released wheel. `loads.csv`: one row a load of a
tiny random checkpoint (`python -m tests.reach.loading`). A newer release of a library has rows of its own
version, so it is only *listed* until it was loaded.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache, cached_property

from analytics.shipped_tables import read_lists, read_rows

TIMM = "timm:"
"""What stands before an architecture of timm, whose repositories name no model type."""


class Part(StrEnum):
    """What is loaded: all of it, all but the head, or the text part of a model that also sees."""

    WHOLE = "whole"
    BACKBONE = "backbone"
    TEXT = "text"


class Result(StrEnum):
    """What a load gave: the numbers of PyTorch, other numbers without an error, an error, or nothing to compare."""

    EQUAL = "equal"
    WRONG = "wrong"
    REFUSED = "refused"
    NOT_COMPARED = "not compared"


@dataclass(frozen=True, slots=True)
class Listed:
    """
    A model type that a library says it loads into a framework.

    `loader`:  the class to name; `{architecture}` stands for the repository's own.
    `tensors`: beginnings of tensor names that must be there, each with its alternatives; () where none is known.
    `loaded`:  the version last tried, where this one was not: what it got wrong is still warned of, nothing is proven.
    """

    library: str
    version: str
    released: dt.date
    framework: str
    model_type: str
    loader: str
    part: Part
    tensors: tuple[tuple[str, ...], ...]
    loaded: str = ""


@dataclass(frozen=True, slots=True)
class Load:
    """One load that was tried. `variant` is `plain` or what was odd of it; `difference` as in `loads.csv`."""

    architecture: str
    variant: str
    written_by: str
    result: Result
    difference: str
    part: Part
    detail: str

    @property
    def odd(self) -> str:
        """What was odd of it: a setting, or else only which version of transformers wrote the files."""
        return f"files written by {self.written_by}" if self.variant == PLAIN else self.variant


PLAIN = "plain"
Release = tuple[str, str, dt.date]
"""A library, its version and the day of that release."""


class Listings:
    """What released libraries list, by framework and model type: the shipped table, or it with later readings."""

    def __init__(self, rows: Iterable[Listed]) -> None:
        self.rows = tuple(rows)
        self._by_type: dict[tuple[str, str], tuple[Listed, ...]] = {}
        for row in self.rows:
            key = (row.framework, row.model_type)
            self._by_type[key] = (*self._by_type.get(key, ()), row)

    @property
    def frameworks(self) -> tuple[str, ...]:
        """The frameworks that something converts into."""
        return tuple(dict.fromkeys(row.framework for row in self.rows))

    @property
    def model_types(self) -> frozenset[str]:
        """All model types; timm's architectures with a star."""
        return frozenset(row.model_type for row in self.rows)

    def find(self, framework: str, model_type: str) -> tuple[Listed, ...]:
        """Give what lists a model type for a framework; of timm's, the longest prefix that fits."""
        found = self._by_type.get((framework, model_type), ())
        if found or not model_type.startswith(TIMM):
            return found
        prefixes = [key for key in self._by_type if key[0] == framework and key[1].endswith("*")]
        fitting = [key for key in prefixes if model_type.startswith(key[1].rstrip("*"))]
        return self._by_type[max(fitting, key=lambda key: len(key[1]))] if fitting else ()

    def releases(self, framework: str) -> tuple[Release, ...]:
        """Name what converts into a framework, by library and version."""
        return self._releases.get(framework, ())

    @cached_property
    def _releases(self) -> Mapping[str, tuple[Release, ...]]:
        found: dict[str, dict[Release, None]] = {}
        for row in self.rows:
            found.setdefault(row.framework, {})[row.library, row.version, row.released] = None
        return {framework: tuple(releases) for framework, releases in found.items()}


def find_loads(row: Listed) -> tuple[Load, ...]:
    """Give what was seen of a listed type, in the same version of the library."""
    return _find_loads((row.library, row.version, row.framework, row.model_type))


def find_last_loads(row: Listed) -> tuple[Load, ...]:
    """Give what was seen of a type; where this version was not tried, in the last one that was."""
    return find_loads(replace(row, version=row.loaded) if row.loaded else row)


def find_wrong(row: Listed) -> tuple[Load, ...]:
    """Give the loads of a type that gave other numbers without an error, of an untried version those of the last."""
    return tuple(load for load in find_last_loads(row) if load.result is Result.WRONG)


def find_tried(row: Listed, architecture: str) -> str:
    """Name the version to install: the one in which the class was loaded and equal, else the one that lists it."""
    seen = [load for load in find_last_loads(row) if load.architecture == architecture]
    return row.loaded if row.loaded and any(load.result is Result.EQUAL for load in seen) else row.version


@cache
def read_shipped_listings() -> Listings:
    """Read `types.csv`."""
    return Listings(map(_as_listed, read_rows("analytics.reach", "types.csv")))


def _as_listed(row: Mapping[str, str]) -> Listed:
    return Listed(
        library=row["library"],
        version=row["version"],
        released=dt.date.fromisoformat(row["released"]),
        framework=row["framework"],
        model_type=row["model_type"],
        loader=row["loader"],
        part=Part(row["part"]),
        tensors=tuple(tuple(one.split("|")) for one in row["tensors"].split()),
    )


TypeKey = tuple[str, str, str, str]
"""A library, its version, a framework and a model type."""


def loads_by_type() -> Mapping[TypeKey, tuple[Load, ...]]:
    """Give all of `loads.csv`, by type."""
    return {key: _find_loads(key) for key in _loads_as_written()}


def find_tried_types(row: Listed) -> Mapping[str, tuple[Load, ...]]:
    """Give what was seen of each type in the version of a library that was last tried."""
    of = (row.library, row.loaded or row.version, row.framework)
    return {key[3]: _find_loads(key) for key in _loads_as_written() if key[:3] == of}


@cache
def _find_loads(key: TypeKey) -> tuple[Load, ...]:
    head = _read_loads()[0]
    return tuple(_as_load(dict(zip(head, row, strict=True))) for row in _loads_as_written().get(key, ()))


@cache
def _loads_as_written() -> Mapping[TypeKey, list[list[str]]]:
    """Sort the rows of `loads.csv` by type. Most questions are of one: those of the others stay as they are written."""
    head, *rows = _read_loads()
    library, version, framework, model_type = map(head.index, ("library", "version", "framework", "model_type"))
    found: dict[TypeKey, list[list[str]]] = defaultdict(list)
    for row in rows:
        found[row[library], row[version], row[framework], row[model_type]].append(row)
    return found


@cache
def _read_loads() -> list[list[str]]:
    return read_lists("analytics.reach", "loads.csv")


def _as_load(row: Mapping[str, str]) -> Load:
    return Load(
        architecture=row["architecture"],
        variant=row["variant"],
        written_by=row["written_by"],
        result=Result(row["result"]),
        difference=row["difference"],
        part=Part(row["part"]),
        detail=row["detail"],
    )
