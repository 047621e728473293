"""
Workspaces that go: what Slack tells of it, what its refusals of a token mean, and what is deleted then.

Where the app was uninstalled, all that is kept of the workspace is deleted. Where only its token is refused (it was
revoked, or this machine's address is let in no more), the token is deleted; digests and alerts rest until the app is
installed again. Slack's word comes late and in any order: one of before a new installation is known by asking for the
token.
"""

import datetime as dt
import logging
from collections.abc import Callable, Mapping
from typing import Any

from slack_sdk.errors import SlackApiError

from analytics.storage.database import Database
from bot.slack_errors import SLACK_FAILURES, describe, foreign, word_of
from bot.workspaces.erasure import erase
from bot.workspaces.installation_store import Installations
from bot.workspaces.installed import Installed
from bot.workspaces.token_seal import SealBroken

log = logging.getLogger(__name__)

GONE = frozenset({"account_inactive", "invalid_auth", "team_access_not_granted", "token_expired", "token_revoked"})
"""Slack's words for a token that will not do any more, if it says the same of the token itself."""

UNINSTALLED, REVOKED = "app_uninstalled", "tokens_revoked"

OFF_BY = dt.timedelta(seconds=30)
"""How much earlier than Slack's our clock may have said that the app was installed."""

AskWhose = Callable[[str], object]
"""Asks Slack whose a token is; raises what the SDK raises."""


class Departures:
    """Sees to what is left of workspaces that went; `ask` asks Slack for a token."""

    def __init__(self, database: Database, installations: Installations, ask: AskWhose) -> None:
        self._database = database
        self._installations = installations
        self._ask = ask

    def hear(self, body: Mapping[str, Any], home: str) -> None:
        """Take Slack's word that the app was uninstalled, or its token revoked; `home` is whose installation it was."""
        event = body.get("event")
        kind = event.get("type") if isinstance(event, Mapping) else None
        if kind == UNINSTALLED:
            self._leave(home, _moment_of(body))
        elif kind == REVOKED and _names_bot(event):
            self.doubt(home)

    def doubt(self, home: str) -> bool:
        """Look whether a workspace's token is still taken; if not it is deleted, and that is told."""
        found = self._find(home)
        if found is None or not self._is_refused(found):
            return False
        if self._installations.remove(home, found.token):
            log.warning(
                "Slack takes the token of %s no more: it is deleted; digests rest until a new installation", home
            )
        return True

    def _leave(self, home: str, moment: dt.datetime | None) -> None:
        found = self._find(home)
        if found and moment and moment < found.installed_at + OFF_BY and not self._is_refused(found):
            log.info("that the app left %s was said before it was installed again; nothing is done", foreign(home))
            return
        erased = erase(self._database, home)
        log.info("the app was uninstalled: %s", erased)

    def _find(self, home: str) -> Installed | None:
        try:
            return self._installations.find(home)
        except SealBroken:
            return None

    def _is_refused(self, found: Installed) -> bool:
        try:
            self._ask(found.token)
        except SlackApiError as refusal:
            return word_of(refusal) in GONE
        except SLACK_FAILURES as failure:
            log.info("whether the token of %s is still taken is not known: %s", found.home, describe(failure))
        return False


def _moment_of(body: Mapping[str, Any]) -> dt.datetime | None:
    """Give when Slack says that it happened."""
    told = body.get("event_time")
    return dt.datetime.fromtimestamp(told, dt.UTC) if isinstance(told, int) and not isinstance(told, bool) else None


def _names_bot(event: Any) -> bool:
    """Tell whether the bot's own token is among those revoked: people's are none of ours."""
    tokens = event.get("tokens")
    return isinstance(tokens, Mapping) and bool(tokens.get("bot"))
