"""Papers' code by framework: the archive in its own schema, the successor's API, and what is said when they fail."""

import datetime as dt
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from analytics.answer import Answer
from analytics.ask import Analyst
from analytics.collect.papers import ABSTRACTS, ABSTRACTS_FILES, LINKS, LINKS_FILE, count_archive
from analytics.errors import Changed, NotCollected
from analytics.forms import Panel, Panels
from analytics.questions.papers import wilson
from analytics.request import Papers
from tests.loopback.hub import LoopbackHub
from tests.loopback.papers_api import PapersApi

NOW = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)
FRAMEWORKS = ("pytorch", "pytorch", "pytorch", "tf", "none", None, "jax", "mindspore")
DAYS = [day.date() for day in pd.date_range("2017-10-02", "2025-07-20", periods=1600)]


def links() -> list[dict[str, Any]]:
    """Make links in the archive's schema: several repositories a paper, doubles, missing dates, an id of the future."""
    rows = [
        {
            "paper_url": f"https://paperswithcode.com/paper/p{number // 2}",
            "paper_arxiv_id": f"{DAYS[number]:%y%m}.{number:05d}" if number % 3 else None,
            "repo_url": f"https://github.com/o/r{number}",
            "is_official": number % 4 == 0,
            "framework": FRAMEWORKS[number % len(FRAMEWORKS)],
        }
        for number in range(len(DAYS))
    ]
    future = rows[-1] | {"paper_url": "https://paperswithcode.com/paper/future", "paper_arxiv_id": "4712.00001"}
    return [*rows, rows[5], future | {"repo_url": "https://github.com/o/future"}]


def dates() -> list[dict[str, Any]]:
    """Give the date of every second paper's first repository; some have none."""
    return [
        {
            "paper_url": f"https://paperswithcode.com/paper/p{number}",
            "date": str(DAYS[2 * number]) if number % 9 else None,
        }
        for number in range(len(DAYS) // 2)
    ]


def written(rows: list[dict[str, Any]], **columns: pa.DataType) -> bytes:
    """Write rows as Parquet, with a column nobody reads."""
    table = pa.table({name: pa.array([row.get(name) for row in rows], kind) for name, kind in columns.items()})
    file = io.BytesIO()
    pq.write_table(table.append_column("title", pa.array(["x" * 500] * len(rows))), file, row_group_size=200)
    return file.getvalue()


def archive() -> dict[str, dict[str, bytes]]:
    """Make the two datasets of the archive."""
    text = pa.string()
    names = {"paper_url": text, "paper_arxiv_id": text, "repo_url": text, "is_official": pa.bool_(), "framework": text}
    parts = [dates()[start::4] for start in range(4)]
    abstracts = {
        path: written(part, paper_url=text, date=text) for path, part in zip(ABSTRACTS_FILES, parts, strict=True)
    }
    return {LINKS: {LINKS_FILE: written(links(), **names)}, ABSTRACTS: abstracts}


LIVE = [(f"2026-0{1 + n % 9}-15", ("PyTorch", "PyTorch", "JAX", "")[n % 4]) for n in range(400)]


@pytest.fixture
def api() -> Iterator[PapersApi]:
    """Start the successor: it knows PyTorch and JAX, not TensorFlow, and one more."""
    with PapersApi(LIVE, ("PyTorch", "JAX", "vLLM")) as started:
        yield started


def analyst(home: Path, hub: LoopbackHub, api: PapersApi) -> Analyst:
    """Open the door."""
    return Analyst(home, hub.endpoint, clock=lambda: NOW, papers_api_url=api.address)


@pytest.fixture
def answered(tmp_path: Path, api: PapersApi) -> Answer:
    """Collect both and ask."""
    with LoopbackHub(datasets=archive()) as hub:
        door = analyst(tmp_path, hub, api)
        door.collect("papers")
        return door.answer(Papers())


def panels(answer: Answer) -> tuple[Panel, ...]:
    """Give the three panels."""
    assert isinstance(answer.chart, Panels)
    return answer.chart.panels


def independent(quarter: str, *, official: bool = False) -> dict[str, int]:
    """Count a quarter's repositories by plain Python, from the recipe."""
    known = {row["paper_url"]: row["date"] for row in dates()}
    seen, counts = set(), {}
    for row in links():
        pair = (row["paper_url"], row["repo_url"])
        if pair in seen or (official and not row["is_official"]):
            continue
        seen.add(pair)
        day = known.get(row["paper_url"])
        if not day and row["paper_arxiv_id"] and row["paper_arxiv_id"][:2] < "26":
            day = f"20{row['paper_arxiv_id'][:2]}-{row['paper_arxiv_id'][2:4]}"
        if day and f"{day[:4]}Q{(int(day[5:7]) + 2) // 3}" == quarter:
            word = row["framework"] or "none"
            counts[word] = counts.get(word, 0) + 1
    return counts


@pytest.mark.parametrize("official", [False, True])
def test_a_quarter_of_the_archive_equals_an_independent_count(tmp_path: Path, api: PapersApi, official: bool) -> None:  # noqa: FBT001 - a parameter of the test
    """Doubles once, dates joined, the arXiv id where a date is missing."""
    with LoopbackHub(datasets=archive()) as hub:
        door = analyst(tmp_path, hub, api)
        door.collect("papers")
        answer = door.answer(Papers("2021Q4", official=official))

    expected = independent("2021Q4", official=official)
    assert answer.table
    (row,) = answer.table.rows
    assert row[:7] == (
        "2021Q4",
        sum(expected.values()),
        *(expected.get(word, 0) for word in ("pytorch", "tf", "jax", "mindspore", "none")),
    )


def test_the_article_s_reading_stands_beside_and_is_another_definition(answered: Answer) -> None:
    """It went by the creation of repositories, which no archive holds; the chart says so too."""
    assert any("60 % PyTorch and 11 % TensorFlow, by the creation of repositories" in line for line in answered.detail)
    assert "not by creation of the repository" in answered.subtitle


def test_the_last_quarter_is_left_out_and_the_future_too(answered: Answer) -> None:
    """The archive ends in July 2025; an arXiv id of 2047 is dropped and counted."""
    assert panels(answered)[0].lines[0].points[-1][0] == "2025Q2"
    assert any("1 one in the future" in caveat for caveat in answered.caveats)


def test_small_numbers_get_an_interval(answered: Answer) -> None:
    """A share of fifty repositories is not one of five thousand."""
    assert any(line.startswith("Few: PyTorch's share lies between") for line in answered.detail)
    assert [round(edge, 3) for edge in wilson(8, 10)] == [0.49, 0.943]


def test_what_the_successor_does_not_know_is_missing_and_not_zero(answered: Answer) -> None:
    """It has no TensorFlow: no line, and a sentence."""
    assert [line.name for line in panels(answered)[1].lines] == ["PyTorch"]
    assert "The successor knows no framework TensorFlow: missing, not zero." in answered.caveats
    assert dict(panels(answered)[1].lines[0].points)["2026Q3"] == pytest.approx(0.5, abs=0.02)


def test_a_panel_without_a_source_is_said_to_be_missing(answered: Answer) -> None:
    """No census: the third panel says so, the others answer."""
    assert panels(answered)[2].missing == "no census has been collected"


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda api: setattr(api, "deaf", frozenset({"framework"})), "it ignored the filter framework"),
        (lambda api: api.broken.update({"/api/v1/papers/": (500, b"oops")}), "it answered 500"),
        (lambda api: api.broken.update({"/api/v1/papers/": (200, b"<html>")}), "a web page instead of data"),
        (lambda api: api.broken.update({"/api/v1/frameworks/": (200, b'{"domains": []}')}), "it lists no frameworks"),
    ],
)
def test_a_successor_in_trouble_is_said_and_the_archive_is_stored(
    tmp_path: Path, api: PapersApi, spoil: Any, said: str
) -> None:
    """Its count is never believed when a filter was ignored."""
    spoil(api)
    with LoopbackHub(datasets=archive()) as hub:
        sentences = analyst(tmp_path, hub, api).collect("papers")

    assert sentences[0].startswith("The archive: ")
    assert said in sentences[1]


