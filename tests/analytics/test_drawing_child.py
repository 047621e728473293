"""A picture is drawn by a child beside the answer; whatever becomes of the child, the picture is the same."""

import json
import subprocess
import sys
from typing import Any

import pytest

from tests.analytics.at_the_terminal import settings

SCRIPT = """
import json, os, signal, sys
from pathlib import Path
from analytics.__main__ import main
from analytics.analyst import analyst_of
from analytics.drawing_child import prepare_beside

def children():
    return [int(child) for child in Path("/proc/thread-self/children").read_text().split()]

def watch(settings):
    while [os.readlink(f"/proc/{children()[-1]}/fd/{stream}") for stream in (1, 2)] != [os.devnull] * 2:
        os.sched_yield()
    return analyst_of(settings)

def kill_it(settings):
    os.kill(children()[-1], signal.SIGKILL)
    return analyst_of(settings)

def tell(name, opening=analyst_of):
    status = main(["top5", "--chart", name], opening, prepare_picture=prepare_beside)
    told[name] = [status, Path(name).read_bytes().hex(), "matplotlib" in sys.modules]

told = {}
tell("beside.png", watch)
main(["why", "safetensors", "--chart", "none.png"], prepare_picture=prepare_beside)
without_chart = "matplotlib" in sys.modules
tell("killed.png", kill_it)
before = len(children())
os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
tell("alone.png")
print(json.dumps({"told": told, "more": len(children()) - before, "without_chart": without_chart}))
"""
"""Asks with a child, which has to let go of the output, with one that is killed meanwhile, and on one processor."""

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only on Linux a child draws beside the answer")


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Run the script once in a process of one thread."""
    home = tmp_path_factory.mktemp("home")
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        capture_output=True,
        text=True,
        env=settings("http://127.0.0.1:9", home),
        cwd=home,
        check=True,
        timeout=120,
    )
    return json.loads(done.stdout.splitlines()[-1])


def test_the_child_draws_what_would_be_drawn_here(told: Any) -> None:
    """The same bytes, and whoever answers did not import what draws."""
    assert told["told"]["beside.png"] == [0, told["told"]["alone.png"][1], False]
    assert told["told"]["alone.png"][1].startswith(b"\x89PNG".hex())


def test_a_child_that_is_killed_costs_time_and_not_the_picture(told: Any) -> None:
    """It is drawn where the answer is."""
    assert told["told"]["killed.png"] == [0, told["told"]["alone.png"][1], True]


def test_one_processor_has_no_child(told: Any) -> None:
    """There it would only be in the way of the answer."""
    assert told["more"] == 0


def test_an_answer_without_a_chart_imports_nothing_that_draws(told: Any) -> None:
    """Neither here, and the child is told nothing."""
    assert told["without_chart"] is False
