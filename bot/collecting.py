"""
Collecting in a thread of its own: from the start on, the census last, politely, and never by two processes at once.

What is due is asked of the store, so that neither a restart nor a second process collects again what is fresh. What
failed rests: by what may pass, in pauses that grow from two minutes on; by anything else for hours. The thread sleeps
until a tick, a wish or the end of a rest wakes it.
"""

import datetime as dt
import logging
import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence

from analytics.analyst import Analyst, utc_now
from analytics.context import Clock
from analytics.domain.collectors import EFFORTS, Collector
from analytics.domain.staleness import COLLECTED, DAY, MARK_AHEAD, TRIED, is_to_come, rest_after_failure
from analytics.domain.wording import count, minute
from analytics.errors import SourceError, explain_mistake
from analytics.outlook import Plan, TellTime
from analytics.storage.collection_log import Failure
from bot.collecting_apart import CollectedHere, CollectingStopped, CollectionBroken, CollectionRunner
from bot.observer import UNOBSERVED, Observer
from bot.shared_marks import Alone, Marks

log = logging.getLogger(__name__)

OURS_SECONDS = 900.0
"""How long a collection is another process's that gives no sign of life: more than the longest single step."""

HEAVY = (Collector.CENSUS,)
"""What is collected by itself for a workspace, and in the playground only by a button."""

SIGN_SECONDS = 60.0
"""Seconds between signs of life, and between lines of progress in the log."""

ELSEWHERE = dt.timedelta(minutes=1)
"""After so long it is looked again whether another process has done it."""


