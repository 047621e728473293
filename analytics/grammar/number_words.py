"""
Numbers of several words, and times in words: `thirty-five`, `two hundred fifty`, `fünfunddreißig`, `half past nine`.

What each word counts is the lexicon's; here is how they go together. Pure.
"""

import re
from collections.abc import Mapping, Sequence
from functools import cache

from analytics.grammar import lexicon
from analytics.grammar.phrases import Found
from analytics.grammar.pieces import Piece
from analytics.grammar.typed_tokens import TypedWord

MOST_WORDS = 7
"""Words of a number at most: `one thousand two hundred and thirty five`."""

ONE = ("a", "one", "ein", "eine", "un", "uno", "один", "одна")
"""Words for one, which say no number by themselves: `one model`."""

HUNDRED, THOUSAND = 100, 1000
MULTIPLES = (12, HUNDRED, THOUSAND)
TEN, TWENTY = 10, 20
BETWEEN = {"and": (HUNDRED, THOUSAND), "y": (TEN, HUNDRED, THOUSAND)}
"""What may stand between two words of a number, behind a multiple of which."""

REVERSED = re.compile(r"(.+)und(.+)")
"""The German way to say it: `fünfunddreißig`."""

AT = ("at", "@", "um", "las", "в")
"""What stands before a time of the day."""

PAST = {"half past": 30, "quarter past": 15, "quarter to": -15, "viertel nach": 15, "viertel vor": -15, "halb": -30}
"""What stands before an hour, with how many minutes from it."""

HOURS = 24
HALVES = ("am", "pm")
"""What says behind an hour which half of the day is meant: `at five pm`."""


@cache
def _words() -> Mapping[str, int]:
    """Give what each single word counts."""
    return {word: int(value) for word, value in lexicon.values("number").items() if word.isalpha()}


@cache
def _beginnings() -> frozenset[str]:
    """Give the words that a number or a time begins with, unless its first word is of several parts."""
    return frozenset((*_words(), *ONE, *(phrase.split()[0] for phrase in PAST)))


def find_number(tokens: Sequence[TypedWord], at: int) -> Found | None:
    """Find the longest number of several words that begins here, or a time of the day in words."""
    first = tokens[at].folded
    if not (first in _beginnings() or first.isdecimal() or _count(_parts_of(first)[0])):
        return None
    if found := _find_time(tokens, at):
        return found
    words = [token.folded for token in tokens[at : at + MOST_WORDS]]
    for size in range(len(words), 0, -1):
        parts = [part for word in words[:size] for part in _parts_of(word)]
        if len(parts) > 1 and (value := _value(parts)) is not None:
            text = " ".join(token.text for token in tokens[at : at + size])
            return Piece(text, {"number": str(value)}), size
    return None


def _parts_of(word: str) -> tuple[str, ...]:
    """Part `thirty-five` and `fünfunddreißig`; any other word is its own only part."""
    if match := REVERSED.fullmatch(word):
        one, tens = match.groups()
        if one in (*_words(), *ONE) and tens in _words():
            return tens, one
    return tuple(word.split("-"))


def _value(words: Sequence[str]) -> int | None:
    """Give what words count together; None where they are no one number."""
    first = int(words[0]) if words[0].isdecimal() and len(words[0]) < len(str(HUNDRED)) else _count(words[0])
    if first is None or (words[0].isdecimal() and _count(words[1]) not in MULTIPLES):  # `2 dozen`, not `top 30 two`
        return None
    total, current = 0, first
    for at, word in enumerate(words[1:], 1):
        value = _count(word)
        if value in MULTIPLES and 0 < current < (value or 0):
            current *= value or 1
            total, current = (total + current, 0) if value == THOUSAND else (total, current)
        elif value is not None and _may_follow(current, value):
            current += value
        elif not (at + 1 < len(words) and any(current % of == 0 for of in BETWEEN.get(word, ()))):
            return None
    return total + current


def _count(word: str) -> int | None:
    return 1 if word in ONE else _words().get(word)


def _may_follow(current: int, value: int) -> bool:
    """Tell whether a number may be added: tens and units to hundreds, a unit to tens."""
    if current % HUNDRED == 0:
        return value < HUNDRED
    return current % TEN == 0 and current % HUNDRED >= TWENTY and value < TEN


def _find_time(tokens: Sequence[TypedWord], at: int) -> Found | None:
    """Find `half past nine`, or `nine` behind `at`."""
    folded = [token.folded for token in tokens[at : at + 3]]
    for size in (2, 1):
        minutes, hour = PAST.get(" ".join(folded[:size])), _hour(folded[size : size + 1])
        if minutes is not None and hour is not None:
            clock = (hour * 60 + minutes) % (HOURS * 60)
            text = " ".join(token.text for token in tokens[at : at + size + 1])
            return Piece(text, {"clock": f"{clock // 60:02}:{clock % 60:02}"}), size + 1
    hour = _hour(folded[:1])
    if at and hour is not None and tokens[at - 1].folded in AT and folded[0].isalpha():
        half = folded[1] if folded[1:2] and folded[1] in HALVES and hour <= HOURS // 2 else ""
        text = " ".join(token.text for token in tokens[at : at + 1 + bool(half)])
        said = {"half": half} if half else {"number": str(hour)}
        return Piece(text, {"clock": f"{hour % HOURS:02}:00", **said}), 1 + bool(half)
    return None


def _hour(words: Sequence[str]) -> int | None:
    """Give the hour that a word names, in letters or digits."""
    if not words:
        return None
    value = int(words[0]) if words[0].isdecimal() and len(words[0]) < len(str(HUNDRED)) else _words().get(words[0])
    return value if value is not None and value <= HOURS else None
