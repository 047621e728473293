"""
Whose a payload is, and the desk that serves it: where the app is installed into many workspaces.

A desk is made when a workspace is first heard of, by whatever process, and kept while there is room. Whether it is
still installed, and with which token, is looked up again after a few seconds: another process may know more.
"""

import logging
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from slack_bolt import BoltRequest, BoltResponse
from slack_sdk import WebClient

from analytics.errors import DatabaseTrouble, DatabaseUnusable, ToMend
from analytics.single_flight import SingleFlight
from bot import troubles
from bot.counted_app import OK, name_kind
from bot.desk import Desk
from bot.fair_shares import FairShares, Lane
from bot.messages import Message
from bot.observer import Observer
from bot.slack_client import ReplyOnce
from bot.slack_errors import foreign
from bot.workspaces.departures import REVOKED, UNINSTALLED, CannotAsk, Departures
from bot.workspaces.installation_store import Installations, list_candidates
from bot.workspaces.installed import Installed
from bot.workspaces.team_access import GRANTED, WITHDRAWN, TeamAccess
from bot.workspaces.token_seal import SealBroken

log = logging.getLogger(__name__)

MOST = 500
"""Desks kept at once; who was not heard of for longest makes room."""

LOOKED_AT = 10.0
"""Seconds for which it is not looked up again whether a workspace is still there."""

GOING, CHANGING = (UNINSTALLED, REVOKED), (GRANTED, WITHDRAWN)
"""Slack's words on the app itself: that it leaves, or which workspaces of an organization it is given."""

AGAIN = 503
"""What Slack takes for a reason to send an event again."""


@dataclass(slots=True)
class KeptDesk:
    """A desk, of what installation it is, and when that was looked up."""

    desk: Desk
    installed: Installed
    looked: float


def leave(home: str) -> None:
    """Do nothing for a home that is gone."""


class Desks:
    """Keeps the desks of workspaces; safe to use from several threads. `when_gone` hears of each that is none."""

    def __init__(
        self,
        installations: Installations,
        make: Callable[[Installed], Desk],
        now: Callable[[], float] = time.monotonic,
        most: int = MOST,
        when_gone: Callable[[str], None] = leave,
    ) -> None:
        self._when_gone = when_gone
        self._installations = installations
        self._make = make
        self._now = now
        self._most = most
        self._kept: OrderedDict[str, KeptDesk] = OrderedDict()
        self._lock = threading.Lock()
        self._flights = SingleFlight(asks_outside=False)

    def at(self, home: str) -> Desk | None:
        """
        Give the desk of a home; None where the app is not installed there.

        Raises:  DatabaseTrouble, DatabaseUnusable, SealBroken, where none is kept that could serve meanwhile.
        """
        with self._lock:
            kept = self._kept.get(home)
            if kept and self._now() - kept.looked < LOOKED_AT:
                self._kept.move_to_end(home)
                return kept.desk
        return self._flights.do(home, lambda: self._look(home))

    def forget(self, home: str) -> None:
        """Look a home up anew when it is heard of next."""
        with self._lock:
            self._kept.pop(home, None)

    def renew(self, home: str, refused: str) -> str:
        """Give a home's token where it is not the refused one any more, else nothing; its desk is made anew then."""
        try:
            installed = self._installations.find(home)
        except (DatabaseTrouble, DatabaseUnusable, SealBroken) as trouble:
            log.warning("whether %s was installed again is not known: %s", home, trouble)
            return ""
        if installed is None or installed.token == refused:
            return ""
        self.forget(home)
        return installed.token

    def close(self) -> None:
        """End what nobody will work on any more."""
        for kept in list(self._kept.values()):
            kept.desk.step.close()

    def _look(self, home: str) -> Desk | None:
        kept = self._kept.get(home)
        try:
            installed = self._installations.find(home)
        except (DatabaseTrouble, DatabaseUnusable, SealBroken) as trouble:
            if kept is None:
                raise
            log.warning("%s is served as it was known: %s", home, trouble)
            return self._keep(home, kept.desk, kept.installed)
        if installed is None:
            self.forget(home)
            self._when_gone(home)
            return None
        if kept and kept.installed == installed:
            return self._keep(home, kept.desk, installed)
        return self._keep(home, self._make(installed), installed)

    def _keep(self, home: str, desk: Desk, installed: Installed) -> Desk:
        with self._lock:
            self._kept[home] = KeptDesk(desk, installed, self._now())
            self._kept.move_to_end(home)
            idle = [one for one, kept in self._kept.items() if one != home and not kept.desk.step.is_busy]
            for oldest in idle[: max(0, len(self._kept) - self._most)]:
                del self._kept[oldest]
        return desk


