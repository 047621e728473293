"""
How one thing is collected: here, in the thread that asks for it, or apart, in a child process of our own interpreter.

A census leaves 150 MB in a process for good, its libraries and what they do not give back; a child gives all of it back
by ending. And where memory runs short the child is ended, while the bot goes on and says so.
"""

import json
import logging
import subprocess
import sys
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from enum import Enum, auto
from functools import partial
from typing import Protocol

from analytics.analyst import Analyst
from analytics.context import TellProgress
from analytics.domain.collectors import Collector
from analytics.invocation import allow_environment
from analytics.settings import AnalyticsSettings, own_environment
from bot.config import Settings

APART = frozenset({Collector.CENSUS, Collector.PAPERS})
"""What reads tables of millions of rows; the rest takes no library that the bot does not hold anyway."""

COMMAND = (sys.executable, "-m", "analytics.collecting_child")

LAST_SECONDS = 10.0
"""Seconds in which a child that says nothing more is over."""

LONGEST_LINE = 1_000_000
"""Letters of a word of its, at most: a page of sentences has a hundredth of it."""

SHOWN = 200
"""Letters of what was not understood that the log shows."""

FAMILIES = ("HF_", "PYTHON", "ARROW_", "MALLOC_", "OMP_")
"""How the names of settings begin that collecting has use for: of the Hub's library and of what counts."""

SERVER = ("PG",)
"""The same for the client of a PostgreSQL: its certificates, and a password that is not in the address."""

KILLED = -9

UNKNOWN = "the process that read it said what this version does not know; if it was upgraded meanwhile, restart the bot"

log = logging.getLogger(__name__)


class CollectingStopped(Exception):
    """The process is being stopped: the collection ends where it is; what it kept is gone on with later."""


class CollectionBroken(Exception):
    """A child did not collect; `str()` is why, as it is stored."""


class LastWord(Enum):
    """How a child's words ended: by one of its own three, by what is none, or by its end alone."""

    DONE = auto()
    BUSY = auto()
    FAILED = auto()
    UNKNOWN = auto()
    NONE = auto()


class CollectionRunner(Protocol):
    """Collects one thing at a time."""

    def run(self, what: Collector, progress: TellProgress) -> Sequence[str]:
        """
        Collect it as `Analyst.collect` does; what `progress` raises ends it.

        Raises:  CollectingStopped, where `end` ended it; else what is wrong.
        """

    def end(self) -> None:
        """End what is under way, if it can be ended from another thread, and begin nothing more."""


class CollectedHere:
    """Collects in the thread that asks for it."""

    def __init__(self, analyst: Analyst) -> None:
        self._analyst = analyst

    def run(self, what: Collector, progress: TellProgress) -> Sequence[str]:
        """Collect it."""
        return self._analyst.collect(what, progress=progress)

    def end(self) -> None:
        """Do nothing: it ends at its next word."""


