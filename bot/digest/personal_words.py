"""The digest's words to one person, by direct message."""

import datetime as dt
import logging
from collections.abc import Collection, Sequence
from typing import Any

from slack_sdk import WebClient

from bot.blocks import SECTION_CHARACTERS, Block, section
from bot.digest.finder import APART, EVENT, TOLD, TOLD_BLOCK, Finder, Word
from bot.digest.meaning import explain_failure, read_told, translate_failures
from bot.digest.slack_clock import SlackClock
from bot.persons import is_person
from bot.slack_errors import CannotTell, Lost, NotHere, Refused, TooFast, Unconfirmed

log = logging.getLogger(__name__)

UPDATED_TEXT = 4_000
"""chat.update refuses longer texts."""

MOST_TOLD = 100
"""As many slots are named in a message's metadata, of which Slack takes some thousand letters."""


class PersonalWords:
    """Writes to one person after the other through one client."""

    def __init__(self, client: WebClient, clock: SlackClock, finder: Finder) -> None:
        self._client = client
        self._clock = clock
        self._finder = finder

    def words_since(self, user: str, since: dt.datetime) -> Sequence[Word]:
        """Find what this person was told since a moment, newest first. Raises CannotTell where it cannot be seen."""
        try:
            direct = self._direct(user)
        except (Lost, NotHere, Refused):
            return ()  # whom nobody can write to, nobody has told anything
        except (TooFast, Unconfirmed) as passing:
            raise CannotTell(explain_failure(passing)) from passing
        try:
            return tuple(self._finder.words_since(direct, since))
        except (Lost, NotHere, Refused, TooFast, Unconfirmed) as failure:
            raise CannotTell(explain_failure(failure)) from failure

    def tell(self, user: str, text: str, earlier: Word | None = None, told: Collection[str] = ()) -> bool:
        """
        Write to one person, or add to an `earlier` message; False if it did not get through and may do so later.

        `told` are the keys of the slots it is about, by which one finds later that it was said.

        A person who left hears nothing, and nothing else depends on it. Raises Unconfirmed where it may have arrived.
        """
        try:
            direct = "" if earlier else self._direct(user)
        except (Lost, NotHere, Refused, TooFast, Unconfirmed) as failure:
            log.warning("%s could not be notified: %s", user, explain_failure(failure))
            return not isinstance(failure, TooFast | Unconfirmed)  # nothing was said yet
        try:
            return self._add(earlier, text, told) if earlier else self._say(direct, text, told)
        except (Lost, NotHere, Refused, TooFast) as failure:
            log.warning("%s could not be notified: %s", user, explain_failure(failure))
            return not isinstance(failure, TooFast)

    def _say(self, direct: str, text: str, told: Collection[str]) -> bool:
        marked = _mark(told)
        with translate_failures():
            self._clock.heard(
                lambda: self._client.chat_postMessage(channel=direct, text=text, blocks=_show(text), metadata=marked)
            )
        return True

    def _add(self, earlier: Word, text: str, told: Collection[str]) -> bool:
        """Add to what was said today; where there is no room, another day's message says it."""
        both = f"{earlier.text}\n{text}"
        if text in earlier.text:
            return True
        if len(both) > UPDATED_TEXT:
            return False
        change: dict[str, Any] = {"channel": earlier.direct, "ts": earlier.ts, "text": both, "blocks": _show(both)}
        with translate_failures():
            self._clock.heard(lambda: self._client.chat_update(**change, metadata=_mark(earlier.told.union(told))))
        return True

    def _direct(self, user: str) -> str:
        """Give the conversation to say it in: somebody's own with us; a channel that hears of it itself is one."""
        if not is_person(user):
            return user
        with translate_failures():
            opened: Any = self._clock.heard(lambda: self._client.conversations_open(users=user))
        return read_told(opened.get("channel"), "id")


def _mark(told: Collection[str]) -> dict[str, Any]:
    """Name what was told; where there is too much of it, the newest."""
    newest = sorted(told, key=lambda key: key.partition(" ")[2])[-MOST_TOLD:]
    return {"event_type": EVENT, "event_payload": {"slot": TOLD, "told": APART.join(newest)}}


def _show(text: str) -> list[Block]:
    """Show the text in sections that Slack takes, cut between lines; by the first one's id it is known again."""
    parts = [""]
    for line in text.split("\n"):
        fits = len(parts[-1]) + len(line) < SECTION_CHARACTERS
        parts = [*parts[:-1], f"{parts[-1]}\n{line}".strip("\n")] if fits else [*parts, line]
    first, *others = (section(part) for part in parts if part)
    return [first | {"block_id": TOLD_BLOCK}, *others]
