"""Of when the newest reading of each source is, in sentences for `status`."""

import datetime as dt
from collections.abc import Iterator, Mapping

from analytics.context import Context
from analytics.domain.collectors import Collector
from analytics.domain.observations import Ranking
from analytics.domain.reading_kinds import CENSUS, OFFICIAL, PAPERS_ARCHIVE, PAPERS_LIVE, REACH_TYPES
from analytics.domain.requests import LISTED
from analytics.domain.wording import clause, minute
from analytics.storage.collection_log import CollectionLog

KINDS: Mapping[str, str] = {
    CENSUS: "Census of the Hub",
    PAPERS_ARCHIVE: "Papers, the archive",
    PAPERS_LIVE: "Papers, the live successor",
    OFFICIAL: "Official collections",
    REACH_TYPES: "What libraries convert on load",
}
"""Kinds of stored readings, and what people call them."""


def freshness(context: Context) -> Iterator[str]:
    """Say it of each."""
    for by in LISTED:
        newest = context.top_lists.newest(Ranking(by))
        yield _sentence(f"Top list by {by}", newest.as_of if newest else None)
    for kind, name in KINDS.items():
        reading = context.readings.newest(kind)
        yield _sentence(name, reading.as_of if reading else None)
    log = CollectionLog(context.readings)
    for word in Collector:
        _, failed = log.last(word)
        if failed:
            why = clause(failed.body)
            yield f"The last try to collect {word}, on {minute(failed.as_of)}, failed: {why}."
    if context.hub.token_is_refused:
        yield "The Hub does not take HF_TOKEN; it is asked without, for what is public."
    yield from context.readings.notices


def _sentence(name: str, moment: dt.datetime | None) -> str:
    if moment is None:
        return f"{name}: none stored yet; the bot collects it by itself."
    return f"{name}: of {minute(moment)}."
