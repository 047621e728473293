"""
Other endings of words that are known: `загрузок`, `heruntergeladener`, `descargarán`, `retiring`.

Words are compared without their endings. A stem that stands for two meanings stands for none, and so does one of
courtesy and grammar: a word that is passed over has to be written in the list as it is.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache

from analytics.grammar import lexicon

LATIN = re.compile(
    r"(?:ings?|ed|es|s|e|en|em|t|st|te|ten|end|ende|n|o|os|a|as|ar|an|ste|sten|ster|stes|ado|ada|ados|adas|ando|aron|amos|ó|é|án)$"
)
CYRILLIC = re.compile(
    r"(?:а|я|о|е|и|ы|у|ю|ь|ой|ей|ом|ем|ам|ям|ами|ями|ах|ях|ов|ев|ёв|ий|ый|ая|яя|ое|ее|ые|ие|ого|его|ому|ему|ых|их|ым|им"
    r"|ыми|ими|ую|юю|ть|ться|ет|ют|ит|ят|ут|ал|ала|али|ил|ила|или|лся|лась|лись|ется|ются|ится|ятся|ка|ки|ок|ку|кой|ке)$"
)
LETTERS = {LATIN: 5, CYRILLIC: 4}
"""The endings of each script, with the letters that a stem has at least: in fewer, other words begin so too."""

ENDINGS = 6
"""Letters of the longest ending."""

PASSED_OVER = {"filler", "greet", "hub", "off", "neg", "number", "relative", "thanks", "model", "account"}
"""Concepts whose words have no other endings here."""


def find_base(word: str) -> str | None:
    """Give the word of ours that a word is another form of; None where none is, or several that mean different."""
    found = {base for stem in _stems(word) for base in _bases().get(stem, ())}
    meant = {tuple(sorted(lexicon.phrases()[base].items())) for base in found}
    return min(found) if len(meant) == 1 else None


def _stems(word: str) -> Iterator[str]:
    """Give what may be the stem of a word, itself included."""
    for endings, least in LETTERS.items():
        if not _is_of(endings, word):
            continue
        for size in range(min(ENDINGS, len(word) - least) + 1):
            if not size or endings.fullmatch(word[-size:]):
                yield word[: len(word) - size]


def _is_of(endings: re.Pattern[str], word: str) -> bool:
    is_cyrillic = "\u0400" <= word[:1] <= "\u04ff"
    return word.isalpha() and is_cyrillic is (endings is CYRILLIC)


@cache
def _bases() -> Mapping[str, frozenset[str]]:
    """Give the single words of ours by what may be their stems."""
    found: dict[str, set[str]] = {}
    for phrase, concepts in lexicon.phrases().items():
        if phrase in lexicon.words_with_slips() and not PASSED_OVER & concepts.keys():
            for stem in _stems(phrase):
                found.setdefault(stem, set()).add(phrase)
    return {stem: frozenset(bases) for stem, bases in found.items()}
