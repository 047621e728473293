"""
Does one greedy person keep the others waiting? `.venv/bin/python -m benchmarks.greedy_person`

600 questions from 20 people, all at once: nineteen ask 20 each, of which five need the Hub (which takes 0.3 s for a
single model); the greedy one has asked 220 that need the Hub right before. The same without the greedy one stands
beside it, several rounds of each in turn, every time a new bot with an empty store. Everything is in one process on
loopback, without the stand-in's rate limits, so that our own shares are measured and not Slack's.
"""

import argparse
import asyncio
import math
import statistics
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

from aiohttp import web
from aiohttp.typedefs import Handler

from bot.app import build
from bot.config import Settings
from playground.server import Playground
from playground.start import connect_to
from playground.state import User
from tests.loopback.hub import LoopbackHub
from tests.loopback.hub_items import model

PEOPLE, EACH_ASKS, GREEDY_ASKS, NEED_THE_HUB = 19, 20, 220, 5
HUB_SECONDS = 0.3
FILES = ["config.json", "pytorch_model.bin", "tf_model.h5"]
"""In both frameworks, so that no twin is looked for: what is slow here is the Hub alone."""

STORED = range(10, 10 + EACH_ASKS)
"""Lengths of top lists whose pictures are drawn before the clock starts."""

Asked = tuple[str, str]
"""Who asked, and what."""


def main() -> None:
    """Measure both ways, print a line for each round and the ratio at the end."""
    parser = argparse.ArgumentParser(description="Measure what a greedy person costs the others.")
    parser.add_argument("--rounds", type=int, default=3)
    rounds = parser.parse_args().rounds
    highs: dict[bool, list[float]] = {False: [], True: []}
    for _ in range(rounds):
        for greedy in (False, True):
            waits, unanswered = one_round(greedy=greedy)
            highs[greedy].append(high(waits))
            name = "with the greedy one" if greedy else "without"
            print(
                f"{name:20} the others: median {statistics.median(waits):6.2f} s, p95 {high(waits):6.2f} s, "
                f"slowest {max(waits):6.2f} s (n={len(waits)}, unanswered {unanswered})",
                flush=True,
            )
    ratio = statistics.median(highs[True]) / statistics.median(highs[False])
    print(f"p95 of the others, with the greedy one and without: {ratio:.2f} times (medians of {rounds})")


def high(waits: list[float]) -> float:
    """Give the 95th percentile."""
    return sorted(waits)[math.ceil(len(waits) * 0.95) - 1]


def one_round(*, greedy: bool) -> tuple[list[float], int]:
    """Ask everything at once; give how long the others waited for each answer, and how many never came."""
    models = [model(f"org/m{i}", downloads=10**6 - i, tags=["pytorch", "tf"], siblings=FILES) for i in range(1000)]
    with LoopbackHub(models) as hub, tempfile.TemporaryDirectory() as home:
        hub.faults.put(_takes_its_time, "/api/models/*", times=math.inf)
        with Playground(processing_seconds=0, rate_limits=False) as slack:
            bot = build(
                connect_to(
                    slack, Settings(_env_file=None, frameworks_home=Path(home), hf_endpoint=hub.endpoint, collect=False)
                )
            )
            bot.start()
            slack.wait_for_connection()
            _warm(slack)
            people = [newcomer(slack, f"p{number}") for number in range(PEOPLE + 1)]
            if greedy:
                for number in range(GREEDY_ASKS):
                    slack.command(f"/frameworks model org/m{999 - number}", user=people[-1])
            result = _answered(slack, _asked(slack, people[:-1]))
            bot.close()
            return result


async def _takes_its_time(request: web.Request, answer: Handler) -> web.StreamResponse:
    await asyncio.sleep(HUB_SECONDS)
    return await answer(request)


def _warm(slack: Playground) -> None:
    """Have the list stored and the shared pictures drawn and uploaded."""
    for n in STORED:
        slack.command(f"/frameworks top{n}")
        slack.wait_for_message(f"top {n} ", timeout=30)


def newcomer(slack: Playground, name: str) -> User:
    """Let somebody join the workspace and its channel."""
    with slack.world.changing():
        person = User(slack.world.new_id("U"), name, name, slack.workspace.id)
        slack.world.users[person.id] = person
        slack.channel("general").members.add(person.id)
    return person


def _asked(slack: Playground, people: Iterable[User]) -> dict[Asked, float]:
    """Ask in turn, everybody the next of theirs; give when each was asked."""
    asked: dict[Asked, float] = {}
    everybody = list(people)
    for turn in range(EACH_ASKS):
        for number, person in enumerate(everybody):
            alone = turn % (EACH_ASKS // NEED_THE_HUB) == 0
            words = (
                f"model org/m{number * EACH_ASKS + turn}" if alone else f"top{STORED[turn % len(STORED)]} attributed"
            )
            asked[person.id, words] = time.time()
            slack.command(f"/frameworks {words}", user=person)
    return asked


def _answered(slack: Playground, asked: dict[Asked, float]) -> tuple[list[float], int]:
    """Wait for the answers, and find each by the footnote that says who asked what."""
    owners = {person for person, _ in asked}
    wanted = len(asked)
    deadline = time.monotonic() + 300
    found: dict[Asked, float] = {}
    seen = 0
    while len(found) < wanted and time.monotonic() < deadline:
        time.sleep(0.5)
        messages = slack.bot_messages()
        for message in messages[seen:]:
            shown = str(message.blocks)
            person = next((owner for owner in owners if f"<@{owner}> asked" in shown), None)
            words = shown.partition("asked `/frameworks ")[2].partition("`")[0]
            if person and (person, words) in asked:
                found.setdefault((person, words), float(message.ts))
        seen = len(messages)
    return [found[key] - asked[key] for key in found], wanted - len(found)


if __name__ == "__main__":
    main()
