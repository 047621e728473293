"""What stands for an interpreter ends as one, says what one says, and leaves nobody behind."""

import marshal
import os
import select
import signal
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path
from subprocess import PIPE

import pytest

from tests.forked_command import forked
from tests.processes import start


@pytest.mark.parametrize(("given", "status", "said"), [("[1]", 0, "[1]"), ("[1", 1, "Expecting ',' delimiter")])
def test_words_streams_folder_and_status_are_those_of_an_interpreter(
    tmp_path: Path, given: str, status: int, said: str
) -> None:
    """What is read on its input is written into a file of its folder, or what is wrong to its errors."""
    command = [*forked("json.tool"), "--compact", "-", "out"]
    done = subprocess.run(command, input=given, cwd=tmp_path, capture_output=True, text=True, check=False)

    assert (done.returncode, done.stdout) == (status, "")
    assert said in (done.stderr if status else (tmp_path / "out").read_text(encoding="utf-8"))


@pytest.fixture
def waiting() -> Iterator["subprocess.Popen[str]"]:
    """Start what greets on its stream of errors, and then waits for its input."""
    with start(forked("code"), stdin=PIPE, stdout=PIPE, stderr=PIPE) as program:
        assert program.stderr
        assert program.stderr.readline().startswith("Python ")
        yield program


def test_what_is_terminated_ends_by_that_signal(waiting: "subprocess.Popen[str]") -> None:
    """It is handed on, and the command ends as its fork did."""
    waiting.terminate()

    assert waiting.wait(30) == -15


def test_what_is_killed_is_gone(waiting: "subprocess.Popen[str]") -> None:
    """The fork would hold its streams open for as long as it waits."""
    waiting.kill()

    assert waiting.stdout
    assert waiting.stdout.read() in ("", ">>> "), "it comes to an end, behind the prompt or before it"


def test_a_signal_right_behind_the_words_is_handed_on() -> None:
    """On a crowded machine the words are read when the signal stands behind them already."""
    told = marshal.dumps((["code"], str(Path.cwd()), dict(os.environ)))
    silent, saying = os.pipe()  # what it waits for, and where it greets
    with socket.socket(socket.AF_UNIX) as line, os.fdopen(silent), os.fdopen(saying):
        line.settimeout(30)
        line.connect(forked("code")[-2])
        socket.send_fds(line, [len(told).to_bytes(4, "big")], [silent, saying, saying])
        line.sendall(told + bytes([signal.SIGTERM]))

        assert marshal.loads(line.recv(64)) == -signal.SIGTERM  # noqa: S302 - from a process of ours


def test_who_is_killed_in_the_midst_of_the_words_leaves_nothing_behind() -> None:
    """The fork that read them has ended: the streams it was handed are closed."""
    told, saying = os.pipe()
    with os.fdopen(told) as ended, socket.socket(socket.AF_UNIX) as line:
        line.connect(forked("code")[-2])
        socket.send_fds(line, [(100).to_bytes(4, "big")], [saying])
        line.sendall(b"half")
        os.close(saying)
        line.close()

        assert select.select([ended], [], [], 30)[0]
