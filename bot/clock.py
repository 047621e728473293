"""
The clock: APScheduler ticks, and each tick asks whether something is due.

The only thing due so far is a fresh top list, so that questions are answered from a stored one and nobody waits.
"""

import logging

from apscheduler.schedulers.background import BackgroundScheduler

from analytics.ask import Analyst
from analytics.errors import AnalyticsError
from analytics.request import Top

log = logging.getLogger(__name__)

MINUTES_BETWEEN_TICKS = 30
GRACE_SECONDS = 6 * 3600
"""A tick missed while the machine slept is made up for, however late (APScheduler's own grace is one second)."""


class Clockwork:
    """Keeps the standing question's list fresh in the background."""

    def __init__(self, analyst: Analyst) -> None:
        self._analyst = analyst
        self._scheduler = BackgroundScheduler(timezone="UTC")

    def start(self) -> None:
        """Begin to tick; the first tick comes after one interval."""
        self._scheduler.add_job(
            self.tick,
            "interval",
            id="keep-fresh",
            minutes=MINUTES_BETWEEN_TICKS,
            replace_existing=True,
            coalesce=True,
            max_instances=1,
            misfire_grace_time=GRACE_SECONDS,
        )
        self._scheduler.start()

    def tick(self) -> None:
        """Read the standing list anew if it has grown old; a Hub that does not answer is asked at the next tick."""
        try:
            self._analyst.answer(Top())
        except AnalyticsError as trouble:
            log.warning("the standing list could not be renewed: %s", trouble)

    def stop(self) -> None:
        """Stop ticking, letting a tick under way finish."""
        if self._scheduler.running:
            self._scheduler.shutdown()
