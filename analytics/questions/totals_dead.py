"""
How many models of each framework does nobody download?

Rows in, an `Answer` out. A model is dead here if the Hub reports no download of it in 30 days; one whose downloads
are not told is not. The models are those that `totals` counts.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from analytics.domain.answer import Answer
from analytics.domain.chart_specs import Bar, Bars
from analytics.domain.counts import Bracket, Counts, Split
from analytics.domain.requests import Definition, Totals
from analytics.domain.table import Column, ColumnKind, ColumnRole, Table, Value
from analytics.domain.wording import count, day, sentence, share, verb
from analytics.ranking.bracket_columns import list_ends, make_columns
from analytics.ranking.census_groups import (
    Census,
    CensusCircumstances,
    group_rows,
    name_scope,
    write_receipt,
)
from analytics.ranking.census_rows import CensusRow, count_rows
from analytics.ranking.sureness import bracket_both, count_unsure_rows, say_ranges

COLUMNS = (
    Column("models", role=ColumnRole.NAME),
    *(Column(split.label, ColumnKind.COUNT, ColumnRole.MEASURE) for split in Split),
    Column("total", ColumnKind.COUNT, ColumnRole.MEASURE),
    *make_columns(),
)
DEAD, ALIVE, UNTOLD = "no download", "downloaded", "not known"
NO_DOWNLOAD, NOT_TOLD = 0, -1
"""Bands of the cube."""


@dataclass(frozen=True, slots=True)
class Lives:
    """Models by whether they were downloaded in 30 days; `rows` of the cube: of the dead, and of those not told."""

    dead: Counts
    untold: Counts
    every: Counts
    rows: tuple[Sequence[CensusRow], Sequence[CensusRow]]
    all_rows: Sequence[CensusRow]

    @property
    def alive(self) -> Counts:
        """Those with a download at least."""
        rest = {split.value: self.every.of(split) - self.dead.of(split) - self.untold.of(split) for split in Split}
        return Counts(**rest)


def totals_dead(request: Totals, census: Census, idle: Census, circumstances: CensusCircumstances) -> Answer:
    """
    Count the models without a download in 30 days.

    Shape:   `idle` holds the rows of the cube in the bands NO_DOWNLOAD and NOT_TOLD, with a column `band`.
    Raises:  ValueError, if no model is counted.
    """
    lives = _count(request, census, idle)
    if not lives.every.total:
        raise ValueError("an empty census answers nothing")
    brackets = bracket_both(lives.rows[0]) if request.definition is Definition.ATTRIBUTED else {}
    return Answer(
        request=request,
        headline=_headline(request, census, lives),
        title=_title(request, lives),
        scope=name_scope(request, census, "Models without a download in 30 days"),
        as_of=census.as_of,
        definition=request.definition,
        reproduce=write_receipt(request, census),
        counted=f"Of {count(lives.dead.total, 'model')} without a download{request.definition.aside}: {lives.dead}.",
        further=(*say_ranges(brackets, "models without a download"), _say_all(lives)),
        doubts=(*circumstances.notes, *_doubts(lives)),
        sample=bool(census.population),
        stale=circumstances.stale,
        frameworks={"PyTorch": lives.dead.pytorch, "TensorFlow": lives.dead.tensorflow},
        brackets=brackets,
        table=_table(lives, _bracket_each(request, lives)),
        origins=census.origins,
        chart=Bars(tuple(_bars(lives)), of="its models"),
    )


def _count(request: Totals, census: Census, idle: Census) -> Lives:
    rows = next(iter(group_rows(request, idle).values()))
    dead, untold = ([row for row in rows if row.band == band] for band in (NO_DOWNLOAD, NOT_TOLD))
    every = next(iter(group_rows(request, census).values()))
    return Lives(count_rows(dead), count_rows(untold), count_rows(every), (dead, untold), every)


def _headline(request: Totals, census: Census, lives: Lives) -> str:
    """Say both numbers with what they are of; a framework without a model is named at the end, with no number."""
    tagged = request.definition is Definition.DECLARED
    task = f"{request.task} " if request.task else ""
    counted = zip(_names(request), _each(lives), strict=True)
    told = [_part(dead, every, _whose(request, name, every)) for name, (dead, every) in counted if every]
    empty = [name for name, (_, every) in zip(_names(request), _each(lives), strict=True) if not every]
    nothing = f"no {task}model {'carries the tag' if tagged else 'is in'} {' or '.join(empty)}" if empty else ""
    if not told:
        return sentence(nothing)
    among = f", among {census.population} of {day(census.as_of)}" if census.population else ""
    rest = f"; {nothing}" if empty else ""
    if not all(dead for dead, every in _each(lives) if every):  # "nobody downloaded 0 of 9" would say the opposite
        return f"{' and '.join(told)} had no download in 30 days{among}{rest}"
    return f"Nobody downloaded {' and '.join(told)} in 30 days{among}{rest}"


def _whose(request: Totals, name: str, every: int) -> str:
    """Name the models of a framework, those of the first with where they are."""
    task, hub = (f"{request.task} ", "") if request.task else ("", " of the Hub")
    is_first = name in ("PyTorch", "pytorch")
    models = f"{task}{verb(every, 'model', 'models')}{hub if is_first else ''}"
    if request.definition is Definition.DECLARED:
        return f"{models} tagged {name}" if is_first else f"tagged {name}"
    return f"{name} {models}"


def _names(request: Totals) -> tuple[str, str]:
    return ("pytorch", "tf") if request.definition is Definition.DECLARED else ("PyTorch", "TensorFlow")


def _each(lives: Lives) -> tuple[tuple[int, int], tuple[int, int]]:
    """Give the dead of each framework with all of its models."""
    return (lives.dead.pytorch, lives.every.pytorch), (lives.dead.tensorflow, lives.every.tensorflow)


def _part(dead: int, every: int, whose: str) -> str:
    return f"{dead:,} of {every:,} {whose} ({share(dead, every)})"


def _title(request: Totals, lives: Lives) -> str:
    tagged = request.definition is Definition.DECLARED
    one, other = ("tagged pytorch", "tf") if tagged else ("PyTorch", "TensorFlow")
    parts = {one: (lives.dead.pytorch, lives.every.pytorch), other: (lives.dead.tensorflow, lives.every.tensorflow)}
    told = [f"{name} {share(dead, every)}" for name, (dead, every) in parts.items() if every]
    none = "no model carries a tag" if tagged else "neither has a model"
    return f"Not downloaded in 30 days: {', '.join(told) or none}"


def _say_all(lives: Lives) -> str:
    dead, every = lives.dead.total, lives.every.total
    return f"Of all {count(every, 'model')} counted, {dead:,} ({share(dead, every)}) {verb(dead, 'has', 'have')} none."


def _doubts(lives: Lives) -> Iterable[str]:
    yield "Dead here is a model with no download in 30 days by the Hub's count; a model in both counts in both."
    yield "What the Hub counts are requests of certain files: a model fetched otherwise, or mirrored, shows none."
    if untold := lives.untold.total:
        are = verb(untold, "it counts", "they count")
        yield f"The downloads of {count(untold, 'model')} are not known; {are} as not dead."


def _rows(lives: Lives) -> dict[str, Counts]:
    return {DEAD: lives.dead, ALIVE: lives.alive, UNTOLD: lives.untold}


def _bracket_each(request: Totals, lives: Lives) -> dict[str, dict[str, Bracket]]:
    """Count each row by how sure it is; a tag is there or is not, so of the declared none."""
    if request.definition is Definition.DECLARED:
        return {}
    dead, untold, every = map(bracket_both, (*lives.rows, lives.all_rows))
    alive = {name: every[name] - dead[name] - untold[name] for name in every}
    return {DEAD: dead, ALIVE: alive, UNTOLD: untold, "all": every}


def _table(lives: Lives, sure: Mapping[str, Mapping[str, Bracket]]) -> Table:
    told = _rows(lives) | {"all": lives.every}
    rows: list[tuple[Value, ...]] = [
        (name, *(counts.of(split) for split in Split), counts.total, *list_ends(sure.get(name, {})))
        for name, counts in told.items()
        if counts.total or name == DEAD
    ]
    return Table(COLUMNS, tuple(rows), "Models by framework and by whether they were downloaded in 30 days")


def _bars(lives: Lives) -> Iterable[Bar]:
    unsure = {name: count_unsure_rows(rows) for name, rows in zip((DEAD, UNTOLD), lives.rows, strict=True)}
    every = count_unsure_rows(lives.all_rows)
    rest = {split.value: every.of(split) - sum(one.of(split) for one in unsure.values()) for split in Split}
    unsure[ALIVE] = Counts(**rest)
    yield from (Bar(name, counts, unsure=unsure[name]) for name, counts in _rows(lives).items() if counts.total)
