"""
A process that forks workers: each is a whole bot's digest tick, and dies where it is told to, by SIGKILL.

Forking from a process that has imported everything takes milliseconds, so hundreds of deaths fit into a test. Orders
and reports are lines of JSON on standard input and output. Run as `python -m tests.simulation.nursery`.
"""

import datetime as dt
import gc
import json
import os
import random
import signal
import sys
import tempfile
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg
from slack_sdk import WebClient
from sqlalchemy import create_engine

from analytics.storage.database import Database
from bot.digest.digests import Digests
from bot.digest.poster import Details, Pace, SlackPoster
from bot.digest.records import Subscription
from bot.digest.roles import Content
from bot.digest.schedule import Slot
from bot.digest.store import DigestStore
from bot.messages import Message

STEPS = ("claimed", "built", "posting", "posted", "marked", "detailed", "settling")


class SameForAll:
    """Says the same to everybody."""

    def build(self, subscription: Subscription, slot: Slot | None, *, late: bool) -> Content:
        """Make a digest of one line, with details."""
        del subscription, slot
        text = "LATE digest" if late else "digest"
        return Content((Message(text),), Details((Message("details"),)), shown={"question": "changes"})

    def correction(self, shown: dict[str, Any]) -> None:
        """Correct nothing."""
        del shown


def work(order: dict[str, Any], number: int) -> None:
    """Run one tick, killed or robbed of its database where the order says."""
    moment = [dt.datetime.fromisoformat(order["now"])]

    def wait(seconds: float) -> None:
        moment[0] += dt.timedelta(seconds=seconds)

    database = Database(Path(order["home"]), lambda: moment[0], order["database"])
    client = WebClient(order["token"], base_url=order["api"], timeout=5, retry_handlers=[])
    digests = Digests(
        DigestStore(database),
        SlackPoster(client, Pace(wait)),
        SameForAll(),
        lambda: moment[0],
        f"worker-{os.getpid()}",
        wait=wait,
        at=_trouble(order, number),
        at_once=2,
    )
    digests.tick()


def _trouble(order: dict[str, Any], number: int) -> Callable[[str], None]:
    """Make the hook that strikes at a step, the n-th time it is passed; only the first of several workers is struck."""
    left = [order.get("nth", 1)]

    def at(step: str) -> None:
        if step != order.get("at") or number:
            return
        left[0] -= 1
        if left[0]:
            return
        if order["strike"] == "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        with psycopg.connect(order["database"], autocommit=True) as other:
            other.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )

    return at


def _forked(order: dict[str, Any], number: int) -> int:
    child = os.fork()
    if child:
        return child
    try:
        if order.get("random"):
            signal.setitimer(signal.ITIMER_REAL, random.uniform(0.001, 0.08))  # noqa: S311 - a moment to die at
            signal.signal(signal.SIGALRM, lambda *_: os.kill(os.getpid(), signal.SIGKILL))
        work(order, number)
    except BaseException:  # noqa: BLE001 - whatever it is, the child must not go on as a second nursery
        traceback.print_exc()
        os._exit(1)
    os._exit(0)


def _import_all() -> None:
    """Import here what a tick needs when it runs: each fork would do it again, and most of them do little else."""
    with tempfile.TemporaryDirectory() as folder:
        Database(Path(folder), lambda: dt.datetime.now(dt.UTC)).close()
    create_engine("postgresql+psycopg://")
    gc.freeze()


def main() -> None:
    """Take orders until there are no more."""
    _import_all()
    for line in sys.stdin:
        order = json.loads(line)
        children = [_forked(order, number) for number in range(order.get("workers", 1))]
        codes = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]
        sys.stdout.write(json.dumps(codes) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
