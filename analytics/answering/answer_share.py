"""Shares of downloads: over the longest list by downloads there is, live, stored or the sample."""

import datetime as dt
from dataclasses import replace

from analytics.answering.later_knowledge import date_receipt, fill_in, tell_older_rule
from analytics.answering.top_list_cache import lists_of
from analytics.attribution import METHOD
from analytics.context import Context
from analytics.domain.answer import Answer
from analytics.domain.requests import MOST_MODELS, Share, Top
from analytics.questions.download_share import measure_share
from analytics.ranking.classified import TopCircumstances


def answer(request: Share, context: Context, as_of: dt.datetime | None) -> Answer:
    """
    Answer from the longest list there is now, or from what was known at `as_of`.

    Raises:  NothingStored, if the Hub is out of reach and nothing stored fits.
    """
    cache = lists_of(context)
    chosen = cache.as_of(Top(MOST_MODELS), as_of) if as_of else cache.read(Top(MOST_MODELS))
    notes = (chosen.why, *tell_older_rule(chosen.top_list.method), *context.top_lists.notices)
    known = fill_in(chosen.top_list, context, as_of or context.clock())
    told = measure_share(request, known, TopCircumstances(chosen.sample, chosen.stale, tuple(filter(None, notes))))
    return date_receipt(replace(told, method=METHOD), as_of or context.clock())
