"""How many slips apart two names are: letters exchanged, left out, doubled or mistyped. Pure."""

from collections.abc import Collection

from rapidfuzz import process
from rapidfuzz.distance import OSA

MOST_NEAR = 9
"""How many near ones are weighed against one another."""


def find_slips(name: str, known: Collection[str], most: int) -> list[tuple[int, str]]:
    """Give what a name differs from by so many slips at most, each with how many: the fewest first."""
    found = process.extract(name, known, scorer=OSA.distance, score_cutoff=most, limit=MOST_NEAR)
    return [(slips, near) for near, slips, _ in found]
