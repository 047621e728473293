"""What several test packages need: a database of either kind, real both times."""

import datetime as dt
import gc
import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

import requirements.few_grammars  # noqa: F401 - before jsonschema
from analytics.storage.database import Database
from tests.few_certificates import FEW_CERTIFICATES
from tests.loopback import postgres
from tests.quick_folder import work_in_memory
from tests.workers import count_cores, count_workers, measure_memory

DAY = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)

# What is imported and collected stays until the end: to look for garbage in it is a third of the work of collecting.
gc.disable()

# Begun in the background of a script (`make test &`) a process ignores Ctrl-C, and so would all that it starts.
signal.signal(signal.SIGINT, signal.default_int_handler)

os.environ.update(FEW_CERTIFICATES)
work_in_memory()

# Hypothesis fails an example that takes longer than 200 ms, which on a busy machine says nothing of the code.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")


LONGEST = "simulation"
"""The folder of tests that take seconds each."""

LONG = frozenset((Path(__file__).parent / "long_tests.txt").read_text(encoding="utf-8").split())
"""Functions measured to take long (`tests/accounting.py` writes them); `make test` leaves them to `make long`."""


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """Say what `-n auto` is; PYTEST_XDIST_AUTO_NUM_WORKERS says otherwise."""
    return int(os.environ.get("PYTEST_XDIST_AUTO_NUM_WORKERS", "0")) or count_workers(count_cores(), measure_memory())


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """
    Mark what is long, before pytest leaves out what is not asked for.

    Begin with the longest, so that at the end no worker is alone with one while the others have nothing to do.
    """
    for item in items:
        if item.nodeid.partition("[")[0] in LONG and not item.get_closest_marker("kept"):
            item.add_marker(pytest.mark.long)
    items.sort(key=lambda item: LONGEST not in item.path.parts)


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """Never walk the tests and modules in search of garbage again; walk what comes after them seldom."""
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)
    gc.enable()


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """Start one PostgreSQL for the session."""
    with postgres.server() as address:
        yield address


@pytest.fixture(params=["sqlite", "postgresql"])
def open_database(
    request: pytest.FixtureRequest, tmp_path: Path, postgres_server: str
) -> Iterator[Callable[[], Database]]:
    """Open the same database, as often as a test likes: once on SQLite, once on PostgreSQL."""
    url = postgres.fresh_database(postgres_server) if request.param == "postgresql" else None
    opened: list[Database] = []

    def opening() -> Database:
        opened.append(Database(tmp_path, lambda: DAY, url))
        return opened[-1]

    yield opening
    for database in opened:
        database.close()


@pytest.fixture
def database(open_database: Callable[[], Database]) -> Database:
    """Open it once."""
    return open_database()
