"""
The Home tab: published when somebody opens it, and after each change of a digest that it shows, whoever makes it.

Whoever made a digest may pause, change and leave it here, and the workspace's admins may any; in its channel every
member may, as everywhere. A tab that Slack does not take costs nothing else: everything in it can be typed too.
"""

import datetime as dt
import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from slack_sdk import WebClient

from analytics.alerts.alert_words import AlertAction
from analytics.errors import DatabaseTrouble, DatabaseUnusable
from bot import home_view
from bot.alerting.alert_commands import Alerting
from bot.alerting.alert_tables import Alert
from bot.delivery import Delivery
from bot.digest import digest_messages
from bot.digest.digest_commands import Asked, Reports, Subscribing
from bot.digest.lasting_failures import Failure, list_failures
from bot.digest.records import State, Subscription
from bot.digest.schedule import next_times
from bot.digest.store import DigestStore
from bot.home_view import HomeFacts
from bot.persons import Persons, is_person
from bot.place import Place
from bot.slack_errors import SLACK_FAILURES, describe

log = logging.getLogger(__name__)

ALERT_WORDS: dict[str, AlertAction | None] = {
    home_view.ALERT_PAUSE: AlertAction.PAUSE,
    home_view.ALERT_RESUME: AlertAction.RESUME,
    home_view.ALERT_LEAVE: AlertAction.OFF,
    home_view.ALERT_CHANGE: None,
}
"""Buttons of an alert, and what each does; None: it opens the form."""


class HomeTab:
    """Shows and changes through one client."""

    def __init__(
        self,
        store: DigestStore,
        subscribing: Subscribing,
        client: WebClient,
        clock: Callable[[], dt.datetime],
        reports: Reports,
        delivery: Delivery,
        *,
        alerting: Alerting | None = None,
    ) -> None:
        self._alerting = alerting
        self._delivery = delivery
        self._store = store
        self._subscribing = subscribing
        self._client = client
        self._clock = clock
        self._reports = reports
        self._persons = Persons(client)
        self._admins: set[str] = set()
        self._acting: set[str] = set()

    def show(self, user: str) -> None:
        """Publish the tab of one person as things stand."""
        self._publish(user)

    def renew(self, concerned: set[str]) -> None:
        """
        Show anew what was changed to those it is about, and to admins who have looked, since they see all of it.

        Whoever changes it in their own tab sees it there, under what became of their click.
        """
        for user in sorted((concerned | self._admins) - self._acting):
            if is_person(user):
                self._publish(user)

    def _publish(self, user: str, said: str = "") -> bool:
        """Publish it, under what was just done; tell whether Slack took it."""
        facts = replace(self._look(user), said=said)
        try:
            self._client.views_publish(user_id=user, view=home_view.view(facts))
        except SLACK_FAILURES as failure:
            log.info("no Home tab for %s: %s", user, describe(failure))
            return False
        return True

    def act(self, asked: Asked, word: str, value: str) -> None:
        """Do what a button of the tab says, and show what became of it."""
        self._acting.add(asked.place.user)
        try:
            self._act(asked, word, value)
        finally:
            self._acting.discard(asked.place.user)

    def _act(self, asked: Asked, word: str, value: str) -> None:
        user = asked.place.user
        if word == home_view.LEAVE_ALL:
            self._answer(asked.place, self._subscribing.leave_all(user))
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
        if alerting is None or not number.isdigit() or not self._may_change_alert(alerting, place, int(number)):
            self._answer(asked.place, "There is no such alert of yours any more.")
        elif (action := ALERT_WORDS[word]) is None:
            if not alerting.open_form(replace(asked, place=place), int(number)):
                self._answer(asked.place, f"In its channel, “alert edit {number} when …” changes it.")
        else:
            self._answer(asked.place, alerting.change(place, action, int(number)))

    def _may_change_alert(self, alerting: Alerting, place: Place, number: int) -> bool:
        return alerting.is_own(place, number) or self._is_admin(place.user)

    def _answer(self, place: Place, said: str) -> None:
        """Say in the tab what became of a click; directly, where Slack does not take the tab now."""
        if not self._publish(place.user, said):
            self._delivery.tell(place, digest_messages.confirm_change(said))

    def find_direct(self, place: Place) -> Place:
        """
        Give the person's own conversation with the bot, where what was asked in the tab is answered.

        Where Slack does not name it now, the person stands for it: a post to them goes there too.
        """
        try:
            opened: Any = self._client.conversations_open(users=place.user)
            channel = str(opened["channel"]["id"])
        except SLACK_FAILURES as failure:
            log.info("the conversation with %s is not named: %s", place.user, describe(failure))
            channel = place.user
        return replace(place, channel=channel, direct=True)

    # ---------------------------------------------------------------------------------------------------------- facts

    def _look(self, user: str) -> HomeFacts:
        """Gather what is shown; where the database is away the tab says so, and what can be asked all the same."""
        try:
            return self._gather(user)
        except (DatabaseTrouble, DatabaseUnusable) as trouble:
            log.warning("the Home tab of %s is short: %s", user, trouble)
            return HomeFacts(digests=None, failures=(), freshness=(), findings=(str(trouble),))

    def _gather(self, user: str) -> HomeFacts:
        now, wanted = self._clock(), self._store.list_wanted()
        own = [digest for digest in wanted if digest.creator == user]
        is_admin = self._is_admin(user)
        return HomeFacts(
            digests=[(digest, self._comes(digest, now)) for digest in own],
            failures=self._list_failures(user, wanted, now),
            freshness=list(self._reports.freshness()),
            findings=list(self._reports.warnings()),
            alerts=self._alerting.list_own(user) if self._alerting else (),
            others=self._list_others(user) if is_admin else (),
            digests_of_others=[digest for digest in wanted if digest.creator != user] if is_admin else (),
        )

    def _list_failures(self, user: str, wanted: Sequence[Subscription], now: dt.datetime) -> list[Failure]:
        """Give what did not arrive and concerns a person: who made it, or who hears of it since its maker has left."""
        theirs = [digest for digest in wanted if user in (digest.creator, digest.addressee)]
        of_alerts = self._alerting.list_failures(user, now) if self._alerting else ()
        return [*list_failures(self._store, theirs, now), *of_alerts]

    def _list_others(self, user: str) -> list[tuple[str, Alert]]:
        """Give the alerts that others made, for an admin."""
        everybody = self._alerting.list_everybody() if self._alerting else []
        return [(channel, alert) for channel, alert in everybody if alert.creator != user]

    @staticmethod
    def _comes(digest: Subscription, now: dt.datetime) -> dt.datetime | None:
        return next(iter(next_times(digest.rhythm, now)), None) if digest.state is State.ACTIVE else None

    def _may_change(self, user: str, digest: Subscription) -> bool:
        return digest.creator == user or self._is_admin(user)

    def _is_admin(self, user: str) -> bool:
        told = self._persons.is_admin(user)
        (self._admins.add if told else self._admins.discard)(user)
        return told

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
