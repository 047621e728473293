"""Models created lately: the Hub's newest where it answers, else those of the best list there is, and said so."""

import datetime as dt
from dataclasses import replace

from analytics.answering.later_knowledge import date_receipt, fill_in, refuse_future
from analytics.answering.top_list_cache import ChosenList, lists_of
from analytics.attribution import METHOD
from analytics.context import Context
from analytics.domain.answer import Answer
from analytics.domain.requests import MOST_MODELS, New, Top
from analytics.domain.staleness import WEEK
from analytics.domain.wording import count, day
from analytics.errors import NoSuchAuthor, NothingStored
from analytics.names.known_models import find_near_accounts
from analytics.questions.new_models import list_new
from analytics.ranking.classified import TopCircumstances

CREATED = "created"


def answer(request: New, context: Context, as_of: dt.datetime | None) -> Answer:
    """
    Answer from the newest models, or from the most downloaded of the list that stands in.

    Raises:  NotYetCome, for a day to come; NoSuchAuthor, if an account has none at all; NothingStored, if there is no
             list of any kind.
    """
    refuse_future(request.since, context.clock())
    chosen = _choose(request, context, as_of)
    if not chosen.top_list.models and request.author:
        raise NoSuchAuthor(request.author, find_near_accounts(request.author))
    moment = chosen.top_list.as_of
    since = dt.datetime.fromisoformat(request.since).replace(tzinfo=dt.UTC) if request.since else moment - WEEK
    notes = (chosen.why, *_say_what_stands_in(chosen), *context.top_lists.notices)
    told = TopCircumstances(chosen.sample, chosen.stale, tuple(filter(None, notes)))
    known = fill_in(chosen.top_list, context, as_of or context.clock())
    return date_receipt(replace(list_new(request, known, since, told), method=METHOD), as_of or context.clock())


def _choose(request: New, context: Context, as_of: dt.datetime | None) -> ChosenList:
    """Choose the newest models, live or stored; else a list by downloads."""
    cache = lists_of(context)
    wanted = Top(MOST_MODELS, CREATED, request.task, request.author)
    try:
        return cache.as_of(wanted, as_of) if as_of else cache.read(wanted)
    except NothingStored:
        by_downloads = Top(MOST_MODELS, task=request.task, author=request.author)
        return cache.as_of(by_downloads, as_of) if as_of else cache.read(by_downloads)


def _say_what_stands_in(chosen: ChosenList) -> tuple[str, ...]:
    """Say that these are not the newest of the Hub, where they are not."""
    top_list = chosen.top_list
    if top_list.ranking.by == CREATED:
        return ()
    among = f"the {count(top_list.among or len(top_list.models), 'model')} most downloaded on {day(top_list.as_of)}"
    return (f"The newest models could not be read: these are among {among}.",)
