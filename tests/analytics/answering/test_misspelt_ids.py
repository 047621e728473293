"""Misspelt ids against the ids that are known: the model that was meant is among the three that are suggested."""

from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from analytics.analyst import Analyst
from analytics.answering.model_cache import ModelCache
from analytics.domain.observations import Model
from analytics.domain.requests import OneModel
from analytics.errors import Missing, NoSuchModel, NothingStored
from analytics.names.known_models import resolve_bare

KNOWN = Path("analytics/names/known_models.csv").read_text(encoding="utf-8").splitlines()[1:]


@dataclass(frozen=True)
class KnownHub:
    """A Hub that has the known ids, and finds them as the Hub does: by a part of their names, most downloaded first."""

    token_is_refused: bool = False

    def one(self, name: str, **_rest: object) -> None:
        """Have none of a misspelt name."""
        raise Missing(name, "there is none")

    def search(self, wanted: Sequence[tuple[str, str]], limit: int, *, seconds: float) -> list[Model]:
        """Find by a part of the name."""
        assert seconds > 0
        asked: Mapping[str, str] = dict(wanted)
        lines = (line.split(",") for line in KNOWN if asked["search"].casefold() in line.casefold())
        return [Model(name, downloads_30d=int(downloads)) for name, downloads, _ in lines][:limit]


@pytest.mark.parametrize(
    ("misspelt", "meant"),
    [
        ("openai/whisper-large-v3-turob", "openai/whisper-large-v3-turbo"),
        ("openai/wisper-large-v3", "openai/whisper-large-v3"),
        ("opnai/whisper-tiny", "openai/whisper-tiny"),
        ("google/bert-base-uncased", "google-bert/bert-base-uncased"),
        ("google-bert/bert-base-uncasd", "google-bert/bert-base-uncased"),
        ("bert-base-uncasd", "google-bert/bert-base-uncased"),
        ("facebook/bart-large-cnnn", "facebook/bart-large-cnn"),
        ("facebok/bart-large-cnn", "facebook/bart-large-cnn"),
        ("meta-llama/Llama-3.1-8B-Instuct", "meta-llama/Llama-3.1-8B-Instruct"),
        ("metallama/Llama-3.1-8B-Instruct", "meta-llama/Llama-3.1-8B-Instruct"),
        ("meta/Llama-3.1-8B-Instruct", "meta-llama/Llama-3.1-8B-Instruct"),
        ("mistralai/Mistral-7B-Instruct-v03", "mistralai/Mistral-7B-Instruct-v0.3"),
        ("mistral/Mistral-7B-Instruct-v0.3", "mistralai/Mistral-7B-Instruct-v0.3"),
        ("Qwen/Qwen2.5-7B-Instrcut", "Qwen/Qwen2.5-7B-Instruct"),
        ("Qwen/Qwen25-7B-Instruct", "Qwen/Qwen2.5-7B-Instruct"),
        ("sentence-transformers/all-MiniLM-L6v2", "sentence-transformers/all-MiniLM-L6-v2"),
        ("sentence-transformer/all-MiniLM-L6-v2", "sentence-transformers/all-MiniLM-L6-v2"),
        ("all-minilm-l6-v2x", "sentence-transformers/all-MiniLM-L6-v2"),
        ("BAAI/bge-m33", "BAAI/bge-m3"),
        ("BAAI/bge-smal-en-v1.5", "BAAI/bge-small-en-v1.5"),
        ("stabilityai/stable-difusion-xl-base-1.0", "stabilityai/stable-diffusion-xl-base-1.0"),
        ("stability-ai/stable-diffusion-xl-base-1.0", "stabilityai/stable-diffusion-xl-base-1.0"),
        ("openai/clip-vit-large-pach14", "openai/clip-vit-large-patch14"),
        ("google/vit-base-pathc16-224", "google/vit-base-patch16-224"),
        ("google/flan-t5-bsae", "google/flan-t5-base"),
        ("microsoft/phi2", "microsoft/phi-2"),
        ("microsoft/deberta-v3-bas", "microsoft/deberta-v3-base"),
        ("distilbert/distilbert-base-uncasedd", "distilbert/distilbert-base-uncased"),
        ("FacebookAI/robrta-base", "FacebookAI/roberta-base"),
        ("roberta/roberta-base", "FacebookAI/roberta-base"),
        ("openai-comunity/gpt2", "openai-community/gpt2"),
        ("gpt22", "openai-community/gpt2"),
        ("xlnet/xlnet-base-case", "xlnet/xlnet-base-cased"),
        ("deepseek/DeepSeek-R1", "deepseek-ai/DeepSeek-R1"),
        ("deepseek-ai/DeepSeekR1", "deepseek-ai/DeepSeek-R1"),
    ],
)
def test_who_was_meant_is_suggested(tmp_path: Path, misspelt: str, meant: str) -> None:
    """Of the author, mistyped or shortened, first; and what is only mistyped, whatever is downloaded more."""
    with closing(Analyst(tmp_path, "http://127.0.0.1:9", seconds=5.0)) as analyst:
        hub = replace(analyst.context, hub=KnownHub())  # type: ignore[arg-type]  # only what is called
        with pytest.raises(NoSuchModel) as missing:
            ModelCache(hub).read(misspelt)

    assert meant in missing.value.near


@pytest.mark.parametrize(
    ("misspelt", "meant"),
    [
        ("opnai/whisper-large-v3", "openai/whisper-large-v3"),
        ("facebook/opt125m", "facebook/opt-125m"),
        ("bert-base-uncasedd", "google-bert/bert-base-uncased"),
        ("all-MiniLM-L6", "sentence-transformers/all-MiniLM-L6-v2"),
        ("clip-vit-base", "openai/clip-vit-base-patch32"),
        ("mistral-7b", "mistralai/Mistral-7B-Instruct-v0.2"),
    ],
)
def test_while_the_hub_is_away_the_sample_tells_what_was_meant(tmp_path: Path, misspelt: str, meant: str) -> None:
    """
    Mistyped, or its name not to the end.

    Asking again in a minute would find no more; that the Hub was not asked is said beside it.
    """
    with closing(Analyst(tmp_path, "http://127.0.0.1:9", seconds=0.2)) as away, pytest.raises(NoSuchModel) as refused:
        away.answer(OneModel(misspelt))

    assert refused.value.near[0] == meant
    assert refused.value.why.startswith("The Hub could not be asked just now")


@pytest.mark.parametrize("name", ["2", "lab/nothing-like-any-of-these"])
def test_while_the_hub_is_away_nothing_alike_is_made_up(tmp_path: Path, name: str) -> None:
    """A number is the place in some list, and no model of whoever calls one so."""
    with closing(Analyst(tmp_path, "http://127.0.0.1:9", seconds=0.2)) as away, pytest.raises(NothingStored) as refused:
        away.answer(OneModel(name))

    assert f"the model {name} " in refused.value.told
    assert resolve_bare("2") is None
