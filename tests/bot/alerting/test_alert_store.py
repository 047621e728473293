"""Alerts as they are kept: one number each, whoever else sets one at the same moment."""

from concurrent.futures import ThreadPoolExecutor

from analytics.alerts.alert_rules import Observed
from bot.digest.records import State
from tests.bot.alerting.watching import NOON, TEN, AlertWatch

START = Observed(NOON, [2, 10])


def test_people_at_the_same_moment_get_a_number_each(watch: AlertWatch) -> None:
    """Four at once."""
    channel = watch.wait_for()
    words = [f"TensorFlow enters the top {n}" for n in range(1, 5)]
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda said: watch.store.add_alert(channel, said, START, "U1", NOON), words))

    assert sorted(one.number for one, _ in found) == [1, 2, 3, 4]


def test_the_same_again_is_the_same_alert_and_a_number_is_given_once(watch: AlertWatch) -> None:
    """One that ended keeps its number, so that what was told of it is told of no other."""
    channel = watch.wait_for()
    first, again = (watch.store.add_alert(channel, TEN.words, START, "U1", NOON) for _ in range(2))
    watch.store.set_alert(first[0], State.OFF, "U1")

    assert (first[0], first[1], again[1]) == (again[0], True, False)
    assert watch.store.add_alert(channel, TEN.words, START, "U1", NOON)[0].number == 2
