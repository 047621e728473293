"""
That the Hub could not be asked: said in a sentence, and remembered with its moment.

So an answer given without it is given again as it was. What was asked is the key; it is recalled for a minute, and
only where nothing newer was read.
"""

import datetime as dt
import math

from analytics.attribution import METHOD
from analytics.context import Context
from analytics.domain.reading_kinds import HUB_TROUBLE
from analytics.domain.staleness import RECALLED
from analytics.domain.wording import clause, count
from analytics.errors import NotAsked, RateLimited, SourceError
from analytics.storage.readings import Reading

LONGEST = 200
"""Characters of a key."""

MINUTE = 60


def explain_trouble(trouble: SourceError) -> str:
    """Say that the Hub gave nothing, and why; whether it may pass is another sentence."""
    why = clause(trouble.why)
    if isinstance(trouble, NotAsked):
        return f"The Hub was not asked: {why}."
    if trouble.passes:
        return f"The Hub could not be asked just now: {why}."
    return f"The Hub gave nothing to answer with: {why}. Asking again will not help."


def advise(trouble: SourceError) -> str:
    """Say when to ask again; nothing where that would not help."""
    if not trouble.passes:
        return ""
    minutes = math.ceil(trouble.seconds / MINUTE) if isinstance(trouble, RateLimited) else 1
    return f"Please try again in {'a minute' if minutes <= 1 else count(minutes, 'minute')}."


def remember_trouble(context: Context, what: str, asked: dt.datetime, why: str) -> None:
    """Keep why the Hub could not be asked for something; one of the same second is left as it is."""
    second = asked.replace(microsecond=0)
    context.readings.add(Reading(HUB_TROUBLE, what[:LONGEST], second, METHOD, {"why": why}))


def recall_trouble(context: Context, what: str, asked: dt.datetime, read: dt.datetime) -> str:
    """Say why the Hub could not be asked for something at a moment, after what was `read`; else empty."""
    known = context.readings.as_of(HUB_TROUBLE, what[:LONGEST], asked)
    in_force = known and known.as_of > read and asked - known.as_of <= RECALLED
    return str(known.body["why"]) if known and in_force else ""
