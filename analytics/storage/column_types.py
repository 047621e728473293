"""How values rest in the database where its own types do not say it."""

import datetime as dt

from sqlalchemy import DateTime, Dialect
from sqlalchemy.types import TypeDecorator


class Moment(TypeDecorator[dt.datetime]):
    """
    A moment: aware in UTC here, UTC without a zone in the database.

    SQLite knows no zones, and PostgreSQL then does not convert to the zone of its session.
    """

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:  # noqa: ARG002 - SQLAlchemy's signature
        """Store it, whatever zone it comes in; a moment without one could be any."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value} names no zone, so it is no moment")
        return value.astimezone(dt.UTC).replace(tzinfo=None)

    def process_result_value(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:  # noqa: ARG002 - SQLAlchemy's signature
        """Give it back with its zone."""
        return value and value.replace(tzinfo=dt.UTC)


def end_of_second(moment: dt.datetime) -> dt.datetime:
    """Give the last instant of a moment's second: moments are printed without their fractions, and asked for so."""
    return moment.replace(microsecond=999_999)
