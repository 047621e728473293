"""What converts, by a listing's tags alone: what counts as proven, as listed, and what never does."""

import pytest

from analytics.attribution import PYTORCH, attribute
from analytics.domain.observations import Model
from analytics.reach.tag_rule import Tagged, judge_tags

LLAMA = ("transformers", "safetensors", "llama", "text-generation")


def judge(*tags: str, task: str | None = "text-generation", framework: str = "TensorFlow", name: str = "o/m") -> Tagged:
    """Judge a repository of these tags; its library is among them."""
    return judge_tags(Model(name, tags=tags, task=task), framework)


def test_a_type_and_a_task_it_was_loaded_for_are_proven() -> None:
    """A decoder for text generation, into what was tried."""
    assert [judge(*LLAMA, framework=name) for name in ("TensorFlow", "JAX", "MLX")] == [Tagged.PROVEN] * 3


@pytest.mark.parametrize("library", ["Transformers", "TRANSFORMERS", "Sentence_Transformers", "sentence transformers"])
def test_a_library_is_known_however_it_is_spelt(library: str) -> None:
    """As its author writes it: by its name, and by its tag where none is named."""
    named = Model("o/m", library=library, tags=(library, *LLAMA[1:]), task="text-generation")

    assert judge_tags(named, "TensorFlow") is Tagged.PROVEN
    assert judge(library, *LLAMA[1:]) is Tagged.PROVEN


@pytest.mark.parametrize("library", ["my-lib", "generic", "kernels"])
def test_a_library_that_tells_nothing_hides_none_that_does(library: str) -> None:
    """Written by hand, or known to say nothing of a framework."""
    named = Model("o/m", library=library, tags=(library, *LLAMA), task="text-generation")

    assert judge_tags(named, "TensorFlow") is Tagged.PROVEN


def test_timm_is_known_however_it_is_spelt() -> None:
    """The same of the library whose architecture stands in the name."""
    resnet = Model("o/resnet50.a1_in1k", library="TIMM", tags=("safetensors",), task="image-classification")

    assert judge_tags(resnet, "JAX") is Tagged.PROVEN


def test_another_task_makes_it_listed_only() -> None:
    """The class behind a reward model was not loaded, though the type is known."""
    assert judge(*LLAMA, task="text-classification", framework="MLX") is Tagged.LISTED
    assert judge(*LLAMA, task=None) is Tagged.LISTED


@pytest.mark.parametrize(
    "tag",
    [
        "awq",
        "GPTQ",
        "4-bit",
        "compressed-tensors",
        "nvfp4",
        "4bit",
        "aqlm",
        "peft",
        "LoRA",
        "adapter",
        "mlx",
        "custom_code",
    ],
)
def test_quantised_adapted_and_foreign_weights_never_convert(tag: str) -> None:
    """One tag is enough, in any case."""
    assert judge(*LLAMA, tag) is Tagged.NO


@pytest.mark.parametrize(
    "tags",
    [
        ("transformers", "llama"),
        ("safetensors", "llama"),
        ("transformers", "safetensors"),
        ("transformers", "safetensors", "llama", "mistral"),
        ("diffusers", "safetensors", "llama"),
        (),
    ],
    ids=["no safetensors", "no library", "no type", "two types", "another library", "no tags"],
)
def test_what_does_not_say_enough_does_not_convert(tags: tuple[str, ...]) -> None:
    """Safetensors, a library that names the type, and one type alone: all three are asked for."""
    assert judge(*tags) is Tagged.NO


def test_a_copy_named_as_base_is_not_quantised() -> None:
    """`base_model:quantized:` is said of models with weights as trained, too."""
    assert judge(*LLAMA, "base_model:quantized:org/other") is Tagged.PROVEN


def test_timm_is_known_by_its_name() -> None:
    """The architecture stands in the name; one that loads and differs is no proof."""
    tags = ("timm", "safetensors", "image-classification")

    assert judge(*tags, task="image-classification", name="timm/resnet50.a1_in1k") is Tagged.PROVEN
    assert judge(*tags, task="image-classification", name="timm/densenet121.ra_in1k") is Tagged.NO


@pytest.mark.parametrize("framework", ["TensorFlow", "JAX", "MLX", "Rust"])
def test_it_never_moves_a_count(framework: str) -> None:
    """Whatever converts is PyTorch's by its files, and nothing else's."""
    model = Model("o/m", tags=LLAMA, task="text-generation")

    judge_tags(model, framework)
    assert attribute(model).frameworks == (PYTORCH,)
