"""Tables in, an Answer out: what is counted, what is said, what is drawn."""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.domain.answer import Origin
from analytics.domain.chart_specs import Bands, Tiles
from analytics.domain.counts import Bracket, Counts
from analytics.domain.observations import Model, Ranking, TopList
from analytics.domain.requests import Definition, Top
from analytics.domain.wording import count, percentages, verb
from analytics.questions.top import top
from analytics.ranking.classified import TopCircumstances

AS_OF = dt.datetime(2026, 11, 2, 9, 0, tzinfo=dt.UTC)
HUB = Origin("Hugging Face Hub", "model listing", "https://huggingface.co/api/models", "2026-11-02T09:00:00Z")
FILES = {
    "P": ("pytorch_model.bin",),
    "T": ("tf_model.h5",),
    "B": ("pytorch_model.bin", "tf_model.h5"),
    "?": ("model.safetensors",),
    "-": ("model.gguf",),
}


def top_list(kinds: str, *, complete: bool = False) -> TopList:
    """Make a list of models from letters: P PyTorch, T TensorFlow, B both, ? assumed, - neither."""
    models = tuple(
        Model(f"org/m{rank}", 1000 - rank, rank, tags=(), files=FILES[kind]) for rank, kind in enumerate(kinds, 1)
    )
    return TopList(Ranking(), AS_OF, models, len(models), complete, HUB)


def test_counts_the_split_once_per_model() -> None:
    """A model in both frameworks is one model, counted as both."""
    answer = top(Top(n=6), top_list("PPBT?-"), TopCircumstances())

    assert answer.counts == Counts(pytorch_only=3, tensorflow_only=1, both=1, neither=1)
    assert answer.frameworks == {"PyTorch": 4, "TensorFlow": 2}


@pytest.mark.parametrize(
    ("kinds", "title"),
    [
        ("PPB", "PyTorch in 3 of the top 3, TensorFlow in 1"),
        ("PPP", "PyTorch in 3 of the top 3, TensorFlow in 0"),
        ("TTP", "TensorFlow in 2 of the top 3, PyTorch in 1"),
        ("PT", "PyTorch and TensorFlow tie: 1 each of top 2"),
        ("--", "Neither PyTorch nor TensorFlow is in the top 2"),
        ("B", "The top model is in both PyTorch and TensorFlow"),
        ("-", "The top model is in neither PyTorch nor TensorFlow"),
    ],
)
def test_the_title_is_the_finding(kinds: str, title: str) -> None:
    """Lead, reversal, tie, a missing side and a single model each have their words, ten at most."""
    answer = top(Top(n=len(kinds)), top_list(kinds), TopCircumstances())

    assert answer.title == title
    assert len(title.split()) <= 10


def test_the_headline_names_what_was_counted() -> None:
    """Measure, task and author are part of the sentence."""
    request = Top(n=2, by="likes", task="fill-mask", author="google")

    answer = top(request, top_list("PP"), TopCircumstances())

    assert answer.headline == "PyTorch is in 2 of the 2 most liked fill-mask models of google, TensorFlow in 0"


def test_says_when_fewer_models_came_than_were_asked() -> None:
    """A short list is counted, and its shortness and the reason are a caveat."""
    answer = top(Top(n=30), top_list("PPP", complete=True), TopCircumstances())

    assert "30 were asked for, 3 could be counted: that is all there are." in answer.caveats
    assert answer.counts
    assert answer.counts.total == 3


def test_explains_the_difference_between_the_definitions() -> None:
    """An answer says what the other definition gives for the same models and why."""
    answer = top(Top(n=3), top_list("PP?"), TopCircumstances())

    assert any("Under the definition declared" in line and "neither 3" in line for line in answer.caveats)
    assert any("3 models are in PyTorch by evidence without the tag pytorch" in line for line in answer.caveats)


