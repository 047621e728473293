"""
What words mean: every phrase of `lexicon.csv` with its concepts and values, and those of `words_as_written.csv`.

The first is the home of the words people use, in English and the question words of four more languages, and slips of
them are mended. The second has the plain words of French and Portuguese, which are taken for nothing that the first has
and for no other word's slip: too many of their words are a letter from an English one (`combien`, combine). A phrase
may mean several things (`list` is a ranking, and a settings word): who reads a sentence chooses.
"""

import csv
import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from itertools import pairwise

from analytics.domain.tasks import TASKS

Concepts = Mapping[str, str]
"""What a phrase may mean: each concept with its value, empty where the concept says it all."""

MOST_WORDS = 6
"""Words of the longest phrase that is looked for."""

ANY_TASK = "other"
"""A task of the Hub whose name says nothing by itself: only `task other` means it."""

PLAIN = ("filler", "off")
"""Concepts of words that are no words of ours: courtesy and grammar, and what other talk is made of."""


@cache
def phrases() -> Mapping[str, Concepts]:
    """Give every phrase, words parted by one space, in lower case."""
    found: dict[str, dict[str, str]] = {}
    for task in (task for task in TASKS if task != ANY_TASK):
        for phrase in _with_hyphens_or_spaces(task):
            found.setdefault(phrase, {})["task"] = task
    for concept, value, written in _rows():
        for phrase in written.casefold().split("|"):
            found.setdefault(phrase, {})[concept] = value
    return {**_as_written(), **found}


@cache
def _as_written() -> Mapping[str, Concepts]:
    """Give what is read only as it is written, or without its accents."""
    found: dict[str, dict[str, str]] = {}
    for concept, value, written in _rows("words_as_written.csv"):
        for phrase in written.casefold().split("|"):
            for form in (phrase, _without_accents(phrase)):
                found.setdefault(form, {})[concept] = value
    return found


def _without_accents(phrase: str) -> str:
    """Give a phrase as people type it in haste; the shortest, `é`, are other words then."""
    bare = "".join(char for char in unicodedata.normalize("NFD", phrase) if not unicodedata.combining(char))
    return bare if len(bare) >= SHORTEST_BARE and phrase[0] < CYRILLIC else phrase


SHORTEST_BARE, CYRILLIC = 3, "Ѐ"


def _with_hyphens_or_spaces(task: str) -> set[str]:
    """Write a task in every way its words can be joined: `zero-shot image classification`."""
    first, *others = task.split("-")
    written = {first}
    for word in others:
        written = {f"{before}{mark}{word}" for before in written for mark in "- "}
    return written


QUESTIONS = ("top", "totals", "trend", "papers", "share", "changes", "new", "official", "formats", "status")
"""Concepts of words that ask something with no other word beside them."""


def ask_alone(sides: Sequence[str]) -> bool:
    """Tell whether each word is a question by itself: `totals/trend` is no account and its model."""
    return all(not phrases().get(side.strip().casefold(), {}).keys().isdisjoint(QUESTIONS) for side in sides)


def are_of_one_kind(sides: Sequence[str]) -> bool:
    """Tell whether words parted by a slash are of one kind (`pytorch/tf`, `mon/wed`), and not an account and a name."""
    if _names_framework_alone(sides) or ask_alone(sides):
        return True
    shared: set[str] | None = None
    for side in sides:  # until nothing is shared any more: of forty thousand slashes the first two sides tell
        kinds = phrases().get(side.casefold(), {}).keys() - PLAIN
        shared = kinds if shared is None else shared & kinds
        if not shared:
            return False
    return bool(shared)


def _names_framework_alone(sides: Sequence[str]) -> bool:
    """Tell whether a framework stands before another word of ours: `tensorflow/tfjs` is no account and its model."""
    account, *names = (side.casefold() for side in sides)
    return len(names) == 1 and "framework" in phrases().get(account, {}) and names[0] in phrases()


def is_ours(word: str) -> bool:
    """Tell whether a word says something here, and is no mere word of grammar or of other talk."""
    concepts = phrases().get(word.casefold(), {}).keys()
    return bool(concepts) and not concepts & {*PLAIN}


@cache
def values(concept: str) -> Mapping[str, str]:
    """Give the phrases of one concept with their values: `tf` is TensorFlow."""
    return {phrase: meant[concept] for phrase, meant in phrases().items() if concept in meant}


@cache
def words() -> frozenset[str]:
    """Give every single word that stands in a phrase."""
    return frozenset(word for phrase in phrases() for word in phrase.split())


@cache
def pairs() -> frozenset[tuple[str, str]]:
    """Give every two words that stand side by side in a phrase."""
    return frozenset(pair for phrase in phrases() for pair in pairwise(phrase.split()))


@cache
def words_with_slips() -> frozenset[str]:
    """Give the single words of which slips are mended."""
    return words() - {word for phrase in _as_written() for word in phrase.split()} | {
        word for _, _, written in _rows() for word in written.casefold().replace("|", " ").split()
    }


@cache
def _rows(name: str = "lexicon.csv") -> tuple[tuple[str, str, str], ...]:
    lines = files(__package__).joinpath(name).read_text(encoding="utf-8").splitlines()
    rows = list(csv.reader(lines))[1:]  # words that mean several things stand once: `dead|unused`
    return tuple((concept, value, written) for concepts, value, written in rows for concept in concepts.split("|"))
