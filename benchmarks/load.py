"""
What does the bot do under load? `python -m benchmarks.load [--rounds 3] [--minutes 30] [--everything 3100000]`

    burst   200 commands at once from 20 people, ten questions of different pictures: cold (a process just started, an
            empty store) and warm (the same again), beside a plain Bolt app that works in its listener; with --beside
            FOLDER another checkout of this program takes that one's place, before and after a change, say
    soak    with --minutes: 5 questions a second to the bot alone, a third of them never asked before; its memory,
            threads and descriptors each minute. With --everything MODELS (3100000 is the Hub) censuses of so many and
            papers are stored, and all that can be asked is: on them, on what changed, on lists out of a census's file;
            --home FOLDER keeps that store for the next time. --beside FOLDER soaks that checkout at the same time

Each bot is a process of its own; the stand-ins for Slack (no processing delay, no rate limit) and for the Hub are in
this one. What the machine does besides shows in the figures: the load of the system is printed with them.
"""

import argparse
import math
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Thread

from benchmarks.greedy_person import newcomer
from benchmarks.rig import stored_home
from benchmarks.rig.drawn_questions import draw_any, draw_common
from benchmarks.rig.process_look import Highest, looked_at
from playground.deliveries import Dispatch
from playground.server import Playground
from playground.state import User
from tests.loopback.hub import LoopbackHub
from tests.loopback.hub_items import model

PEOPLE, COMMANDS, QUESTIONS = 20, 200, 10
A_SECOND = 5
"""Questions a second in the soak."""

ROOT = Path(__file__).parents[1]
OURS, PLAIN = ("bot",), ("benchmarks.peers.plain_bolt",)
PATIENCE = 120.0
"""Seconds for the answers of a burst."""

Draw = Callable[[random.Random, int], str]
"""Draws a question, where the Hub has so many models."""

MODELS = 1000
FILES = ["config.json", "pytorch_model.bin", "tf_model.h5"]


@dataclass(frozen=True, slots=True)
class Burst:
    """What came of a burst: seconds to each acknowledgement and to each answer."""

    acks: list[float]
    answers: list[float]

    def __str__(self) -> str:
        acked = f"acknowledged {len(self.acks):3} of {COMMANDS}"
        answered = f"answered {len(self.answers):3}"
        return f"{acked}: {_high(self.acks, 1000, 0.99)} ms p99; {answered}: {_high(self.answers, 1, 0.95)} s p95"


def _high(seconds: Sequence[float], scale: float, part: float) -> str:
    """Write the median and a percentile."""
    if not seconds:
        return "nothing"
    values = sorted(value * scale for value in seconds)
    return f"{statistics.median(values):8.2f} p50 {values[math.ceil(len(values) * part) - 1]:8.2f}"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Measure the bot under load.")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--minutes", type=int, default=0)
    parser.add_argument("--beside", type=Path)
    parser.add_argument("--everything", type=int, default=0, metavar="MODELS")
    parser.add_argument("--home", type=Path)
    options = parser.parse_args()
    models = [model(f"org/m{i}", downloads=10**7 - i, tags=["pytorch", "tf"], siblings=FILES) for i in range(MODELS)]
    with LoopbackHub(models) as hub:
        for _ in range(options.rounds):
            other = ("other", OURS, options.beside) if options.beside else ("plain", PLAIN, ROOT)
            for name, module, folder in (("ours", OURS, ROOT), other):
                with started(module, hub.endpoint, folder) as (slack, _):
                    people = [newcomer(slack, f"p{number}") for number in range(PEOPLE)]
                    for state in ("cold", "warm"):
                        burst = burst_of(slack, people)
                        print(f"{name:5} {state} {burst}  load {os.getloadavg()[0]:.1f}", flush=True)
        if options.minutes:
            soak_all(options, hub.endpoint)


@contextmanager
def started(
    module: Sequence[str], hub: str, folder: Path = ROOT, stored: Path | None = None
) -> Iterator[tuple[Playground, "subprocess.Popen[bytes]"]]:
    """Start a bot of some checkout as a process on a Slack and a folder of its own, with what is `stored`."""
    with Playground(processing_seconds=0, rate_limits=False) as slack, tempfile.TemporaryDirectory() as home:
        if stored:
            shutil.copytree(stored, home, dirs_exist_ok=True)
        environment = {
            "SLACK_BOT_TOKEN": slack.bot_token,
            "SLACK_APP_TOKEN": slack.app_token,
            "SLACK_API_URL": slack.api_url,
            "HF_ENDPOINT": hub,
            "FRAMEWORKS_HOME": home,
            "HF_HOME": home,
            "LOG_LEVEL": "ERROR",
            "COLLECT": "off",
            "PYTHONPATH": str(folder),
        } | {
            name: value for name, value in os.environ.items() if name in ("PATH", "LANG") or name.startswith("MALLOC_")
        }
        quiet = subprocess.DEVNULL
        command = [sys.executable, "-m", *module]
        process = subprocess.Popen(command, cwd=folder, env=environment, stdout=quiet, stderr=quiet)
        try:
            slack.wait_for_connection()
            yield slack, process
        finally:
            process.terminate()
            process.wait(timeout=60)


