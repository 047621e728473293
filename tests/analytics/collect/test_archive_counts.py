"""The archive of Papers with Code, over HTTP in its own schema: what is counted, what is dropped, what is refused."""

import datetime as dt
import re
from collections import Counter
from typing import Any

import pyarrow as pa
import pytest

from analytics.collect.papers_collector import count_archive
from analytics.errors import Changed, Missing, Unreachable
from analytics.sources import papers_archive
from tests.analytics.no_waiting import not_really
from tests.analytics.papers.papers_door import NOW
from tests.loopback import archive_rows as archive
from tests.loopback.archive_rows import TEXT, Row, link
from tests.loopback.hub import LoopbackHub
from tests.loopback.hub_faults import BAD_GATEWAY, shorter_than_promised


def read(hub: LoopbackHub, waits: list[float] | None = None) -> papers_archive.PapersArchive:
    """Read the archive from a stand-in."""
    return papers_archive.read(hub.endpoint, None, lambda: NOW, not_really(waits))


def counted(datasets: archive.Datasets) -> dict[str, Any]:
    """Serve, read and count."""
    with LoopbackHub(datasets=datasets) as hub:
        return count_archive(read(hub).links)


def rows(body: dict[str, Any], unit: str, *, official: bool = False) -> dict[tuple[str, str], int]:
    """Give (quarter, framework) -> n."""
    return {(row[2], row[3]): row[4] for row in body["rows"] if row[0] == unit and row[1] == official}


def by_hand(links: list[Row], unit: str, *, official: bool) -> Counter[tuple[str, str]]:
    """Count in plain Python by the quarters that came with the real links."""
    kept = [row for row in links if row["paper_quarter"] and (row["is_official"] or not official)]
    named = [(row["paper_url"], row["paper_quarter"], row["framework"]) for row in kept]
    if unit == "pair":
        return Counter((quarter, framework) for _, quarter, framework in named)
    if unit == "repository":
        earliest: dict[str, Row] = {}
        for row in kept:
            known = earliest.setdefault(row["repo_url"].casefold(), row)
            if row["paper_quarter"] < known["paper_quarter"]:
                earliest[row["repo_url"].casefold()] = row
        return Counter((row["paper_quarter"], row["framework"]) for row in earliest.values())
    whole = [(url, quarter, "(all)") for url, quarter, _ in named]
    known = [(url, quarter, "(named)") for url, quarter, framework in named if framework != "none"]
    return Counter((quarter, framework) for _, quarter, framework in {*named, *whole, *known})


@pytest.mark.parametrize("unit", ["pair", "repository", "paper"])
@pytest.mark.parametrize("official", [False, True])
def test_real_links_are_counted_as_by_hand(unit: str, official: bool) -> None:  # noqa: FBT001 - a parameter of the test
    """400 real links, by each unit, all or official: every quarter and framework, the older quarters too."""
    links = archive.real_links()
    found = rows(counted(archive.datasets(links)), unit, official=official)

    expected = by_hand(links, unit, official=official)
    assert len(expected) > 60
    assert {key: n for key, n in found.items() if key[0] != "2004Q4"} == dict(expected)


def test_the_same_date_as_text_or_as_a_time_stamp_counts_the_same() -> None:
    """Which of the two the archive holds is not known; text may carry a time."""
    links = [link(f"p{n}", f"o/r{n}") for n in range(4)]
    urls = [row["paper_url"] for row in links]
    days = [dt.datetime(2019, 12, 31, 23, 59), dt.datetime(2020, 1, 1), dt.datetime(2020, 3, 31), None]  # noqa: DTZ001 - as Parquet holds them
    texts = ["2019-12-31 23:59:00", "2020-01-01", "2020-03-31T00:00:00", "no date"]

    stamps = counted(archive.datasets(links, dict(zip(urls, days, strict=True)), dated=pa.timestamp("ms")))
    written = counted(archive.datasets(links, dict(zip(urls, texts, strict=True))))

    assert stamps == written
    assert rows(written, "repository") == {("2019Q4", "pytorch"): 1, ("2020Q1", "pytorch"): 2}
    assert written["undated"] == 1


