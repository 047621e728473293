"""
Work whose libraries would stay in a process for good: done here, or in a child process that ends with it.

To read a list out of the file of a census takes DuckDB and Arrow, which are 110 MB of a process that answers for weeks,
and at their work twice as much. A process that answers once does it itself; a bot has it done by a child.
"""

import errno
import os
import pickle
import subprocess
import sys
import threading
import traceback
from collections.abc import Callable, Mapping, Sequence
from typing import Any, ParamSpec, Protocol, TypeVar

from analytics.child_process import end_with_who_started_this, take_output
from analytics.invocation import allow_environment

P = ParamSpec("P")
T = TypeVar("T")

COMMAND = (sys.executable, "-m", "analytics.child_work")

FAMILIES = ("PYTHON", "ARROW_", "MALLOC_", "OMP_")
"""How the names of settings begin that such work has use for; it asks nobody, so it gets no token."""

PATIENCE = 120.0
"""Seconds that work may take: a whole census is gone through in some ten."""


class ChildMistaken(RuntimeError):
    """The work ended in a mistake of ours; the message is the child's traceback."""


class DoWork(Protocol):
    """Does a piece of work, wherever that is."""

    def __call__(self, work: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """Give what it gives. Raises what it raises; OSError also where it could not be done."""


def do_here(work: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
    """Do it in the thread that asks for it."""
    return work(*args, **kwargs)


class ChildWork:
    """
    Does each piece of work in a child process of its own, one after the other; safe to use from several threads.

    A second child at once would take as much memory again, and no less time: each works on all the cores that are.
    Of the `environment` a child sees what any program has use for.
    """

    def __init__(self, environment: Mapping[str, str], patience: float = PATIENCE) -> None:
        self._environment = allow_environment(environment, FAMILIES)
        self._patience = patience
        self._turn = threading.Lock()

    def __call__(self, work: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """
        Do it in a child; `work` is a function of a module, and what it takes and gives can be pickled.

        Raises:  OSError, as the work raised it, or where the child could not be started or was ended; ChildMistaken.
        """
        asked = pickle.dumps((work, args, kwargs))
        with self._turn:
            said, code = self._run(asked)
        if code:
            raise OSError(errno.ECHILD, f"The process that should read it {_explain_end(code)}")
        kind, result = pickle.loads(said)  # noqa: S301 - of our own program
        if kind == "failed":
            raise result
        if kind == "mistaken":
            raise ChildMistaken(result)
        given: T = result
        return given

    def _run(self, asked: bytes) -> tuple[bytes, int]:
        """Run a child; give what it said and its exit status. Its input stays open: where that ends, it ends."""
        pipe = subprocess.PIPE
        with subprocess.Popen(COMMAND, env=self._environment, stdin=pipe, stdout=pipe) as child:  # noqa: S603 - our own program
            late = threading.Timer(self._patience, child.kill)
            late.start()
            try:
                if child.stdin is None or child.stdout is None:
                    raise OSError(errno.EPIPE, "no pipe")
                child.stdin.write(asked)
                child.stdin.flush()
                said = child.stdout.read()
                return said, child.wait()
            finally:
                late.cancel()
                child.kill()


def _explain_end(code: int) -> str:
    return f"was ended (signal {-code})" if code < 0 else f"ended early ({code})"


def main() -> None:
    """Do one piece of work: it comes pickled by the standard input, what it gives goes so to the standard output."""
    with os.fdopen(take_output(), "wb") as ours:
        work, args, kwargs = _read_asked()
        end_with_who_started_this()
        pickle.dump(_do(work, args, kwargs), ours)
    os._exit(0)  # at once: nothing of it is needed any more


def _read_asked() -> tuple[Callable[..., Any], Sequence[Any], Mapping[str, Any]]:
    with os.fdopen(os.dup(0), "rb") as stream:  # nothing comes after it, so that reading ahead takes nothing away
        asked: tuple[Callable[..., Any], Sequence[Any], Mapping[str, Any]] = pickle.load(stream)  # noqa: S301 - of whoever started this
    return asked


def _do(work: Callable[..., Any], args: Sequence[Any], kwargs: Mapping[str, Any]) -> tuple[str, Any]:
    try:
        return "done", work(*args, **kwargs)
    except OSError as trouble:
        return "failed", OSError(trouble.errno, trouble.strerror or str(trouble), trouble.filename)
    except Exception:  # noqa: BLE001 - told to whoever started this
        return "mistaken", traceback.format_exc()


if __name__ == "__main__":
    main()
