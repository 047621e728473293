"""A process that answers once hardly looks for cyclic garbage, for it ends before that would pay; others do."""

import gc
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from analytics.rare_searches import search_seldom_meanwhile
from tests.analytics.at_the_terminal import settings

LIVE = """
import gc, sys
from analytics.__main__ import run
def end(ended):
    print("SEARCHED", sum(each["collections"] for each in gc.get_stats()) - before, gc.get_threshold()[0])
    print("PASSED OVER", gc.get_freeze_count())
sys.argv[1:] = sys.argv[1].split()
before = sum(each["collections"] for each in gc.get_stats())
try:
    run()
except SystemExit as ended:
    end(ended)
    sys.exit(ended.code)
"""
"""Is the program, then tells how often garbage was looked for since it began, and what its end passes over."""


def lived(home: Path, words: str) -> tuple[int, int, int]:
    """Be the program in a process; give its searches, how seldom they are in the end, and what the end passes over."""
    environment = settings("http://127.0.0.1:9", home)
    command = [sys.executable, "-c", LIVE, words]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False, timeout=120)
    told = dict(line.split(maxsplit=1) for line in done.stdout.replace("PASSED OVER", "PASSED").splitlines()[-2:])
    searches, seldom = map(int, told["SEARCHED"].split())
    return searches, seldom, int(told["PASSED"])


@pytest.mark.parametrize("words", ["top30 --chart x.png", "top30", "no such word", "--no-such-option"])
def test_a_process_of_one_answer_hardly_looks_for_garbage(tmp_path: Path, words: str) -> None:
    """With a picture, without, and however it ends: it looks three times at most, and its end goes through nothing."""
    searches, _, passed_over = lived(tmp_path, words.replace("x.png", str(tmp_path / "x.png")))

    assert searches <= 3
    assert passed_over > 10_000


@pytest.mark.parametrize("words", ["collect nothing", "mcp --http nowhere"])
def test_a_process_that_stays_looks_as_usual(tmp_path: Path, words: str) -> None:
    """What collects may run for hours, as may what answers assistants; the tests' own process looks seldom."""
    asked = [sys.executable, "-c", "import gc; print(gc.get_threshold()[0])"]
    usual = int(subprocess.run(asked, capture_output=True, check=True, timeout=60).stdout)

    assert lived(tmp_path, words)[1] == usual


def test_work_that_makes_no_cycles_looks_seldom_and_then_as_before() -> None:
    """Also where it fails, what comes after it is looked through as it was."""
    before = gc.get_threshold()
    with suppress(OSError), search_seldom_meanwhile():
        assert gc.get_threshold()[0] == 200_000
        raise OSError
    assert gc.get_threshold() == before
