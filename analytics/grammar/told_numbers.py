"""
Numbers that are told or asked about, and choose no length of a list: `does jax have 3 models?`, `my 3 models`.

`10 tensorflow models` is a list; behind a verb of having, or a `my`, the number is how many there are. Pure.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from analytics.grammar.pieces import PLACES, Piece, Sentence


def states_a_number(sentence: Sentence) -> bool:
    """Tell whether it is said, or asked, how many there are, and no list of so many is wanted."""
    if not sentence.has("number") or sentence.has("top", "most"):
        return False
    words = [set(piece.text.casefold().split()) for piece in sentence.pieces]
    pairs = pairwise(sentence.pieces)
    if any(one.may_be("mine") and two.may_be("number") for one, two in pairs):
        return True
    before = words[: sentence.place("number")]
    if sentence.has("measure") or any(said & WISHING for said in before):
        return False
    asks_whether = bool(words[0] & WHETHER) and sentence.place("number") == 1  # `do 10 models have flax weights`
    if (words[-1] & EXIST) or words[0] & BEGINNING or asks_whether:
        return True
    return _has_so_many(sentence)


def _has_so_many(sentence: Sentence) -> bool:
    """Tell whether a number stands behind a verb of having, before what is had."""
    has = False
    for piece in sentence.pieces:
        if has and piece.may_be("number"):
            return True
        has = bool(HAVING & set(piece.text.casefold().split())) or (has and not piece.may_be(*HAD))
    return False


def wants_percent_of_top(sentence: Sentence) -> bool:
    """Tell whether a part of all is wanted as a list, `top 30% of tensorflow`, `the best 5 percent`; none is so cut."""
    said = [piece for piece in sentence.pieces if not piece.asks_nothing or piece.may_be("number", "percent")]
    for at, piece in enumerate(said):
        if not PERCENT.fullmatch(piece.text) and not _is_percent(said[at : at + 2]):
            continue
        before, after = said[max(0, at - 1) : at], said[at + 1 : at + 3]
        if any(one.may_be("top", "most") for one in before) or any(_leads(one) for one in after):
            return True
    return False


def _leads(piece: Piece) -> bool:
    return piece.may_be("most", "measure") or (piece.may_be("top") and not piece.may_be("among"))


def _is_percent(pieces: Sequence[Piece]) -> bool:
    number, *unit = pieces
    return number.may_be("number") and any(one.text.casefold() in PER_CENT for one in unit)


PERCENT = re.compile(r"\d{1,3}(?:[.,]\d{1,2})?\s?(?:%|％|percent)")
PER_CENT = ("percent", "per cent", "%", "pct", "prozent", "por ciento", "процентов", "процента", "процент")
"""What makes a part of a number, in the same word and in one of its own."""

HAD = (*PLACES, "models", "task", "model")
"""What ends the words between a verb of having and its number."""

HAVING = frozenset(
    (
        *("has", "have", "had", "got", "there", "there's", "contains", "holds", "exist", "exists", "i've", "we've"),
        *("hat", "haben", "habe", "gibt", "gibt's", "hay", "tiene", "tienen", "tengo", "tenemos", "existen"),
        *("есть", "имеет", "имеется", "существует", "有", "有没有", "只有"),
    )
)
"""Verbs of what somebody has, and of what there is."""

EXIST = frozenset(("exist", "exists", "existieren", "existen", "существуют", "存在"))
"""Verbs of what there is that stand behind it: `only 5 tensorflow models exist`."""

WHETHER = frozenset(("do", "does", "are", "have", "haben", "sind", "son", "tienen"))
"""Verbs of several that ask whether so many do something, right before the number: none of one thing."""

BEGINNING = frozenset(("у",))
"""What begins who has something: `у jax 3 модели`."""

WISHING = frozenset(("can", "could", "may", "want", "wanna", "need", "show", "give"))
"""Words of a wish, in which having is getting: `can I have 10 tensorflow models`."""
