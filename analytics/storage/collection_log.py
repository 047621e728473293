"""What was collected when and what was said of it, and what failed and why: kept, so that every process knows."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from analytics.domain.reading_kinds import COLLECTED, NOT_COLLECTED
from analytics.domain.staleness import MARK_AHEAD
from analytics.storage.readings import Reading, ReadingStore

MOST_FAILURES = 20
"""Of a run of failures so many are counted: pauses grow no longer then."""


@dataclass(frozen=True, slots=True)
class Failure:
    """The last try failed: when, why, and how often in a row by what may pass by itself (0: it will not)."""

    as_of: dt.datetime
    why: str
    passing: int = 0


class CollectionLog:
    """The log of all collectors, kept among the readings."""

    def __init__(self, readings: ReadingStore) -> None:
        self._readings = readings

    def add_success(self, what: str, sentences: Sequence[str], moment: dt.datetime, seconds: float = 0) -> None:
        """Write that it was collected, and how long it took."""
        self._readings.add(Reading(COLLECTED, what, moment, "", {"said": list(sentences), "seconds": seconds}))

    def add_failure(self, what: str, why: str, moment: dt.datetime, *, passes: bool = False) -> None:
        """Write that it failed; `passes`: it may work the next time though nobody mends anything."""
        self._readings.add(Reading(NOT_COLLECTED, what, moment, "", {"why": why, "passes": passes}))

    def last(self, what: str, now: dt.datetime) -> tuple[Reading | None, Failure | None]:
        """Tell when this was last collected, and when a try since then failed, by whatever process; none to come."""
        until = now + MARK_AHEAD
        done = self._readings.as_of(COLLECTED, what, until)
        runs = self._readings.run(NOT_COLLECTED, what, MOST_FAILURES, until)
        failed = [one for one in reversed(runs) if done is None or one.as_of > done.as_of]
        return done, _read_failures(failed) if failed else None

    def list_failing(self, whats: Iterable[str], now: dt.datetime) -> Iterator[tuple[str, Failure]]:
        """Give those whose last try failed; that nothing ever did, as mostly, is one look into the database."""
        ever = self._readings.list_keys(NOT_COLLECTED)
        for what in whats:
            failure = self.last(what, now)[1] if what in ever else None
            if failure:
                yield what, failure

    def seconds(self, what: str) -> float:
        """Tell how long it took the last time; 0 where that is not known."""
        done = self._readings.newest(COLLECTED, what)
        body = done.body if done else None
        return float(body.get("seconds", 0)) if isinstance(body, dict) else 0.0  # a list is an older version's


def _read_failures(newest_first: Sequence[Reading]) -> Failure:
    """Sum up the failures since it last went well."""
    whys = [one.body if isinstance(one.body, dict) else {"why": one.body} for one in newest_first]
    lasting = [number for number, why in enumerate(whys) if not why.get("passes")]
    return Failure(newest_first[0].as_of, str(whys[0]["why"]), lasting[0] if lasting else len(whys))
