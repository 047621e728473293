"""`model X` and `compare A B` through the door, against a Hub on loopback that serves real repositories."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from analytics.analyst import Analyst
from analytics.domain.answer import Answer
from analytics.domain.chart_specs import Matrix
from analytics.domain.requests import Compare, OneModel, Top
from analytics.errors import NoSuchModel, NothingStored
from analytics.storage.readings import Reading
from tests.loopback.hub import LoopbackHub
from tests.loopback.hub_faults import BAD_GATEWAY, stalls
from tests.loopback.hub_files import safetensors
from tests.loopback.hub_items import Item, model

SHA = "86b5e0934494bd15c9632b12f734a8a67f723594"
DAY = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)

BERT = model(
    "google-bert/bert-base-uncased",
    downloads=60_478_923,
    likes=2498,
    library_name="transformers",
    sha=SHA,
    gated=False,
    tags=[
        "transformers",
        "pytorch",
        "tf",
        "jax",
        "rust",
        "coreml",
        "onnx",
        "safetensors",
        "bert",
        "license:apache-2.0",
    ],
    siblings=[
        "flax_model.msgpack",
        "model.onnx",
        "model.safetensors",
        "pytorch_model.bin",
        "rust_model.ot",
        "tf_model.h5",
    ],
    lastModified="2024-02-19T11:06:12.000Z",
    safetensors={"parameters": {"F32": 110_106_428}, "total": 110_106_428},
)
QWEN = model(
    "Qwen/Qwen3-8B",
    library_name="transformers",
    tags=["transformers", "safetensors", "qwen3"],
    siblings=["model-00001-of-00005.safetensors"],
)
GGUF = model(
    "Qwen/Qwen3-8B-GGUF",
    tags=["gguf", "base_model:Qwen/Qwen3-8B", "base_model:quantized:Qwen/Qwen3-8B"],
    siblings=["Qwen3-8B-Q4_K_M.gguf"],
)
KERAS = model(
    "keras/bert_base_en_uncased",
    library_name="keras-hub",
    tags=["keras-hub"],
    siblings=["config.json", "metadata.json", "model.weights.h5"],
)
ROBERTA = model("FacebookAI/roberta-base", tags=["safetensors", "roberta"], siblings=["model.safetensors"])
TF_COPY = model(
    "someone/roberta-tf",
    tags=["tf", "base_model:FacebookAI/roberta-base", "base_model:finetune:FacebookAI/roberta-base"],
    siblings=["tf_model.h5"],
)
BARE = model("lab/bare", tags=["safetensors"], siblings=["model.safetensors", "deep/other.safetensors"], sha=SHA)
GATED = model("meta/gated", tags=["safetensors"], siblings=["model.safetensors"], gated="manual")
DISABLED = model("bad/disabled", tags=["pytorch"], siblings=["pytorch_model.bin"], disabled=True)
LIAR = model(
    "lab/liar", tags=["transformers", "pytorch", "tf"], siblings=["pytorch_model.bin"], library_name="transformers"
)
PRIVATE = model("lab/private", siblings=["pytorch_model.bin"], private=True)
MODELS = [BERT, QWEN, GGUF, KERAS, ROBERTA, TF_COPY, BARE, GATED, DISABLED, LIAR, PRIVATE]


class ModelDoor:
    """An analyst, its Hub and a clock that is moved by hand."""

    def __init__(self, hub: LoopbackHub, home: Path, seconds: float = 20.0) -> None:
        self.hub = hub
        self.now = DAY
        self.analyst = Analyst(home, hub.endpoint, clock=lambda: self.now, seconds=seconds)

    def ask(self, name: str, framework: str | None = None) -> Answer:
        """Ask about one model."""
        return self.analyst.answer(OneModel(name, framework))

    def rows(self, name: str) -> dict[object, object]:
        """Ask about one model and give its status by framework."""
        table = self.ask(name).table
        assert table
        return {row[0]: row[1] for row in table.rows}

    def asked(self, name: str) -> int:
        """Count the calls for one model."""
        return len(self.hub.asked(f"/api/models/{name}"))


def serving(models: list[Item], contents: dict[tuple[str, str], bytes]) -> LoopbackHub:
    """Make a Hub of these models, with one old name."""
    return LoopbackHub(models, moved={"bert-base-uncased": "google-bert/bert-base-uncased"}, contents=contents)


@pytest.fixture
def door(tmp_path: Path) -> Iterator[ModelDoor]:
    """Open the door on a Hub that holds all models above."""
    with serving(list(MODELS), {("lab/bare", "model.safetensors"): safetensors("mlx")}) as hub:
        door = ModelDoor(hub, tmp_path)
        yield door
        door.analyst.close()


def test_says_per_framework_what_is_there_and_what_loads_it(door: ModelDoor) -> None:
    """Three frameworks by their files, TensorFlow and Flax with the transformers that still loads them."""
    answer = door.ask("google-bert/bert-base-uncased")

    assert answer.headline == "google-bert/bert-base-uncased is in PyTorch, TensorFlow and JAX"
    assert answer.table
    assert answer.table.rows[0] == ("PyTorch", "yes", "pytorch_model.bin", "PyTorch, with transformers")
    assert answer.table.rows[1][:3] == ("TensorFlow", "yes", "tf_model.h5")
    assert "transformers < 5" in str(answer.table.rows[1][3])
    assert "110,106,428 parameters" in answer.detail[-1]
    assert isinstance(answer.chart, Matrix)


def test_an_old_name_is_followed_and_both_are_said(door: ModelDoor) -> None:
    """The Hub redirects; the answer uses the new name and tells of the old one."""
    answer = door.ask("BERT-base-uncased")

    assert answer.question == "model google-bert/bert-base-uncased"
    assert "BERT-base-uncased is now called google-bert/bert-base-uncased." in answer.caveats


def test_a_conversion_inherits_and_names_its_base(door: ModelDoor) -> None:
    """GGUF is no framework; what it was made from is."""
    answer = door.ask("Qwen/Qwen3-8B-GGUF")

    assert answer.headline == "Qwen/Qwen3-8B-GGUF is a conversion only (GGUF) of Qwen/Qwen3-8B"
    assert "It is a quantised copy of Qwen/Qwen3-8B, which is in PyTorch." in answer.detail
    assert door.rows("Qwen/Qwen3-8B-GGUF") | {"PyTorch": "inherited", "GGUF": "conversion"} == door.rows(
        "Qwen/Qwen3-8B-GGUF"
    )


def test_keras_3_runs_on_tensorflow(door: ModelDoor) -> None:
    """Asked for TensorFlow, the answer is yes, through Keras 3."""
    answer = door.ask("keras/bert_base_en_uncased", "TensorFlow")

    assert answer.headline.startswith("Yes, through Keras 3")


def test_the_nearest_twin_is_the_one_that_names_it_as_base(door: ModelDoor) -> None:
    """Not in TensorFlow, but a fine-tune of it is; why is said."""
    answer = door.ask("FacebookAI/roberta-base", "TensorFlow")

    assert answer.headline == "No: FacebookAI/roberta-base is not in TensorFlow"
    assert any("someone/roberta-tf" in line and "names FacebookAI/roberta-base" in line for line in answer.detail)


def test_without_a_twin_it_is_said_that_none_was_found(door: ModelDoor) -> None:
    """Nothing is guessed."""
    assert "No twin of Qwen/Qwen3-8B was found in TensorFlow." in door.ask("Qwen/Qwen3-8B", "TensorFlow").detail


def test_the_same_architecture_of_a_framework_s_own_organisation_is_a_twin(door: ModelDoor) -> None:
    """keras/bert_base_en_uncased stands in where google-bert/bert-base-uncased has no Keras weights."""
    answer = door.ask("google-bert/bert-base-uncased", "Keras")

    assert any("keras/bert_base_en_uncased" in line and "published by keras" in line for line in answer.detail)


def test_the_header_decides_where_safetensors_are_all_there_is(door: ModelDoor) -> None:
    """The outermost file is read, and says mlx; without it PyTorch would be assumed."""
    assert door.rows("lab/bare")["MLX"] == "yes"
    assert len(door.hub.asked(f"/lab/bare/resolve/{SHA}/model.safetensors")) == 1


def test_no_header_is_read_where_anything_else_decides(door: ModelDoor) -> None:
    """The library of Qwen/Qwen3-8B is enough."""
    door.ask("Qwen/Qwen3-8B")

    assert not [request for request in door.hub.requests if "/resolve/" in request.path]


def test_a_gated_model_is_told_of_as_far_as_it_can_be_seen(door: ModelDoor) -> None:
    """Names are visible, the header is not; so PyTorch stays assumed."""
    answer = door.ask("meta/gated")

    assert answer.headline == "meta/gated is in PyTorch (assumed)"
    assert any("gated (manual)" in caveat for caveat in answer.caveats)
    assert any("header could not be read without access" in caveat for caveat in answer.caveats)


def test_a_disabled_model_is_said_to_be(door: ModelDoor) -> None:
    """The Hub describes it and serves nothing."""
    assert any("is disabled" in caveat for caveat in door.ask("bad/disabled").caveats)


def test_a_tag_that_lies_is_named(door: ModelDoor) -> None:
    """Tagged tf, no such file: declared, a conflict, and not counted."""
    answer = door.ask("lab/liar")

    assert "Conflict in lab/liar: tag tf, but no such file found." in answer.caveats
    assert answer.frameworks["TensorFlow"] == 0


@pytest.mark.parametrize("name", ["google-bert/bert-base-uncasd", "lab/private"])
def test_what_is_not_there_or_private_is_refused_in_one_sentence(door: ModelDoor, name: str) -> None:
    """The Hub does not say which to strangers, and neither do we."""
    with pytest.raises(NoSuchModel) as refused:
        door.ask(name)

    assert "or keeps it private" in refused.value.why


def test_a_mistyped_name_gets_the_nearest_ones(door: ModelDoor) -> None:
    """Of what the Hub finds and of what was stored."""
    with pytest.raises(NoSuchModel) as refused:
        door.ask("google-bert/bert-base-uncasd")

    assert refused.value.near[0] == "google-bert/bert-base-uncased"
    assert len(refused.value.near) <= 3


def test_a_model_deleted_since_is_said_to_have_been_there(door: ModelDoor) -> None:
    """What was seen once and is gone is told apart from what never was."""
    door.ask("lab/liar")
    door.hub.models.remove(LIAR)
    door.now += dt.timedelta(days=1)

    with pytest.raises(NoSuchModel, match="lab/liar") as refused:
        door.ask("lab/liar")

    assert refused.value.why.startswith("The Hub showed it on 23 Nov 2026; since then")


def test_one_call_answers_for_six_hours_and_a_stale_one_stands_in(door: ModelDoor) -> None:
    """Asked twice, called once; later, with the Hub down, the stored reading is marked stale."""
    door.ask("google-bert/bert-base-uncased")
    door.ask("google-bert/bert-base-uncased")
    assert door.asked("google-bert/bert-base-uncased") == 1

    door.now += dt.timedelta(hours=7)
    door.hub.faults.put(BAD_GATEWAY, "/api/models/google-bert/bert-base-uncased")
    answer = door.ask("google-bert/bert-base-uncased")

    assert answer.stale
    assert answer.as_of == DAY
    assert "The Hub could not be asked just now: it answered 502." in answer.caveats


def test_a_hub_that_stalls_is_left_at_the_deadline(tmp_path: Path) -> None:
    """Nothing stored of it: the sample's reading of the model stands in, marked as such."""
    with serving([BERT], {}) as hub:
        hub.faults.put(stalls(), "/api/models/openai-community/gpt2")
        door = ModelDoor(hub, tmp_path, seconds=0.5)
        answer = door.ask("openai-community/gpt2")
        door.analyst.close()

    assert answer.sample
    assert any("did not answer within" in caveat for caveat in answer.caveats)


