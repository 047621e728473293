"""The desks of every workspace that installed the app: each made when it is needed, visited when something is due."""

import logging
from contextlib import suppress
from functools import partial

from analytics.errors import DatabaseTrouble, DatabaseUnusable
from bot.desk import Desk, House, authorize_as, make_app, make_desk
from bot.desk_memory import DeskMemories
from bot.fair_shares import Full, Lane, Stopped
from bot.reception import Desks, Reception
from bot.rounds import Rounds
from bot.slack_client import doubting_client, slack_client
from bot.visits import AT_ONCE, Visits
from bot.workspaces.busy_homes import BusyHomes
from bot.workspaces.departures import GONE, CannotAsk, Departures
from bot.workspaces.installation_store import Installations
from bot.workspaces.installed import Installed
from bot.workspaces.team_access import TeamAccess
from bot.workspaces.token_seal import seal_of

log = logging.getLogger(__name__)


class AllDesks:
    """What serves by HTTP whoever installed the app."""

    def __init__(self, house: House) -> None:
        database = house.analyst.context.database
        self._house = house
        self._nobodys = slack_client(None, house.settings.slack_api_url, house.observer)
        installations = Installations(database, seal_of(house.settings), house.slack_clock.now)
        self._departures = Departures(
            database, installations, lambda token: self._nobodys.auth_test(token=token), house.slack_clock.now
        )
        self._access = TeamAccess(database, house.slack_clock.now)
        self._memories, self._busy = DeskMemories(database), BusyHomes(database)
        self._desks = Desks(installations, self._open, when_gone=self._memories.forget)
        at_once = AT_ONCE if house.settings.database_url else 1  # SQLite takes one writer
        self._questions, self._lost = Visits(self._desks.at, at_once), Visits(self._desks.at, at_once)
        self.digests = Rounds(self._list_due, self._desks.at, lambda desk: desk.digests, at_once)
        self.alerts = Rounds(self._busy.with_alerts, self._desks.at, lambda desk: desk.alerts, at_once)

    @property
    def reception(self) -> Reception:
        """Where payloads come in, each for one of the desks."""
        house = self._house
        return Reception(self._desks, self._departures, self._access, house.shares, house.observer, self._nobodys)

    def answer_later(self) -> None:
        """Answer in each workspace the questions that waited for what is collected by now."""
        waiting = self._busy.with_questions(self._house.clock())
        self._questions.make(waiting, lambda desk: desk.commands.answer_later())

    def ask_again(self) -> None:
        """Take up in each workspace what a process that was killed had in hand."""
        self._lost.make(self._house.kept.rows.list_homes(), lambda desk: desk.commands.ask_again())

    def erase_again(self) -> None:
        """Delete what an answer in hand wrote of a workspace that had left."""
        self._departures.erase_again()

    def close(self) -> None:
        """End the runs of workflow steps that nobody will work on any more, and the visits under way."""
        self._desks.close()
        for visits in (self._questions, self._lost, self.digests, self.alerts):
            visits.close()

    def _list_due(self) -> list[str]:
        return self._busy.with_digests(self._house.slack_clock.now())

    def _open(self, installed: Installed) -> Desk:
        """Make the desk of one workspace, whose refused token is looked into."""
        house = self._house
        client = doubting_client(
            installed.token, house.settings.slack_api_url, house.observer, partial(self._turn_to, installed.home)
        )
        app = make_app(house, self._nobodys, partial(authorize_as, installed))
        return make_desk(house, app, client, installed.home, memories=self._memories)

    def _turn_to(self, home: str, word: str, refused: str) -> str:
        """Give the newer token of a home whose token is refused; where there is none, look whether the home is gone."""
        if word not in GONE:
            return ""
        if newer := self._desks.renew(home, refused):
            return newer
        with suppress(Full, Stopped):
            self._house.shares.aside("", partial(self._look_whether_gone, home), Lane.LOOKED_UP)
        return ""

    def _look_whether_gone(self, home: str) -> None:
        try:
            if self._departures.doubt(home):
                self._desks.forget(home)
        except (CannotAsk, DatabaseTrouble, DatabaseUnusable) as trouble:
            log.warning("whether %s is gone is looked at another time: %s", home, trouble)
