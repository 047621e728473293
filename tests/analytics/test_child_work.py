"""Work in a child process gives what it gives here; whatever becomes of the child is said, and none is left."""

import os
import pickle
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from analytics.child_work import COMMAND, ChildMistaken, ChildWork

ENVIRONMENT = {"PYTHONPATH": str(Path(__file__).parents[2])}
PATIENCE = 30


def in_a_child(patience: float = PATIENCE, **more: str) -> ChildWork:
    """Give what works in a child that finds our modules."""
    return ChildWork(ENVIRONMENT | more, patience)


def test_a_child_gives_what_the_work_gives() -> None:
    """Values go there and back; it is done in another process."""
    do = in_a_child()

    assert do(divmod, 17, 5) == (3, 2)
    assert do(os.getpid) != os.getpid()


def test_large_values_go_both_ways() -> None:
    """Far more than a pipe holds at once."""
    assert in_a_child()(bytes.upper, b"a" * 3_000_000) == b"A" * 3_000_000


def test_what_is_wrong_with_a_file_is_raised_as_it_was() -> None:
    """An OSError with its number and its words: answers go by it."""
    with pytest.raises(FileNotFoundError, match="No such file or directory: '/nowhere/x'"):
        in_a_child()(os.stat, "/nowhere/x")


def test_a_mistake_of_ours_comes_with_its_traceback() -> None:
    """It is told as any mistake here, not as a file that cannot be read."""
    with pytest.raises(ChildMistaken, match="ZeroDivisionError"):
        in_a_child()(divmod, 1, 0)


@pytest.mark.parametrize(
    ("work", "argument", "said"),
    [(os.abort, (), "was ended"), (os._exit, (3,), r"ended early \(3\)"), (sys.exit, (4,), "ended early")],
    ids=["killed", "gone", "left"],
)
def test_a_child_that_ends_before_its_work_is_a_file_that_cannot_be_read(
    work: Callable[..., object], argument: tuple[int, ...], said: str
) -> None:
    """As the system ends it where memory runs short: then the answer is made from what is stored."""
    with pytest.raises(OSError, match=said):
        in_a_child()(work, *argument)


def test_a_child_that_takes_too_long_is_ended() -> None:
    """Nobody waits for ever for a disk that does not answer."""
    with pytest.raises(OSError, match="was ended"):
        in_a_child(patience=0.2)(time.sleep, PATIENCE)


def test_a_child_gets_no_token() -> None:
    """It asks nobody; of the environment it sees what any program has use for."""
    do = in_a_child(HF_TOKEN="hf_of_ours", SLACK_BOT_TOKEN="xoxb-of-ours", MALLOC_ARENA_MAX="1")

    assert [do(os.getenv, name) for name in ("HF_TOKEN", "SLACK_BOT_TOKEN", "MALLOC_ARENA_MAX")] == [None, None, "1"]


def test_it_ends_when_whoever_started_it_is_gone() -> None:
    """In the middle of its work."""
    pipe = subprocess.PIPE
    with subprocess.Popen(COMMAND, env=ENVIRONMENT, stdin=pipe, stdout=pipe) as child:
        assert child.stdin
        child.stdin.write(pickle.dumps((time.sleep, (PATIENCE,), {})))
        child.stdin.close()
        assert child.wait(PATIENCE) == 1
