"""What converts is said with its library and version, and the lines to run hold nothing a stranger wrote."""

import re
import shlex
from dataclasses import replace

import pytest

from analytics.domain.observations import Configuration
from analytics.reach.conversion_tables import Result, loads_by_type
from analytics.reach.conversion_words import describe, name_loader, say_outdated, write_lines, write_old_lines
from analytics.reach.loading_rule import WRITING_ONLY
from analytics.reach.outcomes import Obstacle, Reach
from tests.analytics.reach.test_single_repository import BERT, QWEN, into


def test_a_proven_model_is_told_with_what_was_not_tried() -> None:
    """The type was tried, the repository was not, and details were not read."""
    said = list(describe(into("TensorFlow"), None))

    assert said[0] == (
        "Loads in TensorFlow through KerasHub 0.32, whole model; tried by us for this type, not for this repository."
    )
    assert any("were not read" in line for line in said)


@pytest.mark.parametrize("obstacle", [one for one in Obstacle if one is not Obstacle.NOT_PYTORCH])
def test_each_obstacle_has_words(obstacle: Obstacle) -> None:
    """Nothing is refused in silence."""
    assert all(describe(Reach("TensorFlow", obstacle=obstacle, detail="x"), "org/base"))


def test_a_quantised_copy_points_at_what_it_was_made_from() -> None:
    """The base model may convert, so it is named."""
    said = describe(into("TensorFlow", Configuration("qwen3", ("Qwen3ForCausalLM",), "awq")), "Qwen/Qwen3-8B")

    assert "Qwen/Qwen3-8B" in " ".join(said)


@pytest.mark.parametrize("framework", ["TensorFlow", "JAX", "MLX"])
@pytest.mark.parametrize("described", [QWEN, BERT], ids=["decoder", "encoder"])
def test_the_lines_are_sound_for_a_shell_and_python(framework: str, described: Configuration) -> None:
    """Each line is words of a shell; what is given to python is code that compiles and names the model."""
    for line in write_lines(into(framework, described), "org/m"):
        words = [word for word in shlex.split(line) if "=" not in word or " " in word]
        code = words[words.index("-c") + 1] if "-c" in words else ""
        compile(code, "line", "exec")
        assert not code or "org/m" in code


def pins(version: str, loaded: str = "", **changed: str) -> str:
    """Give the line that installs what converts Qwen 3, for a release of the library."""
    found = into("TensorFlow")
    best = found.conversions[0]
    row = replace(best.row, version=version, loaded=loaded, **changed)
    return write_lines(replace(found, conversions=(replace(best, row=row),)), "org/m")[0]


def test_the_version_is_pinned_whose_loads_are_known() -> None:
    """Of a newer release that was not loaded yet the last tried one; of a type it alone has, that release."""
    assert pins("0.32.0").split()[2] == "keras-hub==0.32.0"
    assert pins("0.33.0", "0.32.0").split()[2] == "keras-hub==0.32.0"
    assert pins("0.33.0", "0.32.0", model_type="new_type").split()[2] == "keras-hub==0.33.0"


@pytest.mark.parametrize(("framework", "library"), [("TensorFlow", "keras-hub"), ("MLX", "mlx-lm")])
def test_every_line_that_installs_names_a_version(framework: str, library: str) -> None:
    """As data of the table, not as words of a sentence."""
    row = into(framework).conversions[0].row

    assert f"{library}=={row.version}" in write_lines(into(framework), "org/m")[0]


def test_old_files_are_loaded_by_the_last_version_that_could() -> None:
    """Without from_pt, as the files are TensorFlow's own."""
    install, load = write_old_lines("TensorFlow", BERT, "org/m")

    assert "transformers==4.57.6" in install
    assert "TFBertModel" in load
    assert "from_pt" not in load
    assert "KerasHub" in " ".join(say_outdated(into("TensorFlow", BERT)))


