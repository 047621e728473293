"""
How did the share of downloads develop that falls to each framework's models?

Sums of stored censuses in, an `Answer` out. Each month is its last census, of the same models that `totals` counts;
months without one are gaps, and weeks of another method are not put into one line. Without a census two dated lists of
thirty stand side by side: points, and no line.
"""

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from analytics.domain.answer import Answer, Origin
from analytics.domain.chart_specs import ASSUMED, NONE, UNKNOWN, Bar, Bars, Line, Panel, Panels
from analytics.domain.counts import Bracket, Counts, Split
from analytics.domain.drawn_series import Series
from analytics.domain.observations import TopList
from analytics.domain.requests import Definition, Trend
from analytics.domain.table import Column, ColumnKind, ColumnRole, Table, Value
from analytics.domain.wording import ALL, count, day, iso, listing, month, sentence
from analytics.ranking.bracket_columns import list_ends, make_columns
from analytics.ranking.classified import Classified, bracket_downloads, classify
from analytics.ranking.counted_models import name_counted
from analytics.ranking.downloads_by_month import Week, choose_months, say_then_and_now, title_then_and_now
from analytics.ranking.sureness import IN, say_ranges

FIRST = 30
WHICH_FILES = "Nobody counts which files of a model in both were fetched: it is a part of its own."
RULES = (
    "Rules that moved the numbers: since July 2025 the Hub counts a download of params.json too; transformers 5 came "
    "in January 2026."
)
"""What moved the parts without a change in the world."""
TWO_POINTS = (
    "Two points and no line: between these days nothing is known, and of thirty models one can move the shares."
)


def _columns(when: str) -> tuple[Column, ...]:
    return (
        Column(when, role=ColumnRole.NAME),
        *(Column(f"{split.label} % of downloads", ColumnKind.PERCENT, ColumnRole.MEASURE) for split in Split),
        Column("downloads", ColumnKind.COUNT, label="Downloads, 30 days"),
        *(Column(f"{split.label} downloads", ColumnKind.COUNT, ColumnRole.PROGRAM) for split in Split),
        *make_columns(),
    )


@dataclass(frozen=True, slots=True)
class SurenessOfNewest:
    """How sure the downloads of the newest month are: of each framework, and what of each part is not proven."""

    brackets: Mapping[str, Bracket] = field(default_factory=dict)
    unsure: Counts = NONE


def trend_downloads(
    request: Trend,
    weeks: Sequence[Week],
    sure: SurenessOfNewest,
    as_of: dt.datetime,
    origins: tuple[Origin, ...],
    notes: tuple[str, ...],
) -> Answer:
    """
    Show the share of downloads month by month; `sure` is how sure it is of the newest.

    Raises:  ValueError, if fewer than two months are known.
    """
    months = choose_months(weeks)
    if not months:
        raise ValueError("one month is no course")
    known = list(months.values())
    ends = [(month(one.as_of), one.downloads) for one in (known[0], known[-1])]
    what, told = name_counted(request), {at: week.downloads for at, week in months.items()}
    return Answer(
        request=request,
        headline=say_then_and_now(request, what, ends),
        title=title_then_and_now(request, ends[0][1], ends[1][1]),
        scope=f"30-day downloads of {what}, {ends[0][0]} to {ends[1][0]}, Hugging Face Hub",
        as_of=as_of,
        definition=request.definition,
        reproduce=f"{request.words} --as-of {iso(as_of)}",
        further=(*say_ranges(sure.brackets, f"downloads of {ends[1][0]}"), *_say_gaps(months), RULES),
        doubts=(*notes, WHICH_FILES),
        brackets=sure.brackets,
        table=_table("month", told, {max(told): sure.brackets}, f"Share of 30-day downloads by month: {what}"),
        lines=(*_series(told), *(Series(f"{name}, share", points) for name, points in _list_unsure(told, sure.unsure))),
        origins=origins,
        chart=Panels((_panel(told, sure.unsure),)),
    )


