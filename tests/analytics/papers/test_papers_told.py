"""`papers`, asked through the door: one source and one picture, the newest that can carry a finding."""

import datetime as dt
import json

import pytest

from analytics.analyst import Analyst
from analytics.attribution import METHOD as ATTRIBUTION
from analytics.collect import papers_collector as collector
from analytics.domain.answer import Answer
from analytics.domain.chart_specs import Panel, Panels
from analytics.domain.reading_kinds import PAPERS_ARCHIVE, PAPERS_LIVE, PAPERS_TROUBLE
from analytics.domain.requests import OVERLAP, Papers
from analytics.errors import NotCollected, SourceError
from analytics.grammar import Unclear, parse
from analytics.papers import METHOD
from analytics.papers.paper_sentences import wilson
from analytics.storage.readings import Reading
from tests.analytics.no_waiting import not_really
from tests.analytics.papers.papers_door import NOW, OPEN
from tests.loopback import archive_rows as archive
from tests.loopback.hub import LoopbackHub
from tests.loopback.papers_api import PapersApi, WrongAnswer

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
    """Give the panels."""
    assert isinstance(answer.chart, Panels)
    return answer.chart.panels


def stored(opened: OPEN, **bodies: list[list[object]]) -> Analyst:
    """Store rows of sources, and give the door to them."""
    door = opened("http://127.0.0.1:9")
    more = {
        "papers_archive": {"undated": 1, "future": 0},
        "papers_live": {"missing": [], "names": []},
        "hub_papers": {},
    }
    methods = {"papers_archive": METHOD, "papers_live": METHOD, "hub_papers": ATTRIBUTION}
    for kind, rows in bodies.items():
        door.context.readings.add(Reading(kind, "", NOW, methods[kind], {"rows": rows} | more[kind]))
    return door


def pairs(quarter: str, pytorch: int, tensorflow: int = 0, none: int = 0) -> list[list[object]]:
    """Make rows of the archive."""
    counted = {"pytorch": pytorch, "tf": tensorflow, "none": none}
    return [["pair", False, quarter, word, n] for word, n in counted.items()]


def catalogued(quarter: str, n: int, **frameworks: int) -> list[list[object]]:
    """Make rows of the successor."""
    return [[quarter, "(all)", n], *([quarter, name, part] for name, part in frameworks.items())]


def row(answer: Answer, quarter: str) -> dict[str, object]:
    """Give one row of the table by its columns."""
    assert answer.table
    return next(dict(zip(answer.table.names, row, strict=True)) for row in answer.table.rows if row[0] == quarter)


def test_the_headline_is_of_the_newest_whole_quarter_with_a_hundred_papers(opened: OPEN) -> None:
    """A later one of four is passed over, and the picture ends with the quarter of the title."""
    rows = [*pairs("2024Q4", 60, 4, 40), *pairs("2025Q1", 70, 3, 27), *pairs("2025Q2", 3, 1)]
    answer = stored(opened, papers_archive=rows).answer(Papers())

    assert answer.title == "Papers’ code 2025Q1: PyTorch 70 %, TensorFlow 3 %"
    assert {line.points[-1][0] for line in panels(answer)[0].lines} == {"2025Q1"}
    assert row(answer, "2025Q2")["n"] == 4


def test_a_year_is_its_quarters_added_up(opened: OPEN) -> None:
    """In title, headline, table and picture; of a year of which nothing is counted, that is said."""
    rows = [*pairs("2019Q4", 90, 9, 1), *pairs("2020Q1", 40, 6, 4), *pairs("2020Q4", 50), *pairs("2021Q1", 99, 1)]
    door = stored(opened, papers_archive=rows)
    answer = door.answer(Papers("2020"))

    assert answer.title == "Papers’ code 2020: PyTorch 90 %, TensorFlow 6 %"
    assert answer.headline.startswith(
        "Of 100 pairs of paper and repository in the archive of Papers with Code in 2020: "
    )
    assert [row(answer, "2020")[name] for name in ("n", "PyTorch", "TensorFlow")] == [100, 90, 6]
    assert {point[0] for line in panels(answer)[0].lines for point in line.points} == {"2019", "2020"}
    assert door.answer(Papers("2012")).headline == "No paper is counted in 2012"