def test_how_much_is_loaded_is_said() -> None:
    """Whole model, backbone, and head through the old transformers are three words."""
    assert name_loader(into("TensorFlow").conversions[0]) == "KerasHub 0.32, whole model"
    tags = replace(BERT, architectures=("BertForTokenClassification",))
    found = {one.row.library: name_loader(one) for one in into("TensorFlow", tags).conversions}
    assert "backbone only, its head is lost" in found["keras-hub"]
    assert "head included" in found["transformers"]
    bare = {one.row.library: name_loader(one) for one in into("TensorFlow", BERT).conversions}
    assert "backbone, all that this class has" in bare["keras-hub"]
    assert "whole model" in bare["transformers"]


@pytest.mark.parametrize(
    ("model_type", "architecture"),
    [
        ("gemma3_text", "Gemma3TextModel"),
        ("qwen3", "Qwen3Model"),
        ("gpt2", "GPT2Model"),
        ("gpt2", "GPT2ForSequenceClassification"),
    ],
)
def test_the_lines_load_the_part_that_was_loaded(model_type: str, architecture: str) -> None:
    """Of what was loaded as a backbone the lines make a backbone, which writes no text."""
    (_, line) = write_lines(into("JAX", Configuration(model_type, (architecture,))), "org/m")

    if "keras_hub" in line:
        assert "k.models.Backbone.from_preset" in line
    assert "generate" not in line


def test_what_was_seen_in_an_odd_form_only_proves_that_form() -> None:
    """A bare Qwen 3 was loaded with its head tied, which another's configuration may deny."""
    told = list(describe(into("TensorFlow", Configuration("qwen3", ("Qwen3Model",))), None))

    assert told[0].endswith("in this form only: bare model, tied.")


def test_other_numbers_of_one_writer_are_told_of_that_writer() -> None:
    """A gpt-oss of transformers 4 could not be compared in MLX, which is not wrong; one of transformers 5 was."""
    told = " ".join(describe(into("MLX", Configuration("gpt_oss", ("GptOssForCausalLM",), "mxfp4")), None))

    assert told.startswith("mlx-lm 0.32.2 lists its type for MLX; it loaded, and its numbers could not be compared.")
    assert "gave other numbers without an error: files written by transformers 5.24.0" in told


@pytest.mark.parametrize(
    ("model_type", "architecture", "said"),
    [
        ("marian", "MarianModel", "whole model"),
        ("marian", "MarianMTModel", "head included"),
        ("dpr", "DPRContextEncoder", "whole model"),
        ("dpr", "DPRReader", "head included"),
        ("gpt2", "GPT2LMHeadModel", "head included"),
        ("vision-encoder-decoder", "VisionEncoderDecoderModel", "head included"),
    ],
)
def test_a_head_is_claimed_of_classes_that_have_one(model_type: str, architecture: str, said: str) -> None:
    """Bare models and encoders have none that could be included."""
    found = into("TensorFlow", Configuration(model_type, (architecture,))).conversions
    (old,) = (one for one in found if one.row.library == "transformers")

    assert said in name_loader(old)


@pytest.mark.parametrize("architecture", ["Phi3ForSequenceClassification", "Phi3Model", "GPT2ForTokenClassification"])
def test_mlx_lm_makes_text_and_nothing_else(architecture: str) -> None:
    """It refused each class without a head for texts that was tried, so no line is given of one that was not."""
    model_type = "phi3" if "Phi3" in architecture else "gpt2"
    found = into("MLX", Configuration(model_type, (architecture,)))

    assert not write_lines(found, "org/m")
    assert f"not load what writes no text, as {architecture}" in " ".join(describe(found, None))


def test_each_class_that_writes_nothing_was_refused_by_mlx_lm() -> None:
    """As the sentence says, of any type; but for GPT-2's bare one, whose names are those of one that writes."""
    loads = [load for key, of_type in loads_by_type().items() if key[0] in WRITING_ONLY for load in of_type]
    silent = [one for one in loads if re.search(r"(?<!LMHead)Model$|Classification|Answering", one.architecture)]

    assert {one.architecture for one in silent if one.result is not Result.REFUSED} == {"GPT2Model"}
    assert Result.EQUAL not in {one.result for one in silent}
