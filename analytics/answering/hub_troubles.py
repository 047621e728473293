"""
That the Hub could not be asked, remembered with its moment: an answer given without it is given again as it was.

What was asked is the key; it is recalled for a minute, and only where nothing newer was read.
"""

import datetime as dt

from analytics.attribution import METHOD
from analytics.context import Context
from analytics.domain.reading_kinds import HUB_TROUBLE
from analytics.storage.readings import Reading

LONGEST = 200
"""Characters of a key."""
RECALLED = dt.timedelta(minutes=1)
"""For as long an answer may be under way after it was refused."""


def remember_trouble(context: Context, what: str, asked: dt.datetime, why: str) -> None:
    """Keep why the Hub could not be asked for something; one of the same second is left as it is."""
    second = asked.replace(microsecond=0)
    context.readings.add(Reading(HUB_TROUBLE, what[:LONGEST], second, METHOD, {"why": why}))


def recall_trouble(context: Context, what: str, asked: dt.datetime, read: dt.datetime) -> str:
    """Say why the Hub could not be asked for something at a moment, after what was `read`; else empty."""
    known = context.readings.as_of(HUB_TROUBLE, what[:LONGEST], asked)
    in_force = known and known.as_of > read and asked - known.as_of <= RECALLED
    return str(known.body["why"]) if known and in_force else ""