def test_a_share_of_four_is_no_title(opened: OPEN) -> None:
    """Neither of a quarter asked for nor where there is no other; counts are told instead."""
    door = stored(opened, papers_archive=pairs("2025Q2", 3, 1))

    for asked_for in (Papers(), Papers("2025Q2"), Papers(source="archive")):
        answer = door.answer(asked_for)
        assert answer.title == "2025Q2: 4 pairs, too few for shares"
        assert answer.headline.startswith("Only 4 pairs of paper and repository in the archive")
        assert answer.headline.endswith("in 2025Q2, too few for shares: PyTorch 3, TensorFlow 1")


def test_one_question_has_one_picture(opened: OPEN) -> None:
    """Each source by its own word; by default the newest that can say something of both frameworks."""
    live = [*catalogued("2026Q1", 200, PyTorch=90), *catalogued("2026Q2", 200, PyTorch=90)]
    door = stored(opened, papers_archive=pairs("2025Q2", 99, 1), papers_live=live, hub_papers=HUB_ROWS)

    shown = {
        words: door.answer(parse(words)) for words in ("papers", "papers hub", "papers successor", "papers archive")
    }

    assert [panel.title for panel in panels(shown["papers"])] == ["The archive"]
    assert shown["papers hub"].title == "Hub papers 2023Q1: PyTorch 98 %, TensorFlow 4 %"
    assert shown["papers successor"].title == "Catalogued papers 2026Q2: PyTorch 45 %, TensorFlow not listed"
    assert all(len(panels(answer)) == 1 for answer in shown.values())


def test_two_sources_that_overlap_are_a_picture_of_their_own(opened: OPEN) -> None:
    """Over the quarters in which both count enough, each with its own scale, and nothing is joined."""
    rows = [*pairs("2021Q3", 50, 9, 50), *pairs("2021Q4", 60, 9, 40), *pairs("2023Q1", 2)]
    answer = stored(opened, papers_archive=rows, hub_papers=HUB_ROWS).answer(Papers(source="overlap"))

    assert answer.title == "PyTorch 2021Q4: archive 55 %, hub 95 %"
    assert [panel.title for panel in panels(answer)] == ["The archive", "The Hub alone"]
    assert {period for panel in panels(answer) for line in panel.lines for period, _ in line.points} == {"2021Q4"}
    assert answer.table
    assert [row[0] for row in answer.table.rows] == ["2021Q4", "2021Q4"]
    assert any("nothing is rescaled, joined or added" in caveat for caveat in answer.caveats)


def test_two_sources_in_one_question_are_asked_back(opened: OPEN) -> None:
    """No word is passed over in silence."""
    del opened
    unclear = parse("papers archive hub")

    assert isinstance(unclear, Unclear)
    assert unclear.suggestions[0] == "papers overlap"


def test_what_the_archive_alone_tells_apart_is_asked_of_it(opened: OPEN) -> None:
    """Official code, repositories and papers: never answered from another source, nor with that word passed over."""
    door = stored(opened, papers_archive=[["paper", True, "2025Q1", "pytorch", 7]], hub_papers=HUB_ROWS)

    for words in ("papers official", "papers per repository", "papers official per paper"):
        assert [panel.title for panel in panels(door.answer(parse(words)))] == ["The archive"]
    unclear = parse("papers hub official")
    assert isinstance(unclear, Unclear)
    assert unclear.suggestions == ("papers archive official per pair",)
    assert isinstance(parse("papers successor per paper"), Unclear)


def test_papers_that_have_not_had_their_year_are_left_out_of_the_hub(opened: OPEN) -> None:
    """On 23 November 2026 the last whose models may be a year younger are those of 2025Q3."""
    rows = [[quarter, "pytorch_only", 500] for quarter in ("2025Q3", "2025Q4", "2026Q3")]
    answer = stored(opened, hub_papers=rows).answer(Papers())

    assert answer.headline.startswith("Of 500 arXiv papers that models on the Hub cite in 2025Q3: PyTorch 100.0 %")
    assert answer.table
    assert [row[0] for row in answer.table.rows] == ["2025Q3"]
    assert any("papers after 2025Q3 are left out" in caveat for caveat in answer.caveats)


