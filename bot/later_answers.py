"""
Questions that wait for what is being collected: kept in the database, answered by themselves, each once.

A question is kept with where its answer goes and its canonical words, nothing of what was typed. Whoever answers it
claims it first, for good, so that it is never answered twice; a process that dies between the two leaves it unanswered.
"""

import datetime as dt
import hashlib
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from analytics import grammar
from analytics.analyst import Analyst
from analytics.context import Clock
from analytics.domain.needs import find_need
from analytics.domain.reading_kinds import CENSUS, OFFICIAL, WAITING_QUESTION
from analytics.domain.requests import Request
from analytics.outlook import Expected, Stage
from analytics.storage.readings import Reading
from bot.place import Place, Respond
from bot.shared_marks import Marks

READ: Mapping[str, str] = {"census": CENSUS, "papers": "", "official": OFFICIAL}
"""What can be waited for; and the kind of reading that shows that it is there though no log says so."""

FOR_GOOD = 10 * 365 * 86_400.0
"""Seconds: who has claimed a question has answered it."""

ANSWERED = "answered"

LONGEST = dt.timedelta(days=7)
"""Who asked longer ago than this does not wait any more."""

ANSWERABLE = dt.timedelta(minutes=29)
"""How long a response_url can be used (30 minutes); only the process that was asked has it."""


@dataclass(frozen=True, slots=True)
class WaitingQuestion:
    """A question, where its answer goes, and whether it is for the asker alone."""

    place: Place
    request: Request
    privately: bool = False

    @property
    def mark(self) -> str:
        """Name it: the same asked twice in one place by one person is one question."""
        place = self.place
        parts = (place.team, place.channel, place.thread_ts, place.user, self.request.words, self.privately)
        return hashlib.sha256("\n".join(map(str, parts)).encode()).hexdigest()


class LaterAnswers:
    """
    Remembers who waits for what; `marks` are those of the database, so that one process answers each, once.

    `home` is the workspace of the token: another's bot on the same database cannot post where these wait.
    """

    def __init__(self, analyst: Analyst, marks: Marks, clock: Clock, home: str = "") -> None:
        self._home = home
        self._analyst = analyst
        self._marks = marks
        self._clock = clock
        self._lock = threading.Lock()
        self._ways: dict[str, tuple[dt.datetime, Respond]] = {}

    def promise(self, question: WaitingQuestion, *, refused: bool) -> Expected | None:
        """
        Keep a question whose answer is to be expected, and tell when; None where nothing is promised.

        Who got a sample is not told again and again that there is no network; who got nothing is.
        """
        need = find_need(question.request)
        if need is None or need not in READ or self._is_read(need):
            return None
        expected = self._analyst.context.outlook.expect(need, self._clock())
        if expected.stage is Stage.UNKNOWN or (not refused and not self._is_news(expected)):
            return None
        if expected.stage is not Stage.OFF and not self._keep(question):
            return None  # it would be forgotten
        return expected

    def _is_news(self, expected: Expected) -> bool:
        """Tell whether who has a sample should hear of it: not that there is no network, nor what is switched off."""
        if expected.stage is Stage.BY_BUTTON:
            return not self._analyst.context.outlook.plan(self._clock()).resting
        return expected.stage in (Stage.NOW, Stage.QUEUED)

    def _is_read(self, need: str) -> bool:
        """Tell whether it was collected whole: of the papers one half may be stored while the other is read."""
        if need not in READ:
            return False
        done, _ = self._analyst.tell_last_collection(need)
        return done is not None or (bool(READ[need]) and self._analyst.context.readings.newest(READ[need]) is not None)

    def _keep(self, question: WaitingQuestion) -> bool:
        """Keep a question; tell whether it is kept."""
        now, place = self._clock(), question.place
        if place.respond:
            with self._lock:
                self._ways = {mark: way for mark, way in self._ways.items() if now - way[0] <= ANSWERABLE}
                self._ways[question.mark] = now, place.respond
        body = {
            "place": {name: getattr(place, name) for name in KEPT_OF_PLACE},
            "words": question.request.words,
            "privately": question.privately,
            "home": self._home,
        }
        kept = question.mark in self._open(now)
        return kept or self._analyst.context.readings.add(Reading(WAITING_QUESTION, question.mark, now, "", body))

    def list_ready(self) -> Iterator[WaitingQuestion]:
        """Give the questions whose source has been read meanwhile."""
        for reading in self._open(self._clock()).values():
            question = self._from_reading(reading)
            need = find_need(question.request) if question else None
            if question and need and self._is_read(need):
                yield question

    def claim(self, question: WaitingQuestion) -> bool:
        """Take a question for ours and answered; tell whether nobody had it."""
        now = self._clock()
        reading = self._open(now).get(question.mark)
        if reading is None or not self._marks.claim([f"waiting {question.mark} {reading.as_of}"], FOR_GOOD):
            return False
        return self._analyst.context.readings.add(Reading(WAITING_QUESTION, question.mark, now, ANSWERED, {}))

    def _open(self, now: dt.datetime) -> dict[str, Reading]:
        """Give what waits in our workspace, by its mark."""
        kept = self._analyst.context.readings.newest_of(WAITING_QUESTION, None, now)
        ours = {mark: one for mark, one in kept.items() if one.body and one.body.get("home", "") == self._home}
        return {mark: one for mark, one in ours.items() if now - one.as_of <= LONGEST}

    def _from_reading(self, reading: Reading) -> WaitingQuestion | None:
        """Read a question; None for words that this version does not know any more."""
        request = grammar.parse(reading.body["words"])
        if isinstance(request, grammar.Unclear):
            return None
        place = Place(**reading.body["place"])
        with self._lock:
            asked, respond = self._ways.get(reading.key, (None, None))
        is_usable = asked is not None and self._clock() - asked <= ANSWERABLE
        return WaitingQuestion(
            replace(place, respond=respond if is_usable else None), request, privately=reading.body["privately"]
        )


KEPT_OF_PLACE = ("channel", "user", "thread_ts", "direct", "in_thread", "group", "team")
"""What is kept of a place: not the response_url, which is a secret, nor the message whose button was clicked."""
