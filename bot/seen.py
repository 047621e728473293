"""What was handled a moment ago: an event delivered again is not answered again, nor is the second of two clicks."""

import math
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bot.shared_marks import Alone, Marks

REMEMBERED_SECONDS = 600
"""How long an event's id is remembered: Slack redelivers at once, after one and after five minutes."""

TWICE_SECONDS = 3.0
"""How long after it is done a second click on the same button is the same click: nobody has read the answer sooner."""


UNDER_WAY_SECONDS = 120.0
"""How long a gesture is another process's while that does not say that it is done."""


class Seen:
    """Remembers what was handled in the last minutes: Slack delivers some events more than once."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._marks: OrderedDict[str, float] = OrderedDict()
        self._lock = threading.Lock()

    def first_time(self, *marks: str) -> bool:
        """Tell whether none of these marks was seen before, and remember them."""
        with self._lock:
            while self._marks and next(iter(self._marks.values())) < self._now() - REMEMBERED_SECONDS:
                self._marks.popitem(last=False)
            known = any(mark in self._marks for mark in marks)
            self._marks.update(dict.fromkeys(marks, self._now()))
            return not known


class Gestures:
    """
    Remembers what people did with buttons and forms: each counts once while it is worked on, and a moment longer.

    `shared` are the marks of all processes on one database. They are asked by who does the work (`is_ours`), not by who
    acknowledges, because a database may take its time.
    """

    def __init__(self, now: Callable[[], float], shared: Marks | None = None) -> None:
        self._now = now
        self._shared = shared or Alone()
        self._ours: set[str] = set()
        self._until: dict[str, float] = {}
        self._lock = threading.Lock()

    def begin(self, gesture: str) -> bool:
        """Tell whether this is the first of its kind, and remember it until a moment after `end`."""
        with self._lock:
            now = self._now()
            self._until = {known: until for known, until in self._until.items() if until > now}
            if gesture in self._until:
                return False
            self._until[gesture] = math.inf
            return True

    def is_ours(self, gesture: str) -> bool:
        """Tell whether no other process does what this asks for, and let none do it."""
        ours = self._shared.claim([gesture], UNDER_WAY_SECONDS)
        if ours:
            self._ours.add(gesture)
        return ours

    def end(self, gesture: str) -> None:
        """Note that what was asked for is done."""
        with self._lock:
            self._until[gesture] = self._now() + TWICE_SECONDS
            was_ours = gesture in self._ours
            self._ours.discard(gesture)
        if was_ours:
            self._shared.keep([gesture], TWICE_SECONDS)


@dataclass(frozen=True, slots=True)
class SeenLately:
    """What of one workspace was handled a moment ago."""

    events: Seen
    gestures: Gestures

    @classmethod
    def begin(cls, now: Callable[[], float], shared: Marks | None = None) -> "SeenLately":
        """Remember nothing yet."""
        return cls(Seen(now), Gestures(now, shared))


def name_gesture(body: dict[str, Any], action: dict[str, Any]) -> str:
    """Name who clicked what: the same twice is a double click."""
    container, user = body.get("container") or {}, body.get("user") or {}
    where = (body.get("channel") or {}).get("id"), container.get("message_ts") or container.get("view_id")
    return " ".join(map(str, (user.get("id"), *where, action.get("action_id"), action.get("value"))))
