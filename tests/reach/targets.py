"""Through which library a checkpoint is loaded, as what class, and what is compared."""

from collections.abc import Mapping
from dataclasses import dataclass

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

TEXT_ONLY = ("gemma3", "gemma4", "qwen3_5", "qwen3_5_moe")
"""Types that see pictures too, and are shown none here."""

TENSORFLOW_STEMS = [
    "Albert",
    "Bart",
    "Bert",
    "CLIP",
    "Camembert",
    "ConvNext",
    "DebertaV2",
    "DeiT",
    "DistilBert",
    "Electra",
    "Esm",
    "GPT2",
    "MPNet",
    "Marian",
    "Mistral",
    "OPT",
    "Roberta",
    "Segformer",
    "Swin",
    "T5",
    "ViT",
    "Wav2Vec2",
    "Whisper",
    "XLMRoberta",
]
FLAX_STEMS = [
    "Albert",
    "Bart",
    "Bert",
    "CLIP",
    "Dinov2",
    "DistilBert",
    "Electra",
    "GPT2",
    "Gemma",
    "Llama",
    "Marian",
    "Mistral",
    "OPT",
    "Roberta",
    "T5",
    "ViT",
    "Wav2Vec2",
    "Whisper",
    "XLMRoberta",
]
MLX_TYPES = [
    "gemma",
    "gemma2",
    "gemma3",
    "gemma3_text",
    "gemma4",
    "gemma4_text",
    "gpt2",
    "gpt_oss",
    "llama",
    "mistral",
    "mixtral",
    "qwen2",
    "qwen2_moe",
    "qwen3",
    "qwen3_5",
    "qwen3_5_moe",
    "qwen3_moe",
    "smollm3",
]

HEADS = ("ForCausalLM", "LMHeadModel", "ForConditionalGeneration")


def _keras_hub(case: Case, framework: str) -> Target | None:
    """Choose the class: the one the case names, the whole model if its head is converted, else the backbone."""
    if case.keras_class:
        part, compared = (BACKBONE, "hidden") if case.keras_class == "Backbone" else (WHOLE, "logits")
        return Target(KERAS_HUB, framework, case.keras_class, compared, part)
    if whole := _with_its_head(case):
        part = TEXT if case.model_type in TEXT_ONLY else WHOLE
        return Target(KERAS_HUB, framework, whole, "logits", part)
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


def _transformers(case: Case, framework: str, prefix: str, stems: list[str]) -> Target | None:
    """Name the class of transformers 4 by the rule it follows itself: its framework before the architecture."""
    if not any(
        case.architecture.startswith(stem + ending) for stem in stems for ending in ("For", "Model", "MT", "LMHead")
    ):
        return None
    bare = case.architecture.endswith("Model") and not case.architecture.endswith(
        ("LMHeadModel", "CLIPModel", "MTModel")
    )
    return Target(TRANSFORMERS, framework, prefix + case.architecture, "hidden" if bare else "logits", WHOLE)


def _mlx_lm(case: Case) -> Target | None:
    """Take every type that mlx-lm lists; it has one way to load."""
    if case.model_type not in MLX_TYPES:
        return None
    return Target(MLX_LM, "MLX", "mlx_lm.load", "logits", TEXT if case.model_type in TEXT_ONLY else WHOLE)


def targets(case: Case) -> list[Target]:
    """Give every way to load it."""
    found = [
        *(_keras_hub(case, framework) for framework in ("TensorFlow", "JAX", "PyTorch")),
        None if case.keras_class else _transformers(case, "TensorFlow", "TF", TENSORFLOW_STEMS),
        None if case.keras_class else _transformers(case, "JAX", "Flax", FLAX_STEMS),
        None if case.keras_class else _mlx_lm(case),
    ]
    return [one for one in found if one and (not case.libraries or one.library in case.libraries)]
