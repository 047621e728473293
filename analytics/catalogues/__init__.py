"""
How each official collection is counted, from text alone: one small module a counter.

A counter takes the texts of a release or a repository (path -> text) and gives a `Count`, or raises `NotCounted` where
they are not laid out as it knows. Nothing here fetches, imports or runs what it reads. Each counts something else
(weights, functions, bundles, pages): their counts are never added and never compared with one another.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

Texts = Mapping[str, str]
"""Path inside a release or repository -> text of the file."""


@dataclass(frozen=True, slots=True)
class Count:
    """
    What was counted.

    `number` counts what is certain; `unread` are entries that could not be read, so that `number + unread` is the most
    there can be. `parts` are shares of `number` worth naming; `names` are ids on the Hub, where entries have them.
    """

    number: int
    parts: Mapping[str, int] = field(default_factory=dict)
    unread: int = 0
    names: tuple[str, ...] = ()


class NotCounted(ValueError):
    """The texts are not laid out as this counter knows; the message says what is missing."""


Counter = Callable[[Texts], Count]
