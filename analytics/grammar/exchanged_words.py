"""
Two neighbouring words that stand exchanged: `how models many`, `new model per uploads quarter`.

Only a text that means nothing as it stands is read so, and only where the exchange joins words that belong together (a
phrase, a name, a date): any other order of its words is another text, and no slip. Pure.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from itertools import pairwise

from analytics.grammar import lexicon
from analytics.grammar.spotting import spot

FEWEST, MOST = 3, 12
"""Words of a text in which two are exchanged: of fewer, another order is seldom a slip; more take too long."""

ORDERED = ("neg", "except", "nobody", "unused", "dislike", "no_behind", "than", "beside")
"""Concepts of words of which the order tells what is not wanted, and what is set beside what."""


def exchange_words(typed: str, today: dt.date) -> Iterator[str]:
    """Give a text with two neighbouring words exchanged, wherever that joins words; nothing of short and long ones."""
    words = typed.split()
    if not FEWEST <= len(words) <= MOST or (said := spot(typed, today)).has(*ORDERED):
        return
    for at, (one, two) in enumerate(pairwise(words)):
        if not _may_join([*words[max(0, at - 1) : at], two, one, *words[at + 2 : at + 3]]):
            continue
        text = " ".join([*words[:at], two, one, *words[at + 2 :]])
        read = spot(text, today)
        if len(read.pieces) < len(said.pieces) and len(read.unknown) <= len(said.unknown):
            yield text


def _may_join(around: Sequence[str]) -> bool:
    """Tell whether words side by side may be one piece: as in a phrase, after a mark of accounts, or with a number."""
    bare = [word.strip(".,;:!?").casefold() for word in around]
    return any(
        pair in lexicon.pairs() or pair[0] in lexicon.values("author_mark") or any(map(str.isdigit, "".join(pair)))
        for pair in pairwise(bare)
    )
