"""The pages of Home tabs where something of ours is away."""

import datetime as dt
from typing import TYPE_CHECKING, Any, cast

from analytics.errors import DatabaseTrouble
from bot.digest.digest_commands import Reports
from bot.home_pages import HomePages

if TYPE_CHECKING:
    from slack_sdk import WebClient

    from bot.alerting.alert_store import AlertStore
    from bot.digest.store import DigestStore

NOW = dt.datetime(2026, 11, 27, tzinfo=dt.UTC)


class StoreAway:
    """A store whose database is away."""

    def list_wanted(self) -> list[Any]:
        """Find none."""
        raise DatabaseTrouble("The database is away.", "It is asked again.")


class Publishing:
    """A client that keeps the tab; it has no way to write to anybody."""

    def views_publish(self, *, user_id: str, view: dict[str, Any]) -> None:
        """Keep it."""
        self.shown = user_id, str(view)


def test_where_the_database_is_away_the_tab_says_so() -> None:
    """What can be asked stays, nothing is claimed of digests, and who only looked is not written to."""
    client = Publishing()
    store, alerts = cast("DigestStore", StoreAway()), cast("AlertStore", None)

    HomePages(store, alerts, cast("WebClient", client), lambda: NOW, Reports()).publish("U1")

    user, shown = client.shown
    assert user == "U1"
    assert "They cannot be looked up at the moment" in shown
    assert "The database is away. It is asked again." in shown
    assert "You have made none" not in shown
