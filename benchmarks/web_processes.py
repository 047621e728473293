"""
Commands a second with 1, 2 and 4 processes on one PostgreSQL: `python -m benchmarks.web_processes [--processes 1 2 4]`.

The real server (`frameworks-bot web`, WEB_CONCURRENCY) and a real PostgreSQL; signed slash commands over connections of
their own, each of another person, on a schedule that waits for nobody (a slow answer does not slow the next question
down). The rate is raised by a quarter until p99 of the acknowledgements reaches half a second, or a command is not
acknowledged, or not answered within PATIENCE; a step that fails is tried once more. Printed is the last rate that held.

Slack is a stand-in that takes everything (`rig/quick_slack.py`), the questions are warm (their pictures are uploaded).
Beside each step stands how late p99 of the commands were sent: where that is small, it is not the sender that gave in.
Before, the same sender is held against a server that does nothing but answer 200: so much it can send.
"""

import argparse
import asyncio
import json
import math
import os
import subprocess
import sys
import time
import urllib.request
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from analytics.analyst import Analyst, utc_now
from benchmarks.rig.askers import Askers, TimedCommand
from tests.bot.test_processes import SECRET, await_ready, free_port
from tests.few_certificates import FEW_CERTIFICATES
from tests.loopback import postgres
from tests.loopback.hub import LoopbackHub
from tests.loopback.hub_items import model

ROOT = Path(__file__).parents[1]
WORDS = ["top10", "top20", "top30", "top50", "help"]
FIRST, FACTOR, MOST = 10.0, 1.25, 400.0
"""Commands a second of the first step; by how much each is more; where raising ends in any case."""

ENOUGH = 0.5
"""Seconds that p99 of the acknowledgements stays under. Slack gives up after three."""

PATIENCE = 10.0
"""Seconds after the last command of a step in which every answer must have come."""

MODELS = [model(f"org/m{i}", downloads=10**7 - i, tags=["pytorch", "tf"], siblings=["config.json"]) for i in range(60)]


@dataclass(frozen=True, slots=True)
class RateStep:
    """What came of one rate."""

    rate: float
    acks: str
    p99: float
    late: float
    answered: int
    asked: int
    processors: float

    @property
    def holds(self) -> bool:
        """Whether everybody was acknowledged in time and answered."""
        return self.p99 < ENOUGH and self.acks == "all" and self.answered == self.asked

    def __str__(self) -> str:
        told = f"ack p99 {self.p99 * 1000:5.0f} ms ({self.acks}), answered {self.answered} of {self.asked}"
        sender = f"sent at most {self.late * 1000:.0f} ms late (p99)"
        return f"{self.rate:6.1f}/s: {told}; {sender}; bot {self.processors:.2f} cores; load {os.getloadavg()[0]:.1f}"


def percentile(values: list[float], part: float = 0.99) -> float:
    """Give a percentile."""
    return sorted(values)[math.ceil(len(values) * part) - 1]


@contextmanager
def running(command: list[str], **environment: str) -> Iterator["subprocess.Popen[bytes]"]:
    """Run a program until the block ends."""
    around = FEW_CERTIFICATES | {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT)} | environment
    process = subprocess.Popen(command, cwd=ROOT, env=around, stderr=subprocess.DEVNULL)
    try:
        yield process
    finally:
        process.terminate()
        process.wait(60)


@contextmanager
def quick_slack() -> Iterator[str]:
    """Start the Slack that takes everything; gives its address."""
    port = free_port()
    with running([sys.executable, "-m", "benchmarks.rig.quick_slack", str(port)]):
        address = f"http://127.0.0.1:{port}"
        await_told(address)
        yield address


def await_told(slack: str, deadline: float = 60.0) -> dict[str, list[float]]:
    """Ask who was answered when, as soon as anybody can be asked."""
    end = time.monotonic() + deadline
    while True:
        try:
            with urllib.request.urlopen(f"{slack}/told", timeout=10) as page:  # noqa: S310 - on this machine
                return dict(json.load(page))
        except OSError:
            if time.monotonic() > end:
                raise


def used(root: int) -> float:
    """Give the seconds of the processors that a process and its children have used."""
    ticks = os.sysconf("SC_CLK_TCK")
    seconds = 0.0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()
        except OSError:
            continue
        if int(stat.parent.name) == root or int(fields[1]) == root:
            seconds += (int(fields[11]) + int(fields[12])) / ticks
    return seconds


def store_lists(url: str, hub: str, home: Path) -> None:
    """Read the lists once, so that every process answers from what is stored."""
    analyst = Analyst(home, hub, database_url=url)
    from analytics.grammar import parse

    for words in WORDS:
        if words != "help":
            analyst.answer(parse(words))
    analyst.close()


