"""
Who gets a digest: one row a channel and name, under the workspace whose token posts there.

A payload names the workspace of the person, or of a partner in Slack Connect, or none; the token has one home. Rows of
before that was known bear whatever a payload said: `adopt` brings those of a channel home, one of each name.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, bindparam, case, delete, insert, select, true, update
from sqlalchemy.exc import IntegrityError

from analytics.digest_words.digest_names import fold_name
from analytics.errors import DatabaseTrouble, DatabaseUnusable
from analytics.storage.damage_log import Damage
from analytics.storage.database import Database
from bot.digest.records import State, Subscription
from bot.digest.tables import (
    as_row,
    fetch_readable,
    read_each,
    read_subscription,
    settings_of,
    slots,
    subscriptions,
)

MERGED = "it belonged to a second digest of its channel, which is one now; whether it was posted was not found out"


class SubscriptionStore:
    """
    The subscriptions of one workspace, `home`; safe to use from several threads and processes.

    Without a home it holds those of every workspace.
    """

    def __init__(self, database: Database, home: str = "") -> None:
        self.home = home
        self._database = database
        at_home: ColumnElement[bool] = subscriptions.c.team == home if home else true()
        # Asked at every tick, so they are put together once.
        self._active = select(subscriptions).where(subscriptions.c.state == State.ACTIVE, at_home)
        self._wanted = (
            select(subscriptions).where(subscriptions.c.state != State.OFF, at_home).order_by(subscriptions.c.id)
        )
        self._one = select(subscriptions).where(subscriptions.c.id == bindparam("number"))
        self._any = select(subscriptions.c.id).where(at_home).limit(1)
        self._foreign = select(subscriptions.c.channel).where(~at_home).distinct()

    @property
    def is_kept(self) -> bool:
        """Whether a claim outlives this process; without that nothing may be delivered."""
        return self._database.is_kept

    @property
    def why_not_kept(self) -> str:
        """Say why nothing outlives this process, and what to do."""
        return str(self._database.trouble or "")

    @property
    def damage(self) -> Damage | None:
        """What is known of the last damage to the database."""
        return self._database.damage

    def note_told(self, who: str) -> None:
        """Remember that somebody was told of the last damage."""
        if damage := self.damage:
            self._database.note_told(damage, who)

    def subscribe(self, wanted: Subscription) -> tuple[Subscription, bool]:
        """Make or change one subscription of a channel; gives it as stored, and whether it is a new one."""
        row = as_row(wanted)
        try:
            self._database.run(lambda connection: connection.execute(insert(subscriptions).values(row)))
        except IntegrityError:
            old = self.of_name(wanted.channel, wanted.name)
            kept = {"creator", "created_at", "told_instead"} if old and old.is_wanted else set[str]()
            if old and settings_of(old) == settings_of(wanted):
                return old, False  # a double click, or somebody else's same wish
            values = {key: row[key] for key in row.keys() - kept - {"changed_by", "revision"}}
            self._change(_of(wanted.team, wanted.channel, wanted.name), values, wanted.creator)
            return self._find(wanted), bool(old and not old.is_wanted)
        return self._find(wanted), True

    def has_any(self) -> bool:
        """Tell whether anybody ever set up a digest; where that cannot be looked up, they may have."""
        try:
            return self._database.run(lambda connection: connection.execute(self._any).first()) is not None
        except (DatabaseTrouble, DatabaseUnusable):
            return True

    def of_channel(self, channel: str) -> Subscription | None:
        """Give the plain subscription of a channel, whatever its state."""
        return self.of_name(channel, "")

    def of_name(self, channel: str, name: str) -> Subscription | None:
        """Give the subscription of a channel under a name, whatever its state."""
        query = select(subscriptions).where(_of(self.home, channel, name)).order_by(subscriptions.c.id)
        row = self._database.run(lambda connection: connection.execute(query).first())
        return read_subscription(row) if row else None

    def active(self) -> list[Subscription]:
        """Give all that are to be posted."""
        rows = self._database.run(lambda connection: fetch_readable(connection.execute(self._active)))
        return list(read_each(rows, read_subscription))

    def list_wanted(self) -> list[Subscription]:
        """Give all that nobody stopped, paused ones too."""
        rows = self._database.run(lambda connection: fetch_readable(connection.execute(self._wanted)))
        return list(read_each(rows, read_subscription))

    def list_in(self, channel: str) -> list[Subscription]:
        """Give those of a channel that nobody stopped, the plain one first."""
        return sorted(
            (one for one in self.list_wanted() if one.channel == channel), key=lambda one: (one.name != "", one.id)
        )

    def by_id(self, number: int) -> Subscription | None:
        """Give one subscription."""
        row = self._database.run(lambda connection: connection.execute(self._one, {"number": number}).one_or_none())
        return read_subscription(row) if row else None

    def set_state(self, number: int, state: State, reason: str, now: dt.datetime, by: str = "") -> bool:
        """
        Pause, resume or end; a resumed one owes nothing for the time it was paused. Tell whether that changed it.

        `by` is the person who wants it; without one the bot does it itself.
        """
        changes = {"state": state.value, "reason": reason[:300]} | ({"since": now} if state is State.ACTIVE else {})
        is_other = subscriptions.c.state != state.value
        return self._change((subscriptions.c.id == number) & (is_other if by else true()), changes, by)

    def take_back(self, number: int, revision: int, settings: Mapping[str, Any], now: dt.datetime, by: str) -> bool:
        """Put back the settings of before a change; False if anything was changed since, also by another process."""
        known = (subscriptions.c.id == number) & (subscriptions.c.revision == revision)
        again = {"since": now} if settings.get("state") == State.ACTIVE else {}
        return self._change(known, dict(settings) | again, by)

    def hand_on(self, number: int, to: str) -> None:
        """Note who hears of a digest from now on, because whoever did has left; its settings stay as they are."""
        query = update(subscriptions).where(subscriptions.c.id == number).values(told_instead=to)
        self._database.run(lambda connection: connection.execute(query))

    def _change(self, which: ColumnElement[bool], values: Mapping[str, Any], by: str) -> bool:
        """Change it, count that, and note by whom: they hear of it from now on where its creator has left."""
        last: dict[str, Any] = {"revision": subscriptions.c.revision + 1}
        if by:
            handed_on = case((subscriptions.c.told_instead != "", by), else_="")
            last |= {"changed_by": by} | ({} if "told_instead" in values else {"told_instead": handed_on})
        query = update(subscriptions).where(which).values(**values, **last)
        return bool(self._database.run(lambda connection: connection.execute(query)).rowcount)

    def _find(self, wanted: Subscription) -> Subscription:
        found = self.of_name(wanted.channel, wanted.name)
        if found is None:
            raise LookupError(f"no subscription of {wanted.channel}")
        return found

    # ------------------------------------------------------------------------------------------------------- adopting

    def list_foreign(self) -> list[str]:
        """Give the channels with a digest that is stored under another workspace, or under none."""
        return list(self._database.run(lambda connection: connection.execute(self._foreign).scalars().all()))

    def adopt(self, channel: str) -> None:
        """Bring home what is stored of a channel that this workspace's token sees; of several of one name make one."""
        query = select(subscriptions).where(subscriptions.c.channel == channel).with_for_update()

        def work(connection: Connection) -> None:
            rows = connection.execute(query).all()
            for key in {row.name_key for row in rows if self.home and row.team != self.home}:
                best, *others = sorted((row for row in rows if row.name_key == key), key=_worth, reverse=True)
                for other in others:
                    _merge(connection, other.id, best.id)
                connection.execute(update(subscriptions).where(subscriptions.c.id == best.id).values(team=self.home))

        self._database.run(work)


