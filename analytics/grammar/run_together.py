"""Words run together, `howmanymodelsareintensorflow` -> the words they were, where all of them are known. Pure."""

from collections.abc import Iterator
from functools import cache

from analytics.grammar import lexicon
from analytics.names.known_models import first_words, weigh_family

SHORTEST, LONGEST = 12, 80
"""Letters from which on, and up to which, a word is looked at: shorter ones are names and slips."""

SHORTEST_PART, LONGEST_PART = 2, 20
LETTERS = ("a", "i")
"""Words of one letter."""

NAME = 3
"""Letters of the names of families that are shorter than those a slip is looked for in: `gpt`."""

WELL_KNOWN = 50_000
"""Downloads in 30 days of such a family at least."""

FEWEST = 3
"""Words at least: two together are a compound, or a name."""

MEAN_PART = 3
"""Letters of a part on the average at least: any word is made of parts of two."""


def part_words(typed: str) -> str | None:
    """Give a single long word as the fewest words of ours that make it; None where they do not, or there are more."""
    word = typed.casefold().rstrip("?!.")
    if not SHORTEST <= len(word) <= LONGEST or " " in word or not word.isascii():
        return None
    best: list[list[str] | None] = [[]]  # of what begins the word, by its length
    for end in range(1, len(word) + 1):
        ways = [
            [*before, word[end - size : end]]
            for size in range(1, min(end, LONGEST_PART) + 1)
            if (before := best[end - size]) is not None and _is_known(word[end - size : end])
        ]
        best.append(min(ways, key=len, default=None))
    parts = best[-1]
    return " ".join(parts) if parts and FEWEST <= len(parts) <= len(word) / MEAN_PART else None


def _is_known(part: str) -> bool:
    return part.isdecimal() or part in _all_known() or (len(part) == NAME and weigh_family((part,)) >= WELL_KNOWN)


@cache
def _all_known() -> frozenset[str]:
    return frozenset(_list_known())


def _list_known() -> Iterator[str]:
    yield from LETTERS
    yield from (word for word in (*lexicon.words_with_slips(), *first_words()) if len(word) >= SHORTEST_PART)
