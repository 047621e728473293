"""
Embedded readings: what stands in for each source until it is read, dated, with its population and where it is from.

Each is one file of JSON beside this module, made by `python -m analytics.embedding`. A list's body are rows of columns
LISTED; of a census and of papers it is what a collector would have stored.
"""

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from analytics.domain.answer import Origin
from analytics.domain.observations import Model, Ranking, TopList
from analytics.domain.wording import iso

CENSUS, PAPERS, LIKES = "census", "papers", "likes"
EARLIER, LATER, THEN = "week_before", "week_after", "downloads_2024"
"""The readings by the names of their files: two lists a week apart, and the first thirty of 2024."""

LISTED = ("id", "downloads_30d", "likes", "library", "task", "created_at", "tags")


@dataclass(frozen=True, slots=True)
class Embedded:
    """
    One embedded reading.

    `population`: what was counted, to be said in the sentence, without its day ("the 9,715 most downloaded models").
    `method`: the rule it was counted by, empty where it is as it was read. `notes`: what else limits it.
    """

    as_of: dt.datetime
    population: str
    origins: tuple[Origin, ...]
    body: Any
    method: str = ""
    notes: tuple[str, ...] = ()


@cache
def read_embedded(name: str) -> Embedded:
    """Read one by the name of its file."""
    return from_text(files(__package__).joinpath(f"{name}.json").read_text(encoding="utf-8"))


def from_text(text: str) -> Embedded:
    """Read one from its file's text."""
    told: dict[str, Any] = json.loads(text)
    told["as_of"] = dt.datetime.fromisoformat(told["as_of"])
    told["origins"] = tuple(Origin(**origin) for origin in told["origins"])
    return Embedded(**told | {"notes": tuple(told["notes"])})


def to_text(reading: Embedded) -> str:
    """Write one as its file holds it: a line for each field, so that a change can be read."""
    told = asdict(reading) | {"as_of": iso(reading.as_of)}
    lines = (f"{json.dumps(key)}: {_compact(value)}" for key, value in told.items())
    return "{\n" + ",\n".join(lines) + "\n}\n"


def _compact(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def write_embedded(folder: Path, name: str, reading: Embedded) -> None:
    """Write one into a folder."""
    (folder / f"{name}.json").write_text(to_text(reading), encoding="utf-8")


def read_list(name: str, ranking: Ranking) -> TopList:
    """Give an embedded list; the ranking goes on beyond it."""
    kept = read_embedded(name)
    models = tuple(_model(dict(zip(LISTED, row, strict=True))) for row in kept.body)
    return TopList(ranking, kept.as_of, models, asked=len(models), complete=False, origin=kept.origins[0])


def as_rows(models: Iterable[Model]) -> list[list[Any]]:
    """Give models as the rows of a list."""
    return [[getattr(model, name) for name in LISTED] for model in models]


def _model(row: Mapping[str, Any]) -> Model:
    tags: list[str] | None = row["tags"]
    return replace(Model(**row), tags=None if tags is None else tuple(tags))
