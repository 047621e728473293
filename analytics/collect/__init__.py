"""
The other door: sources -> stored readings, by hand (`frameworks collect top`) or by the bot's clock.

One module a collector, imported when asked for. Each has `collect(kit, options)`: it reads its source, stores what it
found and gives the sentences to print. `options` are words (`--from 2024-07-24` arrives as `from`, `2024-07-24`).
"""

from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import TYPE_CHECKING

from analytics.errors import SourceError
from analytics.kit import Kit

if TYPE_CHECKING:
    from analytics.readings import Dated

COLLECTORS: Mapping[str, str] = {
    "top": "the 1,000 first models by downloads, likes and trending; daily",
    "census": "every model on the Hub; weekly (--from daily, weekly or crawl; accept)",
    "papers": "papers' code by framework and quarter; weekly",
    "official": "the official collections of both camps; weekly",
    "history": "past weeks of the census (--from DAY --every 4w)",
}
"""What can be collected, and what each gives."""

MODULES: Mapping[str, str] = {"top": "daily_top"}
"""Where a collector's module is not named as its word."""

DONE, FAILED = "collected", "not_collected"
"""Kinds of readings that say when something was collected and what it said, or when it failed and why."""


def collect(what: str, options: Sequence[str], kit: Kit) -> tuple[str, ...]:
    """
    Collect once, and give the sentences that say what was stored.

    What came of it is stored too: nobody does it again too soon, and `status` can say what failed.
    Raises:  KeyError for an unknown word; UnknownOption for options it does not take; SourceError; OSError.
    """
    if what not in COLLECTORS:
        raise KeyError(what)
    collector = import_module(f"analytics.collect.{MODULES.get(what, what)}")
    try:
        sentences: tuple[str, ...] = collector.collect(kit, options)
    except BlockingIOError:  # somebody else is at it: that is no failure
        raise
    except (SourceError, OSError) as trouble:
        _remember(FAILED, what, trouble.why if isinstance(trouble, SourceError) else str(trouble), kit)
        raise
    _remember(DONE, what, list(sentences), kit)
    return sentences


def last(what: str, kit: Kit) -> "tuple[Dated | None, Dated | None]":
    """Tell when this was last collected, and when a try since then failed, by whatever process."""
    done, failed = (kit.readings.newest(kind, what) for kind in (DONE, FAILED))
    return done, failed if failed and (done is None or failed.as_of > done.as_of) else None


def _remember(kind: str, what: str, said: str | list[str], kit: Kit) -> None:
    from analytics.readings import Dated

    kit.readings.add(Dated(kind, what, kit.clock(), "", said))
