"""
Papers' code from a part of the archive, until the archive itself is collected: counts by year, with intervals.

A table in, an `Answer` out. A quarter of the part holds some tens of links, so years are drawn, and every share is told
with the interval that so few leave open. The part was not drawn at random, which no interval makes good.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pandas as pd

from analytics.domain.answer import Answer, Origin
from analytics.domain.chart_specs import Line, Panel, Panels
from analytics.domain.drawn_series import Series
from analytics.domain.requests import Papers
from analytics.domain.table import Column, ColumnKind, ColumnRole, Table, Value
from analytics.domain.wording import count, day, in_percent, listing, share
from analytics.papers.paper_panels import ARTICLE, short_unit, short_units, unit, units
from analytics.papers.paper_sentences import wilson
from analytics.papers.paper_tables import value

PAIR = ("PyTorch", "TensorFlow")
ENOUGH = 30
"""Links of a year from which on it is drawn."""
FIRST = "2015"
"""The year TensorFlow was published."""

COUNTED = ("n", *PAIR, "JAX", "other", "none")
COLUMNS = (
    Column("year", role=ColumnRole.NAME),
    *(Column(f"{name}, interval") for name in PAIR),
    *(Column(name, ColumnKind.COUNT, ColumnRole.MEASURE) for name in COUNTED),
)


@dataclass(frozen=True, slots=True)
class PartOfArchive:
    """The part: a table by quarter as of `paper_tables.of_archive`, its day, what it is of what, where it is from."""

    table: pd.DataFrame
    as_of: dt.datetime
    population: str
    origins: tuple[Origin, ...]


def papers_in_part(
    request: Papers, part: PartOfArchive, article: Mapping[str, float], beside: Origin, notes: tuple[str, ...]
) -> Answer:
    """
    Tell one quarter, or the newest whole year, of the part.

    Shape:   rows are years, newest first; where a quarter was asked for, that quarter is the first row.
    """
    years = _sum_years(part.table)
    held = (value(part.table, request.quarter, "n") or 0) if request.quarter else 0
    told = part.table.loc[[request.quarter]] if held else years.loc[[_newest(years)]]
    is_article = request.quarter == ARTICLE
    newest_first = years.sort_index(ascending=False)
    return Answer(
        request=request,
        headline=_headline(request, told),
        title=_title(request, told),
        scope=f"By paper date, {part.population}, Papers with Code",
        as_of=part.as_of,
        definition=None,
        reproduce=request.words,
        further=tuple(_further(request, told, article)),
        doubts=(*notes, *_doubts(part)),
        sample=True,
        table=_table(pd.concat([told, newest_first]) if held else newest_first, request),
        lines=tuple(Series(name, _points(years, name)) for name in PAIR),
        origins=(*part.origins, *([beside] if is_article else ())),
        chart=Panels((_panel(request, years[years.index <= str(told.index[0])[:4]]),)),
    )


def _sum_years(table: pd.DataFrame) -> pd.DataFrame:
    """Add the quarters of each year up; the year that is not whole in the part is there too."""
    years = table.groupby([str(quarter)[:4] for quarter in table.index]).sum()
    return years[(years["n"] > 0) & (years.index >= FIRST)]


def _newest(years: pd.DataFrame) -> str:
    """Give the newest year of enough links that is over; else the newest of all."""
    told = [year for year in years.index[:-1] if (value(years, year, "n") or 0) >= ENOUGH]
    return str((told or list(years.index))[-1])


# ---------------------------------------------------------------------------------------------------------- sentences


def _headline(request: Papers, told: pd.DataFrame) -> str:
    if request.quarter and request.quarter not in told.index:
        return f"A part of the archive holds no paper of {request.quarter}"
    at = str(told.index[0])
    n = value(told, at, "n") or 0
    said = ", ".join(f"{name} in {value(told, at, name) or 0:,} ({_interval(told, at, name)})" for name in PAIR)
    return f"Of {count(n, short_unit(request), short_units(request))} of {at} in part of the archive: {said}"


def _title(request: Papers, told: pd.DataFrame) -> str:
    if request.quarter and request.quarter not in told.index:
        return f"No paper of {request.quarter} in this part"
    at = str(told.index[0])
    said = ", ".join(f"{name} {_interval(told, at, name)}" for name in PAIR)
    return f"{at}: {said}"


def _interval(table: pd.DataFrame, at: str, name: str) -> str:
    n = value(table, at, "n") or 0
    if not n:
        return "unknown"
    return in_percent(*(100 * edge for edge in wilson(value(table, at, name) or 0, n)))


def _further(request: Papers, told: pd.DataFrame, article: Mapping[str, float]) -> Iterator[str]:
    at = str(told.index[0])
    n, named = (value(told, at, name) or 0 for name in ("n", "named"))
    parts = [f"{name} {value(told, at, name) or 0:,}" for name in (*PAIR, "JAX")]
    rest = f"another framework {value(told, at, 'other') or 0:,}, none named {value(told, at, 'none') or 0:,}"
    yield f"{at}: {count(n, unit(request), units(request))}, {named:,} with a framework; {', '.join(parts)}, {rest}."
    if request.quarter == ARTICLE:
        read = listing(f"{in_percent(article[name])} {name}" for name in PAIR)
        yield (
            f"For {ARTICLE} the article of 2022 read {read} of about {article['all']:,.0f} repositories, by their "
            "creation date: another definition."
        )


def _doubts(part: PartOfArchive) -> Iterator[str]:
    yield (
        f"The archive has not been collected yet: this is {part.population}, of {day(part.as_of)}. The intervals "
        "(95 %, Wilson) are those of a random draw of so many."
    )
    yield "By paper date: no reproduction of the old site’s chart, which went by a date of repositories that is lost."


# ------------------------------------------------------------------------------------------------------ table, chart


def _table(rows: pd.DataFrame, request: Papers) -> Table:
    made = tuple((str(at), *(_interval_of(row, name) for name in PAIR), *_counts(row)) for at, row in rows.iterrows())
    return Table(COLUMNS, made, f"A part of the archive: {units(request)} by year, 95 % intervals")


def _interval_of(row: "pd.Series[int]", name: str) -> str:
    low, high = wilson(int(row[name]), int(row["n"])) if row["n"] else (0.0, 1.0)
    return in_percent(100 * low, 100 * high)


def _counts(row: "pd.Series[int]") -> Iterator[Value]:
    return (int(row[name]) for name in COUNTED)


def _drawn(years: pd.DataFrame) -> pd.DataFrame:
    return years[years["n"] >= ENOUGH]


def _points(years: pd.DataFrame, name: str) -> tuple[tuple[str, float], ...]:
    drawn = _drawn(years)
    return tuple((str(at), float(row[name]) / float(row["n"])) for at, row in drawn.iterrows())


def _panel(request: Papers, years: pd.DataFrame) -> Panel:
    drawn = _drawn(years)
    if drawn.empty:
        return Panel("A part of the archive", "", missing=f"no year of it holds {ENOUGH} {units(request)}")
    fewest, most = int(drawn["n"].min()), int(drawn["n"].max())
    most_off = share(_half_width(drawn), 1)
    measure = f"share of {short_units(request)} a year · n = {fewest:,} to {most:,}, ± up to {most_off}"
    return Panel("A part of the archive", measure, tuple(Line(name, _points(years, name)) for name in PAIR))


def _half_width(drawn: pd.DataFrame) -> float:
    """Give half of the widest interval."""
    edges = [wilson(int(row[name]), int(row["n"])) for _, row in drawn.iterrows() for name in PAIR]
    return max((high - low) / 2 for low, high in edges)
