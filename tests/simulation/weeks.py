"""
Weeks of digests under fire: real processes, a real database, a Slack that enforces its rules, a clock handed in.

Run by hand for longer: `python -m tests.simulation.weeks --weeks 200 --seed 7`.
"""

import argparse
import datetime as dt
import itertools
import json
import random
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Self

from analytics.storage.database import Database
from bot.digest.records import LedgerEntry, State, Subscription
from bot.digest.schedule import Slot, due
from bot.digest.store import DigestStore
from playground.server import Playground
from playground.state import Channel
from tests.loopback import postgres
from tests.simulation.nursery import STEPS

START = dt.datetime(2026, 3, 1, tzinfo=dt.UTC)
ROOT = Path(__file__).parents[2]
MINUTE = dt.timedelta(minutes=1)
A_DAY = 240
"""Ticks, six minutes apart: so long a thread is tried, ever more rarely, before it is given up."""

RHYTHMS = (
    (6, dt.time(2, 30), "Europe/Berlin"),
    (6, dt.time(1, 30), "America/New_York"),
    (6, dt.time(2, 15), "Australia/Lord_Howe"),
    (6, dt.time(2, 30), "Africa/Casablanca"),
)
"""Sundays at hours that clock changes remove or repeat; Casablanca changes its rule for Ramadan."""


@dataclass
class Tally:
    """What was counted: slots due, posts found in Slack, and what became of the rest."""

    due: int = 0
    posted: int = 0
    skipped: int = 0
    duplicates: int = 0
    lost: int = 0
    details: int = 0
    killed: int = 0
    struck: Counter[str] = field(default_factory=Counter)

    def __str__(self) -> str:
        struck = ", ".join(f"{name} {count}" for name, count in sorted(self.struck.items()))
        return (
            f"due {self.due}, posted {self.posted}, skipped with a reason {self.skipped}, "
            f"duplicates {self.duplicates}, lost {self.lost}; details {self.details}; "
            f"killed by SIGKILL {self.killed} ({struck})"
        )


