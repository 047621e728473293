"""Where a database of a test rests: in a file, and in a PostgreSQL of its own."""

import pytest

from tests.loopback import postgres


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest) -> str | None:
    """Give an address, or none: then it is a file in `tmp_path`."""
    if request.param == "sqlite":
        return None
    return postgres.fresh_database(request.getfixturevalue("postgres_server"))
