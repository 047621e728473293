"""
Which concepts a reading accounts for: `accounts.csv`.

A reading is taken with confidence only if every word of a sentence means something that the reading takes into
account. `+links` puts in the concepts of another line.
"""

import csv
from collections.abc import Mapping
from functools import cache
from importlib.resources import files


def takes(*readings: str) -> tuple[str, ...]:
    """Give the concepts that some readings account for together."""
    return tuple(concept for reading in readings for concept in _lines()[reading])


@cache
def _lines() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    lines = files(__package__).joinpath("accounts.csv").read_text(encoding="utf-8").splitlines()
    for reading, concepts in list(csv.reader(lines))[1:]:
        words = concepts.split()
        found[reading] = tuple(
            concept for word in words for concept in (found[word[1:]] if word.startswith("+") else (word,))
        )
    return found
