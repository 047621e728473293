"""
The first thirty over twelve weeks: how many come in each framework, and how many are new week by week.

Lists in, an `Answer` out that stands beside what changed: it is drawn from the same lists by the same rule. A week of
which no list is stored is a gap, and how many are stored is said.
"""

import datetime as dt
import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from analytics.domain.answer import Answer
from analytics.domain.chart_specs import AT_MOST, PROVEN, Line, Panel, Panels
from analytics.domain.counts import Bracket, Counts
from analytics.domain.drawn_series import Series
from analytics.domain.observations import TopList
from analytics.domain.requests import Changes, Definition
from analytics.domain.wording import count, day, iso, iso_day, verb
from analytics.movement.list_moves import FIRST, compare_lists, count_first
from analytics.ranking.classified import TWO, bracket, classify

WEEKS = 12
LEAST = 3
"""With fewer readings there is no course to draw: two are the change itself."""


@dataclass(frozen=True, slots=True)
class WeekRead:
    """One week's end: its day, and the list that is stored of it, if one is."""

    ends: dt.date
    read: TopList | None

    @property
    def counts(self) -> Counts | None:
        """How its first thirty split."""
        return count_first(self.read) if self.read else None

    @property
    def brackets(self) -> dict[str, Bracket]:
        """How sure its counts are; nothing of a week without a list."""
        return bracket_first(self.read) if self.read else {}


def bracket_first(read: TopList) -> dict[str, Bracket]:
    """Count the first thirty of a list by how sure each of the two is."""
    rows = classify(read.models[:FIRST], Definition.ATTRIBUTED)
    return {name: bracket(rows, name) for name in TWO}


def tell_weeks(weeks: Sequence[WeekRead], *, stale: bool) -> Answer | None:
    """
    Show twelve weeks up to the newest list; None where fewer than three lists of them are stored.

    Shape:   `weeks` are oldest first, and the last has a list.
    """
    known = [week.read for week in weeks if week.read]
    if len(known) < LEAST:
        return None
    old, new = known[0], known[-1]
    return Answer(
        request=Changes(iso(old.as_of), iso(new.as_of)),
        headline=_headline(weeks, known),
        title=_title(known),
        scope=f"Top {FIRST} by 30-day downloads, {_say_stored(weeks)}",
        as_of=new.as_of,
        definition=Definition.ATTRIBUTED,
        reproduce=f"{Changes(iso(old.as_of), iso(new.as_of)).words}",
        stale=stale,
        lines=tuple(
            Series(line.name, tuple((at, n) for at, n in line.points if n is not None)) for line in _lines(weeks)
        ),
        brackets=bracket_first(new),
        origins=tuple(dict.fromkeys((new.origin, old.origin))),
        chart=Panels((_frameworks(weeks), _new(weeks))),
    )


def say_too_few(weeks: Sequence[WeekRead]) -> str:
    """Say that there is no picture yet, and from when on there is one."""
    known = sum(week.read is not None for week in weeks)
    return (
        f"Twelve weeks: {count(known, 'weekly list')} of them {verb(known)} stored; their picture begins with {LEAST}."
    )


def _headline(weeks: Sequence[WeekRead], known: Sequence[TopList]) -> str:
    """Say how both counts moved, with the range of the last where it is wide, and how many new ones a week brought."""
    first, last, sure = count_first(known[0]), count_first(known[-1]), bracket_first(known[-1])
    moved = ", ".join(f"{_way(name, _of(first, name), _of(last, name))}{sure[name].range}" for name in TWO)
    entered = sorted(number for _, number in _count_new(weeks) if number is not None)
    new = f"; {_range(entered[0], entered[-1])} new a week" if entered else ""
    return f"In the top {FIRST} since {day(known[0].as_of)}: {moved}{new}"


def _title(known: Sequence[TopList]) -> str:
    first, last = count_first(known[0]), count_first(known[-1])
    span = round((known[-1].as_of - known[0].as_of) / dt.timedelta(weeks=1))
    return f"{count(span, 'week')}: " + ", ".join(_way(name, _of(first, name), _of(last, name)) for name in TWO)


def _way(name: str, before: int, now: int) -> str:
    return f"{name} still {now}" if before == now else f"{name} {before} to {now}"


def _range(least: int, most: int) -> str:
    return f"{least}" if least == most else f"{least} to {most}"


def _of(counts: Counts, name: str) -> int:
    return counts.pytorch if name == "PyTorch" else counts.tensorflow


def _say_stored(weeks: Sequence[WeekRead]) -> str:
    """Say how many of the weeks' ends have a list."""
    known = sum(week.read is not None for week in weeks)
    return "week by week" if known == len(weeks) else f"{known} of {len(weeks)} weekly lists stored"


def _lines(weeks: Sequence[WeekRead]) -> tuple[Line, ...]:
    panels = (_frameworks(weeks), _new(weeks))
    return tuple(line for panel in panels for line in (*panel.lines, *panel.unsure))


def _frameworks(weeks: Sequence[WeekRead]) -> Panel:
    lines = (
        Line(name, tuple((iso_day(week.ends), _of(week.counts, name) if week.counts else None) for week in weeks))
        for name in TWO
    )
    ends = tuple(_list_ends(weeks))
    measure = f"models; those in both count twice{'; pale: unsure' if ends else ''}"
    return Panel(f"In the top {FIRST}", measure, tuple(lines), percent=False, unsure=ends)


def _list_ends(weeks: Sequence[WeekRead]) -> Iterator[Line]:
    """Give both ends of each count, where they are apart in any week."""
    sure = [(iso_day(week.ends), week.brackets) for week in weeks]
    for name in TWO:
        if any(one[name].differs for _, one in sure if one):
            yield Line(f"{name} {PROVEN}", tuple((at, one[name].proven if one else None) for at, one in sure))
            yield Line(f"{name} {AT_MOST}", tuple((at, one[name].most if one else None) for at, one in sure))


def _new(weeks: Sequence[WeekRead]) -> Panel:
    points = tuple((iso_day(ends), number) for ends, number in _count_new(weeks))
    return Panel(
        f"New in the top {FIRST}", "models that entered within the week", (Line("new", points),), percent=False
    )


def _count_new(weeks: Sequence[WeekRead]) -> Iterator[tuple[dt.date, int | None]]:
    """Count, of each week with a list at both ends, the models that were not among the first thirty before."""
    yield weeks[0].ends, None
    for before, now in itertools.pairwise(weeks):
        yield now.ends, _count_entered(now.read, before.read) if now.read and before.read else None


def _count_entered(new: TopList, old: TopList) -> int:
    return sum(move.change == "entered" for move in compare_lists(new, old))
