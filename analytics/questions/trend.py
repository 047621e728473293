"""
New models of the Hub by quarter and framework, and the share of downloads over the stored weeks.

Tables in, an `Answer` out. New models are counted by the creation of what is there today, so what was deleted since is
missing. Weeks of another method are not put into one line; months without a census are gaps.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from analytics.domain.answer import Answer, Origin, Series
from analytics.domain.chart_specs import Break, Line, Panel, Panels
from analytics.domain.counts import Bracket, Counts, Split
from analytics.domain.requests import Definition, Trend
from analytics.domain.table import Column, ColumnKind, ColumnRole, Table
from analytics.domain.wording import count, iso, iso_day, month, share, verb
from analytics.ranking.sureness import bracket_rows

BEFORE = "2022Q1"
"""The Hub gives its own floor, 2 March 2022, to everything older: this quarter is "up to 2022 Q1"."""

BREAKS = (
    Break("2023Q4", "safetensors default"),
    Break("2024Q3", "Keras tags change"),
    Break("2026Q1", "transformers 5"),
)
DOWNLOAD_BREAKS = (Break("2025-07", "params.json counts"), Break("2026-01", "transformers 5"))
"""What moved the curves without a change in the world; the Hub's rule of counting downloads changed in July 2025."""

NAMES = ("PyTorch", "TensorFlow", "neither")
COLUMNS = (
    Column("quarter", role=ColumnRole.NAME),
    *(Column(name, ColumnKind.COUNT, ColumnRole.MEASURE) for name in (*NAMES, "total")),
)


@dataclass(frozen=True, slots=True)
class Week:
    """One stored census: its day and, by split, models and downloads under the definition asked for."""

    as_of: dt.datetime
    downloads: Counts


def trend(
    request: Trend,
    cube: pd.DataFrame,
    weeks: Sequence[Week],
    as_of: dt.datetime,
    origins: tuple[Origin, ...],
    notes: tuple[str, ...],
) -> Answer:
    """
    Show how the Hub grows by framework.

    Shape:   rows are quarters; the one `as_of` falls into is incomplete and left out.
    Raises:  ValueError, if no whole quarter is counted.
    """
    table = quarters(cube, request.definition, as_of)
    if table.empty:
        raise ValueError("no whole quarter to show")
    last = table.iloc[-1]
    brackets = _bracket(request, cube, last["quarter"])
    series = tuple(Series(name, tuple(zip(table["label"], map(float, table[name]), strict=True))) for name in NAMES)
    # What the Hub calls new at its floor came in years: it stands in the table and is no peak of the curve.
    since = table["quarter"] > BEFORE
    lines = tuple(
        Line(name, tuple(zip(table["label"][since], map(float, table[name][since]), strict=True))) for name in NAMES
    )
    panels = (
        Panel("New models a quarter", "models", lines, percent=False, breaks=BREAKS),
        _downloads(weeks),
    )
    return Answer(
        request=request,
        headline=_headline(last, brackets),
        title=f"New in {last['label']}: PyTorch {_share(last, 'PyTorch')}, TensorFlow {_share(last, 'TensorFlow')}",
        scope="New repositories by quarter of creation · all models there today, Hugging Face Hub",
        as_of=as_of,
        definition=request.definition,
        reproduce=f"{request.words} --as-of {iso(as_of)}",
        further=(
            *_older(table),
            f"The quarter of {month(as_of)} is not over and is left out.",
        ),
        doubts=(*notes, "Counted by creation of what is there today: what was deleted since is missing."),
        brackets=brackets,
        table=Table(
            COLUMNS,
            tuple(
                (row["label"], *(int(row[name]) for name in NAMES), int(row["total"])) for _, row in table.iterrows()
            ),
            "New models by quarter; one in both frameworks counts in each",
        ),
        series=series,
        origins=origins,
        chart=Panels(panels),
    )


def _older(table: pd.DataFrame) -> Iterable[str]:
    first = table.iloc[0]
    if first["quarter"] <= BEFORE:
        n = int(first["total"])
        yield (
            f"{count(n, 'model')} {verb(n)} older than the Hub's creation times, which begin in March 2022: "
            f"{verb(n, 'it stands', 'they stand')} in the table and not on the curve."
        )


def quarters(cube: pd.DataFrame, definition: Definition, as_of: dt.datetime) -> pd.DataFrame:
    """Count new models by quarter: label, PyTorch, TensorFlow, neither, total; the running quarter left out."""
    running = f"{as_of.year}Q{1 + (as_of.month - 1) // 3}"
    chosen = cube[(cube["definition"] == definition.value) & (cube["quarter"] != "") & (cube["quarter"] < running)]
    sums = chosen.pivot_table(index="quarter", columns="split", values="models", aggfunc="sum", fill_value=0)
    for split in Split:
        if split.value not in sums:
            sums[split.value] = 0
    table = pd.DataFrame(
        {
            "PyTorch": sums["pytorch_only"] + sums["both"],
            "TensorFlow": sums["tensorflow_only"] + sums["both"],
            "neither": sums["neither"],
            "total": sums[[split.value for split in Split]].sum(axis=1),
        }
    ).reset_index()
    table["label"] = ["up to 2022Q1" if quarter <= BEFORE else quarter for quarter in table["quarter"]]
    return table


def _bracket(request: Trend, cube: pd.DataFrame, quarter: str) -> dict[str, Bracket]:
    """Say how sure the newest quarter's counts are; of the declared nothing is assumed."""
    if request.definition is Definition.DECLARED:
        return {}
    rows = cube[(cube["definition"] == request.definition.value) & (cube["quarter"] == quarter)]
    return {name: bracket_rows(rows, name) for name in ("PyTorch", "TensorFlow")}


def _headline(last: pd.Series, brackets: Mapping[str, Bracket]) -> str:
    asides = {name: brackets[name].aside_in_shares if brackets else "" for name in ("PyTorch", "TensorFlow")}
    told = {name: f"{int(last[name]):,}{asides[name]}" for name in ("PyTorch", "TensorFlow")}
    new = f"Of {count(int(last['total']), 'model')} new in {last['label']}"
    return f"{new}, PyTorch is in {told['PyTorch']}, TensorFlow in {told['TensorFlow']}"


def _share(row: pd.Series, name: str) -> str:
    return share(float(row[name]), float(row["total"]) or 1.0)


def _downloads(weeks: Sequence[Week]) -> Panel:
    """Show the share of 30-day downloads, each month's last census; a month without one is a gap."""
    title, measure = "Share of downloads", "30-day downloads of all models = 100 %"
    if len(weeks) < 2:  # noqa: PLR2004 - a line needs two points
        return Panel(title, measure, missing="fewer than two censuses counted by this rule are stored yet")
    last = {iso_day(week.as_of)[:7]: week.downloads for week in weeks}
    months = pd.period_range(min(last), max(last), freq="M").astype(str)
    lines = tuple(
        Line(name, tuple((month, _part(last[month], name) if month in last else None) for month in months))
        for name in ("PyTorch", "TensorFlow")
    )
    return Panel(title, measure, lines, breaks=DOWNLOAD_BREAKS)


def _part(counts: Counts, name: str) -> float | None:
    part = counts.pytorch if name == "PyTorch" else counts.tensorflow
    return part / counts.total if counts.total else None
