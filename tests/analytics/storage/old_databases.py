"""Databases as earlier programs left them, and histories with a step more than today's."""

import gzip
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import psycopg

from analytics.storage.database import FILE
from analytics.storage.schema_history import FOLDER, SchemaHistory
from tests.analytics.storage.dump_schema import DATA, POSTGRESQL, SQLITE

BEFORE = "0000"
"""The tables of before revisions were kept, by the program of 33c5327."""

NEXT = f"{int(SchemaHistory().newest) + 1:04}"

ADD_X = 'op.add_column("top_lists", sa.Column("x", sa.Integer, server_default="7", nullable=False))'
BROKEN = f'{ADD_X}\n    op.execute("UPDATE top_lists SET y = 1")'  # noqa: S608 - a wrong one, on purpose


def lay_down(revision: str, folder: Path, url: str | None) -> None:
    """Put the database of an earlier program where today's will open it."""
    if url:
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute((DATA / f"schema_{revision}.{POSTGRESQL}").read_bytes())
    else:
        (folder / FILE).write_bytes(gzip.decompress((DATA / f"schema_{revision}.{SQLITE}").read_bytes()))


def execute(sql: str, folder: Path, url: str | None) -> list[tuple[object, ...]]:
    """Run a statement past the program; gives its rows, if it is a question."""
    if url:
        with psycopg.connect(url, autocommit=True) as connection:
            done = connection.execute(sql.encode())
            return done.fetchall() if done.description else []
    with closing(sqlite3.connect(folder / FILE)) as file, file:
        return file.execute(sql).fetchall()


def history_with(step: str, folder: Path) -> SchemaHistory:
    """Give today's migrations and one more, as a maintainer would write it."""
    shutil.copytree(FOLDER / "versions", folder, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / f"r{NEXT}_one_more.py").write_text(
        "import sqlalchemy as sa\nfrom alembic import op\n"
        f"revision, down_revision = {NEXT!r}, {SchemaHistory().newest!r}\n"
        f"def upgrade():\n    {step}\n"
    )
    return SchemaHistory(folder)
