"""
The rule as data: which names, tags and header formats mean what. No logic here.

Python (`signals`) and SQL (`sql`) both work from these values, so patterns use only what `re` and RE2 read alike: no
look-around, no `$`, and each must match a whole path. What must not match stands in a pattern of its own.

Sources: huggingface_hub's constants for the weight files of transformers (`PYTORCH_WEIGHTS_NAME`, `TF2_WEIGHTS_NAME`,
`FLAX_WEIGHTS_NAME`), the documentation of each format, and tags observed on the Hub.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from analytics.attribution.verdicts import JAX, KERAS, MLX, OTHER, PADDLE, PYTORCH, TENSORFLOW

METHOD = "2026-11.2"
"""Version of the rule. Stored with every snapshot; any change that can move a verdict changes it."""

FOLDERS = r"(?:[^/]*/)*"
NO_MODEL = (
    # What a training run leaves beside the weights: training_args.bin, optimizer.pt, rng_state_0.pth,
    # bf16_zero_pp_rank_0_mp_rank_00_optim_states.pt (DeepSpeed), policy.optimizer.pth (Stable-Baselines3).
    r"(?:[^/]*optimizer|scheduler|scaler|rng_state[^/]*|training_args|[^/]*optim_states)\.(?:pt|pth|bin|pkl)",
    # The inside of a Core ML package: model.mlpackage/Data/com.apple.CoreML/weights/weight.bin
    r"(?:[^/]*/)*[^/]*\.(?:mlpackage|mlmodelc)/(?:[^/]*/)*[^/]*",
    r"optimizer_[0-9]+/[^/]*\.distcp",
)
LEFTOVERS = FOLDERS + "(?:" + "|".join(NO_MODEL) + ")"


@dataclass(frozen=True, slots=True)
class Names:
    """
    File names that show one thing.

    `at` matches the whole path; `needs` and `spoilt_by` swap a suffix and ask for the file so named beside it.
    """

    shows: str
    at: str
    but: str = LEFTOVERS
    needs: tuple[str, str] | None = None
    spoilt_by: tuple[str, str] | None = None


def _name(shows: str, name: str, needs: tuple[str, str] | None = None) -> Names:
    return Names(shows, FOLDERS + "(?:" + name + ")", needs=needs)


FILES = (
    _name(PYTORCH, r"[^/]*pytorch_model[^/]*\.bin|adapter_model\.bin|[^/]*\.(?:pt2?|pth|nemo|distcp)"),
    _name(TENSORFLOW, r"tf_model[^/]*\.h5|saved_model\.pb|variables/variables\.index"),
    # Checkpoints: bert_model.ckpt.index, model.ckpt-1000.meta, variables.data-00000-of-00001
    _name(TENSORFLOW, r"[^/]*\.ckpt(?:-[0-9]+)?\.(?:index|meta)|[^/]*\.data-[0-9]{5}-of-[0-9]{5}"),
    # Flax, then Orbax (_CHECKPOINT_METADATA, manifest.ocdbt) and T5X directories.
    _name(JAX, r"[^/]*flax_model[^/]*\.msgpack|_CHECKPOINT_METADATA|manifest\.ocdbt|checkpoint_[0-9]+/checkpoint"),
    _name(KERAS, r"[^/]*\.keras"),
    # KerasHub presets; another library's model.weights.h5 has no metadata.json beside it.
    _name(KERAS, r"model\.weights\.h5", needs=("model.weights.h5", "metadata.json")),
    _name(MLX, r"[^/]*\.mlxfn"),
    _name(PADDLE, r"[^/]*\.(?:pdparams|pdiparams)"),
)
"""Weight files that only one framework writes."""

LIGHTNING = Names("ckpt", FOLDERS + r"[^/]*\.ckpt", spoilt_by=("", ".index"))
"""PyTorch's too, unless a TensorFlow index lies beside it or the library is known to write its own (MindSpore)."""

