"""
By what time it is told whose something still is: never by one process's clock against what another's wrote.

Machines' clocks differ by minutes, and are set while a process runs. Where several processes share a PostgreSQL its own
clock is the one that all see; within a process seconds are counted that no setting moves.
"""

import datetime as dt
import sys
import time
from collections.abc import Callable

from sqlalchemy import Connection, DateTime, func, select

LeaseClock = Callable[[Connection], dt.datetime]
"""Tells the moment (aware, UTC) by which processes agree how long something is one's; asked within a transaction."""


def lease_clock(own: Callable[[], dt.datetime]) -> LeaseClock:
    """Give the clock of whatever server a connection is to; of a file, which one process has, its `own`."""

    def tell(connection: Connection) -> dt.datetime:
        if connection.dialect.name != "postgresql":
            return own()
        told: dt.datetime = connection.execute(select(func.clock_timestamp(type_=DateTime(timezone=True)))).scalar_one()
        return told.astimezone(dt.UTC)

    return tell


def steady_seconds() -> float:
    """Count seconds that no setting of the clock moves; where the system can, those of sleep too."""
    if sys.platform == "linux":  # elsewhere the steady clock may stand still in sleep
        seconds = time.clock_gettime(time.CLOCK_BOOTTIME)
    else:
        seconds = time.monotonic()
    return seconds
