"""
Who is served when: many people's questions on a few threads, so that nobody's keep back another's.

Four lines, each served in turn among the people in it. AT_ONCE is for reading what was typed, for words that need
nothing (help) and for short notices; SETTINGS for digests and status, which ask Slack; STORED for questions while they
may still be answered from what is stored; LOOKED_UP for all that turns out to wait for an outside source. A question
begins in the first and is passed on, so that nothing in one line ever stands behind what belongs into the next: what
would wait for a source in any other line is stopped there and begun anew in the last (`turns.py`).
"""

import logging
import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from enum import StrEnum
from functools import partial

from analytics.domain.wording import count, verb
from bot.courtesy import Courtesy
from bot.fair_queue import FairQueue

log = logging.getLogger(__name__)

EACH = 3
"""What one person may have under way in a line at once."""

MOST_WAITING = 500
"""Questions that may wait at once; beyond that people are asked to come back rather than left waiting."""

MOST_OF_A_WORKSPACE = 450
"""Of one workspace: people of another who share a channel with it are still heard."""

MOST_OF_ONE = 50
"""Of one person."""


class Lane(StrEnum):
    """What a question waits for: nothing, Slack, what is stored, an outside source."""

    AT_ONCE = "at-once"
    STORED = "stored"
    SETTINGS = "settings"
    LOOKED_UP = "looked-up"


WORKERS = {Lane.AT_ONCE: 4, Lane.STORED: 8, Lane.SETTINGS: 8, Lane.LOOKED_UP: 8}
"""Threads of each line; most of their time is spent waiting for Slack or for the Hub."""


@dataclass(frozen=True, slots=True)
class Asker:
    """Whose share it is: the person, and the workspace they are in."""

    team: str
    person: str


@dataclass(frozen=True, slots=True)
class Onward:
    """What is left of a question, the line it belongs into, and what to tell about how many of the asker's wait."""

    line: Lane
    work: "Work"
    tell_waiting: Callable[[int], None]


Work = Callable[[], Onward | None]
"""Does a question's next part; None when it is done. It catches its own errors."""

IfLeft = Callable[[], bool]
"""Tells who asked that their question is not begun any more; tells us whether it reached them."""


DRAIN_SECONDS = 4.0
"""How long what was taken may go on when the process is stopped; who still waits then is told."""


class Full(Exception):
    """No more is taken at the moment; `yours` is how many of the asker's own wait where those are too many, else 0."""

    def __init__(self, yours: int = 0) -> None:
        super().__init__(f"{yours} of one person" if yours else "too many questions are waiting")
        self.yours = yours


class Stopped(Exception):
    """The process is being stopped."""


