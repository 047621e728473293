"""
The program as an image starts it, beside a stand-in for Slack: `python -m tests.container STEP IN...`.

`STEP IN...` is the command that steps into the image's root and runs what follows it there (`.ci/container` gives it).
The bot is started in both ways it has; it must be healthy by the image's own HEALTHCHECK, answer with a picture, and
be gone ten seconds after it was told to. What is measured is printed.
"""

import json
import re
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from playground.server import Playground
from playground.signed_requests import SignedRequests
from tests import processes
from tests.bot.test_processes import SECRET, free_port

DOCKERFILE = Path(__file__).parents[1] / "Dockerfile"
PATIENCE, END = 180.0, 10.0
"""Seconds: how long a busy machine may take to answer (60 are wished for; what it took is printed), and to end."""


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


def ask(playground: Playground) -> None:
    """Ask for the top 30; the answer has a picture."""
    assert playground.command("/frameworks top30").wait().outcome == "acked"
    playground.wait_for_message("of the top 30 models", timeout=PATIENCE)
    playground.wait_for(lambda: any((file.content or b"")[:4] == b"\x89PNG" for file in playground.files()), PATIENCE)


def end(bot: "subprocess.Popen[str]") -> float:
    """Tell it to end; give the seconds that it took. Uvicorn, once all is done, ends by the signal it got."""
    told = time.monotonic()
    bot.terminate()
    assert bot.wait(END) in {0, -signal.SIGTERM}, bot.returncode
    return time.monotonic() - told


def run(inside: Sequence[str], what: Sequence[str], port: int) -> str:
    """Start it in one way, ask, end it; give what was measured."""
    with Playground(processing_seconds=0.0) as playground:
        own = {"SLACK_BOT_TOKEN": playground.bot_token, "SLACK_API_URL": playground.api_url, "WEB_HOST": "127.0.0.1"}
        own |= {"SLACK_SIGNING_SECRET": SECRET, "PORT": str(port)} if what else {"HEALTH_PORT": str(port)}
        own |= {} if what else {"SLACK_APP_TOKEN": playground.app_token}
        started = time.monotonic()
        settings = (f"{name}={value}" for name, value in own.items())
        with processes.start([*inside, "env", *settings, *directive("ENTRYPOINT"), *what]) as bot:
            await_healthy(inside, port, bot)
            healthy = time.monotonic() - started
            if what:
                playground.site.deliveries.send_by(SignedRequests(f"http://127.0.0.1:{port}/slack/events", SECRET))
            else:
                playground.wait_for_connection(PATIENCE)
            ask(playground)
            answered = time.monotonic() - started
            return f"healthy after {healthy:.1f} s, a picture after {answered:.1f} s, gone in {end(bot):.1f} s"


def main(inside: Sequence[str]) -> None:
    """Start it in Socket Mode, which is what an image does by itself, and by HTTP."""
    for name, what in {"Socket Mode": (), "web": ("web",)}.items():
        sys.stdout.write(f"container: {name}: {run(inside, what, free_port())}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1:])
