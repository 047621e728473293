"""The phrases of the lexicon in a text: the longest that begins at a word, with adverbs within passed over."""

from collections.abc import Sequence

from analytics.grammar import lexicon
from analytics.grammar.pieces import Piece
from analytics.grammar.typed_tokens import TypedWord

Found = tuple[Piece, int]
"""A piece, and how many words it takes."""


def find_phrase(tokens: Sequence[TypedWord], at: int) -> Found | None:
    """Find the longest phrase that begins here."""
    known = lexicon.phrases()
    for size in range(min(lexicon.MOST_WORDS, len(tokens) - at), 0, -1):
        words = tokens[at : at + size]
        concepts = known.get(" ".join(token.folded for token in words))
        if concepts is not None:
            text = " ".join(token.text for token in words)
            return _longer_with_adverbs(tokens, at, size) or (
                Piece(text, concepts, mended=any(token.mended for token in words)),
                size,
            )
    return _longer_with_adverbs(tokens, at, 0)


ADVERBS = ("exactly", "actually", "really", "currently", "even", "just", "eigentlich", "genau", "exactamente", "именно")
"""Words that stand within a phrase and change nothing of it: `how exactly do you count`."""

FEWEST_AROUND = 3
"""Words of a phrase at least within which they are passed over."""


def _longer_with_adverbs(tokens: Sequence[TypedWord], at: int, least: int) -> Found | None:
    """Read a phrase with adverbs within that is longer than the one without."""
    ahead = tokens[at : at + lexicon.MOST_WORDS + 1]
    if not any(token.folded in ADVERBS for token in ahead[1:-1]):
        return None
    for size in range(len(ahead), max(least, FEWEST_AROUND), -1):
        words = [token for place, token in enumerate(ahead[:size]) if not place or token.folded not in ADVERBS]
        concepts = lexicon.phrases().get(" ".join(token.folded for token in words))
        if concepts is not None and len(words) >= FEWEST_AROUND and ahead[size - 1].folded not in ADVERBS:
            text = " ".join(token.text for token in ahead[:size])
            return Piece(text, concepts, mended=any(token.mended for token in words)), size
    return None


def find_counted_phrase(tokens: Sequence[TypedWord], at: int) -> Found | None:
    """Read a phrase that begins with a number, `3rd quarter`, before its number alone is read."""
    found = find_phrase(tokens, at) if tokens[at].folded[0].isdigit() else None
    return found if found and found[1] > 1 else None
