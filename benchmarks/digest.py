"""
Ten thousand digests due in one minute: how long choosing them takes, what each costs Slack, and how much memory.

Selecting is measured on a real SQLite with the real store; calls are counted in the stand-in, whose rates are off, and
the time to post all of them follows from Slack's pace (one message in a quarter of a second for a workspace).

    .venv/bin/python -m benchmarks.digest
"""

import datetime as dt
import resource
import statistics
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from slack_sdk import WebClient

from analytics.storage.database import Database
from bot.digest.digests import Digests
from bot.digest.poster import A_WORKSPACE, Pace, SlackPoster
from bot.digest.records import Subscription
from bot.digest.schedule import due
from bot.digest.store import DigestStore
from playground.server import Playground
from playground.state import Channel
from tests.simulation.nursery import SameForAll

SUBSCRIPTIONS = 10_000
POSTED = 100
MONDAY = dt.datetime(2026, 11, 30, 8, tzinfo=dt.UTC)


def subscribe(store: DigestStore, count: int, playground: Playground) -> None:
    """Make subscriptions of one Monday at nine in Berlin."""
    team, bot = playground.workspace.id, playground.workspace.bot_user.id
    made = MONDAY - dt.timedelta(days=3)
    for number in range(count):
        channel = Channel(f"C{number:09d}", f"c{number}", team, "public", {bot})
        playground.world.channels[channel.id] = channel
        store.subscribe(Subscription(team, channel.id, 0, dt.time(9), "Europe/Berlin", "U1", made, made))


def select(store: DigestStore) -> float:
    """Choose what is due, as a tick does; gives seconds."""
    started = time.perf_counter()
    slots = due([one.rhythm for one in store.active()], store.keys(MONDAY), MONDAY)
    if len(slots) != SUBSCRIPTIONS:
        raise SystemExit(f"{len(slots)} were due")
    return time.perf_counter() - started


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as home, Playground(processing_seconds=0.0, rate_limits=False) as playground:
        database = Database(Path(home), lambda: MONDAY)
        store = DigestStore(database)
        subscribe(store, SUBSCRIPTIONS, playground)
        seconds = [select(store) for _ in range(5)]
        print(f"select {SUBSCRIPTIONS:,} due of {SUBSCRIPTIONS:,}: median {statistics.median(seconds):.2f} s (n=5)")
        database.close()

    with tempfile.TemporaryDirectory() as home, Playground(processing_seconds=0.0, rate_limits=False) as playground:
        database = Database(Path(home), lambda: MONDAY)
        store = DigestStore(database)
        subscribe(store, POSTED, playground)
        client = WebClient(playground.bot_token, base_url=playground.api_url)
        poster = SlackPoster(client, Pace(wait=lambda _: None))
        started = time.perf_counter()
        Digests(store, poster, SameForAll(), lambda: MONDAY, "benchmark").tick()
        took = time.perf_counter() - started
        calls = Counter(request.method for request in playground.requests())
        each = ", ".join(f"{name} {count / POSTED:g}" for name, count in calls.items())
        messages = calls["chat.postMessage"] / POSTED
        print(f"post {POSTED} without Slack's pace: {took:.1f} s; calls a channel: {each}")
        print(f"{SUBSCRIPTIONS:,} channels at Slack's pace: {SUBSCRIPTIONS * messages * A_WORKSPACE / 60:.0f} minutes")
        database.close()
    print(f"peak memory, stand-in included: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