def test_the_successor_s_newest_quarter_is_provisional(opened: OPEN) -> None:
    """It makes no headline for a quarter, is told as what it is, and asked for it bears the word."""
    live = [*catalogued("2026Q2", 200, PyTorch=90, TensorFlow=9), *catalogued("2026Q3", 150, PyTorch=20, TensorFlow=2)]
    door = stored(opened, papers_live=live)

    assert door.answer(Papers()).title == "Catalogued papers 2026Q2: PyTorch 45 %, TensorFlow 4 %"
    assert any("2026Q3 is provisional" in line for line in door.answer(Papers()).detail)
    assert "in 2026Q3 (provisional): PyTorch 13.3 %" in door.answer(Papers("2026Q3")).headline


def test_pairs_are_called_pairs_and_repositories_counted_when_asked(opened: OPEN) -> None:
    """Two papers of one repository are two pairs and one repository, of its earliest paper."""
    links = [
        archive.link("later", "o/Same", paper_arxiv_id="2201.00001", is_official=True),
        archive.link("early", "o/same", "tf", paper_arxiv_id="2101.00001", is_official=True),
        archive.link("early", "o/other", paper_arxiv_id="2101.00001"),
    ]
    with LoopbackHub(datasets=archive.datasets(links)) as hub:
        door = opened(hub.endpoint)
        door.collect("papers")
        by_pair, by_repository, official = (
            door.answer(parse(f"papers archive {more}")) for more in ("", "per repository", "official per repository")
        )

    assert (row(by_pair, "2022Q1")["n"], row(by_pair, "2021Q1")["n"]) == (1, 2)
    assert by_pair.headline.startswith("Only 1 pair of paper and repository ")
    assert (row(by_repository, "2021Q1")["n"], row(by_repository, "2021Q1")["TensorFlow"]) == (2, 1)
    assert by_repository.headline.startswith("Only 2 repositories in the archive")
    assert row(official, "2021Q1")["n"] == 1


def test_each_official_repository_once_stands_beside_the_pairs(opened: OPEN) -> None:
    """The reading that is nearer to the article's chart, where it is not of few."""
    once = [["repository", True, "2025Q2", "pytorch", 80], ["repository", True, "2025Q2", "tf", 20]]
    answer = stored(opened, papers_archive=[*pairs("2025Q2", 99, 1), *once]).answer(Papers())

    said = "Each official repository once, by its earliest paper: PyTorch 80.0 %, TensorFlow 20.0 % of 100."
    assert said in answer.detail


def test_an_older_reading_says_by_which_rule_it_was_counted(opened: OPEN) -> None:
    """What it called repositories were pairs; repositories it told not apart."""
    door = opened("http://127.0.0.1:9")
    rows = [["repository", False, "2025Q2", "pytorch", 100], ["repository", False, "2025Q2", "tf", 100]]
    body = {"rows": rows, "undated": 0, "future": 0}
    door.context.readings.add(Reading("papers_archive", "", NOW, "papers-2026-11.2", body))
    answer = door.answer(Papers())

    assert answer.method == "papers-2026-11.2"
    assert answer.headline.startswith("Of 200 pairs of paper and repository")
    assert any("counted under version papers-2026-11.2 of the rule" in caveat for caveat in answer.caveats)
    assert door.answer(Papers(per="repository")).table is None


def test_one_quarter_has_n_and_both_denominators(opened: OPEN) -> None:
    """Of the six real pairs of 2021 Q4: the share of all and of those with a named framework."""
    links = [link for link in archive.real_links() if link["paper_quarter"] == "2021Q4"]
    words = [link["framework"] for link in links]
    answer = asked(opened, Papers("2021Q4", source="archive"))

    found = row(answer, "2021Q4")
    named = len(words) - words.count("none")
    assert (found["n"], found["PyTorch"], found["none"]) == (6, words.count("pytorch"), words.count("none"))
    assert found["PyTorch % of all"] == round(100 * words.count("pytorch") / 6, 1)
    assert found["PyTorch % of named"] == round(100 * words.count("pytorch") / named, 1)


