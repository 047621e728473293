"""Which workspaces have something to be looked after at a tick, so that the others are not asked of one by one."""

import datetime as dt

from sqlalchemy import Connection, exists, or_, select

from analytics.domain.reading_kinds import WAITING_QUESTION
from analytics.storage.database import Database
from analytics.storage.readings import ReadingStore
from bot.alerting.alert_tables import OF_ALERTS
from bot.digest.records import State
from bot.digest.tables import OF_DIGESTS, LedgerTables
from bot.workspaces.installation_store import installations


class BusyHomes:
    """Asks one database; a workspace without an installation has nobody who could be told, and is not named."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._readings = ReadingStore(database)

    def with_digests(self) -> list[str]:
        """Give those with a digest that nobody stopped, or one under way."""
        return self._with(OF_DIGESTS)

    def with_alerts(self) -> list[str]:
        """Give the same for alerts."""
        return self._with(OF_ALERTS)

    def with_questions(self, now: dt.datetime) -> list[str]:
        """Give those in which questions wait for what is collected."""
        waiting = self._readings.newest_of(WAITING_QUESTION, None, now).values()
        return sorted({str(one.body["home"]) for one in waiting if one.body and one.body.get("home")})

    def _with(self, tables: LedgerTables) -> list[str]:
        theirs, slots = tables.subscriptions.c, tables.slots.c
        is_open = exists().where(slots.subscription == theirs.id, slots.state == State.CLAIMED)
        query = (
            select(theirs.team)
            .join(installations, installations.c.team == theirs.team)
            .where(or_(theirs.state != State.OFF, is_open))
            .distinct()
            .order_by(theirs.team)
        )

        def work(connection: Connection) -> list[str]:
            return list(connection.execute(query).scalars().all())

        return self._database.run(work)
