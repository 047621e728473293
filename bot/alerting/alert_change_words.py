"""
What is said of a change of a channel's alerts: to the channel in one line, to an alert's maker. Pure.

What an Undo button puts back stands in its value with the number of each change, so that it works after a restart, and
only until that is changed again.
"""

import json
from dataclasses import dataclass, replace

from analytics.domain.wording import count, listing
from bot.alerting.alert_messages import name_quiet
from bot.alerting.alert_tables import Alert, AlertChannel
from bot.blocks import escape
from bot.digest.records import State
from bot.messages import ALERT_UNDO, Message, say_stale, with_undo

STALE = say_stale("The alerts of this channel", "alerts")
Step = tuple[Alert | None, Alert]
"""An alert before and after; None before for one that is new."""

VERBS = {State.OFF: "stopped", State.PAUSED: "paused", State.ACTIVE: "resumed"}
STANDS = {State.OFF: "has ended", State.PAUSED: "is paused", State.ACTIVE: "waits again"}


@dataclass(frozen=True, slots=True)
class AlertChange:
    """
    What somebody changed of one channel's alerts, all at once; `is_undo`: they took back a change before.

    `channel` is as it is now; `quiet_before`: as it was, if its quiet hours were changed.
    """

    channel: AlertChannel
    by: str
    steps: tuple[Step, ...] = ()
    quiet_before: AlertChannel | None = None
    is_undo: bool = False

    def list_makers(self) -> list[str]:
        """Give whose alerts were changed, other than those of who did it; a new one is news to nobody else."""
        makers = {before.creator for before, _ in self.steps if before}
        return sorted(makers - {self.by})

    def only_of(self, maker: str) -> "AlertChange":
        """Give what concerns one maker: their alerts, and what stands in the place of one."""
        return replace(self, steps=tuple(one for one in self.steps if one[0] is None or one[0].creator == maker))


@dataclass(frozen=True, slots=True)
class AlertWayBack:
    """
    What an Undo button puts back of one channel: states of alerts, or its quiet hours.

    `states`: number, revision after the change, state before it; `quiet`: revision, from, until, zone.
    """

    channel: int
    states: tuple[tuple[int, int, str], ...] = ()
    quiet: tuple[int, str, str, str] | None = None

    def as_value(self) -> str:
        """Give a button's value."""
        return json.dumps([self.channel, self.states, self.quiet], separators=(",", ":"))


def way_back(change: AlertChange) -> AlertWayBack:
    """Give the way back from a change: from a new alert to none."""
    states = tuple((now.number, now.revision, before.state if before else State.OFF) for before, now in change.steps)
    old = change.quiet_before
    quiet = (change.channel.revision, f"{old.quiet_from:%H:%M}", f"{old.at:%H:%M}", old.zone) if old else None
    return AlertWayBack(change.channel.id, states, quiet)


def read_value(value: str) -> AlertWayBack | None:
    """Read a button's value; None for one of another version."""
    try:
        channel, states, quiet = json.loads(value)
        wanted = tuple((int(number), int(revision), State(state).value) for number, revision, state in states)
        way = AlertWayBack(int(channel), wanted, _read_hours(*quiet) if quiet else None)
    except (ValueError, TypeError):
        return None
    return way if way.states or way.quiet else None


def _read_hours(revision: int, start: str, end: str, zone: str) -> tuple[int, str, str, str]:
    return int(revision), str(start), str(end), str(zone)


def tell_channel(change: AlertChange, who: str) -> Message:
    """Say in the channel who did what, with a button that undoes it; `who` is mrkdwn."""
    return _with_way_back(change, f"{who} {_say_deed(change, 'here')}")


def tell_maker(change: AlertChange, maker: str, who: str) -> Message:
    """Say to whoever made alerts what somebody else did with them."""
    theirs = change.only_of(maker)
    return _with_way_back(theirs, f"{who} {_say_deed(theirs, f'in <#{change.channel.channel}> that you made')}")


def _with_way_back(change: AlertChange, said: str) -> Message:
    return with_undo(f"{said}.", ALERT_UNDO, way_back(change).as_value())


def _say_deed(change: AlertChange, where: str) -> str:
    if change.is_undo:
        return f"undid the last change of alerts {where}: {_say_how_it_is(change)}"
    if change.quiet_before:
        now, before = name_quiet(change.channel), name_quiet(change.quiet_before)
        return f"changed the quiet hours of the alerts {where}: {now}, no longer {before}"
    match change.steps:
        case [(None, made)]:
            return f"set up {_name(made)} {where}: it says when {escape(made.words)}"
        case [(Alert() as old, _), (None, made)]:
            new, was = escape(made.words), escape(old.words)
            return f"changed {_name(old)} {where}, which is {_name(made)} now: it says when {new}, no longer when {was}"
        case [(_, one)]:
            return f"{VERBS[one.state]} {_name(one)} {where}: {escape(one.words)}"
        case several:
            numbers = listing(str(one.number) for _, one in several)
            return f"{VERBS[several[0][1].state]} {count(len(several), 'alert')} {where}: {numbers}"


def _say_how_it_is(change: AlertChange) -> str:
    if change.quiet_before:
        return f"its quiet hours are {name_quiet(change.channel)}"
    return "; ".join(f"{_name(now)} {STANDS[now.state]} ({escape(now.words)})" for _, now in change.steps)


def _name(alert: Alert) -> str:
    return f"alert {alert.number}"
