"""
The buttons of the Home tab: what may be changed there, by whom, and what became of it (what it shows: `home_pages.py`).

Whoever made a digest may pause, change and leave it here, and the workspace's admins may any; in its channel every
member may, as everywhere.
"""

import logging
from dataclasses import replace
from typing import Any

from slack_sdk import WebClient

from analytics.alerts.alert_words import AlertAction
from bot import home_view, troubles
from bot.alerting.alert_commands import Alerting
from bot.delivery import Delivery
from bot.digest import digest_messages
from bot.digest.digest_commands import Asked, Subscribing
from bot.digest.records import State, Subscription
from bot.digest.store import DigestStore
from bot.home_pages import HomePages
from bot.place import Place
from bot.shared_marks import Alone, Marks
from bot.slack_errors import SLACK_FAILURES, describe, pick

log = logging.getLogger(__name__)

ALERT_WORDS: dict[str, AlertAction | None] = {
    home_view.ALERT_PAUSE: AlertAction.PAUSE,
    home_view.ALERT_RESUME: AlertAction.RESUME,
    home_view.ALERT_LEAVE: AlertAction.OFF,
    home_view.ALERT_CHANGE: None,
}
"""Buttons of an alert, and what each does; None: it opens the form."""


NOT_TAKEN = "a Home tab that was not taken"
TOLD_SECONDS = 3600.0
"""How long a process takes another's word that somebody was told."""


class HomeTab:
    """Changes through one client what the pages show."""

    def __init__(
        self,
        pages: HomePages,
        store: DigestStore,
        subscribing: Subscribing,
        alerting: Alerting,
        client: WebClient,
        delivery: Delivery,
        *,
        shared: Marks | None = None,
    ) -> None:
        self._pages = pages
        self._store = store
        self._subscribing = subscribing
        self._alerting = alerting
        self._client = client
        self._delivery = delivery
        self._shared = shared or Alone()
        self._told: set[str] = set()

    def show(self, place: Place) -> None:
        """
        Publish the tab of the person who opened it as things stand.

        Where Slack does not take it they see an old one or none, and are told so directly: once, until it is taken,
        or the mark by which other processes know of it is over.
        """
        user, mark = place.user, [f"{NOT_TAKEN} {place.user}"]
        if self._pages.publish(user):
            self._told.discard(user)
            self._shared.end(mark)
        elif (
            user not in self._told
            and self._shared.claim(mark, TOLD_SECONDS)
            and self._delivery.tell(place, troubles.explain_old_home())
        ):
            self._told.add(user)

    def act(self, asked: Asked, word: str, value: str) -> None:
        """Do what a button of the tab says, and show what became of it."""
        with self._pages.leave_to(asked.place.user):
            self._act(asked, word, value)

    def _act(self, asked: Asked, word: str, value: str) -> None:
        user = asked.place.user
        if word == home_view.LEAVE_ALL:
            self._answer(asked.place, self._subscribing.opt_out.leave_all(user))
            return
        if word in ALERT_WORDS:
            self._change_alert(asked, word, value)
            return
        channel, _, name = value.partition(" ")
        digest = self._store.of_name(channel, name)
        if digest is None or digest.state is State.OFF or not self._may_change(user, digest):
            self._answer(asked.place, "There is no such digest of yours any more.")
        elif word == home_view.CHANGE:
            self._subscribing.open_form(replace(asked, place=replace(asked.place, channel=channel)), name)
        else:
            self._answer(asked.place, self._change(asked.place, digest, word))

    def _change_alert(self, asked: Asked, word: str, value: str) -> None:
        """Change one alert of the person's own, an admin any; the form makes another in its place."""
        channel, _, number = value.partition(" ")
        place = replace(asked.place, channel=channel)
        alerting = self._alerting
        if not number.isdigit() or not self._may_change_alert(place, int(number)):
            self._answer(asked.place, "There is no such alert of yours any more.")
        elif (action := ALERT_WORDS[word]) is None:
            if not alerting.open_form(replace(asked, place=place), int(number)):
                self._answer(asked.place, f"In its channel, “alert edit {number} when …” changes it.")
        else:
            self._answer(asked.place, alerting.change(place, action, int(number)))

    def _may_change_alert(self, place: Place, number: int) -> bool:
        return self._alerting.is_own(place, number) or self._pages.is_admin(place.user)

    def _answer(self, place: Place, said: str) -> None:
        """Say in the tab what became of a click; directly, where Slack does not take the tab now."""
        if not self._pages.publish(place.user, said):
            self._delivery.tell(place, digest_messages.confirm_change(said))

    def find_direct(self, place: Place) -> Place:
        """
        Give the person's own conversation with the bot, where what was asked in the tab is answered.

        Where Slack does not name it now, the person stands for it: a post to them goes there too.
        """
        try:
            opened: Any = self._client.conversations_open(users=place.user)
            channel = str(pick(opened, "channel", "id"))
        except SLACK_FAILURES as failure:
            log.info("the conversation with %s is not named: %s", place.user, describe(failure))
            channel = place.user
        return replace(place, channel=channel, direct=True)

    def _may_change(self, user: str, digest: Subscription) -> bool:
        return digest.creator == user or self._pages.is_admin(user)

    # -------------------------------------------------------------------------------------------------------- changes

    def _change(self, place: Place, digest: Subscription, word: str) -> str:
        match word:
            case home_view.PAUSE:
                self._subscribing.changes.pause(digest, place.user)
                return "The digest is paused."
            case home_view.RESUME:
                if why_not := self._subscribing.enter(replace(place, channel=digest.channel)):
                    return why_not.replace("`", "")
                self._subscribing.changes.resume(digest, place.user)
                return "The digest comes again."
            case home_view.LEAVE:
                self._subscribing.changes.stop([digest], place.user)
                return "The digest is stopped."
            case _:
                return "This button belongs to an older version of me."
