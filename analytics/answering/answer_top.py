"""Top lists: which list answers (live, stored, out of the census, the sample), and who is to blame for an empty one."""

import datetime as dt
import logging
from collections.abc import Callable
from dataclasses import replace

from analytics import sample
from analytics.answering.hub_troubles import recall_trouble, remember_trouble
from analytics.answering.kept_repositories import find_read
from analytics.answering.later_knowledge import date_receipt, fill_in, tell_older_rule
from analytics.answering.top_list_cache import ChosenList, lists_of
from analytics.attribution import METHOD
from analytics.context import Context
from analytics.domain.answer import Answer
from analytics.domain.observations import TopList
from analytics.domain.reading_kinds import REACH_TYPES
from analytics.domain.requests import ALLTIME, MOST_MODELS, Definition, Top
from analytics.domain.tasks import TASKS
from analytics.errors import NoSuchAuthor, NoSuchTask, NotCollected, NothingStored
from analytics.grammar import nearest
from analytics.names.known_models import find_near_accounts
from analytics.ranking.classified import TopCircumstances
from analytics.ranking.copies import sort_out
from analytics.reach.conversion_tables import Listings, read_shipped_listings

log = logging.getLogger(__name__)


def answer(request: Top, context: Context, as_of: dt.datetime | None) -> Answer:
    """
    Answer from the best list there is now, or from what was known at `as_of`.

    Raises:  NoSuchTask, NoSuchAuthor; NothingStored, if the Hub is out of reach and nothing stored fits.
    """
    try:
        chosen = _choose(request, context, as_of)
    except NothingStored:
        if request.framework and (selected := _look_farther(request, context, as_of)):
            return selected
        if request.task and request.task not in TASKS:
            raise _nobody(request, context) from None
        raise
    if not chosen.top_list.models:
        raise _nobody(request, context)
    if request.originals and all(sort_out(chosen.top_list.models)):
        raise NotCollected(request.words, ALL_COPIES)
    asked = as_of or context.clock()
    chosen = _with_trouble(request, context, chosen, asked, live=as_of is None)
    known = replace(chosen, top_list=fill_in(chosen.top_list, context, asked))
    known = _with_read(request, context, known, asked)
    counted = date_receipt(_count(request, context, known, _list_convertible(request, context, as_of)), asked)
    falls_short = _falls_short(request, counted, known.top_list)
    return (_look_farther(request, context, as_of) if falls_short else None) or counted


ALL_COPIES = (
    "All models of this list are quantised or converted copies of others, or test fixtures. Without the word "
    "“originals” they are counted."
)


def _falls_short(request: Top, counted: Answer, top_list: TopList) -> bool:
    """Tell whether a list holds fewer in a framework than were asked for, and more may come below its end."""
    found = counted.counts.total if counted.counts else 0
    return request.framework is not None and found < request.n and not top_list.complete


def _look_farther(request: Top, context: Context, as_of: dt.datetime | None) -> Answer | None:
    """Answer from the census; None where none is stored that can tell."""
    from analytics.answering import framework_list_cache
    from analytics.questions.top_in_framework import count_selected

    try:
        chosen = framework_list_cache.choose(request, context, as_of)
    except OSError as trouble:
        log.warning("the census cannot be read for %s: %s", request.words, trouble)
        return None
    if chosen is None:
        return None
    notes = (*chosen.notes, *context.top_lists.notices)
    circumstances = TopCircumstances(stale=chosen.stale, notes=notes)
    answered = replace(count_selected(request, chosen.selection, circumstances), method=METHOD)
    return date_receipt(answered, as_of or context.clock())


def _with_trouble(request: Top, context: Context, chosen: ChosenList, asked: dt.datetime, *, live: bool) -> ChosenList:
    """Remember that the Hub could not be asked, or recall it."""
    if request.by == ALLTIME or chosen.sample:
        return chosen
    what = f"list {request.by} {request.task or ''} {request.author or ''}"
    if live and chosen.stale:
        remember_trouble(context, what, asked, chosen.why)
    why = "" if live else recall_trouble(context, what, asked, chosen.top_list.as_of)
    return replace(chosen, stale=True, why=why) if why else chosen


