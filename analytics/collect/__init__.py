"""
The other door: sources -> stored readings, by hand (`frameworks collect top`) or by the bot's clock.

One module a collector, imported when asked for. Each has `collect(context, options)`: it reads its source, stores what
it found and gives the sentences to print. `options` are words (`--from 2024-07-24` arrives as `from`, `2024-07-24`).
"""

import time
from collections.abc import Sequence
from typing import assert_never

from analytics.context import Context
from analytics.domain.collectors import Collector
from analytics.errors import RateLimited, SourceError, Unreachable, explain_file


def collect(what: Collector, options: Sequence[str], context: Context) -> tuple[str, ...]:
    """
    Collect once, and give the sentences that say what was stored.

    What came of it is stored too: nobody does it again too soon, and `status` can say what failed.
    Raises:  UnknownOption for options it does not take; BlockingIOError, if another collects it; SourceError; OSError.
    """
    from analytics.storage.collection_log import CollectionLog

    log, moment, began = CollectionLog(context.readings), context.clock(), time.monotonic()
    try:
        sentences = _collect(what, options, context)
    except BlockingIOError:  # somebody else is at it: that is no failure
        raise
    except (SourceError, OSError) as trouble:
        why = trouble.why if isinstance(trouble, SourceError) else explain_file(trouble)
        log.add_failure(what, why, context.clock(), passes=isinstance(trouble, Unreachable | RateLimited))
        raise
    log.add_success(what, sentences, moment, time.monotonic() - began)  # as old as what was read first
    return sentences


def _collect(what: Collector, options: Sequence[str], context: Context) -> tuple[str, ...]:
    """Call the one collector; each is imported when it is asked for."""
    match what:
        case Collector.TOP:
            from analytics.collect import top_lists_collector

            return top_lists_collector.collect(context, options)
        case Collector.CENSUS:
            from analytics.collect import census_collector

            return census_collector.collect(context, options)
        case Collector.PAPERS:
            from analytics.collect import papers_collector

            return papers_collector.collect(context, options)
        case Collector.OFFICIAL:
            from analytics.collect import official_collector

            return official_collector.collect(context, options)
        case Collector.REACH:
            from analytics.collect import reach_collector

            return reach_collector.collect(context, options)
        case Collector.HISTORY:
            from analytics.collect import history_collector

            return history_collector.collect(context, options)
        case _:
            assert_never(what)
