"""What somebody is asked who says `unsubscribe me`: which of all that may be meant shall end. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from analytics.digest_words.digest_names import as_value, quote_name
from analytics.domain.wording import count, listing
from bot.blocks import BUTTONS, Block, button, escape, section
from bot.digest.digest_messages import OFF, when
from bot.digest.records import Subscription
from bot.messages import ASK, Message

MUTE = "To see nothing of it yourself while others still do, mute this channel in Slack."
NOTHING = (
    "Nothing comes here by itself, and you have made no digest and no alert, so there is nothing to end. "
    "I write to you only when you ask, or when something that you made fails or is changed by somebody else."
)


@dataclass(frozen=True, slots=True)
class Leavable:
    """What may be meant: the digests and how many alerts of the conversation, and how many of each somebody made."""

    here: Sequence[Subscription]
    alerts_here: int
    own: int
    own_alerts: int
    direct: bool = False

    @property
    def is_anything(self) -> bool:
        """Whether anything could end."""
        return bool(self.here or self.alerts_here or self.own or self.own_alerts)


def ask_what_ends(leavable: Leavable) -> Message:
    """Ask which shall end, with a button for each; nothing has."""
    if not leavable.is_anything:
        return Message(NOTHING)
    lines = "\n".join(f"• {escape(line)}" for line in _list(leavable))
    head = "I am not certain what shall end, so nothing has yet. What comes by itself:"
    mute = f"\n{MUTE}" if (leavable.here or leavable.alerts_here) and not leavable.direct else ""
    said = f"{head}\n{lines}{mute}"
    return Message(head.partition(".")[0] + ".", (section(said), _buttons(leavable)))


def _list(leavable: Leavable) -> Iterator[str]:
    where = "in this conversation" if leavable.direct else "in this channel, for everybody here"
    for digest in leavable.here:
        yield f"the {digest.noun} {where}: {when(digest)}"
    if leavable.alerts_here:
        yield f"{count(leavable.alerts_here, 'alert')} {where}"
    if leavable.own or leavable.own_alerts:
        made = [count(number, noun) for number, noun in _own(leavable) if number]
        yield f"all that you made, wherever it comes: {listing(made)}"


def _own(leavable: Leavable) -> tuple[tuple[int, str], tuple[int, str]]:
    return (leavable.own, "digest"), (leavable.own_alerts, "alert")


def _buttons(leavable: Leavable) -> Block:
    offered = [
        button(f"End the {_name(digest)}", OFF, as_value(digest.channel, digest.name))
        for digest in leavable.here[: BUTTONS - 2]
    ]
    offered += [button("End the Alerts Here", ASK, "alert off all")] if leavable.alerts_here else []
    offered += [button("End All That I Made", ASK, "digest off all")] if leavable.own or leavable.own_alerts else []
    return {"type": "actions", "elements": offered}


def _name(digest: Subscription) -> str:
    """Name a digest as a button does."""
    return f"{'Monthly' if digest.monthly else 'Weekly'} Digest{quote_name(digest.name)}"
