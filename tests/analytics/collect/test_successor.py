"""The successor of Papers with Code, over HTTP: a count is believed only if it can only mean what was asked."""

import datetime as dt
import json
import re
from collections.abc import Callable
from typing import Any

import pytest

from analytics.collect import papers_collector
from analytics.errors import Changed, Missing, RateLimited, SourceError, Unreachable
from analytics.sources.papers_live import PapersLive
from analytics.storage.readings import Reading
from tests.analytics.no_waiting import not_really
from tests.analytics.papers.papers_door import NOW, OPEN, published
from tests.loopback import archive_rows as archive
from tests.loopback.hub import LoopbackHub
from tests.loopback.papers_api import ListedPaper, PapersApi, WrongAnswer

PAPERS = "/papers/"


def client(api: PapersApi, seconds: float = 5.0, waits: list[float] | None = None) -> PapersLive:
    """Make a client that does not really wait."""
    return PapersLive(api.address, seconds, not_really(waits))


def collected(opened: OPEN, now: dt.datetime = NOW) -> tuple[Reading | None, tuple[str, ...]]:
    """Collect with an archive that answers; give what is stored of the successor, and what was said."""
    with LoopbackHub(datasets=archive.datasets(archive.real_links())) as hub:
        door = opened(hub.endpoint, now)
        said = papers_collector.collect_both(door.context, not_really())
        return door.context.readings.newest("papers_live"), said


def counts(reading: Reading | None, name: str) -> dict[str, int]:
    """Give what is stored of one framework, or of all papers."""
    assert reading
    return {quarter: n for quarter, own, n in reading.body["rows"] if own == name}


def test_a_quarter_is_counted_with_its_first_and_last_day(api: PapersApi) -> None:
    """Both are inclusive, and the answer must echo both."""
    api.papers = [ListedPaper(day) for day in ("2025-12-31", "2026-01-01", "2026-03-31", "2026-04-01")]

    assert client(api).count("2026Q1", "2026Q1") == 2
    assert api.asked[-1][1]["page_size"] == "1"


def test_no_token_is_sent(api: PapersApi) -> None:
    """It is another house than the Hub."""
    client(api).frameworks()

    assert "authorization" not in api.asked[0][2]
    assert api.asked[0][2]["accept"].startswith("application/json")


@pytest.mark.parametrize("deaf", ["framework", "start_date", "end_date"])
def test_a_filter_that_is_not_echoed_was_ignored(api: PapersApi, deaf: str) -> None:
    """Its count is of something else, however plausible it looks."""
    api.deaf = frozenset({deaf})

    with pytest.raises(Changed, match=f"ignored the filter {deaf}"):
        client(api).count("2026Q1", "2026Q1", "PyTorch")


def test_an_answer_that_echoes_nothing_is_refused(api: PapersApi) -> None:
    """Even where no framework was asked for: the dates were."""
    api.echoes = False

    with pytest.raises(Changed, match="ignored the filter start_date, end_date"):
        client(api).count("2026Q1", "2026Q1")


@pytest.mark.parametrize(
    ("broken", "error", "why"),
    [
        (WrongAnswer(500, b"oops"), Unreachable, "it answered 500"),
        (WrongAnswer(200, b"<html>Be right back</html>"), Unreachable, "a web page instead of data"),
        (WrongAnswer(200, b'{"count": 3'), Unreachable, "cut off or is no data"),
        (WrongAnswer(200, b" " * (2 * 2**20 + 1)), Changed, "it sent more than 2 MB"),
        (WrongAnswer(200, b"[1, 2]"), Changed, "ignored the filter"),
        (WrongAnswer(200, b'{"count": 3, "applied_filters": ["start_date"]}'), Changed, "ignored the filter"),
        (WrongAnswer(403, b'{"detail": "no"}'), Changed, "it answered 403"),
        (WrongAnswer(404, b"gone"), Changed, "it answered 404"),
        (WrongAnswer(429, b"slow down", {"Retry-After": "3600"}), RateLimited, "it asks for a pause"),
        (WrongAnswer(200, b"{}", seconds=5), Unreachable, "did not answer"),
    ],
)
def test_every_kind_of_bad_answer_is_an_error_of_ours(
    api: PapersApi, broken: WrongAnswer, error: type[SourceError], why: str
) -> None:
    """Down, confused, cut off, too large, of another shape, refusing, slow: never a number."""
    api.broken[PAPERS] = broken

    with pytest.raises(error, match=why):
        client(api, seconds=0.3 if broken.seconds else 5).count("2026Q1", "2026Q1")


@pytest.mark.parametrize("count", [None, "12", 1.5, True, -1])
def test_a_count_that_is_no_number_of_papers_is_refused(api: PapersApi, count: Any) -> None:
    """Whatever else the answer says."""
    applied = {"start_date": "2026-01-01", "end_date": "2026-03-31"}
    api.broken[PAPERS] = WrongAnswer(200, json.dumps({"count": count, "applied_filters": applied}).encode())

    with pytest.raises(Changed, match="gives no count"):
        client(api).count("2026Q1", "2026Q1")


