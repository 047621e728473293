"""`frameworks WORDS`, typed in this process: the program itself, with an environment and streams of its own."""

import io
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

from huggingface_hub import close_session

from analytics.__main__ import main
from analytics.analyst import analyst_of
from analytics.context import PATIENCE
from tests.few_certificates import FEW_CERTIFICATES


@dataclass(frozen=True, slots=True)
class Typed:
    """How the program ended, and what it wrote; named as of a process."""

    returncode: int
    stdout: str
    stderr: str


def settings(endpoint: str, home: Path, columns: int = 90) -> dict[str, str]:
    """Give the settings that a test at the terminal has, and no others."""
    return {"HF_ENDPOINT": endpoint, "FRAMEWORKS_HOME": str(home), "HF_HOME": str(home), "COLUMNS": str(columns)}


def type_words(environment: Mapping[str, str], words: list[str], patience: float = PATIENCE) -> Typed:
    """
    Run the program to its end as a process would: with this environment alone, and a connection of its own.

    A second interpreter costs a second and a half of processor time and tells the same; what only a process can tell
    (its streams, the rights of its files, a second one beside it) is tried with one.
    """
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for _ in range(2))
    with _apart(environment), redirect_stdout(out), redirect_stderr(err):
        status = _run(words, patience)
    return Typed(status, *(_read(stream) for stream in (out, err)))


def _run(words: list[str], patience: float) -> int:
    try:
        return main(words, lambda given: analyst_of(given, seconds=patience))
    except SystemExit as ended:  # argparse has no other way
        return int(ended.code or 0)


def _read(stream: io.TextIOWrapper) -> str:
    stream.seek(0)
    return stream.read()


@contextmanager
def _apart(environment: Mapping[str, str]) -> Iterator[None]:
    """Let nothing of this process reach the program, and nothing of the program stay."""
    before, rights = dict(os.environ), os.umask(0o022)
    os.environ.clear()
    os.environ.update({**FEW_CERTIFICATES, **environment})
    close_session()
    try:
        yield
    finally:
        close_session()
        os.umask(rights)
        os.environ.clear()
        os.environ.update(before)