@pytest.mark.parametrize(
    ("date", "kind"),
    [
        ("2019-12", TEXT),
        ("2020-01-01T01:30:00+05:00", TEXT),
        ("2019-12-31T19:30:00.5Z", TEXT),
        (dt.date(2019, 12, 31), pa.date32()),
        (dt.datetime(2019, 12, 31, 23, 59, tzinfo=dt.UTC), pa.timestamp("ns", "Asia/Tokyo")),
    ],
)
def test_a_date_counts_in_utc_in_each_form_that_it_may_have(date: Any, kind: pa.DataType) -> None:
    """A month alone, another zone's midnight, a day, nanoseconds: each of these lies in the last quarter of 2019."""
    row = link("a", "o/r", paper_arxiv_id="2111.00001")

    body = counted(archive.datasets([row], {row["paper_url"]: date}, dated=kind))

    assert rows(body, "pair") == {("2019Q4", "pytorch"): 1}


def test_the_paper_s_date_comes_before_its_identifier() -> None:
    """The month in the identifier only stands in; with neither, the link is dropped and counted."""
    dated = link("a", "o/a", paper_arxiv_id="1812.00001")
    links = [dated, link("b", "o/b", paper_arxiv_id="1812.00002"), link("c", "o/c")]

    body = counted(archive.datasets(links, {dated["paper_url"]: "2019-02-01"}))

    assert rows(body, "repository") == {("2019Q1", "pytorch"): 1, ("2018Q4", "pytorch"): 1}
    assert (body["pairs"], body["undated"]) == (3, 1)


def test_what_lies_after_the_archive_s_end_is_dropped_and_counted() -> None:
    """July 2025 is an incomplete quarter; an identifier of 2047 and a date of 2031 cannot be."""
    late = link("late", "o/late")
    links = [
        link("last", "o/last", paper_arxiv_id="2506.00001"),
        link("july", "o/july", paper_arxiv_id="2507.00001"),
        link("future", "o/future", paper_arxiv_id="4712.00001"),
        late,
    ]

    body = counted(archive.datasets(links, {late["paper_url"]: "2031-01-01"}))

    assert rows(body, "repository") == {("2025Q2", "pytorch"): 1}
    assert (body["left_out"], body["future"], body["undated"]) == (1, 2, 0)


def test_a_pair_counts_once_and_a_paper_once_for_each_framework() -> None:
    """Two repositories of one paper and a double: two repositories, one paper, both frameworks."""
    known = {"paper_arxiv_id": "2111.00001"}
    links = [link("a", "o/p", "pytorch", **known), link("a", "o/t", "tf", **known), link("a", "o/t", "tf", **known)]
    with LoopbackHub(datasets=archive.datasets(links)) as hub:
        found = read(hub)
    body = count_archive(found.links)

    assert found.doubles == 1
    assert rows(body, "repository") == {("2021Q4", "pytorch"): 1, ("2021Q4", "tf"): 1}
    papers = rows(body, "paper")
    assert papers[("2021Q4", "(all)")] == papers[("2021Q4", "pytorch")] == papers[("2021Q4", "tf")] == 1


def test_a_missing_framework_is_none_and_case_does_not_matter() -> None:
    """Null, empty and `none` are the same class; it is counted, not dropped."""
    words = [None, "", "none", "PyTorch"]
    links = [link(f"p{n}", f"o/r{n}", word, paper_arxiv_id="2111.00001") for n, word in enumerate(words)]

    assert rows(counted(archive.datasets(links)), "repository") == {("2021Q4", "none"): 3, ("2021Q4", "pytorch"): 1}


