"""Which workspaces have something to be looked after at a tick, so that the others are not asked of one by one."""

import datetime as dt

from sqlalchemy import Connection, exists, or_, select

from analytics.domain.reading_kinds import WAITING_QUESTION
from analytics.storage.database import Database
from analytics.storage.readings import ReadingStore
from bot.alerting.alert_tables import OF_ALERTS
from bot.digest.records import State
from bot.digest.schedule import due
from bot.digest.store import DigestStore
from bot.digest.tables import OF_DIGESTS, LedgerTables
from bot.workspaces.installation_store import installations

ALL_AFTER = dt.timedelta(minutes=15)
"""How often everybody with a digest is visited."""


class BusyHomes:
    """Asks one database; a workspace without an installation has nobody who could be told, and is not named."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._readings = ReadingStore(database)
        self._everybodys = DigestStore(database)
        self._all_at: dt.datetime | None = None

    def with_digests(self, now: dt.datetime) -> list[str]:
        """
        Give those with a digest that is due or under way; every quarter of an hour all that have one.

        What is seldom, a word that could not be told or a source that has to be read first, waits for that.
        """
        if self._all_at is None or not self._all_at <= now < self._all_at + ALL_AFTER:
            self._all_at = now
            return self._with(OF_DIGESTS)
        due_ones = self._list_due(now)
        return sorted({*self._with(OF_DIGESTS, only_open=True)} | due_ones)

    def _list_due(self, now: dt.datetime) -> set[str]:
        """Give whose digests are due, by one look at all."""
        active = {one.id: one for one in self._everybodys.active()}
        slots = due([one.rhythm for one in active.values()], self._everybodys.keys(now), now)
        homes = {active[slot.subscription].team for slot in slots}
        return homes & set(self._list_installed()) if homes else homes

    def _list_installed(self) -> list[str]:
        query = select(installations.c.team)
        return list(self._database.run(lambda connection: connection.execute(query).scalars().all()))

    def with_alerts(self) -> list[str]:
        """Give the same for alerts."""
        return self._with(OF_ALERTS)

    def with_questions(self, now: dt.datetime) -> list[str]:
        """Give those in which questions wait for what is collected."""
        waiting = self._readings.newest_of(WAITING_QUESTION, None, now).values()
        return sorted({str(one.body["home"]) for one in waiting if one.body and one.body.get("home")})

    def _with(self, tables: LedgerTables, *, only_open: bool = False) -> list[str]:
        theirs, slots = tables.subscriptions.c, tables.slots.c
        lacks_thread = (slots.state == State.POSTED) & slots.details.is_(False)
        is_open = exists().where(slots.subscription == theirs.id, (slots.state == State.CLAIMED) | lacks_thread)
        query = (
            select(theirs.team)
            .join(installations, installations.c.team == theirs.team)
            .where(is_open if only_open else or_(theirs.state != State.OFF, is_open))
            .distinct()
            .order_by(theirs.team)
        )

        def work(connection: Connection) -> list[str]:
            return list(connection.execute(query).scalars().all())

        return self._database.run(work)