def answer_from_sample(context: Context) -> Answer:
    """Answer the standing question from the embedded list: what a program does to warm up."""
    return _count(Top(), context, ChosenList(sample.top_list(), sample=True), read_shipped_listings())


def _choose(request: Top, context: Context, as_of: dt.datetime | None) -> ChosenList:
    if request.by == ALLTIME:
        from analytics.answering import census_list_cache

        return census_list_cache.choose(request, context, as_of)
    if request.framework or request.originals:
        request = replace(request, n=MOST_MODELS)  # those that come in it are looked for in the longest list
    return lists_of(context).as_of(request, as_of) if as_of else lists_of(context).read(request)


def _with_read(request: Top, context: Context, chosen: ChosenList, asked: dt.datetime) -> ChosenList:
    """Add what was read of single models, where what converts on load is asked for, and when the last of it was."""
    if not (request.reach or request.loadable):
        return chosen
    read = find_read(chosen.top_list, context, asked)
    moments = [chosen.top_list.known, *(repository.as_of for repository in read.values())]
    known = max((moment for moment in moments if moment), default=None)
    return replace(chosen, read=read, top_list=replace(chosen.top_list, known=known))


def _list_convertible(request: Top, context: Context, as_of: dt.datetime | None) -> Listings:
    """Give what libraries list to convert, where that is asked for."""
    if not (request.reach or request.loadable):
        return read_shipped_listings()
    from analytics.catalogues.listed_types import merge_listings

    return merge_listings(context.readings.as_of(REACH_TYPES, "", as_of or context.clock()))


def _count(request: Top, context: Context, chosen: ChosenList, listings: Listings) -> Answer:
    """Count, or give the same answer again: many people ask the same of the same list."""
    ranking, moment = chosen.top_list.ranking, chosen.top_list.as_of
    headers = tuple((model.id, model.header) for model in chosen.top_list.models if model.header is not None)
    notices = context.top_lists.notices
    read = tuple((key, repository.as_of) for key, repository in sorted(chosen.read.items()))
    seen = (chosen.top_list.receipt, len(chosen.top_list.models), chosen.top_list.method, read)
    key = (request, ranking, moment, chosen.why, chosen.sample, chosen.stale, notices, headers, listings, seen)
    return context.answers.get(key, lambda: _count_anew(request, context, chosen, listings))


def _count_anew(request: Top, context: Context, chosen: ChosenList, listings: Listings) -> Answer:
    as_in_2022 = request == replace(Top(definition=Definition.DECLARED), n=request.n)
    circumstances = TopCircumstances(
        sample=chosen.sample,
        stale=chosen.stale,
        notes=(
            *([chosen.why] if chosen.why else []),
            *tell_older_rule(chosen.top_list.method),
            *context.top_lists.notices,
        ),
        article=sample.article_top30() if as_in_2022 else None,
        beside=(sample.ARTICLE,) if as_in_2022 else (),
        listings=listings,
        read=chosen.read,
    )
    return replace(_pick_count(request)(request, chosen.top_list, circumstances), method=METHOD)


def _pick_count(request: Top) -> Callable[[Top, TopList, TopCircumstances], Answer]:
    """Give the question's own count, and bring no other."""
    if request.reach:
        from analytics.questions.top_reach import top_reach

        return top_reach
    if request.framework:
        from analytics.questions.top_in_framework import top_in_framework

        return top_in_framework
    from analytics.questions.top import top

    return top


def _nobody(request: Top, context: Context) -> NoSuchTask | NoSuchAuthor:
    """Say which of the narrowing names is to blame for an empty list."""
    if request.task and (request.task not in TASKS or not request.author):
        near = nearest(request.task, [task for task in TASKS if task != request.task], most=3)
        return NoSuchTask(request.task, near)
    return NoSuchAuthor(request.author or "", _near_authors(request.author or "", context))


def _near_authors(name: str, context: Context) -> tuple[str, ...]:
    """Give the authors of the newest stored whole list (or the sample) whose names are most alike."""
    try:
        known = lists_of(context).as_of(Top(n=1), context.clock()).top_list
    except NothingStored:
        known = sample.top_list()
    authors = {model.author.casefold(): model.author for model in known.models if model.author}
    alike = (authors[near] for near in nearest(name, tuple(authors), most=3))
    return tuple(dict.fromkeys((*find_near_accounts(name), *alike)))[:3]
