"""`papers`, asked through the door: three definitions beside one another, and what is said of each."""

import datetime as dt
import json

import pytest

from analytics.collect import papers_collector as collector
from analytics.domain.answer import Answer
from analytics.domain.chart_specs import Panel, Panels
from analytics.domain.requests import Papers
from analytics.errors import NotCollected, SourceError
from analytics.papers.paper_sentences import wilson
from analytics.storage.readings import Reading
from tests.analytics.papers.conftest import NOW, OPEN
from tests.analytics.waiting import not_really
from tests.loopback import papers_archive as archive
from tests.loopback.hub import LoopbackHub
from tests.loopback.papers_api import Broken, PapersApi

HUB_ROWS = [
    *[
        ["2021Q4", split, n]
        for split, n in (("pytorch_only", 80), ("both", 15), ("tensorflow_only", 3), ("neither", 2))
    ],
    *[
        ["2023Q1", split, n]
        for split, n in (("pytorch_only", 190), ("both", 6), ("tensorflow_only", 2), ("neither", 2))
    ],
    ["2026Q3", "pytorch_only", 500],
]


def asked(opened: OPEN, request: Papers, *, census: bool = True) -> Answer:
    """Collect from an archive of 400 real links, add a census, and ask."""
    with LoopbackHub(datasets=archive.datasets(archive.real_links())) as hub:
        door = opened(hub.endpoint)
        collector.collect_both(door.context, not_really())
        if census:
            door.context.readings.add(Reading("hub_papers", "", NOW, "rule", {"rows": HUB_ROWS, "undated": 1}))
        return door.answer(request)


def panels(answer: Answer) -> tuple[Panel, ...]:
    """Give the three panels."""
    assert isinstance(answer.chart, Panels)
    return answer.chart.panels


def row(answer: Answer, quarter: str, source: str) -> dict[str, object]:
    """Give one row of the table by its columns."""
    assert answer.table
    return next(
        dict(zip(answer.table.names, row, strict=True)) for row in answer.table.rows if row[:2] == (quarter, source)
    )


def test_one_quarter_has_n_and_both_denominators(opened: OPEN) -> None:
    """Of the six real repositories of 2021 Q4: the share of all and of those with a named framework."""
    links = [link for link in archive.real_links() if link["paper_quarter"] == "2021Q4"]
    words = [link["framework"] for link in links]
    answer = asked(opened, Papers("2021Q4"))

    found = row(answer, "2021Q4", "A")
    named = len(words) - words.count("none")
    assert (found["n"], found["PyTorch"], found["none"]) == (6, words.count("pytorch"), words.count("none"))
    assert found["PyTorch % of all"] == round(100 * words.count("pytorch") / 6, 1)
    assert found["PyTorch % of named"] == round(100 * words.count("pytorch") / named, 1)


def test_the_article_stands_beside_its_quarter_as_another_definition(opened: OPEN) -> None:
    """It went by the creation of repositories, which no archive holds; detail, caveat and chart say so."""
    answer = asked(opened, Papers("2021Q4"))

    (said,) = [line for line in answer.detail if "the article of 2022 read" in line]
    assert "60 % PyTorch and 11 % TensorFlow of about 4,500 repositories" in said
    assert "by the creation date of repositories, which no archive holds" in said
    assert "old chart's repository dates are lost" in answer.subtitle
    assert [mark.at for mark in panels(answer)[0].breaks] == ["2021Q4"]
    assert not any("article" in line for line in asked(opened, Papers("2019Q1")).detail)


def test_the_picture_of_a_quarter_ends_with_it(opened: OPEN) -> None:
    """The values at the lines' ends are those of the quarter asked for; a panel without it says what it has."""
    answer = asked(opened, Papers("2021Q4"))
    archived, live, hub = panels(answer)

    assert {line.points[-1][0] for line in (*archived.lines, *hub.lines)} == {"2021Q4"}
    assert live.missing == "it counts no paper in 2021Q4, only from 2023Q1 to 2026Q3"
    assert live.lines == ()


def test_few_get_an_interval_and_many_do_not(opened: OPEN) -> None:
    """Six repositories say little; of a hundred papers of the Hub only the 98 with a named framework are few."""
    few = [line for line in asked(opened, Papers("2021Q4")).detail if line.startswith("Few: ")]

    assert few[0].startswith("Few: n = 6 in A, so the shares of all are uncertain: PyTorch ")
    assert few[1].startswith("Few: n = 98 in C, so the shares of named are uncertain")
    assert len(few) == 2
    assert [round(edge, 3) for edge in wilson(8, 10)] == [0.490, 0.943]
    assert wilson(0, 10)[0] == 0
    assert wilson(10, 10)[1] == pytest.approx(1)


def test_the_hub_s_votes_become_shares_of_its_own_papers(opened: OPEN) -> None:
    """Both counts for both; JAX is not told apart there, which is a dash and not a zero."""
    found = row(asked(opened, Papers("2021Q4")), "2021Q4", "C")

    assert (found["n"], found["PyTorch"], found["TensorFlow"], found["none"]) == (100, 95, 18, 2)
    assert found["JAX"] is found["other"] is None
    assert found["PyTorch % of named"] == 96.9