def test_the_article_stands_beside_its_quarter_as_another_definition(opened: OPEN) -> None:
    """It went by the creation of repositories, which no archive holds; detail and chart say so."""
    door = stored(opened, papers_archive=[*pairs("2021Q4", 60, 11, 29), *pairs("2022Q1", 60, 11, 29)])
    answer = door.answer(Papers("2021Q4"))

    (said,) = [line for line in answer.detail if "the article of 2022 read" in line]
    assert "60 % PyTorch and 11 % TensorFlow of about 4,500 repositories" in said
    assert "by the creation date of repositories, which no archive holds" in said
    assert [mark.at for mark in panels(answer)[0].breaks] == ["2021Q4"]
    assert not any("article" in line for line in door.answer(Papers("2022Q1")).detail)


def test_few_get_an_interval_and_many_do_not(opened: OPEN) -> None:
    """Six pairs say little; of a hundred papers of the Hub only the 98 with a named framework are few."""
    few = [line for line in asked(opened, Papers("2021Q4", source="archive")).detail if line.startswith("Few: ")]
    named = [line for line in asked(opened, Papers("2021Q4", source="hub")).detail if line.startswith("Few: ")]

    assert few[0].startswith("Few: of 6 (all) the shares may be PyTorch ")
    assert named[0].startswith("Few: of 98 (named) the shares may be PyTorch ")
    assert len(few) == len(named) == 1
    assert [round(edge, 3) for edge in wilson(8, 10)] == [0.490, 0.943]
    assert wilson(0, 10)[0] == 0
    assert wilson(10, 10)[1] == pytest.approx(1)


def test_the_hub_s_votes_become_shares_of_its_own_papers(opened: OPEN) -> None:
    """Both counts for both; JAX is not told apart there, which is a dash and not a zero."""
    found = row(stored(opened, hub_papers=HUB_ROWS).answer(Papers("2021Q4")), "2021Q4")

    assert (found["n"], found["PyTorch"], found["TensorFlow"], found["none"]) == (100, 95, 18, 2)
    assert found["JAX"] is found["other"] is None
    assert found["PyTorch % of named"] == 96.9


def test_a_framework_the_successor_does_not_know_is_a_dash(opened: OPEN) -> None:
    """No line, no zero, and a sentence; a quarter without papers has counts and no shares."""
    answer = asked(opened, Papers(source="successor"))

    assert [line.name for line in panels(answer)[0].lines] == ["PyTorch"]
    assert "The catalogue knows no TensorFlow: missing, not zero." in answer.caveats
    empty = row(answer, "2026Q2")
    assert (empty["n"], empty["PyTorch"], empty["TensorFlow"]) == (0, 0, None)
    assert empty["PyTorch % of all"] is None
    assert any("at most" in caveat and "papers are associated" in caveat for caveat in answer.caveats)


def test_a_quarter_without_any_link_is_a_gap(opened: OPEN) -> None:
    """Links of 2018 Q1 and Q3 only: Q2 counts none of none, which is no share."""
    door = stored(opened, papers_archive=[*pairs("2018Q1", 100), *pairs("2018Q3", 100)])
    answer = door.answer(Papers())

    assert panels(answer)[0].lines[0].points == (("2018Q1", 1.0), ("2018Q2", None), ("2018Q3", 1.0))
    assert row(answer, "2018Q2")["n"] == 0


def test_a_quarter_older_than_the_picture_says_so(opened: OPEN) -> None:
    """It stands in the table; the panel is not left empty under the title."""
    answer = stored(opened, papers_archive=pairs("2015Q3", 100)).answer(Papers("2015Q3"))

    assert answer.title == "Papers’ code 2015Q3: PyTorch 100 %, TensorFlow 0 %"
    assert panels(answer)[0].missing == "drawn from 2017Q4 on only; what it counts in 2015Q3 stands in the table"


def test_old_readings_are_stale_and_older_days_are_not_made_up(opened: OPEN) -> None:
    """A month later nobody has read again; before the first reading there was none."""
    with LoopbackHub(datasets=archive.datasets(archive.real_links())) as hub:
        opened(hub.endpoint).collect("papers")
        later = opened(hub.endpoint, NOW + dt.timedelta(days=30)).answer(Papers())
        with pytest.raises(NotCollected, match="No reading of papers of 1 Jan 2024 or earlier"):
            opened(hub.endpoint).answer(Papers(), as_of=dt.datetime(2024, 1, 1, tzinfo=dt.UTC))

    assert later.stale