class FairShares:
    """Takes questions, counts whose they are, and has them worked on in turn; safe to use from several threads."""

    def __init__(self) -> None:
        self._lines = {line: FairQueue(line.value, workers, EACH) for line, workers in WORKERS.items()}
        self.courtesy = Courtesy()
        """What makes room for those who are not yet heard, also for other work of the process."""
        self._lock = threading.Lock()
        self._of_person: Counter[str] = Counter()
        self._of_team: Counter[str] = Counter()
        self._unasked: Counter[str] = Counter()
        self._stopped = False
        self._under_way = 0
        self._done = threading.Condition()
        self._if_left: dict[Callable[[], None], tuple[str, IfLeft]] = {}

    def start(self) -> None:
        """Start the threads, so that nobody waits for one."""
        for line in self._lines.values():
            line.start()

    def submit(self, asker: Asker, work: Work, if_left: IfLeft | None = None) -> None:
        """
        Take a question; `if_left` is called in place of its next part where the process ends before that.

        Raises:  Full; Stopped.
        """
        self.courtesy.heard()
        self._admit(asker)
        self._put(Lane.AT_ONCE, asker.person, lambda: self._work(asker, work, if_left), if_left)

    def aside(self, person: str, job: Callable[[], None], line: Lane = Lane.AT_ONCE) -> None:
        """Do something short that is no question, such as telling a person something."""
        self._put(line, person, job)

    def do_unasked(self, person: str, job: Callable[[], None], line: Lane) -> bool:
        """Do what nobody asked for, unless as much of it waits as of one's questions may; tell whether it is taken."""
        with self._lock:
            if self._unasked[person] >= MOST_OF_ONE or self._unasked.total() >= MOST_WAITING:
                return False
            self._unasked[person] += 1

        def do_and_leave() -> None:
            try:
                job()
            finally:
                with self._lock:
                    self._unasked -= Counter([person])

        self._put(line, person, do_and_leave)  # once the lines are closed nobody counts any more
        return True

    def wait_until_idle(self, seconds: float) -> bool:
        """Wait until everything taken is done, whatever it was passed on to; tell whether it is."""
        with self._done:
            return self._done.wait_for(lambda: self._under_way == 0, seconds)

    def close(self, patience: float = DRAIN_SECONDS) -> None:
        """Take nothing more, go on for so long with what was taken, and tell those who wait even then."""
        with self._lock:
            self._stopped = True
        self.wait_until_idle(patience)
        waiting = [job for line in self._lines.values() for job in line.stop()]
        left = [self._if_left.pop(job) for job in waiting if job in self._if_left]
        if left:
            with ThreadPoolExecutor(len(Lane)) as tellers:
                told = set(filter(None, tellers.map(_leave_alone, left)))
            questions = f"{count(len(left), 'question')} {verb(len(left), 'was', 'were')}"
            people = f"{count(len(told), 'asker')} {verb(len(told), 'was', 'were')}"
            log.warning("%s still waiting, and %s told so", questions, people)
        for line in self._lines.values():
            line.join()

    def _put(self, line: Lane, person: str, job: Callable[[], None], if_left: IfLeft | None = None) -> int | None:
        """Put a job into a line and count it until it is done; None once the lines are closed."""

        def do_and_count() -> None:
            self._if_left.pop(do_and_count, None)
            try:
                job()
            finally:
                self._count(-1)

        self._count(1)
        if if_left:
            self._if_left[do_and_count] = person, if_left
        waiting = self._lines[line].put(person, do_and_count)
        if waiting is None:
            self._if_left.pop(do_and_count, None)
            self._count(-1)
        return waiting

    def _count(self, more: int) -> None:
        with self._done:
            self._under_way += more
            self._done.notify_all()

    def _admit(self, asker: Asker) -> None:
        with self._lock:
            if self._stopped:
                raise Stopped
            if (yours := self._of_person[asker.person]) >= MOST_OF_ONE:
                raise Full(yours)
            if self._of_team[asker.team] >= MOST_OF_A_WORKSPACE or self._of_person.total() >= MOST_WAITING:
                raise Full
            self._of_person[asker.person] += 1
            self._of_team[asker.team] += 1

    def _leave(self, asker: Asker) -> None:
        with self._lock:
            for counts, key in ((self._of_person, asker.person), (self._of_team, asker.team)):
                counts[key] -= 1
                if not counts[key]:
                    del counts[key]

    def _work(self, asker: Asker, work: Work, if_left: IfLeft | None) -> None:
        """Do a question's next part; pass on the rest, or count it as done."""
        self.courtesy.wait()
        onward: Onward | None = None
        try:
            onward = work()
        finally:
            if onward is None:
                self._leave(asker)
        if onward:
            self._pass_on(asker, onward, if_left)

    def _pass_on(self, asker: Asker, onward: Onward, if_left: IfLeft | None) -> None:
        def rest() -> None:
            self._work(asker, onward.work, if_left)

        waiting = self._put(onward.line, asker.person, rest, if_left)
        if waiting is None:
            rest()  # the lines are closed, but this question is under way: it is finished here
        elif waiting.bit_count() == 1:  # at 1, 2, 4, 8 ...: often enough to know, seldom enough to bear
            self.aside(asker.person, partial(onward.tell_waiting, waiting))


def _leave_alone(left: tuple[str, IfLeft]) -> str:
    """Have somebody told that nobody begins their question any more; give whom, if it reached them."""
    person, tell = left
    try:
        return person if tell() else ""
    except Exception:
        log.exception("telling somebody that their question is left failed")
        return ""
