"""The first models in one framework: which, at which ranks of all, and what is said when there are too few."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.attribution import Status, attribute
from analytics.domain.chart_specs import Tiles
from analytics.domain.counts import Bracket
from analytics.domain.observations import Model
from analytics.domain.requests import Top, under_the_other_definition
from analytics.grammar import parse
from analytics.questions.top_in_framework import top_in_framework
from analytics.ranking.classified import TopCircumstances
from tests.analytics.questions.test_top import top_list

TF = Top(n=2, framework="TensorFlow")


def test_the_first_in_a_framework_with_their_ranks_of_all() -> None:
    """Those in it, in their order; the table has both ranks, the tiles that among all."""
    answer = top_in_framework(TF, top_list("PPTP-BT"), TopCircumstances())

    assert answer.table
    assert [(row[0], row[1], row[2]) for row in answer.table.rows] == [(1, 3, "org/m3"), (2, 6, "org/m6")]
    assert answer.title == "2nd model in TensorFlow is at rank 6"
    assert isinstance(answer.chart, Tiles)
    assert [tile.rank for tile in answer.chart.tiles] == [3, 6]


def test_only_leaves_out_what_comes_in_the_other_too() -> None:
    """`tensorflow only` is the part of the split of that name."""
    answer = top_in_framework(Top(n=1, framework="TensorFlow", only=True), top_list("BPT"), TopCircumstances())

    assert answer.counts
    assert (answer.counts.tensorflow_only, answer.counts.both) == (1, 0)
    assert answer.title == "1st model in TensorFlow only is at rank 3"


@pytest.mark.parametrize(("framework", "first"), [("ONNX", "o/onnx"), ("JAX", "o/jax")])
def test_only_a_format_is_what_is_in_no_framework_and_no_other_format(framework: str, first: str) -> None:
    """A PyTorch model with an ONNX file beside it is not in ONNX only, nor is one that is in two formats."""
    kinds = {"both": ["pytorch", "onnx"], "two": ["onnx", "gguf"], "onnx": ["onnx"], "jax": ["jax", "onnx"]}
    models = tuple(Model(f"o/{name}", tags=tuple(tags)) for name, tags in kinds.items())
    asked = Top(n=1, framework=framework, only=True)
    answer = top_in_framework(asked, replace(top_list("P"), models=models), TopCircumstances())

    assert answer.table
    assert [row[2] for row in answer.table.rows] == [first]


def test_what_shows_no_framework_is_told_of_a_list_without_files_too() -> None:
    """A model whose files are not told may be in the framework asked for: how many such there are, is said."""
    models = (Model("o/a", tags=("tf",)), Model("o/b", tags=("text",)), Model("o/c"))
    answer = top_in_framework(TF, replace(top_list("P"), models=models), TopCircumstances())

    assert "Of 2 of the 3 looked through the framework is not known; they are left out." in answer.doubts


@pytest.mark.parametrize(("complete", "said"), [(False, "may be more below"), (True, "")])
def test_too_few_are_shown_and_said(complete: bool, said: str) -> None:  # noqa: FBT001 - a case
    """Fewer than asked: how many of how many, and whether more may come below."""
    answer = top_in_framework(Top(n=5, framework="TensorFlow"), top_list("PTP", complete=complete), TopCircumstances())

    assert answer.headline == f"Only 1 of the {'' if complete else 'stored '}top 3 models is in TensorFlow"
    assert any(said in line for line in answer.doubts) == bool(said)


def test_none_at_all_is_an_answer() -> None:
    """No model in it: said in words, with nothing drawn."""
    answer = top_in_framework(Top(framework="JAX"), top_list("PPP"), TopCircumstances())

    assert answer.headline == "None of the stored top 3 models are in JAX"
    assert (answer.table, answer.chart, answer.counts) == (None, None, None)


@given(st.text(alphabet="PTB?-", min_size=1, max_size=60), st.integers(1, 40))
def test_it_is_what_a_hand_would_pick(kinds: str, n: int) -> None:
    """On any list: the first n letters that stand for TensorFlow, at their places."""
    answer = top_in_framework(Top(n=n, framework="TensorFlow"), top_list(kinds), TopCircumstances())
    expected = [place for place, kind in enumerate(kinds, 1) if kind in "TB"][:n]

    assert [row[1] for row in answer.table.rows] == expected if answer.table else not expected
    assert len(answer.title.split()) <= 10


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("top30 in tensorflow", "top30 in tensorflow attributed"),
        ("top 10 in jax task text-generation", "top10 in jax task text-generation attributed"),
        ("top30 tensorflow only", "top30 in tensorflow only attributed"),
        ("top30 in tensorflow loadable", "top30 in tensorflow loadable attributed"),
        ("top 30 models in tf only by likes", "top30 in tensorflow only by likes attributed"),
    ],
)
def test_it_is_asked_in_these_words(typed: str, words: str) -> None:
    """As people type it; the canonical words ask the same again."""
    asked = parse(typed)

    assert isinstance(asked, Top)
    assert asked.words == words
    assert parse(words) == asked
    assert under_the_other_definition(asked) is None


@pytest.mark.parametrize(
    "typed",
    [
        *("top30 in caffe", "top30 in", "top30 only", "top30 loadable"),
        *("top30 in tf only loadable", "top30 in tensorflow declared only x"),
    ],
)
def test_what_is_no_framework_is_named(typed: str) -> None:
    """Nothing is dropped: an unknown word is said, with questions that work."""
    assert not isinstance(parse(typed), Top)


def test_what_is_loaded_from_pytorch_is_in_by_its_word_alone() -> None:
    """`loadable` takes in what converts on load by its tags, says how many those are, and moves no count."""
    llama = Model("o/llama", tags=("transformers", "safetensors", "llama"), task="text-generation")
    listed = replace(top_list("T"), models=(llama, *top_list("T").models))
    without = top_in_framework(TF, listed, TopCircumstances())
    with_it = top_in_framework(replace(TF, loadable=True), listed, TopCircumstances())

    assert without.counts
    assert without.counts.total == 1
    assert with_it.counts
    assert (with_it.counts.total, with_it.counts.pytorch_only, with_it.frameworks["TensorFlow"]) == (2, 1, 1)
    assert with_it.further[-1].startswith("1 of these has no TensorFlow files")
    assert len(with_it.title.split()) <= 10


def test_old_files_are_called_old_as_in_reach() -> None:
    """`reach` says that such files do not load today, so a list of what is loadable says which those are."""
    old = Model(
        "o/old", library="transformers", tags=("transformers", "tf", "bert"), files=("config.json", "tf_model.h5")
    )
    listed = replace(top_list("T"), models=(old, replace(old, id="o/saved", files=("saved_model.pb",))))
    answer = top_in_framework(replace(TF, loadable=True), listed, TopCircumstances())

    assert "1 of these has old files, which only transformers before 5 loads." in answer.further


@pytest.mark.parametrize(
    ("kinds", "n", "expected"),
    [
        ("P??T", 30, Bracket(1, 3, 3, 4)),  # two assumed
        ("Pu?TuP", 2, Bracket(1, 2, 3, 3)),  # down to the second, at rank 3: the unknown one below is not counted
        ("uu", 5, Bracket(0, 0, 2, 2)),
    ],
)
def test_how_sure_the_count_is_down_to_the_last_that_is_shown(kinds: str, n: int, expected: Bracket) -> None:
    """Proven, with what is assumed, with all that show nothing: in the field, the sentence and the alternative text."""
    models = tuple(
        replace(one, files=None) if kind == "u" else one for one, kind in zip(_models(kinds), kinds, strict=True)
    )
    listed = replace(top_list("P"), models=models, complete=True)
    answer = top_in_framework(Top(n=n, framework="PyTorch"), listed, TopCircumstances())

    assert answer.brackets == {"PyTorch": expected}
    assert f"({expected.proven} proven, at most {expected.most})" in " ".join([answer.headline, *answer.detail])
    assert f"PyTorch: {expected.proven} proven, at most {expected.most}." in answer.alt_text


def test_only_may_be_more_where_what_keeps_a_model_out_is_assumed() -> None:
    """A model whose PyTorch files are assumed beside those of TensorFlow may be TensorFlow's alone."""
    both = replace(_models("T")[0], files=("tf_model.h5", "model.safetensors"), header="")
    listed = replace(top_list("P"), models=(both, *_models("TB")), complete=True)
    answer = top_in_framework(Top(n=9, framework="TensorFlow", only=True), listed, TopCircumstances())

    assert answer.brackets == {"TensorFlow only": Bracket(1, 1, _may_be_alone(both) + 1, 3)}


def _may_be_alone(model: Model) -> int:
    return int(attribute(model).status("PyTorch") is Status.ASSUMED)


def _models(kinds: str) -> tuple[Model, ...]:
    return top_list(kinds.replace("u", "-")).models


def test_a_row_is_as_sure_as_the_frameworks_it_names() -> None:
    """JAX by a library alone is assumed, though its place in the split is not; that library is the one shown."""
    models = (Model("o/grok", tags=("grok", "text-generation")), Model("o/bert", tags=("jax",)))
    answer = top_in_framework(Top(n=2, framework="JAX"), replace(top_list("P"), models=models), TopCircumstances())

    assert answer.table
    names = [column.name for column in answer.table.columns]
    told = [dict(zip(names, row, strict=True)) for row in answer.table.rows]
    assert [(row["library"], row["sureness"]) for row in told] == [("grok", "assumed"), (None, "proven")]
    assert "Of 1 model the framework is assumed, not proven." in " ".join(answer.doubts)
