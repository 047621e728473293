"""
Outside -> stored top lists: which list of a ranking to answer from, and when to go and get a new one.

A stored list younger than `staleness.FRESH` is used as it is. Otherwise the Hub is asked once, for at most `seconds`,
however many people wait for the same list; what it says is stored before it is used. When it does not answer, the
newest list that was ever stored stands in, marked stale, then the embedded sample, marked sample. Stale beats silent;
silent never passes as fresh.
"""

import datetime as dt
import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from analytics import sample
from analytics.answering.hub_troubles import advise, explain_trouble
from analytics.answering.later_knowledge import is_of_day, is_of_older_rule
from analytics.attribution import METHOD
from analytics.context import PATIENCE, Clock, Context
from analytics.domain.observations import Ranking, Repository, TopList
from analytics.domain.requests import MOST_MODELS, Top
from analytics.domain.staleness import FRESH, REST
from analytics.domain.wording import day
from analytics.errors import NothingStored, RateLimited, SourceError
from analytics.process_memory import Resting
from analytics.single_flight import SingleFlight

if TYPE_CHECKING:
    from analytics.sources.hub.client import HubClient
    from analytics.storage.top_lists import TopListStore

SMALL_PAGE = 100
"""One call for 100 models answers top10, top30 and top100 alike; above that one full page is read."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ChosenList:
    """
    The list to answer from. `why` says, for people, why it is not a live one; empty when it is.

    `read`: of its models the repositories that were read by themselves, where the question looks at them.
    """

    top_list: TopList
    sample: bool = False
    stale: bool = False
    why: str = ""
    read: Mapping[str, Repository] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TopListCache:
    """
    The top lists, live when they can be and stored when they cannot.

    `flights` and `resting` are what several of it share: who is asking already, and whether the Hub is left alone.
    """

    hub: "HubClient"
    store: "TopListStore"
    clock: Clock
    seconds: float = PATIENCE
    flights: SingleFlight = field(default_factory=SingleFlight)
    resting: Resting = field(default_factory=Resting)

    def read(self, request: Top) -> ChosenList:
        """
        Give the best list for a request now.

        Raises:  NothingStored, if the Hub does not answer and nothing stored fits.
        """
        ranking = Ranking(request.by, request.task, request.author)
        try:
            return ChosenList(self._fresh(ranking, request.n) or self._live(ranking, request.n))
        except SourceError as trouble:
            log.warning("the Hub gave no list: %s", trouble)
            return self._instead(ranking, request.n, self.store.newest, trouble)

    def as_of(self, request: Top, moment: dt.datetime) -> ChosenList:
        """
        Give the newest list that was known at a moment; of the sample's own day the sample, if nothing is stored.

        Raises:  NothingStored, if none was; it names the sample's day where there is one.
        """

        def look_up(ranking: Ranking) -> TopList | None:
            return self.store.as_of(ranking, moment)

        ranking = Ranking(request.by, request.task, request.author)
        stored = look_up(ranking)
        if stored and stored.reaches(request.n):
            return ChosenList(stored)
        known = list(self._list_stored(ranking, look_up))
        if known:
            return ChosenList(_reach_furthest(known, request.n))
        why = f"No list of {day(moment)} or earlier is stored."
        embedded = _cut_sample(ranking)
        if of_that_day := [one for one in embedded if is_of_day(one.as_of, moment)]:
            return ChosenList(_reach_furthest(of_that_day, request.n), sample=True, why=why)
        nothing = NothingStored(f"the ranking by {ranking.by}", why)
        nothing.told = " ".join((why, *(f"Of {day(one.as_of)} there is a sample." for one in embedded)))
        raise nothing

    # ------------------------------------------------------------------------------------------------------ the Hub

    def _fresh(self, ranking: Ranking, n: int) -> TopList | None:
        stored = self.store.newest(ranking)
        if stored is None or not stored.reaches(n) or is_of_older_rule(stored.method):
            return None
        return stored if self.clock() - stored.as_of < FRESH else None

    def _live(self, ranking: Ranking, n: int) -> TopList:
        """Ask the Hub, or wait for the one who is asking the same already."""
        limit = SMALL_PAGE if n <= SMALL_PAGE else MOST_MODELS
        self.resting.refuse(self.clock())  # before anybody waits: a Hub that is left alone is not waited for
        return self.flights.do((ranking, limit), lambda: self._fetch(ranking, n, limit))

    def _fetch(self, ranking: Ranking, n: int, limit: int) -> TopList:
        # Looked at again now that nobody else is at it: whoever was has stored it before we could begin.
        if stored := self._fresh(ranking, n):
            return stored
        self.resting.refuse(self.clock())
        try:
            top_list = self.hub.top(ranking, limit, seconds=self.seconds, now=self.clock)
        except SourceError as trouble:
            rest = dt.timedelta(seconds=trouble.seconds) if isinstance(trouble, RateLimited) else REST
            self.resting.begin(trouble, self.clock(), rest)
            raise
        if top_list.models:
            self.store.add(top_list, METHOD)
        return top_list

    # ---------------------------------------------------------------------------------------------- what stands in

    def _instead(
        self,
        ranking: Ranking,
        n: int,
        look_up: Callable[[Ranking], TopList | None],
        trouble: SourceError,
    ) -> ChosenList:
        """Find what is known of a ranking: stored for it, cut from the whole ranking's list, or cut from the sample."""
        why = explain_trouble(trouble)
        if stored := list(self._list_stored(ranking, look_up)):
            return ChosenList(_reach_furthest(stored, n), stale=True, why=why)
        if embedded := _cut_sample(ranking):
            return ChosenList(_reach_furthest(embedded, n), sample=True, why=why)
        raise NothingStored(f"the ranking by {ranking.by}", why, advice=advise(trouble))

    def _list_stored(self, ranking: Ranking, look_up: Callable[[Ranking], TopList | None]) -> Iterable[TopList]:
        own, whole = look_up(ranking), look_up(Ranking(ranking.by))
        candidates = (own, whole and whole.narrow(ranking))
        return [top_list for top_list in candidates if top_list and top_list.models]


def lists_of(context: Context) -> TopListCache:
    """Give the lists that the doors of one program share."""
    return TopListCache(
        context.hub, context.top_lists, context.clock, context.seconds, context.flights, context.resting
    )


def _reach_furthest(known: Sequence[TopList], n: int) -> TopList:
    """Give the first of those that have the most of the first `n`."""
    return max(known, key=lambda top_list: min(len(top_list.models), n))


def _cut_sample(ranking: Ranking) -> list[TopList]:
    """Cut the sample to a ranking; a list by one measure says nothing of another."""
    narrowed = (one.narrow(ranking) for one in sample.top_lists() if one.ranking.by == ranking.by)
    return [one for one in narrowed if one.models]
