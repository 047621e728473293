"""Totals from a cube: what is counted where, and what may stand beside it."""

import datetime as dt
from collections.abc import Iterable, Mapping

import pytest

from analytics.census.cube import DIMENSIONS, MEASURES
from analytics.domain.answer import Answer, Origin
from analytics.domain.chart_specs import Bars
from analytics.domain.counts import Bracket, Counts
from analytics.domain.requests import Definition, Totals
from analytics.questions.totals import TotalsCircumstances, totals
from analytics.ranking.census_groups import Census
from analytics.ranking.census_rows import CensusRow, read_rows

DAY = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)
ORIGIN = Origin("cfahlgren1/hub-stats", "daily Parquet snapshot of the Hub", "https://example.org", "2026-11-23")
ARTICLE: Mapping[str, float] = {"only PyTorch": 85, "only TensorFlow": 8, "in TensorFlow": 16}


def row(definition: str, split: str, models: int, **dimensions: object) -> dict[str, object]:
    """Make one row of a cube; an original with weights unless told."""
    plain = dict.fromkeys(DIMENSIONS, "") | {"derivative": "original", "assumed": "", "band": 1}
    return plain | {"definition": definition, "split": split, "models": models, "downloads": models} | dimensions


def read(told: Iterable[Mapping[str, object]]) -> tuple[CensusRow, ...]:
    """Read such rows as those of a stored census are."""
    columns = [*DIMENSIONS, *MEASURES]
    return read_rows({"columns": columns, "rows": [[one[name] for name in columns] for one in told]})


ROWS = [
    row("declared", "pytorch_only", 500, derivative=""),
    row("declared", "neither", 500, derivative=""),
    row("attributed", "pytorch_only", 9990, task="fill-mask"),
    row("attributed", "tensorflow_only", 3, assumed="TensorFlow"),
    row("attributed", "neither", 7, remark="unknown"),
    row("attributed", "pytorch_only", 40, derivative="adapter"),
    row("attributed", "neither", 60, derivative="quantised", remark="conversion"),
    row("attributed", "neither", 80, remark="no-weights"),
]


def asked(request: Totals) -> Answer:
    """Ask the cube above."""
    census = Census(read(ROWS), {"PyTorch": 9990, "TensorFlow": 3, "MLX": 5}, DAY, (ORIGIN,))
    return totals(request, census, TotalsCircumstances(article=ARTICLE))


def test_nearly_all_is_not_all_and_some_is_not_none() -> None:
    """99.9 % is not rounded to 100 %, nor 0.03 % to 0 %."""
    assert asked(Totals()).title == "PyTorch in over 99 % of models, TensorFlow under 1 %"


def test_then_and_now_stand_side_by_side_under_the_articles_definition() -> None:
    """The article's shares are percent of what is tagged for either; today's of the same stand beneath."""
    answer = asked(Totals(Definition.DECLARED, since="2022"))

    assert isinstance(answer.chart, Bars)
    then, now, whole = answer.chart.bars
    assert (whole.label, whole.counts) == ("all, Nov 2026", answer.counts)
    assert (then.percent, then.note, then.words) == (
        *(True, "rounded"),
        "tagged, Mar 2022: PyTorch only 85 %, TensorFlow only 8 %, both 7 %",
    )
    assert (now.label, now.percent, now.words) == (
        "tagged, Nov 2026",
        True,
        "tagged, Nov 2026: PyTorch only 100 %, TensorFlow only 0 %, both 0 % of 500",
    )
    assert answer.title == "TensorFlow-only: 8 % of tagged models, 0 % now"
    assert answer.headline.startswith("Of 500 tagged models, ")


def test_a_sample_beside_2022_is_said_to_be_of_other_models() -> None:
    """The title names the year of the one and the population of the other, and a sentence says that they differ."""
    request = Totals(Definition.DECLARED, since="2022")
    census = Census(read(ROWS), {}, DAY, (ORIGIN,), population="the 1,000 most downloaded")
    answer = totals(request, census, TotalsCircumstances(article=ARTICLE))

    assert answer.title == "TensorFlow-only: 8 % in 2022, 0 % of tagged top models"
    assert "in March 2022 all of the Hub's, here the 1,000 most downloaded alone" in str(answer.further)


def test_without_any_tag_there_is_nothing_to_set_beside_2022() -> None:
    """No share of nothing is made up."""
    request, rows = Totals(Definition.DECLARED, since="2022"), [row("declared", "neither", 9)]
    answer = totals(request, Census(read(rows), {}, DAY, (ORIGIN,)), TotalsCircumstances(article=ARTICLE))

    assert answer.title == "By tags alone: PyTorch 0 %, TensorFlow 0 %"


def test_since_2022_under_the_other_definition_compares_by_the_tags() -> None:
    """The two definitions never meet in one number: today by the tags, then by the tags, in words alone."""
    answer = asked(Totals(since="2022"))

    assert isinstance(answer.chart, Bars)
    assert not any(bar.percent for bar in answer.chart.bars)
    assert any(
        line.startswith("By the tags alone, as the article counted, the 1,000 repositories of today are: "
                        "PyTorch only 50 %") for line in answer.detail
    )  # fmt: skip


@pytest.mark.parametrize("request_", [Totals(), Totals(Definition.DECLARED), Totals(task="fill-mask")])
def test_no_line_of_detail_is_empty(request_: Totals) -> None:
    """Whatever there is nothing to say of is left out."""
    assert all(asked(request_).detail)


def test_a_task_is_not_set_beside_the_articles_reading_of_all_models() -> None:
    """The article gave no task of its own."""
    answer = asked(Totals(task="fill-mask", since="2022"))

    assert "The article of March 2022 read all models together, none by task." in answer.detail
    assert not any("85 %" in line for line in answer.detail)