CLASSICAL = _name(OTHER, r"[^/]*\.(?:joblib|skops|ubj|ubj\.zip|caffemodel|ftz)")
"""scikit-learn, XGBoost, Caffe, fastText: they decide only alone, for a label encoder may lie beside any network."""

HDF5 = _name("h5", r"[^/]*(?:model|weights)[^/]*\.(?:h5|hdf5)")
"""Keras's older format. Which Keras wrote it follows, as an assumption, from the age of the repository."""

SAFETENSORS = _name("safetensors", r"[^/]*\.safetensors")

CONVERSIONS = (
    _name("ONNX", r"[^/]*\.(?:onnx|ort)"),
    _name("GGUF", r"[^/]*\.(?:gguf|llamafile)"),
    _name("GGML", r"[^/]*ggml[^/]*\.bin"),
    Names("Core ML", FOLDERS + r"(?:[^/]*\.mlmodel|[^/]*\.(?:mlpackage|mlmodelc)/" + FOLDERS + r"[^/]*)", but=""),
    _name("OpenVINO", r"openvino[^/]*\.xml"),
    _name("LiteRT", r"[^/]*\.(?:tflite|litertlm)"),
    _name("ExecuTorch", r"[^/]*\.pte"),
    _name("Rust", r"[^/]*\.ot"),
    _name("TensorFlow.js", r"group[0-9]+-shard[0-9]+of[0-9]+\.bin"),
    _name("CTranslate2", r"(?:shared_|source_)?vocabulary\.(?:txt|json)"),
    _name("MLC", r"mlc-chat-config\.json"),
    _name("TensorRT", r"[^/]*\.(?:engine|plan)"),
    _name("RKLLM", r"[^/]*\.rkllm"),
    _name("Sentis", r"[^/]*\.sentis"),
    _name("Mobilint", r"[^/]*\.mxq"),
)
"""Export formats. They show what a model was converted to, never what it was made with."""

WEIGHTS = Names(
    "weights",
    FOLDERS + r"(?:[^/]*\.(?:safetensors|bin|pt2?|pth|ckpt|h5|hdf5|keras|pb|msgpack|npz|npy|nemo|pkl|pickle|joblib"
    r"|skops|zip|tar|gz|tgz|bz2|xz|7z|mar|whl|model|mdl|weights|params|pdparams|pdiparams|distcp|t7|dat|cbm|ubj|vec|ftz|fst"
    r"|sbs|cmf|mlxfn|caffemodel|data-[0-9]{5}-of-[0-9]{5})|tensor[0-9]+_[0-9]+)",
    but=LEFTOVERS
    # Not weights: tokenizers (tokenizer.model, spiece.model), compressed tables, the data files of exports.
    + r"|(?:[^/]*/)*(?:(?:tokenizer|spiece|[^/]*sentencepiece[^/]*|[^/]*bpe|[^/]*spm|source|target)\.model"
    r"|[^/]*\.(?:csv|json|jsonl|txt|tsv|xml|md)\.(?:gz|zip|bz2|xz)"
    r"|code\.zip|weights\.pb|openvino[^/]*\.bin|[^/]*ggml[^/]*\.bin|group[0-9]+-shard[0-9]+of[0-9]+\.bin)",
)
"""Names that can hold weights of a kind nothing above names; without any a repository has no weights."""

HUB_TAGS: tuple[tuple[str, str], ...] = (
    ("pytorch", PYTORCH),
    ("tf", TENSORFLOW),
    ("tf-keras", TENSORFLOW),
    ("jax", JAX),
    ("paddlepaddle", PADDLE),
    ("joblib", OTHER),
)
"""
Framework tags that the Hub sets from file names.

They stand for the files only in the Hub's own run of tags: it writes the library first, then one tag for each kind of
file, and the author's tags later. GGUF copies of Llama carry the author's `pytorch` (`gguf, facebook, meta, pytorch`),
Meta's own repository does too; neither is a trace of a file.
"""