class Weeks:
    """A world of five digests in four channels, week after week."""

    def __init__(self, home: Path, database: str | None, seed: int = 1) -> None:
        self.now = START
        self.tally = Tally()
        self._chance = random.Random(seed)  # noqa: S311 - repeatable, nothing secret
        self._home, self._database = home, database
        # Without events: nobody is connected to hear them, and what is never heard never settles.
        self.playground = Playground(clock=self._seconds, processing_seconds=0.0, events=(), rate_limits=False)
        self._nursery: subprocess.Popen[str]
        self._open: Database

    def _seconds(self) -> float:
        return self.now.timestamp()

    def __enter__(self) -> Self:
        self.playground.start()
        command = [sys.executable, "-m", "tests.simulation.nursery"]
        self._nursery = subprocess.Popen(
            command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        self._open = Database(self._home, lambda: self.now, self._database)
        self.store = DigestStore(self._open)
        self._subscribe()
        return self

    def __exit__(self, *exception: object) -> None:
        if self._nursery.stdin and self._nursery.stdout:
            self._nursery.stdin.close()
            self._nursery.wait()
            self._nursery.stdout.close()
        self._open.close()
        self.playground.close()

    def _subscribe(self) -> None:
        team, creator = self.playground.workspace.id, self.playground.user("ann").id
        bot = self.playground.workspace.bot_user.id
        for number, (weekday, at, zone) in enumerate(RHYTHMS):
            channel = Channel(f"C0SIM{number}", f"sim{number}", team, "public", {bot, creator})
            self.playground.world.channels[channel.id] = channel
            self.store.subscribe(Subscription(team, channel.id, weekday, at, zone, creator, self.now, self.now))
        self.store.subscribe(self._make_beside())
        self._digests = {digest.id: digest for digest in self.store.active()}

    def _make_beside(self) -> Subscription:
        """Give the first channel another digest, due in the same minute as its plain one."""
        plain = self.store.active()[0]
        return replace(plain, id=0, name="mobile")

    # --------------------------------------------------------------------------------------------------------- a tick

    def tick(self, **order: Any) -> list[int]:
        """Let one worker (or several at once) tick; gives how each ended, -9 for killed."""
        told = {
            "now": self.now.isoformat(),
            "home": str(self._home),
            "database": self._database,
            "token": self.playground.bot_token,
            "api": self.playground.api_url,
        }
        assert self._nursery.stdin
        assert self._nursery.stdout
        self._nursery.stdin.write(json.dumps(told | order) + "\n")
        self._nursery.stdin.flush()
        codes: list[int] = json.loads(self._nursery.stdout.readline())
        self.tally.killed += codes.count(-9)
        return codes

    def week(self, number: int) -> None:
        """Live through one Sunday: each slot falls due while something goes wrong; then let it settle."""
        asleep = number % 10 == 9
        sunday = START + dt.timedelta(weeks=number)
        slots = self.slots_of_week(number)
        for moment in sorted({slot.due_at for slot in slots}):
            if not asleep:
                self.now = moment + MINUTE
                self._under_fire()
                self.now += 6 * MINUTE
                self._under_fire()
                self._settle()
        if asleep:
            self.now = sunday + dt.timedelta(days=4)
        self._settle(A_DAY)
        self.playground.faults.clear()
        self._count(slots)

    def posts(self, slot: Slot) -> int:
        """Count the posts in Slack that carry the key of a slot."""
        return self._marks(slot).count(self._key_of(slot))

    def _key_of(self, slot: Slot) -> str:
        return self._digests[slot.subscription].name_post(slot)

    def _marks(self, slot: Slot) -> list[str]:
        channel = self._digests[slot.subscription].channel
        return [_key(message) for message in self.playground.messages(channel)]

    def slots_of_week(self, number: int) -> list[Slot]:
        """Give the slots of one week, earliest first."""
        sunday = START + dt.timedelta(weeks=number)
        window = sunday - dt.timedelta(days=2), sunday + dt.timedelta(days=2)
        found = due([digest.rhythm for digest in self._digests.values()], (), window[1])
        return [slot for slot in found if slot.due_at > window[0]]

    def _under_fire(self) -> None:
        """Tick with one trouble or two, drawn by lot."""
        self._spoil_slack()
        if self._database and self._chance.random() < 0.1:
            self.tally.struck["database away"] += self.tick(database="postgresql://nobody@127.0.0.1:9/none") == [1]
            return
        workers = self._chance.choice((1, 1, 2, 4)) if self._database else 1
        if self._chance.random() < 0.3:
            self.tally.struck["at random"] += -9 in self.tick(random=True, workers=workers)
            return
        step, nth = self._chance.choice(STEPS[:-1]), self._chance.choice((1, 1, 2))
        strike = "cut" if self._database and self._chance.random() < 0.2 else "kill"
        self.tally.struck[f"{strike} at {step}"] += bool(
            set(self.tick(at=step, nth=nth, strike=strike, workers=workers)) - {0} or strike == "cut"
        )

    def _spoil_slack(self) -> None:
        faults = self.playground.faults
        trouble: Callable[[], None] = self._chance.choice(
            (
                lambda: None,
                lambda: None,
                lambda: faults.drop_after("chat.postMessage", self._chance.choice((1, 2))),
                lambda: faults.drop_before("chat.postMessage"),
                lambda: faults.server_error("chat.postMessage", 2),
                lambda: faults.error("chat.postMessage", "internal_error"),
                lambda: faults.rate_limit("chat.postMessage", 3, 30),
                lambda: faults.server_error("conversations.history"),
                lambda: faults.drop_before("conversations.history"),
                lambda: faults.rate_limit("conversations.replies", 2, 5),
            )
        )
        trouble()

    def _settle(self, most: int = 12) -> None:
        """Come back after the lease ran out, as the clock would, until nothing is open; sometimes killed again."""
        for again in itertools.count():
            self.now += 6 * MINUTE
            if again == 0 and self._chance.random() < 0.3:
                self.tally.struck["kill at settling"] += -9 in self.tick(at="settling", strike="kill")
                continue
            self.tick()
            if self._settled() or again > most:
                return

    def _settled(self) -> bool:
        entries = [entry for number in self._digests for entry in self.store.history(number, 2)]
        return all(
            entry.state is not State.CLAIMED and (entry.details or entry.state is not State.POSTED) for entry in entries
        )

    def _count(self, slots: list[Slot]) -> None:
        """Compare what is in Slack with what was due; what a killed process had asked for is through by then."""
        self.playground.settled()
        for slot in slots:
            key, marks = slot.key, self._marks(slot)
            posts = marks.count(self._key_of(slot))
            states = {e.slot.key: e for e in self.store.history(slot.subscription, 3)}
            entry = states.get(key)
            self.tally.due += 1
            self.tally.posted += posts > 0
            self.tally.duplicates += max(0, posts - 1) + max(0, marks.count(f"{key} details") - 1)
            self.tally.details += marks.count(f"{key} details") > 0
            skipped = bool(entry and entry.state is State.SKIPPED and entry.reason)
            self.tally.skipped += skipped
            self.tally.lost += not posts and not skipped


def _half_posted(entry: LedgerEntry) -> bool:
    return entry.state is State.POSTED and not entry.details


def _key(message: Any) -> str:
    return str(((message.metadata or {}).get("event_payload") or {}).get("slot", ""))


@contextmanager
def started(kind: str, seed: int = 1) -> Iterator[Weeks]:
    """Start a world on `sqlite` or on `postgresql`."""
    with tempfile.TemporaryDirectory() as home:
        if kind == "sqlite":
            with Weeks(Path(home), None, seed) as weeks:
                yield weeks
            return
        with postgres.server() as address, Weeks(Path(home), postgres.fresh_database(address), seed) as weeks:
            yield weeks


def main() -> None:
    """Simulate and print the tallies."""
    parser = argparse.ArgumentParser(description="Weeks of digests under fire.")
    parser.add_argument("--weeks", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    for kind in ("sqlite", "postgresql"):
        with started(kind, options.seed) as weeks:
            for number in range(1, options.weeks + 1):
                weeks.week(number)
            sys.stdout.write(f"{kind}: {weeks.tally}\n")


if __name__ == "__main__":
    main()