def counting(n: int) -> Answer:
    """Ask a cube in which everything is there `n` times, beside ten originals."""
    groups = [{"derivative": name} for name in ("adapter", "quantised", "merge")] + [{"remark": "no-weights"}]
    rows = [row("attributed", "neither", n, **group) for group in groups]
    rows += [row("attributed", "pytorch_only", n, assumed="PyTorch"), row("attributed", "neither", n, remark="unknown")]
    rows += [row("declared", "both", n), row("attributed", "pytorch_only", 10)]
    return totals(Totals(since="2022"), Census(read(rows), {}, DAY, (ORIGIN,)), TotalsCircumstances(article=ARTICLE))


@pytest.mark.parametrize(
    ("n", "said"),
    [
        (0, ("Of 10 models: ", "Of 0 models the framework is assumed", "of 0 models it is unknown")),
        (
            1,
            (
                *("1 adapter, 1 quantised copy, 1 merge, 1 without weights.", "Of 1 model the framework is assumed"),
                *("the 1 repository of today is:", "Of the 1 such model today", "of 1 model it is unknown"),
            ),
        ),
        (
            2,
            (
                *(
                    "2 adapters, 2 quantised copies, 2 merges, 2 without weights.",
                    "Of 2 models the framework is assumed",
                ),
                *("the 2 repositories of today are:", "Of the 2 such models today", "of 2 models it is unknown"),
            ),
        ),
    ],
)
def test_none_one_and_two_are_said_as_people_say_them(n: int, said: tuple[str, ...]) -> None:
    """A number takes its noun and its verb; of groups that are empty nothing is said."""
    answer = counting(n)

    words = " ".join((*answer.detail, *answer.caveats))
    assert all(part in words for part in said)
    assert ("Apart from these" in words) is bool(n)


@pytest.mark.parametrize(
    ("request_", "headline", "scope"),
    [
        (Totals(), "PyTorch is in 9,990 of the Hub’s 10,000 originals and fine-tunes, TensorFlow in 3", "first"),
        (Totals(every=True), "PyTorch is in 10,030 of the Hub’s 10,180 repositories, TensorFlow in 3", "adapters too"),
        (
            Totals(task="fill-mask", every=True),
            "PyTorch is in 9,990 of 9,990 fill-mask repositories, TensorFlow in 0",
            "adapters too",
        ),
        (
            Totals(Definition.DECLARED),
            "Of the Hub’s 1,000 repositories, 500 carry the tag pytorch, 0 the tag tf",
            "all models",
        ),
    ],
)
def test_finding_and_subtitle_say_what_is_counted(request_: Totals, headline: str, scope: str) -> None:
    """Originals and fine-tunes by default, as trend does; every repository where that is asked for."""
    answer = asked(request_)

    assert answer.headline == headline
    assert scope in answer.scope
    assert headline in answer.alt_text


def test_all_counts_what_otherwise_stands_apart() -> None:
    """The whole in the first row and bar, its parts beneath."""
    answer = asked(Totals(every=True))

    assert answer.table
    assert [one[answer.table.names.index("total")] for one in answer.table.rows] == [10180, 10000, 40, 60, 80]
    assert answer.counts == Counts(10030, 3, 0, 147)
    assert "Among these: 40 adapters, 60 quantised copies, 80 without weights." in answer.detail
    assert answer.frameworks == {"PyTorch": 10030, "TensorFlow": 3}, "others were counted of originals alone"


def test_frameworks_beside_the_split_are_those_of_the_headlines_models() -> None:
    """By the tags there are only two."""
    assert asked(Totals()).frameworks == {"PyTorch": 9990, "TensorFlow": 3, "MLX": 5}
    assert asked(Totals(Definition.DECLARED)).frameworks == {"PyTorch": 500, "TensorFlow": 0}


def test_how_sure_the_counts_are_is_in_the_finding() -> None:
    """Proven, with the assumed, with the unknown: as shares, where the ends lie more than a point apart."""
    rows = [
        row("attributed", "pytorch_only", 44),
        row("attributed", "pytorch_only", 15, assumed="PyTorch"),
        row("attributed", "both", 1, assumed="TensorFlow"),
        row("attributed", "neither", 31, remark="unknown"),
        row("attributed", "neither", 9, remark="conversion"),
    ]
    answer = totals(Totals(), Census(read(rows), {}, DAY, (ORIGIN,)), TotalsCircumstances())

    assert answer.brackets == {"PyTorch": Bracket(45, 60, 91, 100), "TensorFlow": Bracket(0, 1, 32, 100)}
    assert answer.headline.startswith(
        "PyTorch is in 60 of the Hub’s 100 originals and fine-tunes (45 % proven, at most 91 %)"
    )
    assert answer.headline.endswith(", TensorFlow in 1 (0 to 32 %)")
    assert isinstance(answer.chart, Bars)
    assert answer.chart.bars[0].unsure == Counts(pytorch_only=15, both=1, neither=31)


@pytest.mark.parametrize(
    ("unknown", "said"), [(3, "; 3 models more may be in any of them, as nothing shows."), (1, ".")]
)
def test_other_frameworks_may_have_the_unknown_as_well(unknown: int, said: str) -> None:
    """Where those are more than a point of all; what of theirs is assumed no cube keeps."""
    rows = [row("attributed", "pytorch_only", 100), row("attributed", "neither", unknown, remark="unknown")]
    answer = totals(Totals(), Census(read(rows), {"MLX": 5}, DAY, (ORIGIN,)), TotalsCircumstances())

    assert f"Also in other frameworks: MLX in 5{said}" in answer.further