def test_unknown_tags_are_not_a_zero() -> None:
    """Under declared, models whose tags are not known are said to be so."""
    models = (Model("a/a", 2, tags=("pytorch",)), Model("b/b", 1, tags=None))
    unknown = TopList(Ranking(), AS_OF, models, 2, complete=False, origin=HUB)

    answer = top(Top(n=2, definition=Definition.DECLARED), unknown, TopCircumstances())

    assert "The tags of 1 model are not known; it is counted as neither." in answer.caveats


def test_short_lists_are_tiles_and_long_ones_bands() -> None:
    """Thirty models are drawn one by one, a thousand as ten runs of ranks that together hold them all."""
    short = top(Top(n=30), top_list("P" * 30), TopCircumstances()).chart
    long = top(Top(n=1000), top_list("PT" * 500), TopCircumstances()).chart

    assert isinstance(short, Tiles)
    assert [tile.rank for tile in short.tiles] == list(range(1, 31))
    assert isinstance(long, Bands)
    assert [(band.first, band.last) for band in long.bands][::9] == [(1, 100), (901, 1000)]
    assert sum(band.counts.total for band in long.bands) == 1000


def test_assumed_verdicts_are_marked_on_the_chart() -> None:
    """The tile of an assumed model carries the mark."""
    chart = top(Top(n=2), top_list("P?"), TopCircumstances()).chart

    assert isinstance(chart, Tiles)
    assert [tile.assumed for tile in chart.tiles] == [False, True]


def test_every_model_is_in_the_table_with_its_evidence() -> None:
    """The table carries the names and the proof; a missing value is None, never a zero or NaN."""
    table = top(Top(n=2), top_list("B-"), TopCircumstances()).table

    assert table
    assert table.names[:4] == ("rank", "model", "split", "frameworks")
    assert table.rows[0] == (
        1,
        "org/m1",
        "both",
        "PyTorch, TensorFlow",
        999,
        1,
        None,
        None,
        "proven",
        "pytorch_model.bin; tf_model.h5",
    )
    assert table.rows[1][3] is None


@pytest.mark.parametrize(
    ("kinds", "said"),
    [
        ("P", ("Of 1 model: PyTorch only 1",)),
        ("PP", ("Of 2 models: PyTorch only 2",)),
        ("?", ("Of 1 model the framework is assumed", "1 model is in PyTorch by evidence without the tag")),
        ("??", ("Of 2 models the framework is assumed", "2 models are in PyTorch by evidence without the tag")),
        ("-", ("the same model gives:",)),
        ("--", ("the same models give:",)),
    ],
)
def test_one_and_two_are_said_as_people_say_them(kinds: str, said: tuple[str, ...]) -> None:
    """A number takes its noun and its verb; of none nothing is said."""
    answer = top(Top(n=len(kinds), author="models"), top_list(kinds), TopCircumstances())

    words = " ".join((*answer.detail, *answer.caveats))
    assert all(part in words for part in said)
    assert not re.search(r"\b1 models\b|\bOf 0 models|the 1 model .* carry", words)


@pytest.mark.parametrize(("n", "lists"), [(1, "The file list of 1 model was"), (2, "The file lists of 2 models were")])
def test_unread_file_lists_are_counted_as_people_do(n: int, lists: str) -> None:
    """The tags stand for it, or for them."""
    models = tuple(Model(f"a/{at}", 1, tags=("pytorch",)) for at in range(n))
    answer = top(Top(n=n), TopList(Ranking(), AS_OF, models, n, complete=False, origin=HUB), TopCircumstances())

    assert f"{lists} not read; the Hub's tags are used for {'it' if n == 1 else 'them'}." in answer.caveats
    assert not any("file list" in caveat for caveat in top(Top(n=1), top_list("P"), TopCircumstances()).caveats)


