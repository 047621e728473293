"""
The door: a request goes in, an `Answer` comes out.

It picks the reading and calls the one question that fits; it counts nothing and shows nothing itself. What is heavy
(pandas, the Hub's client, the database) is imported when first needed, so that a program around it starts at once.
"""

import datetime as dt
import threading
from collections import OrderedDict
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from analytics import sample
from analytics.answer import Answer, Definition, Top
from analytics.collect import PATIENCE, Clock, Reading, TopLists
from analytics.errors import NoSuchAuthor, NoSuchTask, NothingStored
from analytics.grammar import nearest
from analytics.tasks import TASKS

if TYPE_CHECKING:
    from analytics.database import Database


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
        clock: Clock = utc_now,
        seconds: float = PATIENCE,
    ) -> None:
        self._home = home
        self._endpoint = endpoint
        self._token = token
        self._clock = clock
        self._seconds = seconds
        self._opening = threading.Lock()
        self._counting = threading.Lock()
        self._counted: OrderedDict[object, Answer] = OrderedDict()
        self._opened: TopLists | None = None
        self._database: Database | None = None

    @property
    def _top_lists(self) -> TopLists:
        with self._opening:
            self._opened = self._opened or self._open()
            return self._opened

    def _open(self) -> TopLists:
        from analytics.database import Database
        from analytics.snapshots import Snapshots
        from analytics.sources.hub import Hub

        self._database = Database(self._home, self._clock)
        hub = Hub(endpoint=self._endpoint, token=self._token)
        return TopLists(hub, Snapshots(self._database), self._clock, self._seconds)

    def close(self) -> None:
        """Close the database, if it was ever opened."""
        if self._database:
            self._database.close()

    def warm_up(self) -> None:
        """Import and open now what the first question would have to wait for."""
        from analytics.charts import draw

        draw(self._count(Top(), Reading(sample.top_list(), sample=True)))

    def answer(self, request: Top, as_of: dt.datetime | None = None) -> Answer:
        """
        Answer a request, from the newest reading or from what was known at `as_of`.

        Raises:  NoSuchTask, NoSuchAuthor; NothingStored when the Hub is out of reach and nothing stored fits.
        """
        try:
            reading = self._top_lists.as_of(request, as_of) if as_of else self._top_lists.read(request)
        except NothingStored:
            if request.task and request.task not in TASKS:
                raise self._nobody(request) from None
            raise
        if not reading.top_list.models:
            raise self._nobody(request)
        return self._count(request, reading)

    def _count(self, request: Top, reading: Reading) -> Answer:
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

    def _counted_anew(self, request: Top, reading: Reading) -> Answer:
        from analytics.questions.top import Circumstances, top

        as_in_2022 = request == replace(Top(definition=Definition.DECLARED), n=request.n)
        circumstances = Circumstances(
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
            return NoSuchTask(request.task, nearest(request.task, TASKS, most=3))
        return NoSuchAuthor(request.author or "", self._near_authors(request.author or ""))

    def _near_authors(self, name: str) -> tuple[str, ...]:
        """Give the authors of the newest stored whole list (or the sample) whose names are most alike."""
        try:
            known = self._top_lists.as_of(Top(n=1), self._clock()).top_list
        except NothingStored:
            known = sample.top_list()
        authors = {model.author.casefold(): model.author for model in known.models if model.author}
        return tuple(authors[near] for near in nearest(name, tuple(authors), most=3))
