"""
The clock: APScheduler ticks, and each tick asks what is due. Nothing is scheduled in it beyond the ticks.

Digests every minute; twice a minute what workspaces left behind, and what processes did that were killed; a fresh top
list every half hour, so that questions are answered from a stored one; every quarter of an hour collecting is woken in
its own thread (`collecting.py`), which has begun with the start.
"""

import datetime as dt
import logging
import threading
from collections.abc import Callable
from typing import Protocol

from apscheduler.schedulers.background import BackgroundScheduler

from analytics.analyst import Analyst, utc_now
from analytics.context import Clock
from analytics.domain.collectors import Collector
from analytics.domain.requests import Top
from analytics.errors import AnalyticsError, DatabaseTrouble, DatabaseUnusable
from bot.collecting import Collecting
from bot.runtime.memory import give_back
from bot.turns import nothing

log = logging.getLogger(__name__)

GRACE_SECONDS = 6 * 3600
"""A tick missed while the machine slept is made up for, however late (APScheduler's own grace is one second)."""


A_LOOK = 30.0
"""Seconds between looks at the clock itself."""

A_MOMENT = 0.8
"""Seconds that a collection has to end in when the program stops; what it kept is gone on with at the next start."""


class TickingPart(Protocol):
    """What ticks: the digests or the alerts of one workspace, or of each of many."""

    def tick(self) -> None:
        """Settle what is open, deliver what is due."""

    def correct(self) -> int:
        """Correct what has changed since; gives how many were."""

    def next_due(self, channel: str) -> dt.datetime | None:
        """Give the moment at which something comes next in a channel."""


