"""One item of the listing becomes one model; what is odd about it costs that much and no more."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.attribution import Tier, attribute
from analytics.attribution.file_names import UNREADABLE
from analytics.attribution.telling_names import MOST_FILES
from analytics.sources.hub.items import FIELDS
from tests.analytics.sources.reading import ids, read_item, top
from tests.loopback import hub_faults as faults
from tests.loopback.hub import LoopbackHub


def test_what_the_hub_leaves_out_is_unknown_and_not_empty() -> None:
    """No tags in the listing is not the same as a model without tags."""
    read = read_item(gated=False)

    assert (read.tags, read.files, read.downloads_30d, read.gated) == (None, None, None, None)


@pytest.mark.parametrize(
    "name",
    [
        *("pytorch_model.bin", "tf_model.h5", "flax_model.msgpack", "model.safetensors", "unet/model.fp16.safetensors"),
        *("saved_model.pb", "variables/variables.index", "variables/variables.data-00000-of-00001", "model.ckpt.index"),
        *("model.keras", "model.weights.h5", "metadata.json", "weights.PTH", "checkpoint_1000/checkpoint"),
        *("0/_CHECKPOINT_METADATA", "0/ocdbt.process_0/manifest.ocdbt", "model-Q4_K_M.gguf", "onnx/model.onnx"),
        *("coreml/m.mlpackage/Manifest.json", "openvino/openvino_model.xml", "model.tflite", "rust_model.ot"),
        *("model.safetensors.index.json", "model_index.json", "adapter_config.json", "config.json", "model.pdparams"),
    ],
)
def test_a_file_name_that_can_tell_the_framework_is_kept(name: str) -> None:
    """Weights, exports and configurations stay, wherever in the repository they lie."""
    assert read_item(siblings=[{"rfilename": name}]).files == (name,)


@pytest.mark.parametrize(
    "name", ["README.md", ".gitattributes", "tokenizer.json", "vocab.txt", "a.png", "feed.html", "optimizer.pt"]
)
def test_a_file_name_that_tells_nothing_is_left_out(name: str) -> None:
    """Texts, pictures and tokenisers would only fill the store."""
    assert read_item(siblings=[{"rfilename": name}]).files == ()


def test_a_thousand_training_checkpoints_do_not_hide_the_weights_behind_them() -> None:
    """When names must go, repetitions go first, and what remains keeps its order."""
    steps = [f"checkpoint-{step}/model.pt" for step in range(1000)]
    names = [*steps, "flax_model.msgpack", "tf_model.h5"]

    files = read_item(siblings=[{"rfilename": name} for name in names]).files

    assert files is not None
    assert len(files) == MOST_FILES
    assert files[-2:] == ("flax_model.msgpack", "tf_model.h5")
    assert files[:-2] == tuple(steps[: MOST_FILES - 2])


def test_an_item_without_a_name_is_left_out_and_logged(caplog: pytest.LogCaptureFixture) -> None:
    """One malformed item does not cost the list."""
    with LoopbackHub() as hub:
        hub.faults.put(faults.says_json([None, 3, {}, {"id": 5}, {"id": ""}, {"id": "o/good"}]))

        assert ids(top(hub)) == ["o/good"]

    assert "5 of 6 items" in caplog.text


def test_a_value_of_another_type_is_unknown() -> None:
    """Numbers written as words, lists written as numbers and the like are not guessed at."""
    read = read_item(downloads="7", likes=True, trendingScore=[], library_name=3, tags="pytorch", siblings={})

    assert (read.downloads_30d, read.likes, read.trending, read.library) == (None, None, None, None)
    assert (read.tags, read.files) == (None, None)


def test_odd_members_of_lists_leave_the_others_alone() -> None:
    """A tag that is no text is passed over; a file without a name is there all the same, and may be anything."""
    siblings = [{"name": "x"}, None, {"rfilename": 3}, {"rfilename": "model.onnx"}]
    read = read_item(tags=[1, "tf", None], siblings=siblings, baseModels={"models": [{"id": "o/b"}, {}, None]})

    assert read.tags == ("tf", "base_model:o/b")
    assert read.files == (UNREADABLE, "model.onnx")
    assert attribute(read).tier is Tier.UNKNOWN


def test_numbers_that_are_none_make_no_order() -> None:
    """NaN and Infinity, which Python reads from JSON, are unknown."""
    with LoopbackHub() as hub:
        hub.faults.put(faults.says('[{"id": "o/a", "downloads": NaN, "trendingScore": Infinity, "likes": 1e99}]'))
        (read,) = top(hub).models

    assert (read.downloads_30d, read.trending, read.likes) == (None, None, None)


def test_texts_with_hidden_characters_are_no_names() -> None:
    """Terminal escapes, reversed writing and half characters never reach the store or a screen."""
    read = read_item(tags=["\x1b[31mred", "\u202egnp", "\ud800", "tf"], siblings=[{"rfilename": "a\x00.bin"}])

    assert (read.tags, read.files) == (("tf",), (UNREADABLE,))


@pytest.mark.parametrize(
    ("siblings", "files", "tier"),
    [(None, None, Tier.UNKNOWN), ([], (), Tier.NO_WEIGHTS), ([{"rfilename": "README.md"}], (), Tier.NO_WEIGHTS)],
)
def test_files_that_are_not_told_are_not_none(siblings: object, files: object, tier: Tier) -> None:
    """The Hub leaves a field out where it does not tell it; an empty list says that there is nothing."""
    read = read_item(siblings=siblings, library_name="kernels")

    assert (read.files, attribute(read).tier) == (files, tier)


def test_a_hundred_thousand_files_are_read_in_seconds_and_the_last_decides() -> None:
    """Whatever names come before it, one that shows something else than they is kept."""
    names = [f"data/{number:x}.dat" for number in range(100_000)] + ["deep/tf_model.h5"]
    read = read_item(siblings=[{"rfilename": name} for name in names])

    assert read.files is not None
    assert len(read.files) == MOST_FILES
    assert attribute(read).frameworks == ("TensorFlow",)


@pytest.mark.parametrize("odd", [["llama"], 5, "x" * 10_000, {"a": [[]]}, None])
def test_a_configuration_of_any_kind_does_not_cost_the_item(odd: object) -> None:
    """The Hub sends config.json as it was written: a type that is a list, a number or a whole novel."""
    read = read_item(config={"model_type": odd, "architectures": odd}, siblings=[{"rfilename": "model.pt"}])

    assert read.files == ("model.pt",)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
ITEM = st.dictionaries(st.sampled_from(["id", *FIELDS]), JSON, max_size=6)


@settings(max_examples=50, deadline=None)
@given(st.lists(ITEM | JSON, max_size=5))
def test_no_item_whatever_it_holds_costs_the_list(items: list[Any]) -> None:
    """The good model among any others is read."""
    with LoopbackHub() as hub:
        hub.faults.put(faults.says_json([*items, {"id": "a-good/model"}]))

        assert "a-good/model" in ids(top(hub))
