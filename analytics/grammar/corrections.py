"""
One question in the place of another: `not the top 30, the totals`, `forget the top 30, show me the trend`.

What is not wanted is taken off only where it is a whole question of its own and nothing more. A choice that is denied
(`not tensorflow`, `not google's models`) narrows what is asked, and is left to who reads the sentence. Pure.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from analytics.domain.requests import Request, Top
from analytics.grammar.strict import FIRST_WORDS, Unclear, parse

NO = (
    r"(?:(?:no|oh|please|hey|ok)[,.]?\s+)*"
    r"(?:not|no|forget(?: about)?|never ?mind|skip|ignore|scrap|drop|instead of|rather than"
    r"|(?:don'?t|do not) (?:show|give|tell|send|want|need)(?: (?:me|us))?"
    r"|(?:i|we) (?:don'?t|do not|didn'?t|did not) (?:want|need|mean|ask for)(?: to see)?)"
)
WANTS = (
    r"(?:(?:but|rather|just|only|instead|please|(?:i|we)(?:'d)? (?:want|need|meant|mean)|(?:show|give|tell) (?:me|us))"
    r"\s+)*"
)
JOINT = r"(?:\s?[,;:.]\s?|\s[-–—]\s|\s(?=but\s))"
SAYS = (
    re.compile(rf"{NO}\s+(?P<denied>[^,;:.]{{2,60}}?){JOINT}{WANTS}(?P<meant>\S.{{1,200}})", re.IGNORECASE),
    re.compile(
        r"(?P<meant>\S.{1,200}?),?\s+(?:instead of|rather than|in place of)\s+(?P<denied>.{2,60})", re.IGNORECASE
    ),
)
"""What is not wanted before what is, and behind it."""

AROUND = re.compile(r"^(?:the|a|any|your|that|this)\s+|\s(?:please|pls|now|today|at all|any ?more)$", re.IGNORECASE)

NO_QUESTIONS = ("digest", "digests", "weekly digest", "status", "help")
"""Words that are of use alone, and no questions."""


@dataclass(frozen=True, slots=True)
class Correction:
    """What is asked for as it was typed, and the question in whose place; None where that is no question."""

    meant: str
    denied: Request | None

    def is_met_by(self, request: Request | None) -> bool:
        """Tell whether a question is another than the denied one, and not that one with a choice."""
        if isinstance(request, Top) and isinstance(self.denied, Top):
            return request.n != self.denied.n
        return request is not None and type(request) is not type(self.denied)


def find_corrections(typed: str) -> Iterator[Correction]:
    """Give what is asked for in the place of a whole question that is not wanted; nothing where none is."""
    for pattern in SAYS:
        if found := pattern.fullmatch(typed):
            denied = AROUND.sub("", found["denied"].strip()).strip().casefold()
            if denied in NO_QUESTIONS:
                yield Correction(found["meant"], None)
            elif not isinstance(asked := parse(denied), Unclear) and _says_nothing_more(asked):
                yield Correction(found["meant"], asked)


def _says_nothing_more(asked: Request) -> bool:
    """Tell whether a question is one without any choice."""
    bare = replace(asked, n=Top().n) if isinstance(asked, Top) else asked
    return any(bare == parse(word) for word in FIRST_WORDS)