class CollectedApart:
    """
    Collects what is large in a child process, into the same store; the rest here.

    Where the store is only in this process's memory no child could write to it, so that all is collected here then.
    """

    def __init__(
        self,
        analyst: Analyst,
        settings: AnalyticsSettings,
        command: Sequence[str] = COMMAND,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        self._analyst = analyst
        self._command = tuple(command)
        self._environment = environment_of(settings, own_environment() if environment is None else environment)
        self._running: subprocess.Popen[str] | None = None
        self._is_ended = False
        self._lock = threading.Lock()

    def run(self, what: Collector, progress: TellProgress) -> Sequence[str]:
        """
        Collect it.

        Raises:  CollectingStopped after `end`; BlockingIOError, if another collects it; CollectionBroken, which the
                 child may have stored or not; for what is collected here what `Analyst.collect` raises.
        """
        if what not in APART or not self._analyst.context.database.is_kept:
            return self._analyst.collect(what, progress=progress)
        with self._hold_child(what) as child:
            kind, said = _listen(_list_lines(child), progress)
            code = _await_end(child) if kind is LastWord.NONE else None
        if kind is LastWord.DONE:
            return tuple(said)
        if kind is LastWord.BUSY:
            raise BlockingIOError(0, *said)
        if kind is LastWord.FAILED:
            raise CollectionBroken(*said)
        if self._is_ended:
            raise CollectingStopped
        raise CollectionBroken(UNKNOWN if kind is LastWord.UNKNOWN else _explain_end(code))

    def end(self) -> None:
        """End the child."""
        with self._lock:
            self._is_ended = True
            if self._running:
                self._running.kill()

    @contextmanager
    def _hold_child(self, what: Collector) -> Iterator[subprocess.Popen[str]]:
        """Start a child, and let none outlive what is done with it."""
        with self._lock:
            if self._is_ended:
                raise CollectingStopped
            self._running = child = self._start(what)
        with child:
            try:
                yield child
            finally:
                with self._lock:
                    self._running = None
                child.kill()

    def _start(self, what: Collector) -> subprocess.Popen[str]:
        words, pipe = (*self._command, what), subprocess.PIPE
        try:
            return subprocess.Popen(  # noqa: S603 - our own program
                words, env=self._environment, stdin=pipe, stdout=pipe, encoding="utf-8", errors="replace"
            )
        except OSError as trouble:
            raise CollectionBroken(f"no process could be started to read it ({trouble.strerror})") from None


def environment_of(settings: AnalyticsSettings, given: Mapping[str, str]) -> dict[str, str]:
    """
    Give the child the settings that collecting needs, and of the rest where things are and how the network is reached.

    It speaks to no Slack and reports to nobody. Of the database it gets what it takes to write there.
    """
    ours = {name.upper() for name in Settings.model_fields}
    wanted = {
        "FRAMEWORKS_HOME": str(settings.frameworks_home.absolute()),
        "HF_ENDPOINT": settings.hf_endpoint,
        "HF_TOKEN": settings.hub_token,
        "PAPERS_API_URL": settings.papers_api_url,
        "DATABASE_URL": settings.database_address,
        "LOG_LEVEL": settings.log_level,
    }
    families = (*FAMILIES, *(SERVER if settings.database_address else ()))
    allowed = allow_environment(given, families)
    kept = {name: value for name, value in allowed.items() if name.upper() not in ours}
    return kept | {name: value for name, value in wanted.items() if value}


def _list_lines(child: subprocess.Popen[str]) -> Iterator[str]:
    """Give what a child says, line by line, none longer than a word can be."""
    return iter(partial(child.stdout.readline, LONGEST_LINE), "") if child.stdout else iter(())


def _listen(lines: Iterable[str], progress: TellProgress) -> tuple[LastWord, Sequence[str]]:
    """Hand on what a child says, until its last word, which is given."""
    for line in lines:
        if not line.endswith("\n") and len(line) < LONGEST_LINE:  # it was ended in the middle of a word
            break
        match _read_json(line):
            case {"progress": [str(told), share], **more} if not more and (isinstance(share, int | float | None)):
                progress(told, share)
            case {"log": [str(name), int(level), str(message)], **more} if not more:
                logging.getLogger(name).log(level, "%s", message)
            case {"done": [*said], **more} if not more:
                return LastWord.DONE, [str(one) for one in said]
            case {"busy": str(said), **more} if not more:
                return LastWord.BUSY, [said]
            case {"failed": str(said), **more} if not more:
                return LastWord.FAILED, [said]
            case _:
                log.warning("the process that collects said something else: %r", line[:SHOWN])
                return LastWord.UNKNOWN, []
    return LastWord.NONE, []


def _read_json(line: str) -> object:
    try:
        return json.loads(line)
    except ValueError:
        return None


def _await_end(child: subprocess.Popen[str]) -> int | None:
    try:
        return child.wait(LAST_SECONDS)
    except subprocess.TimeoutExpired:
        return None


def _explain_end(code: int | None) -> str:
    """Say what became of a child that did not say it itself."""
    if code == KILLED:
        return "the process that read it was killed, as the system does where memory runs short"
    how = "fell silent" if code is None else f"broke down (signal {-code})" if code < 0 else f"ended early ({code})"
    return f"the process that read it {how}"
