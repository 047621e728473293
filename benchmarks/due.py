"""
Many workspaces with ten digests each, all due in one minute: `python -m benchmarks.due [--workspaces 50 200 1000]`.

The real process that keeps the time (`frameworks-bot clock`) on a real PostgreSQL in which that many installations
rest, each with a token of its own; Slack is a stand-in that keeps its limits (`rig/paced_slack.py`). Of ten digests of
a workspace seven have a channel of their own, one is monthly, and two more stand under names in the first channel.
Printed: how long after the first post the last one came, what came twice or was lost, memory, the processors' time,
transactions of the database.

`--kill`: the process is killed in the middle and begun anew. `--slow S`: each call of one workspace takes so long; that
one is told apart. `--refuse`: the token of one is refused in the middle. `--history 1`: as Slack limits apps that are
sold outside its Marketplace.
"""

import argparse
import datetime as dt
import json
import os
import re
import subprocess
import sys
import time
import urllib.request
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import psycopg
from cryptography.fernet import Fernet
from sqlalchemy import insert

from analytics.analyst import utc_now
from analytics.digest_words.named_days import LATEST_DAY
from analytics.storage.database import Database
from benchmarks.web_processes import MODELS, ROOT, running, store_lists, used
from bot.digest.records import Subscription
from bot.digest.tables import as_row, subscriptions
from bot.workspaces.installation_store import Installations
from bot.workspaces.installed import Installed
from bot.workspaces.token_seal import TokenSeal
from tests.bot.test_processes import SECRET, free_port
from tests.few_certificates import FEW_CERTIFICATES
from tests.loopback import postgres
from tests.loopback.hub import LoopbackHub

NAMES = ("", "mobile", "papers")
SLOW, REFUSED = "T000001", "T000002"
PATIENCE = 900.0
"""Seconds in which nothing more may come before the rest counts as lost; an open claim is taken over after 300."""


@dataclass(frozen=True, slots=True)
class SeenBySlack:
    """What Slack has seen so far."""

    posts: list[tuple[float, str, str, str, bool]]
    calls: Counter[str]

    def roots(self, *without: str) -> list[tuple[float, str, str, str, bool]]:
        """Give the digests themselves, of all workspaces but some."""
        return [post for post in self.posts if post[3] and not post[4] and post[1] not in without]

    def threads(self, *without: str) -> int:
        """Count what came in threads of the same."""
        return sum(post[4] for post in self.posts if post[1] not in without)


def wanted_of(team: str, each: int, due: dt.datetime) -> Iterator[Subscription]:
    """Give the subscriptions of one workspace."""
    made = due - dt.timedelta(days=3)
    plain = Subscription(team, "", due.weekday(), due.time(), "UTC", "U1", made, made)
    for number in range(each):
        name = NAMES[number] if number < len(NAMES) else ""
        channel = f"C{team[1:]}{0 if name else number:03d}"
        monthly = str(due.day) if number == each - 1 and due.day <= LATEST_DAY else ""
        yield replace(plain, channel=channel, name=name, monthly=monthly)


def furnish(url: str, home: Path, key: str, teams: list[str], each: int, due: dt.datetime) -> None:
    """Install into each workspace and store what it wants."""
    database = Database(home, utc_now, url)
    store = Installations(database, TokenSeal(key), utc_now)
    for team in teams:
        store.keep(Installed(team, f"xoxb-{team}", utc_now(), name=team, bot="B1", bot_user="UBOT"))
    rows = [as_row(one) for team in teams for one in wanted_of(team, each, due)]
    database.run(lambda connection: connection.execute(insert(subscriptions), rows))
    database.close()


def ask(address: str) -> Any:
    """Fetch something of the stand-in."""
    with urllib.request.urlopen(address, timeout=60) as page:  # noqa: S310 - on this machine
        return page.read()


def look(slack: str) -> SeenBySlack:
    """See what came."""
    told = json.loads(ask(f"{slack}/told"))
    return SeenBySlack([tuple(post) for post in told["posts"]], Counter(told["calls"]))


@contextmanager
def paced_slack() -> Iterator[str]:
    """Start the stand-in; gives its address."""
    port = free_port()
    with running([sys.executable, "-m", "benchmarks.rig.paced_slack", str(port)]):
        address = f"http://127.0.0.1:{port}"
        for _ in range(300):
            try:
                look(address)
                break
            except OSError:
                time.sleep(0.1)
        yield address


def count_transactions(url: str) -> int:
    """Count what the database has been asked so far."""
    with psycopg.connect(url, autocommit=True) as connection:
        row = connection.execute(
            "SELECT xact_commit + xact_rollback FROM pg_stat_database WHERE datname = current_database()"
        ).fetchone()
    return int(row[0]) if row else 0


def memory_of(process: "subprocess.Popen[bytes]") -> int:
    """Give the peak of a process's memory in megabytes."""
    status = Path(f"/proc/{process.pid}/status").read_text(encoding="ascii")
    found = re.search(r"VmHWM:\s+(\d+)", status)
    return int(found[1]) // 1024 if found else 0


