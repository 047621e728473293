"""What was typed to the bot, as every door reads it: its length first, then Slack's marks and the leading word."""

import re
from dataclasses import dataclass

from analytics import grammar

MENTION = re.compile(r"<@[A-Z0-9]+(?:\|[^<>]*)?>")
PRIVATELY = re.compile(r"(?:privately|private|quietly)\b[\s,:]*", re.IGNORECASE)

QUESTION_MARK = "?"


@dataclass(frozen=True, slots=True)
class TypedWords:
    """
    Cleaned words of a bearable length.

    `privately`: the answer is for the asker alone; `asks`: a question mark ends them, so `digest off?` ends nothing.
    """

    words: str
    privately: bool = False
    asks: bool = False

    @property
    def settings(self) -> list[str] | None:
        """The words after `digest`; `subscribe` and `unsubscribe` stand for themselves; None where it is a question."""
        first, *rest = self.words.split() or [""]
        match first.casefold():
            case "digest" | "digests":
                return rest
            case "subscribe" | "unsubscribe":
                return [first, *rest]
        return None


def read(text: str) -> TypedWords | grammar.Unclear:
    """Read what was typed; what is longer than any question is refused before any pattern sees it."""
    if grammar.looks_pasted(text):
        return TypedWords(text)  # as it is: what a library says may be long, and its end says most
    if (refused := grammar.too_long(text)) is not None:
        return refused
    words = grammar.clean(MENTION.sub(" ", text))
    asks = text.rstrip().endswith(QUESTION_MARK)
    if match := PRIVATELY.match(words):
        return TypedWords(words[match.end() :], privately=True, asks=asks)
    return TypedWords(words, asks=asks)
