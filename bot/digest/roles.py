"""What delivering a digest works with: its content, who makes it, and who brings it to Slack."""

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from bot.digest.other_posts import FoundPost, OtherPosts
from bot.digest.records import Subscription
from bot.digest.schedule import Slot

LEASE = dt.timedelta(minutes=5)
"""How long a claim is left alone. Longer than one attempt can take: 20 s for each of four calls, 30 s for a 429."""


@dataclass(frozen=True, slots=True)
class Content:
    """
    What a digest says: the message to post, what follows in its thread, and what to remember of it.

    `quiet` holds the reason when nothing changed, or no more than usual. `message` and `details` belong to the poster.
    """

    message: Any
    details: Any = None
    quiet: str = ""
    shown: dict[str, Any] = field(default_factory=dict)


class Builder(Protocol):
    """Makes the content; the heavy part once for all who get the same."""

    def build(self, subscription: Subscription, slot: Slot, *, late: bool) -> Content:
        """Make the content of one slot."""

    def correction(self, shown: dict[str, Any]) -> Any | None:
        """Give the message that corrects what a digest showed; None if it still holds."""


class Poster(Protocol):
    """Brings it to Slack; errors are those of `bot.slack_errors`. `check` is called right before anything leaves."""

    def measure(self) -> None:
        """Learn Slack's time if it was not heard lately; never raises."""

    def sees(self, channel: str) -> bool:
        """Tell whether the token knows of a channel at all. Raises CannotTell, TooFast, Unconfirmed, Lost."""

    def post(self, channel: str, message: Any, key: str, check: Callable[[], None], again: int) -> str:
        """Post with the key as metadata, joining if need be; gives the ts. Raises TooFast, Unconfirmed, Lost."""

    def find(self, channel: str, key: str, since: dt.datetime, others: OtherPosts | None) -> FoundPost | None:
        """Look for the post with this key, else one of the others. Raises CannotTell, TooFast, Unconfirmed, Lost."""

    def list_posts(self, channel: str, kind: str, since: dt.datetime) -> Iterable[tuple[FoundPost, dict[str, Any]]]:
        """Look for the posts whose key begins so, each with its message. Raises as `find`."""

    def detail(self, channel: str, ts: str, details: Any, key: str, *, look: bool, check: Callable[[], None]) -> str:
        """Post the details in the thread, if `look` only what is not there yet; gives what is missing and why."""

    def marks(self, channel: str, ts: str) -> frozenset[str]:
        """Give the keys of what is in a thread of ours. Raises as `find`."""

    def reply(self, channel: str, ts: str, message: Any, key: str) -> None:
        """Post in the thread, with a key. Raises as `post`."""

    def words_since(self, user: str, since: dt.datetime) -> Sequence[Any]:
        """Find the messages a person got since a moment, newest first. Raises CannotTell."""

    def tell(self, user: str, text: str, earlier: Any | None, told: Collection[str]) -> bool:
        """Write to one person, or add to an earlier message; False if it may be tried again. Raises Unconfirmed."""
