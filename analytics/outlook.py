"""
What is being collected, what comes next, and when each will probably be there: for refusals, `status` and the page.

Written by whoever collects and read by whoever answers. It lies in the data folder too, so that a terminal beside the
bot knows; what has not been renewed for a while is the word of a process that is gone.
"""

import datetime as dt
import json
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from analytics.domain.collectors import EFFORTS, Collector
from analytics.domain.wording import clause, listing, minute, sentence

FILE = "collecting.json"
SILENCE = dt.timedelta(minutes=12)
"""After so long without a word nobody is at it: the longest single step, a download by the installer, takes five."""

EVERY = 2.0
"""Seconds between writings of the file."""

LEAST_SHARE = 0.02
"""From so much on what is done says how long the rest takes."""

A_MINUTE = dt.timedelta(minutes=1)
BY_BUTTON = "it is read only when somebody presses its button on the playground's page"
SWITCHED_OFF = "collecting is switched off here (COLLECT=off)"
TellTime = Callable[[dt.datetime], str]


class Stage(StrEnum):
    """How near something is to being collected."""

    NOW = "now"
    QUEUED = "queued"
    RESTING = "resting"
    BY_BUTTON = "by button"
    OFF = "off"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Expected:
    """
    When something will be there: `at` is when it is ready or, while it rests, tried again.

    `why` says what the last try failed by. What failed is promised for no moment: it may fail again.
    """

    what: Collector
    stage: Stage
    at: dt.datetime | None = None
    why: str = ""

    @property
    def is_coming(self) -> bool:
        """Whether it comes without anybody doing anything."""
        return self.stage in (Stage.NOW, Stage.QUEUED, Stage.RESTING)

    def say(self, tell_time: TellTime = minute) -> str:
        """Say it in sentences; empty where nothing is known."""
        name = sentence(EFFORTS[self.what].name)
        when = tell_time(self.at) if self.at else "soon"
        match self.stage:
            case Stage.NOW:
                return f"{name}: being read now, {self._promise(when)}."
            case Stage.QUEUED:
                return f"{name}: read next, {self._promise(when)}."
            case Stage.RESTING:
                return f"{name}: could not be read ({clause(self.why)}); the next try is at about {when}."
            case Stage.BY_BUTTON:
                size = EFFORTS[self.what].size
                return f"{name}: {size}, so {BY_BUTTON}."
            case Stage.OFF:
                return f"{name}: {SWITCHED_OFF}."
            case _:
                return ""

    def _promise(self, when: str) -> str:
        return f"again, for the last try failed ({clause(self.why)})" if self.why else f"ready about {when}"


@dataclass(frozen=True, slots=True)
class Plan:
    """
    All that is known: `left` seconds of `current` were left when it was `told`.

    `seconds` is how long each takes; `resting` when each is tried again and why it failed; `failed` why the last try of
    what is read now or next did.
    """

    told: dt.datetime | None = None
    current: Collector | None = None
    begun: dt.datetime | None = None
    line: str = ""
    left: float = 0.0
    queue: tuple[Collector, ...] = ()
    resting: Mapping[Collector, tuple[dt.datetime, str]] = field(default_factory=dict)
    by_button: frozenset[Collector] = frozenset()
    seconds: Mapping[Collector, float] = field(default_factory=dict)
    is_off: bool = False
    failed: Mapping[Collector, str] = field(default_factory=dict)

    def expect(self, what: Collector, now: dt.datetime) -> Expected:
        """Tell when something will be there."""
        if self.is_off:
            return Expected(what, Stage.OFF)
        if what == self.current:
            return Expected(what, Stage.NOW, self._end(now), self.failed.get(what, ""))
        if what in self.queue:
            before = self.queue[: self.queue.index(what) + 1]
            end = self._end(now) + dt.timedelta(seconds=sum(map(self._takes, before)))
            return Expected(what, Stage.QUEUED, end, self.failed.get(what, ""))
        if what in self.resting:
            until, why = self.resting[what]
            return Expected(what, Stage.RESTING, max(until, now), why)
        return Expected(what, Stage.BY_BUTTON if what in self.by_button else Stage.UNKNOWN)

    def _end(self, now: dt.datetime) -> dt.datetime:
        """Tell when the current one ends; where it should have by now, in a minute."""
        if self.current is None or self.told is None:
            return now
        return max(self.told + dt.timedelta(seconds=self.left), now + A_MINUTE)

    def _takes(self, what: Collector) -> float:
        return self.seconds.get(what) or EFFORTS[what].seconds

    def tell(self, now: dt.datetime, tell_time: TellTime = minute) -> Sequence[str]:
        """Say in sentences what is under way; nothing where nothing is."""
        if self.is_off:
            return ("Nothing is collected: it is switched off (COLLECT=off).",)
        if self.current is None:
            return ()
        names = [f"{EFFORTS[what].name} ({EFFORTS[what].size})" for what in self.queue]
        then = f" Then: {listing(names)}{self._say_end(now, tell_time)}." if names else ""
        how_far = f" ({clause(self.line)})" if self.line else ""
        said = self.expect(self.current, now).say(tell_time)
        return (f"{clause(said)}{how_far}.{then}",)

    def _say_end(self, now: dt.datetime, tell_time: TellTime) -> str:
        """Say when the last in the queue will be there; nothing where one is waiting that failed before."""
        if {*self.queue} & {*self.failed}:
            return ""
        return f", ready about {tell_time(self.expect(self.queue[-1], now).at or now)}"


