"""
What is due when: wall time and zone -> moments. Pure: no clock, no database, no Slack.

A subscription is due once a week or once a month at a wall time of an IANA zone. A slot is one such week or month,
named by its local date and time, so that restart, late wake-up, clock change and second process are all one question:
is this slot due and not yet in the ledger? A time that a clock change removes is taken the length of the gap later (as
zoneinfo's fold=0 reads it), one that it repeats at its first occurrence: each happens once.
"""

import calendar
import datetime as dt
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from analytics.digest_words.named_days import LAST, LAST_DAY, ORDINALS

WEEK = dt.timedelta(weeks=1)
LATE_AT_MOST = dt.timedelta(days=1)
"""A slot later than this is not posted any more but recorded as skipped."""

LATE_FROM = dt.timedelta(minutes=15)
"""From this on a post says that it is late; below it is the time the clock and a full queue take."""

WEEKS_BACK = 6
"""How far back missed slots are recorded."""

MONTHS = 12
MONTHS_BACK = 2
"""Months that reach over WEEKS_BACK."""


@dataclass(frozen=True, slots=True)
class Rhythm:
    """
    When a subscription is due: `weekday` 0 (Monday) to 6, wall time `at`, IANA `zone`.

    Nothing before `since` is due: the moment it was made, changed or resumed. `monthly` is one of MONTHLY, or empty
    where it comes weekly.
    """

    id: int
    weekday: int
    at: dt.time
    zone: str
    since: dt.datetime
    monthly: str = ""


@dataclass(frozen=True, slots=True)
class Slot:
    """
    One week or month of one subscription: local date and time, and the moment that was.

    `kind` is set before the key of what is no digest, so that nobody takes the one for the other in a channel.
    """

    subscription: int
    day: dt.date
    at: dt.time
    due_at: dt.datetime
    kind: str = ""

    @property
    def key(self) -> str:
        """Name it, for the ledger and for the metadata of its post."""
        return f"{self.kind}{slot_key(self.subscription, self.day, self.at)}"

    def lateness(self, now: dt.datetime) -> dt.timedelta:
        """Tell how long ago it was due."""
        return now - self.due_at

    def is_missed(self, now: dt.datetime) -> bool:
        """Tell whether it is too late to post it."""
        return self.lateness(now) >= LATE_AT_MOST


def slot_key(subscription: int, day: dt.date, at: dt.time) -> str:
    """Name a slot: `12 2026-11-30 09:00`."""
    return f"{subscription} {day.isoformat()} {at:%H:%M}"


def moment_of(day: dt.date, at: dt.time, zone: str) -> dt.datetime:
    """Give the UTC moment of a wall time."""
    return dt.datetime.combine(day, at, ZoneInfo(zone)).astimezone(dt.UTC)


def due(rhythms: Iterable[Rhythm], ledger: Collection[str], now: dt.datetime) -> list[Slot]:
    """
    Give the slots that are due and not in the ledger, earliest first; too late ones too, to be recorded as skipped.

    `ledger` holds the keys of slots already dealt with, of the last WEEKS_BACK weeks at least.
    """
    found = [slot for rhythm in rhythms for slot in _open_slots(rhythm, ledger, now)]
    return sorted(found, key=lambda slot: (slot.due_at, slot.subscription))


def _open_slots(rhythm: Rhythm, ledger: Collection[str], now: dt.datetime) -> Iterator[Slot]:
    for slot in _slots_before(rhythm, now):
        if slot.due_at < rhythm.since:
            return
        if slot.key not in ledger:
            yield slot


def _slots_before(rhythm: Rhythm, now: dt.datetime) -> Iterator[Slot]:
    """Give the slots up to now, newest first."""
    # One day ahead: at the date line local tomorrow has begun before ours.
    last = now.astimezone(ZoneInfo(rhythm.zone)).date() + dt.timedelta(days=1)
    for day in _days_back(rhythm, last):
        slot = _slot(rhythm, day)
        if slot.due_at <= now:
            yield slot


def _days_back(rhythm: Rhythm, last: dt.date) -> Iterator[dt.date]:
    """Give the days up to and including one, newest first, as far back as missed slots are recorded."""
    if not rhythm.monthly:
        newest = _on_weekday(last, rhythm.weekday)
        yield from (newest - back * WEEK for back in range(WEEKS_BACK + 1))
        return
    for back in range(MONTHS_BACK + 1):
        day = _day_of_month(rhythm, last, -back)
        if last - (WEEKS_BACK + 1) * WEEK < day <= last:  # as far as the weekday of as many weeks before lies at most
            yield day


def next_times(rhythm: Rhythm, now: dt.datetime, count: int = 3) -> list[dt.datetime]:
    """Give the next moments it is due, in its own zone."""
    zone = ZoneInfo(rhythm.zone)
    yesterday = now.astimezone(zone).date() - dt.timedelta(days=1)
    moments = [_slot(rhythm, day).due_at for day in _days_ahead(rhythm, yesterday, count + 2)]
    return [moment.astimezone(zone) for moment in moments if moment > max(now, rhythm.since)][:count]


def _days_ahead(rhythm: Rhythm, first: dt.date, count: int) -> list[dt.date]:
    """Give the days of its rhythm from the newest up to one day on."""
    if rhythm.monthly:
        return [_day_of_month(rhythm, first, ahead) for ahead in range(count)]
    newest = _on_weekday(first, rhythm.weekday)
    return [newest + week * WEEK for week in range(count)]


def _day_of_month(rhythm: Rhythm, month: dt.date, ahead: int) -> dt.date:
    """Give the day of the month of a date, or of one some months ahead of it or (less than none) before it."""
    year, number = divmod(month.year * MONTHS + month.month - 1 + ahead, MONTHS)
    first, length = dt.date(year, number + 1, 1), calendar.monthrange(year, number + 1)[1]
    if rhythm.monthly.isdigit():
        return first.replace(day=int(rhythm.monthly))
    last = first.replace(day=length)
    if rhythm.monthly == LAST_DAY:
        return last
    if rhythm.monthly == LAST:
        return _on_weekday(last, rhythm.weekday)
    return _on_weekday(first.replace(day=7 * (1 + ORDINALS.index(rhythm.monthly))), rhythm.weekday)


def _on_weekday(day: dt.date, weekday: int) -> dt.date:
    """Give the last day of this weekday up to and including `day`."""
    return day - dt.timedelta(days=(day.weekday() - weekday) % 7)


def _slot(rhythm: Rhythm, day: dt.date) -> Slot:
    return Slot(rhythm.id, day, rhythm.at, moment_of(day, rhythm.at, rhythm.zone))
