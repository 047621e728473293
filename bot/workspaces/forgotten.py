"""
Workspaces whose rows were deleted: for a day it is remembered that they were, for something may have been in hand.

An answer that was under way, in whatever process, may write after the deletion. So the clock deletes once more what
stands there of a workspace that was forgotten, until the day is over or the app is installed there again.
"""

import datetime as dt

from sqlalchemy import Column, Connection, Integer, String, Table, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite

from analytics.storage.column_types import Moment
from analytics.storage.database import Database, metadata

forgotten = Table(
    "forgotten",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("home", String(32), nullable=False, unique=True),
    Column("since", Moment, nullable=False),
)

REMEMBERED = dt.timedelta(days=1)
"""Longer than anything is in hand; a machine that slept may go on with it hours later."""


def remember(connection: Connection, home: str, now: dt.datetime) -> None:
    """Remember that a workspace was forgotten now."""
    insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    query = insert(forgotten).values(home=home, since=now)
    connection.execute(query.on_conflict_do_update(index_elements=[forgotten.c.home], set_={"since": now}))


def welcome(connection: Connection, home: str) -> None:
    """Let a workspace be kept again: the app is installed there anew."""
    connection.execute(delete(forgotten).where(forgotten.c.home == home))


def list_forgotten(database: Database) -> list[str]:
    """List those that were forgotten within a day."""
    query = select(forgotten.c.home).order_by(forgotten.c.home)
    return list(database.run(lambda connection: connection.execute(query).scalars().all()))


def hold(connection: Connection, home: str) -> bool:
    """Tell whether a workspace is still forgotten, and let nobody install there until this transaction is over."""
    held = update(forgotten).where(forgotten.c.home == home).values(home=home)  # a writing, so that SQLite locks too
    return bool(connection.execute(held).rowcount)


def let_go(connection: Connection, now: dt.datetime) -> None:
    """Remember those no more whose day is over."""
    connection.execute(delete(forgotten).where(forgotten.c.since < now - REMEMBERED))
