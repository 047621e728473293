"""What is kept of alerts: the channels under the workspace whose token posts there, their alerts, their ledger."""

import datetime as dt
import json
from collections.abc import Mapping
from functools import partial
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, bindparam, func, insert, select, true, update
from sqlalchemy.exc import IntegrityError

from analytics.alerts.alert_rules import Observed
from analytics.storage.database import Database
from bot.alerting.alert_change_words import AlertWayBack
from bot.alerting.alert_tables import OF_ALERTS, Alert, AlertChannel, alert_channels, alerts, read_alert, read_channel
from bot.digest.ledger import Ledger
from bot.digest.records import State, Subscription
from bot.digest.store import DigestStore
from bot.digest.tables import fetch_readable, insert_below, read_each

TOLD = (State.POSTED, State.UNKNOWN)
"""Messages that arrived, or may have: what they say counts as told, so that it is not said twice."""

MOST_REMEMBERED = 1_000

AT_ONCE = 10
"""People who may set an alert in one channel at the same moment."""

BOTH = (False, True)


class AlertStore(DigestStore):
    """The alerts of one workspace; what delivers digests delivers by it."""

    def __init__(self, database: Database, home: str = "") -> None:
        super().__init__(database, home)
        Ledger.__init__(self, database, home, OF_ALERTS)
        self._at_home: ColumnElement[bool] = alert_channels.c.team == home if home else true()
        # Asked at every tick, so they are put together once.
        self._told_ones = self._ask_channels(alert_channels.c.state == State.ACTIVE)
        self._alerts = {(one, active): self._ask_alerts(one=one, active=active) for one in BOTH for active in BOTH}

    # ------------------------------------------------------------------------------------------------------- channels

    def active(self) -> list[Subscription]:
        """Give the channels that are to be told."""
        return list(self._read_channels(self._told_ones))

    def list_wanted(self) -> list[Subscription]:
        """Give all channels with alerts, paused ones too."""
        return list(self._channels(alert_channels.c.state != State.OFF))

    def by_id(self, number: int) -> Subscription | None:
        """Give one channel."""
        query = select(alert_channels).where(alert_channels.c.id == number)
        row = self._database.run(lambda connection: connection.execute(query).one_or_none())
        return read_channel(row) if row else None

    def of_channel(self, channel: str) -> AlertChannel | None:
        """Give what is kept of a channel."""
        return next(iter(self._channels(alert_channels.c.channel == channel)), None)

    def set_state(self, number: int, state: State, reason: str, now: dt.datetime, by: str = "") -> bool:
        """Pause or resume a channel; one that is resumed owes nothing for the time it was paused."""
        changes = {"state": state.value, "reason": reason[:300]} | ({"since": now} if state is State.ACTIVE else {})
        changes |= {"changed_by": by} if by else {}
        self._change_channel(number, changes)
        return True

    def hand_on(self, number: int, to: str) -> None:
        """Note who hears of a channel's alerts from now on, because whoever did has left."""
        self._change_channel(number, {"told_instead": to})

    def list_foreign(self) -> list[str]:
        """Give nothing: alerts were kept under the token's workspace from the first day."""
        return []

    def adopt(self, channel: str) -> None:
        """Have nothing to bring home, for the same reason."""
        del channel

    def open_channel(self, wanted: AlertChannel) -> AlertChannel:
        """Make sure that a channel is kept and is told; who was first stays its maker."""
        row = {
            **{name: getattr(wanted, name) for name in ("team", "channel", "zone", "creator", "created_at", "since")},
            "quiet_from": f"{wanted.quiet_from:%H:%M}",
            "quiet_until": f"{wanted.at:%H:%M}",
            "state": State.ACTIVE.value,
            "reason": "",
        }
        try:
            self._database.run(lambda connection: connection.execute(insert(alert_channels).values(row)))
        except IntegrityError:
            if found := self.of_channel(wanted.channel):
                self.wake(found.id, wanted.since)
        found = self.of_channel(wanted.channel)
        if found is None:
            raise LookupError(f"no alerts of {wanted.channel}")
        return found

    def wake(self, number: int, now: dt.datetime) -> None:
        """Let a channel be told again that was paused because it could not be."""
        found = self.find_channel(number)
        if found and found.state is not State.ACTIVE:
            self.set_state(number, State.ACTIVE, "", now)

    def find_channel(self, number: int) -> AlertChannel | None:
        """Give one channel by its number."""
        return next(iter(self._channels(alert_channels.c.id == number)), None)

    def set_quiet(self, number: int, quiet_from: dt.time, until: dt.time, zone: str, by: str) -> None:
        """Set the quiet hours of a channel, by whom its revision then says."""
        hours = {"quiet_from": f"{quiet_from:%H:%M}", "quiet_until": f"{until:%H:%M}", "zone": zone}
        last = {"changed_by": by, "revision": alert_channels.c.revision + 1}
        self._change_channel(number, hours | last)

    def _change_channel(self, number: int, values: Mapping[str, Any]) -> None:
        query = update(alert_channels).where(alert_channels.c.id == number).values(**values)
        self._database.run(lambda connection: connection.execute(query))

    def _channels(self, which: ColumnElement[bool]) -> list[AlertChannel]:
        return self._read_channels(self._ask_channels(which))

    def _ask_channels(self, which: ColumnElement[bool]) -> Select[Any]:
        return select(alert_channels).where(which, self._at_home).order_by(alert_channels.c.id)

    def _read_channels(self, query: Select[Any]) -> list[AlertChannel]:
        rows = self._database.run(lambda connection: fetch_readable(connection.execute(query)))
        return list(read_each(rows, read_channel))

    # --------------------------------------------------------------------------------------------------------- alerts

    def add_alert(
        self, channel: AlertChannel, words: str, start: Observed, creator: str, now: dt.datetime
    ) -> tuple[Alert, bool]:
        """
        Keep an alert under the next number of its channel; one that waits for the same is given instead.

        Tell too whether it is a new one.
        """
        for _ in range(AT_ONCE):
            same = next((one for one in self.list_alerts(channel.id) if one.words == words), None)
            if same:
                return same, False
            alert = Alert(channel.id, self._next_number(channel.id), words, start, creator, now)
            try:
                if not self._database.run(partial(_insert_alert, alert=alert)):
                    break  # its workspace has left meanwhile
            except IntegrityError:
                continue  # somebody else's took the number at the same moment
            return alert, True
        raise LookupError(f"no number is free for an alert of {channel.channel}")

    def _next_number(self, subscription: int) -> int:
        last = select(func.coalesce(func.max(alerts.c.number), 0)).where(alerts.c.subscription == subscription)
        return 1 + int(self._database.run(lambda connection: connection.execute(last).scalar_one()))

    def list_everybodys(self) -> list[tuple[str, Alert]]:
        """Give all alerts of the workspace, each with its channel."""
        channels = {one.id: one.channel for one in self.list_wanted()}
        return [(channels[one.subscription], one) for one in self.list_alerts() if one.subscription in channels]

    def list_makers(self) -> list[tuple[str, str]]:
        """Give the channel and the maker of each."""
        return [(channel, alert.creator) for channel, alert in self.list_everybodys()]

    def list_alerts(self, subscription: int | None = None, *, active: bool = False) -> list[Alert]:
        """Give the alerts of a channel, or of all, that nobody ended; `active`: without those that are paused."""
        of = {} if subscription is None else {"of": subscription}
        return self._read_alerts(self._alerts[bool(of), active], of)

    def _ask_alerts(self, *, one: bool, active: bool) -> Select[Any]:
        which = alerts.c.state == State.ACTIVE if active else alerts.c.state != State.OFF
        ours = alerts.c.subscription.in_(select(alert_channels.c.id).where(self._at_home))
        theirs = alerts.c.subscription == bindparam("of") if one else true()
        return _in_order(which, ours, theirs)

    def list_ever(self, subscription: int) -> list[Alert]:
        """Give all alerts that a channel ever had, also those that ended."""
        return self._read_alerts(_in_order(alerts.c.subscription == subscription), {})

    def _read_alerts(self, query: Select[Any], given: Mapping[str, int]) -> list[Alert]:
        rows = self._database.run(lambda connection: fetch_readable(connection.execute(query, given)))
        return list(read_each(rows, read_alert))

    def set_alert(self, alert: Alert, state: State, by: str) -> Alert | None:
        """Pause, resume or end one alert; give it as it is then, None where it was so already."""
        is_other = _of(alert.subscription, alert.number) & (alerts.c.state != state.value)

        def work(connection: Connection) -> Row[Any] | None:
            if not _put(connection, is_other, state.value):
                return None
            _note_change(connection, alert.subscription, by)
            return connection.execute(select(alerts).where(_of(alert.subscription, alert.number))).one()

        row = self._database.run(work)
        return read_alert(row) if row else None

    # ----------------------------------------------------------------------------------------------------------- undo

    def is_fresh(self, way: AlertWayBack) -> bool:
        """Tell whether nothing was changed of what an Undo would put back."""
        return self._database.run(partial(_is_fresh, way=way))

    def put_back(self, way: AlertWayBack, by: str, now: dt.datetime) -> bool:
        """Put back what was before a change; False if anything of it was changed since, also by another process."""

        def work(connection: Connection) -> None:
            for number, revision, state in way.states:
                if not _put(connection, _of(way.channel, number) & (alerts.c.revision == revision), state):
                    raise ChangedSince
            if way.quiet and not _put_hours(connection, way.channel, *way.quiet):
                raise ChangedSince
            if _is_doubled(connection, way.channel):
                raise ChangedSince
            _note_change(connection, way.channel, by)

        try:
            self._database.run(work)
        except ChangedSince:
            return False
        if any(state == State.ACTIVE for _, _, state in way.states):
            self.wake(way.channel, now)
        return True

    # ----------------------------------------------------------------------------------------------------------- told

    def list_told(self, subscription: int) -> dict[int, Observed]:
        """Give what was last told of each alert of a channel, by its number, as the ledger of its messages has it."""
        found: dict[int, Observed] = {}
        for entry in self.history(subscription, MOST_REMEMBERED):
            if entry.state in TOLD and entry.shown:
                for item in entry.shown.get("items", ()):
                    found.setdefault(item["number"], _read_told(item, entry.slot.due_at))
        return found