def _of(team: str, channel: str, name: str) -> ColumnElement[bool]:
    this = (subscriptions.c.channel == channel) & (subscriptions.c.name_key == fold_name(name))
    return this & (subscriptions.c.team == team if team else true())


def _worth(row: Row[Any]) -> tuple[bool, bool, dt.datetime, int]:
    """Tell which of several digests of one name stays: one that comes, then one that is paused, then the newest."""
    return row.state == State.ACTIVE, row.state == State.PAUSED, row.since, row.id


def _merge(connection: Connection, old: int, new: int) -> None:
    """
    Put the ledger of one subscription to another's, and forget the one.

    Its posts bear its own number, by which they would not be found under another: what was open is closed.
    """
    theirs = slots.c.subscription == old
    open_ones = theirs & (slots.c.state == State.CLAIMED)
    connection.execute(update(slots).where(open_ones).values(state=State.UNKNOWN.value, reason=MERGED))
    connection.execute(update(slots).where(theirs, slots.c.state == State.POSTED).values(details=True))
    known = {(row.day, row.at) for row in connection.execute(select(slots).where(slots.c.subscription == new)).all()}
    for row in connection.execute(select(slots).where(theirs)).all():
        one = slots.c.id == row.id
        twice = (row.day, row.at) in known
        connection.execute(delete(slots).where(one) if twice else update(slots).where(one).values(subscription=new))
    connection.execute(delete(subscriptions).where(subscriptions.c.id == old))
