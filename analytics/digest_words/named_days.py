"""The days and zones that a digest can come on, by what they are called: what is asked for, and what is kept. Pure."""

import datetime as dt
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from analytics.domain.wording import ordinal

FIRST_WEEKDAY, FIRST_TIME = 0, dt.time(9)
"""When a digest comes of which nobody said when: Monday at 09:00."""

LAST_DAY, LAST = "last day", "last"
ORDINALS = ("first", "second", "third", "fourth")
FIRST_DAY_OF_MONTH = "1"
"""When one comes of which is said no more than that it is monthly."""

LATEST_DAY = 28
"""The last day that every month has."""

MONTHLY = (*(str(day) for day in range(1, LATEST_DAY + 1)), LAST_DAY, *ORDINALS, LAST)
"""On what day of the month one comes: a number, the last one, or which of its weekdays."""

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def find_zone(name: str) -> ZoneInfo | None:
    """Find an IANA zone; None if this machine knows none of the name."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def name_days(weekday: int, monthly: str) -> str:
    """Say on which days one comes: `every Monday`, `on the 1st of every month`, `on the last Friday of every month`."""
    day = DAYS[weekday]
    if not monthly:
        return f"every {day}"
    on = ordinal(int(monthly)) if monthly.isdigit() else monthly if monthly == LAST_DAY else f"{monthly} {day}"
    return f"on the {on} of every month"
