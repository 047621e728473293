"""
The other door: sources -> stored readings, by hand (`frameworks collect top`) or by the bot's clock.

One module a collector, imported when asked for. Each has `collect(kit, options)`: it reads its source, stores what it
found and gives the sentences to print. `options` are words (`--from 2024-07-24` arrives as `from`, `2024-07-24`).
"""

from collections.abc import Mapping, Sequence
from importlib import import_module

from analytics.kit import Kit

COLLECTORS: Mapping[str, str] = {
    "top": "the 1,000 first models by downloads, likes and trending; daily",
    "census": "every model on the Hub; weekly",
    "papers": "papers' code by framework and quarter; weekly",
    "official": "the official collections of both camps; weekly",
    "history": "past weeks of the census (--from DAY --every 4w)",
}
"""What can be collected, and what each gives."""

MODULES: Mapping[str, str] = {"top": "daily_top"}
"""Where a collector's module is not named as its word."""


def collect(what: str, options: Sequence[str], kit: Kit) -> tuple[str, ...]:
    """
    Collect once, and give the sentences that say what was stored.

    Raises:  KeyError for an unknown word; ValueError, with a sentence, for options it does not take; SourceError.
    """
    if what not in COLLECTORS:
        raise KeyError(what)
    collector = import_module(f"analytics.collect.{MODULES.get(what, what)}")
    sentences: tuple[str, ...] = collector.collect(kit, options)
    return sentences
