"""
Weeks of alerts in virtual time, with the troubles of the digests' simulation and the same real delivery.

Of each alert the stand-in knows how what it waits for stands at any moment; what was told must go on from what was told
before, must have told the last of it in the end, once on a day of the channel's zone, and never in its quiet hours.
What nothing shows any more, neither the ledger that was put back nor the channel, may be told again.

    python -m tests.simulation.virtual_alerts --weeks 2000 --seed 1
"""

import argparse
import datetime as dt
import logging
import random
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations
from zoneinfo import ZoneInfo

from analytics.alerts.alert_rules import Observed, Presence, Rule
from bot.alerting.alert_builder import AlertContents
from bot.alerting.alert_delivery import Alerts
from bot.alerting.alert_store import AlertStore
from bot.alerting.alert_tables import AlertChannel, alert_channels, alert_slots, alerts
from bot.digest.digests import Digests
from bot.digest.poster import SlackPoster
from bot.digest.records import State
from bot.digest.slack_clock import SlackClock
from bot.digest.store import DigestStore
from bot.shared_marks import marks
from tests.simulation.database_in_memory import MemoryDatabase, Unspoilt
from tests.simulation.judge import SAID, UNREADABLE
from tests.simulation.plans import HOUR, MINUTE, WEEK, ZONES, ScenarioPlan, drawn
from tests.simulation.slack_in_memory import TakenMessage
from tests.simulation.virtual_world import VirtualWorld

TABLES = (alert_channels, alert_slots, alerts, marks)
QUIET = ((20, 8), (22, 6), (0, 7), (23, 1), (9, 9))
"""Hours from and until which it is quiet: over midnight, from midnight, none at all."""

RULES = tuple(Presence("TensorFlow", n) for n in (10, 30, 100))
A_LINE = re.compile(r"\*(Back to normal: )?[^\n]*\*\nAlert (\d+): ")


@dataclass(frozen=True)
class Course:
    """How what one rule waits for stands: from each moment on, in or out; the first of them when it was set."""

    moments: tuple[float, ...]

    def value(self, at: float) -> tuple[float, list[int]]:
        """Give since when it is so, and the value."""
        gone = [moment for moment in self.moments if moment <= at]
        return gone[-1], [2 * (len(gone) % 2), 10]


@dataclass
class Evidence:
    """What the stored readings say at a moment; nobody has to be asked."""

    world: "AlertWorld"

    def refresh(self, rule: Rule) -> None:
        """Need nothing."""

    def observe(self, rule: Rule) -> Observed:
        """Give the reading of now."""
        since, value = self.world.courses[rule.words].value(self.world.time.now)
        return Observed(dt.datetime.fromtimestamp(since, dt.UTC), value)


