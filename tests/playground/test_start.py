"""What `make run` prints: where the page is stands at the end, where it is found, with what a newcomer has to know."""

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from bot.app import Bot
from playground.screen import screen
from playground.server import Playground
from playground.start import ask_first, welcome
from tests.loopback.hub import LoopbackHub
from tests.loopback.hub_items import model
from tests.scenarios.conftest import OUT_OF_REACH, connected

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("proxies", [(), ("HTTPS_PROXY", "HTTP_PROXY")], ids=["no proxy", "behind a proxy"])
def test_the_last_lines_say_where_the_page_is(tmp_path: Path, proxies: tuple[str, ...]) -> None:
    """
    Started for real, with a Hub out of reach: the address, and that the sample answers, below all that is logged.

    A company's proxy is not asked for what is on this machine.
    """
    environment = {"PATH": os.defpath, "HOME": str(tmp_path), "FRAMEWORKS_HOME": str(tmp_path)}
    environment |= {"PYTHONPATH": str(ROOT), "HF_ENDPOINT": OUT_OF_REACH, "PYTHONIOENCODING": "utf-8", "COLLECT": "off"}
    environment |= dict.fromkeys(proxies, OUT_OF_REACH)
    command = [sys.executable, "-m", "bot"]
    pipe, both = subprocess.PIPE, subprocess.STDOUT
    with subprocess.Popen(command, cwd=tmp_path, env=environment, stdout=pipe, stderr=both, text=True) as process:
        lines: list[str] = []
        for line in process.stdout or ():
            lines.append(line)
            if line.startswith("──") and lines.count(line) > 1:
                process.send_signal(signal.SIGINT)
                break
        process.communicate(timeout=60)

    said = "".join(lines)
    logged, box, *_ = said.split("─" * 78)
    (address,) = re.findall(r"http://127\.0\.0\.1:\d+/(?= …)", said)
    assert f"\n      {address}\n" in box
    assert "embedded sample answers, marked SAMPLE" in box
    assert f"connected to a stand-in for Slack at {address.split('/')[2]} as app A" in logged
    assert "answered top30 (SAMPLE, not live) for" in logged
    assert process.returncode == 0


@pytest.mark.parametrize("sampled", [True, False])
def test_the_sample_is_spoken_of_only_where_it_answers(*, sampled: bool) -> None:
    """Within 80 columns."""
    shown = welcome("http://127.0.0.1:3000/", "https://huggingface.co", sampled=sampled)

    assert ("SAMPLE" in shown) == sampled
    assert max(map(len, shown.splitlines())) <= 80


def test_who_reads_the_page_did_not_ask_the_first_question(tmp_path: Path) -> None:
    """It is said who had it asked, and nothing but the answer stands there for the reader."""
    with Playground(processing_seconds=0.0) as playground, connected(playground, tmp_path, OUT_OF_REACH):
        ask_first(playground)
        playground.settled()
        shown = next(c for c in screen(playground, "ann")["channels"] if c["name"] == "general")["messages"]

    first, *rest = [message["text"] for message in shown]
    assert "At its start the playground asked" in first
    assert rest
    assert not any("Looking up" in text or f"<@{playground.user('ann').id}>" in text for text in rest)


def asked(playground: Playground, bot: Bot) -> bool:
    """Ask, and tell whether the sample answered."""
    playground.command("/frameworks top30")
    playground.settled()
    return bot.answers_from_sample("top30")


def test_whether_the_sample_answers_is_known(tmp_path: Path) -> None:
    """By the answer's own field."""
    with LoopbackHub([model(f"org/m{i}", tags=["pytorch"]) for i in range(30)]) as hub:
        for address, sampled in ((OUT_OF_REACH, True), (hub.endpoint, False)):
            with Playground(processing_seconds=0.0) as playground:
                home = tmp_path / str(sampled)
                with connected(playground, home, address) as bot:
                    assert asked(playground, bot) == sampled