class Outlook:
    """The plan of this process or, where it collects nothing itself, the one that lies in its folder."""

    def __init__(
        self, folder: Path | None = None, steady: Callable[[], float] = time.monotonic, *, is_off: bool = False
    ) -> None:
        self._file = folder / FILE if folder else None
        self._steady = steady
        self._lock = threading.Lock()
        self._own: Plan | None = Plan(is_off=True) if is_off else None
        self._began = self._written = 0.0

    def plan(self, now: dt.datetime) -> Plan:
        """Give what is known now."""
        if self._own:
            return self._own
        known = self._read()
        return known if known and known.told and abs(now - known.told) <= SILENCE else Plan()

    def expect(self, what: Collector, now: dt.datetime) -> Expected:
        """Tell when something will be there."""
        return self.plan(now).expect(what, now)

    def say_rhythm(self, what: Collector, rhythm: str, now: dt.datetime) -> str:
        """Give a clause on how something comes by itself; where it does not, say that instead."""
        match self.expect(what, now).stage:
            case Stage.OFF:
                return SWITCHED_OFF
            case Stage.BY_BUTTON:
                return BY_BUTTON
            case _:
                return rhythm

    def begin(self, plan: Plan, now: dt.datetime) -> None:
        """Take a plan for the one in force: its current one begins."""
        with self._lock:
            self._began = self._steady()
            left = plan.seconds.get(plan.current) or EFFORTS[plan.current].seconds if plan.current else 0.0
            self._own = replace(plan, told=now, begun=now if plan.current else None, left=left)
            self._write()

    def hear(self, line: str, share: float | None, now: dt.datetime) -> None:
        """Take down how far the current one is."""
        with self._lock:
            if self._own is None or self._own.current is None:
                return
            passed = self._steady() - self._began
            planned = self._own.seconds.get(self._own.current) or EFFORTS[self._own.current].seconds
            left = _foresee(passed, planned, share)
            self._own = replace(self._own, told=now, line=line, left=left)
            if self._steady() - self._written >= EVERY:
                self._write()

    def forget(self) -> None:
        """Take the file away: this process collects no more."""
        if self._file and self._own and not self._own.is_off:
            with suppress(OSError):
                self._file.unlink(missing_ok=True)

    def _write(self) -> None:
        """Put the plan into the folder, whole or not at all; where that cannot be, a terminal knows less."""
        if self._file is None or self._own is None:
            return
        self._written = self._steady()
        fresh = self._file.with_suffix(".new")
        with suppress(OSError):
            fresh.touch(mode=0o600)
            fresh.write_text(json.dumps(_as_json(self._own)), encoding="utf-8")
            fresh.replace(self._file)

    def _read(self) -> Plan | None:
        try:
            return _from_json(json.loads(self._file.read_text(encoding="utf-8"))) if self._file else None
        except (OSError, ValueError, LookupError, TypeError, AttributeError):
            return None  # not there, or another version's


def _foresee(passed: float, planned: float, share: float | None) -> float:
    """Say how many seconds are left: by what is done, else by how long it takes else, else half as long again."""
    if share and share >= LEAST_SHARE:
        return passed * (1 - share) / share
    return planned - passed if passed < planned else passed / 2


def _as_json(plan: Plan) -> dict[str, Any]:
    told = asdict(plan) | {"by_button": sorted(plan.by_button)}
    told["resting"] = {what: (until.isoformat(), why) for what, (until, why) in plan.resting.items()}
    return told | {name: moment.isoformat() if (moment := told[name]) else None for name in ("told", "begun")}


_moment = dt.datetime.fromisoformat


def _from_json(told: dict[str, Any]) -> Plan:
    resting = {Collector(what): (_moment(at), str(why)) for what, (at, why) in told["resting"].items()}
    return Plan(
        told=_moment(told["told"]),
        current=Collector(told["current"]) if told["current"] else None,
        begun=_moment(told["begun"]) if told["begun"] else None,
        line=str(told["line"]),
        left=float(told["left"]),
        queue=tuple(map(Collector, told["queue"])),
        resting=resting,
        by_button=frozenset(map(Collector, told["by_button"])),
        seconds={Collector(what): float(seconds) for what, seconds in told["seconds"].items()},
        is_off=bool(told["is_off"]),
        failed={Collector(what): str(why) for what, why in told.get("failed", {}).items()},
    )
