"""One process keeps the time, another stands by and takes over."""

import threading

from analytics.storage.leadership import Leadership
from bot.app import Bot
from bot.timekeeper import LOST, Timekeeper
from tests.loopback import postgres

SOON = 0.05


class Ticker:
    """Stands for a bot: notes that it was started and closed."""

    def __init__(self) -> None:
        self.started, self.closed = threading.Event(), threading.Event()

    def start(self) -> None:
        """Note it."""
        self.started.set()

    def close(self) -> None:
        """Note it."""
        self.closed.set()


def keeper(url: str) -> tuple[Timekeeper, Ticker]:
    """Make one that looks often."""
    ticker = Ticker()
    return Timekeeper(url, lambda: ticker, SOON), ticker  # type: ignore[arg-type, return-value]


def test_one_leads_and_another_takes_over_when_it_ends(postgres_server: str) -> None:
    """The second does not begin before the first has closed what it had."""
    url = postgres.fresh_database(postgres_server)
    (first, one), (second, two) = keeper(url), keeper(url)
    first.start(lambda: None)
    assert one.started.wait(30)
    second.start(lambda: None)
    assert not two.started.wait(5 * SOON)

    first.close()

    assert two.started.wait(30)
    assert one.closed.is_set()
    second.close()
    assert (first.status, second.status) == (0, 0)


def test_who_loses_the_database_ends_with_a_status_that_says_so(postgres_server: str) -> None:
    """It cannot know who leads now, so it does not go on; started anew it stands by."""
    url, lost = postgres.fresh_database(postgres_server), threading.Event()
    first, one = keeper(url)
    first.start(lost.set)
    assert one.started.wait(30)

    postgres.cut_off(url)

    assert lost.wait(30)
    first.close()
    assert first.status == LOST


def test_who_leads_and_cannot_start_lets_another_lead(postgres_server: str) -> None:
    """It ends with a status, instead of holding the lead and doing nothing."""

    def fail() -> Bot:
        raise RuntimeError("the database went away between the lead and the start")

    url, ended = postgres.fresh_database(postgres_server), threading.Event()
    first, (second, two) = Timekeeper(url, fail, SOON), keeper(url)
    first.start(ended.set)
    assert ended.wait(30)
    first.close()
    second.start(lambda: None)

    assert two.started.wait(30)
    assert first.status == LOST
    second.close()


def test_who_asks_while_another_leads_is_told_no(postgres_server: str) -> None:
    """And yes once that one has let go; a server that is away leads nobody."""
    url = postgres.fresh_database(postgres_server)
    one, two, nowhere = Leadership(url), Leadership(url), Leadership("postgresql://nobody@127.0.0.1:9/none")

    assert (one.take(), two.take(), nowhere.take()) == (True, False, False)
    assert (one.is_held(), two.is_held()) == (True, False)
    one.close()
    assert two.take()
    two.close()
