"""What Slack sends of links: that some were shared, that details of one are wanted."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from bot.fair_shares import Lane
from bot.place import Place
from bot.previews.link_previews import LinkPreviews
from bot.previews.preview_commands import PreviewCommands
from bot.seen import Seen
from bot.turns import Turns

COMPOSER = "composer"
"""Where a link stands that is not sent yet: of no channel, so of none that wants previews; it comes again when sent."""

Body = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Previews:
    """What sets where previews are wanted, and what shows them."""

    commands: PreviewCommands
    links: LinkPreviews


class PreviewDoors:
    """One handler for each; each event is taken once."""

    def __init__(self, turns: Turns, seen: Seen, previews: Previews | None) -> None:
        self._turns = turns
        self._seen = seen
        self._previews = previews

    def link_shared(self, event: Body, body: Body) -> None:
        """Show previews under the links of a message."""
        if self._previews and event.get("source") != COMPOSER:
            self._quietly(event, body, self._previews.links.preview)

    def details_requested(self, event: Body, body: Body) -> None:
        """Show the details of a preview to who opened it."""
        if self._previews:
            self._quietly(event, body, self._previews.links.show_details)

    def _quietly(self, event: Body, body: Body, work: Callable[[Place, Body], None]) -> None:
        if self._seen.first_time(str(body.get("event_id"))):
            channel, user = str(event.get("channel") or ""), str(event.get("user") or "")
            place = Place(channel, user, team=str(body.get("team_id") or ""))
            self._turns.do_unasked(place, Lane.LOOKED_UP, partial(work, place, event))