def test_a_hub_that_is_down_is_left_alone_for_a_minute(door: ModelDoor) -> None:
    """Three questions after the first that failed ask nothing; a minute later the Hub is asked again."""
    for path in ("/api/models/openai-community/gpt2", "/api/models/google-bert/bert-base-uncased", "/api/models"):
        door.hub.faults.put(BAD_GATEWAY, path)
    for name in ("openai-community/gpt2", "openai-community/gpt2", "google-bert/bert-base-uncased"):
        assert door.ask(name).sample
    assert [request.path for request in door.hub.requests] == ["/api/models/openai-community/gpt2"]

    door.now += dt.timedelta(seconds=61)

    assert not door.ask("Qwen/Qwen3-8B").sample


def test_what_is_wrong_with_one_model_rests_nothing(door: ModelDoor) -> None:
    """A model that is missing, or told in a shape nobody knows, says nothing of the Hub."""
    with pytest.raises(NoSuchModel):
        door.ask("nobody/knows")

    assert not door.ask("Qwen/Qwen3-8B").sample


def test_never_seen_and_out_of_reach_is_said_to_be_missing(door: ModelDoor) -> None:
    """No verdict is made up."""
    door.hub.faults.put(BAD_GATEWAY, "/api/models/nobody/knows")

    with pytest.raises(NothingStored):
        door.ask("nobody/knows")