def test_a_passing_failure_costs_a_pause(api: PapersApi) -> None:
    """Once 502, once 429 with seconds to wait: the third answer counts."""
    waits: list[float] = []
    api.broken[PAPERS] = WrongAnswer(502, b"", times=1)
    assert client(api, waits=waits).count("2026Q1", "2026Q1") == 10
    api.broken[PAPERS] = WrongAnswer(429, b"", {"Retry-After": "7"}, times=1)
    assert client(api, waits=waits).count("2026Q1", "2026Q1") == 10

    assert waits == [2.0, 8.0]


def test_an_unknown_framework_is_missing_and_a_lost_address_is_not(api: PapersApi) -> None:
    """404 means "no such framework" only where one was asked for."""
    with pytest.raises(Missing, match="no framework TensorFlow"):
        client(api).count("2026Q1", "2026Q1", "TensorFlow")


@pytest.mark.parametrize("status", [404, 200])
def test_a_framework_it_does_not_know_has_no_counts_at_all(opened: OPEN, api: PapersApi, status: int) -> None:
    """TensorFlow is 404 or everywhere 0: missing, while PyTorch's empty quarter is a true zero."""
    api.unknown = status

    reading, _ = collected(opened)

    assert counts(reading, "TensorFlow") == {}
    assert reading
    assert reading.body["missing"] == ["TensorFlow"]
    assert counts(reading, "PyTorch")["2026Q2"] == counts(reading, "(all)")["2026Q2"] == 0


def test_all_whole_quarters_are_counted_under_our_names(opened: OPEN) -> None:
    """The catalogue writes `pytorch`; the running quarter has 99 papers and is left out."""
    reading, _ = collected(opened)

    assert list(counts(reading, "(all)"))[::14] == ["2023Q1", "2026Q3"]
    assert counts(reading, "PyTorch")["2026Q3"] == 7
    assert counts(reading, "JAX")["2026Q3"] == 2
    assert counts(reading, "(all)")["2026Q3"] == 20


def test_old_quarters_are_counted_anew(opened: OPEN, api: PapersApi) -> None:
    """The catalogue is filled later on: a week later 2026 Q1 has three papers more."""
    collected(opened)
    api.papers += published("2026-01", "PyTorch", n=3)

    reading, _ = collected(opened, NOW + dt.timedelta(weeks=1))

    assert counts(reading, "PyTorch")["2026Q1"] == 7


def test_a_filter_that_is_echoed_and_not_applied_is_found_out(opened: OPEN, api: PapersApi) -> None:
    """Every framework would have every paper."""
    api.deaf, api.pretends = frozenset({"framework"}), True
    with LoopbackHub(datasets=archive.datasets(archive.real_links())) as hub:
        said = opened(hub.endpoint).collect("papers")

    assert re.search(r"it has all \d+ papers under pytorch and under .*: it does not filter", said[1])


def test_an_archive_that_lost_a_part_is_refused(opened: OPEN) -> None:
    """It is frozen: fewer pairs than last week are pairs that are missing."""
    links = archive.real_links()
    with LoopbackHub(datasets=archive.datasets(links)) as hub:
        opened(hub.endpoint).collect("papers")
    with LoopbackHub(datasets=archive.datasets(links[:300])) as hub:
        said = opened(hub.endpoint, NOW + dt.timedelta(days=7)).collect("papers")

    assert "it holds 300 pairs, the reading before 400: part of it is missing upstream" in said[0]


def test_a_new_name_in_the_catalogue_is_reported(opened: OPEN, api: PapersApi) -> None:
    """It may be a framework we should count: it is said and stored, not dropped."""
    _, first = collected(opened)
    api.frameworks = (*api.frameworks, "Mojo")

    reading, second = collected(opened, NOW + dt.timedelta(weeks=1))

    assert "New in its catalogue" not in first[1]
    assert second[1].endswith("New in its catalogue: Mojo.")
    assert reading
    assert list(reading.body["names"]) == ["pytorch", "JAX", "vLLM", "Mojo"]


def deaf(api: PapersApi) -> None:
    """Ignore the filter by framework."""
    api.deaf = frozenset({"framework"})


def without_names(api: PapersApi) -> None:
    """List no frameworks any more."""
    api.broken["/frameworks/"] = WrongAnswer(200, b'{"domains": []}')


@pytest.mark.parametrize(
    ("spoil", "said"),
    [(deaf, "it ignored the filter framework"), (without_names, "it lists no frameworks")],
)
def test_a_successor_in_trouble_is_said_and_the_archive_stored(
    opened: OPEN, api: PapersApi, spoil: Callable[[PapersApi], None], said: str
) -> None:
    """Nothing of it is stored, not even the quarters that went well."""
    spoil(api)

    reading, sentences = collected(opened)

    assert reading is None
    assert sentences[0].startswith("The archive: 400 pairs")
    assert sentences[1].startswith(f"The live successor could not be read: {said}")