def downloads_of_lists(
    request: Trend, lists: Sequence[TopList], origins: tuple[Origin, ...], notes: tuple[str, ...]
) -> Answer:
    """Set the downloads of the first thirty of two dated lists side by side, the older first."""
    read = {day(one.as_of): classify(one.models[:FIRST], request.definition) for one in lists}
    told = {at: _add_up(rows) for at, rows in read.items()}
    sure = {at: _bracket(request, rows) for at, rows in read.items()}
    brackets, newest = sure[day(lists[-1].as_of)], f"downloads of {month(lists[-1].as_of)}"
    ends = [(month(one.as_of), told[day(one.as_of)]) for one in lists]
    what = f"the top {FIRST}"
    return Answer(
        request=request,
        headline=say_then_and_now(request, what, ends),
        title=title_then_and_now(request, ends[0][1], ends[1][1]),
        scope=f"30-day downloads of {what} models on {listing(told)}, Hugging Face Hub",
        as_of=lists[-1].as_of,
        definition=request.definition,
        reproduce=request.words,
        further=(*say_ranges(brackets, newest), RULES),
        doubts=(*notes, TWO_POINTS, WHICH_FILES),
        sample=True,
        brackets=brackets,
        table=_table("top 30 of", told, sure, "30-day downloads of the first thirty by downloads"),
        origins=origins,
        chart=Bars(tuple(_bar(at, rows) for at, rows in read.items()), of="its downloads"),
    )


def _bracket(request: Trend, rows: Sequence[Classified]) -> dict[str, Bracket]:
    """Add up the downloads of each of the two by how sure its models are; a tag is there or is not."""
    return {} if request.definition is Definition.DECLARED else {name: bracket_downloads(rows, name) for name in IN}


def _add_up(rows: Iterable[Classified]) -> Counts:
    sums: Counter[Split] = Counter()
    for row in rows:
        sums[row.verdict.split] += row.model.downloads_30d or 0
    return Counts(**{split.value: sums[split] for split in Split})


def _bar(at: str, rows: Sequence[Classified]) -> Bar:
    return Bar(at, _add_up(rows), percent=True, unsure=_add_up(row for row in rows if row.is_unsure))


def _say_gaps(months: Mapping[str, Week]) -> Iterable[str]:
    missing = [at for at in _span(months) if at not in months]
    if missing:
        yield f"Without a census: {count(len(missing), 'month')} ({listing(missing)}), left open in the picture."


def _span(months: Collection[str]) -> list[str]:
    """Give every month from the first to the last, `2026-11`."""
    first, last = (12 * int(at[:4]) + int(at[5:]) - 1 for at in (min(months), max(months)))
    return [f"{at // 12:04d}-{at % 12 + 1:02d}" for at in range(first, last + 1)]


def _table(when: str, told: Mapping[str, Counts], sure: Mapping[str, Mapping[str, Bracket]], title: str) -> Table:
    rows: list[tuple[Value, ...]] = []
    for at, counts in told.items():
        four = [counts.of(split) for split in Split]
        shares = (round(ALL * part / counts.total, 1) for part in four)
        rows.append((at, *shares, counts.total, *four, *list_ends(sure.get(at, {}))))
    return Table(_columns(when), tuple(rows), sentence(title))


def _series(told: Mapping[str, Counts]) -> Iterable[Series]:
    for split in Split:
        yield Series(f"{split.label}, share", tuple((at, one.of(split) / one.total) for at, one in told.items()))


def _list_unsure(told: Mapping[str, Counts], unsure: Counts) -> Iterable[tuple[str, tuple[tuple[str, float], ...]]]:
    """Give of the newest month what is assumed of each part and of all, and unknown; of those before nobody knows."""
    newest = max(told)
    numbers = {f"{split.label}, {ASSUMED}": unsure.of(split) for split in Split if split is not Split.NEITHER}
    numbers |= {ASSUMED: unsure.total - unsure.neither, UNKNOWN: unsure.neither}
    for name, number in numbers.items():
        if number:
            yield name, ((newest, number / told[newest].total),)


def _panel(told: Mapping[str, Counts], unsure: Counts) -> Panel:
    """Show the parts of a whole; a month without a census has no bar."""
    every = _span(told)
    lines = tuple(
        Line(split.label, tuple((at, told[at].of(split) / told[at].total if at in told else None) for at in every))
        for split in Split
    )
    pale = tuple(Line(name, points) for name, points in _list_unsure(told, unsure))
    return Panel("Downloads", "each month = 100 %", lines, stacked=True, unsure=pale)
