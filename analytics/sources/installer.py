"""
The installer, run as a program of its own: bounded in time, memory and size, and given none of our tokens.

It keeps a log of all that it did, which is read and thrown away: what it prints does not say why an index gave nothing.
"""

import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from analytics.errors import Changed, Unreachable
from analytics.invocation import allow_environment
from analytics.sources.installer_words import INDEX, explain_refusal, explain_silence

FAMILIES = ("PIP_",)
"""How the names of its own settings begin."""

ALWAYS = {"PIP_PRE": "0"}
"""What holds whatever is set: a pre-release is no release."""

QUIETLY = ("--quiet", "--no-input", "--disable-pip-version-check", "--retries", "2")


@dataclass(frozen=True, slots=True)
class Bounds:
    """
    What one run may take: seconds, and bytes of memory where the system can hold it to them.

    `library`: seconds of all runs for one library; `together`: of all runs of a round.
    """

    seconds: float = 300.0  # it downloads up to 25 MB
    memory: int = 2**29  # it takes a fifth of it; a page of 100 MB would make it take many times that
    library: float = 300.0
    together: float = 900.0


@dataclass(frozen=True, slots=True)
class InstallerRun:
    """What it printed, and what it wrote in its log."""

    printed: str
    log: str


class Installer:
    """Runs the installer; `command` starts it, `environment` is what it gets what it has use for of."""

    def __init__(
        self,
        environment: Mapping[str, str],
        command: Sequence[str] = (sys.executable, "-m", "pip"),
        bounds: Bounds | None = None,
    ) -> None:
        self._environment = _allow(environment)
        self._command = tuple(command)
        self._memory = (bounds or Bounds()).memory

    def run(self, *arguments: str, wanted: str, seconds: float) -> InstallerRun:
        """
        Run it once, for so many seconds at most; `wanted` is what is asked for, in words.

        Raises:  SourceError: what came in the way, never with its own words, which may hold a mirror's password.
        """
        with tempfile.TemporaryDirectory() as folder:
            log = Path(folder, "log")
            try:
                code, printed, trouble = self._start((*arguments, *QUIETLY, "--log", str(log)), seconds)
            except subprocess.TimeoutExpired:
                raise explain_silence(_read(log), seconds) from None
            except OSError as failure:
                raise Unreachable(INDEX, f"the installer cannot be started ({failure.strerror})") from None
            said = InstallerRun(printed, _read(log))
        if code < 0:
            raise Changed(INDEX, "the installer broke down over what it sent")
        if code:
            raise explain_refusal(trouble, said.log, wanted)
        return said

    def _start(self, arguments: Sequence[str], seconds: float) -> tuple[int, str, str]:
        with subprocess.Popen(  # noqa: S603 - our own interpreter; the words are ours
            (*self._command, *arguments),
            env=self._environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            errors="replace",
        ) as running:
            _limit(running.pid, self._memory)
            try:
                printed, trouble = running.communicate(timeout=seconds)
            finally:
                running.kill()
            return running.returncode, printed, trouble


def _limit(process: int, memory: int) -> None:
    """Hold a process to so much memory where the system can do that from outside: Linux."""
    if sys.platform == "linux":
        import resource

        resource.prlimit(process, resource.RLIMIT_AS, (memory, memory))


MOST_LOG = 4 * 2**20
"""Bytes of its log that are read; a page of 400 releases makes 0.1 MB."""


def _read(log: Path) -> str:
    if not log.exists():
        return ""
    with log.open("rb") as file:
        return file.read(MOST_LOG).decode("utf-8", "replace")


def _allow(environment: Mapping[str, str]) -> dict[str, str]:
    """Keep what the installer may see: whatever it starts could read a token there."""
    kept = allow_environment(environment, FAMILIES)
    # Older installers do not know the variable that every other source is read with.
    if "SSL_CERT_FILE" in kept and not {"PIP_CERT", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"} & set(kept):
        kept["PIP_CERT"] = kept["SSL_CERT_FILE"]
    return kept | ALWAYS