@pytest.mark.parametrize("quarter", ["2030Q1", "1985Q1"])
def test_a_quarter_nobody_counted_has_no_number(opened: OPEN, quarter: str) -> None:
    """It is said, with what there is; no table."""
    answer = asked(opened, Papers(quarter))

    assert answer.headline == f"No paper is counted in {quarter}"
    assert answer.table is None
    assert "it counts no paper in" in panels(answer)[0].missing


@pytest.mark.parametrize(
    "request_",
    [
        *(Papers(), Papers("2021Q4"), Papers("2026Q3"), Papers("2030Q1"), Papers(official=True, per="paper")),
        *(Papers(source=source) for source in ("archive", "successor", "hub", "overlap")),
    ],
    ids=lambda request: request.words,
)
def test_every_answer_keeps_to_the_contract(opened: OPEN, request_: Papers) -> None:
    """A title of ten words, an alternative text that fits, no definition of ours, sound JSON, words that parse."""
    answer = asked(opened, request_)

    assert len(answer.title.split()) <= 10
    assert len(answer.alt_text) < 1000
    assert answer.definition is None
    assert json.loads(json.dumps(answer.as_json(), allow_nan=False))["question"] == request_.words
    assert parse(answer.question) == request_
    assert any(caveat.startswith("Read on: ") for caveat in answer.caveats)


def test_every_number_drawn_is_in_the_series(opened: OPEN) -> None:
    """Of each source, and of two that overlap."""
    live = [row for quarter in ("2021Q4", "2026Q2") for row in catalogued(quarter, 200, PyTorch=90, TensorFlow=9)]
    door = stored(opened, papers_archive=pairs("2021Q4", 60, 9, 40), papers_live=live, hub_papers=HUB_ROWS)

    for source in ("archive", "successor", "hub", "overlap"):
        answer = door.answer(Papers(source=source))
        told = {(at, value) for series in answer.series for at, value in series.points}
        drawn = {
            point for panel in panels(answer) for line in panel.lines for point in line.points if point[1] is not None
        }
        assert drawn
        assert drawn <= told


def test_official_and_per_paper_are_said(opened: OPEN) -> None:
    """The unit stands in headline and panel; the switch is the archive's alone."""
    answer = asked(opened, Papers("2021Q4", official=True, per="paper", source="archive"))

    assert "official papers in the archive" in answer.headline
    assert panels(answer)[0].measure == "share of official papers · n = 5"
    assert any("add up to more than 100 %" in caveat for caveat in answer.caveats)
    hub = asked(opened, Papers("2021Q4", official=True, source="hub"))
    assert "Only the archive marks official code." in hub.caveats


def test_a_source_that_could_not_be_read_says_why_and_since_when(opened: OPEN) -> None:
    """No archive, no census: each says what happened and what to do; the successor answers alone."""
    with LoopbackHub() as hub:
        door = opened(hub.endpoint)
        sentences = door.collect("papers")
        answer, archived, counted = (door.answer(Papers(source=source)) for source in ("", "archive", "hub"))

    assert sentences[0].startswith("The archive could not be read: it answered 401")
    assert panels(archived)[0].missing.startswith("it answered 401")
    assert panels(archived)[0].missing.endswith("on 23 Nov 2026")
    assert panels(counted)[0].missing == "not collected yet: it comes with the census"
    assert answer.headline.startswith("Only 10 papers in the catalogue of Papers with Code’s successor in 2026Q1")


