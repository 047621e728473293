"""
Workspaces that go: what Slack tells of it, what its refusals of a token mean, and what is deleted then.

Where the app was uninstalled, all that is kept of the workspace is deleted. Where only its token is refused (it was
revoked, or this machine's address is let in no more), the token is deleted; digests and alerts rest until the app is
installed again. Slack's word comes late and in any order, so that its answer to the token decides: one that is still
taken belongs to a newer installation, and stays.
"""

import datetime as dt
import logging
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from analytics.storage.database import Database
from bot.slack_errors import SLACK_FAILURES, describe, foreign, word_of
from bot.workspaces.erasure import erase, erase_again
from bot.workspaces.installation_store import Installations
from bot.workspaces.installed import Installed
from bot.workspaces.token_seal import SealBroken

log = logging.getLogger(__name__)

GONE = frozenset({"account_inactive", "invalid_auth", "team_access_not_granted", "token_expired", "token_revoked"})
"""Slack's words for a token that will not do any more, if it says the same of the token itself."""

UNINSTALLED, REVOKED = "app_uninstalled", "tokens_revoked"


class CannotAsk(Exception):
    """Slack does not say now whether a token is still taken."""


AskWhose = Callable[[str], object]
"""Asks Slack whose a token is; raises what the SDK raises."""


class Departures:
    """Sees to what is left of workspaces that went; `ask` asks Slack for a token."""

    def __init__(
        self, database: Database, installations: Installations, ask: AskWhose, now: Callable[[], dt.datetime]
    ) -> None:
        self._now = now
        self._database = database
        self._installations = installations
        self._ask = ask

    def hear(self, body: Mapping[str, Any], homes: Sequence[str]) -> str:
        """
        Take Slack's word that the app was uninstalled, or its token revoked; give whose installation it was.

        `homes`: whose it may have been, the likelier first: of an organization Slack may name a workspace.

        Raises:  CannotAsk; DatabaseTrouble, DatabaseUnusable.
        """
        home = next((one for one in homes if self._installations.is_there(one)), homes[0])
        event = body.get("event")
        kind = event.get("type") if isinstance(event, Mapping) else None
        if kind == UNINSTALLED:
            self._leave(home)
        elif kind == REVOKED and _names_bot(event):
            self.doubt(home)
        return home

    def doubt(self, home: str) -> bool:
        """Look whether a workspace's token is still taken; if not it is deleted, and that is told. Raises CannotAsk."""
        found = self._find(home)
        if found is None or not self._is_refused(found):
            return False
        if self._installations.remove(home, found.token):
            log.warning(
                "Slack takes the token of %s no more: it is deleted; digests rest until a new installation", home
            )
        return True

    def erase_again(self) -> None:
        """Delete what was in hand when a workspace left, and was written since."""
        for erased in erase_again(self._database, self._now()):
            log.info("written after the app was gone: %s", erased)

    def _leave(self, home: str) -> None:
        found = self._find(home)
        if found and not self._is_refused(found):
            log.info("Slack says that the app left %s, and takes its token: it was installed again", foreign(home))
            return
        erased = erase(self._database, home, self._now())
        log.info("the app was uninstalled: %s", erased)

    def _find(self, home: str) -> Installed | None:
        try:
            return self._installations.find(home)
        except SealBroken:
            return None

    def _is_refused(self, found: Installed) -> bool:
        """Ask Slack; all but a yes and a word for its end (a proxy's page, `internal_error`) says nothing of it."""
        try:
            self._ask(found.token)
        except SLACK_FAILURES as failure:
            if word_of(failure) in GONE:
                return True
            raise CannotAsk(describe(failure)) from None
        return False


def _names_bot(event: Any) -> bool:
    """Tell whether the bot's own token is among those revoked: people's are none of ours."""
    tokens = event.get("tokens")
    return isinstance(tokens, Mapping) and bool(tokens.get("bot"))
