"""Of when the newest reading of each source is, in sentences for `status`."""

import datetime as dt
from collections.abc import Iterator, Mapping

from analytics.catalogues.stored_counts import shelves
from analytics.context import Context
from analytics.domain.collectors import EFFORTS, Collector
from analytics.domain.observations import Ranking
from analytics.domain.reading_kinds import CENSUS, OFFICIAL, PAPERS_ARCHIVE, PAPERS_LIVE, REACH_TYPES
from analytics.domain.requests import LISTED
from analytics.domain.wording import clause, day, listing, minute
from analytics.outlook import Stage
from analytics.storage.collection_log import CollectionLog
from analytics.storage.readings import Reading

KINDS: Mapping[str, tuple[str, Collector]] = {
    CENSUS: ("Census (count of the whole Hub)", Collector.CENSUS),
    PAPERS_ARCHIVE: ("Papers, the archive", Collector.PAPERS),
    PAPERS_LIVE: ("Papers, the live successor", Collector.PAPERS),
    OFFICIAL: ("Official collections", Collector.OFFICIAL),
    REACH_TYPES: ("What libraries convert on load", Collector.REACH),
}
"""Kinds of stored readings, what people call them, and what collects them."""

OF_THE_HUB = (CENSUS, PAPERS_ARCHIVE)
"""Kinds that are read from the Hub, as its lists are."""

COMES: Mapping[Stage, str] = {
    Stage.NOW: "it is being read, ready about {at}",
    Stage.QUEUED: "it is read next, ready about {at}",
    Stage.RESTING: "it could not be read, the next try is at about {at}",
    Stage.BY_BUTTON: "a button on the playground's page starts it ({size})",
    Stage.OFF: "collecting is switched off (COLLECT=off)",
    Stage.UNKNOWN: "the bot collects it by itself",
}
"""How what is not stored yet will come."""

AHEAD = "{name}: what is stored bears a date to come, {at}; the clock was ahead then, and it is not used before."
"""How it stands where all there is was read by a clock that was wrong."""

FAILED: Mapping[Stage, str] = {
    Stage.NOW: "it is being read again, the last try failed",
    Stage.QUEUED: "it is read next, the last try failed",
}
"""The same of what failed before: that is promised for no moment."""


TOKEN_REFUSED = "The Hub does not take HF_TOKEN; it is asked without, for what is public."  # noqa: S105 - words, and no token


def freshness(context: Context) -> Iterator[str]:
    """Say it of each; first what is being collected now, and when that will be there."""
    now = context.clock()
    if context.hub.is_switched_off:
        yield "HF_HUB_OFFLINE is set: the Hub is not asked, and nothing of it is collected."
    yield from context.outlook.plan(now).tell(now)
    for by in LISTED:
        newest, name = context.top_lists.newest(Ranking(by)), f"Top list by {by}"
        if newest is None and (ahead := context.top_lists.last_to_come(Ranking(by))):
            yield AHEAD.format(name=name, at=minute(ahead))
            continue
        as_of = newest.as_of if newest else None
        yield _sentence(context, name, Collector.TOP, as_of, of_the_hub=True)
    for kind, (name, what) in KINDS.items():
        reading = context.readings.newest(kind)
        if reading is None and (ahead := context.readings.last_to_come(kind)):
            yield AHEAD.format(name=name, at=minute(ahead))
            continue
        said = _sentence(context, name, what, reading.as_of if reading else None, of_the_hub=kind in OF_THE_HUB)
        yield f"{clause(said)}{_tell_older(reading)}." if reading and kind == OFFICIAL else said
    for word, failed in CollectionLog(context.readings).list_failing(Collector, now):
        yield f"The last try to collect {word}, on {minute(failed.as_of)}, failed: {clause(failed.why)}."
    if context.hub.token_is_refused:
        yield TOKEN_REFUSED
    yield from context.readings.notices


def _tell_older(official: Reading) -> str:
    """Name the collections that were not read again with the others, each with the day of its count."""
    every = shelves(official.body).values()
    older = [one for one in every if one.trouble and one.now]
    days = [
        f"{one.collection.full_name} (of {day(dt.date.fromisoformat(one.now.counted))})" for one in older if one.now
    ]
    return f", but for {listing(days)}: {len(days)} of {len(every)} could not be read again then" if days else ""


def _sentence(context: Context, name: str, what: Collector, moment: dt.datetime | None, *, of_the_hub: bool) -> str:
    if moment:
        return f"{name}: of {minute(moment)}."
    if of_the_hub and context.hub.is_switched_off:
        return f"{name}: none stored; HF_HUB_OFFLINE, your own switch, keeps it from being collected."
    expected = context.outlook.expect(what, context.clock())
    comes = FAILED.get(expected.stage) if expected.why else None
    how = (comes or COMES[expected.stage]).format(
        at=minute(expected.at) if expected.at else "", size=EFFORTS[what].size
    )
    return f"{name}: none stored yet; {how}."
