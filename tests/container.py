"""
The program as an image starts it, beside a stand-in for Slack: `python -m tests.container STEP IN...`.

`STEP IN...` is the command that steps into the image's root and runs what follows it there (`.ci/container` gives it).
The bot is started in both ways it has; it must be healthy by the image's own HEALTHCHECK, answer three questions with
pictures, and be gone ten seconds after it was told to; by HTTP once more with metrics and a database on a server. Then
a census is collected from a stand-in Hub, once from its Parquet and once page by page, and counted, and the archive of
papers. What the image leaves out of its packages, and what is stripped, would be missed by one of these. What is
measured is printed.
"""

import datetime as dt
import json
import re
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Mapping, Sequence
from pathlib import Path

from analytics.analyst import utc_now
from playground.server import Playground
from playground.signed_requests import SignedRequests
from tests import processes
from tests.analytics.census.hubs import items, parquet, serving
from tests.bot.test_processes import SECRET, free_port
from tests.loopback import archive_rows, postgres
from tests.loopback.hub import LoopbackHub
from tests.loopback.papers_api import PapersApi
from tests.loopback.pgbouncer import MISSING, find_pgbouncer, pooler

DOCKERFILE = Path(__file__).parents[1] / "Dockerfile"
PATIENCE, END = 180.0, 10.0
"""Seconds: how long a busy machine may take to answer (60 are wished for; what it took is printed), and to end."""
ENDED = {0, -signal.SIGTERM, 128 + signal.SIGTERM}
"""Of the signal it was told by uvicorn ends once all is done; a container engine says so in a shell's way."""
FIRST, FURTHER = ("top30", "of the top 30 models"), {"totals": "originals and fine-tunes of", "papers": "pairs of 2023"}
"""What is asked in Slack, and what the embedded sample says to it; each with a picture."""
MODELS = 1500
NO_MORE: Mapping[str, str] = {}


def directive(word: str) -> list[str]:
    """Give the words of the Dockerfile's ENTRYPOINT, or of its HEALTHCHECK's command."""
    found = re.search(rf"^{word}\b[^\[]*(\[.*\])$", DOCKERFILE.read_text(encoding="utf-8"), re.MULTILINE)
    assert found, word
    return list(map(str, json.loads(found[1])))


def await_healthy(inside: Sequence[str], port: int, bot: "subprocess.Popen[str]") -> None:
    """Ask as the image's HEALTHCHECK does, at this port, until it is content."""
    command = [*inside, *(word.replace("8080", str(port)) for word in directive("HEALTHCHECK"))]
    while subprocess.run(command, capture_output=True, check=False).returncode:
        assert bot.poll() is None, f"the bot ended with {bot.returncode}"


def ask(playground: Playground, question: str, said: str) -> None:
    """Ask it; the answer has one picture more than there were."""
    before = count_pictures(playground)
    assert playground.command(f"/frameworks {question}").wait().outcome == "acked"
    playground.wait_for_message(said, timeout=PATIENCE)
    playground.wait_for(lambda: count_pictures(playground) > before, PATIENCE)


def count_pictures(playground: Playground) -> int:
    """Count the PNG files that have arrived."""
    return sum((file.content or b"")[:4] == b"\x89PNG" for file in playground.files())


def end(bot: "subprocess.Popen[str]") -> float:
    """Tell it to end; give the seconds that it took."""
    told = time.monotonic()
    bot.terminate()
    assert bot.wait(END) in ENDED, bot.returncode
    return time.monotonic() - told


def run(inside: Sequence[str], what: Sequence[str], port: int, more: Mapping[str, str] = NO_MORE) -> str:
    """Start it in one way, with more settings, ask, end it; give what was measured."""
    with Playground(processing_seconds=0.0) as playground:
        own = {"SLACK_BOT_TOKEN": playground.bot_token, "SLACK_API_URL": playground.api_url, "WEB_HOST": "127.0.0.1"}
        own |= {"SLACK_SIGNING_SECRET": SECRET, "PORT": str(port)} if what else {"HEALTH_PORT": str(port)}
        own |= more if what else {"SLACK_APP_TOKEN": playground.app_token}
        started = time.monotonic()
        settings = (f"{name}={value}" for name, value in own.items())
        with processes.start([*inside, "env", *settings, *directive("ENTRYPOINT"), *what]) as bot:
            await_healthy(inside, port, bot)
            healthy = time.monotonic() - started
            if what:
                playground.site.deliveries.send_by(SignedRequests(f"http://127.0.0.1:{port}/slack/events", SECRET))
            else:
                playground.wait_for_connection(PATIENCE)
            ask(playground, *FIRST)
            answered = time.monotonic() - started
            for question, said in FURTHER.items():
                ask(playground, question, said)
            if "METRICS" in more:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics") as told:
                    assert told.read().startswith(b"# HELP")
            return f"healthy after {healthy:.1f} s, a picture after {answered:.1f} s, gone in {end(bot):.1f} s"


def run_with_a_server(inside: Sequence[str]) -> str:
    """Start it by HTTP with metrics and PostgreSQL, which is reached through a pooler: the server has no port."""
    if not find_pgbouncer():
        return f"not tried: {MISSING}"
    with postgres.server() as server, pooler(postgres.fresh_database(server)) as address:
        return run(inside, ("web",), free_port(), {"DATABASE_URL": address, "METRICS": "on"})


def collect(inside: Sequence[str], source: str) -> str:
    """Collect a census there from this source, then count it without a Hub; give what the collector said."""
    models = items(MODELS, until=utc_now())
    with serving(models, daily=parquet(models)) as hub:
        hub.renewed = f"{utc_now() - dt.timedelta(minutes=5):%Y-%m-%dT%H:%M:%S.000Z}"
        said = type_inside(inside, hub.endpoint, "collect", "census", "--from", source)
    counted = json.loads(type_inside(inside, "http://127.0.0.1:9", "totals", "declared", "--json"))
    assert (counted["sample"], sum(counted["counts"].values())) == (False, MODELS), counted
    return said.splitlines()[0]


def collect_papers(inside: Sequence[str]) -> str:
    """Collect the archive's 400 real links there, and a successor that has none; give what the collector said."""
    links = archive_rows.real_links()
    with LoopbackHub(datasets=archive_rows.datasets(links)) as hub, PapersApi([], ("PyTorch",)) as api:
        said = type_inside(inside, hub.endpoint, "collect", "papers", papers=api.address)
    assert f"{len(links)} pairs" in said, said
    return said.splitlines()[0]


def type_inside(inside: Sequence[str], endpoint: str, *words: str, papers: str = "http://127.0.0.1:9") -> str:
    """Run `frameworks` there with this Hub and this source of papers; give what it printed."""
    command = [*inside, "env", f"HF_ENDPOINT={endpoint}", f"PAPERS_API_URL={papers}", "frameworks", *words]
    done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False)
    assert not done.returncode, done.stderr
    return done.stdout


def main(inside: Sequence[str]) -> None:
    """Start it in Socket Mode, which is what an image does by itself, and by HTTP; then collect."""
    for name, what in {"Socket Mode": (), "web": ("web",)}.items():
        sys.stdout.write(f"container: {name}: {run(inside, what, free_port())}\n")
        sys.stdout.flush()
    sys.stdout.write(f"container: web with PostgreSQL: {run_with_a_server(inside)}\n")
    for source in ("daily", "crawl"):
        sys.stdout.write(f"container: a census from {source}: {collect(inside, source)}\n")
    sys.stdout.write(f"container: papers: {collect_papers(inside)}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
