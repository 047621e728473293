"""The Home tab where something of ours is away."""

import datetime as dt
from typing import TYPE_CHECKING, Any, cast

from analytics.errors import DatabaseTrouble
from bot.delivery import Delivery
from bot.digest.digest_commands import Reports, Subscribing
from bot.home_tab import HomeTab

if TYPE_CHECKING:
    from slack_sdk import WebClient

    from bot.digest.store import DigestStore

NOW = dt.datetime(2026, 11, 27, tzinfo=dt.UTC)


class Away:
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
    slack, store = cast("WebClient", client), cast("DigestStore", Away())
    tab = HomeTab(store, cast("Subscribing", None), slack, lambda: NOW, Reports(), Delivery(slack))

    tab.show("U1")

    user, shown = client.shown
    assert user == "U1"
    assert "They cannot be looked up at the moment" in shown
    assert "The database is away. It is asked again." in shown
    assert "You have made none" not in shown
