"""
`previews on`, `off`, `on everywhere`: where links to models show a preview.

Any member sets it for a channel, which is told in one line with a way back; the workspace's admins set it for all.
"""

from slack_sdk import WebClient

from bot.delivery import Delivery
from bot.messages import Message
from bot.persons import Persons
from bot.place import Place
from bot.previews import preview_words
from bot.previews.preview_store import EVERYWHERE, PreviewStore
from bot.quiet_lines import QuietLines
from bot.runtime.scopes import FOR_PREVIEWS, read_granted
from bot.slack_errors import SLACK_FAILURES


class PreviewCommands:
    """Sets and shows where previews are wanted."""

    def __init__(self, store: PreviewStore, delivery: Delivery, client: WebClient) -> None:
        self._store = store
        self._delivery = delivery
        self._client = client
        self._lines = QuietLines(delivery, Persons(client))

    def do(self, place: Place, words: str) -> None:
        """Do what the canonical words say, and tell who said them."""
        _, *wanted = words.split()
        self._delivery.tell(place, self._do(place, wanted))

    def undo(self, place: Place, value: str) -> None:
        """Switch a channel's previews back, if nobody has switched them since."""
        word, _, change = value.partition(" ")
        is_fresh = bool(change) and change == self._store.name_last_change(place.channel)
        self._delivery.tell(place, self._do(place, [word]) if is_fresh else preview_words.refuse_stale())

    def _do(self, place: Place, wanted: list[str]) -> Message:
        match wanted:
            case ["on" | "off" as word]:
                return self._set(place, wanted=word == "on")
            case ["on" | "off" as word, _]:
                return self._set_everywhere(place, wanted=word == "on")
            case _:
                return self._show(place)

    def _show(self, place: Place) -> Message:
        wanted = self._store.are_wanted(place.channel)
        return preview_words.tell_state(wanted=wanted, own=self._store.has_own_word(place.channel))

    def _set(self, place: Place, *, wanted: bool) -> Message:
        if wanted and (missing := self._find_missing()):
            return preview_words.refuse_without(missing)
        if self._store.want(place.channel, place.user, wanted=wanted) and not place.direct:
            here = Place(place.channel, place.user, team=place.team)
            who, change = self._lines.name(place.user), self._store.name_last_change(place.channel)
            self._lines.say(here, preview_words.tell_channel(who, change, wanted=wanted))
        return preview_words.confirm(wanted=wanted)

    def _set_everywhere(self, place: Place, *, wanted: bool) -> Message:
        if wanted and (missing := self._find_missing()):
            return preview_words.refuse_without(missing)
        if not Persons(self._client).is_admin(place.user):
            return preview_words.refuse_everywhere()
        if not wanted:
            self._store.forget_all()
            return preview_words.confirm_nowhere()
        self._store.want(EVERYWHERE, place.user, wanted=True)
        return preview_words.confirm_everywhere(self._store.count_refusals())

    def _find_missing(self) -> list[str]:
        """Give the permissions that previews need and Slack says we do not have; none where it does not say."""
        try:
            granted = read_granted(self._client.auth_test().headers)
        except SLACK_FAILURES:
            granted = None
        return [] if granted is None else [scope for scope in FOR_PREVIEWS if scope not in granted]