# ------------------------------------------------------------------------------------------------------------- burst


def burst_of(slack: Playground, people: Sequence[User]) -> Burst:
    """Type everything at once; wait for every answer, each known by who asked and what."""
    seen, asked = len(slack.bot_messages()), []
    for number in range(COMMANDS):
        person, words = people[number % PEOPLE], f"top{50 + number // PEOPLE % QUESTIONS} attributed"
        asked.append((slack.command(f"/frameworks {words}", user=person), time.time(), person.id, words))
    _wait(lambda: len(slack.bot_messages()) - seen >= COMMANDS)
    came: dict[tuple[str, str], float] = {}
    for message in slack.bot_messages()[seen:]:
        shown = str(message.blocks)
        words = shown.partition("asked `/frameworks ")[2].partition("`")[0]
        person_id = next((person.id for person in people if f"<@{person.id}> asked" in shown), "")
        came.setdefault((person_id, words), float(message.ts))
    acks = [delivery.acked_after for delivery, *_ in asked if delivery.acked and delivery.acked_after is not None]
    return Burst(acks, [came[who, what] - at for _, at, who, what in asked if (who, what) in came])


def _wait(done: Callable[[], bool]) -> None:
    """Wait until something is so, or for as long as anybody would."""
    deadline = time.monotonic() + PATIENCE
    while not done() and time.monotonic() < deadline:
        time.sleep(0.2)


# -------------------------------------------------------------------------------------------------------------- soak


def soak_all(options: argparse.Namespace, hub: str) -> None:
    """Soak the bot of this checkout, and of the other one where there is one, at the same time."""
    draw: Draw = draw_any if options.everything else draw_common
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        stored = _store(options, Path(folder)) if options.everything else None
        soaks = []
        for name, checkout in {"ours": ROOT, "other": options.beside}.items():
            if checkout:
                slack, process = stack.enter_context(started(OURS, hub, checkout, stored))
                soaks.append(Thread(target=soak, args=(name, slack, process.pid, options.minutes, draw)))
        for one in soaks:
            one.start()
        for one in soaks:
            one.join()


def _store(options: argparse.Namespace, folder: Path) -> Path:
    """Make what is stored, or take what was made before."""
    home: Path = options.home or folder / "home"
    if not home.exists():
        stored_home.fill(home, options.everything)
    return home


def soak(name: str, slack: Playground, pid: int, minutes: int, draw: Draw) -> None:
    """Ask for so many minutes, and look at the process at the end of each."""
    chance = random.Random(1)  # noqa: S311 - the same questions each time
    people = [newcomer(slack, f"p{number}") for number in range(PEOPLE)]
    print(f"{name:5} at rest   : {looked_at(pid)}", flush=True)
    for minute in range(1, minutes + 1):
        deliveries, began, highest = [], time.monotonic(), Highest(pid)
        for number in range(60 * A_SECOND):
            time.sleep(max(0.0, began + number / A_SECOND - time.monotonic()))
            deliveries.append(slack.command(f"/frameworks {draw(chance, MODELS)}", user=chance.choice(people)))
            highest.look()
        told = _told(slack, deliveries)
        print(f"{name:5} minute {minute:3}: {looked_at(pid)}, {highest}; {told}", flush=True)
        _forget(slack)


def _told(slack: Playground, deliveries: Sequence[Dispatch]) -> str:
    """Say what became of a minute's questions, as far as it is known at its end."""
    channel = slack.channel("general")
    acks = [delivery.acked_after for delivery in deliveries if delivery.acked_after is not None]
    answers = len(slack.bot_messages()) + len(channel.ephemerals)
    return (
        f"{len(acks)} acknowledged ({_high(acks, 1000, 0.99)} ms p99), {answers} answers, load {os.getloadavg()[0]:.1f}"
    )


def _forget(slack: Playground) -> None:
    """Keep the stand-in small: it would remember everything for good."""
    with slack.world.changing():
        slack.channel("general").messages.clear()
        slack.channel("general").ephemerals.clear()
        slack.world.requests.clear()


if __name__ == "__main__":
    main()
