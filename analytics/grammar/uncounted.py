"""
What is asked of something that nobody counts here, though a count of something else is near: what to say and to offer.

A model that is not on the Hub, people who use a framework, the last of a ranking: each word is known, and the nearest
reading would pass over the one that changes the question. Pure.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from analytics.domain.requests import Aspect, Share, Top, Totals, Trend
from analytics.grammar.interpretation import Interpretation
from analytics.grammar.offering import NO_BOTTOM
from analytics.grammar.pieces import NO, PLACES, Piece, Sentence
from analytics.grammar.read_lists import FEWEST


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
    lacks = twice & {*sentence.places_denied} or any(_is_of_something_else(sentence, at) for at in noes)
    return LACKING if lacks else None


def _is_of_something_else(sentence: Sentence, at: int) -> bool:
    after = next((piece for piece in sentence.pieces[at + 1 :] if not _is_passed_over(piece)), None)
    return after is not None and after.may_be("hub", "formats")


def _is_passed_over(piece: Piece) -> bool:
    return not piece.may_be("hub") and (piece.asks_nothing or piece.may_be("available", "to", "use", "by"))


USERS = Uncounted(
    "Who uses what is counted by nobody; downloads are: whose they are, and their course.",
    (Share().words, Trend(downloads=True).words),
)


def _counts_people(reading: Interpretation, sentence: Sentence) -> Uncounted | None:
    """Find people who are counted, or of whom it is asked what they use: `how many people use jax`, `my team uses`."""
    if not isinstance(reading.request, Totals | Share | Trend):
        return None
    said = [piece for piece in sentence.pieces if piece.may_be("people") or not piece.asks_nothing]
    counted = any(
        one.may_be("howmany", "share", "percent") and two.may_be("people") for one, two in _pairs_but(said, "mine")
    )
    own = any(_is_own(piece) and two.may_be("use") for piece, two in pairwise(said))
    return USERS if (counted and not sentence.has("models")) or own else None


def _pairs_but(said: Sequence[Piece], passed: str) -> Iterator[tuple[Piece, Piece]]:
    return pairwise(piece for piece in said if not piece.may_be(passed))


def _is_own(piece: Piece) -> bool:
    """Tell whether people are some, and not all there are: `my team`, and not `people`."""
    return piece.may_be("people") and not {*piece.text.casefold().split()}.isdisjoint(OWN)


OWN = ("team", "teams", "company", "boss", "colleagues", "coworkers", "teammates", "friends", "students", "customers")
"""People of whom somebody asks who is one of them."""

BOTTOM = Uncounted(NO_BOTTOM, (Totals(aspect=Aspect.DEAD).words,))


def _ranks_from_below(reading: Interpretation, sentence: Sentence) -> Uncounted | None:
    """Find who asks for the last of a list: `which of the top 10 has the fewest likes`."""
    if not isinstance(reading.request, Top):
        return None
    said = [piece for piece in sentence.pieces if piece.text.casefold() in LAST or not piece.may_be("filler")]
    pairs = pairwise(said)
    return BOTTOM if any(one.text.casefold() in LAST and two.may_be("measure") for one, two in pairs) else None


LAST = (*FEWEST, "wenigsten", "am wenigsten", "geringsten", "menor", "меньше всего", "最少")

THRESHOLD = Uncounted("How many have so many likes or downloads is not counted; lists go by them, and tell how many.")


def _lays_down_a_number(reading: Interpretation, sentence: Sentence) -> Uncounted | None:
    """Find a number of likes or downloads that models are to have: `at least one like`, `a download`."""
    if not isinstance(reading.request, Totals | Share | Top | Trend):
        return None
    said = [(one.text.casefold(), two) for one, two in pairwise(sentence.pieces)]
    has_one = any(text in SINGLE and (two.may_be("measure") or two.text.casefold() == "like") for text, two in said)
    return THRESHOLD if has_one and sentence.has("howmany", "share", "percent", "top") else None


SINGLE = ("a", "one", "a single", "single", "ein", "einen", "eine", "un", "una", "одно", "один", "хотя бы один")
"""Words for one: before what is counted by thousands it is a condition."""

FINDERS: tuple[Callable[[Interpretation, Sentence], Uncounted | None], ...] = (
    _lacks_something_else,
    _counts_people,
    _ranks_from_below,
    _lays_down_a_number,
)
"""Each says what a reading does not count; None where it counts it."""
