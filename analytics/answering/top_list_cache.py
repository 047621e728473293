"""
Outside -> snapshots: which reading of a ranking to answer from, and when to go and get a new one.

A stored list younger than FRESH is used as it is. Otherwise the Hub is asked once, for at most `seconds`, however many
people wait for the same list; what it says is stored before it is used. When it does not answer, the newest list that
was ever stored stands in, marked stale, then the embedded sample, marked sample. Stale beats silent; silent never
passes as fresh.
"""

import datetime as dt
import logging
import threading
from collections.abc import Callable, Iterable
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Protocol

from analytics import sample
from analytics.attribution import METHOD
from analytics.context import Clock
from analytics.domain.observations import Ranking, TopList
from analytics.domain.requests import MOST_MODELS, Top
from analytics.errors import NothingStored, RateLimited, SourceError
from analytics.waiting import about_to_wait

FRESH = dt.timedelta(hours=6)
"""The Hub renews its download counters about once a day; four readings a day miss no change."""

PATIENCE = 5.0
"""Seconds that a person waits for the Hub at most, before the answer is made from what is stored."""

REST = dt.timedelta(seconds=60)
"""After a failure the Hub is left alone this long (or as long as it asked), so that nobody waits in vain twice."""

SMALL_PAGE = 100
"""One call for 100 models answers top10, top30 and top100 alike; above that one full page is read."""

log = logging.getLogger(__name__)


class RankingHub(Protocol):
    """What this module needs of `sources.hub.Hub`."""

    def top(self, ranking: Ranking, limit: int, *, seconds: float, now: Clock) -> TopList:
        """Read the first models of a ranking; raises SourceError."""


class TopListKeeper(Protocol):
    """What this module needs of `snapshots.Snapshots`."""

    @property
    def notices(self) -> tuple[str, ...]:
        """What went wrong with the store, in words for people."""

    def add(self, top_list: TopList, method: str) -> bool:
        """Keep a list for good."""

    def newest(self, ranking: Ranking) -> TopList | None:
        """Give the newest list of a ranking."""

    def as_of(self, ranking: Ranking, moment: dt.datetime) -> TopList | None:
        """Give the newest list at or before a moment."""


@dataclass(frozen=True, slots=True)
class ChosenList:
    """The list to answer from. `why` says, for people, why it is not a live one; empty when it is."""

    top_list: TopList
    sample: bool = False
    stale: bool = False
    why: str = ""


class TopListCache:
    """The top lists, live when they can be and stored when they cannot."""

    def __init__(self, hub: RankingHub, store: TopListKeeper, clock: Clock, seconds: float = PATIENCE) -> None:
        self._hub = hub
        self._store = store
        self._clock = clock
        self._seconds = seconds
        self._lock = threading.Lock()
        self._under_way: dict[tuple[Ranking, int], Future[TopList]] = {}
        self._resting_until: dt.datetime | None = None
        self._last_trouble: SourceError | None = None

    @property
    def notices(self) -> tuple[str, ...]:
        """What went wrong with the store, for the readers of answers."""
        return self._store.notices

    def read(self, request: Top) -> ChosenList:
        """
        Give the best list for a request now.

        Raises:  NothingStored, if the Hub does not answer and nothing stored fits.
        """
        ranking = Ranking(request.by, request.task, request.author)
        try:
            return ChosenList(self._fresh(ranking, request.n) or self._live(ranking, request.n))
        except SourceError as trouble:
            log.warning("the Hub gave no list for %s: %s", request.words, trouble)
            why = f"The Hub could not be asked just now: {trouble.why}."
            return self._instead(ranking, request.n, self._store.newest, why)

    def as_of(self, request: Top, moment: dt.datetime) -> ChosenList:
        """
        Give the newest list that was known at a moment.

        Raises:  NothingStored, if none was.
        """

        def known(ranking: Ranking) -> TopList | None:
            return self._store.as_of(ranking, moment)

        ranking = Ranking(request.by, request.task, request.author)
        stored = known(ranking)
        if stored and stored.reaches(request.n):
            return ChosenList(stored)
        reading = self._instead(
            ranking, request.n, known, f"No list of {moment:%Y-%m-%d} or before was stored.", moment
        )
        return reading if reading.sample else ChosenList(reading.top_list)

    # ------------------------------------------------------------------------------------------------------ the Hub

    def _fresh(self, ranking: Ranking, n: int) -> TopList | None:
        stored = self._store.newest(ranking)
        return stored if stored and stored.reaches(n) and self._clock() - stored.as_of < FRESH else None

    def _live(self, ranking: Ranking, n: int) -> TopList:
        """Ask the Hub, or wait for the one who is asking the same already."""
        limit = SMALL_PAGE if n <= SMALL_PAGE else MOST_MODELS
        with self._lock:
            # Looked at again under the lock: somebody may have stored it between our first look and now.
            if stored := self._fresh(ranking, n):
                return stored
            self._raise_if_resting()
            about_to_wait()
            under_way = self._under_way.get((ranking, limit))
            call = under_way or self._under_way.setdefault((ranking, limit), Future())
        if not under_way:
            self._fetch(ranking, limit, call)
        return call.result()

    def _fetch(self, ranking: Ranking, limit: int, call: "Future[TopList]") -> None:
        try:
            top_list = self._hub.top(ranking, limit, seconds=self._seconds, now=self._clock)
            if top_list.models:
                self._store.add(top_list, METHOD)
            call.set_result(top_list)
        except SourceError as trouble:
            self._rest_after(trouble)
            call.set_exception(trouble)
        except BaseException as surprise:
            call.set_exception(surprise)
            raise
        finally:
            with self._lock:
                del self._under_way[ranking, limit]

    def _rest_after(self, trouble: SourceError) -> None:
        rest = dt.timedelta(seconds=trouble.seconds) if isinstance(trouble, RateLimited) else REST
        with self._lock:
            self._resting_until = self._clock() + rest
            self._last_trouble = trouble

    def _raise_if_resting(self) -> None:
        if self._last_trouble and self._resting_until and self._clock() < self._resting_until:
            raise self._last_trouble

    # ---------------------------------------------------------------------------------------------- what stands in

    def _instead(
        self,
        ranking: Ranking,
        n: int,
        known: Callable[[Ranking], TopList | None],
        why: str,
        moment: dt.datetime | None = None,
    ) -> ChosenList:
        """Find what is known of a ranking: stored for it, cut from the whole ranking's list, or cut from the sample."""
        stored = [ChosenList(top_list, stale=True, why=why) for top_list in self._stored(ranking, known)]
        embedded = [ChosenList(top_list, sample=True, why=why) for top_list in _embedded(ranking, moment)]
        best = max(stored or embedded, key=lambda reading: min(len(reading.top_list.models), n), default=None)
        if best is None:
            raise NothingStored(f"the ranking by {ranking.by}", why)
        return best

    def _stored(self, ranking: Ranking, known: Callable[[Ranking], TopList | None]) -> Iterable[TopList]:
        own, whole = known(ranking), known(Ranking(ranking.by))
        candidates = (own, whole and whole.narrowed(ranking))
        return [top_list for top_list in candidates if top_list and top_list.models]


def _embedded(ranking: Ranking, moment: dt.datetime | None) -> list[TopList]:
    """Cut the sample to a ranking; it is a list by downloads and says nothing of other measures."""
    top_list = sample.top_list()
    if ranking.by != top_list.ranking.by or (moment and moment < top_list.as_of):
        return []
    narrowed = top_list.narrowed(ranking)
    return [narrowed] if narrowed.models else []
