"""How many workers share the tests: more than there are cores, because a test waits for much of its time."""

import os
from contextlib import suppress

PER_CORE = 2
"""A worker waits two fifths of its time: for sockets, for PostgreSQL, for processes. Another then has its core."""

GIGABYTES_EACH = 2
"""A worker grows to 1.3 GB, and has a PostgreSQL and a process that forks programs beside it."""


def count_workers(cores: int, gigabytes: float) -> int:
    """Give two workers a core where there is memory for them, and one where there is not."""
    return max(cores, min(cores * PER_CORE, int(gigabytes // GIGABYTES_EACH)))


def count_cores() -> int:
    """Count the cores that this process may use."""
    allowed = getattr(os, "sched_getaffinity", None)
    return len(allowed(0)) if allowed else os.cpu_count() or 1


def measure_memory() -> float:
    """Give the machine's memory in gigabytes; none where the system does not tell."""
    with suppress(AttributeError, ValueError, OSError):
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 2**30
    return 0.0