@pytest.mark.parametrize(
    ("request_", "said"),
    [
        (Top(n=1), "The top model is in PyTorch only"),
        (Top(n=1, by="likes", author="sentence-transformers"), "The most liked model of sentence-transformers is in"),
        (Top(n=1, task="fill-mask", author="google"), "The top fill-mask model of google is in PyTorch only"),
    ],
)
def test_a_single_model_is_one_whatever_its_author_is_called(request_: Top, said: str) -> None:
    """Its author's plural stays."""
    answer = top(request_, top_list("P"), TopCircumstances())

    assert answer.headline.startswith(said)
    assert answer.table
    assert answer.table.caption.startswith("The ")
    assert "models," not in answer.table.caption


def test_nearly_all_is_not_all_in_shares_that_add_up() -> None:
    """999 of 1,000 are over 99 %, the other one under 1 %."""
    answer = top(Top(n=1000), top_list("P" * 999 + "T"), TopCircumstances())

    assert "(PyTorch only over 99 %, TensorFlow only under 1 %, both 0 %, neither 0 %)" in answer.counted


def test_refuses_an_empty_list() -> None:
    """No models, no answer: an empty picture is never a success."""
    with pytest.raises(ValueError, match="empty"):
        top(Top(), top_list(""), TopCircumstances())


@given(st.tuples(*[st.integers(0, 500)] * 4).filter(any))
def test_percentages_add_up(numbers: tuple[int, int, int, int]) -> None:
    """Shares shown in whole percent always sum to 100 and are never off by a whole point."""
    percents = percentages(numbers)

    assert sum(percents) == 100
    assert all(abs(percent - 100 * n / sum(numbers)) < 1 for percent, n in zip(percents, numbers, strict=True))


@given(st.text(alphabet="PTB?-x", min_size=1, max_size=80))
def test_the_brackets_are_an_independent_count(kinds: str) -> None:
    """Proven by files, with the assumed, and with all that show nothing: recounted from the letters."""
    files = {**FILES, "x": ("weights.bin",)}
    models = tuple(Model(f"o/m{n}", tags=(), files=files[kind]) for n, kind in enumerate(kinds))
    found = top(Top(n=len(kinds)), replace(top_list("P"), models=models), TopCircumstances()).brackets

    proven, assumed, unknown = (sum(kind in letters for kind in kinds) for letters in ("PB", "?", "x"))
    assert found["PyTorch"] == Bracket(proven, proven + assumed, proven + assumed + unknown, len(kinds))
    tensorflow = sum(kind in "TB" for kind in kinds)
    assert found["TensorFlow"] == Bracket(tensorflow, tensorflow, tensorflow + unknown, len(kinds))


def test_a_wide_range_is_said_in_the_finding() -> None:
    """Where the ends lie more than a point apart the headline gives both; else it stays short."""
    assert top(Top(n=3), top_list("PP?"), TopCircumstances()).headline == (
        "PyTorch is in 3 of the top 3 models (2 proven, at most 3), TensorFlow in 0"
    )
    assert "proven" not in top(Top(n=3), top_list("PPT"), TopCircumstances()).headline


@pytest.mark.parametrize(
    ("files", "said"),
    [(("weights.bin",), "JAX in 1 (1 to 2)."), (("model.safetensors",), "JAX in 1.")],
    ids=["wide", "sure"],
)
def test_other_frameworks_have_their_range_too(files: tuple[str, ...], said: str) -> None:
    """A model that shows nothing may be in any of them."""
    models = (Model("o/a", tags=(), files=("flax_model.msgpack",)), Model("o/b", tags=(), files=files))
    answer = top(Top(n=2), replace(top_list("P"), models=models), TopCircumstances())

    assert f"Also in other frameworks: {said}" in answer.further


@pytest.mark.parametrize(
    ("kinds", "named", "more"), [("P---", ["m2", "m3", "m4"], ""), ("P-----", ["m2", "m3", "m4"], " and 2 more")]
)
def test_three_that_are_neither_are_named_and_the_rest_counted(kinds: str, named: list[str], more: str) -> None:
    """Whoever wonders which they are sees some; a list of all would bury the answer."""
    answer = top(Top(n=len(kinds)), top_list(kinds), TopCircumstances())

    (line,) = [line for line in answer.caveats if line.startswith("Neither: ")]
    assert re.findall(r"org/(m\d)", line) == named
    assert line.endswith(f"){more}.")


