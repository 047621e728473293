"""
Slips in the name of an account: what `top 10 from tensorfow` and `top30 from googel` were meant to be.

An account that nobody here knows is taken as it stands, unless it is a letter or two from a framework, the Hub or a
known account. Then the words are read again with that in its place, and the account as typed is offered beside; behind
`author`, which can mean nothing else, it is the other way round.
"""

import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache

from analytics.domain.requests import Top
from analytics.grammar import lexicon
from analytics.grammar.cleaning import short
from analytics.grammar.understood import OFFERED, Understood
from analytics.names.known_models import atoms_of, find_account, list_accounts
from analytics.names.slips import find_slips

SHORT, LONG = 5, 8
"""Letters from which on one slip of any kind is looked for, and two."""

WORD = re.compile(r"\w[\w-]{0,95}")
FROM = re.compile(r"\bfrom[\s:=]{1,9}@?(\w[\w.-]{0,95})", re.IGNORECASE)

MEANT = ("framework", "hub", "account")
"""Concepts of the words that may stand behind `from`."""


def correct(told: Understood, text: str, read: Callable[[str], Understood]) -> Understood:
    """Put what was meant in the place of a mistyped account; anything else stays as it is."""
    author = getattr(told.request, "author", None)
    near = find_near_account(author) if author else None
    if author is None or near is None or told.words is None:
        return told
    meant = read(WORD.sub(lambda word: near if word[0].casefold() == author.casefold() else word[0], text))
    if meant.words is None or meant.words == told.words:
        return told
    if author.casefold() == near.casefold():
        return replace(meant, typed=told.typed)
    if isinstance(told.request, Top) and _follows_from(author, text):
        also = (told.words, *meant.also)
        note = f"“{short(author)}” was taken for {near}. {meant.note}".strip()
        return replace(meant, also=also[:OFFERED], note=note, typed=told.typed, differs=True)
    note = f"I know no account “{short(author)}”; {near} is near. {told.note}".strip()
    return replace(told, also=(meant.words, *told.also)[:OFFERED], note=note, differs=True)


def find_near_account(written: str) -> str | None:
    """Give the framework or known account that a name differs from by a slip; None where it is one, or near none."""
    name, known = "".join(atoms_of(written)), find_account(written)
    if known or not name.isalpha() or name in _accounts_and_words():
        return known if known != written else None
    most = 2 if len(name) >= LONG else 1
    found = find_slips(name, _accounts_and_words().keys(), most)
    near = sorted((slips, known) for slips, known in found if _may_be_slip(name, known))
    return _accounts_and_words()[near[0][1]] if near else None


def _may_be_slip(name: str, known: str) -> bool:
    """Tell whether one may be mistyped for the other: of short names only letters exchanged or doubled tell."""
    if max(len(name), len(known)) >= SHORT:
        return True
    return sorted(name) == sorted(known) or (len(name) > len(known) and set(name) == set(known))


def _follows_from(author: str, text: str) -> bool:
    """Tell whether a name stands behind `from`, which has frameworks behind it, too."""
    return any(found[1].rstrip(".-").casefold() == author.casefold() for found in FROM.finditer(text))


@cache
def _accounts_and_words() -> dict[str, str]:
    """Give what may be meant, by its letters alone, as it is written."""
    words = {word: word for concept in MEANT for word in lexicon.values(concept) if word.isascii() and word.isalpha()}
    return {**{"".join(atoms_of(one)): one for one in list_accounts()}, **words}
