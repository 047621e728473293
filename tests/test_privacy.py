"""docs/privacy.md leaves out no table."""

import re
from pathlib import Path

from sqlalchemy import inspect

from analytics.storage.database import Database

PAGE = (Path(__file__).parents[1] / "docs/privacy.md").read_text(encoding="utf-8")


def test_every_table_is_named(database: Database) -> None:
    """Read off a database as the migrations make it, so that who adds a table says what is kept in it."""
    tables = set(database.run(lambda connection: inspect(connection).get_table_names()))

    assert {"subscriptions", "posted_answers"} <= tables
    assert tables <= set(re.findall(r"`([a-z_]+)`", PAGE))
