"""
The page of each person's Home tab: what it shows, published when somebody opens it and after each change that it shows.

A tab that Slack does not take costs nothing else: everything in it can be typed too.
"""

import datetime as dt
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

from slack_sdk import WebClient

from analytics.errors import DatabaseTrouble, DatabaseUnusable
from bot import home_view
from bot.alerting.alert_store import AlertStore
from bot.digest.digest_commands import Reports
from bot.digest.lasting_failures import Failure, list_failures
from bot.digest.records import State, Subscription
from bot.digest.schedule import next_times
from bot.digest.store import DigestStore
from bot.home_view import HomeFacts
from bot.persons import Persons, is_person
from bot.slack_errors import SLACK_FAILURES, describe

log = logging.getLogger(__name__)


class HomePages:
    """Publishes through one client what its stores hold."""

    def __init__(
        self,
        store: DigestStore,
        alerts: AlertStore,
        client: WebClient,
        clock: Callable[[], dt.datetime],
        reports: Reports,
    ) -> None:
        self._store = store
        self._alerts = alerts
        self._client = client
        self._clock = clock
        self._reports = reports
        self._persons = Persons(client)
        self._admins: set[str] = set()
        self._acting: set[str] = set()

    def publish(self, user: str, said: str = "") -> bool:
        """Publish the tab of one person as things stand, under what was just done; tell whether Slack took it."""
        facts = replace(self._look(user), said=said)
        try:
            self._client.views_publish(user_id=user, view=home_view.view(facts))
        except SLACK_FAILURES as failure:
            log.warning("no Home tab for %s: %s", user, describe(failure))
            return False
        return True

    def renew(self, concerned: set[str]) -> None:
        """
        Show anew what was changed to those it is about, and to admins who have looked, since they see all of it.

        Whoever changes it in their own tab sees it there, under what became of their click.
        """
        for user in sorted((concerned | self._admins) - self._acting):
            if is_person(user):
                self.publish(user)

    @contextmanager
    def leave_to(self, user: str) -> Iterator[None]:
        """While it lasts leave a person's tab to the one who does what they clicked in it."""
        self._acting.add(user)
        try:
            yield
        finally:
            self._acting.discard(user)

    def is_admin(self, user: str) -> bool:
        """Tell whether somebody is an admin of the workspace; their tab then shows what others change, too."""
        told = self._persons.is_admin(user)
        (self._admins.add if told else self._admins.discard)(user)
        return told

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
        alerts, is_admin = self._alerts.list_everybodys(), self.is_admin(user)
        return HomeFacts(
            digests=[(digest, _find_next(digest, now)) for digest in wanted if digest.creator == user],
            failures=[*self._list_failures(user, self._store, now), *self._list_failures(user, self._alerts, now)],
            freshness=list(self._reports.freshness()),
            findings=list(self._reports.warnings()),
            alerts=[(channel, alert) for channel, alert in alerts if alert.creator == user],
            others=[(channel, alert) for channel, alert in alerts if is_admin and alert.creator != user],
            digests_of_others=[digest for digest in wanted if is_admin and digest.creator != user],
        )

    @staticmethod
    def _list_failures(user: str, store: DigestStore, now: dt.datetime) -> Iterator[Failure]:
        """Give what did not arrive and concerns a person: who made it, or who hears of it since its maker has left."""
        return list_failures(store, [one for one in store.list_wanted() if user in (one.creator, one.addressee)], now)


def _find_next(digest: Subscription, now: dt.datetime) -> dt.datetime | None:
    return next(iter(next_times(digest.rhythm, now)), None) if digest.state is State.ACTIVE else None
