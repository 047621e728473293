"""
A pool of connections to PostgreSQL whose own failures are the driver's, so that they are sorted like all others.

SQLAlchemy's pool says that none is free, or that none lasted, by errors that are no DBAPIError: who looks after a
database that is away would not know them for what they are.
"""

import logging
from dataclasses import dataclass

from psycopg import OperationalError
from sqlalchemy import PoolProxiedConnection, QueuePool
from sqlalchemy.exc import DisconnectionError, InvalidRequestError
from sqlalchemy.exc import TimeoutError as NoneFree

from analytics.storage.failures import ALL_IN_USE


@dataclass(frozen=True, slots=True)
class PoolLimits:
    """What of one process stays open, how much more it may open, and the seconds one waits for a free connection."""

    size: int = 5
    more: int = 10
    patience: float = 30.0


class AllInUse(OperationalError):
    """Every connection that this process may have is in use."""

    sqlstate = ALL_IN_USE


class ServerPool(QueuePool):
    """Gives connections, or raises what the driver would."""

    def connect(self) -> PoolProxiedConnection:
        """Give one that is free. Raises psycopg's OperationalError."""
        try:
            return super().connect()
        except NoneFree as failure:
            raise AllInUse(f"{self.size() + self._max_overflow} in use") from failure
        except (DisconnectionError, InvalidRequestError) as failure:
            raise OperationalError("it hung up again and again") from failure


# SQLAlchemy logs what a pool does under the name of its class, and keeps those below its own name to warnings itself.
logging.getLogger(f"{__name__}.{ServerPool.__name__}").setLevel(logging.WARNING)