def tag(listed: TopList, tagged: Sequence[bool]) -> TopList:
    """Give the models the tag pytorch, or none."""
    pairs = zip(listed.models, tagged, strict=False)
    return replace(listed, models=tuple(replace(model, tags=("pytorch",) if has else ()) for model, has in pairs))


def test_under_declared_every_sentence_says_so() -> None:
    """Pasted into a slide it would be false without: two carry the tag, more are in PyTorch."""
    tagged = tag(top_list("PPB??"), [True, True, False, False, False])

    answer = top(Top(n=5, definition=Definition.DECLARED), tagged, TopCircumstances())

    assert answer.headline == (
        "Only 2 of the top 5 models carry the Hub's tag pytorch, none the tag tf; 5 (3 to 5) are in PyTorch by evidence"
    )
    assert answer.title == "By tags alone: PyTorch 2, TensorFlow 0 of top 5"


def test_none_is_a_word_by_the_tags_and_by_evidence() -> None:
    """No model in either, or none with a tag: never “only 0 of”."""
    tagged = tag(top_list("PP"), [False, False])
    declared = top(Top(n=2, definition=Definition.DECLARED), tagged, TopCircumstances())
    jax = TopList(
        Ranking(), AS_OF, tuple(Model(f"a/{n}", 1, tags=("jax",)) for n in "ab"), 2, complete=True, origin=HUB
    )

    said = "None of the top 2 models carries the Hub's tag pytorch, none the tag tf; 2 are in PyTorch by evidence"
    assert declared.headline == said
    assert (
        top(Top(n=2), jax, TopCircumstances()).headline
        == "Neither PyTorch nor TensorFlow is in any of the top 2 models"
    )


@pytest.mark.parametrize(
    ("tags", "said"),
    [
        (("pytorch",), "The top model carries the Hub's tag pytorch"),
        (("pytorch", "tf"), "The top model carries the Hub's tags pytorch and tf"),
        ((), "The top model carries neither the tag pytorch nor tf"),
    ],
)
def test_of_one_model_the_tags_are_named(tags: tuple[str, ...], said: str) -> None:
    """In the sentence as in the title."""
    one = TopList(Ranking(), AS_OF, (Model("a/a", 1, tags=tags),), 1, complete=False, origin=HUB)

    answer = top(Top(n=1, definition=Definition.DECLARED), one, TopCircumstances())

    assert (answer.headline, answer.title) == (said, said)


def in_pytorch(definition: Definition, listed: TopList) -> set[str]:
    """Give who is in PyTorch by a definition, from the rows of the table."""
    table = top(Top(n=12, definition=definition), listed, TopCircumstances()).table
    assert table
    return {str(row[1]) for row in table.rows if row[2] in ("PyTorch only", "both")}


@given(st.lists(st.sampled_from("PTB?-"), min_size=1, max_size=12), st.lists(st.booleans(), min_size=12, max_size=12))
def test_what_is_said_of_both_definitions_holds_model_by_model(kinds: list[str], tagged: list[bool]) -> None:
    """In both directions, recounted from the rows: the difference of two counts is no set of models."""
    listed = tag(top_list("".join(kinds)), tagged)
    evidence, tags = (in_pytorch(definition, listed) for definition in (Definition.ATTRIBUTED, Definition.DECLARED))
    untagged, unproven = len(evidence - tags), len(tags - evidence)

    said = " ".join(top(Top(n=12), listed, TopCircumstances()).doubts)

    by_evidence = f"{count(untagged, 'model')} {verb(untagged)} in PyTorch by evidence without the tag"
    by_tag = f"{count(unproven, 'model')} {verb(unproven, 'carries', 'carry')} the tag pytorch"
    assert (by_evidence in said, by_tag in said) == (untagged > 0, unproven > 0)
