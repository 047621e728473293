"""What is said of link previews: where they are on, what changed, what is in the way. Pure."""

from collections.abc import Sequence

from analytics.domain.wording import count, listing, verb
from bot.blocks import code
from bot.messages import COMMAND, PREVIEWS, Message, say_stale, with_undo

ON, OFF = f"{COMMAND} previews on", f"{COMMAND} previews off"

ONCE = (
    "A link to a model on the Hub then shows its frameworks and what loads it: not where three or more links stand in "
    "a message, and not for the same model within half an hour."
)
ANOTHER_APP = "If none appears, another app of this workspace answers for links to huggingface.co."
"""Slack tells of a domain only the app that was installed first."""


def tell_state(*, wanted: bool, own: bool) -> Message:
    """Say whether previews are on in a channel, by whose word, and what changes that."""
    if wanted:
        where = "in this channel" if own else "in every channel that has not switched them off"
        return Message(f"Link previews are on {where}. {code(OFF)} switches them off here.")
    return Message(f"Link previews are off in this channel. {code(ON)} switches them on. {ONCE}")


def confirm(*, wanted: bool) -> Message:
    """Say to who switched them what holds now."""
    if wanted:
        return Message(f"Link previews are on in this channel. {ONCE} {ANOTHER_APP}")
    return Message("Link previews are off in this channel; those that are there stay.")


STALE = say_stale("The link previews of this channel", "previews")


def tell_channel(who: str, change: str, *, wanted: bool) -> Message:
    """Say to the channel who switched its previews, in mrkdwn, with a way back from that very change."""
    said = f"{who} switched link previews {_word(wanted=wanted)} in this channel."
    return with_undo(said, PREVIEWS, f"{_word(wanted=not wanted)} {change}")


def refuse_stale() -> Message:
    """Say that an Undo button did nothing."""
    return Message(STALE)


def confirm_everywhere(refusals: int) -> Message:
    """Say that they are on in every channel but those that want none."""
    said = [
        "Link previews are on in every channel of this workspace, also where I am no member.",
        f"{count(refusals, 'channel')} said that {verb(refusals, 'it wants', 'they want')} none." if refusals else "",
        f"{code(OFF)} switches them off in one. {ONCE} {ANOTHER_APP}",
    ]
    return Message(" ".join(filter(None, said)))


def confirm_nowhere() -> Message:
    """Say that they are off in every channel."""
    return Message("Link previews are off in every channel of this workspace; those that are there stay.")


def refuse_everywhere() -> Message:
    """Say who may set it for the whole workspace."""
    return Message(
        "Nothing was changed: only an admin of this workspace, whom Slack names as one to me, sets previews for every "
        f"channel. {code(ON)} switches them on in this one."
    )


def refuse_without(scopes: Sequence[str]) -> Message:
    """Say which permissions are missing, so that switching them on would bring none."""
    return Message(
        f"Nothing was changed: my app lacks {listing(code(scope) for scope in scopes)}, so Slack shows no previews of "
        "mine. A workspace admin can add what is missing: see the README, Permissions."
    )


def _word(*, wanted: bool) -> str:
    return "on" if wanted else "off"
