"""
What is asked of something that nobody counts here, though a count of something else is near: what to say and to offer.

A model that is not on the Hub, people who use a framework, the last of a ranking: each word is known, and the nearest
reading would pass over the one that changes the question. Pure.
"""

from collections.abc import Callable
from dataclasses import dataclass

from analytics.domain.requests import Share, Totals
from analytics.grammar.interpretation import Interpretation
from analytics.grammar.pieces import NO, PLACES, Piece, Sentence


@dataclass(frozen=True, slots=True)
class Uncounted:
    """Why a reading is not what is asked, and what is near, in canonical words."""

    problem: str
    offered: tuple[str, ...] = ()


def find_uncounted(reading: Interpretation, sentence: Sentence) -> Uncounted | None:
    """Say what is asked for that the reading does not count; None where it counts what is asked."""
    return next((found for find in FINDERS if (found := find(reading, sentence))), None)


LACKING = Uncounted("How many models lack that is not counted; those with one of the two and without the other are.")


def _lacks_something_else(reading: Interpretation, sentence: Sentence) -> Uncounted | None:
    """Find a no before what totals do not tell: `not on the hub`, `no files`, `tensorflow but no tensorflow files`."""
    if not isinstance(reading.request, Totals | Share):
        return None
    named = [piece.concepts[kind] for piece in sentence.pieces for kind in PLACES if piece.may_be(kind)]
    twice = {name for name in named if named.count(name) > 1}
    noes = (at for at, piece in enumerate(sentence.pieces) if piece.may_be(*NO) and not piece.asks_nothing)
    return LACKING if twice & {*sentence.places_denied} or any(_is_of_something_else(sentence, at) for at in noes) else None


def _is_of_something_else(sentence: Sentence, at: int) -> bool:
    after = next((piece for piece in sentence.pieces[at + 1 :] if not _is_passed_over(piece)), None)
    return after is not None and after.may_be("hub", "formats")


def _is_passed_over(piece: Piece) -> bool:
    return not piece.may_be("hub") and (piece.asks_nothing or piece.may_be("available", "to", "use", "by"))


FINDERS: tuple[Callable[[Interpretation, Sentence], Uncounted | None], ...] = (_lacks_something_else,)
"""Each says what a reading does not count; None where it counts it."""
