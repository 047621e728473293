"""What is measured when Prometheus asks: digests by state, the age of what was read, memory. Nothing of it is kept."""

import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from analytics.errors import DatabaseTrouble, DatabaseUnusable
from bot.app import Bot
from bot.web.parts import find_moments, look_at

PAGE = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 0
"""Bytes of a page of memory; where the system does not say, memory is not told either."""


class Momentary(Collector):
    """Looks at one bot, and at the memory of these processes; a database that is away leaves its figures out."""

    def __init__(self, bot: Bot, processes: Iterable[int]) -> None:
        self._bot = bot
        self._processes = list(processes) or [os.getpid()]

    def collect(self) -> Iterator[Metric]:
        """Give each figure."""
        parts = look_at(self._bot)
        well = {name: float(part.is_well) for name, part in parts.items()}
        yield _gauge("frameworks_part_well", "1 where /readyz says that a part is well", "part", well)
        if parts["database"].is_well:
            yield from self._measure_stored()
        held = [memory for process in self._processes if (memory := _memory_of(process))]
        yield GaugeMetricFamily("frameworks_processes", "Processes behind this port", len(held))
        yield GaugeMetricFamily("frameworks_resident_memory_bytes", "Their memory together", sum(held))

    def _measure_stored(self) -> Iterator[Metric]:
        """Give what the database says; it may go away in the middle."""
        try:
            slots = {state: float(number) for state, number in self._bot.count_slots().items()}
            now, moments = self._bot.analyst.context.clock(), find_moments(self._bot)
        except (DatabaseTrouble, DatabaseUnusable):
            return
        ages = {name: (now - moment).total_seconds() for name, (_, moment) in moments.items() if moment}
        yield _gauge("frameworks_digest_slots", "Digests that were due, by what became of them", "state", slots)
        yield _gauge("frameworks_reading_age_seconds", "Age of what was read last", "reading", ages)


class Lead(Collector):
    """Tells whether this process keeps the time."""

    def __init__(self, *, leads: bool) -> None:
        self._leads = leads

    def collect(self) -> Iterator[Metric]:
        """Give the figure."""
        yield GaugeMetricFamily("frameworks_leads", "1 where this process keeps the time", float(self._leads))


def _gauge(name: str, what: str, label: str, values: Mapping[str, float]) -> Metric:
    gauge = GaugeMetricFamily(name, what, labels=[label])
    for key, value in values.items():
        gauge.add_metric([key], value)
    return gauge


def _memory_of(process: int) -> int:
    """Read the bytes that a process holds; nought for one that has ended, or where the system does not say."""
    try:
        return int(Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()[1]) * PAGE
    except OSError:
        return 0
