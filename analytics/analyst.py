"""
The door: a request goes in, an `Answer` comes out.

It picks the reading and calls the one question that fits; it counts nothing and shows nothing itself. What is heavy
(pandas, the Hub's client, the database) is imported when first needed, so that a program around it starts at once.
"""

import datetime as dt
import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from analytics import sample
from analytics.answering.top_list_cache import PATIENCE, ChosenList, TopListCache
from analytics.collect import collect, last
from analytics.context import PAPERS_API, Clock, Context, silent
from analytics.domain.answer import Answer
from analytics.domain.requests import (
    ALLTIME,
    Changes,
    Compare,
    Definition,
    Official,
    OneModel,
    Papers,
    Request,
    Top,
    Totals,
    Trend,
)
from analytics.domain.tasks import TASKS
from analytics.errors import NoSuchAuthor, NoSuchTask, NothingStored
from analytics.grammar import nearest
from analytics.waiting import WouldWait, without_waiting

if TYPE_CHECKING:
    from analytics.settings import AnalyticsSettings
    from analytics.storage.readings import Reading

REMEMBERED_ANSWERS = 100


def utc_now() -> dt.datetime:
    """Tell the time; the default clock of programs, never of tests."""
    return dt.datetime.now(dt.UTC)


class Analyst:
    """
    Answers questions from one data folder and one Hub.

    Nothing is opened or imported before the first question (or `warm_up`). Safe to use from several threads.
    """

    def __init__(
        self,
        home: Path,
        endpoint: str,
        token: str | None = None,
        *,
        clock: Clock = utc_now,
        seconds: float = PATIENCE,
        papers_api_url: str = PAPERS_API,
        database_url: str | None = None,
    ) -> None:
        self._home = home
        self._endpoint = endpoint
        self._token = token
        self._clock = clock
        self._seconds = seconds
        self._papers_api_url = papers_api_url
        self._database_url = database_url
        self._opening = threading.Lock()
        self._counting = threading.Lock()
        self._counted: OrderedDict[object, Answer] = OrderedDict()
        self._opened: tuple[Context, TopListCache] | None = None

    @property
    def context(self) -> Context:
        """What the doors work with; opened when first needed."""
        return self._both()[0]

    @property
    def _top_lists(self) -> TopListCache:
        return self._both()[1]

    def _both(self) -> tuple[Context, TopListCache]:
        with self._opening:
            self._opened = self._opened or self._open()
            return self._opened

    def _open(self) -> tuple[Context, TopListCache]:
        from analytics.sources.hub.client import HubClient
        from analytics.storage.database import Database
        from analytics.storage.readings import ReadingStore
        from analytics.storage.top_lists import TopListStore

        database = Database(self._home, self._clock, self._database_url)
        context = Context(
            home=self._home,
            database=database,
            readings=ReadingStore(database),
            snapshots=TopListStore(database),
            hf_endpoint=self._endpoint,
            hf_token=self._token,
            papers_api_url=self._papers_api_url,
            clock=self._clock,
            seconds=self._seconds,
        )
        hub = HubClient(endpoint=self._endpoint, token=self._token)
        return context, TopListCache(hub, context.snapshots, self._clock, self._seconds)

    def close(self) -> None:
        """Close the database, if it was ever opened."""
        if self._opened:
            self._opened[0].database.close()

    def collect(
        self, what: str, options: Sequence[str] = (), progress: Callable[[str], None] = silent
    ) -> tuple[str, ...]:
        """Read a source and store what it says; see `analytics.collect`."""
        return collect(what, options, replace(self.context, progress=progress))

    def last_collected(self, what: str) -> "tuple[Reading | None, Reading | None]":
        """Tell when it was last collected, and when a try since then failed; see `analytics.collect`."""
        return last(what, self.context)

    def warm_up(self) -> None:
        """Import and open now what the first question would have to wait for."""
        from analytics.charts import draw

        draw(self._count(Top(), ChosenList(sample.top_list(), sample=True)))

    def answer(self, request: Request, as_of: dt.datetime | None = None) -> Answer:
        """
        Answer a request, from the newest reading or from what was known at `as_of`.

        Raises:  NoSuchName (a task, an author, a model); NothingStored when the source is out of reach and nothing
                 stored fits.
        """
        match request:
            case Top():
                return self._top(request, as_of)
            case Changes():
                from analytics.answering import answer_changes

                return answer_changes.answer(request, self.context, as_of)
            case OneModel() | Compare():
                from analytics.answering import answer_models

                return answer_models.answer(request, self.context, as_of)
            case Totals() | Trend():
                from analytics.answering import answer_census

                return answer_census.answer(request, self.context, as_of)
            case Papers():
                from analytics.answering import answer_papers

                return answer_papers.answer(request, self.context, as_of)
            case Official():
                from analytics.answering import answer_official

                return answer_official.answer(request, self.context, as_of)

    def answer_at_once(self, request: Request) -> Answer | None:
        """Answer as `answer` does where nothing outside has to be waited for; else give None, and nobody was asked."""
        try:
            with without_waiting():
                return self.answer(request)
        except WouldWait:
            return None

    def _top(self, request: Top, as_of: dt.datetime | None) -> Answer:
        try:
            reading = self._reading(request, as_of)
        except NothingStored:
            if request.task and request.task not in TASKS:
                raise self._nobody(request) from None
            raise
        if not reading.top_list.models:
            raise self._nobody(request)
        return self._count(request, reading)

    def _reading(self, request: Top, as_of: dt.datetime | None) -> ChosenList:
        if request.by == ALLTIME:
            from analytics.answering import census_list_cache

            return census_list_cache.reading(request, self.context, as_of)
        return self._top_lists.as_of(request, as_of) if as_of else self._top_lists.read(request)

    def _count(self, request: Top, reading: ChosenList) -> Answer:
        """Count, or give the same answer again: many people ask the same of the same list."""
        key = (
            request,
            reading.top_list.ranking,
            reading.top_list.as_of,
            reading.why,
            reading.sample,
            self._top_lists.notices,
        )
        with self._counting:
            if key not in self._counted:
                self._counted[key] = self._counted_anew(request, reading)
                while len(self._counted) > REMEMBERED_ANSWERS:
                    self._counted.popitem(last=False)
            return self._counted[key]

    def _counted_anew(self, request: Top, reading: ChosenList) -> Answer:
        from analytics.questions.top import TopCircumstances, top

        as_in_2022 = request == replace(Top(definition=Definition.DECLARED), n=request.n)
        circumstances = TopCircumstances(
            sample=reading.sample,
            stale=reading.stale,
            notes=(*([reading.why] if reading.why else []), *self._top_lists.notices),
            article=sample.article_top30() if as_in_2022 else None,
            beside=(sample.ARTICLE,) if as_in_2022 else (),
        )
        return top(request, reading.top_list, circumstances)

    def _nobody(self, request: Top) -> NoSuchTask | NoSuchAuthor:
        """Say which of the narrowing names is to blame for an empty list."""
        if request.task and (request.task not in TASKS or not request.author):
            near = nearest(request.task, [task for task in TASKS if task != request.task], most=3)
            return NoSuchTask(request.task, near)
        return NoSuchAuthor(request.author or "", self._near_authors(request.author or ""))

    def _near_authors(self, name: str) -> tuple[str, ...]:
        """Give the authors of the newest stored whole list (or the sample) whose names are most alike."""
        try:
            known = self._top_lists.as_of(Top(n=1), self._clock()).top_list
        except NothingStored:
            known = sample.top_list()
        authors = {model.author.casefold(): model.author for model in known.models if model.author}
        return tuple(authors[near] for near in nearest(name, tuple(authors), most=3))


def analyst_of(settings: "AnalyticsSettings", clock: Clock = utc_now) -> Analyst:
    """Make the analyst that the settings describe."""
    return Analyst(
        settings.frameworks_home,
        settings.hf_endpoint,
        settings.hub_token,
        clock=clock,
        papers_api_url=settings.papers_api_url,
        database_url=settings.database_address,
    )
