"""
`frameworks collect official`: the official collections of both camps, counted anew.

A collection that cannot be read, or whose count cannot be right, keeps its last true count with its date, and says so:
no number shrinks quietly. `frameworks collect official accept` takes counts that fell, once a person has looked.
"""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence

from analytics.catalogues.collection import Collection, Organisation
from analytics.catalogues.register import COLLECTIONS
from analytics.catalogues.stored_counts import (
    METHOD,
    Counted,
    Shelved,
    as_json,
    origin_of,
    sample_shelves,
    shelves,
)
from analytics.collect.collection_counting import Counting, Outside, implausible
from analytics.context import Context
from analytics.domain.reading_kinds import OFFICIAL
from analytics.domain.wording import day
from analytics.errors import Changed, SourceError, UnknownOption
from analytics.settings import own_environment
from analytics.sources.github import Archives
from analytics.sources.wheels import Wheels
from analytics.storage.readings import Reading

LISTINGS: Mapping[str, str] = {"keras": "Keras on the Hub"}
"""Organisations that mirror a collection: read for their names only, so that one model can be looked up."""


def collect(context: Context, options: Sequence[str]) -> tuple[str, ...]:
    """
    Count every collection, store the reading, and say what came of each.

    Raises:  UnknownOption; SourceError if nothing at all could be counted.
    """
    if tuple(options) not in ((), ("accept",)):
        raise UnknownOption(f"“collect official” takes “accept” or nothing; “{' '.join(options)}” came.")
    outside = Outside(Wheels(context.home / "wheels", own_environment()), Archives(), context.hub, context.clock)
    return collect_from(outside, context, accept=bool(options))


def collect_from(
    outside: Outside, context: Context, *, accept: bool = False, collections: Sequence[Collection] = COLLECTIONS
) -> tuple[str, ...]:
    """Do the same from given sources, of some collections if so wished; the others keep what was embedded."""
    counting = Counting(outside)
    last = context.readings.newest(OFFICIAL)
    before = shelves(last.body) if last and last.method == METHOD else {}
    found = {each.key: _count_one(counting, each, before.get(each.key), context, accept=accept) for each in collections}
    if all(trouble for _, trouble in found.values()):
        raise next(trouble for _, trouble in found.values() if trouble)
    body = {
        "collections": {key: as_json(shelved) for key, (shelved, _) in found.items()},
        "states": {each.key: each.state for each in collections},
        "listings": dict(_listings(counting, last.body.get("listings", {}) if last else {})),
    }
    moment = context.clock()
    origins = tuple(origin for shelved, _ in found.values() if (origin := origin_of(shelved)))
    if not context.readings.add(Reading(OFFICIAL, "", moment, METHOD, body, origins)):
        context.refuse_unstored("The counts")
    outside.wheels.keep_only(counting.releases)
    return tuple(_sentence(shelved, before.get(key)) for key, (shelved, _) in found.items())


def _count_one(
    counting: Counting, collection: Collection, before: Shelved | None, context: Context, *, accept: bool
) -> tuple[Shelved, SourceError | None]:
    """Count one collection; where that fails, keep what was counted before."""
    context.progress(f"Counting {collection.full_name}…")
    last = before.now if before else sample_shelves()[collection.key].now
    then = (before.then if before else None) or _then(counting, collection)
    try:
        now = counting.count(collection.source, collection.reader)
        if wrong := implausible(collection, now, None if accept else last):
            raise Changed(collection.full_name, wrong)
    except SourceError as failure:
        context.progress(f"{collection.full_name}: {failure.why}.")
        return Shelved(collection, last, then, failure.why), failure
    return Shelved(collection, now, then), None


def _then(counting: Counting, collection: Collection) -> Counted | None:
    """Count what there was at the article's time; it never changes, so once is enough."""
    if collection.then is None:
        return None
    try:
        return counting.count(collection.then, collection.reader)
    except SourceError:
        return None


def _listings(counting: Counting, before: Mapping[str, list[str]]) -> Iterator[tuple[str, list[str]]]:
    for name, title in LISTINGS.items():
        try:
            yield title, list(counting.names(Organisation(name)))
        except SourceError:
            yield title, before.get(title, [])


def _sentence(shelved: Shelved, before: Shelved | None) -> str:
    collection, now = shelved.collection, shelved.now
    name = collection.full_name
    if shelved.trouble:
        return f"{name}: FAILED, {shelved.trouble}; {_tell_kept(shelved)}."
    if now is None:
        return f"{name}: nothing."
    unread = f" to {now.number + now.unread:,}" if now.unread else ""
    was = f", {before.now.number:,} before" if before and before.now and before.now.number != now.number else ""
    then = f"; {shelved.then.number:,} {collection.then_unit} in {shelved.then.version[:10]}" if shelved.then else ""
    version = f" ({now.version[:10]})" if now.version else ""
    return f"{name}: {now.number:,}{unread} {collection.unit}{version}{was}{then.replace('  ', ' ')}."


def _tell_kept(shelved: Shelved) -> str:
    if shelved.now:
        return f"kept is {shelved.now.number:,} of {_day_of(shelved.now)}"
    sample = sample_shelves()[shelved.collection.key].now
    return f"the embedded count of {_day_of(sample)} stands in" if sample else "no count was ever stored"


def _day_of(counted: Counted) -> str:
    return day(dt.date.fromisoformat(counted.counted))
