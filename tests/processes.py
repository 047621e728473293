"""Processes of their own, for tests: whatever happens in the test, they are gone when it ends."""

import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any


@contextmanager
def start(command: Sequence[str], **options: Any) -> Iterator["subprocess.Popen[str]"]:
    """Start a process; one that is still there at the end is killed, as `Popen` alone would wait for it for ever."""
    with subprocess.Popen(command, text=True, **options) as process:
        try:
            yield process
        finally:
            process.kill()