def _in_order(*which: ColumnElement[bool]) -> Select[Any]:
    return select(alerts).where(*which).order_by(alerts.c.subscription, alerts.c.number)


def _read_told(item: Mapping[str, Any], told_at: dt.datetime) -> Observed:
    """Read what one line of a message said: of when, if it says so, else of when it was told."""
    as_of = str(item.get("as_of") or "")
    return Observed(dt.datetime.fromisoformat(as_of) if as_of else told_at, item["value"])


def _insert_alert(connection: Connection, alert: Alert) -> bool:
    row = {
        **{name: getattr(alert, name) for name in ("subscription", "number", "words", "creator", "created_at")},
        "start": json.dumps(alert.start.value),
        "started_at": alert.start.as_of,
        "state": State.ACTIVE.value,
    }
    return insert_below(connection, alerts, alert_channels, row)


class ChangedSince(Exception):
    """What an Undo would put back is not as it was left."""


def _of(channel: int, number: int) -> ColumnElement[bool]:
    return (alerts.c.subscription == channel) & (alerts.c.number == number)


def _put(connection: Connection, which: ColumnElement[bool], state: str) -> bool:
    """Set the state of one alert; tell whether there was such a one."""
    query = update(alerts).where(which).values(state=state, revision=alerts.c.revision + 1)
    return bool(connection.execute(query).rowcount)


