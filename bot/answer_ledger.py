"""
The ledger of what was answered where: a few words in the same conversation go on from it.

Slack's own history would tell it too, for a permission to read along that nobody should have to give. What is kept is
the question in canonical words and the moment of the reading, for a month; nothing of what people wrote.
"""

import datetime as dt
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Column, Connection, Integer, Row, String, Table, delete, insert, select

from analytics.domain.requests import Request
from analytics.errors import DatabaseTrouble, DatabaseUnusable
from analytics.grammar import Unclear, parse
from analytics.storage.column_types import Moment
from analytics.storage.database import Database, metadata
from bot.place import Place

log = logging.getLogger(__name__)

LONGEST_THREAD = 32

posted_answers = Table(
    "posted_answers",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("team", String(32), nullable=False),
    Column("channel", String(32), nullable=False, index=True),
    Column("thread", String(LONGEST_THREAD), nullable=False),
    Column("words", String, nullable=False),
    Column("read_at", Moment),
    Column("said_at", Moment, nullable=False),
)

KEPT = dt.timedelta(days=30)
"""How long a thread can be gone on with."""

SPOKEN_OF = dt.timedelta(hours=12)
"""How long `and in tf?` in a direct message, outside of a thread, means the last answer there."""


@dataclass(frozen=True, slots=True)
class Said:
    """
    What was said last: questions that were offered, or one that was answered, with the moment of its reading.

    Before the answered one stand the questions that `the second one` chooses of. `before`: of what was offered, what
    had been answered until then.
    """

    words: tuple[str, ...]
    read_at: dt.datetime | None
    before: "Said | None" = None

    @property
    def offered(self) -> tuple[str, ...]:
        """What one may choose of by its place."""
        return self.words[:-1] if self.read_at else self.words

    @property
    def answered(self) -> "Said | None":
        """What was answered last, be there something offered since or not."""
        return self if self.read_at else self.before

    @property
    def request(self) -> Request | None:
        """The question that was answered last; None where none was, or its words are not known any more."""
        read = parse(self.answered.words[-1]) if self.answered else None
        return None if isinstance(read, Unclear) else read


class AnswerLedger:
    """
    Remembers for conversations; where the database is away nothing is remembered, and no answer is lost for it.

    `home` is the workspace of the token: a payload names that of the person, which in a shared channel may be another.
    """

    def __init__(self, database: Database, now: Callable[[], dt.datetime], home: str = "") -> None:
        self._database = database
        self._now = now
        self._home = home

    def remember(
        self, place: Place, ts: str, words: Sequence[str], read_at: dt.datetime | None, *, alone: bool = False
    ) -> None:
        """
        Remember what was said in a place: in its thread, or at the head of the one that `ts` may begin.

        `alone`: the others in the thread have not seen it, and go on from what they have.
        """
        thread = place.thread_ts or ts
        if not thread and not place.direct:
            return  # what only one person sees has no thread
        if alone and not place.direct:
            thread = _own(place, thread)
        team = self._home or place.team
        row = {"team": team, "channel": place.channel, "thread": thread, "words": "\n".join(words)}
        now = self._now()

        def work(connection: Connection) -> None:
            connection.execute(delete(posted_answers).where(posted_answers.c.said_at < now - KEPT))
            connection.execute(insert(posted_answers).values(**row, read_at=read_at, said_at=now))

        try:
            self._database.run(work)
        except (DatabaseTrouble, DatabaseUnusable) as trouble:
            log.warning("nobody can go on from this answer: %s", trouble)

    def begin(self, channel: str, ts: str, words: Sequence[str], read_at: dt.datetime) -> None:
        """Remember what the thread under a post of ours begins with, unless somebody went on in it already."""
        thread = Place(channel, "", thread_ts=ts, in_thread=True, team=self._home)
        if self.recall(thread) is None:
            self.remember(thread, ts, words, read_at)

    def has_any(self) -> bool:
        """Tell whether anything was answered lately; where that cannot be looked up, it may have been."""
        theirs = select(posted_answers.c.id).where(posted_answers.c.team == self._home).limit(1)
        try:
            return self._database.run(lambda connection: connection.execute(theirs).first()) is not None
        except (DatabaseTrouble, DatabaseUnusable):
            return True

    def recall(self, place: Place) -> Said | None:
        """Give what was said last in the thread, or in a direct conversation; None where there is nothing to go on."""
        known, team = posted_answers.c, self._home or place.team
        query = select(known.words, known.read_at).where(known.team == team, known.channel == place.channel)
        if place.thread_ts and (place.in_thread or place.direct):
            query = query.where(known.thread.in_((place.thread_ts, _own(place, place.thread_ts))))
        elif place.direct:
            query = query.where(known.said_at > self._now() - SPOKEN_OF)
        else:
            return None
        query = query.order_by(known.id.desc()).limit(1)

        def work(connection: Connection) -> Said | None:
            said = _read(connection.execute(query).first())
            if said is None or said.read_at:
                return said
            return replace(said, before=_read(connection.execute(query.where(known.read_at.is_not(None))).first()))

        try:
            return self._database.run(work)
        except (DatabaseTrouble, DatabaseUnusable) as trouble:
            log.warning("what was said before is not known: %s", trouble)
            return None


def _read(row: Row[str, dt.datetime | None] | None) -> Said | None:
    return Said(tuple(row.words.split("\n")), row.read_at) if row else None


def _own(place: Place, thread: str) -> str:
    """Name what one person alone has seen of a thread."""
    return f"{thread} {place.user}"[:LONGEST_THREAD]
