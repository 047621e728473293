"""
The nearest model that comes in a framework the asked-for one does not come in, and why it is thought to be its twin.

Looked for in this order: its base model; a model that names it as its base; the same architecture, by name, under the
framework's own organisation. What the Hub finds and what the stored lists hold are both looked through.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from analytics.answering.model_cache import ModelCache
from analytics.attribution import FORMAT_TAGS, Verdict, attribute, bases
from analytics.domain.observations import Model, Twin
from analytics.errors import AnalyticsError, SourceError

ORGANISATIONS: Mapping[str, str] = {
    "PyTorch": "pytorch",
    "TensorFlow": "keras",
    "Keras": "keras",
    "JAX": "flax-community",
    "MLX": "mlx-community",
    "PaddlePaddle": "PaddlePaddle",
    "ONNX": "onnx-community",
    "GGUF": "ggml-org",
    "OpenVINO": "OpenVINO",
    "LiteRT": "litert-community",
}
"""Accounts of the Hub that publish known architectures in one framework or format."""

SERVES: Mapping[str, tuple[str, ...]] = {
    "PyTorch": ("PyTorch", "Keras"),
    "TensorFlow": ("TensorFlow", "Keras"),
    "JAX": ("JAX", "Keras"),
}
"""What a model may come in to serve users of a framework: weights of Keras 3 run on all three."""

LOOKED_AT = 100
IGNORED = frozenset({"en", "base", "hf", "gguf", "onnx", "mlx", "awq", "gptq", "4bit", "8bit", "fp16", "bf16"})
"""Words that families add or drop from one framework to the next (bert-base-uncased, bert_base_en_uncased)."""


def find_twin(model: Model, framework: str, repositories: ModelCache) -> Twin | None:
    """
    Find the nearest twin in a framework; None if none was found.

    Raises:  SourceError, if the Hub did not let us look and the stored lists hold none either.
    """
    twin = _base(model, framework, repositories)
    if twin:
        return twin
    trouble: SourceError | None = None
    for search, fits, why in _searches(model, framework):
        candidates = list(repositories.list_models())
        try:
            candidates = repositories.search(search, LOOKED_AT) + candidates
        except SourceError as failure:
            trouble = failure
        if twin := _first(filter(fits, candidates), framework, why):
            return twin
    if trouble:
        raise trouble
    return None


def _base(model: Model, framework: str, repositories: ModelCache) -> Twin | None:
    base = next(iter(bases(model)), None)
    if not base:
        return None
    try:
        seen = repositories.read(base)
    except AnalyticsError:
        return None
    if seen.repository.disabled:
        return None
    twin = _first([seen.repository.model], framework, "it is the base model this one names")
    return twin and replace(twin, private=seen.repository.private)


Search = tuple[list[tuple[str, str]], Callable[[Model], bool], str]


def _searches(model: Model, framework: str) -> Iterable[Search]:
    """Give the two searches with what a find must fulfil and why it then is a twin."""
    exported = [("filter", FORMAT_TAGS[framework])] if framework in FORMAT_TAGS else []
    yield (
        [("filter", f"base_model:{model.id}"), *exported],
        lambda other: model.id in bases(other),
        f"it names {model.id} as its base model",
    )
    organisation, wanted = ORGANISATIONS.get(framework), name_words(model.id)
    if organisation and wanted:
        yield (
            [("author", organisation), ("search", _family(model.id))],
            lambda other: other.author == organisation and wanted <= name_words(other.id) and other.id != model.id,
            f"the same architecture by its name, published by {organisation}",
        )


def name_words(name: str) -> frozenset[str]:
    """Give the telling words of a model's name, without its account: {bert, uncased} of bert-base-uncased."""
    return frozenset(re.split(r"[-_./]", name.casefold().rpartition("/")[2])) - IGNORED - {""}


def _family(name: str) -> str:
    """Give the first word of a name, which says the family: bert, whisper, qwen3."""
    return re.split(r"[-_./]", name.rpartition("/")[2])[0]


def _first(models: Iterable[Model], framework: str, why: str) -> Twin | None:
    for model in models:
        verdict = attribute(model)
        there = (*verdict.frameworks, *verdict.conversions)
        served = next((name for name in SERVES.get(framework, (framework,)) if name in there), None)
        if served:
            return Twin(model.id, served, why, _proof(verdict, served), gated=model.gated)
    return None


def _proof(verdict: Verdict, framework: str) -> str:
    found = (finding.evidence for finding in verdict.findings if finding.framework == framework)
    return next(found, f"{framework} files")
