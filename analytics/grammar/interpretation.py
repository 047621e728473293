"""What a sentence may mean: one reading, with the words of ours it accounts for."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from analytics.domain.requests import Definition, Request


class Intent(StrEnum):
    """What somebody wants who types something."""

    QUESTION = "question"
    HELP = "help"
    STATUS = "status"
    DIGEST = "digest"
    PREVIEWS = "previews"
    THANKS = "thanks"
    DECLINE = "decline"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class Interpretation:
    """
    One meaning. `takes` are the concepts it accounts for: what is left over was not understood by it.

    `words` are canonical; `others` other readings that are as likely; `note` says what was chosen and could be meant
    otherwise; `named` are frameworks that are asked for and no word of the question names.
    """

    words: str
    takes: frozenset[str]
    kind: Intent = Intent.QUESTION
    request: Request | None = None
    others: tuple[str, ...] = ()
    note: str = ""
    certain: bool = True
    named: tuple[str, ...] = ()


def ask(
    request: Request, takes: Iterable[str], others: Iterable[str] = (), note: str = "", *, certain: bool = True
) -> Interpretation:
    """Make the reading of a question."""
    words = short_words(request)
    told = tuple(dict.fromkeys(other for other in others if other not in (request.words, words)))
    return Interpretation(words, frozenset(takes), Intent.QUESTION, request, told, note, certain)


def short_words(request: Request) -> str:
    """Write a question as people would type it; that it goes by the tags is always said."""
    by_tags = getattr(request, "definition", None) is Definition.DECLARED
    return request.words if by_tags else getattr(request, "short_words", request.words)


def say(words: str, kind: Intent, takes: Iterable[str], note: str = "", others: Iterable[str] = ()) -> Interpretation:
    """Make the reading of what is no question."""
    return Interpretation(words, frozenset(takes), kind, None, tuple(others), note)
