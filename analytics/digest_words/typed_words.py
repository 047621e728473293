"""What was typed to the bot, as every door reads it: its length first, then Slack's marks and the leading word."""

import re
from dataclasses import dataclass

from analytics import grammar

MENTION = re.compile(r"<@[A-Z0-9]+(?:\|[^<>]*)?>")
PRIVATELY = re.compile(r"(?:privately|private|quietly)\b[\s,:]*", re.IGNORECASE)
QUESTION_MARK = "?"

BEGINS, ENDS = "⟦⟧"
"""What the name of a digest is kept in that stands in quotes; quotes are taken off everywhere else."""

QUOTED_NAME = re.compile(
    r"""\b(named|called)\s+(?:"([^"]+)"|“([^“”]+)[”“]|„([^„“”]+)[“”]|«([^«»]+)»|'([^']+)'(?=\s|$))""", re.IGNORECASE
)
OF_DIGESTS = re.compile(r"\b(?:digests?|(?:un)?subscribe)\b", re.IGNORECASE)


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
    def sentence(self) -> str:
        """The words as a sentence is read: a question mark tells what is bid from what is asked."""
        return f"{self.words}{QUESTION_MARK if self.asks else ''}"

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
    words = grammar.clean(_keep_name(MENTION.sub(" ", text)))
    asks = text.rstrip().endswith(QUESTION_MARK)
    if match := PRIVATELY.match(words):
        return TypedWords(words[match.end() :], privately=True, asks=asks)
    return TypedWords(words, privately=grammar.is_for_asker(words), asks=asks)


def _keep_name(text: str) -> str:
    """Put a digest's name that stands in quotes into marks that are not taken off as quotes are."""
    if not OF_DIGESTS.search(text):
        return text
    return QUOTED_NAME.sub(lambda found: f"{found[1]} {BEGINS}{''.join(filter(None, found.groups()[1:]))}{ENDS}", text)
