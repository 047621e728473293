"""Official collections: the newest stored counts, each with its own date; where there is none, the embedded one."""

import datetime as dt
from collections.abc import Iterator

from analytics.answering.later_knowledge import date_receipt
from analytics.catalogues.stored_counts import METHOD, Shelved, sample_shelves, shelves
from analytics.context import Context
from analytics.domain.answer import Answer
from analytics.domain.collectors import Collector
from analytics.domain.reading_kinds import OFFICIAL
from analytics.domain.requests import Official
from analytics.domain.staleness import is_stale
from analytics.domain.wording import day
from analytics.errors import NotCollected
from analytics.storage.readings import Reading


def answer(request: Official, context: Context, as_of: dt.datetime | None) -> Answer:
    """
    Answer from the newest reading, or from the newest at `as_of`; with none, from the embedded counts, as a sample.

    Raises:  NotCollected, if a past day is asked for of which nothing is stored.
    """
    from analytics.questions import official

    asked = as_of or context.clock()
    stored = context.readings.as_of(OFFICIAL, "", asked)
    if stored is None and as_of is not None:
        raise NotCollected("official", f"No counts of {day(as_of)} or earlier are stored.")
    read = official.OfficialCounts(
        shelves=tuple(_fill(stored)),
        as_of=stored.as_of if stored else _sample_days()[-1],
        sample=stored is None,
        stale=stored is not None and is_stale(Collector.OFFICIAL, stored.as_of, asked),
        notes=tuple(_notes(stored, context)),
        method=stored.method if stored else METHOD,
    )
    told = official.official(request, read)
    return date_receipt(told, asked) if stored else told  # the embedded counts are of several days


def _fill(stored: Reading | None) -> Iterator[Shelved]:
    """Give every collection, the embedded count where none was ever stored."""
    found = shelves(stored.body) if stored else {}
    for key, embedded in sample_shelves().items():
        held = found.get(key)
        if held is None:
            yield embedded
        else:
            now, then = held.now or embedded.now, held.then or embedded.then
            yield Shelved(held.collection, now, then, held.trouble, sample=held.now is None and now is not None)


def _sample_days() -> list[dt.datetime]:
    """Give the days on which the embedded counts were made, in order."""
    days = {shelved.now.counted for shelved in sample_shelves().values() if shelved.now}
    return [dt.datetime.fromisoformat(counted).replace(tzinfo=dt.UTC) for counted in sorted(days)]


def _notes(stored: Reading | None, context: Context) -> Iterator[str]:
    if stored is None:
        days = _sample_days()
        rhythm = context.outlook.say_rhythm(Collector.OFFICIAL, "the bot counts again weekly", context.clock())
        yield f"No count was stored yet: these are embedded, made from {day(days[0])} to {day(days[-1])}; {rhythm}."
    elif stored.method != METHOD:
        yield f"Counted under version {stored.method} of the rule; today’s is {METHOD}."
    yield from context.readings.notices
