"""The names and numbers in conditions: frameworks that are watched, lists, and what is said of others. Pure."""

from analytics.domain.requests import MOST_MODELS
from analytics.domain.wording import count

FRAMEWORKS = {
    **dict.fromkeys(("pytorch", "torch", "pt"), "PyTorch"),
    **dict.fromkeys(("tensorflow", "tf"), "TensorFlow"),
}
LONGEST = 40
"""How much of a wrong word is quoted."""

A_FRAMEWORK = r"(?P<framework>[\w.+-]+?)"
TOP = r"(?:the |our )?top[ -]?(?P<n>[^\s,]+?)"
ENDS = r"(?: of the (?:hub|month)| most downloaded)?[.!]?"
ALL_MODELS = r"all (?:the )?models|the (?:whole )?hub|the hub's models"


class UnclearAlert(Exception):
    """What is wrong with the words, as a sentence; nothing is set."""


def list_of(place: str) -> str:
    """Give the pattern of the models that something is said of, its groups named after its place in the sentence."""
    return (
        rf"(?:of|in|among|on) (?:(?:the |our )?top[ -]?(?P<n_{place}>[^\s,]+?)(?: models| most downloaded)?"
        rf"|(?P<all_{place}>{ALL_MODELS}))"
    )


def name_framework(word: str) -> str:
    """Give a framework that is watched. Raises UnclearAlert."""
    known = FRAMEWORKS.get(word.casefold())
    if known is None:
        raise UnclearAlert(f"I watch PyTorch and TensorFlow; “{word[:LONGEST]}” is neither.")
    return known


def read_top(word: str) -> int:
    """Give the length of a list. Raises UnclearAlert."""
    if not (word.isascii() and word.isdigit() and len(word) <= len(str(MOST_MODELS)) and 0 < int(word) <= MOST_MODELS):
        raise UnclearAlert(f"A top list has 1 to {count(MOST_MODELS, 'model')}; “{word[:LONGEST]}” is no such number.")
    return int(word)
