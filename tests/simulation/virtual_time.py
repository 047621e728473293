"""
Virtual time in one thread: greenlets that sleep, resumed in the order of their waking, always the same for one seed.

A machine is a group of greenlets that share a fate: killed, none of them goes on; stopped, none does before a moment.
"""

import heapq
import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from greenlet import getcurrent, greenlet


class Killed(BaseException):
    """The process is gone, as by SIGKILL: nothing in it catches this."""


@dataclass(eq=False)
class VirtualMachine:
    """One process: whether it lives, and until when it stands still."""

    name: str
    alive: bool = True
    stopped_until: float = 0.0


@dataclass(eq=False)
class Timeline:
    """Seconds since the epoch, and who wakes when."""

    now: float
    _queue: list[tuple[float, int, greenlet, VirtualMachine]] = field(default_factory=list)
    _numbers: itertools.count = field(default_factory=itertools.count)  # type: ignore[type-arg]
    _machines: dict[greenlet, VirtualMachine] = field(default_factory=dict)
    _hub: greenlet | None = None

    def spawn(self, machine: VirtualMachine, work: Callable[[], None], at: float) -> None:
        """Let a machine begin something at a moment."""

        def guarded() -> None:
            try:
                work()
            except Killed:
                pass
            finally:
                del self._machines[getcurrent()]

        started = greenlet(guarded)  # whoever runs the timeline becomes its parent
        self._machines[started] = machine
        self._push(at, started, machine)

    def sleep(self, seconds: float) -> None:
        """Let the present greenlet sleep; Killed if its machine died meanwhile."""
        current = getcurrent()
        machine = self._machines[current]
        self._push(self.now + seconds, current, machine)
        assert self._hub
        self._hub.switch()
        if not machine.alive:
            raise Killed

    def together(self, works: Sequence[Callable[[], None]]) -> None:
        """Do several things at once and wait for all, as threads of one process would."""
        machine, left = self._machines[getcurrent()], [len(works)]

        def one(work: Callable[[], None]) -> None:
            try:
                work()
            finally:
                left[0] -= 1

        for work in works[1:]:
            self.spawn(machine, lambda work=work: one(work), self.now)  # type: ignore[misc]
        for work in works[:1]:
            one(work)
        while left[0]:
            self.sleep(1.0)

    def run(self, until: float) -> None:
        """Live until a moment."""
        self._hub = getcurrent()
        while self._queue and self._queue[0][0] <= until:
            moment, _, sleeper, machine = heapq.heappop(self._queue)
            if machine.alive and machine.stopped_until > moment:
                self._push(machine.stopped_until, sleeper, machine)
                continue
            self.now = max(self.now, moment)
            if sleeper.dead:
                continue
            sleeper.parent = self._hub
            if machine.alive or sleeper:
                sleeper.switch()
            else:
                del self._machines[sleeper]  # killed before it began
        self.now = max(self.now, until)

    def end(self) -> None:
        """Let nobody go on."""
        for machine in self._machines.values():
            machine.alive = False
        while self._queue:
            self.run(self._queue[0][0])

    def _push(self, at: float, sleeper: greenlet, machine: VirtualMachine) -> None:
        heapq.heappush(self._queue, (at, next(self._numbers), sleeper, machine))
