"""A ranking is read whole or not at all, in the Hub's order, at one moment, with as few requests as will do."""

import datetime as dt
import threading
import time

import pytest

from analytics.domain.observations import Ranking, TopList
from analytics.errors import Changed, Unreachable
from analytics.sources.hub.client import HubClient
from analytics.sources.hub.items import FIELDS
from tests.analytics.sources.reading import NOON, TEN, ids, top
from tests.loopback import hub_faults as faults
from tests.loopback.hub import LoopbackHub
from tests.loopback.hub_answers import EXPANDABLE
from tests.loopback.hub_items import model


@pytest.mark.parametrize(("by", "field"), [("likes", "likes"), ("trending", "trendingScore")])
def test_the_other_measures_rank_by_themselves(by: str, field: str) -> None:
    """By likes or by trending the order is that of likes or of the trending score."""
    models = [model("o/one", downloads=9, **{field: 1}), model("o/two", downloads=1, **{field: 2})]

    with LoopbackHub(models) as hub:
        assert ids(top(hub, ranking=Ranking(by))) == ["o/two", "o/one"]
        assert hub.requests[0].all("sort") == [field]


def test_the_hubs_order_stands_where_the_measures_differ() -> None:
    """A measure that cannot be read moves no model."""
    items = [{"id": "o/b", "downloads": 9}, {"id": "o/c", "downloads": "many"}, {"id": "o/a", "downloads": 7}]
    with LoopbackHub() as hub:
        hub.faults.put(faults.says_json(items))

        assert ids(top(hub)) == ["o/b", "o/c", "o/a"]


def test_an_empty_ranking_is_complete() -> None:
    """An author without models is an answer."""
    with LoopbackHub(TEN) as hub:
        nobody = top(hub, ranking=Ranking(author="nobody"))

    assert (nobody.models, nobody.complete) == ((), True)


def test_pages_are_joined_and_no_model_comes_twice() -> None:
    """A model that moved between two pages is counted at its first place."""
    with LoopbackHub(TEN, most_a_page=4) as hub:
        again = [{"id": "org/m3", "downloads": 96}, {"id": "org/m4", "downloads": 96}]
        hub.faults.put(faults.says_json(again), skip=1)

        assert ids(top(hub)) == ["org/m0", "org/m1", "org/m2", "org/m3", "org/m4"]


def test_no_page_is_read_that_is_not_needed() -> None:
    """The Hub allows few requests, so the next page waits until it is wanted."""
    with LoopbackHub(TEN, most_a_page=4) as hub:
        top(hub, 4)

        assert len(hub.requests) == 1


def test_only_fields_that_are_needed_and_known_are_asked_for() -> None:
    """An unknown name would cost the whole answer."""
    with LoopbackHub(TEN) as hub:
        top(hub)

        assert sorted(hub.requests[0].all("expand")) == sorted(FIELDS)
    assert set(FIELDS) <= EXPANDABLE


def test_the_moment_is_one_and_the_same_and_after_the_answer() -> None:
    """A clock that moves on between two looks does not split the reading in two moments."""
    looks: list[int] = []

    def clock() -> dt.datetime:
        looks.append(len(hub.requests))
        return NOON + dt.timedelta(hours=len(looks))

    with LoopbackHub(TEN) as hub:
        read = HubClient(hub.endpoint).top(Ranking(), 10, seconds=5, now=clock)

    assert looks == [1]
    assert read.origin.accessed == f"{read.as_of:%Y-%m-%dT%H:%M:%SZ}"


def test_a_failing_second_page_costs_the_list() -> None:
    """Half a ranking never passes as a whole one."""
    with LoopbackHub(TEN, most_a_page=4) as hub:
        hub.faults.put(faults.BAD_GATEWAY, skip=1)

        with pytest.raises(Unreachable, match="it answered 502"):
            top(hub)


def test_a_failure_is_not_tried_again() -> None:
    """There are stored readings to answer from, and the Hub has enough to do."""
    with LoopbackHub(TEN) as hub:
        hub.faults.put(faults.BAD_GATEWAY)

        with pytest.raises(Unreachable):
            top(hub)

        assert len(hub.requests) == 1


def test_a_relative_next_page_is_understood() -> None:
    """A link without a host is one on the same host."""
    with LoopbackHub(TEN, most_a_page=4) as hub:
        hub.faults.put(faults.links_to("/api/models?limit=3&sort=downloads&cursor=eyJkb3dubG9hZHMiOnsiJGx0Ijo5N319"))

        assert ids(top(hub, 7)) == [f"org/m{place}" for place in range(7)]


def test_the_same_cursor_again_ends_the_reading() -> None:
    """A list of pages that runs in a circle is not walked for ever."""
    with LoopbackHub(TEN, most_a_page=4) as hub:
        hub.faults.put(faults.links_to_itself, skip=1)

        with pytest.raises(Changed, match="circle"):
            top(hub)

        assert len(hub.requests) == 2


@pytest.mark.parametrize("link", ["http://a:b:c/", "http://127.0.0.1:99999999/", "mailto:x"])
def test_a_next_page_that_is_no_address_has_changed(link: str) -> None:
    """Whatever stands in the Link header ends in an error of ours."""
    with LoopbackHub(TEN, most_a_page=4) as hub:
        hub.faults.put(faults.links_to(link))

        with pytest.raises(Changed):
            top(hub)


def test_the_deadline_is_one_for_all_pages() -> None:
    """A second page has only the time that the first one left."""
    with LoopbackHub(TEN, most_a_page=4) as hub:
        hub.faults.put(faults.stalls(1.5))
        hub.faults.put(faults.stalls())
        started = time.monotonic()

        with pytest.raises(Unreachable, match="did not answer"):
            top(hub, seconds=3)

        assert len(hub.requests) == 2
        assert time.monotonic() - started < 4.5  # with three seconds of its own it would be more


def test_a_reader_that_was_given_up_ends_by_itself() -> None:
    """No thread is left behind to pile up while the Hub drips."""
    with LoopbackHub(TEN) as hub:
        hub.faults.put(faults.drips(0.05))
        with pytest.raises(Unreachable):
            top(hub, seconds=0.2)
        readers = [thread for thread in threading.enumerate() if thread.name == "hub-reader"]
        for reader in readers:
            reader.join(30)

        assert [reader for reader in readers if reader.is_alive()] == []


def test_twenty_readers_at_once_all_get_their_list() -> None:
    """One Hub can be asked from several threads."""
    lists: list[TopList] = []
    with LoopbackHub(TEN) as hub:
        threads = [threading.Thread(target=lambda: lists.append(top(hub))) for _ in range(20)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    assert lists == [lists[0]] * 20
