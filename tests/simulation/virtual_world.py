"""
One scenario lived through: the real delivery, store and poster, on a real SQLite in memory, in virtual time.

Each bot is a machine of its own with its own clock; all share one database and one Slack, as two processes on
PostgreSQL do. A step and a call to Slack are the points at which one yields to another and at which troubles strike.
"""

import datetime as dt
import random
from collections import Counter, defaultdict
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import update
from sqlalchemy.exc import OperationalError

from bot.digest.digests import Digests
from bot.digest.poster import Pace, SlackPoster
from bot.digest.records import State, Subscription
from bot.digest.roles import LEASE
from bot.digest.schedule import Slot, due
from bot.digest.slack_clock import SlackClock
from bot.digest.store import DigestStore
from tests.simulation.content import SameContent
from tests.simulation.database_in_memory import MemoryDatabase, Unspoilt
from tests.simulation.plans import ADDED, DAY, FAULTS, HOUR, MINUTE, STRIKES, WEEK, PlannedTrouble, ScenarioPlan
from tests.simulation.slack_in_memory import ClientInMemory, Json, Slack, TakenMessage
from tests.simulation.spoilt_line import SpoiltLine
from tests.simulation.virtual_time import Killed, Timeline, VirtualMachine

COPIES = ("restore", "copy put back", "set back")
"""For these a copy is made at each tick."""

SETTLING = 3 * DAY
"""At the end everything works for so long; then nothing may be open."""


@dataclass(eq=False)
class VirtualBot(VirtualMachine):
    """One process: on which machine, and since when."""

    number: int = 0
    begins: float = 0.0


