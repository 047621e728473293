"""
Which library do the models of each framework name?

Tables in, an `Answer` out; the table is the census's own face of libraries, over the models that `totals` counts.
"""

from collections.abc import Iterable, Mapping

import pandas as pd

from analytics.domain.answer import Answer
from analytics.domain.chart_specs import Bar, Bars
from analytics.domain.counts import Counts, Split
from analytics.domain.requests import Definition, Totals
from analytics.domain.table import Column, ColumnKind, ColumnRole, Table
from analytics.domain.wording import count, listing, shares
from analytics.ranking.census_groups import (
    Census,
    CensusCircumstances,
    count_rows,
    group_rows,
    name_models,
    name_scope,
    write_receipt,
)
from analytics.ranking.sureness import bracket_both, count_unsure_rows, say_ranges

COLUMNS = (
    Column("library", role=ColumnRole.NAME),
    *(Column(split.label, ColumnKind.COUNT, ColumnRole.MEASURE) for split in Split),
    Column("total", ColumnKind.COUNT, ColumnRole.MEASURE),
)
NO_LIBRARY, OTHERS = "none named", "others"
FOLDED = {"(none)": NO_LIBRARY, "(other)": OTHERS}
MOST_BARS = 3
"""Libraries drawn by name, beside all, the others and none; the table has every one that is kept."""


def totals_library(request: Totals, census: Census, circumstances: CensusCircumstances) -> Answer:
    """
    Count the models of each library.

    Shape:   the cube of `census` has a column `library`.
    Raises:  ValueError, if no model is counted.
    """
    rows = next(iter(group_rows(request, census).values()))
    counts, libraries = count_rows(rows), _count(rows)
    brackets = bracket_both(rows) if request.definition is Definition.ATTRIBUTED else {}
    if not counts.total:
        raise ValueError("an empty census answers nothing")
    return Answer(
        request=request,
        headline=_headline(request, census, counts, libraries),
        title=_title(libraries),
        scope=name_scope(request, census, "Models by library"),
        as_of=census.as_of,
        definition=request.definition,
        reproduce=write_receipt(request, census),
        counted=f"Of {count(counts.total, 'model')}: {counts} ({counts.in_shares()}).",
        further=(*say_ranges(brackets, "models"), *_further(libraries)),
        doubts=(*circumstances.notes, *_doubts(libraries)),
        sample=bool(census.population),
        stale=circumstances.stale,
        counts=counts,
        frameworks={"PyTorch": counts.pytorch, "TensorFlow": counts.tensorflow},
        brackets=brackets,
        table=_table(counts, libraries),
        origins=census.origins,
        chart=Bars(tuple(_bars(rows, counts, libraries)), of="its models"),
    )


def _count(rows: pd.DataFrame) -> dict[str, Counts]:
    """Give the libraries by their number of models, then the others and those that name none."""
    found = {str(name): count_rows(part) for name, part in rows.groupby("library")}
    named = sorted((name for name in found if name not in FOLDED), key=lambda name: (-found[name].total, name))
    folded = {FOLDED[name]: found[name] for name in ("(other)", "(none)") if name in found}
    return {name: found[name] for name in named} | folded


def _leave_out_folded(libraries: Mapping[str, Counts]) -> dict[str, Counts]:
    return {name: counts for name, counts in libraries.items() if name not in FOLDED.values()}


def _first(libraries: Mapping[str, Counts], framework: str) -> tuple[str, int]:
    """Give what most models of a framework name, all that are level, and how many that are."""
    by = {name: getattr(counts, framework.casefold()) for name, counts in _leave_out_folded(libraries).items()}
    most = max(by.values(), default=0)
    return listing(name for name, n in by.items() if n == most) if most else "none", most


def _headline(request: Totals, census: Census, counts: Counts, libraries: Mapping[str, Counts]) -> str:
    (pytorch, p), (tensorflow, t) = (_first(libraries, name) for name in ("PyTorch", "TensorFlow"))
    of_pytorch, of_tensorflow = (
        f"{p:,} of PyTorch’s {counts.pytorch:,}",
        f"{t:,} of TensorFlow’s {counts.tensorflow:,}",
    )
    among = name_models(request, census, counts.total)
    if not (p or t):
        return f"No library is named: by {of_pytorch} and {of_tensorflow}, of {among}"
    if pytorch == tensorflow:
        return f"Most named library: {pytorch}, by {of_pytorch} and {of_tensorflow}, among {among}"
    return f"Most named library: {pytorch} by {of_pytorch}, {tensorflow} by {of_tensorflow}, among {among}"


def _title(libraries: Mapping[str, Counts]) -> str:
    (pytorch, p), (tensorflow, t) = (_first(libraries, name) for name in ("PyTorch", "TensorFlow"))
    if not (p or t):
        return "No library is named in PyTorch or TensorFlow"
    if pytorch == tensorflow:
        return f"Most named library in PyTorch and in TensorFlow: {pytorch}"
    return f"Most named library: {pytorch} in PyTorch, {tensorflow} in TensorFlow"


def _further(libraries: Mapping[str, Counts]) -> Iterable[str]:
    parts = zip(libraries, shares([one.total for one in libraries.values()]), strict=True)
    told = [f"{name} {part}" for name, part in parts]
    yield f"Of all models counted: {', '.join(told)}."


def _doubts(libraries: Mapping[str, Counts]) -> Iterable[str]:
    yield "A library is what a repository names, or the Hub takes from its tags; it is evidence, not the framework."
    if OTHERS in libraries:
        yield f"Libraries that fewer models name are counted together, as “{OTHERS}”."


def _table(counts: Counts, libraries: Mapping[str, Counts]) -> Table:
    told = {**libraries, "all": counts}
    rows: list[tuple[str | int, ...]] = [
        (name, *(one.of(split) for split in Split), one.total) for name, one in told.items()
    ]
    return Table(COLUMNS, tuple(rows), "Models by library and framework")


def _bars(rows: pd.DataFrame, counts: Counts, libraries: Mapping[str, Counts]) -> Iterable[Bar]:
    """Draw all, the first libraries by name, what is left together, and those that name none."""
    named = list(_leave_out_folded(libraries).items())
    rest = _add([*(one for _, one in named[MOST_BARS:]), libraries.get(OTHERS, Counts())])
    shown = [("all", counts), *named[:MOST_BARS], (OTHERS, rest), (NO_LIBRARY, libraries.get(NO_LIBRARY, Counts()))]
    drawn = _name_bars(rows, [name for name, _ in named[:MOST_BARS]])
    unsure = {name: count_unsure_rows(part) for name, part in rows.groupby(drawn)} | {"all": count_unsure_rows(rows)}
    yield from (Bar(name, one, unsure=unsure[name]) for name, one in shown if one.total)


def _name_bars(rows: pd.DataFrame, named: list[str]) -> "pd.Series[str]":
    """Name the bar of each row."""
    bars = {name: name for name in named} | {"(none)": NO_LIBRARY}
    return rows["library"].map(lambda name: bars.get(name, OTHERS)).astype(object)


def _add(parts: Iterable[Counts]) -> Counts:
    parts = list(parts)
    return Counts(**{split.value: sum(one.of(split) for one in parts) for split in Split})
