"""
What is due when: wall time and zone -> moments. Pure: no clock, no database, no Slack.

A subscription is due once a week at a wall time of an IANA zone. A slot is one such week, named by its local date and
time, so that restart, late wake-up, clock change and second process are all one question: is this slot due and not
yet in the ledger? A time that a clock change removes is taken the length of the gap later (as zoneinfo's fold=0 reads
it), one that it repeats at its first occurrence: each happens once.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

WEEK = dt.timedelta(weeks=1)
LATE_AT_MOST = dt.timedelta(days=1)
"""A slot later than this is not posted any more but recorded as skipped."""

LATE_FROM = dt.timedelta(minutes=15)
"""From this on a post says that it is late; below it is the time the clock and a full queue take."""

WEEKS_BACK = 6
"""How far back missed slots are recorded."""

FIRST_WEEKDAY, FIRST_TIME = 0, dt.time(9)
"""When a digest comes of which nobody said when: Monday at 09:00."""

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True, slots=True)
class Rhythm:
    """
    When a subscription is due: `weekday` 0 (Monday) to 6, wall time `at`, IANA `zone`.

    Nothing before `since` is due: the moment it was made, changed or resumed.
    """

    id: int
    weekday: int
    at: dt.time
    zone: str
    since: dt.datetime


@dataclass(frozen=True, slots=True)
class Slot:
    """
    One week of one subscription: local date and time, and the moment that was.

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


def find_zone(name: str) -> ZoneInfo | None:
    """Find an IANA zone; None if this machine knows none of the name."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


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
    last = _on_weekday(now.astimezone(ZoneInfo(rhythm.zone)).date() + dt.timedelta(days=1), rhythm.weekday)
    for back in range(WEEKS_BACK + 1):
        slot = _slot(rhythm, last - back * WEEK)
        if slot.due_at <= now:
            yield slot


def next_times(rhythm: Rhythm, now: dt.datetime, count: int = 3) -> list[dt.datetime]:
    """Give the next moments it is due, in its own zone."""
    zone = ZoneInfo(rhythm.zone)
    first = _on_weekday(now.astimezone(zone).date() - dt.timedelta(days=1), rhythm.weekday)
    moments = [_slot(rhythm, first + week * WEEK).due_at for week in range(count + 2)]
    return [moment.astimezone(zone) for moment in moments if moment > max(now, rhythm.since)][:count]


def _on_weekday(day: dt.date, weekday: int) -> dt.date:
    """Give the last day of this weekday up to and including `day`."""
    return day - dt.timedelta(days=(day.weekday() - weekday) % 7)


def _slot(rhythm: Rhythm, day: dt.date) -> Slot:
    return Slot(rhythm.id, day, rhythm.at, moment_of(day, rhythm.at, rhythm.zone))
