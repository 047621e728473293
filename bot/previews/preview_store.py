"""
Where link previews are wanted: a row a channel, and one without a channel for the whole workspace.

They are off where nobody has said anything: Slack tells an app of links in every channel, also where it is no member,
and what stands under them is seen by all.
"""

import datetime as dt
from collections.abc import Callable

from sqlalchemy import (
    Boolean,
    Column,
    ColumnElement,
    Connection,
    Integer,
    String,
    Table,
    UniqueConstraint,
    delete,
    insert,
    select,
)

from analytics.storage.column_types import Moment
from analytics.storage.database import Database, metadata

preview_settings = Table(
    "preview_settings",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("team", String(32), nullable=False),
    Column("channel", String(32), nullable=False),
    Column("wanted", Boolean, nullable=False),
    Column("set_by", String(32), nullable=False),
    Column("set_at", Moment, nullable=False),
    UniqueConstraint("team", "channel"),
)

EVERYWHERE = ""
"""What stands for the channel where the whole workspace is meant."""


class PreviewStore:
    """The settings of one workspace, `home`; safe to use from several threads and processes."""

    def __init__(self, database: Database, now: Callable[[], dt.datetime], home: str) -> None:
        self._database = database
        self._now = now
        self._home = home

    def are_wanted(self, channel: str) -> bool:
        """Tell whether a channel wants previews: by its own word, else by that of the workspace, else not."""
        said = self._read(channel)
        return said.get(channel, said.get(EVERYWHERE, False))

    def has_own_word(self, channel: str) -> bool:
        """Tell whether somebody has said for this very channel whether it wants them."""
        return channel in self._read(channel)

    def name_last_change(self, channel: str) -> str:
        """Name the last change of a channel's own word: by when it was said, and by whom; nothing if it has none."""
        known = preview_settings.c
        query = select(known.set_at, known.set_by).where(*self._of(channel))
        row = self._database.run(lambda connection: connection.execute(query).one_or_none())
        return f"{row.set_at.timestamp()}-{row.set_by}" if row else ""

    def want(self, channel: str, user: str, *, wanted: bool) -> bool:
        """Set it for a channel, or for the whole workspace; tell whether that changed anything."""
        row = {"team": self._home, "channel": channel, "wanted": wanted, "set_by": user, "set_at": self._now()}
        known, same = preview_settings.c, self._of(channel)

        def work(connection: Connection) -> bool:
            before = connection.execute(select(known.wanted).where(*same)).scalar()
            connection.execute(delete(preview_settings).where(*same))
            connection.execute(insert(preview_settings).values(row))
            return before is not wanted

        return self._database.run(work)

    def forget_all(self) -> int:
        """Switch them off everywhere, whatever any channel has said; give how many had them."""
        theirs = preview_settings.c.team == self._home

        def work(connection: Connection) -> int:
            said = connection.execute(select(preview_settings.c.wanted).where(theirs)).scalars().all()
            connection.execute(delete(preview_settings).where(theirs))
            return sum(said)

        return self._database.run(work)

    def count_refusals(self) -> int:
        """Count the channels that have said that they want none."""
        known = preview_settings.c
        query = select(known.id).where(known.team == self._home, known.channel != EVERYWHERE, known.wanted.is_(False))
        return len(self._database.run(lambda connection: connection.execute(query).all()))

    def _read(self, channel: str) -> dict[str, bool]:
        known = preview_settings.c
        query = select(known.channel, known.wanted).where(
            known.team == self._home, known.channel.in_((channel, EVERYWHERE))
        )
        rows = self._database.run(lambda connection: connection.execute(query).all())
        return {row.channel: row.wanted for row in rows}

    def _of(self, channel: str) -> tuple[ColumnElement[bool], ...]:
        return (preview_settings.c.team == self._home, preview_settings.c.channel == channel)
