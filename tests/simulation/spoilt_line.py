"""The way of one call to Slack and back, spoilt as the plan says: a cut line may hide a success."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from slack_sdk.web import SlackResponse

from tests.simulation.plans import PlannedTrouble
from tests.simulation.slack_in_memory import Json, cut, lost, refused, reply

if TYPE_CHECKING:
    from tests.simulation.virtual_world import World

IN_A_ROW = {"500", "internal_error", "lost request", "lost answer", "cut answer"}
"""What spoils several calls in a row."""


class SpoiltLine:
    """The line from one process to Slack; `point` is passed before anything leaves."""

    def __init__(self, world: "World", point: Callable[[str], None]) -> None:
        self._world = world
        self._point = point
        self.leaving = 0

    def call(self, method: str, arguments: Json) -> SlackResponse:
        """Bring one call to Slack and its reply back."""
        self.leaving += 1
        try:
            return self._sent(method, arguments)
        finally:
            self.leaving -= 1

    def _sent(self, method: str, arguments: Json) -> SlackResponse:
        world = self._world
        self._point("sending")
        world.count_call(arguments)
        faults = self._faults(method)
        fault = faults.pop() if faults else None
        if world.away or (fault and fault.kind == "lost request"):
            world.time.sleep(20.0)
            raise lost()
        _refuse(fault)
        if fault and fault.kind == "late":
            world.later(world.time.now + fault.much, lambda: self._do_late(method, arguments))
            world.time.sleep(20.0)
            raise lost()
        data = world.slack.answer(method, arguments)
        world.time.sleep(world.chance.random())
        if fault:
            raise cut() if fault.kind == "cut answer" else lost()
        return reply(data, world.time.now)

    def _do_late(self, method: str, arguments: Json) -> None:
        try:
            self._world.slack.answer(method, arguments)
        except Exception:  # noqa: BLE001 - nobody hears of it
            self._world.struck["late and refused"] += 1

    def _faults(self, method: str) -> list[PlannedTrouble]:
        """Give what spoils this call: what is meant for it, and what is meant for several in a row."""
        found, count = self._world.pass_point(method)
        week = self._world.week()
        for trouble in [] if self._world.is_well else self._world.plan.troubles:
            in_a_row = trouble.kind in IN_A_ROW and trouble.nth < count < trouble.nth + trouble.much
            if in_a_row and (trouble.week, trouble.where) == (week, method):
                found = [*found, trouble]
        for trouble in found[-1:]:
            self._world.struck[f"{trouble.kind} of {method}"] += 1
        return list(found)


def _refuse(fault: PlannedTrouble | None) -> None:
    if fault and fault.kind == "429":
        raise refused("ratelimited", 429, **{"Retry-After": f"{fault.much:.0f}"})
    if fault and fault.kind in {"500", "internal_error"}:
        raise refused("internal_error", 500 if fault.kind == "500" else 200)
