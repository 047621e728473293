"""
One scenario lived through: the real delivery, store and poster, on a real SQLite in memory, in virtual time.

Each bot is a machine of its own with its own clock; all share one database and one Slack, as two processes on
PostgreSQL do. A step and a call to Slack are the points at which one yields to another and at which troubles strike.
"""

import datetime as dt
import random
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

import psycopg
from slack_sdk.web import SlackResponse
from sqlalchemy import Connection, create_engine, delete, update
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import StaticPool

from bot.digest.digests import Digests
from bot.digest.poster import Details, Pace, SlackPoster
from bot.digest.records import State, Subscription
from bot.digest.roles import Content
from bot.digest.schedule import Slot, due
from bot.digest.slack_clock import SlackClock
from bot.digest.store import DigestStore
from bot.digest.tables import slots, subscriptions
from bot.messages import Message
from tests.simulation.plans import DAY, FAULTS, HOUR, MINUTE, STRIKES, WEEK, Plan, Trouble
from tests.simulation.slack_in_memory import Client, Json, Posted, Slack, cut, refused, reply
from tests.simulation.timeline import Killed, Machine, Timeline

Result = TypeVar("Result")
CONTENT = Content(
    (Message("digest of the week"),),
    Details((Message("table"),), "a,b\n", "table.csv"),
    shown={"question": "changes"},
)
IN_A_ROW = {"500", "internal_error", "lost request", "lost answer"}
SETTLING = 3 * DAY
"""At the end everything works for so long; then nothing may be open."""


class Builder:
    """Says the same to everybody."""

    def build(self, subscription: Subscription, slot: Slot | None, *, late: bool) -> Content:
        """Make a digest of one line, with a table and a file."""
        return CONTENT

    def correction(self, shown: Json) -> None:
        """Correct nothing."""


class Memory:
    """A database in memory that can be away, break off before or after a commit, and be put back from a copy."""

    is_kept = True
    is_shared = True
    damage = None

    def __init__(self) -> None:
        self._raw = sqlite3.connect(":memory:", check_same_thread=False)
        self._engine = create_engine("sqlite://", creator=lambda: self._raw, poolclass=StaticPool)
        self._connection = self._engine.connect()
        with self._connection.begin():
            for table in (subscriptions, slots):
                table.create(self._connection)
        self.away = False
        self.cut = ""

    def run(self, work: Callable[[Connection], Result]) -> Result:
        """Run a transaction, unless it is spoilt."""
        cut, self.cut = self.cut, ""
        if self.away or cut == "before":
            raise _hung_up()
        with self._connection.begin():
            result = work(self._connection)
        if cut:
            raise _hung_up()
        return result

    def clear(self) -> None:
        """Begin with nothing."""
        self.away, self.cut = False, ""
        with self._connection.begin():
            for table in (slots, subscriptions):
                self._connection.execute(delete(table))

    def copy(self) -> bytes:
        """Copy everything."""
        return self._raw.serialize()

    def put_back(self, copy: bytes) -> None:
        """Put a copy back."""
        self._raw.deserialize(copy)


def _hung_up() -> OperationalError:
    return OperationalError("", None, psycopg.OperationalError("server closed the connection unexpectedly"))


@dataclass(eq=False)
class Bot(Machine):
    """One process: on which machine, and since when."""

    number: int = 0
    begins: float = 0.0


