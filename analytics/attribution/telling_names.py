"""
Which names of files are kept of a repository: all that can bear on what the rule says of it, anywhere.

Derived from the rule's own names (`file_names`): a name is kept if a pattern of the rule accepts it, if the rule asks
for it beside another, if others read it (CONFIGURATIONS), or if nobody knows that it holds no weights.
"""

import re
from collections import Counter
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Any

from analytics.attribution.file_names import DOUBTFUL, FOLDERS, LEFTOVERS, SIGNALS, UNREADABLE, WEIGHTLESS
from analytics.attribution.letters import lower

CONFIGURATIONS = (
    r"(?:config|metadata|model_index|adapter_config|open_clip_config|modules|params|task|[^/]*\.index)\.json"
    r"|(?:config|hyperparams|params)\.ya?ml"
)
"""What tells of a model otherwise than by its weights."""

MOST_FILES = 400
"""Names kept of one repository. Beyond that they are shards and checkpoints, thousands in some repositories."""

LONGEST_NAME = 1000
"""Characters of one name; the longest that were seen have some 200."""


def _as_pattern(asked: str) -> str:
    """Write what the rule asks for beside a file as a pattern without its folders."""
    own, name = asked.split("}")
    return ("" if own == "{folder" else "[^/]*") + re.escape(name)


def _join_wanted() -> str:
    """Join all that the rule looks at, each in a group; folders written once, nearly all patterns begin with them."""
    kinds = [kind.at.removeprefix(FOLDERS) for _, kind in SIGNALS]
    asked = [_as_pattern(name) for _, kind in SIGNALS for name in (*kind.beside, *kind.unless)]
    parts = dict.fromkeys([*kinds, *asked, CONFIGURATIONS, DOUBTFUL.removeprefix(FOLDERS)])
    return FOLDERS + "(?:" + "|".join(f"({part})" for part in parts) + ")"


@cache
def _compile_patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Give patterns of what is wanted, weightless and left over; compiling takes 6 ms, and a census never asks."""
    return re.compile(_join_wanted()), re.compile(WEIGHTLESS), re.compile(LEFTOVERS)


@lru_cache(maxsize=50_000)
def is_telling(name: str) -> bool:
    """Tell whether a name is kept; remembered, for millions of repositories hold files of the same few names."""
    small = lower(name)
    wanted_at, weightless_at, leftover_at = _compile_patterns()
    if weightless_at.fullmatch(small) and not wanted_at.fullmatch(small):
        return False
    return not leftover_at.fullmatch(small)


def readable(name: Any) -> str:
    """Take a name as it is; whatever is none stands as a file that may be anything."""
    return name if isinstance(name, str) and 0 < len(name) <= LONGEST_NAME and name.isprintable() else UNREADABLE


def keep_telling(names: Iterable[Any]) -> list[str]:
    """Reduce a list of names, as they came from outside, to those that are kept, in their order."""
    telling = [name for name in dict.fromkeys(map(readable, names)) if is_telling(name)]
    return telling if len(telling) <= MOST_FILES else keep_most_telling(telling)


def keep_most_telling(names: list[str]) -> list[str]:
    """
    Keep MOST_FILES names, in their order: the first of every kind, then the second of every kind, and so on.

    Names that differ in their digits only are of one kind. Before all, the first name that each pattern of the rule
    accepts: it may be the only one that decides.
    """
    wanted_at, *_ = _compile_patterns()
    seen: Counter[object] = Counter()
    turns: dict[str, tuple[bool, int]] = {}
    for name in names:
        shown = wanted_at.fullmatch(lower(name))
        kind = re.sub(r"\d+", "0", name)
        accepted = shown and shown.lastindex
        seen.update((accepted, kind))
        turns[name] = (seen[accepted] > 1, seen[kind])
    kept = set(sorted(names, key=turns.__getitem__)[:MOST_FILES])
    return [name for name in names if name in kept]
