"""
What `it` stands for within one text: `I need google/gemma-2b. Does it come in tf?`, `… and why was it dropped?`.

Only a model that is named once, in a sentence that restricts nothing; who asks sees what was taken. Pure.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from analytics.grammar.asides import NARROWS, RESTRICTS, tells_of_people
from analytics.grammar.pieces import PLACES, Piece, Sentence

USING = ("use", "load", "number")
"""What somebody says of a model before asking about it: that it is used, in how many places."""


def find_model(introduced: Sequence[tuple[str, Sentence]]) -> Piece | None:
    """Give the one model that sentences before or behind a question introduce; None where they say more of it."""
    named = {piece.concepts["model"]: piece for _, one in introduced for piece in one.pieces if piece.may_be("model")}
    restricting = set(RESTRICTS) - set(USING) | set(NARROWS)
    plain = all(
        (tells_of_people(said) or _only_names(sentence)) and not sentence.has(*restricting)
        for said, sentence in introduced
    )
    model = next(iter(named.values()), None)
    return model if model is not None and len(named) == 1 and model.sure and plain else None


def _only_names(sentence: Sentence) -> bool:
    return all(piece.asks_nothing or piece.may_be("model") for piece in sentence.pieces)


def with_subject(sentence: Sentence, subject: Piece) -> Sentence | None:
    """Put what is meant in the place of the first pronoun; None where there is none, or it names its own model."""
    at = next((at for at, piece in enumerate(sentence.pieces) if points(piece)), None)
    if at is None or sentence.has("model"):
        return None
    return replace(sentence, pieces=(*sentence.pieces[:at], subject, *sentence.pieces[at + 1 :]))


def points(piece: Piece) -> bool:
    """Tell whether it points at what was said before, also within courtesy: `does it`, `of it`."""
    return piece.may_be("pronoun") or piece.text.casefold().split()[-1] in ("it", "them")


def find_subjects(earlier: Sequence[Sentence]) -> Iterator[Piece]:
    """Give what a later part may speak of: the models of the parts before it, and then what they are to come in."""
    said = [piece for sentence in earlier for piece in sentence.pieces]
    yield from (piece for piece in reversed(said) if piece.may_be("model"))
    yield from (piece for piece in reversed(said) if piece.may_be(*PLACES) and not piece.may_be("model"))
