"""Through which library a checkpoint is loaded, as what class, and what is compared."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from analytics.reach.conversion_tables import read_shipped_listings
from tests.reach.case import Case

KERAS_HUB = "keras-hub"
TRANSFORMERS = "transformers"
MLX_LM = "mlx-lm"

WHOLE = "whole"
BACKBONE = "backbone"
TEXT = "text"


@dataclass(frozen=True, slots=True)
class Target:
    """One way to load a checkpoint."""

    library: str
    framework: str
    loader: str
    compared: str
    """The output that is compared: logits, or the last hidden states."""
    part: str


GENERATORS: Mapping[str, str] = {
    "bart": "BartSeq2SeqLM",
    "gemma": "GemmaCausalLM",
    "gemma2": "GemmaCausalLM",
    "gemma3": "Gemma3CausalLM",
    "gemma3_text": "Gemma3CausalLM",
    "gemma4": "Gemma4CausalLM",
    "gemma4_text": "Gemma4CausalLM",
    "gpt2": "GPT2CausalLM",
    "gpt_oss": "GptOssCausalLM",
    "llama": "Llama3CausalLM",
    "mistral": "MistralCausalLM",
    "mixtral": "MixtralCausalLM",
    "qwen2": "QwenCausalLM",
    "qwen2_moe": "QwenMoeCausalLM",
    "qwen3": "Qwen3CausalLM",
    "qwen3_5": "Qwen3_5CausalLM",
    "qwen3_5_moe": "Qwen3_5MoeCausalLM",
    "qwen3_moe": "Qwen3MoeCausalLM",
    "smollm3": "SmolLM3CausalLM",
    "t5gemma": "T5GemmaSeq2SeqLM",
    "t5gemma2": "T5Gemma2Seq2SeqLM",
}
"""KerasHub's classes with a language-model head."""

CLASSIFIERS: Mapping[str, str] = {"vit": "ViTImageClassifier", "swin": "SwinTransformerImageClassifier"}
"""KerasHub's classes whose head is converted too."""

BACKBONES: Mapping[str, str] = {
    "albert": "AlbertBackbone",
    "bert": "BertBackbone",
    "deit": "DeiTBackbone",
    "dinov2": "DINOV2Backbone",
    "dinov2_with_registers": "DINOV2Backbone",
    "dinov3_vit": "DINOV3Backbone",
    "distilbert": "DistilBertBackbone",
    "esm": "ESMBackbone",
    "metaclip_2": "MetaCLIP2Backbone",
    "paligemma": "PaliGemmaBackbone",
    "roberta": "RobertaBackbone",
    "xlm-roberta": "XLMRobertaBackbone",
}
"""KerasHub's classes without a head."""

HEADS = ("ForCausalLM", "LMHeadModel", "ForConditionalGeneration")
JOINED = (
    "LMHeadModel",
    "MTModel",
    "CLIPModel",
    "BlipModel",
    "GroupViTModel",
    "EncoderDecoderModel",
    "DualEncoderModel",
    "SamModel",
)
"""How classes end that have a head, or compare two halves, though they are called a model."""


def _keras_hub(case: Case, framework: str) -> Target | None:
    """Choose the class: the one the case names, the whole model if its head is converted, else the backbone."""
    if case.keras_class:
        part, compared = (BACKBONE, "hidden") if case.keras_class == "Backbone" else (WHOLE, "logits")
        return Target(KERAS_HUB, framework, case.keras_class, compared, part)
    if whole := _with_its_head(case):
        return Target(KERAS_HUB, framework, whole, "logits", _part(case))
    if case.model_type in {**GENERATORS, **CLASSIFIERS, **BACKBONES}:
        return Target(KERAS_HUB, framework, BACKBONES.get(case.model_type, "Backbone"), "hidden", BACKBONE)
    return None


def _with_its_head(case: Case) -> str:
    """Give the class that converts the head of this architecture too, if there is one."""
    kind = case.model_type
    if kind.startswith("timm:"):
        return "ImageClassifier"
    if kind == "metaclip_2":
        return BACKBONES[kind]
    classes = GENERATORS if case.architecture.endswith(HEADS) else CLASSIFIERS
    fits = case.architecture.endswith((*HEADS, "ForImageClassification"))
    return classes.get(kind, "") if fits else ""


def _part(case: Case) -> str:
    """Tell what is compared of a whole model: of one that sees or hears too and is shown a text, the text part."""
    return TEXT if case.architecture.endswith("ForConditionalGeneration") and case.inputs == "text" else WHOLE


@cache
def _listed(library: str, framework: str) -> frozenset[str]:
    """Give the types that the shipped table lists."""
    rows = read_shipped_listings().rows
    return frozenset(row.model_type for row in rows if (row.library, row.framework) == (library, framework))


def _transformers(case: Case, framework: str, prefix: str) -> Target | None:
    """Name the class of transformers 4 by the rule it follows itself: its framework before the architecture."""
    if case.model_type not in _listed(TRANSFORMERS, framework):
        return None
    bare = case.architecture.endswith(("Model", "Encoder")) and not case.architecture.endswith(JOINED)
    return Target(TRANSFORMERS, framework, prefix + case.architecture, "hidden" if bare else "logits", WHOLE)


def _mlx_lm(case: Case) -> Target | None:
    """Take every type that mlx-lm lists; it has one way to load."""
    if case.model_type not in _listed(MLX_LM, "MLX"):
        return None
    return Target(MLX_LM, "MLX", "mlx_lm.load", "logits", _part(case))


def targets(case: Case) -> list[Target]:
    """Give every way to load it."""
    found = [
        *(_keras_hub(case, framework) for framework in ("TensorFlow", "JAX", "PyTorch")),
        None if case.keras_class else _transformers(case, "TensorFlow", "TF"),
        None if case.keras_class else _transformers(case, "JAX", "Flax"),
        None if case.keras_class else _mlx_lm(case),
    ]
    return [one for one in found if one and (not case.libraries or one.library in case.libraries)]