class Scheduler:
    """
    Ticks in the background; tests call the ticks themselves.

    APScheduler goes by the wall clock, so a clock set back two hours would stop its ticks for two hours. But no tick
    can be due later than one interval from now: what is, was put off by the clock, and is brought back.
    """

    def __init__(
        self,
        analyst: Analyst,
        digests: TickingPart | None = None,
        clock: Clock = utc_now,
        collecting: Collecting | None = None,
        *,
        answer_later: Callable[[], None] = nothing,
        alerts: TickingPart | None = None,
        erase_again: Callable[[], None] | None = None,
        ask_again: Callable[[], None] = nothing,
    ) -> None:
        self._ask_again = ask_again
        self._alerts = alerts
        self._erase_again = erase_again
        self.collecting = collecting
        self._answer_later = answer_later
        if collecting:
            collecting.report_to(self._look_after)
        self._analyst = analyst
        self._digests = digests
        self._clock = clock
        self._scheduler = BackgroundScheduler(timezone="UTC")
        self._stopping = threading.Event()

    def start(self) -> None:
        """Begin to tick; the first tick of each kind comes after one interval."""
        self._every("keep-fresh", self.tick, minutes=30)
        if self.collecting:
            self._every("collect", self.collecting.wake, minutes=15)
            self._every("waiting-questions", self.answer_waiting, minutes=1)
        self._every("memory", give_back, minutes=1)
        if self._digests:
            self._every("digests", self.digest, minutes=1)
            self._every("corrections", self.correct, hours=24)
        self._every("lost-questions", self.ask_again, seconds=30)
        if self._erase_again:
            self._every("forgotten", self.erase_forgotten, seconds=30)
        self._scheduler.start()
        threading.Thread(target=self._watch, name="clock-watch", daemon=True).start()

    def upcoming(self) -> dict[str, dt.datetime]:
        """Give the time of each kind's next tick."""
        return {job.id: job.next_run_time for job in self._scheduler.get_jobs()}

    def _watch(self) -> None:
        while not self._stopping.wait(A_LOOK):  # by the steady clock
            self.bring_back(utc_now())

    def bring_back(self, now: dt.datetime) -> None:
        """Let every tick come now that lies further ahead than its interval: the clock was set back meanwhile."""
        for job in self._scheduler.get_jobs():
            if job.next_run_time and job.next_run_time - now > job.trigger.interval:
                log.warning("the clock was set back; the tick %s comes now", job.id)
                job.modify(next_run_time=now)

    def _every(self, name: str, tick: Callable[[], None], **interval: int) -> None:
        self._scheduler.add_job(
            tick,
            "interval",
            id=name,
            replace_existing=True,
            coalesce=True,
            max_instances=1,
            misfire_grace_time=GRACE_SECONDS,
            **interval,
        )

    def tick(self) -> None:
        """Read the standing list anew if it has grown old; a Hub that does not answer is asked at the next tick."""
        try:
            self._analyst.answer(Top())
        except AnalyticsError as trouble:
            log.warning("the standing list could not be renewed: %s", trouble)

    def _look_after(self, _: Collector) -> None:
        """After each collection: answer who waited for it, then bring the digests that did."""
        self.answer_waiting()
        self.digest()

    def answer_waiting(self) -> None:
        """Answer the questions that waited for what was collected, by whatever process; a database away waits too."""
        try:
            self._answer_later()
        except Exception:  # neither the clock nor a collection stops for it
            log.exception("waiting questions could not be looked after this time")

    def ask_again(self) -> None:
        """Take up what a process that was killed had in hand; a database that is away is asked at the next tick."""
        look_after("lost questions", self._ask_again)

    def digest(self) -> None:
        """Deliver the digests that are due; a database that is away is asked again at the next tick."""
        if self._digests:
            look_after("digests", self._digests.tick)
        self.alert()

    def alert(self) -> None:
        """Tell what alerts have to tell; what goes wrong with them keeps no digest from anybody."""
        if self._alerts:
            look_after("alerts", self._alerts.tick)

    def move_on(self) -> None:
        """Look after what a clock set ahead has made due: digests now, collecting at once in its own thread."""
        self.digest()
        if self.collecting:
            self.collecting.wake()

    def next_digest(self, channel: str) -> dt.datetime | None:
        """Give the moment at which a channel's digest comes next; None where none does."""
        try:
            return self._digests.next_due(channel) if self._digests else None
        except Exception:  # a database that is away knows of none now
            log.warning("when the next digest comes is not known", exc_info=log.isEnabledFor(logging.DEBUG))
            return None

    def correct(self) -> None:
        """Correct digests whose numbers have changed since."""
        if self._digests:
            look_after("corrections", self._digests.correct)

    def erase_forgotten(self) -> None:
        """Delete what was in hand of workspaces that left; a database away has it deleted at the next tick."""
        try:
            if self._erase_again:
                self._erase_again()
        except (DatabaseTrouble, DatabaseUnusable) as trouble:
            log.error("what workspaces left behind waits: %s", trouble)  # noqa: TRY400 - as above
        except Exception:  # the other ticks go on
            log.exception("what is left of workspaces that went could not be looked for this time")

    def pause(self) -> None:
        """Begin no further tick; a collection under way is to end."""
        self._stopping.set()
        if self.collecting:
            self.collecting.stop(0)
        if self._scheduler.running:
            self._scheduler.pause()

    def stop(self) -> None:
        """Stop ticking, letting a tick under way finish; a collection has a moment to end in."""
        if self._scheduler.running:
            self._scheduler.shutdown()
        if self.collecting and not self.collecting.stop(A_MOMENT):
            log.warning("stopped in the middle of collecting; what was kept is gone on with at the next start")


def look_after(what: str, work: Callable[[], object]) -> None:
    """Do what a tick is for; a database that is away is asked again at the next one, and so is all else that failed."""
    try:
        work()
    except (DatabaseTrouble, DatabaseUnusable) as trouble:
        log.error("%s wait: %s", what, trouble)  # noqa: TRY400 - where it was met says nothing to an operator
    except Exception:
        log.exception("the %s could not be looked after this time", what)
