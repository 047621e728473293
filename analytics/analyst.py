"""
The door: a request goes in, an `Answer` comes out.

It chooses who answers, and nothing else. What is heavy (matplotlib, the Hub's client, the database) is imported when
first needed, so that a program around it starts at once; the type checker follows each of these imports all the same.
"""

import datetime as dt
import threading
from collections.abc import Callable, Sequence
from copy import copy
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, assert_never

from analytics.child_work import DoWork, do_here
from analytics.context import PAPERS_API, PATIENCE, Clock, Context, TellProgress, silent
from analytics.domain.answer import Answer
from analytics.domain.collectors import Collector
from analytics.domain.requests import (
    Changes,
    Compare,
    Formats,
    LoadModel,
    New,
    Official,
    OneModel,
    Papers,
    Request,
    Share,
    Top,
    Totals,
    Trend,
    Why,
)
from analytics.errors import AnalyticsError
from analytics.hub_ear import DEAF, HubEar
from analytics.outlook import Outlook
from analytics.single_flight import SingleFlight, Turn, begin_at_once
from analytics.waiting import WouldWait, without_waiting

if TYPE_CHECKING:
    from analytics.settings import AnalyticsSettings
    from analytics.storage.collection_log import Failure
    from analytics.storage.database import Database
    from analytics.storage.readings import Reading


def utc_now() -> dt.datetime:
    """Tell the time; the default clock of programs, never of tests."""
    return dt.datetime.now(dt.UTC)


TakeTurns = Callable[["Database"], Turn]
"""Makes what lets several processes of one database do the same work in turn."""


def alone(_: "Database") -> Turn:
    """Wait for no other process: there is none."""
    return begin_at_once