async def settle(slack: str, asked: list[TimedCommand]) -> int:
    """Wait until everybody was answered or PATIENCE is over; gives how many were, each exactly once."""
    end = time.monotonic() + PATIENCE
    while True:
        told = await asyncio.to_thread(await_told, slack)
        answered = sum(len(told.get(one.asker, ())) >= 1 for one in asked)
        if answered == len(asked) or time.monotonic() > end:
            return answered
        await asyncio.sleep(0.5)


async def measure(askers: Askers, root: int, rate: float, seconds: float) -> RateStep:
    """Ask at one rate for a while."""
    before, began = used(root), time.monotonic()
    asked = await askers.keep_asking(WORDS, rate, seconds)
    cores = (used(root) - before) / (time.monotonic() - began)
    statuses = Counter(one.status for one in asked)
    others = {status: number for status, number in statuses.items() if status != "200"}
    answered = await settle(askers.slack, asked)
    p99, late = percentile([one.seconds for one in asked]), percentile([one.late for one in asked])
    return RateStep(rate, str(others) if others else "all", p99, late, answered, len(asked), cores)


async def find_limit(askers: Askers, root: int, seconds: float) -> float:
    """Raise the rate until it does not hold, twice; give the last one that did."""
    held, rate = 0.0, FIRST
    while rate <= MOST:
        for _ in range(2):
            step = await measure(askers, root, rate, seconds)
            print(f"    {step}{'' if step.holds else '   does not hold'}", flush=True)
            if step.holds:
                break
        else:
            return held
        held, rate = rate, rate * FACTOR
    return held


async def send_into_nothing(rate: float, seconds: float) -> None:
    """Send to a server that answers 200 to anything, and print how late."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        await writer.drain()
        writer.close()

    async with await asyncio.start_server(answer, "127.0.0.1", 0) as server:
        askers = Askers(server.sockets[0].getsockname()[1], SECRET, "http://127.0.0.1:9")
        asked = await askers.keep_asking(WORDS, rate, seconds)
    late, times = percentile([one.late for one in asked]), percentile([one.seconds for one in asked])
    print(
        f"The sender alone, {rate:.0f}/s into nothing: p99 sent {late * 1000:.0f} ms late and answered after "
        f"{times * 1000:.0f} ms; load {os.getloadavg()[0]:.1f}",
        flush=True,
    )


def main() -> None:
    """Measure each number of processes and print a table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--processes", type=int, nargs="+", default=[1, 2, 4])
    parser.add_argument("--seconds", type=float, default=8.0)
    options = parser.parse_args()
    asyncio.run(send_into_nothing(200.0, options.seconds))
    limits: dict[int, float] = {}
    with postgres.server() as server, LoopbackHub(MODELS) as hub:
        for number in options.processes:
            with ExitStack() as stack:
                home, slack = Path(stack.enter_context(TemporaryDirectory())), stack.enter_context(quick_slack())
                url, port = postgres.fresh_database(server), free_port()
                store_lists(url, hub.endpoint, home)
                settings = {
                    "SLACK_BOT_TOKEN": "xoxb-1-1-bench",
                    "SLACK_SIGNING_SECRET": SECRET,
                    "SLACK_API_URL": f"{slack}/api/",
                    "FRAMEWORKS_HOME": str(home),
                    "HF_ENDPOINT": hub.endpoint,
                    "COLLECT": "off",
                    "LOG_LEVEL": "ERROR",
                    "DATABASE_URL": url,
                    "WEB_HOST": "127.0.0.1",
                    "PORT": str(port),
                    "WEB_CONCURRENCY": str(number),
                }
                bot = stack.enter_context(running([sys.executable, "-m", "bot", "web"], **settings))
                await_ready(port)
                print(f"{number} process{'es' if number > 1 else ''}:", flush=True)
                askers = Askers(port, SECRET, slack)
                asyncio.run(warm(askers, number))
                limits[number] = asyncio.run(find_limit(askers, bot.pid, options.seconds))
    print("| Web processes | Commands a second, ack p99 under 500 ms, all answered |\n|---:|---:|")
    for number, limit in limits.items():
        print(f"| {number} | {limit:.1f} |")
    print(f"{utc_now():%d %B %Y}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")


async def warm(askers: Askers, processes: int) -> None:
    """Ask until everybody is answered and acknowledged in time: every process has loaded and drawn what it needs."""
    for _ in range(10):
        asked = await askers.keep_asking(WORDS, 4.0 * processes, 8.0)
        answered = await settle(askers.slack, asked)
        if answered == len(asked) and percentile([one.seconds for one in asked]) < ENOUGH:
            return


if __name__ == "__main__":
    main()
