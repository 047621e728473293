"""
The other door: sources -> stored readings, by hand (`frameworks collect top`) or by the bot's clock.

One module a collector, imported when asked for. Each has `collect(context, options)`: it reads its source, stores what
it found and gives the sentences to print. `options` are words (`--from 2024-07-24` arrives as `from`, `2024-07-24`).
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from analytics.context import Context
from analytics.errors import SourceError

if TYPE_CHECKING:
    from analytics.storage.readings import Reading

COLLECTORS: Mapping[str, str] = {
    "top": "the 1,000 first models by downloads, likes and trending; daily",
    "census": "every model on the Hub; weekly (--from daily, weekly or crawl; accept)",
    "papers": "papers' code by framework and quarter; weekly",
    "official": "the official collections of both camps; weekly",
    "history": "past weeks of the census (--from DAY --every 4w)",
}
"""What can be collected, and what each gives."""

DONE, FAILED = "collected", "not_collected"
"""Kinds of readings that say when something was collected and what it said, or when it failed and why."""


def collect(what: str, options: Sequence[str], context: Context) -> tuple[str, ...]:
    """
    Collect once, and give the sentences that say what was stored.

    What came of it is stored too: nobody does it again too soon, and `status` can say what failed.
    Raises:  KeyError for an unknown word; UnknownOption for options it does not take; SourceError; OSError.
    """
    try:
        sentences = _collect(what, options, context)
    except BlockingIOError:  # somebody else is at it: that is no failure
        raise
    except (SourceError, OSError) as trouble:
        _remember(FAILED, what, trouble.why if isinstance(trouble, SourceError) else str(trouble), context)
        raise
    _remember(DONE, what, list(sentences), context)
    return sentences


def _collect(what: str, options: Sequence[str], context: Context) -> tuple[str, ...]:
    """Call the one collector; each is imported when it is asked for."""
    match what:
        case "top":
            from analytics.collect import top_lists_collector

            return top_lists_collector.collect(context, options)
        case "census":
            from analytics.collect import census_collector

            return census_collector.collect(context, options)
        case "papers":
            from analytics.collect import papers_collector

            return papers_collector.collect(context, options)
        case "official":
            from analytics.collect import official_collector

            return official_collector.collect(context, options)
        case "history":
            from analytics.collect import history_collector

            return history_collector.collect(context, options)
    raise KeyError(what)


def last(what: str, context: Context) -> "tuple[Reading | None, Reading | None]":
    """Tell when this was last collected, and when a try since then failed, by whatever process."""
    done, failed = (context.readings.newest(kind, what) for kind in (DONE, FAILED))
    return done, failed if failed and (done is None or failed.as_of > done.as_of) else None


def _remember(kind: str, what: str, said: str | list[str], context: Context) -> None:
    from analytics.storage.readings import Reading

    context.readings.add(Reading(kind, what, context.clock(), "", said))
