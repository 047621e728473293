"""What the digests of the simulation say: always the same, with a table and a file."""

from typing import Any

from bot.digest.poster import Details
from bot.digest.records import Subscription
from bot.digest.roles import Content
from bot.digest.schedule import Slot
from bot.messages import Message

CONTENT = Content(
    (Message("digest of the week"),),
    Details((Message("table"),), "a,b\n", "table.csv"),
    shown={"question": "changes"},
)


class SameContent:
    """Says the same to everybody."""

    def build(self, subscription: Subscription, slot: Slot | None, *, late: bool) -> Content:
        """Make a digest of one line, with a table and a file."""
        return CONTENT

    def correction(self, shown: dict[str, Any]) -> None:
        """Correct nothing."""
