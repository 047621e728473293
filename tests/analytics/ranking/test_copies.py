"""Copies and fixtures of tests are known by their tags first, then by their names; full weights are no copy."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.domain.answer import Origin
from analytics.domain.observations import Model, Ranking, TopList
from analytics.domain.requests import Top
from analytics.questions.top import top
from analytics.questions.top_in_framework import top_in_framework
from analytics.questions.top_reach import top_reach
from analytics.ranking.classified import TopCircumstances
from analytics.ranking.copies import Machinery, sort_out
from tests.analytics.attribution.accuracy import top_2024

COPY, FIXTURE = Machinery.COPY, Machinery.FIXTURE
DAY = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)
ORIGIN = Origin("Hugging Face Hub", "listing", "https://example.org", "2026-11-23")
OF = "base_model:quantized:org/base"


@pytest.mark.parametrize(
    ("name", "tags", "kind"),
    [
        ("sentence-transformers/all-MiniLM-L6-v2", ("pytorch", "tf", "safetensors", "onnx", OF), None),
        ("HuggingFaceTB/SmolLM-135M-Instruct", ("transformers", "safetensors", "onnx", OF), None),
        ("openai/gpt-oss-20b", ("transformers", "safetensors", "8-bit", "mxfp4"), None),
        ("google/gemma-3-4b-it", ("transformers", "safetensors", "base_model:finetune:google/gemma-3-4b-pt"), None),
        ("org/quietly", ("transformers", "safetensors", "4-bit", "awq", OF), COPY),
        ("org/quietly", ("gguf", OF), COPY),
        ("Systran/faster-whisper-large-v3", ("ctranslate2",), COPY),
        ("Qwen/Qwen3.6-35B-A3B-FP8", None, COPY),
        ("nvidia/Qwen3.6-35B-A3B-NVFP4", None, COPY),
        ("google/gemma-4-12B-it-qat-w4a16-ct", None, COPY),
        ("Qdrant/all-MiniLM-L6-v2-onnx", None, COPY),
        ("trl-internal-testing/tiny-Qwen2ForCausalLM-2.5", None, FIXTURE),
        ("hmellor/tiny-random-LlamaForCausalLM", None, FIXTURE),
        ("sentence-transformers-testing/stsb-bert-tiny-safetensors", None, FIXTURE),
        ("nm-testing/gemma-2-27b-it-FP8", ("safetensors",), FIXTURE),
        ("amazon/chronos-t5-tiny", None, None),
        ("cledoux42/Ethnicity_Test_v003", None, None),
        ("ggml-org/models", None, None),
    ],
)
def test_what_a_model_is(name: str, tags: tuple[str, ...] | None, kind: Machinery | None) -> None:
    """The relation counts where full weights are not held beside; a name where tags tell nothing."""
    assert sort_out([Model(name, tags=tags)]) == [kind]


def test_the_rule_on_9715_popular_models() -> None:
    """The numbers of docs/method.md."""
    kinds = sort_out(top_2024())

    assert (kinds.count(COPY), kinds.count(FIXTURE)) == (1246, 159)


KINDS = {
    "o": Model("lab/plain", tags=("pytorch",)),
    "t": Model("lab/plain", tags=("pytorch", "tf")),
    "g": Model("lab/plain-GGUF", tags=("gguf", OF)),
    "8": Model("lab/plain-FP8", tags=("pytorch", "fp8", OF)),
    "x": Model("peft-internal-testing/tiny", tags=("pytorch", "tf")),
}
LISTS = st.text(alphabet="otg8x", min_size=1, max_size=40)


def list_models(kinds: str) -> TopList:
    """Make a list of models of these kinds, no two level."""
    models = tuple(
        Model(KINDS[kind].id.replace("/", f"/n{at}-"), 1000 - at, 1, tags=KINDS[kind].tags)
        for at, kind in enumerate(kinds)
    )
    return TopList(Ranking(), DAY, models, 1000, complete=True, origin=ORIGIN)


@given(LISTS, st.integers(1, 30))
def test_originals_are_the_first_that_are_none(kinds: str, n: int) -> None:
    """Recounted from the kinds: who is listed, how many of which kind were left out above the last one."""
    kept = [at for at, kind in enumerate(kinds) if kind in "ot"]
    if not kept:
        return
    answer = top(Top(n=n, originals=True), list_models(kinds), TopCircumstances())
    above = kinds[: kept[n - 1]] if len(kept) >= n else kinds
    said = " ".join(one for one in answer.doubts if one.startswith("Left out"))

    assert answer.counts is not None
    assert answer.counts.total == min(n, len(kept))
    assert answer.counts.both == sum(kinds[at] == "t" for at in kept[:n])
    copies, fixtures = sum(above.count(kind) for kind in "g8"), above.count("x")
    assert (f"{copies} quantised or converted cop" in said) == bool(copies)
    assert (f"{fixtures} test fixture" in said) == bool(fixtures)
    assert "original" in answer.headline


@given(LISTS, st.integers(1, 30))
def test_copies_are_named_where_they_are(kinds: str, n: int) -> None:
    """And nothing is said where there are none."""
    said = [one for one in top(Top(n=n), list_models(kinds), TopCircumstances()).doubts if "originals" in one]
    shown = kinds[:n]
    copies, fixtures = sum(shown.count(kind) for kind in "g8"), shown.count("x")

    assert bool(said) == bool(copies + fixtures)
    assert not copies or f"{copies} quantised or converted cop" in said[0]
    assert not fixtures or f"{fixtures} test fixture" in said[0]


@given(LISTS, st.integers(1, 30))
def test_originals_in_a_framework_keep_their_rank_among_all(kinds: str, n: int) -> None:
    """The fixture in TensorFlow is left out, and no rank moves by that."""
    answer = top_in_framework(Top(n=n, framework="TensorFlow", originals=True), list_models(kinds), TopCircumstances())
    ranks = [row[1] for row in answer.table.rows] if answer.table else []

    assert ranks == [at for at, kind in enumerate(kinds, start=1) if kind == "t"][:n]


def test_originals_are_reached_too() -> None:
    """The files of the copies are in no bar."""
    answer = top_reach(Top(n=3, reach=True, originals=True), list_models("8otx"), TopCircumstances())

    assert answer.reach[0].total == 2
    assert any(one.startswith("Left out before the last one shown: 1 quantised") for one in answer.doubts)
