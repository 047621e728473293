"""
`frameworks collect top`: the 1,000 first models by downloads, likes and trending, one list of each a day.

Kept for good: what the digest compares, and the only history of trending there is. A day without a list is a gap and
stays one.
"""

import datetime as dt
from collections.abc import Sequence

from analytics.attribution import METHOD
from analytics.context import Context
from analytics.domain.observations import Ranking
from analytics.domain.requests import LISTED, MOST_MODELS
from analytics.domain.wording import count
from analytics.errors import SourceError, UnknownOption

SECONDS = 60.0
"""For one list of 1,000 models: nobody waits, so the Hub may take its time."""


def collect(context: Context, options: Sequence[str]) -> tuple[str, ...]:
    """
    Store today's lists; one already stored today, whole, is not read again.

    Raises:  UnknownOption; SourceError, after storing what could be had, if any list could not.
    """
    if options:
        raise UnknownOption(f"“collect top” takes no options; “{' '.join(options)}” came.")
    sentences: list[str] = []
    trouble: SourceError | None = None
    for by in LISTED:
        try:
            sentences.append(_one(context, by))
        except SourceError as failure:
            trouble = failure
            context.progress(f"By {by}: nothing, {failure.why}.")
    if trouble:
        raise trouble
    return tuple(sentences)


def _one(context: Context, by: str) -> str:
    ranking, today = Ranking(by), context.clock().astimezone(dt.UTC).date()
    stored = context.top_lists.newest(ranking)
    if stored and stored.as_of.date() == today and stored.reaches(MOST_MODELS):
        return f"By {by}: today's list is stored already ({count(len(stored.models), 'model')})."
    context.progress(f"Reading the first {MOST_MODELS:,} by {by}…")
    top_list = context.hub.top(ranking, MOST_MODELS, seconds=SECONDS, now=context.clock)
    if not context.top_lists.add(top_list, METHOD):
        context.refuse_unstored("The list")
    return f"By {by}: {count(len(top_list.models), 'model')} stored."
