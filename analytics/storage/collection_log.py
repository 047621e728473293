"""What was collected when and what was said of it, and what failed and why: kept, so that every process knows."""

import datetime as dt
from collections.abc import Sequence

from analytics.domain.reading_kinds import COLLECTED, NOT_COLLECTED
from analytics.storage.readings import Reading, ReadingStore


class CollectionLog:
    """The log of all collectors, kept among the readings."""

    def __init__(self, readings: ReadingStore) -> None:
        self._readings = readings

    def add_success(self, what: str, sentences: Sequence[str], moment: dt.datetime) -> None:
        """Write that it was collected."""
        self._readings.add(Reading(COLLECTED, what, moment, "", list(sentences)))

    def add_failure(self, what: str, why: str, moment: dt.datetime) -> None:
        """Write that it failed."""
        self._readings.add(Reading(NOT_COLLECTED, what, moment, "", why))

    def last(self, what: str) -> tuple[Reading | None, Reading | None]:
        """Tell when this was last collected, and when a try since then failed, by whatever process."""
        done, failed = (self._readings.newest(kind, what) for kind in (COLLECTED, NOT_COLLECTED))
        return done, failed if failed and (done is None or failed.as_of > done.as_of) else None
