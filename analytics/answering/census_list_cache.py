"""
Top lists by downloads of all time, which the Hub's listing cannot sort by: they come from the newest census.

The whole list is stored with every census, for good; one within a task or an account is read from the census's file
when it is asked for, and stored too, so that the same question gives the same answer later.
"""

import datetime as dt
import logging
from dataclasses import replace

from analytics.answering.census_faces import tell_none
from analytics.answering.top_list_cache import ChosenList
from analytics.census import lists
from analytics.census.census_files import cache_of
from analytics.context import Context
from analytics.domain.collectors import Collector
from analytics.domain.observations import Ranking, TopList
from analytics.domain.reading_kinds import CENSUS
from analytics.domain.requests import ALLTIME, Top
from analytics.domain.staleness import is_stale
from analytics.domain.wording import count, day, verb
from analytics.errors import NotCollected
from analytics.storage.readings import Reading

log = logging.getLogger(__name__)


def choose(request: Top, context: Context, as_of: dt.datetime | None) -> ChosenList:
    """
    Give the list of the newest census, or of the newest at `as_of`.

    Raises:  NotCollected, naming what is missing and the command that helps.
    """
    ranking, census = Ranking(request.by, request.task, request.author), _census(context, as_of)
    stale = is_stale(Collector.CENSUS, census.as_of, as_of or context.clock())
    if stored := _find_stored(context, ranking, census):
        return ChosenList(stored, stale=stale, why=WHY)
    if not cache_of(context.home, census.as_of).exists():
        return _narrow(context, ranking, census.as_of, stale=stale)
    try:
        top_list = context.flights.do((ranking, census.as_of), lambda: _read(context, ranking, census))
    except OSError as trouble:
        log.warning("the file of the census of %s cannot be read: %s", census.as_of, trouble)
        return _narrow(context, ranking, census.as_of, stale=stale)
    if top_list.models or _tells(context, census.as_of):
        return ChosenList(top_list, stale=stale, why=WHY)
    raise NotCollected("downloads of all time", NOT_TOLD, FROM_CRAWL)


def _census(context: Context, as_of: dt.datetime | None) -> Reading:
    census = context.readings.as_of(CENSUS, "", as_of or context.clock())
    if census:
        return census
    first = next(iter(context.readings.run(CENSUS)), None)
    if first:
        raise NotCollected("downloads of all time", f"The first census is of {day(first.as_of)}.")
    by_hand = "" if as_of else Collector.CENSUS  # what is read now is of today
    raise NotCollected("downloads of all time", f"{ONLY_CENSUS} {tell_none(context)}.", by_hand)


def _find_stored(context: Context, ranking: Ranking, census: Reading) -> TopList | None:
    """Find the list of this census and no older one."""
    stored = context.top_lists.as_of(ranking, census.as_of)
    return stored if stored and stored.as_of == census.as_of else None


def _read(context: Context, ranking: Ranking, census: Reading) -> TopList:
    """Read the list out of the census's file and keep it, unless another has; an empty one is not kept."""
    if stored := _find_stored(context, ranking, census):
        return stored
    cache = cache_of(context.home, census.as_of)
    top_list = context.do_heavy(lists.top_list, cache, ranking, census.as_of, census.origins[0])
    if top_list.models:
        context.top_lists.add(top_list, census.method)
    return replace(top_list, method=census.method)


def _narrow(context: Context, ranking: Ranking, moment: dt.datetime, *, stale: bool) -> ChosenList:
    """Cut the stored whole list to a task or an account, where the census's file is not here."""
    whole = context.top_lists.as_of(Ranking(ranking.by), moment)
    if whole is None or whole.as_of != moment:
        raise NotCollected("downloads of all time", NOT_TOLD, FROM_CRAWL)
    narrowed = whole.narrow(ranking)
    if not narrowed.models:
        raise NotCollected("downloads of all time", NO_FILE, Collector.CENSUS)
    at_hand = f"Only its first {count(len(whole.models), 'model')} {verb(len(whole.models))} stored here."
    return ChosenList(narrowed, stale=stale, why=f"{WHY} {at_hand}")


def _tells(context: Context, moment: dt.datetime) -> bool:
    """Tell whether the census knows downloads of all time at all: then an empty list means that there is nothing."""
    whole = context.top_lists.as_of(Ranking(ALLTIME), moment)
    return whole is not None and whole.as_of == moment


FROM_CRAWL = f"{Collector.CENSUS} --from crawl"
WHY = "The Hub's listing cannot be sorted by downloads of all time; this is the order of the newest census."
ONLY_CENSUS = (
    "The Hub's listing cannot be sorted by downloads of all time, so they come from the census (count of the whole "
    "Hub), and"
)
NOT_TOLD = (
    "The newest census does not have downloads of all time: its source has no such column; a "
    "crawl of the Hub itself has."
)
NO_FILE = (
    "Among the first 1,000 models by downloads of all time there is none of that task or account, and the file of the "
    "newest census is not on this machine, or damaged."
)
