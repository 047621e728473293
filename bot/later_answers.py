"""
Questions that wait for what is being collected: kept in the database, answered by themselves, each once.

A question is kept with where its answer goes and its canonical words, nothing of what was typed. Whoever answers it has
the answer in hand and then claims it, for good, so that it is never answered twice: a database that is away before the
claim leaves it waiting, and after that nothing is asked of it. With the claim it is written that the answer is in hand:
where the process dies before it is posted, the question is taken up as any other is (`lost_questions.py`).
"""

import datetime as dt
import hashlib
import secrets
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from analytics import grammar
from analytics.analyst import Analyst
from analytics.context import Clock
from analytics.domain.needs import find_need
from analytics.domain.reading_kinds import CENSUS, OFFICIAL, WAITING_QUESTION
from analytics.domain.requests import Request
from analytics.outlook import Expected, Stage
from analytics.storage.readings import Beside, Reading
from bot.open_rows import keep_place
from bot.place import Place, Respond

READ: Mapping[str, str] = {"census": CENSUS, "papers": "", "official": OFFICIAL}
"""What can be waited for; and the kind of reading that shows that it is there though no log says so."""

ANSWERED = "answered"

LONGEST = dt.timedelta(days=7)
"""Who asked longer ago than this does not wait any more."""

MARK = 16
"""Letters of a question's name by which its answer is known again."""

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
        return name_waiting(keep_place(self.place), self.request.words, privately=self.privately)


def name_waiting(place: Mapping[str, Any], words: str, *, privately: bool) -> str:
    """Give the name of what waits in a place, as it is kept."""
    parts = (*(place[name] for name in ("team", "channel", "thread_ts", "user")), words, privately)
    return hashlib.sha256("\n".join(map(str, parts)).encode()).hexdigest()


class AskedHere:
    """
    What one process alone knows of a workspace's questions that wait; safe to use from several threads.

    Their response_urls; and which claims may have been kept or not, under the `name` that they bear.
    """

    def __init__(self) -> None:
        self.name = secrets.token_hex(8)
        self.unsure: set[str] = set()
        self.claiming = threading.Lock()
        self._lock = threading.Lock()
        self._kept: dict[str, tuple[dt.datetime, Respond]] = {}

    def keep(self, mark: str, respond: Respond, now: dt.datetime) -> None:
        """Keep one; those that are over go with it."""
        with self._lock:
            self._kept = {known: way for known, way in self._kept.items() if now - way[0] <= ANSWERABLE}
            self._kept[mark] = now, respond

    def find(self, mark: str, now: dt.datetime) -> Respond | None:
        """Give one that can still be used."""
        with self._lock:
            asked, respond = self._kept.get(mark, (None, None))
        return respond if asked is not None and now - asked <= ANSWERABLE else None


class LaterAnswers:
    """
    Remembers who waits for what; of several processes on one database one answers each, once.

    `home` is the workspace of the token: another's bot on the same database cannot post where these wait. `asked_here`
    may be that of before, where this takes another's place.
    """

    def __init__(self, analyst: Analyst, clock: Clock, home: str = "", asked_here: AskedHere | None = None) -> None:
        self._home = home
        self._analyst = analyst
        self._clock = clock
        self._asked_here = asked_here or AskedHere()

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
            self._asked_here.keep(question.mark, place.respond, now)
        body = {
            "place": keep_place(place),
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

    def claim(self, question: WaitingQuestion, beside: Beside | None = None) -> bool:
        """
        Take a question for ours and answered, kept before it is; tell whether nobody had it.

        `beside` is written with it or not at all: that it is in hand, so that it is not lost with this process.

        Where the database hangs up in the middle it may have been kept: then it is ours when the database is back.

        Raises:  DatabaseTrouble, DatabaseUnusable.
        """
        with self._asked_here.claiming:
            reading = self._open(self._clock()).get(question.mark)
            if reading is None:
                return False
            self._asked_here.unsure.add(question.mark)
            is_ours = reading.method == ANSWERED or self._claim(reading, beside)  # answered by us, as it turns out
            self._asked_here.unsure.discard(question.mark)
        return is_ours

    def _claim(self, reading: Reading, beside: Beside | None) -> bool:
        claimed = replace(reading, method=ANSWERED, body=reading.body | {"by": self._asked_here.name})
        return self._analyst.context.readings.claim(claimed, beside)

    def prove_readable(self) -> None:
        """Ask the database for nothing in particular. Raises DatabaseTrouble, DatabaseUnusable."""
        self._analyst.context.database.ping()

    def _open(self, now: dt.datetime) -> dict[str, Reading]:
        """Give what waits in our workspace, by its mark."""
        kept = self._analyst.context.readings.newest_of(WAITING_QUESTION, None, now)
        return {mark: one for mark, one in kept.items() if self._waits(one) and now - one.as_of <= LONGEST}

    def _waits(self, reading: Reading) -> bool:
        """Tell whether a question is one of ours that nobody has answered."""
        body: Mapping[str, object] = reading.body
        if not body or body.get("home", "") != self._home:
            return False
        return reading.method != ANSWERED or (
            reading.key in self._asked_here.unsure and body.get("by") == self._asked_here.name
        )

    def _from_reading(self, reading: Reading) -> WaitingQuestion | None:
        """Read a question; None for words that this version does not know any more."""
        request = grammar.parse(reading.body["words"])
        if isinstance(request, grammar.Unclear):
            return None
        respond = self._asked_here.find(reading.key, self._clock())
        place = Place(**reading.body["place"], respond=respond, work=reading.key[:MARK])
        return WaitingQuestion(place, request, privately=reading.body["privately"])
