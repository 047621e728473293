"""A real PgBouncer for tests: it pools by transaction, over the PostgreSQL that the session has started."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import make_url

from tests.loopback.postgres import SYSTEM_FOLDERS

MISSING = "there is no pgbouncer on this machine (on Debian: apt install pgbouncer); .ci/run installs it"
SECONDS = 30.0

CONFIGURATION = """
[databases]
* = host={host} port={port} user={user}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {listen}
unix_socket_dir =
auth_type = any
pool_mode = {mode}
default_pool_size = {size}
server_login_retry = 1
"""


def find_pgbouncer() -> str | None:
    """Find the program, which is on no ordinary user's path."""
    return shutil.which("pgbouncer", path=os.pathsep.join([os.environ.get("PATH", ""), *SYSTEM_FOLDERS]))


@contextmanager
def pooler(address: str, mode: str = "transaction", size: int = 2) -> Iterator[str]:
    """Start one before the server of an address; gives that address by way of it. Without the program: a skip."""
    program = find_pgbouncer()
    if not program:
        pytest.skip(MISSING)
    url = make_url(address)
    host, listen = str(url.query["host"]), _free_port()
    facts = {"host": host, "port": url.port or 5432, "user": url.username, "listen": listen, "mode": mode, "size": size}
    with tempfile.TemporaryDirectory(prefix="pgb") as folder:
        Path(folder).chmod(0o755)
        settings = Path(folder, "pgbouncer.ini")
        settings.write_text(CONFIGURATION.format(**facts))
        # As root it refuses to run; it has to be whoever may go into the folder of the server's socket.
        who = ["-u", pwd.getpwuid(Path(host).stat().st_uid).pw_name] if os.geteuid() == 0 else []
        with subprocess.Popen([program, "-q", *who, str(settings)], stderr=subprocess.PIPE) as running:
            try:
                pooled = f"postgresql://{url.username}@127.0.0.1:{listen}/{url.database}"
                _await(pooled, running)
                yield pooled
            finally:
                running.kill()


def _free_port() -> int:
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        return int(taken.getsockname()[1])


def _await(address: str, running: "subprocess.Popen[bytes]") -> None:
    latest = time.monotonic() + SECONDS
    while True:
        try:
            psycopg.connect(address, prepare_threshold=None).close()
        except psycopg.OperationalError:
            if running.poll() is not None and running.stderr:
                raise RuntimeError(running.stderr.read().decode()) from None
            if time.monotonic() > latest:
                raise
            time.sleep(0.05)  # a process of its own is waited for, not a clock; it tells nobody when it listens
        else:
            return
