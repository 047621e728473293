"""What the step posted last: a row for each question in each channel, for `only if it changed`."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Column, Connection, Integer, String, Table, UniqueConstraint, delete, insert, select

from analytics.storage.column_types import Moment
from analytics.storage.database import Database, metadata

step_findings = Table(
    "step_findings",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("team", String(32), nullable=False),
    Column("channel", String(32), nullable=False),
    Column("question", String(300), nullable=False),
    Column("finding", String(64), nullable=False),
    Column("link", String(300), nullable=False),
    Column("posted_at", Moment, nullable=False),
    UniqueConstraint("team", "channel", "question"),
)


@dataclass(frozen=True, slots=True)
class Posted:
    """What was found when the step posted last, and where it stands."""

    finding: str
    link: str


class StepStore:
    """The rows of one workspace, `home`; safe to use from several threads and processes."""

    def __init__(self, database: Database, now: Callable[[], dt.datetime], home: str) -> None:
        self._database = database
        self._now = now
        self._home = home

    def find(self, channel: str, question: str) -> Posted | None:
        """Give what was posted last to a question in a channel."""
        known = step_findings.c
        query = select(known.finding, known.link).where(
            known.team == self._home, known.channel == channel, known.question == question
        )
        row = self._database.run(lambda connection: connection.execute(query).first())
        return Posted(row.finding, row.link) if row else None

    def keep(self, channel: str, question: str, posted: Posted) -> None:
        """Remember what was posted, in the place of what was posted before."""
        known = step_findings.c
        same = (known.team == self._home, known.channel == channel, known.question == question)
        row = {"team": self._home, "channel": channel, "question": question, "posted_at": self._now()}

        def work(connection: Connection) -> None:
            connection.execute(delete(step_findings).where(*same))
            connection.execute(insert(step_findings).values(**row, finding=posted.finding, link=posted.link))

        self._database.run(work)
