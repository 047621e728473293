"""Told to stop, the bot stops: at once, whichever thread the signal reaches, whatever is under way."""

import signal
import subprocess
import sys
from pathlib import Path

from tests.processes import start

ROOT = Path(__file__).parents[3]

ELSEWHERE = """
import signal, threading
from bot.runtime.shutdown import listen_for_stop

def signalled(main):
    while main.is_alive() and "_receive" not in names(main):
        pass
    signal.pthread_kill(threading.get_ident(), signal.SIGTERM)

def names(thread):
    import sys, traceback
    return [frame.name for frame in traceback.extract_stack(sys._current_frames()[thread.ident])]

with listen_for_stop() as wait:
    threading.Thread(target=signalled, args=[threading.main_thread()], daemon=True).start()
    wait()
"""

BEFORE = """
import os, signal
from bot.runtime.shutdown import listen_for_stop
with listen_for_stop() as wait:
    os.kill(os.getpid(), signal.SIGTERM)
    wait()
"""

BUSY = """
import os, sys, threading
from bot.runtime.shutdown import close_within

def close():
    os.write(1, b"closing\\n")  # unbuffered: a thread that holds the lock of stdout would spoil the end of the process
    threading.Event().wait()

close_within(close, seconds=float(sys.argv[1]))
"""


def test_a_signal_that_another_thread_takes_wakes_the_main_one() -> None:
    """The main thread sleeps in the system by then, so a handler in Python would not run before it wakes by itself."""
    assert run(ELSEWHERE).returncode == 0


def test_a_signal_that_came_before_waiting_began_is_not_lost() -> None:
    """Told to stop while it was starting, the bot does not go on."""
    assert run(BEFORE).returncode == 0


def test_what_does_not_finish_is_left_and_said() -> None:
    """A collection of an hour does not hold the process for an hour."""
    done = run(BUSY, "0.1")

    assert done.returncode == 0
    assert "what was being collected goes on at the next start" in done.stderr


def test_a_second_ctrl_c_does_not_wait() -> None:
    """Who presses again while it is closing is not made to wait."""
    with start([sys.executable, "-c", BUSY, "600"], cwd=ROOT, stdout=subprocess.PIPE) as busy:
        assert busy.stdout
        busy.stdout.readline()
        busy.send_signal(signal.SIGINT)

        assert busy.wait(30) == 0


def run(program: str, *words: str) -> subprocess.CompletedProcess[str]:
    """Run a few lines in a process of their own, as signals are the process's; a hang fails."""
    return subprocess.run(
        [sys.executable, "-c", program, *words], cwd=ROOT, capture_output=True, text=True, check=False, timeout=30
    )
