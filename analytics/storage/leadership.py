"""
Which of several processes keeps the time: the one that holds a lock of the PostgreSQL they share.

The lock belongs to a transaction that is left open, not to a session: so it holds behind PgBouncer too, where a session
is nobody's, and the server lets go of it the moment the process or its line is gone. An open transaction that has read
nothing keeps no old rows alive.
"""

from contextlib import suppress

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from analytics.storage.postgresql import make_engine

KEY = 0x636C6F636B
"""Any number that no other program uses: "clock" in ASCII."""


class Leadership:
    """Taken by one process at a time; nothing here raises while the server is away, it is just not held."""

    def __init__(self, url: str) -> None:
        self._engine = make_engine(url)
        self._connection: Connection | None = None

    def take(self) -> bool:
        """Try to become the one; tell whether it is."""
        self.release()
        with suppress(DBAPIError):
            self._connection = connection = self._engine.connect()
            connection.execute(text("SET LOCAL idle_in_transaction_session_timeout = 0"))
            if connection.execute(text("SELECT pg_try_advisory_xact_lock(:key)"), {"key": KEY}).scalar():
                return True
        self.release()
        return False

    def is_held(self) -> bool:
        """Ask the server over the line that holds it; a line that is gone holds nothing."""
        if self._connection is None:
            return False
        try:
            self._connection.execute(text("SELECT 1"))
        except DBAPIError:
            self.release()
            return False
        return True

    def release(self) -> None:
        """Let another have it."""
        if self._connection is not None:
            with suppress(DBAPIError):
                self._connection.close()
            self._connection = None

    def close(self) -> None:
        """Let go of it and of the server."""
        self.release()
        self._engine.dispose()
