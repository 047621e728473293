"""Which version of TensorFlow is named: `tf1`, `tensorflow 1.x`. What is of all of them is no answer then. Pure."""

import re
from collections.abc import Iterable
from functools import cache

from analytics.grammar import lexicon

VERSION = re.compile(r"(?<![\w.])(?:[^\W\d]+[ -]?)?v?(?P<major>\d)(?:\.\w+)*$")
"""The version at the end of a framework's name: `tf2`, `tensorflow 1.x`."""

CURRENT = "2"
"""The version of TensorFlow that all files of transformers are of: only who counts asks something else by it."""


def read_versions(names: Iterable[str]) -> set[str]:
    """Give the versions that names of a framework have at their end, by their first figure."""
    return {found["major"] for name in names if (found := VERSION.search(name))}


def names_other_version(typed: str) -> bool:
    """Tell whether a version is named that nothing here is of."""
    return _other_version().search(typed) is not None


@cache
def _other_version() -> re.Pattern[str]:
    """Find the names of TensorFlow with a version that is not the current one."""
    names = (name for name, meant in lexicon.values("framework").items() if meant == "TensorFlow")
    others = sorted((re.escape(name) for name in names if read_versions([name]) - {CURRENT}), key=len, reverse=True)
    return re.compile(rf"(?<![\w.-])(?:{'|'.join(others)})(?![\w-])", re.IGNORECASE)
