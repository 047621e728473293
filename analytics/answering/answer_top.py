"""Top lists: which list answers (live, stored, out of the census, the sample), and who is to blame for an empty one."""

import datetime as dt
import logging
from dataclasses import replace

from analytics import sample
from analytics.answering import census_list_cache, framework_list_cache
from analytics.answering.later_knowledge import fill_in, tell_older_rule
from analytics.answering.top_list_cache import ChosenList, TopListCache
from analytics.context import Context
from analytics.domain.answer import Answer
from analytics.domain.observations import TopList
from analytics.domain.requests import ALLTIME, MOST_MODELS, Definition, Top
from analytics.domain.tasks import TASKS
from analytics.errors import NoSuchAuthor, NoSuchTask, NothingStored
from analytics.grammar import nearest
from analytics.questions.top import top
from analytics.questions.top_in_framework import selected_in_framework, top_in_framework
from analytics.ranking.classified import TopCircumstances

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
    known = fill_in(chosen.top_list, context, as_of or context.clock())
    counted = _count(request, context, replace(chosen, top_list=known))
    return (_look_farther(request, context, as_of) if _falls_short(request, counted, known) else None) or counted


def _falls_short(request: Top, counted: Answer, top_list: TopList) -> bool:
    """Tell whether a list holds fewer in a framework than were asked for, and more may come below its end."""
    found = counted.counts.total if counted.counts else 0
    return request.framework is not None and found < request.n and not top_list.complete


def _look_farther(request: Top, context: Context, as_of: dt.datetime | None) -> Answer | None:
    """Answer from the census; None where none is stored that can tell."""
    try:
        chosen = framework_list_cache.choose(request, context, as_of)
    except OSError as trouble:
        log.warning("the census cannot be read for %s: %s", request.words, trouble)
        return None
    if chosen is None:
        return None
    notes = (*chosen.notes, *context.top_lists.notices)
    return selected_in_framework(request, chosen.selection, TopCircumstances(stale=chosen.stale, notes=notes))


def answer_from_sample(context: Context) -> Answer:
    """Answer the standing question from the embedded list: what a program does to warm up."""
    return _count(Top(), context, ChosenList(sample.top_list(), sample=True))


def _cache(context: Context) -> TopListCache:
    return TopListCache(
        context.hub, context.top_lists, context.clock, context.seconds, context.flights, context.resting
    )


def _choose(request: Top, context: Context, as_of: dt.datetime | None) -> ChosenList:
    if request.by == ALLTIME:
        return census_list_cache.choose(request, context, as_of)
    if request.framework:
        request = replace(request, n=MOST_MODELS)  # those that come in it are looked for in the longest list
    return _cache(context).as_of(request, as_of) if as_of else _cache(context).read(request)


def _count(request: Top, context: Context, chosen: ChosenList) -> Answer:
    """Count, or give the same answer again: many people ask the same of the same list."""
    ranking, moment = chosen.top_list.ranking, chosen.top_list.as_of
    headers = tuple((model.id, model.header) for model in chosen.top_list.models if model.header is not None)
    notices = context.top_lists.notices
    key = (request, ranking, moment, chosen.why, chosen.sample, chosen.stale, notices, headers)
    return context.answers.get(key, lambda: _count_anew(request, context, chosen))


def _count_anew(request: Top, context: Context, chosen: ChosenList) -> Answer:
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
    )
    count = top_in_framework if request.framework else top
    return count(request, chosen.top_list, circumstances)


def _nobody(request: Top, context: Context) -> NoSuchTask | NoSuchAuthor:
    """Say which of the narrowing names is to blame for an empty list."""
    if request.task and (request.task not in TASKS or not request.author):
        near = nearest(request.task, [task for task in TASKS if task != request.task], most=3)
        return NoSuchTask(request.task, near)
    return NoSuchAuthor(request.author or "", _near_authors(request.author or "", context))


def _near_authors(name: str, context: Context) -> tuple[str, ...]:
    """Give the authors of the newest stored whole list (or the sample) whose names are most alike."""
    try:
        known = _cache(context).as_of(Top(n=1), context.clock()).top_list
    except NothingStored:
        known = sample.top_list()
    authors = {model.author.casefold(): model.author for model in known.models if model.author}
    return tuple(authors[near] for near in nearest(name, tuple(authors), most=3))
