"""
How much change is usual: the turnovers of past spans of one length, and from which on one is more than those.

One statistic and one threshold. A turnover is more than usual where less than RARE of the spans, it among them, have as
much: those with more count whole, those with as much half (mid-ranks), so that ties, which are frequent among small
counts, neither hide nor raise alarms. docs/method.md has how often that gives a false alarm.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from analytics.domain.wording import count

LEAST = 8
"""With fewer spans nothing is said of what is usual."""
MOST = 52
"""Spans looked back: what was usual longer ago says nothing of now."""
RARE = 0.07

HALF_A_DAY = dt.timedelta(hours=12)
A_DAY, AN_HOUR = dt.timedelta(days=1), dt.timedelta(hours=1)
DAYS_A_WEEK = 7


@dataclass(frozen=True, slots=True)
class UsualTurnover:
    """The turnovers of past spans as long as `span`."""

    span: dt.timedelta
    past: tuple[int, ...] = ()

    @property
    def is_known(self) -> bool:
        """Whether enough spans are stored to say what is usual."""
        return len(self.past) >= LEAST

    def rarity(self, turnover: int) -> float:
        """Give the share of spans, this one among them, with as much turnover; those with just as much count half."""
        more = sum(past > turnover for past in self.past)
        return (more + (self.past.count(turnover) + 1) / 2) / (len(self.past) + 1)

    def is_unusual(self, turnover: int) -> bool:
        """Tell whether a turnover is more than usual; never where that is not known."""
        return self.is_known and self.rarity(turnover) < RARE

    @property
    def least_unusual(self) -> int:
        """From which turnover on it is more than usual."""
        return next(n for n in range(max(self.past) + 2) if self.rarity(n) < RARE)

    @property
    def is_of_weeks(self) -> bool:
        """Whether the spans are weeks."""
        return round(self.span / A_DAY) == DAYS_A_WEEK

    @property
    def spans(self) -> str:
        """Name the spans, with their number: `20 weeks`, `9 spans of 28 days`."""
        if self.is_of_weeks:
            return count(len(self.past), "week")
        days = round(self.span / A_DAY)
        each = count(days, "day") if days else count(round(self.span / AN_HOUR), "hour")
        return f"{count(len(self.past), 'span')} of {each}"


def slack(span: dt.timedelta) -> dt.timedelta:
    """Say how far from the moment wanted a list may be: half a day, of a short span a quarter of it."""
    return min(HALF_A_DAY, span / 4)


def find_spans(moments: Sequence[dt.datetime], end: dt.datetime, span: dt.timedelta) -> Iterator[tuple[int, int]]:
    """
    Give pairs of places (later, earlier) of moments a span apart, one after the other, back from `end`; MOST at most.

    Shape:  `moments` are newest first. Spans do not overlap; where a list is missing, it goes on with the next older.
    """
    place, found = next((at for at, moment in enumerate(moments) if moment <= end), len(moments)), 0
    while place < len(moments) and found < MOST:
        earlier = nearest_moment(moments[place + 1 :], moments[place] - span, slack(span))
        if earlier is None:
            place += 1
        else:
            yield place, place + 1 + earlier
            place, found = place + 1 + earlier, found + 1


def nearest_moment(moments: Sequence[dt.datetime], wanted: dt.datetime, within: dt.timedelta) -> int | None:
    """Give the place of the moment nearest to one wanted, the later of two as near; None where none is near enough."""
    place = min(range(len(moments)), key=lambda at: abs(moments[at] - wanted), default=None)
    return None if place is None or abs(moments[place] - wanted) > within else place
