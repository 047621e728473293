"""Changes of alerts by people: stored, told to the channel and to their makers, shown in Home tabs, undone."""

import datetime as dt
from collections.abc import Iterable

from bot.alerting.alert_change_words import AlertChange, AlertWayBack, Step, tell_channel, tell_maker
from bot.alerting.alert_store import AlertStore
from bot.alerting.alert_tables import Alert, AlertChannel
from bot.digest.digest_changes import Renew, nobody
from bot.digest.records import State
from bot.place import Place
from bot.quiet_lines import QuietLines


class AlertChanges:
    """One method for each thing people can change. `renew` shows anew what those concerned have in their tabs."""

    def __init__(self, store: AlertStore, lines: QuietLines, renew: Renew = nobody) -> None:
        self._store = store
        self._lines = lines
        self._renew = renew

    def note_new(self, made: Alert, by: str, instead_of: Alert | None = None) -> bool:
        """Tell of an alert that is kept, and end the one it stands for; tell whether the channel was told."""
        ended = self._set([instead_of] if instead_of else [], State.OFF, by)
        return self._tell(made.subscription, by, [*ended, (None, made)])

    def set_state(self, alerts: Iterable[Alert], state: State, by: str) -> bool:
        """Pause, resume or end alerts, each channel's at once; tell whether every channel was told."""
        by_channel: dict[int, list[Alert]] = {}
        for alert in alerts:
            by_channel.setdefault(alert.subscription, []).append(alert)
        told = [self._tell(channel, by, self._set(theirs, state, by)) for channel, theirs in by_channel.items()]
        return bool(told) and all(told)

    def set_quiet(self, channel: AlertChannel, quiet_from: dt.time, until: dt.time, zone: str, by: str) -> bool:
        """Set the quiet hours; what is so already is no change. Tell whether the channel was told."""
        if (channel.quiet_from, channel.at, channel.zone) == (quiet_from, until, zone):
            return False
        self._store.set_quiet(channel.id, quiet_from, until, zone, by)
        return self._tell(channel.id, by, quiet_before=channel)

    def undo(self, way: AlertWayBack, by: str, now: dt.datetime) -> bool | None:
        """Take a change back; None if it was changed since. Tell whether the channel was told."""
        channel = self._store.find_channel(way.channel)
        numbers = {number for number, *_ in way.states}
        before = {one.number: one for one in self._store.list_ever(way.channel) if one.number in numbers}
        if channel is None or not self._store.put_back(way, by, now):
            return None
        after = [one for one in self._store.list_ever(way.channel) if one.number in numbers]
        steps: list[Step] = [(before[one.number], one) for one in after]
        return self._tell(way.channel, by, steps, channel if way.quiet else None, is_undo=True)

    def _set(self, alerts: Iterable[Alert], state: State, by: str) -> list[Step]:
        """Set the state of each; what is so already is no change."""
        changed = [(alert, self._store.set_alert(alert, state, by)) for alert in alerts]
        return [(before, after) for before, after in changed if after]

    def _tell(
        self,
        number: int,
        by: str,
        steps: Iterable[Step] = (),
        quiet_before: AlertChannel | None = None,
        *,
        is_undo: bool = False,
    ) -> bool:
        """Tell the channel, then the makers, then show what is so now; tell whether the channel was told."""
        channel = self._store.find_channel(number)
        if channel is None or not (quiet_before or (steps := tuple(steps))):
            return False
        change = AlertChange(channel, by, tuple(steps), quiet_before, is_undo)
        who = self._lines.name(by)
        said = self._lines.say(Place(channel.channel, by, team=channel.team), tell_channel(change, who))
        for maker in change.list_makers():
            self._lines.tell(maker, channel.team, tell_maker(change, maker, who))
        self._renew({by, *(after.creator for _, after in change.steps)})
        return said
