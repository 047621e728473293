"""Why is it so? One fact in three sentences, with its day and its source; nothing is counted for it."""

import datetime as dt

from analytics.domain.answer import Answer, Origin
from analytics.domain.requests import Why
from analytics.explanations import Explanation


def why(request: Why, fact: Explanation) -> Answer:
    """Tell the fact; its day is the day that it holds from."""
    moment = dt.datetime.combine(fact.day, dt.time(), dt.UTC)
    return Answer(
        request=request,
        headline=fact.title,
        title=fact.title,
        scope="a fact and where it stands",
        as_of=moment,
        definition=None,
        reproduce=request.words,
        further=fact.sentences,
        origins=(Origin(fact.producer, fact.source, fact.address, fact.day.isoformat()),),
    )
