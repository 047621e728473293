"""Typing errors: the word of ours that a mistyped one was meant to be, if there is one."""

from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from rapidfuzz.distance import OSA

from analytics.grammar import lexicon
from analytics.grammar.inflections import find_base
from analytics.names.known_models import first_words, list_known_accounts
from analytics.names.slips import find_slips

SHORTEST, SHORT, MIDDLE, LONG = 4, 5, 6, 8
"""Letters from which on slips are looked for at all, one is allowed, also in the first letter, two are."""

THREE = 3

NOES = ("un", "im", "non", "dis", "anti", "не")
"""What makes a word say the opposite when it stands before it: `unpopular`. No `in`, which may have lost its space."""

LONGEST = 40
"""No word of ours is longer; beyond it nothing is compared."""


def mend(word: str) -> str | None:
    """
    Give what a mistyped word was meant to be: one slip away, two in a long word; None where nothing is so near.

    In the shortest words only two exchanged letters count: most of them are other words when one letter differs.
    """
    if len(word) == THREE and word.isalpha():
        return _mend_three(word)
    if not SHORTEST <= len(word) <= LONGEST or not word.replace("-", "").isalpha() or word in _rightly_spelt():
        return None
    if base := find_base(word):
        return base if _means_the_same(word, base) else None
    most = 2 if len(word) >= LONG else 1
    near = [mended for _, mended in find_slips(word, _vocabulary(len(word), most), most) if _is_slip(word, mended)]
    return min(near, key=lambda mended: _unlikely(word, mended)) if near else None


def _means_the_same(word: str, base: str) -> bool:
    """Tell whether no longer word of ours is as near as the one it is a form of: `transformes`, of `transformers`."""
    known = lexicon.phrases()
    longer = (near for _, near in find_slips(word, _vocabulary(len(word), 1), 1) if len(near) > len(word))
    others = [near for near in longer if near in known]
    return all(known[near].keys() == known.get(base, {}).keys() for near in others)


def _mend_three(word: str) -> str | None:
    """Exchange the last two letters of a word of three, where that makes one of ours: `tpo`, `hwo`, `nwe`."""
    exchanged = word[0] + word[2] + word[1]
    return exchanged if exchanged in lexicon.words_with_slips() and word not in _rightly_spelt() else None


def _unlikely(word: str, mended: str) -> tuple[int, bool, bool, bool, int, str]:
    """
    Order what a slip may have been meant to be.

    Fewer slips, letters exchanged, the same beginning, a word that stands alone, and then one left out.
    """
    is_other, is_part = sorted(word) != sorted(mended), mended not in lexicon.phrases()
    return OSA.distance(word, mended), is_other, mended[0] != word[0], is_part, -len(mended), mended


def _is_slip(word: str, mended: str) -> bool:
    """
    Tell whether one may be a slip of the other, and not its opposite.

    Who mistypes a short or a common word begins it rightly.
    """
    if _says_no(word, mended) or _says_no(mended, word):
        return False
    if word[0] != mended[0] and (len(mended) < MIDDLE or "filler" in lexicon.phrases().get(mended, {})):
        return False
    return len(word) >= SHORT or sorted(word) == sorted(mended)


def _says_no(word: str, other: str) -> bool:
    """Tell whether a word is another with a no before it, but for slips in both."""
    rests = (word.removeprefix(no) for no in NOES if word.startswith(no) and not other.startswith(no))
    return any(OSA.distance(rest, other) < OSA.distance(word, other) for rest in rests)


@cache
def _rightly_spelt() -> frozenset[str]:
    """Give the common words of other talk that are no slips though a letter makes them ours: `black`, `coach`."""
    return frozenset(files(__package__).joinpath("other_words.txt").read_text(encoding="utf-8").split())


@cache
def _vocabulary(length: int, most: int) -> Sequence[str]:
    """Give the words that are near enough by their length alone: to ask for each of the others takes half the time."""
    return [word for word in _whole_vocabulary() if abs(len(word) - length) <= most]


@cache
def _whole_vocabulary() -> Sequence[str]:
    ours = {word for word in lexicon.words_with_slips() if len(word) >= SHORTEST and "'" not in word}
    return sorted(ours | set(first_words()) | set(list_known_accounts()))
