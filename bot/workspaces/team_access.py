"""
Workspaces of an organization that are given to the app, or taken from it, while it stays installed for all.

Nothing is deleted when one is taken: the rows are the organization's, and no row says which of its workspaces a channel
is in. Slack refuses posts there, so digests and alerts pause, each with that reason; they go on when access is back.
"""

import datetime as dt
import logging
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, update

from analytics.domain.wording import count
from analytics.storage.database import Database
from bot.alerting.alert_tables import alert_channels
from bot.digest.records import State
from bot.digest.tables import subscriptions
from bot.slack_errors import foreign
from bot.slack_words import LASTING

log = logging.getLogger(__name__)

GRANTED, WITHDRAWN = "team_access_granted", "team_access_revoked"
NO_ACCESS = LASTING["team_access_not_granted"].why
"""Why what is due in a workspace pauses that was taken from the app."""


class TeamAccess:
    """Sees to what rests in an organization's workspaces."""

    def __init__(self, database: Database, now: Callable[[], dt.datetime]) -> None:
        self._database = database
        self._now = now

    def hear(self, event: Mapping[str, Any], homes: Sequence[str]) -> None:
        """
        Take Slack's word that workspaces were given or taken; `homes`: whose it may be, the likelier first.

        Raises:  DatabaseTrouble, DatabaseUnusable.
        """
        teams = " ".join(foreign(str(team)) for team in event.get("team_ids") or ())
        log.info("Slack says %s of %s: %s", event["type"], foreign(homes[0]), teams)
        if event["type"] == GRANTED:
            resumed = self._database.run(lambda connection: self._resume(connection, homes))
            log.info("%s that rested for want of access may be told again", count(resumed, "channel"))

    def _resume(self, connection: Connection, homes: Sequence[str]) -> int:
        """Let what paused for this go on from now; where a workspace still is not given, it pauses again."""
        resumed = 0
        for table in (subscriptions, alert_channels):
            rest = (table.c.state == State.PAUSED) & (table.c.reason == NO_ACCESS) & table.c.team.in_(homes)
            again = {"state": State.ACTIVE.value, "reason": "", "since": self._now()}
            resumed += connection.execute(update(table).where(rest).values(again)).rowcount
        return resumed
