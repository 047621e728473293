"""The button that takes back a change of alerts: once, by whoever may change them, if they are still so."""

import datetime as dt
from collections.abc import Callable

from bot.alerting.alert_change_words import STALE, AlertWayBack, read_value
from bot.alerting.alert_changes import AlertChanges
from bot.alerting.alert_messages import confirm_change
from bot.alerting.alert_store import AlertStore
from bot.alerting.alert_tables import AlertChannel
from bot.delivery import Delivery
from bot.digest.admission import Admission, NotAdmitted
from bot.digest.records import State
from bot.messages import UNDONE
from bot.place import Place

NOT_SEEN = "It is undone. “alerts” shows how they are now."


class AlertUndo:
    """Acts on the button's value alone, so that it works after a restart."""

    def __init__(
        self,
        store: AlertStore,
        changes: AlertChanges,
        admission: Admission,
        delivery: Delivery,
        clock: Callable[[], dt.datetime],
    ) -> None:
        self._store = store
        self._changes = changes
        self._admission = admission
        self._delivery = delivery
        self._clock = clock

    def press(self, place: Place, value: str) -> None:
        """Take the change back; say it where the channel does not, and where it could not be done."""
        if said := self._undo(place, value):
            self._delivery.tell(place, confirm_change(said))

    def _undo(self, place: Place, value: str) -> str:
        """Take it back; give what the one who clicked has to be told, which is nothing if their channel was told."""
        way = read_value(value)
        channel = self._store.find_channel(way.channel) if way else None
        if way is None or channel is None or not self._may_undo(place, channel, way):
            return STALE
        try:
            self._enter_again(place, channel, way)
        except NotAdmitted as refusal:
            return f"It was not undone. {refusal}"
        told = self._changes.undo(way, place.user, self._clock())
        if told is None:
            return STALE
        is_seen = told and place.channel == channel.channel and not place.in_thread
        return "" if is_seen else UNDONE if told else NOT_SEEN

    def _enter_again(self, place: Place, channel: AlertChannel, way: AlertWayBack) -> None:
        """Make sure that what waits again can be told. Raises NotAdmitted."""
        if self._store.is_fresh(way) and any(state == State.ACTIVE for _, _, state in way.states):
            self._admission.enter(Place(channel.channel, place.user, team=place.team))

    def _may_undo(self, place: Place, channel: AlertChannel, way: AlertWayBack) -> bool:
        """Tell whether somebody may change it from where they clicked: in its channel anybody, else its makers."""
        numbers = {number for number, *_ in way.states}
        makers = {one.creator for one in self._store.list_ever(channel.id) if one.number in numbers}
        return place.channel == channel.channel or place.user in makers