class Collecting:
    """
    Collects for one process. `by_button`: what is collected only when somebody asks for it (`ask_for`).

    `marks` are those of all processes on one database. `runner` is how each is collected; in this thread by default.
    """

    def __init__(
        self,
        analyst: Analyst,
        clock: Clock = utc_now,
        rhythms: Mapping[Collector, dt.timedelta] = COLLECTED,
        *,
        by_button: Iterable[Collector] = (),
        marks: Marks | None = None,
        observer: Observer = UNOBSERVED,
        runner: CollectionRunner | None = None,
    ) -> None:
        self._listeners: list[Callable[[Collector], None]] = []
        self._analyst = analyst
        self._runner = runner or CollectedHere(analyst)
        self._clock = clock
        self._rhythms = rhythms
        self._by_button = frozenset(by_button)
        self._marks = marks or Alone()
        self._observer = observer
        self._wished: set[Collector] = set()
        self._done: dict[Collector, dt.datetime] = {}
        self._resting: dict[Collector, dt.datetime] = {}
        self._tried: dict[Collector, dt.datetime] = {}
        self._current: Collector | None = None
        self._signed = 0.0
        self._lock = threading.RLock()
        self._woken = threading.Event()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="collecting", daemon=True)

    # --------------------------------------------------------------------------------------------------- the thread

    def report_to(self, hear: Callable[[Collector], None]) -> None:
        """Let somebody hear of each that was tried, in the thread that tried it."""
        self._listeners.append(hear)

    def start(self) -> None:
        """Begin at once."""
        self._thread.start()
        self._woken.set()

    def wake(self) -> None:
        """Look what is due."""
        self._woken.set()

    def stop(self, seconds: float) -> bool:
        """End what is under way, here at its next word; tell whether it ended within so many seconds."""
        self._stopping.set()
        self._runner.end()
        self._woken.set()
        if self._thread.is_alive():
            self._thread.join(seconds)
        self._analyst.context.outlook.forget()
        return not self._thread.is_alive()

    @property
    def is_alive(self) -> bool:
        """Whether something is still under way, after `stop` too."""
        return self._thread.is_alive()

    def _run(self) -> None:
        while not self._stopping.is_set():
            self._woken.wait(self._seconds_of_rest())
            self._woken.clear()
            try:
                self.look()
            except CollectingStopped:
                log.info("a collection was ended in its middle; the next start goes on with it")
            except Exception as trouble:  # a thread that ends would never collect again
                log.warning("what is due could not be looked for: %s", trouble, exc_info=_with_traceback())

    def _seconds_of_rest(self) -> float | None:
        """Say how long to sleep: until the first rest is over, and never less than a minute; ticks wake it too."""
        if not self._resting:
            return None
        left = min(until - self._clock() for until in self._resting.values())
        return max(left.total_seconds(), SIGN_SECONDS)

    # ---------------------------------------------------------------------------------------------------- what is due

    def ask_for(self, what: Iterable[Collector]) -> None:
        """Have something collected now, however fresh it is."""
        with self._lock:
            self._wished.update(set(what) & set(self._rhythms) - {self._current})
        self._woken.set()

    def is_ready(self, needs: Iterable[Collector], at: dt.datetime) -> bool:
        """Tell whether what a digest needs is at most a day old at a moment, or was tried lately; else have it read."""
        missing = [what for what in needs if what in self._rhythms and not self._is_fresh(what, at)]
        if missing:
            self.ask_for(missing)
        return not missing

    def _is_fresh(self, what: Collector, at: dt.datetime) -> bool:
        """Tell whether it is at most a day old; or cannot be: it failed just now, or only a button collects it."""
        done, _ = self._analyst.tell_last_collection(what)
        if what in self._by_button or (done and at - done.as_of <= DAY):
            return True
        tried = self._tried.get(what)
        is_over = what != self._current and what not in self._wished
        return is_over and tried is not None and abs(self._clock() - tried) <= TRIED

    def tell(self, now: dt.datetime, tell_time: TellTime = minute) -> tuple[Sequence[str], str]:
        """Say what is read now, or rests; and what a button would have read, empty while it is or while it is fresh."""
        plan = self._analyst.context.outlook.plan(now)
        rests = [plan.expect(what, now).say(tell_time) for what in plan.resting if plan.current is None]
        pending = {plan.current, *plan.queue, *self._wished}
        offered = [what for what in self._by_button - pending if not self._has_today(what, now)]
        names = [f"Read {EFFORTS[what].name} ({EFFORTS[what].size})" for what in offered]
        return [*plan.tell(now, tell_time), *rests[:1]], next(iter(names), "")

    def _has_today(self, what: Collector, now: dt.datetime) -> bool:
        done, _ = self._analyst.tell_last_collection(what)
        return done is not None and now - done.as_of <= DAY

    def look(self) -> None:
        """Collect what is due, in the order of `COLLECTED`, one after the other, until nothing is."""
        while not self._stopping.is_set():
            due = [what for what in self._rhythms if self._is_due(what)]
            self._announce(None, due)
            if not due:
                return
            self._collect(due)

    def _is_due(self, what: Collector) -> bool:
        """Ask the store; a wish is due at once."""
        now = self._clock()
        if what in self._wished:
            return True
        if what in self._by_button or now < self._resting.get(what, now) <= now + self._longest_rest(what):
            return False
        self._resting.pop(what, None)
        done, failed = self._analyst.tell_last_collection(what)
        # What this process did is known to it though it could not be stored: else it would be done for ever.
        known = [*([done.as_of] if done else []), *([self._done[what]] if what in self._done else [])]
        moments = [moment for moment in known if not is_to_come(moment, now)]
        if moments and now < max(moments) + self._rhythms[what]:
            return False
        until = failed and failed.as_of + rest_after_failure(self._rhythms[what], failed.passing)
        if until and now < until:
            self._resting[what] = until
            return False
        return True

    def _longest_rest(self, what: Collector) -> dt.timedelta:
        """Say how far ahead a rest may end: further was begun by a clock that was set back since."""
        return rest_after_failure(self._rhythms[what]) + MARK_AHEAD

    # ------------------------------------------------------------------------------------------------------- one try

    def _collect(self, due: list[Collector]) -> None:
        """Collect the first; whatever comes of that, it is not tried again at once."""
        what = due[0]
        with self._lock:
            self._current = what
            self._tried[what] = self._clock()
            self._wished.discard(what)
        try:
            if self._marks.claim([_mark(what)], OURS_SECONDS):
                self._do(what, due[1:])
            else:
                log.info("%s is collected by another process", what)
                self._resting[what] = self._clock() + ELSEWHERE
        finally:
            with self._lock:
                self._current = None
        for hear in self._listeners:
            hear(what)

    def _do(self, what: Collector, then: list[Collector]) -> None:
        """Collect what is ours now, and let others have it afterwards."""
        began, outcome = time.monotonic(), "failed"
        _, failed_before = self._analyst.tell_last_collection(what)
        try:
            self._announce(what, then)
            log.info("collecting %s (%s)", what, EFFORTS[what].size)
            for sentence in self._runner.run(what, self._hear):
                log.info("collected %s: %s", what, sentence)
            self._done[what] = self._tried[what]
            self._resting.pop(what, None)
            outcome = "collected"
            log.info("collected %s in %s", what, count(round(time.monotonic() - began), "second"))
        except CollectingStopped:
            outcome = "stopped"
            raise
        except BlockingIOError as busy:
            outcome = "elsewhere"
            log.info("%s", busy.strerror)
            self._resting[what] = self._clock() + ELSEWHERE
        except Exception as trouble:  # noqa: BLE001 - a collector must not stop the others
            self._note_failure(what, trouble, failed_before)
            self._rest(what, trouble)
        finally:
            self._marks.end([_mark(what)])
            self._observer.note_collection(what, outcome, time.monotonic() - began)

    def _note_failure(self, what: Collector, trouble: Exception, before: Failure | None) -> None:
        """Have the store know of every failure: a mistake of ours, or a child's end, nobody has written there yet."""
        _, failed = self._analyst.tell_last_collection(what)
        if failed == before:
            known = isinstance(trouble, CollectionBroken | SourceError | OSError)
            self._analyst.note_failed_collection(what, str(trouble) if known else explain_mistake(trouble))

    def _rest(self, what: Collector, trouble: Exception) -> None:
        """Leave it alone, for as long as it failed; where no store knows of it, for hours."""
        _, failed = self._analyst.tell_last_collection(what)
        pause = rest_after_failure(self._rhythms[what], failed.passing if failed else 0)
        self._resting[what] = until = (failed.as_of if failed else self._clock()) + pause
        again = failed is not None and failed.passing > 1  # said once; a network that is away is no news
        level = logging.INFO if again else logging.WARNING
        log.log(level, "%s could not be collected: %s; next try %s", what, trouble, until, exc_info=_with_traceback())

    def _hear(self, line: str, share: float | None = None, /) -> None:
        """Take down how far it is, give a sign of life, and end it where the process ends."""
        if self._stopping.is_set():
            raise CollectingStopped
        self._analyst.context.outlook.hear(line, share, self._clock())
        if self._current and time.monotonic() - self._signed >= SIGN_SECONDS:
            self._signed = time.monotonic()
            self._marks.keep([_mark(self._current)], OURS_SECONDS)
            log.info("collecting %s: %s", self._current, line)

    def _announce(self, current: Collector | None, queue: Sequence[Collector]) -> None:
        """Let it be known what is under way and what comes next."""
        resting = {what: (until, self._why(what)) for what, until in self._resting.items()}
        seconds = {what: self._analyst.tell_duration(what) for what in self._rhythms}
        coming = (*([current] if current else []), *queue)
        failed = {what: failure.why for what in coming if (failure := self._analyst.tell_last_collection(what)[1])}
        plan = Plan(
            current=current,
            queue=tuple(queue),
            resting=resting,
            by_button=self._by_button,
            seconds=seconds,
            failed=failed,
        )
        self._analyst.context.outlook.begin(plan, self._clock())

    def _why(self, what: Collector) -> str:
        _, failed = self._analyst.tell_last_collection(what)
        return failed.why if failed else "another process is at it, or something went wrong here"


def _mark(what: Collector) -> str:
    return f"collect {what}"


def _with_traceback() -> bool:
    return log.isEnabledFor(logging.DEBUG)
