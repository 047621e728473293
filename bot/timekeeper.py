"""
The process that keeps the time for several that take Slack's requests: one is active, the others stand by.

A digest is brought exactly once whoever ticks (its slot is claimed first); that one process ticks spares the others the
collecting and the reading. Whoever stands by asks every ten seconds, so a process that died is replaced within a
minute.
"""

import logging
import threading
from collections.abc import Callable

from analytics.storage.leadership import Leadership
from bot.app import Bot

log = logging.getLogger(__name__)

A_LOOK = 10.0
"""Seconds between looks, for who stands by and for who leads."""

LOST = 1
"""The status with which a process ends that lost the lead: whoever started it starts it anew, and it stands by."""


class Timekeeper:
    """Waits for its turn, then runs the bot that `make` gives until it is closed or has lost the lead."""

    def __init__(self, url: str, make: Callable[[], Bot], a_look: float = A_LOOK) -> None:
        self._leadership = Leadership(url)
        self._make = make
        self._a_look = a_look
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="timekeeper", daemon=True)
        self._bot: Bot | None = None
        self.status = 0

    @property
    def bot(self) -> Bot | None:
        """The bot that ticks, if it is this process's."""
        return self._bot

    @property
    def has_begun(self) -> bool:
        """Whether it stands by, or leads."""
        return self._thread.ident is not None

    @property
    def leads(self) -> bool:
        """Whether it is the one that ticks."""
        return self._bot is not None

    def start(self, when_lost: Callable[[], None]) -> None:
        """Begin to stand by; `when_lost` is called once if it led and does no more."""
        self._when_lost = when_lost
        self._thread.start()

    def close(self) -> None:
        """Finish what is under way and let another take over."""
        self._stopping.set()
        self._thread.join()
        if self._bot:
            self._bot.close()
        self._leadership.close()

    def _run(self) -> None:
        log.info("standing by: another process may keep the time")
        while not self._leadership.take():
            if self._stopping.wait(self._a_look):
                return
        log.info("keeping the time: digests and collecting are this process's")
        try:
            self._bot = bot = self._make()
            bot.start()
        except Exception:
            log.exception("the time cannot be kept here: the bot did not start; another process may take over")
            self._end()
            return
        while not self._stopping.wait(self._a_look):
            if not self._leadership.is_held():
                log.warning("the lead is lost: the database was away, and another process may keep the time now")
                self._end()
                return

    def _end(self) -> None:
        """End this process, and with it its lead: whoever leads and does not tick would keep all others from it."""
        self.status = LOST
        self._when_lost()
