"""Which ids may have been meant by one that is none: alike, longer, or mistyped in a letter or two."""

import difflib
from collections.abc import Iterable

from rapidfuzz.distance import OSA

from analytics.domain.observations import Model

SUGGESTIONS = 3
ALIKE = 0.6
"""How like a name must be to be suggested (difflib's ratio)."""

SLIPS = 2
"""Letters in which a name differs that was only mistyped: such a one is suggested, whatever is downloaded more."""

SHORTEST_BEGINNING = 4
"""Letters of a name from which on longer ones that begin so are looked for."""

SHORTEST_ACCOUNT = 4
"""Letters of an account from which on its slips are looked for."""


def find_alike(name: str, models: Iterable[Model]) -> tuple[str, ...]:
    """Give the ids of the models that are alike: the author's first, and where only letters slipped."""
    known = {model.id: model for model in models}
    wanted, author = plain(name), _author(name)
    likeness = {one: difflib.SequenceMatcher(None, wanted, plain(one)).ratio() for one in known}

    def slips(one: str) -> tuple[bool, int]:  # more than those that count are all one more
        distance = OSA.distance(wanted, plain(one), score_cutoff=SLIPS)
        return (not _is_by(author, one), min(distance, SLIPS) if goes_on(name, one) else distance)

    def rank(one: str) -> tuple[bool, int, float, str]:
        return (not _is_by(author, one), -(known[one].downloads_30d or 0), -likeness[one], one)

    alike = sorted((one for one in known if likeness[one] >= ALIKE or goes_on(name, one)), key=rank)
    return tuple(sorted(sorted(alike, key=slips)[:SUGGESTIONS], key=rank))


def is_slip(name: str, other: str) -> bool:
    """Tell whether two names are not the same, and differ by no more than what one mistypes."""
    wanted, own = plain(name), plain(other)
    return name.casefold() != other.casefold() and OSA.distance(wanted, own, score_cutoff=SLIPS) <= SLIPS


def goes_on(name: str, other: str) -> bool:
    """Tell whether a name is the beginning of another, to the end of a word: `mistral-7b`, of Mistral-7B-v0.1."""
    begun = plain(name)
    return len(begun) >= SHORTEST_BEGINNING and plain(other).startswith(f"{begun}-")


def _author(name: str) -> str:
    return name.casefold().partition("/")[0] if "/" in name else ""


def _is_by(author: str, name: str) -> bool:
    """Tell whether a model is of an account, also of one mistyped or shortened: `facebok`, `stability-ai`, `meta`."""
    typed, own = ("".join(filter(str.isalnum, one)) for one in (author, _author(name)))
    if len(typed) < SHORTEST_ACCOUNT:
        return author == _author(name)
    return own.startswith(typed) or OSA.distance(typed, own, score_cutoff=1) <= 1


def plain(name: str) -> str:
    """Reduce a name to what people remember of it: the part after the account, in lower case."""
    return name.casefold().rpartition("/")[2].replace("_", "-").replace(".", "-")