def test_a_framework_the_successor_does_not_know_is_a_dash(opened: OPEN) -> None:
    """No line, no zero, and a sentence; a quarter without papers has counts and no shares."""
    answer = asked(opened, Papers())

    assert [line.name for line in panels(answer)[1].lines] == ["PyTorch"]
    assert "The catalogue of B knows no TensorFlow: missing, not zero." in answer.caveats
    empty = row(answer, "2026Q2", "B")
    assert (empty["n"], empty["PyTorch"], empty["TensorFlow"]) == (0, 0, None)
    assert empty["PyTorch % of all"] is None
    assert any("at most" in caveat and "papers are associated" in caveat for caveat in answer.caveats)


def test_a_quarter_without_any_link_is_a_gap(opened: OPEN) -> None:
    """Links of 2018 Q1 and Q3 only: Q2 counts none of none, which is no share."""
    months = ("1801", "1807")
    links = [archive.link(f"p{month}", f"o/{month}", paper_arxiv_id=f"{month}.00001") for month in months]
    with LoopbackHub(datasets=archive.datasets(links)) as hub:
        door = opened(hub.endpoint)
        door.collect("papers")
        answer = door.answer(Papers())

    assert panels(answer)[0].lines[0].points == (("2018Q1", 1.0), ("2018Q2", None), ("2018Q3", 1.0))
    assert row(answer, "2018Q2", "A")["n"] == 0


def test_levels_are_compared_where_two_panels_overlap_and_nothing_is_joined(opened: OPEN) -> None:
    """Two by two, for both frameworks; series stay apart by panel."""
    answer = asked(opened, Papers())

    (said,) = [caveat for caveat in answer.caveats if caveat.startswith("Where panels overlap")]
    assert "A and B (2023Q1 to 2023Q1): PyTorch " in said
    assert "B and C (2023Q1 to 2026Q3): PyTorch" in said
    assert "TensorFlow unknown against " in said
    names = [series.name for series in answer.series]
    assert len(names) == len(set(names))
    assert {name.split(".")[0] for name in names} == {"A", "B", "C"}


def test_few_papers_of_the_successor_are_warned_of_too(opened: OPEN) -> None:
    """Twenty papers in its quarter, and no word of TensorFlow, which it does not know."""
    (few,) = [line for line in asked(opened, Papers("2026Q3")).detail if line.startswith("Few: ")]

    assert few == "Few: n = 20 in B, so the shares of all are uncertain: PyTorch 18 to 57 % (95 %, Wilson)."


def test_the_running_quarter_of_the_hub_is_left_out(opened: OPEN) -> None:
    """On 23 November 2026Q4 is not over: no row, no point."""
    answer = asked(opened, Papers())

    assert answer.table
    assert max(str(row[0]) for row in answer.table.rows) == "2026Q3"


def test_a_quarter_older_than_the_picture_says_so(opened: OPEN) -> None:
    """It stands in the table; the panel is not left empty under the title."""
    links = [archive.link("old", "o/r", paper_arxiv_id="1508.00001")]
    with LoopbackHub(datasets=archive.datasets(links)) as hub:
        door = opened(hub.endpoint)
        door.collect("papers")
        answer = door.answer(Papers("2015Q3"))

    assert answer.title == "2015Q3: PyTorch 100 %, TensorFlow 0 % of papers' code"
    assert panels(answer)[0].missing == "drawn from 2017Q4 on only; what it counts in 2015Q3 stands in the table"


def test_old_readings_are_stale_and_older_days_are_not_made_up(opened: OPEN) -> None:
    """A month later nobody has read again; before the first reading there was none."""
    with LoopbackHub(datasets=archive.datasets(archive.real_links())) as hub:
        opened(hub.endpoint).collect("papers")
        later = opened(hub.endpoint, NOW + dt.timedelta(days=30)).answer(Papers())
        with pytest.raises(NotCollected, match="No reading of papers of 1 Jan 2024 or before"):
            opened(hub.endpoint).answer(Papers(), as_of=dt.datetime(2024, 1, 1, tzinfo=dt.UTC))

    assert later.stale


def test_a_quarter_after_the_archive_is_answered_by_what_is_left(opened: OPEN) -> None:
    """2026 Q3: the Hub alone makes the headline, the successor stands beside it, the archive says where it ends."""
    answer = asked(opened, Papers("2026Q3"))

    assert (
        answer.headline
        == "Of 500 arXiv papers that models on the Hub cite in 2026Q3: PyTorch 100.0 %, TensorFlow 0.0 %"
    )
    assert any(line.startswith("A counts no paper in 2026Q3: it goes from") for line in answer.detail)
    assert any(line.startswith("B, 2026Q3: n = 20 papers") for line in answer.detail)