@dataclass(eq=False)
class VirtualWorld:
    """
    One scenario. `poster` and `digests` make these, so that a bug can be put in on purpose.

    The world and its judge look into the database by `store`, which nothing befalls.
    """

    plan: ScenarioPlan
    database: MemoryDatabase
    poster: Callable[..., SlackPoster] = SlackPoster
    digests: Callable[..., Digests] = Digests
    restored: int = 0
    put_back: list[tuple[float, float]] = field(default_factory=list)
    changed: list[tuple[int, float]] = field(default_factory=list)
    away: bool = False
    is_well: bool = False
    struck: Counter[str] = field(default_factory=Counter)
    calls: Counter[tuple[int, str]] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.database.clear()
        self.store = self.open_store(self.database.unspoilt)
        self._bots_store = self.open_store(self.database)
        self.time = Timeline(self.plan.start.timestamp())
        self.slack = Slack(lambda: self.time.now, self.plan.ids)
        self.chance = random.Random(~self.plan.seed)  # noqa: S311 - repeatable, nothing secret
        self._passed: Counter[tuple[int, str]] = Counter()
        self._running: Counter[str] = Counter()
        self._copies: list[tuple[float, bytes]] = []
        self._bots: list[VirtualBot] = []
        self._skews = list(self.plan.skews)
        self._subscribe()
        self._at_points: defaultdict[tuple[int, str, int], list[PlannedTrouble]] = defaultdict(list)
        for trouble in self.plan.troubles:
            if trouble.kind in STRIKES or trouble.kind in FAULTS:
                self._at_points[trouble.week, trouble.where, trouble.nth].append(trouble)
        self._copying = any(trouble.kind in COPIES for trouble in self.plan.troubles)

    def open_store(self, database: MemoryDatabase | Unspoilt) -> DigestStore:
        """Open what is kept."""
        return DigestStore(database)  # type: ignore[arg-type]

    def put_together(self, poster: SlackPoster, clock: SlackClock, owner: str, **more: Any) -> Digests:
        """Put together what one process delivers."""
        return self.digests(self._bots_store, poster, SameContent(), clock.now, owner, **more)

    def _subscribe(self) -> None:
        for number, (weekday, at, zone, creator) in enumerate(self.plan.rhythms, 1):
            self.store.subscribe(
                Subscription("T1", f"C{number}", weekday, at, zone, creator, self.plan.start, self.plan.start)
            )
        for one in self.plan.beside:
            self.store.subscribe(
                Subscription(
                    *("T1", f"C{one.channel}", one.weekday, one.at, one.zone, one.creator),
                    *(self.plan.start, self.plan.start),
                    name=one.name,
                    monthly=one.monthly,
                )
            )
        self.subscriptions = {one.id: one for one in self.store.active()}
        self.slots: list[Slot] = []
        self._foresee()

    def _foresee(self) -> None:
        """List what is due by the rhythms of now, and what was dealt with by those of before."""
        ledger = self.store.keys(self._moment())
        dealt_with = [slot for slot in self.slots if slot.key in ledger or self.posts(slot)]
        last = self.plan.start + dt.timedelta(weeks=self.plan.weeks)
        rhythms = [one.rhythm for one in self.store.list_wanted()]
        weeks = [self.plan.start + dt.timedelta(weeks=week) for week in range(self.plan.weeks + 1)]
        ahead = {slot for moment in weeks for slot in due(rhythms, (), moment) if slot.due_at < last}
        self.slots = sorted(ahead.union(dealt_with), key=lambda slot: (slot.due_at, slot.subscription))

    def _moment(self) -> dt.datetime:
        return dt.datetime.fromtimestamp(self.time.now, dt.UTC)

    # -------------------------------------------------------------------------------------------------------- living

    def live(self) -> None:
        """Live through all of it, and a few days in which nothing goes wrong."""
        begin = self.plan.start.timestamp()
        for trouble in self.plan.troubles:
            if trouble.kind not in STRIKES and trouble.kind not in FAULTS:
                self.later(self._first_due(trouble.week) + trouble.after, lambda trouble=trouble: self._begin(trouble))
        for number in range(len(self._skews)):
            self._start(number, begin + number * 17.0)
        for week in range(self.plan.weeks):
            self.time.run(begin + (week + 1) * WEEK)
        self._make_well()
        self.time.run(self.time.now + SETTLING)
        self.time.end()

    def _first_due(self, week: int) -> float:
        begin = self.plan.start.timestamp() + week * WEEK
        return min((at for slot in self.slots if (at := slot.due_at.timestamp()) >= begin), default=begin)

    def week(self) -> int:
        """Count the weeks gone by."""
        return int((self.time.now - self.plan.start.timestamp()) // WEEK)

    def later(self, at: float, work: Callable[[], None]) -> None:
        """Let something happen at a moment."""
        self.time.spawn(VirtualMachine("fate"), work, at)

    def _make_well(self) -> None:
        self._at_points.clear()
        self.slack.off.clear()
        self.database.away = self.away = False
        self.is_well = True
        for number in range(len(self._skews)):
            if not any(bot.number == number and bot.alive and bot.begins <= self.time.now for bot in self._bots):
                self._stop(number)
                self._start(number, self.time.now + MINUTE)

    def _start(self, number: int, at: float) -> None:
        self._running[f"bot{number}"] += 1
        bot = VirtualBot(f"bot{number} {self._running[f'bot{number}']}", number=number, begins=at)
        self._bots.append(bot)
        self.time.spawn(bot, lambda: self._run(bot, number), at)

    def _run(self, bot: VirtualBot, number: int) -> None:
        """Be one process: put together as the bot is, then tick."""

        def wall() -> dt.datetime:
            return dt.datetime.fromtimestamp(self.time.now + self._skews[number], dt.UTC)

        clock = SlackClock(wall, lambda: self.time.now)

        def point(step: str) -> None:
            self._point(bot, line, step)

        line = SpoiltLine(self, point)
        poster = self.poster(ClientInMemory(line.call), Pace(self.time.sleep, lambda: self.time.now), clock)
        digests = self.put_together(
            poster, clock, bot.name, wait=self.time.sleep, at=point, together=self.time.together
        )
        while True:
            self.time.sleep(self._until_next_tick())
            if self._copying and not self.database.away:
                self._copies.append((self.time.now, self.database.copy()))
            try:
                digests.tick()
            except OperationalError:
                self.struck["tick without database"] += 1

    def _until_next_tick(self) -> float:
        """
        Give a minute around a slot's time, then ever more: idle ticks change nothing.

        What is open is taken up within a minute of the time it rests until, so calls can be counted.
        Ticks come at any second of a minute, as those of a process that began whenever it did.
        """
        ages = [self.time.now - slot.due_at.timestamp() for slot in self.slots]
        since = min((age for age in ages if age >= -MINUTE), default=WEEK)
        ahead = min((-age for age in ages if age < -MINUTE), default=WEEK)
        gap = MINUTE if since < 3 * MINUTE else max(MINUTE, min(since, self._longest_gap()))
        return max(1.0, min(gap, ahead - self.chance.uniform(0, MINUTE)))

    def _longest_gap(self) -> float:
        """Tell how long nothing will happen of itself."""
        touched, unsettled = self.database.left()
        if touched is not None:
            return touched + LEASE.total_seconds() + self.chance.uniform(0, MINUTE) - self.time.now
        return HOUR if unsettled else 2 * DAY

    def count_call(self, arguments: Json) -> None:
        """Count a call by its week and channel; what is about no channel is counted as one."""
        channel = str(arguments.get("channel", ""))
        self.calls[self.week(), channel if channel.startswith("C") else ""] += 1

    # ------------------------------------------------------------------------------------------------------ troubles

    def _point(self, bot: VirtualBot, line: SpoiltLine, step: str) -> None:
        """Pass a point: let others go first, and be struck."""
        self.time.sleep(self.chance.random())
        for trouble in self.pass_point(step)[0]:
            self.struck[f"{trouble.kind} at {step}"] += 1
            self._strike(bot, line, trouble)

    def pass_point(self, where: str) -> tuple[list[PlannedTrouble], int]:
        """Pass a step or call a method: the troubles meant for this time, and the how manyth of the week it is."""
        if not self._at_points:
            return [], 0
        week = self.week()
        self._passed[week, where] += 1
        count = self._passed[week, where]
        return self._at_points.get((week, where, count), []), count

    def _strike(self, bot: VirtualBot, line: SpoiltLine, trouble: PlannedTrouble) -> None:
        match trouble.kind:
            case "kill":
                self._die(bot, trouble.much)
            case "stop":
                # Between the last look at the claim and Slack's acceptance a long stop is what remains possible.
                most = 3 * HOUR if self.plan.ids == "honoured" else 20.0
                bot.stopped_until = self.time.now + min(trouble.much, most if line.leaving else WEEK)
                self.time.sleep(0.0)
            case "set clock":
                self._skews[bot.number] += trouble.much
            case "take":
                if not self.database.away:
                    ledger = self.database.ledger
                    thief = update(ledger).where(ledger.c.state == State.CLAIMED).values(owner="thief")
                    self.database.unspoilt.run(lambda connection: connection.execute(thief))
            case "restore":
                self._put_back(trouble.much)
            case "PostgreSQL restarted":
                self.database.cut = self.chance.choice(("before", "after"))
                self._away("database", trouble.much)
            case _:
                self.database.cut = trouble.kind.rsplit(" ", 1)[1]

    def _die(self, bot: VirtualBot, away: float) -> None:
        bot.alive = False
        self._start(bot.number, self.time.now + away)
        raise Killed

    def _put_back(self, age: float) -> None:
        """Stop all bots, put a copy back that is old enough, start again."""
        if self._set_back(age):
            for number in range(len(self._skews)):
                self._stop(number)
                self._start(number, self.time.now + 150.0 + number)
            raise Killed

    def _set_back(self, age: float) -> bool:
        """Put a copy back that is old enough, whoever runs; tell whether there is one."""
        copies = [(at, copy) for at, copy in self._copies if at <= self.time.now - age]
        if not copies or self.database.away:
            return False
        self.restored += 1
        self.put_back.append((copies[-1][0], self.time.now))
        self.database.put_back(copies[-1][1])
        self._foresee()
        return True

    def _change_time(self, channel: str, much: float) -> None:
        """Let a person set another day and time for one of a channel's digests."""
        digests = [] if self.database.away else self.store.list_in(channel)
        subscription = digests[int(abs(much)) // 3600 % len(digests)] if digests else None
        if subscription is None or subscription.state is not State.ACTIVE:
            return
        week = dt.datetime.combine(dt.date(2026, 1, 5), subscription.at) + dt.timedelta(subscription.weekday, much)
        changed = replace(subscription, weekday=week.weekday(), at=week.time(), since=self._moment(), id=0)
        if subscription.monthly.isdigit():
            day = int(subscription.monthly) + int(much // DAY)
            changed = replace(changed, monthly=str(min(28, max(1, day))))
        self.store.subscribe(changed)
        self.changed.append((subscription.id, self.time.now))
        self._foresee()

    def _stop(self, number: int) -> None:
        for bot in self._bots:
            bot.alive = bot.alive and bot.number != number

    def _begin(self, trouble: PlannedTrouble) -> None:
        """Let something begin that lasts."""
        if self.is_well:
            return
        self.struck[trouble.kind] += 1
        channel = f"C{min(trouble.nth, len(self.plan.rhythms))}"
        if trouble.kind in ADDED:
            self._do_added(trouble, channel)
        else:
            self._begin_state(trouble, channel)

    def _begin_state(self, trouble: PlannedTrouble, channel: str) -> None:
        what, _, kind = trouble.kind.partition(" ")
        if trouble.kind == "post deleted":
            for message in self.slack.messages(channel)[-3:]:
                if not message.thread:
                    message.deleted_at = self.time.now
        elif trouble.kind == "removed":
            self.slack.outside.add(channel)
        elif trouble.kind == "archived":
            self.slack.archived.add(channel)
        elif trouble.kind == "everything off":
            for number in range(len(self._skews)):
                self._stop(number)
                self._start(number, self.time.now + trouble.much)
        elif kind == "off":
            self.slack.off.add(what)
            self.later(self.time.now + trouble.much, lambda: self.slack.off.discard(what))
        else:
            self._away(what, trouble.much)

    def _do_added(self, trouble: PlannedTrouble, channel: str) -> None:
        """Change a time, or put a copy back."""
        if trouble.kind == "time changed":
            self._change_time(channel, trouble.much)
        elif trouble.kind == "set back":
            self._set_back(trouble.much)
        else:
            with suppress(Killed):
                self._put_back(trouble.much)

    def _away(self, what: str, seconds: float) -> None:
        def set_to(value: bool) -> None:  # noqa: FBT001 - a switch
            if what == "database":
                self.database.away = value
            else:
                self.away = value

        set_to(not self.is_well)
        self.later(self.time.now + seconds, lambda: set_to(False))

    def posts(self, slot: Slot) -> list[TakenMessage]:
        """Give everything that ever was posted for a slot."""
        channel, key = self.channel_of(slot), self.subscriptions[slot.subscription].name_post(slot)
        return [one for one in self.slack.posted if one.channel == channel and one.mark == key]

    def is_posted(self, slot: Slot, ts: str) -> bool:
        """Tell whether a slot's channel ever held a post of this ts."""
        return any(one.channel == self.channel_of(slot) and one.said["ts"] == ts for one in self.slack.posted)

    def channel_of(self, slot: Slot) -> str:
        """Give where a slot is posted."""
        return self.subscriptions[slot.subscription].channel