class Measured:
    """One run: the clock process, begun anew where it was killed."""

    def __init__(self, options: argparse.Namespace, slack: str, environment: dict[str, str]) -> None:
        self._options = options
        self._slack = slack
        self._environment = environment
        self.process = self._begin()
        self._without = (REFUSED,) if options.refuse else ()

    def _begin(self) -> "subprocess.Popen[bytes]":
        around = FEW_CERTIFICATES | {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT)} | self._environment
        return subprocess.Popen([sys.executable, "-m", "bot", "clock"], cwd=ROOT, env=around)

    def disturb(self, seen: SeenBySlack, expected: int) -> None:
        """Kill it, or refuse a token, when a third is posted; each once."""
        if len(seen.roots()) < expected / 3:
            return
        if self._options.kill:
            self._options.kill = False
            self.process.kill()
            self.process.wait()
            print(f"    killed after {len(seen.roots())} posts", flush=True)
            self.process = self._begin()
        if self._options.refuse:
            self._options.refuse = False
            ask(f"{self._slack}/make?refuse={REFUSED}")

    def end(self) -> None:
        """End it as an operator does."""
        self.process.terminate()
        self.process.wait(60)

    def watch(self, expected: int) -> SeenBySlack:
        """Wait until all has come, threads too, or nothing more comes."""
        seen, last, end = look(self._slack), -1, time.monotonic() + PATIENCE
        while time.monotonic() < end:
            time.sleep(2.0)
            seen = look(self._slack)
            self.disturb(seen, expected)
            if len(seen.posts) != last:
                last, end = len(seen.posts), time.monotonic() + PATIENCE
            roots = seen.roots(*self._without)
            if len({post[3] for post in roots}) >= expected and seen.threads(*self._without) >= len(roots):
                break
        return seen


def tell(seen: SeenBySlack, expected: int, due: dt.datetime, *apart: str) -> str:
    """Say what came of a run; how fast, without the workspaces that are told apart."""
    roots = seen.roots(*({REFUSED} & set(apart)))
    times = sorted(post[0] for post in seen.roots(*apart)) or [due.timestamp()]
    keys = Counter(post[3] for post in roots)
    took = times[-1] - times[0]
    details = max((post[0] for post in seen.posts if post[4]), default=0.0) - times[0]
    return (
        f"first {times[0] - due.timestamp():.0f} s after it was due, "
        f"last {took:.0f} s later, last thread {details:.0f} s; "
        f"{len(times) / max(took, 1.0):.1f} digests a second; twice {sum(number > 1 for number in keys.values())}, "
        f"lost {expected - len(keys)}; calls {dict(seen.calls)}"
    )


def measure(number: int, options: argparse.Namespace, server: str, hub: str) -> None:
    """Measure one number of workspaces."""
    with ExitStack() as stack:
        home, slack = Path(stack.enter_context(TemporaryDirectory())), stack.enter_context(paced_slack())
        url, key = postgres.fresh_database(server), Fernet.generate_key().decode()
        teams = [f"T{one:06d}" for one in range(number)]
        store_lists(url, hub, home)
        due = (utc_now() + dt.timedelta(seconds=80 + number / 50)).replace(second=0, microsecond=0)
        furnish(url, home, key, teams, options.each, due)
        expected = number * options.each
        ask(f"{slack}/make?history={options.history}")
        if options.slow:
            ask(f"{slack}/make?slow={SLOW}&seconds={options.slow}")
        if options.refuse:
            expected -= options.each
        run = Measured(
            argparse.Namespace(**vars(options)),
            slack,
            {
                "SLACK_CLIENT_ID": "1.1",
                "SLACK_CLIENT_SECRET": "secret",
                "SLACK_TOKEN_KEYS": key,
                "SLACK_SIGNING_SECRET": SECRET,
                "SLACK_API_URL": f"{slack}/api/",
                "FRAMEWORKS_HOME": str(home),
                "HF_ENDPOINT": hub,
                "COLLECT": "off",
                "LOG_LEVEL": options.log,
                "DATABASE_URL": url,
            },
        )
        stack.callback(run.end)
        before = count_transactions(url)
        seen = run.watch(expected)
        apart = [team for team, is_apart in ((SLOW, options.slow), (REFUSED, options.refuse)) if is_apart]
        print(f"{number} workspaces of {options.each}: {tell(seen, expected, due, *apart)}", flush=True)
        for team in apart:
            theirs = sorted(post[0] for post in seen.roots() if post[1] == team)
            print(f"    {team}: {len(theirs)} digests, last {(theirs or [0.0])[-1] - due.timestamp():.0f} s after due")
        print(
            f"    peak memory {memory_of(run.process)} MB, processors {used(run.process.pid):.0f} s, "
            f"transactions {count_transactions(url) - before}; load {os.getloadavg()[0]:.1f}",
            flush=True,
        )


def main() -> None:
    """Measure each number of workspaces."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--workspaces", type=int, nargs="+", default=[50, 200, 1000])
    parser.add_argument("--each", type=int, default=10)
    parser.add_argument("--history", type=int, default=50)
    parser.add_argument("--slow", type=float, default=0.0)
    parser.add_argument("--kill", action="store_true")
    parser.add_argument("--refuse", action="store_true")
    parser.add_argument("--log", default="ERROR")
    options = parser.parse_args()
    with postgres.server() as server, LoopbackHub(MODELS) as hub:
        for number in options.workspaces:
            measure(number, options, server, hub.endpoint)


if __name__ == "__main__":
    main()
