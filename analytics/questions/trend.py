"""
New models of the Hub by quarter and framework, their growth, and the share of downloads over the stored weeks.

Rows in, an `Answer` out. New models are counted by the creation of what is there today, so what was deleted since is
missing. Weeks of another method are not put into one line; months without a census are gaps. A quarter that is not
over is left out, and what is not whole is compared with nothing.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from analytics.domain import quarters
from analytics.domain.answer import Answer, Origin
from analytics.domain.chart_specs import ASSUMED, TWICE, Line, Panel, Panels
from analytics.domain.counts import Counts, Split
from analytics.domain.drawn_series import Series
from analytics.domain.requests import Definition, Trend
from analytics.domain.table import Column, ColumnKind, ColumnRole, Table, Value
from analytics.domain.wording import ALL, day, growth, iso, sentence, share, verb
from analytics.ranking.bracket_columns import list_ends, make_columns
from analytics.ranking.census_rows import CensusRow
from analytics.ranking.counted_models import count_out, name_counted
from analytics.ranking.downloads_by_month import Week, choose_months, part_of
from analytics.ranking.new_by_quarter import (
    A_QUARTER,
    A_YEAR,
    FRAMEWORKS,
    NewModels,
    count_quarters,
    find_before,
    percent_grown,
)

BREAKS = (
    "Rules that moved the numbers: safetensors became the default in 2023Q4, Keras changed its tags in 2024Q3, "
    "transformers 5 came in 2026Q1; since July 2025 the Hub counts a download of params.json too."
)
"""What moved the curves without a change in the world."""
FEW_MONTHS = (
    "The share of downloads by month is not shown: fewer than two months have a last census, counted by this rule, "
    "that knows downloads of these."
)

NAMES = (*FRAMEWORKS, "neither")
SPANS = {"year on year": A_YEAR, "quarter on quarter": A_QUARTER}
UNKNOWN = "unknown"
"""Those of neither that show no framework at all."""
PARTS = (Split.PYTORCH_ONLY, Split.BOTH, Split.TENSORFLOW_ONLY)
"""The parts of the whole beside neither, whose column there is."""
GROWING = (*FRAMEWORKS, "total")
DELETED = (
    "Counted by the creation of what is there today: what was deleted since is missing, most of it from the oldest "
    "quarters. So old quarters are counted too low and growth too high; which framework lost more nobody knows."
)


DOWNLOADS = tuple(f"{name} % of downloads" for name in FRAMEWORKS)
NO_DOWNLOADS = (None,) * len(DOWNLOADS)


def _grown(name: str, span: str) -> Column:
    role = ColumnRole.PROGRAM if name == "total" else ColumnRole.DETAIL
    return Column(f"{name} {span} in %", ColumnKind.PERCENT, role)


COLUMNS = (
    Column("quarter", role=ColumnRole.NAME, label="Quarter, then month"),
    *(Column(name, ColumnKind.COUNT, ColumnRole.MEASURE) for name in (*NAMES, "total")),
    *(_grown(name, span) for span in SPANS for name in GROWING),
    *(Column(name, ColumnKind.PERCENT) for name in DOWNLOADS),
    *(Column(f"{name} % of all", ColumnKind.PERCENT, ColumnRole.PROGRAM) for name in FRAMEWORKS),
    Column(UNKNOWN, ColumnKind.COUNT, ColumnRole.PROGRAM),
    *make_columns(FRAMEWORKS),
    *(Column(split.label, ColumnKind.COUNT, ColumnRole.PROGRAM) for split in PARTS),
    *(Column(f"{split.label}, {ASSUMED}", ColumnKind.COUNT, ColumnRole.PROGRAM) for split in PARTS),
)
"""A row is a quarter, or a month of which the share of downloads is known."""


def trend(
    request: Trend,
    cube: Sequence[CensusRow],
    weeks: Sequence[Week],
    as_of: dt.datetime,
    origins: tuple[Origin, ...],
    notes: tuple[str, ...],
) -> Answer:
    """
    Show how the Hub grows by framework.

    Shape:   rows are quarters, then months; the quarter `as_of` falls into is incomplete and left out.
    Raises:  ValueError, if no whole quarter is counted.
    """
    counted = count_quarters(cube, request, as_of)
    if not counted:
        raise ValueError("no whole quarter to show")
    last, months = counted[-1], {at: week.downloads for at, week in choose_months(weeks).items()}
    what, rows = sentence(name_counted(request)), (*_rows(request, counted), *_month_rows(months))
    return Answer(
        request=request,
        headline=_headline(request, last),
        title=_title(request, last),
        scope=f"{what} by quarter of creation, of what is there today, Hugging Face Hub",
        as_of=as_of,
        definition=request.definition,
        reproduce=f"{request.words} --as-of {iso(as_of)}",
        further=(*_growth(counted), *_limits(request, counted, as_of), _say_downloads(request, months), BREAKS),
        doubts=(*notes, DELETED),
        brackets=last.brackets,
        table=Table(COLUMNS, rows, f"{what} by quarter; one in both counts in each"),
        lines=tuple(_series(counted, months)),
        origins=origins,
        chart=Panels((_new_panel(request, counted),)),
    )


# ---------------------------------------------------------------------------------------------------------- sentences


def _headline(request: Trend, last: NewModels) -> str:
    if request.definition is Definition.DECLARED:
        carry = verb(last.of("PyTorch"), "carries", "carry")
        tagged = f"{last.of('PyTorch'):,} {carry} the tag pytorch, {last.of('TensorFlow'):,} the tag tf"
        return f"Of {count_out(last.total, request)} new {_in(last)}, {tagged}"
    pytorch, tensorflow = (last.brackets[name] for name in FRAMEWORKS)
    new = count_out(last.total, request, before="new ")
    first = f"PyTorch has {last.of('PyTorch'):,} of {new}{pytorch.aside_in_shares}"
    return f"{sentence(_in(last))} {first}, TensorFlow {last.of('TensorFlow'):,}{tensorflow.range_in_shares}"


def _title(request: Trend, last: NewModels) -> str:
    told = ", ".join(f"{name} {share(last.of(name), last.total)}" for name in FRAMEWORKS)
    by_tags = " by tags" if request.definition is Definition.DECLARED else ""
    return f"New{by_tags} {_in(last)}: {told}"


def _in(quarter: NewModels) -> str:
    return f"in {quarter.label}" if quarter.is_whole else quarter.label


def _growth(counted: Sequence[NewModels]) -> Iterable[str]:
    """Say by how much the newest quarter grew, with the numbers it grew from and to."""
    last = counted[-1]
    for words, span in SPANS.items():
        before = find_before(counted, last, span)
        told = [_say_growth(name, last.of(name), before.of(name)) for name in GROWING if before and before.of(name)]
        if before and told:
            yield f"{sentence(words)}, {last.label} against {before.label}: {', '.join(told)}."


def _say_growth(name: str, now: int, before: int) -> str:
    return f"{'all' if name == 'total' else name} {growth(now, before)} ({before:,} to {now:,})"


def _limits(request: Trend, counted: Sequence[NewModels], as_of: dt.datetime) -> Iterable[str]:
    first, last = counted[0], counted[-1]
    if last.unknown:
        shown = verb(last.unknown, "shows", "show")
        yield f"Of the {last.neither:,} in neither {_in(last)}, {last.unknown:,} {shown} no framework at all: unknown."
    if not first.is_whole:
        yield (
            f"{count_out(first.total, request)} {verb(first.total)} older than the Hub's creation times, which begin "
            f"in March 2022: {verb(first.total, 'it stands', 'they stand')} in the table, not on the curve, and "
            f"{verb(first.total)} compared with nothing."
        )
    whole = quarters.last_whole(as_of)
    if last.quarter < whole:
        yield f"None of these was created after {last.quarter}, up to {whole}."
    running = quarters.of(as_of.astimezone(dt.UTC).date())
    yield f"{running} is not over at {day(as_of)}: it is left out, and nothing is compared with it."


# -------------------------------------------------------------------------------------------------------------- table


def _rows(request: Trend, counted: Sequence[NewModels]) -> Iterable[tuple[Value, ...]]:
    for one in counted:
        then = [find_before(counted, one, span) for span in SPANS.values()]
        grown = [percent_grown(one, before, name) for before in then for name in GROWING]
        shares = [round(ALL * one.of(name) / one.total, 1) if one.total else None for name in FRAMEWORKS]
        ends = list_ends({} if request.definition is Definition.DECLARED else one.brackets, FRAMEWORKS)
        parts = [counts.of(split) for counts in (one.counts, one.unsure) for split in PARTS]
        yield (one.label, *map(one.of, (*NAMES, "total")), *grown, *NO_DOWNLOADS, *shares, one.unknown, *ends, *parts)


def _month_rows(months: Mapping[str, Counts]) -> Iterable[tuple[Value, ...]]:
    at = [column.name for column in COLUMNS].index(DOWNLOADS[0])
    for month, downloads in months.items():
        shares = [round(ALL * part_of(downloads, name), 1) for name in FRAMEWORKS]
        yield (month, *[None] * (at - 1), *shares, *[None] * (len(COLUMNS) - at - len(shares)))


def _series(counted: Sequence[NewModels], months: Mapping[str, Counts]) -> Iterable[Series]:
    """Give counts and shares of every quarter, the older models that are not drawn among them."""
    for name in (*NAMES, UNKNOWN):
        yield Series(name, tuple((one.label, float(one.of(name))) for one in counted))
    for line in (*_whole(counted), *_unsure(counted)):
        yield Series(f"{line.name}, share", tuple((at, part) for at, part in line.points if part is not None))
    for name in FRAMEWORKS:
        yield Series(f"{name}, share of downloads", tuple((at, part_of(one, name)) for at, one in months.items()))


# ------------------------------------------------------------------------------------------------------------ picture


def _new_panel(request: Trend, counted: Sequence[NewModels]) -> Panel:
    """Show the parts of the new models; what the Hub calls new at its floor came in years, and would be a peak."""
    whole, last = [one for one in counted if one.is_whole], counted[-1].counts
    twice = f"; title: {TWICE}" if last.pytorch + last.tensorflow > last.total else ""
    measure = f"{name_counted(request)} a quarter = 100 %{twice}"
    if not whole:
        return Panel("New models", measure, missing=f"all of them are {counted[-1].label}")
    return Panel("New models", measure, _whole(whole), stacked=True, unsure=_unsure(whole))


def _whole(counted: Sequence[NewModels]) -> tuple[Line, ...]:
    """Give the four parts that make a whole; a quarter in which nothing was made has none."""
    return tuple(_line(split.label, counted, [one.counts.of(split) for one in counted]) for split in Split)


def _unsure(counted: Sequence[NewModels]) -> tuple[Line, ...]:
    """Give what is assumed of each part and of all, and what is unknown of neither; nothing of what never was."""
    numbers = {f"{split.label}, {ASSUMED}": [one.unsure.of(split) for one in counted] for split in PARTS}
    numbers[ASSUMED] = [one.unsure.total - one.unsure.neither for one in counted]
    numbers[UNKNOWN] = [one.unsure.neither for one in counted]
    return tuple(_line(name, counted, found) for name, found in numbers.items() if any(found))


def _line(name: str, counted: Sequence[NewModels], numbers: Sequence[int]) -> Line:
    of_all = zip(counted, numbers, strict=True)
    return Line(name, tuple((one.label, number / one.total if one.total else None) for one, number in of_all))


def _say_downloads(request: Trend, months: Mapping[str, Counts]) -> str:
    """Say the newest share of downloads; the picture is of the new models alone."""
    if not months:
        return FEW_MONTHS
    downloads = months[month := max(months)]
    told = ", ".join(f"{name} {share(part_of(downloads, name), 1)}" for name in FRAMEWORKS)
    twice = f"; {TWICE}" if downloads.both else ""
    words = replace(request, downloads=True).words
    return f"Share of downloads, last census of {month}: {told}{twice}. Month by month: “{words}”."