@dataclass(eq=False)
class AlertWorld(VirtualWorld):
    """One scenario of alerts."""

    contents: type[AlertContents] = AlertContents
    ticking: type[Alerts] = Alerts
    courses: dict[str, Course] = field(default_factory=dict)

    def open_store(self, database: MemoryDatabase | Unspoilt) -> DigestStore:
        """Open what is kept of alerts."""
        return AlertStore(database)  # type: ignore[arg-type]

    def put_together(self, poster: SlackPoster, clock: SlackClock, owner: str, **more: object) -> Digests:
        """Put together what tells of alerts."""
        store = self._bots_store
        assert isinstance(store, AlertStore)
        contents = self.contents(store, Evidence(self), clock.now)  # type: ignore[arg-type]  # it observes
        return self.ticking(store, poster, contents, clock.now, owner, contents=contents, **more)

    def _subscribe(self) -> None:
        chance = random.Random(f"alerts of {self.plan.seed}")  # noqa: S311 - repeatable, nothing secret
        begin = self.plan.start.timestamp()
        for rule in RULES:
            flips = [begin + chance.uniform(0, self.plan.weeks * WEEK) for _ in range(2 * self.plan.weeks)]
            soon = [begin + week * WEEK + chance.choice((HOUR, 9 * HOUR)) for week in range(self.plan.weeks)]
            self.courses[rule.words] = Course((begin, *sorted(flips + soon)))
        self.slots = []
        for number, (_, _, _, creator) in enumerate(self.plan.rhythms, 1):
            self._wait_in(f"C{number}", creator, chance)
        self.subscriptions = {one.id: one for one in self.store.active()}

    def _wait_in(self, channel: str, creator: str, chance: random.Random) -> None:
        quiet_from, until = chance.choice(QUIET)
        store, begin = self.store, self.plan.start
        assert isinstance(store, AlertStore)
        wanted = AlertChannel(
            *("T1", channel, 0, dt.time(until), chance.choice(ZONES), creator, begin, begin),
            quiet_from=dt.time(quiet_from),
        )
        kept = store.open_channel(wanted)
        for rule in RULES[: chance.choice((1, 2, 3))]:
            store.add_alert(kept, rule.words, Observed(begin, [2, 10]), creator, begin)

    def _foresee(self) -> None:
        """Foresee nothing: nobody knows when an alert has something to tell."""

    def _first_due(self, week: int) -> float:
        begin = self.plan.start.timestamp() + week * WEEK
        moments = [moment for course in self.courses.values() for moment in course.moments if moment > begin]
        return min(moments, default=begin)

    def _until_next_tick(self) -> float:
        """Give some minutes while something is open or has just changed, else up to some hours."""
        touched, _ = self.database.left()
        news = any(0 <= self.time.now - moment < HOUR for one in self.courses.values() for moment in one.moments)
        most = 6 * MINUTE if touched is not None else 20 * MINUTE if news else 4 * HOUR
        return self.chance.uniform(MINUTE, most)

    def _change_time(self, channel: str, much: float) -> None:
        """Let a person set other quiet hours."""
        store = self.store
        assert isinstance(store, AlertStore)
        found = None if self.database.away else store.of_channel(channel)
        if found:
            start = (dt.datetime.combine(self.plan.start, found.quiet_from) + dt.timedelta(seconds=much)).time()
            store.set_quiet(found.id, start, found.at, found.zone, "U9")

    def messages(self, number: int) -> list[TakenMessage]:
        """Give the messages of one channel's alerts, as they were posted."""
        channel = self.subscriptions[number].channel
        found = [one for one in self.slack.posted if one.channel == channel and not one.thread]
        return sorted(found, key=lambda one: one.at)


def wrong_with(world: AlertWorld) -> list[str]:
    """Give everything that must not be, each beginning with a word that names its kind."""
    return [line for number in world.subscriptions for check in CHECKS for line in check(world, number)]


def _read(message: TakenMessage) -> dict[int, bool]:
    """Give of each alert that a message tells of whether it fired."""
    said = str((message.said.get("blocks") or [{}])[0].get("text", {}).get("text", ""))
    return {int(number): not normal for normal, number in A_LINE.findall(said)}


def _find_repeated(world: AlertWorld, number: int) -> Iterator[str]:
    unsure, messages = _list_unsure(world, number), world.messages(number)
    for count, message in enumerate(messages):
        earlier = messages[:count]
        views = [_sum_up(earlier), _sum_up([one for one in earlier if not _is_lost(world, one, message)])]
        for alert, fired in _read(message).items():
            if all(told.get(alert, False) is fired for told in views) and alert not in unsure:
                yield f"duplicate: alert {alert} of {message.channel} {'fired' if fired else 'normal'} again"


def _sum_up(messages: Sequence[TakenMessage]) -> dict[int, bool]:
    """Give of each alert what was told last."""
    told: dict[int, bool] = {}
    for message in messages:
        told |= _read(message)
    return told


def _is_lost(world: AlertWorld, earlier: TakenMessage, later: TakenMessage) -> bool:
    """
    Tell whether nothing showed any more that the earlier was told when the later one was posted.

    A copy put back lacks it; and somebody had deleted it, or the channel's history could not be read.
    """
    is_forgotten = any(copied < earlier.at < moment < later.at for copied, moment in world.put_back)
    return is_forgotten and (earlier.deleted_at < later.at or later.is_blind)


def _list_unsure(world: AlertWorld, number: int) -> set[int]:
    """Give the alerts of messages that may or may not have arrived: they count as told."""
    entries = [one for one in world.store.history(number, 99) if one.state in SAID and one.shown]
    return {item["number"] for entry in entries for item in (entry.shown or {}).get("items", ())}


def _find_lost(world: AlertWorld, number: int) -> Iterator[str]:
    store = world.store
    assert isinstance(store, AlertStore)
    channel = store.find_channel(number)
    if channel is None or channel.state is not State.ACTIVE:
        return
    told = _sum_up(world.messages(number))
    unsure = _list_unsure(world, number)
    for alert in store.list_alerts(number):
        fires = world.courses[alert.words].value(world.time.now)[1][0] == 0
        if told.get(alert.number, False) is not fires and alert.number not in unsure:
            yield f"lost: alert {alert.number} of {channel.channel} stands otherwise than was told"


