"""How each part of a bot is, for `/readyz`: the database, the line to Slack, and how old what was read is."""

import datetime as dt
from collections.abc import Iterator, Mapping

from analytics.domain.collectors import Collector
from analytics.domain.observations import Ranking
from analytics.domain.reading_kinds import CENSUS, OFFICIAL, PAPERS_ARCHIVE
from analytics.domain.staleness import is_stale
from analytics.domain.wording import minute
from analytics.errors import DatabaseTrouble, DatabaseUnusable
from bot.app import Bot
from bot.web.health import PartOfHealth

READ = {CENSUS: Collector.CENSUS, PAPERS_ARCHIVE: Collector.PAPERS, OFFICIAL: Collector.OFFICIAL}
"""Kinds of stored readings whose age is told, and what collects them."""


def look_at(bot: Bot) -> Mapping[str, PartOfHealth]:
    """Look at every part; nothing raises."""
    trouble = bot.socket.trouble()
    parts = {"database": _database(bot), "slack": PartOfHealth(not trouble, trouble or "nothing is known to be wrong")}
    if parts["database"].is_well:
        parts |= dict(_readings(bot))
    return parts


def _database(bot: Bot) -> PartOfHealth:
    """Ask it one thing."""
    try:
        bot.analyst.context.database.ping()
    except (DatabaseTrouble, DatabaseUnusable) as trouble:
        return PartOfHealth(is_well=False, told=str(trouble))
    return PartOfHealth(is_well=True, told="it answers")


def find_moments(bot: Bot) -> Mapping[str, tuple[Collector, dt.datetime | None]]:
    """Give of each kind of reading what collects it, and of when the newest is. Raises what the database raises."""
    context = bot.analyst.context
    standing = context.top_lists.newest(Ranking())
    moments = {"top list": (Collector.TOP, standing.as_of if standing else None)}
    for kind, what in READ.items():
        reading = context.readings.newest(kind)
        moments[kind] = (what, reading.as_of if reading else None)
    return moments


def _readings(bot: Bot) -> Iterator[tuple[str, PartOfHealth]]:
    """Tell the age of what was read: what is old, or missing, is told and keeps nobody from an answer."""
    context = bot.analyst.context
    for name, (what, moment) in find_moments(bot).items():
        told = f"of {minute(moment)}" if moment else "none is stored yet; the sample answers"
        well = moment is not None and not is_stale(what, moment, context.clock())
        yield name, PartOfHealth(well, told, needed=False)