def test_only_the_wanted_columns_travel_and_the_commit_is_named() -> None:
    """The abstracts make up most of the archive and are not read; everything is read at one commit."""
    datasets = archive.datasets(archive.real_links())
    with LoopbackHub(datasets=datasets) as hub:
        found = read(hub)
        files = [request for request in hub.requests if "/resolve/" in request.path]

    spans = [re.fullmatch(r"bytes=(\d+)-(\d+)", request.headers["range"]) for request in files]
    travelled = sum(int(span[2]) - int(span[1]) + 1 for span in spans if span)
    assert travelled < 0.2 * sum(map(len, datasets[archive.PAPERS].values()))
    assert {request.path.split("/resolve/")[1].split("/")[0] for request in files} == {found.origins[0].revision}
    assert [origin.licence for origin in found.origins] == ["CC BY-SA 4.0"] * 2


def test_the_archive_may_be_cut_into_other_files() -> None:
    """Which files there are is asked, not assumed."""
    links = archive.real_links()

    assert counted(archive.datasets(links, shards=7)) == counted(archive.datasets(links))


@pytest.mark.parametrize("column", ["framework", "repo_url", "date"])
def test_a_column_that_is_gone_is_named(column: str) -> None:
    """An archive of another shape is refused rather than guessed at."""
    with (
        LoopbackHub(datasets=archive.datasets(archive.real_links(), without=column)) as hub,
        pytest.raises(Changed, match=f"no column {column} any more"),
    ):
        read(hub)


def test_dates_of_another_type_are_refused() -> None:
    """A number could be a day, a second or a year: it is not guessed."""
    links = archive.real_links()
    datasets = archive.datasets(links, {links[0]["paper_url"]: 1574899200}, dated=pa.int64())

    with LoopbackHub(datasets=datasets) as hub, pytest.raises(Changed, match="their type: date is now int64"):
        read(hub)


@pytest.mark.parametrize(
    ("column", "value", "kind"),
    [("is_official", "False", pa.string()), ("framework", 7, pa.int64()), ("repo_url", ["a"], pa.list_(pa.string()))],
)
def test_links_of_another_type_are_refused(column: str, value: Any, kind: pa.DataType) -> None:
    """The text “False” is not false, a list is no address."""
    links = [row | {column: value} for row in archive.real_links()]

    with (
        LoopbackHub(datasets=archive.datasets(links, typed={column: kind})) as hub,
        pytest.raises(Changed, match=f"changed their type: {column} is now"),
    ):
        read(hub)


def test_an_archive_without_rows_and_a_paper_without_an_address_are_no_counts() -> None:
    """Nothing is counted of nothing, and a link to no paper is none."""
    rows = [archive.link("a", "o/r", paper_arxiv_id="2001.00001"), archive.link("b", "o/s") | {"paper_url": None}]
    with LoopbackHub(datasets=archive.datasets(rows)) as hub:
        assert len(read(hub).links) == 1
    with LoopbackHub(datasets=archive.datasets([])) as hub, pytest.raises(Changed, match="no links any more"):
        read(hub)


@pytest.mark.parametrize("day", ["0001-01-01", "1492-10-12", "9999-99-99"])
def test_a_day_no_paper_was_written_on_is_none(day: str) -> None:
    """The month in the arXiv identifier stands in."""
    row = archive.link("a", "o/r", paper_arxiv_id="2001.00001")
    with LoopbackHub(datasets=archive.datasets([row], {row["paper_url"]: day})) as hub:
        assert [row.quarter for row in read(hub).links] == ["2020Q1"]


def test_an_archive_that_is_gone_is_missing() -> None:
    """The Hub says 401 to strangers where there is nothing."""
    with LoopbackHub() as hub, pytest.raises(Missing):
        read(hub)


def test_a_broken_answer_is_tried_again_and_one_that_stays_broken_is_not_believed() -> None:
    """A bad gateway and a cut-off body in the middle of a file cost two pauses; for good, the read fails."""
    waits: list[float] = []
    with LoopbackHub(datasets=archive.datasets(archive.real_links())) as hub:
        hub.faults.put(BAD_GATEWAY, "/datasets/*", skip=3)
        hub.faults.put(shorter_than_promised, "/datasets/*", skip=4)
        assert len(read(hub, waits).links) == 400
        assert len(waits) == 2
        hub.faults.put(BAD_GATEWAY, "/datasets/*", times=99)
        with pytest.raises(Unreachable, match="502"):
            read(hub, waits)