def test_the_rank_and_how_it_moved_come_from_the_stored_lists(door: ModelDoor) -> None:
    """Rank 1 today; yesterday another model led."""
    QWEN["downloads"] = 99_000_000
    door.analyst.answer(Top(n=5))
    QWEN["downloads"] = 1
    door.now += dt.timedelta(days=1)
    door.analyst.answer(Top(n=5))

    ranked = next(line for line in door.ask("google-bert/bert-base-uncased").detail if "rank" in line)

    assert "rank 1 of the 10 most downloaded on 24 Nov 2026, up 1 from 2 on 23 Nov 2026" in ranked


def test_a_file_that_is_not_there_is_not_called_closed(tmp_path: Path) -> None:
    """The Hub lists it and has it no more: nobody's access would help."""
    with serving([BARE], {}) as hub:
        door = ModelDoor(hub, tmp_path)
        answer = door.ask("lab/bare")
        door.analyst.close()

    assert not any("without access" in caveat for caveat in answer.caveats)


def test_two_models_stand_side_by_side(door: ModelDoor) -> None:
    """A row a framework and property, a column a model."""
    answer = door.analyst.answer(Compare("bert-base-uncased", "Qwen/Qwen3-8B"))

    assert answer.title == "Only bert-base-uncased is in TensorFlow"
    assert answer.table
    assert answer.table.names == ("what", "google-bert/bert-base-uncased", "Qwen/Qwen3-8B")
    assert ("TensorFlow", "yes (tf_model.h5, only before transformers 5)", "no") in answer.table.rows


