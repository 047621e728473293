"""
What Slack brings back from an installation, so that it is known again: a word that is good once, for ten minutes.

It stands in the database, because another process may be asked; as a hash, among the marks of `bot/shared_marks.py`.
"""

import datetime as dt
import hashlib
import logging
import secrets

from slack_sdk.oauth import OAuthStateStore
from sqlalchemy import Connection, delete, insert

from analytics.storage.database import Database
from analytics.storage.lease_time import LeaseClock
from bot.shared_marks import KEPT, marks

log = logging.getLogger(__name__)

GOOD_FOR = dt.timedelta(minutes=10)


class InstallStates(OAuthStateStore):
    """The states of one database; safe to use from several threads and processes."""

    def __init__(self, database: Database, now: LeaseClock) -> None:
        self._database = database
        self._now = now

    @property
    def logger(self) -> logging.Logger:
        """Where it logs."""
        return log

    def issue(self, *_: object, **__: object) -> str:
        """Make one; those that are over go with it."""
        state = secrets.token_urlsafe(32)

        def work(connection: Connection) -> None:
            now = self._now(connection)
            connection.execute(delete(marks).where(marks.c.until < now - KEPT))
            connection.execute(insert(marks).values(mark=_hash(state), until=now + GOOD_FOR))

        self._database.run(work)
        return state

    def consume(self, state: str) -> bool:
        """Tell whether it was issued, is not over and was not used; it is used now."""

        def work(connection: Connection) -> int:
            known = (marks.c.mark == _hash(state)) & (marks.c.until >= self._now(connection))
            return connection.execute(delete(marks).where(known)).rowcount

        return bool(self._database.run(work))


def _hash(state: str) -> str:
    return hashlib.sha256(f"install {state}".encode("utf-8", "surrogatepass")).hexdigest()
