"""The Home tab stays within what Slack takes, however much there is to show."""

import datetime as dt

import pytest

from analytics.alerts.alert_rules import Observed
from bot.alerting.alert_tables import Alert
from bot.digest.records import LedgerEntry, State, Subscription
from bot.digest.schedule import Slot
from bot.home_view import HomeFacts, view
from playground.block_kit import problems

DAY = dt.datetime(2026, 11, 23, 8, tzinfo=dt.UTC)
DIGEST = Subscription("T1", "C1", 0, dt.time(9), "UTC", "UANN", DAY, DAY, id=1)
FAILED = LedgerEntry(Slot(1, DAY.date(), dt.time(9), DAY), State.FAILED, DAY, DAY, "one", reason="it is archived")
ALERT = Alert(1, 1, "TensorFlow enters or leaves the top 30", Observed(DAY, [2, 30]), "UANN", DAY)


def test_the_fullest_tab_has_at_most_a_hundred_blocks() -> None:
    """An admin with two hundred of everything."""
    many = 200
    lines = tuple(f"line {number}" for number in range(many))
    alerts = [("C1", ALERT)] * many
    facts = HomeFacts(
        [(DIGEST, DAY)] * many, [(DIGEST, FAILED)] * many, lines, lines, [DIGEST] * many, "Done.", alerts, alerts
    )

    assert len(view(facts)["blocks"]) <= 100


@pytest.mark.parametrize(("digests", "alerts", "buttons"), [(0, 1, 1), (1, 0, 0), (1, 1, 1), (2, 0, 1), (2, 1, 1)])
def test_all_are_left_by_one_button_where_there_is_more_than_a_single_digest(
    digests: int, alerts: int, buttons: int
) -> None:
    """A digest alone has its own button; whatever there is, there is one that ends all of it, and no second."""
    facts = HomeFacts([(DIGEST, DAY)] * digests, (), (), (), alerts=[("C1", ALERT)] * alerts)

    assert str(view(facts)).count("'Leave All'") == buttons


def test_slack_takes_the_alerts_of_others() -> None:
    """The stand-in, which knows Slack's limits, finds nothing."""
    shown = view(HomeFacts((), (), (), (), (), others=[("C1", ALERT)]))["blocks"]

    assert "made by <@UANN>" in str(shown)
    assert problems(shown) == []
