"""
What goes back to Slack for each envelope: from a thread of its own, all that has gathered in one write.

Whoever writes to a socket lets go of the interpreter, and waits up to five milliseconds for it while anything else is
computed: of two hundred commands at once that was a second. So those who take commands only lay the acknowledgement
down, and the next write takes what a crowd has laid down meanwhile.
"""

import logging
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from queue import Empty, SimpleQueue

from bot.runtime.wire import Wire
from bot.slack_errors import SLACK_FAILURES, describe

log = logging.getLogger(__name__)

PATIENCE, LOOK = 2.5, 0.05
"""Seconds: Slack waits three for an acknowledgement; between two looks whether there is a connection again."""


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    """What is sent, the connection its envelope came by, and until when it is worth sending."""

    text: str
    came_by: Wire | None
    latest: float


class Acknowledgements:
    """
    Sends them where the envelope came from; where that has ended, by the connection of now or the next one.

    `current` gives the connection of now. Safe to use from several threads; before `start` and after `close` whoever
    lays one down sends it.
    """

    def __init__(self, current: Callable[[], Wire | None]) -> None:
        self._current = current
        self._laid_down: SimpleQueue[Acknowledgement | None] = SimpleQueue()
        self._thread = threading.Thread(target=self._send_on, name="acknowledging", daemon=True)
        self._closed = False

    def start(self) -> None:
        """Start the thread."""
        if not self._thread.is_alive():
            self._thread.start()

    def close(self) -> None:
        """Send what is left, which nothing more is waited for."""
        self._closed = True
        self._laid_down.put(None)
        if self._thread.is_alive():
            self._thread.join()
        self._send_here()

    def put(self, text: str, came_by: Wire | None) -> None:
        """Lay one down."""
        self._laid_down.put(Acknowledgement(text, came_by, time.monotonic() + PATIENCE))
        if not self._thread.is_alive():
            self._send_here()

    # ------------------------------------------------------------------------------------------------------- sending

    def _send_on(self) -> None:
        """Send until closed; those for which there is no connection stay, and are tried again a moment later."""
        left: list[Acknowledgement] = []
        while not self._closed:
            left = self._send([*left, *self._await(LOOK if left else None)])
        for one in left:
            self._laid_down.put(one)

    def _send_here(self) -> None:
        """Send what lies there, by whoever calls; wait for a connection as long as for any."""
        left = list(self._take_gathered())
        while left := self._send(left):
            time.sleep(LOOK)

    def _await(self, seconds: float | None) -> Iterable[Acknowledgement]:
        """Wait for the first, and give it with all that lie behind it."""
        try:
            first = self._laid_down.get(timeout=seconds)
        except Empty:
            return ()
        return ([first] if first else []) + list(self._take_gathered())

    def _take_gathered(self) -> Iterator[Acknowledgement]:
        while True:
            try:
                one = self._laid_down.get_nowait()
            except Empty:
                return
            if one:
                yield one

    def _send(self, those: list[Acknowledgement]) -> list[Acknowledgement]:
        """Send each by its own connection, else by that of now; give those that may still be sent later."""
        left = _send_by(lambda one: one.came_by, those)
        left = _send_by(lambda _: self._current(), left)
        now = time.monotonic()
        late = [one for one in left if self._closed or now >= one.latest]
        for _ in late:
            log.info("an acknowledgement came too late: the connection had ended")
        return [one for one in left if one not in late]


def _send_by(way_of: Callable[[Acknowledgement], Wire | None], those: list[Acknowledgement]) -> list[Acknowledgement]:
    """Send to each connection, in one write, what goes by it; give those that it did not take."""
    by_way: defaultdict[Wire | None, list[Acknowledgement]] = defaultdict(list)
    for one in those:
        by_way[way_of(one)].append(one)
    return [one for way, group in by_way.items() if not _sends(way, [one.text for one in group]) for one in group]


def _sends(way: Wire | None, texts: list[str]) -> bool:
    """Send by a connection, which may end at the same moment; tell whether it took them."""
    if way is None or not way.is_active():
        return False
    try:
        way.send_together(texts)
    except SLACK_FAILURES as failure:
        log.info("a connection ended while something was sent: %s", describe(failure))
        return False
    return True