class Analyst:
    """
    Answers questions from one data folder and one Hub.

    `shows_private`: whether models that only the token shows may be told of; not where others than its owner ask.
    `collects`: whether the bot in this folder collects by itself (COLLECT), to be told where something is missing.
    `ear` hears of each call to the Hub by a question; with `take_turns` processes of one database do the same in turn.
    `do_heavy` reads lists out of a census's file: here, or in a child process, for who answers for weeks (`ChildWork`).
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
        shows_private: bool = False,
        collects: bool = True,
        ear: HubEar = DEAF,
        take_turns: TakeTurns = alone,
        do_heavy: DoWork = do_here,
    ) -> None:
        self._do_heavy = do_heavy
        self._ear = ear
        self._take_turns = take_turns
        self._home = home
        self._endpoint = endpoint
        self._token = token
        self._clock = clock
        self._seconds = seconds
        self._papers_api_url = papers_api_url
        self._database_url = database_url
        self._shows_private = shows_private
        self._collects = collects
        self._opening = threading.Lock()
        self._opened: Context | None = None

    @property
    def context(self) -> Context:
        """What the doors work with; opened when first needed."""
        with self._opening:
            self._opened = self._opened or self._open()
            return self._opened

    def _open(self) -> Context:
        from analytics.sources.hub.client import HubClient
        from analytics.storage.database import Database
        from analytics.storage.readings import ReadingStore
        from analytics.storage.top_lists import TopListStore

        database = Database(self._home, self._clock, self._database_url)
        return Context(
            home=self._home,
            database=database,
            readings=ReadingStore(database, self._clock),
            top_lists=TopListStore(database, self._clock),
            hub=HubClient(endpoint=self._endpoint, token=self._token, ear=self._ear),
            hf_endpoint=self._endpoint,
            hf_token=self._token,
            papers_api_url=self._papers_api_url,
            clock=self._clock,
            seconds=self._seconds,
            shows_private=self._shows_private,
            do_heavy=self._do_heavy,
            outlook=Outlook(self._home, is_off=not self._collects),
            flights=SingleFlight(self._take_turns(database)),
        )

    def close(self) -> None:
        """Close the database, if it was ever opened."""
        if self._opened:
            self._opened.database.close()

    def collect(self, what: str, options: Sequence[str] = (), progress: TellProgress = silent) -> tuple[str, ...]:
        """
        Read a source and store what it says; see `analytics.collect`.

        Raises:  ValueError for a word that is no Collector; what `analytics.collect.collect` raises.
        """
        from analytics.collect import collect

        return collect(Collector(what), options, replace(self.context, progress=progress))

    def tell_last_collection(self, what: str) -> "tuple[Reading | None, Failure | None]":
        """Tell when it was last collected, and when a try since then failed, by whatever process."""
        from analytics.storage.collection_log import CollectionLog

        return CollectionLog(self.context.readings).last(what, self.context.clock())

    def note_failed_collection(self, what: str, why: str) -> None:
        """Write down that a try to collect it failed, of which whoever tried can say nothing any more."""
        from analytics.storage.collection_log import CollectionLog

        CollectionLog(self.context.readings).add_failure(what, why, self.context.clock())

    def tell_duration(self, what: str) -> float:
        """Tell how many seconds it took to collect it the last time, by whatever process; 0 where that is not known."""
        from analytics.storage.collection_log import CollectionLog

        return CollectionLog(self.context.readings).seconds(what)

    def warm_up(self) -> None:
        """Import and open now what the first question would have to wait for."""
        from analytics.answering import answer_top
        from analytics.charts import draw

        draw(answer_top.answer_from_sample(self.context))

    def answer(self, request: Request, as_of: dt.datetime | None = None) -> Answer:  # noqa: PLR0911 - a return a door
        """
        Answer a request, from the newest there is or from what was known at `as_of`.

        Raises:  NoSuchName (a task, an author, a model); NothingStored when the source is out of reach and nothing
                 stored fits.
        """
        match request:
            case Top():
                from analytics.answering import answer_top

                return answer_top.answer(request, self.context, as_of)
            case Changes():
                from analytics.answering import answer_changes

                return answer_changes.answer(request, self.context, as_of)
            case OneModel() | Compare() | Formats() | LoadModel():
                from analytics.answering import answer_models

                return answer_models.answer(request, self.context, as_of)
            case New():
                from analytics.answering import answer_lately

                return answer_lately.answer(request, self.context, as_of)
            case Share():
                from analytics.answering import answer_share

                return answer_share.answer(request, self.context, as_of)
            case Why():
                return _explain(request)
            case Totals() | Trend():
                from analytics.answering import answer_census

                return answer_census.answer(request, self.context, as_of)
            case Papers():
                from analytics.answering import answer_papers

                return answer_papers.answer(request, self.context, as_of)
            case Official():
                from analytics.answering import answer_official

                return answer_official.answer(request, self.context, as_of)
            case _:
                assert_never(request)

    def for_strangers(self) -> "Analyst":
        """
        Give who answers anybody at all, from the same store: of models that the token alone shows nothing is told.

        Work under way is shared with nobody here: what somebody who may know asked for is not theirs to get.
        """
        if not self._shows_private:
            return self
        other = copy(self)
        other._shows_private = False  # noqa: SLF001 - a copy of its own
        other._opened = replace(self.context, shows_private=False, flights=SingleFlight(self.context.flights.turn))  # noqa: SLF001 - a copy, as above
        return other

    def can_answer(self, request: Request, as_of: dt.datetime | None = None) -> bool:
        """Tell whether there is an answer now, or at least somebody to ask: what is not answered is not offered."""
        try:
            self.answer_at_once(request, as_of)
        except AnalyticsError:
            return False
        return True

    def answer_at_once(self, request: Request, as_of: dt.datetime | None = None) -> Answer | None:
        """Answer as `answer` does where nothing outside has to be waited for; else give None, and nobody was asked."""
        try:
            with without_waiting():
                return self.answer(request, as_of)
        except WouldWait:
            return None


def _explain(request: Why) -> Answer:
    """Tell a fact: nothing has to be read for it."""
    from analytics.explanations import explanations
    from analytics.questions.why import why

    return why(request, explanations()[request.topic])


def analyst_of(
    settings: "AnalyticsSettings",
    clock: Clock = utc_now,
    seconds: float = PATIENCE,
    ear: HubEar = DEAF,
    take_turns: TakeTurns = alone,
    do_heavy: DoWork = do_here,
) -> Analyst:
    """
    Make the analyst that the settings describe.

    Who asks waits for the Hub so many `seconds`; `ear` hears of it; processes of one database `take_turns`; what takes
    DuckDB and Arrow is done by `do_heavy`.
    """
    return Analyst(
        settings.frameworks_home,
        settings.hf_endpoint,
        settings.hub_token,
        clock=clock,
        seconds=seconds,
        papers_api_url=settings.papers_api_url,
        database_url=settings.database_address,
        shows_private=settings.shows_private,
        collects=settings.collect,
        ear=ear,
        take_turns=take_turns,
        do_heavy=do_heavy,
    )