class Reception:
    """Takes payloads of all workspaces, and hands each to the desk of its own."""

    def __init__(
        self,
        desks: Desks,
        departures: Departures,
        access: TeamAccess,
        shares: FairShares,
        observer: Observer,
        client: WebClient,
    ) -> None:
        self._access = access
        self._desks = desks
        self._departures = departures
        self._shares = shares
        self._observer = observer
        self._client = client

    def dispatch(self, req: BoltRequest) -> BoltResponse:
        """Handle one payload; an event is sent again by Slack where nothing can be known of its workspace now."""
        try:
            if (event := _find_event(req.body, *GOING, *CHANGING)) is not None:
                return self._note(req, self._hear(req, event))
            desk = self._find(req)
        except (DatabaseTrouble, DatabaseUnusable) as trouble:
            log.warning("whose a payload is cannot be looked up: %s", trouble)
            return self._note(req, self._tell(req, troubles.explain_database(str(trouble)), AGAIN))
        except CannotAsk as silence:
            log.warning("whether a workspace left cannot be asked, Slack shall say it again: %s", silence)
            return self._note(req, BoltResponse(status=AGAIN))
        except ToMend as broken:
            log.error("a workspace is not served: %s", broken)  # noqa: TRY400 - where it was met says nothing
            return self._note(req, self._tell(req, troubles.explain_unreadable_token(), AGAIN))
        if desk is None:
            log.info("a payload of a workspace without an installation: %s", foreign(req.context.team_id or "none"))
            return self._note(req, self._tell(req, troubles.explain_not_installed(), OK))
        return desk.app.dispatch(req)

    def _find(self, req: BoltRequest) -> Desk | None:
        for home in _list_homes(req):
            if desk := self._desks.at(home):
                return desk
        return None

    def _hear(self, req: BoltRequest, event: dict[str, Any]) -> BoltResponse:
        """Take Slack's word on where the app is."""
        homes = _list_homes(req)
        if homes and event["type"] in CHANGING:
            self._access.hear(event, homes)
        elif homes:
            home = self._departures.hear(req.body, homes)
            log.info("Slack says %s of %s", event["type"], foreign(home))
            self._desks.forget(home)
        return BoltResponse(status=OK)

    def _tell(self, req: BoltRequest, message: Message, event_status: int) -> BoltResponse:
        """Tell whoever is there; an event has nobody, and its status says whether it shall come again."""
        if "command" in req.body:
            return BoltResponse(status=OK, body=message.as_arguments() | {"response_type": "ephemeral"})
        if url := req.body.get("response_url"):
            reply = ReplyOnce(str(url), self._client, self._observer)
            said = message.as_arguments() | {"response_type": "ephemeral", "replace_original": False}
            self._shares.aside("", lambda: _send(reply, said), Lane.LOOKED_UP)
        return BoltResponse(status=event_status if req.body.get("type") == "event_callback" else OK)

    def _note(self, req: BoltRequest, answer: BoltResponse) -> BoltResponse:
        self._observer.note_ack(name_kind(req.body), "refused" if answer.status != OK else "ok", 0.0)
        return answer


def _send(reply: ReplyOnce, said: dict[str, Any]) -> None:
    try:
        reply(**said)
    except (OSError, ValueError) as failure:
        log.info("nobody could be told: %s", failure)


def _list_homes(req: BoltRequest) -> list[str]:
    """Give whose a payload may be, the likelier first."""
    context = req.context
    return list_candidates(context.enterprise_id, context.team_id, is_org=bool(context.is_enterprise_install))


def _find_event(body: dict[str, Any], *kinds: str) -> dict[str, Any] | None:
    """Give a payload's event if it is one of these kinds."""
    event = body.get("event") if body.get("type") == "event_callback" else None
    return event if isinstance(event, dict) and event.get("type") in kinds else None
