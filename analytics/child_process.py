"""What a child process of ours does for who started it: it ends with that one, goes first, keeps its output clean."""

import os
import signal
import sys
import threading
from contextlib import suppress
from pathlib import Path

FIRST_TO_GO = "500"
"""How gladly Linux ends this process, of -1000 to 1000, where memory runs short: before the bot that answers (0)."""


def take_output() -> int:
    """Take the standard output for our words alone, as a descriptor: what a library prints goes to where errors go."""
    ours = os.dup(1)
    os.dup2(2, 1)
    return ours


def end_with_who_started_this() -> None:
    """Leave signals to whoever started this, who ends it, and end when that one is gone."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    threading.Thread(target=_await_end, daemon=True).start()
    if sys.platform == "linux":
        with suppress(OSError):  # where it may not be said, all are alike
            Path("/proc/self/oom_score_adj").write_text(FIRST_TO_GO, encoding="ascii")


def _await_end() -> None:
    """Wait for the end of the standard input; not by Python's own file, which a thread at exit may not hold."""
    while os.read(0, 1):
        pass
    os._exit(1)