def test_a_later_failure_keeps_the_older_reading_and_is_told(opened: OPEN, api: PapersApi) -> None:
    """A week later the successor is down: last week's counts, with their day and the failure's."""
    asked(opened, Papers())
    api.broken["/frameworks/"] = WrongAnswer(500, b"")
    with LoopbackHub(datasets=archive.datasets(archive.real_links())) as hub:
        door = opened(hub.endpoint, NOW + dt.timedelta(weeks=1))
        collector.collect_both(door.context, not_really())
        answer = door.answer(Papers(source="successor"))
        before = door.answer(Papers(source="successor"), as_of=NOW)

    assert any("successor 23 Nov 2026 (it answered 500 on 30 Nov 2026 since)" in caveat for caveat in answer.caveats)
    assert not panels(answer)[0].missing
    assert "500" not in " ".join(before.caveats)


def test_with_nothing_collected_a_part_of_the_archive_answers(opened: OPEN, api: PapersApi) -> None:
    """What is known, labelled as what it is; after a failed try also why it failed; no source is taken for another."""
    api.broken["/frameworks/"] = WrongAnswer(500, b"")
    with LoopbackHub() as hub:
        door = opened(hub.endpoint)
        with pytest.raises(NotCollected, match="The bot collects them weekly"):
            door.answer(Papers("2021Q4", source="successor"))
        with pytest.raises(SourceError, match=r"archive: it answered 401.*live successor: it answered 500"):
            collector.collect_both(door.context, not_really())
        answer = door.answer(Papers("2021Q4"))

    assert answer.sample
    assert any("The last try to read more failed: it answered 401" in doubt for doubt in answer.doubts)
    assert any("60 % PyTorch and 11 % TensorFlow of about 4,500 repositories" in line for line in answer.further)


def test_why_nothing_was_read_is_said_once_for_all_sources(opened: OPEN) -> None:
    """Without a network each of the three fails for the same reason on the same day."""
    with LoopbackHub() as hub:
        door = opened(hub.endpoint)
        for kind in (PAPERS_ARCHIVE, PAPERS_LIVE):
            door.context.readings.add(Reading(PAPERS_TROUBLE, kind, NOW, METHOD, {"why": "no way there"}))
        with pytest.raises(NotCollected) as refused:
            door.answer(Papers(source=OVERLAP))

    assert str(refused.value).count("no way there on 23 Nov 2026") == 1


def test_options_are_refused_with_a_sentence(opened: OPEN) -> None:
    """Nothing is read and nothing lost."""
    with LoopbackHub() as hub, pytest.raises(ValueError, match="takes no options"):
        opened(hub.endpoint).collect("papers", ["2021"])


def test_of_two_readings_the_newer_says_how_old_the_answer_is(opened: OPEN) -> None:
    """An archive of seven weeks ago makes an answer with a census of today neither stale nor as old."""
    stored(opened, papers_archive=pairs("2021Q4", 60, 4, 40))
    later = opened("http://127.0.0.1:9", now := NOW + dt.timedelta(weeks=7))
    later.context.readings.add(Reading("hub_papers", "", now, ATTRIBUTION, {"rows": HUB_ROWS, "undated": 1}))
    answer = later.answer(Papers())

    assert [answer.stale, answer.as_of] == [False, now]


def test_a_source_that_failed_says_so_behind_the_reading_that_is_kept(opened: OPEN, api: PapersApi) -> None:
    """With the day of both."""
    stored(opened, papers_live=catalogued("2026Q1", 200, PyTorch=80))
    api.broken["/frameworks/"] = WrongAnswer(500, b"")
    door = opened("http://127.0.0.1:9", NOW + dt.timedelta(weeks=1))
    with pytest.raises(SourceError):
        collector.collect_both(door.context, not_really())

    caveats = " ".join(door.answer(Papers(source="successor")).caveats)
    assert "successor 23 Nov 2026 (it answered 500 on 30 Nov 2026 since)" in caveats


def test_the_newest_of_the_three_readings_says_how_old_the_answer_is(opened: OPEN) -> None:
    """The archive is of long ago for good; what was counted in a census of last week is not stale for it."""
    day = dt.timedelta(days=1)
    with LoopbackHub(datasets=archive.datasets(archive.real_links())) as hub:
        collector.collect_both(opened(hub.endpoint).context, not_really())
        later = opened(hub.endpoint, NOW + 20 * day)
        later.context.readings.add(Reading("hub_papers", "", NOW + 14 * day, "rule", {"rows": HUB_ROWS, "undated": 1}))

        assert not later.answer(Papers()).stale