def _find_crowded(world: AlertWorld, number: int) -> Iterator[str]:
    zone = ZoneInfo(world.subscriptions[number].zone)
    days = [(dt.datetime.fromtimestamp(one.at, zone).date(), one) for one in world.messages(number)]
    for (day, earlier), (same, later) in combinations(days, 2):
        if day == same and not _is_lost(world, earlier, later):
            yield f"crowded: two messages on {day}"


def _find_loud(world: AlertWorld, number: int) -> Iterator[str]:
    """Find messages in quiet hours; what was on its way when they began is none."""
    channel = world.subscriptions[number]
    if any(trouble.kind in {"time changed", "stop"} for trouble in world.plan.troubles):
        return
    assert isinstance(channel, AlertChannel)
    for message in world.messages(number):
        moments = (message.at, message.at - 3 * MINUTE)
        local = [dt.datetime.fromtimestamp(at, ZoneInfo(channel.zone)).time() for at in moments]
        if all(map(channel.rests, local)):
            yield f"loud: a message at {local[0]:%H:%M}, quiet from {channel.quiet_from:%H:%M} to {channel.at:%H:%M}"


def _find_open(world: AlertWorld, number: int) -> Iterator[str]:
    kinds = {trouble.kind for trouble in world.plan.troubles}
    for entry in world.store.history(number, 99):
        if entry.state is State.CLAIMED:
            yield f"open: {entry.slot.key}"
        elif entry.state in SAID and not entry.reason:
            yield f"lost: {entry.slot.key} {entry.state} without a reason"
        elif entry.state is State.UNKNOWN and not kinds & UNREADABLE:
            yield f"uncertain: {entry.slot.key} without need: {entry.reason}"


CHECKS = (_find_repeated, _find_lost, _find_crowded, _find_loud, _find_open)


def lived(
    plan: ScenarioPlan,
    memory: MemoryDatabase,
    contents: type[AlertContents] = AlertContents,
    ticking: type[Alerts] = Alerts,
) -> AlertWorld:
    """Live through a scenario."""
    world = AlertWorld(plan, memory, contents=contents, ticking=ticking)
    world.live()
    return world


def shrunk(plan: ScenarioPlan, memory: MemoryDatabase, kind: str) -> ScenarioPlan:
    """Leave out troubles while the same kind of wrong remains."""
    for trouble in plan.troubles:
        tried = replace(plan, troubles=tuple(one for one in plan.troubles if one is not trouble))
        if any(wrong.startswith(kind) for wrong in wrong_with(lived(tried, memory))):
            plan = tried
    return plan


@dataclass
class AlertFigures:
    """What was counted."""

    seeds: int = 0
    weeks: int = 0
    messages: int = 0
    struck: Counter[str] = field(default_factory=Counter)
    wrong: dict[int, list[str]] = field(default_factory=dict)


def run(weeks: int, seed: int) -> AlertFigures:
    """Live through scenarios until there were so many weeks."""
    figures, memory = AlertFigures(), MemoryDatabase(*TABLES)
    while figures.weeks < weeks:
        plan = drawn(seed + figures.seeds)
        world = lived(plan, memory)
        if wrong := wrong_with(world):
            figures.wrong[plan.seed] = wrong
        figures.seeds += 1
        figures.weeks += plan.weeks
        figures.messages += sum(len(world.messages(number)) for number in world.subscriptions)
        figures.struck += world.struck
    return figures


def main() -> int:
    """Run, print, and say by the status whether all was well."""
    parser = argparse.ArgumentParser(description="Weeks of alerts in virtual time.")
    parser.add_argument("--weeks", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    logging.disable(logging.CRITICAL)
    figures = run(given.weeks, given.seed)
    for seed, wrong in figures.wrong.items():
        small = shrunk(drawn(seed), MemoryDatabase(*TABLES), wrong[0].split(":")[0])
        sys.stdout.write(f"seed {seed}: {wrong}\n  " + "\n  ".join(map(str, small.troubles)) + "\n")
    struck = figures.struck.total()
    sys.stdout.write(f"{figures.seeds} seeds, {figures.weeks} weeks, {figures.messages} messages, {struck} troubles\n")
    sys.stdout.write(f"{len(figures.wrong)} went wrong\n")
    return bool(figures.wrong)


if __name__ == "__main__":
    sys.exit(main())