@pytest.mark.parametrize("quarter", ["2030Q1", "1985Q1"])
def test_a_quarter_nobody_counted_has_no_number(opened: OPEN, quarter: str) -> None:
    """It is said, with what there is; no table."""
    answer = asked(opened, Papers(quarter))

    assert answer.headline == f"No paper is counted in {quarter}"
    assert answer.table is None
    assert len(answer.detail) == 3


@pytest.mark.parametrize(
    "request_",
    [Papers(), Papers("2021Q4"), Papers("2026Q3"), Papers("2030Q1"), Papers(official=True, per="paper")],
    ids=lambda request: request.words,
)
def test_every_answer_keeps_to_the_contract(opened: OPEN, request_: Papers) -> None:
    """A title of ten words, an alternative text that fits, no definition of ours, JSON without NaN."""
    answer = asked(opened, request_)

    assert len(answer.title.split()) <= 10
    assert len(answer.alt_text) < 1000
    assert answer.definition is None
    assert json.loads(json.dumps(answer.as_json(), allow_nan=False))["question"] == request_.words
    assert any(caveat.startswith("Read on: A 23 Nov 2026, B 23 Nov 2026") for caveat in answer.caveats)


def test_official_and_per_paper_are_said(opened: OPEN) -> None:
    """The unit stands in headline, panel and table; the switch is the archive's alone."""
    answer = asked(opened, Papers("2021Q4", official=True, per="paper"))

    assert "official papers in the archive" in answer.headline
    assert panels(answer)[0].measure == "share of its official papers, by paper date · n = 5"
    assert "Official code is told apart in A only." in answer.caveats
    assert any("add up to more than 100 %" in caveat for caveat in answer.caveats)


def test_a_panel_that_could_not_be_read_says_why_and_since_when(opened: OPEN) -> None:
    """No archive, no census: each says what happened and what to do; the successor answers alone."""
    with LoopbackHub() as hub:
        door = opened(hub.endpoint)
        sentences = door.collect("papers")
        answer = door.answer(Papers())

    assert sentences[0].startswith("The archive could not be read: it answered 401")
    assert panels(answer)[0].missing.startswith("it answered 401")
    assert panels(answer)[0].missing.endswith("on 23 Nov 2026")
    assert panels(answer)[2].missing == "not collected yet: it comes with the census"
    assert answer.headline.startswith("Of 20 papers in its successor's catalogue in 2026Q3: PyTorch 35.0 %")


def test_a_later_failure_keeps_the_older_reading_and_is_told(opened: OPEN, api: PapersApi) -> None:
    """A week later the successor is down: last week's counts, with their day and the failure's."""
    asked(opened, Papers())
    api.broken["/frameworks/"] = Broken(500, b"")
    with LoopbackHub(datasets=archive.datasets(archive.real_links())) as hub:
        door = opened(hub.endpoint, NOW + dt.timedelta(weeks=1))
        collector.collect_both(door.context, not_really())
        answer = door.answer(Papers())
        before = door.answer(Papers(), as_of=NOW)

    assert any("B 23 Nov 2026 (it answered 500 on 30 Nov 2026 since)" in caveat for caveat in answer.caveats)
    assert not panels(answer)[1].missing
    assert "500" not in " ".join(before.caveats)


def test_with_nothing_collected_the_article_and_the_command_are_named(opened: OPEN, api: PapersApi) -> None:
    """What is known, labelled as what it is, and what to do; after a failed try also why it failed."""
    api.broken["/frameworks/"] = Broken(500, b"")
    with LoopbackHub() as hub:
        door = opened(hub.endpoint)
        with pytest.raises(NotCollected, match="The bot collects them weekly") as never:
            door.answer(Papers("2021Q4"))
        with pytest.raises(SourceError, match=r"archive: it answered 401.*live successor: it answered 500"):
            collector.collect_both(door.context, not_really())
        with pytest.raises(NotCollected, match="The last try failed: it answered 401"):
            door.answer(Papers("2021Q4"))

    assert "the article of 2022 read 60 % PyTorch and 11 % TensorFlow of about 4,500 repositories" in never.value.why


def test_options_are_refused_with_a_sentence(opened: OPEN) -> None:
    """Nothing is read and nothing lost."""
    with LoopbackHub() as hub, pytest.raises(ValueError, match="takes no options"):
        opened(hub.endpoint).collect("papers", ["2021"])


def test_the_newest_of_the_three_readings_says_how_old_the_answer_is(opened: OPEN) -> None:
    """The archive is of long ago for good; what was counted in a census of last week is not stale for it."""
    day = dt.timedelta(days=1)
    with LoopbackHub(datasets=archive.datasets(archive.real_links())) as hub:
        collector.collect_both(opened(hub.endpoint).context, not_really())
        later = opened(hub.endpoint, NOW + 20 * day)
        later.context.readings.add(Reading("hub_papers", "", NOW + 14 * day, "rule", {"rows": HUB_ROWS, "undated": 1}))

        assert not later.answer(Papers()).stale
