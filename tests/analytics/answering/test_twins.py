"""The nearest model in another framework: what is taken for one by its name, and what is not."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import pytest

from analytics.answering.twins import find_twin, name_words
from analytics.domain.observations import Model


@dataclass
class Stored:
    """What was seen before; the Hub finds nothing more."""

    models: Sequence[Model]
    searched: list[Sequence[tuple[str, str]]] = field(default_factory=list)

    def list_models(self) -> Iterator[Model]:
        """Give what is stored."""
        yield from self.models

    def search(self, wanted: Sequence[tuple[str, str]], limit: int) -> list[Model]:
        """Find nothing."""
        del limit
        self.searched.append(wanted)
        return []


@pytest.mark.parametrize(
    "word", ["en", "base", "hf", "gguf", "onnx", "mlx", "awq", "gptq", "4bit", "8bit", "fp16", "bf16"]
)
def test_words_that_families_add_or_drop_are_no_part_of_a_name(word: str) -> None:
    """bert_base_en_uncased is bert-uncased."""
    assert name_words(f"lab/bert-{word}-uncased") == {"bert", "uncased"}


@pytest.mark.parametrize("word", ["large", "v2", "finetuned", "7b"])
def test_words_that_tell_models_apart_are(word: str) -> None:
    """A large one is no twin of another."""
    assert name_words(f"lab/bert-{word}") == {"bert", word}


def test_a_model_is_no_twin_of_itself() -> None:
    """An older list may still hold it with the files that it has lost since."""
    now = Model("keras/bert", files=("pytorch_model.bin",))
    then = Model("keras/bert", library="keras", files=("tf_model.h5",))
    other = Model("keras/bert_base_en", library="keras", files=("tf_model.h5",))

    assert find_twin(now, "TensorFlow", Stored([then])) is None  # type: ignore[arg-type]  # only what is called
    twin = find_twin(now, "TensorFlow", Stored([then, other]))  # type: ignore[arg-type]  # only what is called
    assert twin
    assert twin.id == "keras/bert_base_en"