@dataclass(eq=False)
class World:
    """One scenario. `poster` and `digests` make these, so that a bug can be put in on purpose."""

    plan: Plan
    database: Memory
    poster: Callable[..., SlackPoster] = SlackPoster
    digests: Callable[..., Digests] = Digests
    restored: int = 0
    away: bool = False
    _is_well: bool = False
    struck: Counter[str] = field(default_factory=Counter)
    most_calls: int = 0

    def __post_init__(self) -> None:
        self.database.clear()
        self.store = DigestStore(self.database)  # type: ignore[arg-type]
        self.time = Timeline(self.plan.start.timestamp())
        self.slack = Slack(lambda: self.time.now, self.plan.ids)
        self._chance = random.Random(~self.plan.seed)  # noqa: S311 - repeatable, nothing secret
        self._passed: Counter[tuple[str, str]] = Counter()
        self._leaving: Counter[str] = Counter()
        self._running: Counter[str] = Counter()
        self._copies: list[tuple[float, bytes]] = []
        self._bots: list[Bot] = []
        self._skews = list(self.plan.skews)
        self._subscribe()
        self._at_points: defaultdict[tuple[int, str, int], list[Trouble]] = defaultdict(list)
        for trouble in self.plan.troubles:
            if trouble.kind in STRIKES or trouble.kind in FAULTS:
                self._at_points[trouble.week, trouble.where, trouble.nth].append(trouble)
        self._copying = any(trouble.kind == "restore" for trouble in self.plan.troubles)

    def _subscribe(self) -> None:
        for number, (weekday, at, zone, creator) in enumerate(self.plan.rhythms, 1):
            self.store.subscribe(
                Subscription("T1", f"C{number}", weekday, at, zone, creator, self.plan.start, self.plan.start)
            )
        self.subscriptions = {one.id: one for one in self.store.active()}
        last = self.plan.start + dt.timedelta(weeks=self.plan.weeks)
        rhythms = [one.rhythm for one in self.subscriptions.values()]
        self.slots = sorted(
            {
                slot
                for week in range(self.plan.weeks + 1)
                for slot in due(rhythms, (), self.plan.start + dt.timedelta(weeks=week))
                if slot.due_at < last
            },
            key=lambda slot: (slot.due_at, slot.subscription),
        )

    # -------------------------------------------------------------------------------------------------------- living

    def live(self) -> None:
        """Live through all of it, and a few days in which nothing goes wrong."""
        begin = self.plan.start.timestamp()
        for trouble in self.plan.troubles:
            if trouble.kind not in STRIKES and trouble.kind not in FAULTS:
                self._later(self._first_due(trouble.week) + trouble.after, lambda trouble=trouble: self._begin(trouble))
        for number in range(len(self._skews)):
            self._start(number, begin + number * 17.0)
        for week in range(self.plan.weeks):
            before = self.slack.calls.total()
            self.time.run(begin + (week + 1) * WEEK)
            self.most_calls = max(self.most_calls, self.slack.calls.total() - before)
        self._make_well()
        self.time.run(self.time.now + SETTLING)
        self.time.end()

    def _first_due(self, week: int) -> float:
        begin = self.plan.start.timestamp() + week * WEEK
        return min((at for slot in self.slots if (at := slot.due_at.timestamp()) >= begin), default=begin)

    def _week(self) -> int:
        return int((self.time.now - self.plan.start.timestamp()) // WEEK)

    def _later(self, at: float, work: Callable[[], None]) -> None:
        self.time.spawn(Machine("fate"), work, at)

    def _make_well(self) -> None:
        self._at_points.clear()
        self.slack.off.clear()
        self.database.away = self.away = False
        self._is_well = True
        for number in range(len(self._skews)):
            if not any(bot.number == number and bot.alive and bot.begins <= self.time.now for bot in self._bots):
                self._stop(number)
                self._start(number, self.time.now + MINUTE)

    def _start(self, number: int, at: float) -> None:
        self._running[f"bot{number}"] += 1
        bot = Bot(f"bot{number} {self._running[f'bot{number}']}", number=number, begins=at)
        self._bots.append(bot)
        self.time.spawn(bot, lambda: self._run(bot, number), at)

    def _run(self, bot: Bot, number: int) -> None:
        """Be one process: put together as the bot is, then tick."""

        def wall() -> dt.datetime:
            return dt.datetime.fromtimestamp(self.time.now + self._skews[number], dt.UTC)

        clock = SlackClock(wall, lambda: self.time.now)
        client = Client(lambda method, arguments: self._call(bot, number, method, arguments))
        poster = self.poster(client, Pace(self.time.sleep, lambda: self.time.now), clock)
        digests = self.digests(
            self.store,
            poster,
            Builder(),
            clock.now,
            bot.name,
            wait=self.time.sleep,
            at=lambda step: self._point(bot, number, step),
            together=self.time.together,
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

        Ticks come at any second of a minute, as those of a process that began whenever it did.
        """
        ages = [self.time.now - slot.due_at.timestamp() for slot in self.slots]
        since = min((age for age in ages if age >= -MINUTE), default=WEEK)
        ahead = min((-age for age in ages if age < -MINUTE), default=WEEK)
        gap = MINUTE if since < 3 * MINUTE else max(5.5 * MINUTE, min(since, 2 * DAY))
        return max(1.0, min(gap, ahead - self._chance.uniform(0, MINUTE)))

    # ------------------------------------------------------------------------------------------------------ troubles

    def _point(self, bot: Bot, number: int, step: str) -> None:
        """Pass a point: let others go first, and be struck."""
        self.time.sleep(self._chance.random())
        for trouble in self._struck(step):
            self.struck[f"{trouble.kind} at {step}"] += 1
            self._strike(bot, number, trouble)

    def _struck(self, where: str) -> list[Trouble]:
        if not self._at_points:
            return []
        week = self._week()
        self._passed[f"{week}", where] += 1
        return self._at_points.get((week, where, self._passed[f"{week}", where]), [])

    def _strike(self, bot: Bot, number: int, trouble: Trouble) -> None:
        match trouble.kind:
            case "kill":
                self._die(bot, number, trouble.much)
            case "stop":
                # Between the last look at the claim and Slack's acceptance a long stop is what remains possible.
                most = 3 * HOUR if self.plan.ids == "honoured" else 20.0
                bot.stopped_until = self.time.now + min(trouble.much, most if self._leaving[bot.name] else WEEK)
                self.time.sleep(0.0)
            case "set clock":
                self._skews[number] += trouble.much
            case "take":
                if not self.database.away:
                    thief = update(slots).where(slots.c.state == State.CLAIMED).values(owner="thief")
                    self.database.run(lambda connection: connection.execute(thief))
            case "restore":
                self._put_back(trouble.much)
            case _:
                self.database.cut = trouble.kind.rsplit(" ", 1)[1]

    def _die(self, bot: Bot, number: int, away: float) -> None:
        bot.alive = False
        self._start(number, self.time.now + away)
        raise Killed

    def _put_back(self, age: float) -> None:
        """Stop all bots, put a copy back that is old enough, start again."""
        copies = [copy for at, copy in self._copies if at <= self.time.now - age]
        if not copies:
            return
        self.restored += 1
        for number in range(len(self._skews)):
            self._stop(number)
            self._start(number, self.time.now + 150.0 + number)
        self.database.put_back(copies[-1])
        raise Killed

    def _stop(self, number: int) -> None:
        for bot in self._bots:
            bot.alive = bot.alive and bot.number != number

    def _begin(self, trouble: Trouble) -> None:
        """Let something begin that lasts."""
        if self._is_well:
            return
        self.struck[trouble.kind] += 1
        channel = f"C{min(trouble.nth, len(self.subscriptions))}"
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
            self._later(self.time.now + trouble.much, lambda: self.slack.off.discard(what))
        else:
            self._away(what, trouble.much)

    def _away(self, what: str, seconds: float) -> None:
        def set_to(value: bool) -> None:  # noqa: FBT001 - a switch
            if what == "database":
                self.database.away = value
            else:
                self.away = value

        set_to(not self._is_well)
        self._later(self.time.now + seconds, lambda: set_to(False))

    # --------------------------------------------------------------------------------------------------------- calls

    def _call(self, bot: Bot, number: int, method: str, arguments: Json) -> SlackResponse:
        """Bring one call to Slack and its reply back, spoilt as the plan says; a cut line may hide a success."""
        self._leaving[bot.name] += 1
        try:
            return self._sent(bot, number, method, arguments)
        finally:
            self._leaving[bot.name] -= 1

    def _sent(self, bot: Bot, number: int, method: str, arguments: Json) -> SlackResponse:
        self._point(bot, number, "sending")
        faults = self._faults(method)
        fault = faults.pop() if faults else None
        if self.away or (fault and fault.kind == "lost request"):
            self.time.sleep(20.0)
            raise cut()
        self._refuse(fault)
        if fault and fault.kind == "late":
            self._later(self.time.now + fault.much, lambda: self._do_late(method, arguments))
            self.time.sleep(20.0)
            raise cut()
        data = self.slack.answer(method, arguments)
        self.time.sleep(self._chance.random())
        if fault:
            raise cut()
        return reply(data, self.time.now)

    def _refuse(self, fault: Trouble | None) -> None:
        if fault and fault.kind == "429":
            raise refused("ratelimited", 429, **{"Retry-After": f"{fault.much:.0f}"})
        if fault and fault.kind in {"500", "internal_error"}:
            raise refused("internal_error", 500 if fault.kind == "500" else 200)

    def _do_late(self, method: str, arguments: Json) -> None:
        try:
            self.slack.answer(method, arguments)
        except Exception:  # noqa: BLE001 - nobody hears of it
            self.struck["late and refused"] += 1

    def _faults(self, method: str) -> list[Trouble]:
        """Give what spoils this call: what is meant for it, and what is meant for several in a row."""
        found = self._struck(method)
        week, count = self._week(), self._passed[f"{self._week()}", method]
        for trouble in self.plan.troubles if self._at_points else ():
            in_a_row = trouble.kind in IN_A_ROW and trouble.nth < count < trouble.nth + trouble.much
            if in_a_row and (trouble.week, trouble.where) == (week, method):
                found = [*found, trouble]
        for trouble in found[-1:]:
            self.struck[f"{trouble.kind} of {method}"] += 1
        return list(found)

    def posts(self, slot: Slot) -> list[Posted]:
        """Give everything that ever was posted for a slot."""
        channel = self.subscriptions[slot.subscription].channel
        return [one for one in self.slack.posted if one.channel == channel and one.mark == slot.key]