def test_an_archive_that_is_gone_leaves_the_successor(tmp_path: Path, api: PapersApi) -> None:
    """Two panels say what is missing, one answers."""
    with LoopbackHub() as hub:
        door = analyst(tmp_path, hub, api)
        sentences = door.collect("papers")
        answer = door.answer(Papers())

    assert "The archive could not be read: it answered 401" in sentences[0]
    assert panels(answer)[0].missing == "the archive has not been collected"


def test_a_changed_column_is_named(tmp_path: Path, api: PapersApi) -> None:
    """The archive without its frameworks is refused."""
    spoilt = archive()
    spoilt[LINKS] = {LINKS_FILE: written(links(), paper_url=pa.string(), paper_arxiv_id=pa.string())}
    api.broken["/api/v1/frameworks/"] = (500, b"")
    with (
        LoopbackHub(datasets=spoilt) as hub,
        pytest.raises(Changed, match="no column repo_url, is_official, framework"),
    ):
        analyst(tmp_path, hub, api).collect("papers")


def test_with_nothing_collected_the_article_and_the_command_are_named(tmp_path: Path, api: PapersApi) -> None:
    """What is known, and what to do."""
    with LoopbackHub() as hub, pytest.raises(NotCollected) as missing:
        analyst(tmp_path, hub, api).answer(Papers())

    assert "“frameworks collect papers”" in missing.value.why


def test_a_quarter_without_papers_is_said_to_be_none(tmp_path: Path, api: PapersApi) -> None:
    """2025 Q3 is not in the archive: no number is made up."""
    with LoopbackHub(datasets=archive()) as hub:
        door = analyst(tmp_path, hub, api)
        door.collect("papers")
        answer = door.answer(Papers("2025Q3"))

    assert answer.headline == "2025Q3 is not in the archive"
    assert answer.table is None


def test_papers_count_once_each_and_may_count_for_two_frameworks() -> None:
    """Two repositories of one paper: two repositories, one paper, both frameworks."""
    same = {"paper_url": "u", "paper_arxiv_id": None, "is_official": True}
    one = [same | {"repo_url": "a", "framework": "pytorch"}, same | {"repo_url": "b", "framework": "tf"}]
    later = same | {"paper_url": "v", "repo_url": "c", "framework": "jax"}
    known = [{"paper_url": "u", "date": "2021-11-01"}, {"paper_url": "v", "date": "2022-02-01"}]

    rows = count_archive(pd.DataFrame([*one, later]), pd.DataFrame(known))["rows"]

    assert ["repository", False, "2021Q4", "pytorch", 1] in rows
    assert ["paper", False, "2021Q4", "(all)", 1] in rows
    assert ["paper", False, "2021Q4", "tf", 1] in rows