RUN_OF_FILE_TAGS = frozenset(
    {tag for tag, _ in HUB_TAGS}
    | {"keras", "tflite", "rust", "coreml", "onnx", "safetensors", "gguf", "openvino", "executorch", "tensorboard"}
    | {"diffusers", "transformers", "sentence-transformers"}
)
"""What the Hub's own run of tags is made of, after the first, which is the library whatever its name."""

DECLARED_TAGS: tuple[tuple[str, str], ...] = (
    ("pytorch", PYTORCH),
    ("torch", PYTORCH),
    ("tf", TENSORFLOW),
    ("tensorflow", TENSORFLOW),
    ("jax", JAX),
    ("flax", JAX),
    ("paddlepaddle", PADDLE),
)
"""What an author may write, in any case; the tags say so and nothing else does."""

CONVERSION_TAGS: tuple[tuple[str, str], ...] = (
    ("onnx", "ONNX"),
    ("gguf", "GGUF"),
    ("llamafile", "GGUF"),
    ("ggml", "GGML"),
    ("coreml", "Core ML"),
    ("openvino", "OpenVINO"),
    ("tflite", "LiteRT"),
    ("executorch", "ExecuTorch"),
    ("rust", "Rust"),
    ("ctranslate2", "CTranslate2"),
)
"""Export tags. `rust` counts only in the Hub's own run: further on it is a programming language."""

LANGUAGES = frozenset({"rust"})

HEADERS: Mapping[str, str] = {"pt": PYTORCH, "tf": TENSORFLOW, "flax": JAX, "mlx": MLX}
"""The `format` in a safetensors header. Any other value, and none, says nothing."""

KERAS_TAG_CHANGED = "2024-07-03"
"""Until then the Hub tagged any saved_model.pb `keras`; since then `keras` means Keras 3 (huggingface.js PR 774)."""

KERAS_3_RELEASED = "2023-11-28"
"""An .h5 of Keras in an older repository is TensorFlow's."""

CONFIG_ONLY = frozenset({"transformers"})
"""
Libraries that prove nothing without safetensors or another known file.

Until August 2024 the Hub gave `transformers` to every repository with a config.json: rhasspy/faster-whisper-tiny-int8
(CTranslate2), lmms-lab/llavanext-qwen-tokenizer (no weights), myshell-ai/MeloTTS-English (PyTorch).
"""

RELATIONS: tuple[tuple[str, str], ...] = (
    ("adapter", "adapter"),
    ("quantized", "quantised"),
    ("merge", "merge"),
    ("finetune", "finetune"),
)
"""The Hub's relations to a base model, and ours; the first that a model has is its class."""

BASE = "base_model:"
BASE_MODEL = BASE + "(?:(?:" + "|".join(relation for relation, _ in RELATIONS) + "):)?"
"""What stands before the base model's id in a tag: `base_model:quantized:Qwen/Qwen3-8B`."""

DERIVATIVE_TAGS: tuple[tuple[str, str], ...] = (
    ("awq", "quantised"),
    ("gptq", "quantised"),
    ("exl2", "quantised"),
    ("bitsandbytes", "quantised"),
    ("mergekit", "merge"),
)
"""Tags of tools that only ever work on a finished model; not `8-bit` and `fp8`, for openai/gpt-oss-20b is native."""

_QUANTISED = "gguf|ggml|awq|gptq|mlx|exl[23]|bnb|[2-8]-?bits?|int[48]|fp8|nvfp4|w4a16|w8a8|llamafile"

SUSPECTED_BY_NAME: tuple[tuple[str, str], ...] = tuple(
    (ours, rf"(?i)[^\n]*[-_.](?:{words})(?:[-_.][^\n]*)?")
    for ours, words in (("quantised", _QUANTISED), ("adapter", "q?lora"), ("merge", "merged?"))
)
"""What only a name suggests: reported as suspected, never decided by."""
