"""
"Looking up ..." while the work takes longer than a moment, and gone when the answer is there.

Not sooner than after a moment: most answers are there by then, and a notice that comes and goes at once only flickers.
"""

import threading
from types import TracebackType
from typing import Self

from bot.delivery import Delivery
from bot.messages import Message
from bot.place import Place


class Notice:
    """A context: what takes longer than `moment` seconds inside it is announced, and the announcement taken back."""

    def __init__(self, delivery: Delivery, place: Place, message: Message, moment: float, *, privately: bool) -> None:
        self._delivery = delivery
        self._place = place
        self._message = message
        self._privately = privately
        self._lock = threading.Lock()
        self._over = threading.Event()
        self._ts = ""
        self._begun = False
        self._late = threading.Timer(moment, self._say)
        self._late.daemon = True

    def __enter__(self) -> Self:
        self.begin()
        return self

    def begin(self) -> None:
        """Count the moment from now on; once, however many parts the work has."""
        if not self._begun:
            self._begun = True
            self._late.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.end()

    def end(self) -> None:
        """Take it back, or see to it that it is not said any more; once is enough."""
        self._late.cancel()
        with self._lock:
            self._over.set()
            ts, self._ts = self._ts, ""
        if ts:
            self._delivery.take_back(self._place, ts)

    def _say(self) -> None:
        """Say it; where the answer was quicker after all, take it back at once."""
        if self._over.is_set():
            return
        ts = self._delivery.notice(self._place, self._message, privately=self._privately)
        with self._lock:
            too_late = self._over.is_set()
            self._ts = "" if too_late else ts
        if too_late and ts:
            self._delivery.take_back(self._place, ts)
