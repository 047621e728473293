"""
The one table of time: what is asked anew after how long, collected how often, and from when on it is called stale.

What the bot collects by itself is stale when two collections in a row are missing: one may fail and be made up for.
"""

import datetime as dt
from collections.abc import Mapping

from analytics.domain.collectors import Collector

DAY, WEEK = dt.timedelta(days=1), dt.timedelta(weeks=1)

FRESH = dt.timedelta(hours=6)
"""A list or a model read live is asked for anew after this: the Hub renews its download counters about once a day."""

REST = dt.timedelta(seconds=60)
"""After a failure the Hub is left alone this long (or as long as it asked), so that nobody waits in vain twice."""

COLLECTED: Mapping[Collector, dt.timedelta] = {
    Collector.TOP: DAY,  # what the digest compares, and the only history of trending there is
    Collector.OFFICIAL: WEEK,  # releases come every few weeks
    Collector.PAPERS: WEEK,  # the archive is frozen, its successor is filled slowly
    Collector.REACH: WEEK,  # as official collections
    Collector.CENSUS: WEEK,  # millions of rows; the weekly snapshot it may come from is made once a week
}
"""What the bot collects by itself, and how often, in its order. `history` is asked for by hand."""

MISSED = 2
SLACK: Mapping[dt.timedelta, dt.timedelta] = {DAY: dt.timedelta(), WEEK: DAY}
"""What may come late on top: a weekly collector is tried again a day after a failure, a daily one after hours."""

STALE: Mapping[Collector, dt.timedelta] = {what: MISSED * every + SLACK[every] for what, every in COLLECTED.items()}
"""Older than this it is said to be stale: the top lists after two days, the rest after two weeks and a day."""

READ_BEFORE_LIST = WEEK
"""How long before its list a single repository was read at most, to decide there in place of its tags."""

WATCHED_MODEL = MISSED * DAY
"""A model that an alert watches is read daily; older, its reading is none of now."""

AGAIN = dt.timedelta(hours=6)


def is_stale(what: Collector, read: dt.datetime, now: dt.datetime) -> bool:
    """Tell whether what a collector read is too old to pass as fresh."""
    return now - read > STALE[what]


CRAWL_BEGUN_ANEW = dt.timedelta(days=3)
"""A crawl interrupted for longer is begun anew: its counts of downloads would be of different weeks."""

OLDEST_CENSUS = dt.timedelta(days=21)
"""Older is no census of today; the weekly snapshot bears the first day of its week and appears after the last."""

NEWEST_MODEL = dt.timedelta(days=3)
"""Models are created every minute, so a census whose newest is older than this is an old file served again."""

CLOCK_AHEAD = dt.timedelta(days=1)
"""A source's clock may be a little ahead of ours; further ahead is a mistake."""

MARK_AHEAD = dt.timedelta(minutes=15)
"""So far may another machine's clock be ahead; a mark of a later moment is of a clock that was wrong, or moved on."""

REPORT = dt.timedelta(minutes=30)
"""How long what was gathered for one digest serves all channels due at about the same time."""

OBSERVED = dt.timedelta(minutes=5)
"""How long what was observed for alerts serves all channels; a tick comes every minute."""

PAGE_OF_TODAY, PAGE_OF_THE_PAST = dt.timedelta(minutes=5), DAY
"""For how long others may keep a page of today, and one of a past day."""

RECALLED = dt.timedelta(minutes=1)
"""For as long an answer may be under way after the Hub refused it: it is told of that refusal still."""

TOKEN_REFUSED = dt.timedelta(hours=1)
"""For so long a refused token is not sent again."""

TRIED = dt.timedelta(minutes=10)
"""What was tried in vain so lately is not tried again for a digest."""

FIRST_PAUSE, GROWTH = dt.timedelta(minutes=2), 3


def rest_after_failure(every: dt.timedelta, passing: int = 0) -> dt.timedelta:
    """
    Say how long a collector is left alone after a failure; what is due weekly, a day: a crawl may take an hour.

    `passing` is how often in a row it failed by what may pass, a network say: then 2 minutes at first, each time three
    times as long, and no longer than else.
    """
    longest = max(AGAIN, every / 7)
    return min(longest, FIRST_PAUSE * GROWTH ** min(passing - 1, 9)) if passing else longest


def is_to_come(moment: dt.datetime, now: dt.datetime) -> bool:
    """Tell whether a mark's moment lies so far ahead that it is not believed."""
    return moment > now + MARK_AHEAD