def _put_hours(connection: Connection, number: int, revision: int, start: str, end: str, zone: str) -> bool:
    """Set the quiet hours of one channel; tell whether they were as the change left them."""
    which = (alert_channels.c.id == number) & (alert_channels.c.revision == revision)
    hours = {"quiet_from": start, "quiet_until": end, "zone": zone, "revision": alert_channels.c.revision + 1}
    return bool(connection.execute(update(alert_channels).where(which).values(hours)).rowcount)


def _note_change(connection: Connection, number: int, by: str) -> None:
    """Note by whom a channel's alerts were changed last: they hear of them where its maker has left."""
    connection.execute(update(alert_channels).where(alert_channels.c.id == number).values(changed_by=by))


def _is_fresh(connection: Connection, way: AlertWayBack) -> bool:
    found = connection.execute(select(alerts.c.number, alerts.c.revision).where(alerts.c.subscription == way.channel))
    now: dict[int, int] = {row.number: row.revision for row in found}
    return all(now.get(number) == revision for number, revision, _ in way.states)


def _is_doubled(connection: Connection, channel: int) -> bool:
    """Tell whether a channel would wait for one thing twice: somebody set the same again since."""
    wanted = (alerts.c.subscription == channel) & (alerts.c.state != State.OFF)
    twice = select(alerts.c.words).where(wanted).group_by(alerts.c.words).having(func.count() > 1)
    return connection.execute(twice).first() is not None
