"""What is said, tabulated and drawn of how frameworks are reached, whether a list is told of or the whole Hub."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from itertools import product

from analytics.domain.chart_specs import ReachBars
from analytics.domain.counts import Bracket
from analytics.domain.reach_counts import ReachCounts, Reached
from analytics.domain.table import Column, ColumnKind, ColumnRole, Table, Value
from analytics.domain.wording import IN_FINDING, count, day, fit, iso_day, listing, share, verb
from analytics.ranking.bracket_columns import list_ends, make_columns

ASKED = "TensorFlow"
"""The framework people ask about: the one whose finding is the title."""

COUNTED = ("files", "of these assumed", *(status.value for status in Reached), "of")
COLUMNS = (
    Column("framework", role=ColumnRole.NAME),
    *(Column(name, ColumnKind.COUNT, ColumnRole.MEASURE) for name in COUNTED),
    Column("definition"),
    Column("as of", ColumnKind.DAY),
    Column("converts through"),
    *make_columns(["files"]),
    Column("loads proven", ColumnKind.COUNT, ColumnRole.PROGRAM),
)

ON_LOAD = " on load"
IN_TITLE = 10
"""Words of a title at most."""

DEFINITION = "attributed"
"""Files are counted by evidence; tags alone show none of them."""

BY_TAGS = (
    "What converts on load goes by tags (a type and a task that were loaded and compared on tiny checkpoints); it is "
    "no file, and never added to the files. Missing tokenizers, odd configurations and untagged quantised weights are "
    "not seen, so of those counted some may not convert."
)
OLD = "Old files are those that only transformers before 5 loads."


def say_untold(untold: int, noun: str, does: str, do: str) -> str:
    """Say of how many of a sample the type is not known, and what is not known for that; without a full stop."""
    few = f"The sample keeps few tags: of {count(untold, noun)} none names a type"
    return f"{few}, so whether {verb(untold, does, do)} is not known"


def find_asked(reach: Sequence[ReachCounts]) -> ReachCounts:
    """Give the counts of the framework that the finding is about."""
    return next(one for one in reach if one.framework == ASKED)


def say_finding(one: ReachCounts, among: str) -> str:
    """Say files, how many of them load today, and how many models beside them convert on load."""
    held = f"{one.files:,}" if one.files else "none"
    files = f"{ASKED} has files in {held} of {among}"
    if one.total == 1:
        files = f"{ASKED} has {'' if one.files else 'no '}files in {among}"
    ways = (_say_more(one, end) for end in (ON_LOAD, ""))
    return fit(("; ".join(filter(None, (f"{files}{_say_today(one)}", more))) for more in ways), IN_FINDING)


def _say_more(one: ReachCounts, end: str) -> str:
    """Say how many convert on load beside the files; of a single model whether it does, if it has none."""
    more = one.of(Reached.CONVERTS)
    if one.total == 1 and one.files:
        return ""
    if one.total == 1 and one.open:
        return "whether it converts on load is not known"
    if one.total == 1:
        return f"it {'converts' if more else 'does not convert'} on load"
    return f"{_count_more(one, f'{more:,}')}{end}"


def _count_more(one: ReachCounts, told: str, known: str = "is known", beside: str = " more") -> str:
    """
    Say how many more convert by their tags, in a number or a share.

    It bounds neither side: some that are counted may not convert, and of those that tags tell nothing of some may.
    """
    more = one.of(Reached.CONVERTS)
    if not more:
        return f"no other {known} to convert" if one.open else "no other converts"
    return f"by tags {told}{beside} {verb(more, 'converts', 'convert')}"


def _say_today(one: ReachCounts) -> str:
    """Say how many of the files load today: of none there is nothing to say."""
    today = one.of(Reached.TODAY)
    if one.total == one.files == 1:
        return f", which {'load' if today else 'do not load'} today"
    which = f"{today:,}" if today else "none"
    return f", {which} of which {'load' if today > 1 else 'loads'} today" if one.files else ""


def title_in_numbers(one: ReachCounts) -> str:
    """Say the finding in at most ten words, in numbers of models."""
    return _title(one, f"{one.files:,} of {one.total:,}", f"{one.of(Reached.CONVERTS):,}")


def title_in_shares(one: ReachCounts) -> str:
    """Say the finding in at most ten words, in shares of all models."""
    return _title(one, share(one.files, one.total), share(one.of(Reached.CONVERTS), one.total))


def _title(one: ReachCounts, files: str, more: str) -> str:
    """Say it of old files first, where none of them loads today; as much of it as fits."""
    old = [f"Old {ASKED}"] if one.files and not one.of(Reached.TODAY) else []
    ways = product([*old, ASKED], (" more", "") if old else (" more",), (" in", ":"))
    return fit(
        (f"{who} files{way} {files}, {_count_more(one, more, 'known', beside)}" for who, beside, way in ways), IN_TITLE
    )


def say_each(reach: Iterable[ReachCounts]) -> Iterable[str]:
    """Say a sentence for each framework: how many of how many have each status, and through what they convert."""
    for one in reach:
        through = listing(f"{c.name} {c.version.removesuffix('.0')} of {_day(c.released)}" for c in one.converters)
        yield f"{one.framework}, of {count(one.total, 'model')}: {say_statuses(one)}" + (
            f". It converts through {through}." if through else "."
        )


def say_statuses(one: ReachCounts) -> str:
    """List the statuses that any model has, the files first and what is assumed of them."""
    assumed = f" ({one.assumed:,} assumed)" if one.assumed else ""
    rest = [f"{status.value} {one.of(status):,}" for status in Reached if one.of(status)]
    return ", ".join([f"files in {one.files:,}{assumed}", *rest])


def _day(released: str) -> str:
    return day(dt.date.fromisoformat(released))


def draw_reach(reach: Sequence[ReachCounts]) -> ReachBars:
    """Give the chart: two bars a framework."""
    return ReachBars(tuple(reach))


def tabulate_reach(reach: Iterable[ReachCounts], as_of: dt.datetime) -> Table:
    """Make the table: a row a framework, each count with its denominator, definition, day and libraries."""
    return Table(COLUMNS, tuple(_row(one, as_of) for one in reach), "How each framework is reached, in models")


def _row(one: ReachCounts, as_of: dt.datetime) -> tuple[Value, ...]:
    counts = (one.files, one.assumed, *(one.of(status) for status in Reached), one.total)
    through = ", ".join(f"{c.name} {c.version} ({c.released})" for c in one.converters)
    ends = list_ends({"files": one.bracket}, ["files"])
    return (one.framework, *counts, DEFINITION, iso_day(as_of), through or None, *ends, one.loads - one.assumed_today)


def bracket_files(reach: Iterable[ReachCounts]) -> dict[str, Bracket]:
    """Give of each framework the models with files: proven, with the assumed, with all that show nothing."""
    return {one.framework: one.bracket for one in reach}


def count_files(reach: Iterable[ReachCounts]) -> Mapping[str, int]:
    """Give the models with files of each framework."""
    return {one.framework: one.files for one in reach}
