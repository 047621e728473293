"""One bot's digest delivery against the stand-in, with a clock moved by hand; nothing waits, nothing is patched."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from analytics.storage.database import Database
from bot.digest.digests import Digests
from bot.digest.poster import Details, Pace, SlackPoster
from bot.digest.records import LedgerEntry, Subscription
from bot.digest.roles import Content
from bot.digest.schedule import Slot
from bot.digest.slot_delivery import always, nothing
from bot.digest.store import DigestStore
from bot.digest.tick_memory import TickMemory
from bot.messages import Message
from playground.server import Playground
from playground.state import Channel, PostedMessage
from tests.patient_slack import impatient_client

MONDAY = dt.datetime(2026, 11, 30, 8, tzinfo=dt.UTC)
"""When the digest of every channel here is due: Mondays at eight, UTC."""

MINUTE, HOUR, DAY = dt.timedelta(minutes=1), dt.timedelta(hours=1), dt.timedelta(days=1)


class OneTable:
    """Says the same to everybody: one line, a table, a file."""

    def build(self, subscription: Subscription, slot: Slot | None, *, late: bool) -> Content:
        """Make it."""
        details = Details((Message("The table, and how it was counted."),), "a,b\n", "changes.csv")
        return Content((Message("LATE digest" if late else "digest"),), details, shown={"question": "changes"})

    def correction(self, shown: dict[str, Any]) -> Content | None:
        """Correct nothing."""
        del shown
        return None


@dataclass
class Harness:
    """A workspace, a folder with a database, a clock; bots are processes on it."""

    home: Path
    now: dt.datetime = MONDAY - HOUR
    playground: Playground = field(init=False)
    database: Database = field(init=False)
    builder: OneTable = field(default_factory=OneTable)

    def __post_init__(self) -> None:
        self.playground = Playground(clock=self.seconds, processing_seconds=0.0, rate_limits=False)
        self.playground.start()
        self.open()

    def seconds(self) -> float:
        """Give the time as the stand-in wants it."""
        return self.now.timestamp()

    def open(self) -> None:
        """Open the database in the folder, as a process does that starts."""
        self.database = Database(self.home, lambda: self.now)
        self.store = DigestStore(self.database)

    def close_database(self) -> None:
        """Close the database, as a process does that ends."""
        self.database.close()

    def close(self) -> None:
        """Close both."""
        self.close_database()
        self.playground.close()

    def subscribe(self, channels: int = 1, since: dt.datetime | None = None) -> None:
        """Make channels that the bot is in, and their digests, all Ann's."""
        team, ann = self.playground.workspace.id, self.playground.user("ann").id
        for number in range(1, channels + 1):
            channel = Channel(f"C0DESK{number:03d}", f"d{number}", team, "public", {self.bot_user, ann})
            self.playground.world.channels[channel.id] = channel
            made = since or self.now
            self.store.subscribe(Subscription(team, channel.id, 0, dt.time(8), "UTC", ann, made, made))

    @property
    def bot_user(self) -> str:
        """Under which id the bot writes."""
        return self.playground.workspace.bot_user.id

    def process(
        self,
        owner: str = "a",
        at: Callable[[str], None] = nothing,
        memory: TickMemory | None = None,
        *,
        store: DigestStore | None = None,
        is_alone: Callable[[], bool] = always,
    ) -> Digests:
        """Start a process, or with a memory a desk of one that runs: its first tick is its next."""
        client = impatient_client(self.playground)
        poster = SlackPoster(client, Pace(self.wait))
        more: dict[str, Any] = {"wait": self.wait, "at": at, "at_once": 1, "memory": memory, "is_alone": is_alone}
        return Digests(store or self.store, poster, self.builder, lambda: self.now, owner, **more)

    def running(self, owner: str = "a", at: Callable[[str], None] = nothing, **more: Any) -> Digests:
        """Give a process that has ticked before."""
        digests = self.process(owner, at, **more)
        digests.tick()
        return digests

    def wait(self, seconds: float) -> None:
        """Let time pass."""
        self.now += dt.timedelta(seconds=seconds)

    def posts(self, number: int = 1) -> list[PostedMessage]:
        """Give the digests in a channel, threads left out."""
        channel = self.playground.world.channels[f"C0DESK{number:03d}"]
        return [message for message in channel.messages if not message.thread_ts]

    def thread(self, number: int = 1) -> list[PostedMessage]:
        """Give what is in the threads of a channel."""
        channel = self.playground.world.channels[f"C0DESK{number:03d}"]
        return [message for message in channel.messages if message.thread_ts]

    def words(self) -> list[str]:
        """Give what Ann was told in person."""
        return [message.text for message in self.playground.bot_messages("dm")]

    def entry(self, number: int = 1) -> LedgerEntry:
        """Give the newest line of the ledger of a channel."""
        return self.store.history(number)[0]

    def slot(self, number: int) -> Slot:
        """Give Monday's slot of a channel."""
        return Slot(number, MONDAY.date(), dt.time(8), MONDAY)
