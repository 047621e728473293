"""
Papers' code from a part of the archive, until the archive itself is collected: counts by year, with intervals.

A table in, an `Answer` out. A quarter of the part holds some tens of links, so years are drawn, and every share is told
with the interval that so few leave open. The part was not drawn at random, which no interval makes good.
"""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from analytics.domain.answer import Answer, Origin
from analytics.domain.chart_specs import Line, Panel, Panels
from analytics.domain.drawn_series import Series
from analytics.domain.requests import Papers
from analytics.domain.table import Column, ColumnKind, ColumnRole, Table, Value
from analytics.domain.wording import count, day, in_percent, listing
from analytics.papers.paper_panels import ARTICLE, short_unit, short_units, unit, units
from analytics.papers.paper_sentences import wilson
from analytics.papers.paper_tables import COLUMNS, PaperCounts

PAIR = ("PyTorch", "TensorFlow")
ENOUGH = 30
"""Links of a year from which on it is drawn."""
FIRST = "2015"
"""The year TensorFlow was published."""

COUNTED = ("n", *PAIR, "JAX", "other", "none")
SHOWN = (
    Column("year", role=ColumnRole.NAME),
    *(Column(f"{name}, interval") for name in PAIR),
    *(Column(name, ColumnKind.COUNT, ColumnRole.MEASURE) for name in COUNTED),
)


@dataclass(frozen=True, slots=True)
class PartOfArchive:
    """The part: a table by quarter as of `paper_tables.of_archive`, its day, what it is of what, where it is from."""

    table: PaperCounts
    as_of: dt.datetime
    population: str
    origins: tuple[Origin, ...]


@dataclass(frozen=True, slots=True)
class _Period:
    """What is counted in one quarter or year; in a part of the archive all is known."""

    at: str
    counts: Mapping[str, int]

    @property
    def n(self) -> int:
        """How many were counted."""
        return self.counts["n"]

    def edges(self, name: str) -> tuple[float, float]:
        """Give the interval of a share as fractions; of none it may be anything."""
        return wilson(self.counts[name], self.n) if self.n else (0.0, 1.0)


def papers_in_part(
    request: Papers, part: PartOfArchive, article: Mapping[str, float], beside: Origin, notes: tuple[str, ...]
) -> Answer:
    """
    Tell one quarter or year, or the newest whole year, of the part.

    Shape:   rows are years, newest first; where a quarter or a year was asked for, that is the first row.
    """
    years = _sum_years(part.table)
    held = _add_up(part.table, request.quarter) if request.quarter else None
    asked = [held] if held and held.n else []
    told = asked[0] if asked else _newest(years)
    is_article = request.quarter == ARTICLE
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
        table=_table([*asked, *(year for year in years[::-1] if year.at != request.quarter)], request),
        lines=tuple(Series(name, _points(_pick_drawn(years), name)) for name in PAIR),
        origins=(*part.origins, *([beside] if is_article else ())),
        chart=Panels((_panel(request, [year for year in years if year.at <= told.at[:4]]),)),
    )


def _sum_years(table: PaperCounts) -> list[_Period]:
    """Add the quarters of each year up; the year that is not whole in the part is there too."""
    years = dict.fromkeys(quarter[:4] for quarter in table.rows)
    return [told for year in years if year >= FIRST and (told := _add_up(table, year)).n]


def _add_up(table: PaperCounts, at: str) -> _Period:
    """Add up the quarters of a year; of a quarter it is that quarter."""
    within = table.keep([quarter for quarter in table.rows if quarter.startswith(at)])
    return _Period(at, {name: within.sum_up(name) for name in COLUMNS})


def _newest(years: Sequence[_Period]) -> _Period:
    """Give the newest year of enough links that is over; else the newest of all."""
    told = [year for year in years[:-1] if year.n >= ENOUGH]
    return (told or years)[-1]


# ---------------------------------------------------------------------------------------------------------- sentences


def _headline(request: Papers, told: _Period) -> str:
    if request.quarter and request.quarter != told.at:
        return f"A part of the archive holds no paper of {request.quarter}"
    whole = count(told.n, short_unit(request), short_units(request))
    said = ", ".join(f"{name} in {told.counts[name]:,} ({_interval(told, name)})" for name in PAIR)
    return f"Of {whole} of {told.at} in part of the archive: {said}"


def _title(request: Papers, told: _Period) -> str:
    if request.quarter and request.quarter != told.at:
        return f"No paper of {request.quarter} in this part"
    return f"{told.at}: {', '.join(f'{name} {_interval(told, name)}' for name in PAIR)}"


def _interval(told: _Period, name: str) -> str:
    return in_percent(*(100 * edge for edge in told.edges(name)))


def _further(request: Papers, told: _Period, article: Mapping[str, float]) -> Iterator[str]:
    counts = told.counts
    whole = f"{count(told.n, unit(request), units(request))}, {counts['named']:,} with a framework"
    parts = [f"{name} {counts[name]:,}" for name in (*PAIR, "JAX")]
    rest = f"another framework {counts['other']:,}, none named {counts['none']:,}"
    yield f"{told.at}: {whole}; {', '.join(parts)}, {rest}."
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


def _table(rows: Sequence[_Period], request: Papers) -> Table:
    made = tuple((row.at, *(_interval(row, name) for name in PAIR), *_counts(row)) for row in rows)
    return Table(SHOWN, made, f"A part of the archive: {units(request)} by year, 95 % intervals")


def _counts(row: _Period) -> Iterator[Value]:
    return (row.counts[name] for name in COUNTED)


def _pick_drawn(years: Sequence[_Period]) -> list[_Period]:
    return [year for year in years if year.n >= ENOUGH]


def _points(drawn: Sequence[_Period], name: str) -> tuple[tuple[str, float], ...]:
    return tuple((year.at, year.counts[name] / year.n) for year in drawn)


def _panel(request: Papers, years: Sequence[_Period]) -> Panel:
    drawn = _pick_drawn(years)
    if not drawn:
        return Panel("A part of the archive", "", missing=f"no year of it holds {ENOUGH} {units(request)}")
    sizes = [year.n for year in drawn]
    most_off = count(round(100 * _half_width(drawn)), "point")
    sure = f"n = {min(sizes):,} to {max(sizes):,}, ± up to {most_off}"
    measure = f"share of {short_units(request)} a year · {sure}"
    return Panel("A part of the archive", measure, tuple(Line(name, _points(drawn, name)) for name in PAIR))


def _half_width(drawn: Sequence[_Period]) -> float:
    """Give half of the widest interval."""
    edges = [year.edges(name) for year in drawn for name in PAIR]
    return max((high - low) / 2 for low, high in edges)
