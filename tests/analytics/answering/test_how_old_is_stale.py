"""How old is stale: each kind of stored reading on both sides of its limit, in days written out here."""

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from analytics.analyst import Analyst
from analytics.answering.freshness import freshness
from analytics.answering.top_list_cache import TopListCache
from analytics.domain.answer import Origin
from analytics.domain.observations import Model, Ranking, TopList
from analytics.domain.requests import Changes, Official, OneModel, Papers, Request, Top, Totals
from analytics.storage.readings import Reading
from tests.analytics.answering.test_census_list_cache import DAY, MODELS, with_ever
from tests.analytics.answering.test_top_list_cache import DOWN, FakeClock, FakeHub, FakeStore
from tests.analytics.census.hubs import parquet, serving
from tests.loopback.hub import LoopbackHub
from tests.loopback.hub_items import model

A_DAY, A_SECOND, A_MINUTE = dt.timedelta(days=1), dt.timedelta(seconds=1), dt.timedelta(minutes=1)
ORIGIN = Origin("Hub", "listing", "https://example.org", "2026-11-23")
PAPERS = {"rows": [["2021Q4", "pytorch_only", 80], ["2021Q4", "neither", 20]], "undated": 0}
WEEKLY = dt.timedelta(days=15)
"""Two weeks and a day, for what the bot collects weekly."""


@pytest.fixture(scope="module")
def hub() -> Iterator[LoopbackHub]:
    """Serve a daily snapshot that tells downloads of all time."""
    with serving(MODELS, daily=parquet(MODELS, with_ever)) as running:
        yield running


@pytest.fixture(scope="module")
def at(hub: LoopbackHub, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[dt.timedelta], Analyst]]:
    """Give the analyst of one folder, in which everything was stored at DAY, so long afterwards."""
    now = [DAY]
    analyst = Analyst(tmp_path_factory.mktemp("home"), hub.endpoint, clock=lambda: now[0])
    analyst.collect("census")
    context = analyst.context
    context.readings.add(Reading("hub_papers", "", DAY, "rule", PAPERS))
    context.readings.add(Reading("official", "", DAY, "official-1", {"collections": {}}))
    for day in (DAY - 7 * A_DAY, DAY):
        models = tuple(Model(f"lab/m{number}", 1, tags=("pytorch",)) for number in range(40))
        context.top_lists.add(TopList(Ranking(), day, models, 40, complete=True, origin=ORIGIN), "m")

    def later(passed: dt.timedelta) -> Analyst:
        now[0] = DAY + passed
        return analyst

    yield later
    analyst.close()


@pytest.mark.kept
@pytest.mark.parametrize(
    ("request_", "limit"),
    [
        (Top(20, "alltime"), WEEKLY),
        (Totals(), WEEKLY),
        (Papers(), WEEKLY),
        (Official(), WEEKLY),
        (Changes(), 2 * A_DAY),
    ],
    ids=["alltime", "totals", "papers", "official", "changes"],
)
def test_a_reading_is_stale_from_its_limit_on_and_not_before(
    at: Callable[[dt.timedelta], Analyst], request_: Request, limit: dt.timedelta
) -> None:
    """At the limit it is still taken as it is, a second later it is marked."""
    assert not at(limit).answer(request_).stale
    assert at(limit + A_SECOND).answer(request_).stale


@pytest.mark.parametrize("request_", [Top(20, "alltime"), Totals(), Papers(), Official(), Changes()], ids=str)
def test_what_was_known_on_a_past_day_is_not_stale(at: Callable[[dt.timedelta], Analyst], request_: Request) -> None:
    """Who asks for a day gets that day, however long ago it is."""
    assert not at(100 * A_DAY).answer(request_, as_of=DAY + A_DAY).stale


def test_a_top_list_answers_for_six_hours() -> None:
    """A second before they are over the stored list answers, then the Hub is asked again."""
    hub, clock = FakeHub(), FakeClock()
    lists = TopListCache(hub, FakeStore(), clock)
    lists.read(Top())
    clock.now += 6 * 60 * A_MINUTE - A_SECOND
    lists.read(Top())
    assert len(hub.asked) == 1

    clock.now += A_SECOND
    lists.read(Top())
    assert len(hub.asked) == 2


def test_a_failing_hub_rests_for_a_minute() -> None:
    """For a minute nobody asks it again, and no longer."""
    hub, clock = FakeHub(DOWN), FakeClock()
    lists = TopListCache(hub, FakeStore(), clock)
    lists.read(Top())
    clock.now += A_MINUTE - A_SECOND
    lists.read(Top())
    assert len(hub.asked) == 1

    clock.now += A_SECOND
    lists.read(Top())
    assert len(hub.asked) == 2


def test_one_model_answers_for_six_hours(tmp_path: Path) -> None:
    """The same holds for the reading of a single model."""
    now = [DAY]
    with LoopbackHub([model("google/bert", tags=["pytorch"], siblings=["pytorch_model.bin"])]) as hub:
        analyst = Analyst(tmp_path, hub.endpoint, clock=lambda: now[0])

        def asked(passed: dt.timedelta) -> int:
            now[0] = DAY + passed
            analyst.answer(OneModel("google/bert"))
            return len(hub.asked("/api/models/google/bert"))

        counts = [asked(passed) for passed in (0 * A_DAY, A_DAY / 4 - A_SECOND, A_DAY / 4)]
        analyst.close()
    assert counts == [1, 1, 2]


def test_a_reading_dated_by_a_clock_that_was_ahead_hides_nothing_that_is_of_now(
    hub: LoopbackHub, tmp_path: Path
) -> None:
    """Neither a list nor papers of a week to come are answered from, told in `status`, or keep the Hub unasked."""
    analyst = Analyst(tmp_path, hub.endpoint, clock=lambda: DAY)
    context, ahead = analyst.context, DAY + 7 * A_DAY
    for moment, n in ((DAY - A_DAY, 80), (ahead, 90)):
        rows = [["2021Q4", "pytorch_only", n], ["2021Q4", "neither", 20]]
        context.readings.add(Reading("hub_papers", "", moment, "rule", PAPERS | {"rows": rows}))
        models = (Model(f"lab/of-{moment.day}", 1, tags=("pytorch",)),) * 40
        context.top_lists.add(TopList(Ranking(), moment, models, 40, complete=True, origin=ORIGIN), "m")
    before = len(hub.requests)
    answered, status = analyst.answer(Top(10)), list(freshness(context))
    papers = analyst.answer(Papers())
    analyst.close()

    assert len(hub.requests) > before
    assert not answered.stale
    assert "80" in str(papers.table)
    assert not [line for line in status if f"{ahead.day} {ahead:%b}" in line]


def test_status_tells_of_what_a_clock_that_was_ahead_read_that_it_is_not_used(hub: LoopbackHub, tmp_path: Path) -> None:
    """That nothing is stored would not be true."""
    analyst = Analyst(tmp_path, hub.endpoint, clock=lambda: DAY)
    analyst.context.readings.add(Reading("official", "", DAY + A_DAY, "official-1", {"collections": {}}))
    said = [line for line in freshness(analyst.context) if line.startswith("Official collections")]
    analyst.close()

    assert len(said) == 1
    assert "bears a date to come, 24 Nov 2026" in said[0]
