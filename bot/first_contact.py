"""
One message to whoever installed the app: three next steps, and what the doctor finds. Nothing else is said unasked.

Slack does not tell an app with a token of its own who installed it (auth.test, bots.info and team.info are silent). So
the first full member of the workspace who uses it, by words, button or the Home tab, is taken for that one, and is told
so. Only where nothing was ever asked or set up is anybody greeted.
"""

import logging
import threading
from collections.abc import Callable, Sequence
from functools import partial

from analytics.domain.wording import count, verb
from bot.blocks import button, code, escape, section
from bot.delivery import Delivery
from bot.messages import ASK, COMMAND, Message
from bot.persons import Persons, runs_workspace
from bot.place import Place
from bot.shared_marks import Marks
from bot.turns import ANYWAY, Turns

log = logging.getLogger(__name__)

FOR_GOOD = 50 * 365 * 86_400.0
"""Seconds that a greeting is remembered."""

OUTSIDERS = ("is_bot", "deleted", "is_restricted", "is_ultra_restricted", "is_stranger")
"""What Slack says of bots, of who left, of guests and of partners: none of them installs an app."""


class FirstContact:
    """Greets through one client; `find` gives what the doctor finds to mend, in sentences."""

    def __init__(
        self, persons: Persons, delivery: Delivery, marks: Marks, home: str, find: Callable[[], Sequence[str]]
    ) -> None:
        self._persons = persons
        self._delivery = delivery
        self._marks = marks
        self._home = home
        self._find = find
        self._lock = threading.Lock()
        self._met: set[str] = set()
        self._is_over = False

    def hear(self, place: Place, turns: Turns) -> None:
        """Take note of somebody who uses the app; each is looked at once, and nobody waits for that."""
        with self._lock:
            if self._is_over or not place.user or place.user in self._met:
                return
            self._met.add(place.user)
        turns.by_itself(place, partial(self._meet, place), ANYWAY)

    def _meet(self, place: Place) -> None:
        """Greet one who may have installed the app, if nobody was greeted yet, by whatever process."""
        told = self._persons.describe(place.user)
        if not told:
            self._met.discard(place.user)  # Slack does not say now: they are looked at when they come again
            return
        if any(told.get(name) for name in OUTSIDERS) or self._is_of_another_workspace(told.get("team_id")):
            return
        with self._lock:
            self._is_over, was_over = True, self._is_over
        if was_over or not self._marks.claim([f"first contact {self._home}"], FOR_GOOD):
            return
        is_admin = runs_workspace(told)
        self._delivery.tell(Place("", place.user, team=place.team), greet(self._find(), is_admin=is_admin))

    def _is_of_another_workspace(self, team: object) -> bool:
        return self._home.startswith("T") and team not in (None, "", self._home)


def greet(findings: Sequence[str], *, is_admin: bool) -> Message:
    """Say what to do next, and what is wrong with the set-up: in full to an admin, for it may name what is private."""
    steps = (
        f"1. Invite me into a channel: type {code('/invite @frameworks')} there.",
        f"2. Ask there, in your own words or with {code(f'{COMMAND} top30')}.",
        f"3. Have it come every week: {code(f'{COMMAND} digest on')}.",
    )
    first = (
        "*I am new here, and you are the first to use me.* Slack does not say who installed me, so I take you for that "
        "one; nobody else gets this message. Three next steps:"
    )
    found = _list(findings, is_admin=is_admin)
    blocks = (
        section("\n".join([first, *steps])),
        section(f"*What the doctor found*\n{found}"),
        {"type": "actions", "elements": [button("Top 30", ASK, "top30"), button("Help", ASK, "help")]},
    )
    said = "I am new here. Three next steps: invite me, ask, have it come every week. What the doctor found:"
    return Message(f"{said} {found}", blocks)


def _list(findings: Sequence[str], *, is_admin: bool) -> str:
    if not findings:
        return "Nothing needs mending."
    if is_admin:
        return "\n".join(f"• {escape(finding)}" for finding in findings)
    things = f"{count(len(findings), 'thing')} {verb(len(findings), 'needs', 'need')} a look"
    return f"{things}. {code('frameworks-bot doctor')}, run where I am, says what."