@pytest.mark.parametrize("names", [("nobody/knows", "Qwen/Qwen3-8B"), ("Qwen/Qwen3-8B", "nobody/knows")])
def test_of_two_models_the_known_one_is_told_of_where_the_other_is_not_there(
    door: ModelDoor, names: tuple[str, str]
) -> None:
    """It was withheld; the refusal names the one that is not there, and says what is known of the other."""
    with pytest.raises(NoSuchModel) as refused:
        door.analyst.answer(Compare(*names))

    assert refused.value.name == "nobody/knows"
    assert "Qwen/Qwen3-8B is in PyTorch. Evidence: PyTorch by " in refused.value.why


def test_of_two_models_that_are_not_there_both_are_named(door: ModelDoor) -> None:
    """Whoever mends one name would be refused for the other; by the Hub's word, and while it is away."""
    with pytest.raises(NoSuchModel) as refused:
        door.analyst.answer(Compare("nobody/knows", "nor/this"))
    door.hub.faults.put(BAD_GATEWAY, "/api/models/*", times=99)
    with pytest.raises(NothingStored) as unread:
        door.analyst.answer(Compare("lab/one", "lab/other"))

    assert refused.value.name == "nobody/knows"
    assert refused.value.why.endswith("No model nor/this was found.")
    assert "the model lab/one" in unread.value.told
    assert unread.value.told.endswith("Nothing is stored for the model lab/other.")


def test_of_two_models_what_is_stored_is_told_while_the_hub_is_away(door: ModelDoor) -> None:
    """Nothing is stored of one; of the other there is."""
    door.ask("Qwen/Qwen3-8B")
    door.now += dt.timedelta(days=2)
    door.hub.faults.put(BAD_GATEWAY, "/api/models/*", times=99)

    with pytest.raises(NothingStored) as refused:
        door.analyst.answer(Compare("lab/bare", "Qwen/Qwen3-8B"))

    assert "Nothing is stored for the model lab/bare" in refused.value.told
    assert "Qwen/Qwen3-8B is in PyTorch." in refused.value.told


def test_the_command_under_an_answer_gives_it_again(door: ModelDoor) -> None:
    """From what was stored, with the Hub gone."""
    answer = door.ask("FacebookAI/roberta-base", "TensorFlow")
    door.hub.models.clear()
    door.now += dt.timedelta(days=2)

    again = door.analyst.answer(OneModel("FacebookAI/roberta-base", "TensorFlow"), as_of=DAY)

    assert again.as_json() == answer.as_json()


@pytest.mark.parametrize(("stated", "long", "expected"), [("pt", 1, "PyTorch"), ("tf", 3000, "TensorFlow")])
def test_headers_of_any_length_are_read(tmp_path: Path, stated: str, long: int, expected: str) -> None:
    """A header longer than what is fetched still shows its metadata, which stands first."""
    with serving([BARE], {("lab/bare", "model.safetensors"): safetensors(stated, long)}) as hub:
        door = ModelDoor(hub, tmp_path)
        assert door.rows("lab/bare")[expected] == "yes"
        door.analyst.close()


@pytest.mark.parametrize(
    "content", [safetensors(None), b"", b"\xff" * 200, safetensors("pt", 30_000, metadata_first=False)]
)
def test_a_header_that_says_nothing_leaves_the_verdict_assumed(tmp_path: Path, content: bytes) -> None:
    """No format, no file, no JSON, or metadata out of reach: assumed stays assumed."""
    with serving([BARE], {("lab/bare", "model.safetensors"): content}) as hub:
        door = ModelDoor(hub, tmp_path)
        assert door.rows("lab/bare")["PyTorch"] == "assumed"
        door.analyst.close()


def test_a_model_known_to_an_official_collection_says_so(door: ModelDoor) -> None:
    """As far as the collections were read."""
    listed = Reading("official", "", DAY, "m", {"listings": {"SpeechBrain": ["lab/liar"]}})
    door.analyst.context.readings.add(listed)

    assert "Listed by SpeechBrain." in door.ask("lab/liar").detail
