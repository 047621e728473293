"""
What is said of a change of a digest's settings: to its channel in one line, to its maker. Pure.

The line bears an Undo button. What it puts back stands in the button's value with the number of the change, so that it
works after a restart, and only until the settings are changed again.
"""

import datetime as dt
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from analytics.domain.wording import listing
from bot.blocks import coming_time, escape
from bot.digest.digest_messages import name_rhythm, when
from bot.digest.records import State, Subscription
from bot.digest.tables import SETTINGS, settings_of
from bot.messages import UNDO, Message, say_stale, with_undo

STALE = say_stale("The digest's settings", "digest list")


@dataclass(frozen=True, slots=True)
class Change:
    """A digest before and after somebody changed its settings; `is_undo`: they took back the change before."""

    before: Subscription | None
    after: Subscription
    by: str
    is_undo: bool = False

    @property
    def was_wanted(self) -> bool:
        """Whether there was a digest before."""
        return self.before is not None and self.before.is_wanted


@dataclass(frozen=True, slots=True)
class WayBack:
    """What an Undo button puts back: settings, of which digest, and after which of its changes."""

    digest: int
    revision: int
    settings: dict[str, Any]

    def as_value(self) -> str:
        """Give a button's value."""
        return json.dumps([self.digest, self.revision, self.settings], separators=(",", ":"))


def way_back(change: Change) -> WayBack:
    """Give the way back from a change: from a new digest to none."""
    settings = settings_of(change.before) if change.before and change.was_wanted else {"state": State.OFF.value}
    return WayBack(change.after.id, change.after.revision, settings)


def read_value(value: str) -> WayBack | None:
    """Read a button's value; None for one of another version."""
    try:
        digest, revision, settings = json.loads(value)
        return WayBack(int(digest), int(revision), {name: settings[name] for name in SETTINGS if name in settings})
    except (ValueError, TypeError):
        return None


def tell_channel(change: Change, who: str, upcoming: Sequence[dt.datetime]) -> Message:
    """Say in the channel who did what, with a button that undoes it; `who` is mrkdwn."""
    return _with_undo(f"{who} {_say_deed(change, 'here')}.{_next(change, upcoming)}", change)


def tell_maker(change: Change, who: str, upcoming: Sequence[dt.datetime]) -> Message:
    """Say to whoever made a digest what somebody else did with it."""
    where = f"in <#{change.after.channel}> that you made"
    return _with_undo(f"{who} {_say_deed(change, where)}.{_next(change, upcoming)}", change)


def _with_undo(said: str, change: Change) -> Message:
    return with_undo(said, UNDO, way_back(change).as_value())


def _say_deed(change: Change, where: str) -> str:
    digest, rhythm = f"the {escape(change.after.noun)} {where}", escape(when(change.after))
    if change.is_undo:
        return f"undid the last change: {digest} {_how_it_is(change.after)}"
    if change.after.state is State.OFF:
        return f"stopped {digest} ({rhythm})"
    if change.after.state is State.PAUSED:
        return f"paused {digest} ({rhythm})"
    if change.before is None or not change.was_wanted:
        return f"set up {digest}: {rhythm}"
    if differences := list(_differences(change.before, change.after)):
        return f"changed {digest}: {'; '.join(differences)}"
    return f"resumed {digest} ({rhythm})"


def _how_it_is(digest: Subscription) -> str:
    if digest.state is State.OFF:
        return "has ended"
    return "is paused" if digest.state is State.PAUSED else f"comes {escape(when(digest))}"


def _differences(before: Subscription, after: Subscription) -> Iterator[str]:
    """Say what is other than it was."""
    if name_rhythm(before) != name_rhythm(after):
        yield f"it comes {escape(when(after))}, no longer {escape(name_rhythm(before))}"
    if before.sections != after.sections:
        yield f"it shows {escape(listing(after.sections)) or 'every section'}"
    if before.only_if_matters != after.only_if_matters:
        quiet = f"quiet {after.span}s"
        yield f"{quiet} are summed up in the next post" if after.only_if_matters else f"it comes in {quiet} too"


def _next(change: Change, upcoming: Sequence[dt.datetime]) -> str:
    comes = change.after.state is State.ACTIVE and upcoming
    return f" The next one comes {coming_time(upcoming[0])}." if comes else ""
