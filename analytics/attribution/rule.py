"""
The rule as data: which tags, header formats and dates mean what; names of files are `file_names`. No logic here.

Python (`signals`) and SQL (`sql`) both work from these values. Sources: the documentation of each format, and tags
observed on the Hub.
"""

from collections.abc import Mapping

from analytics.attribution.verdicts import JAX, MLX, OTHER, PADDLE, PYTORCH, TENSORFLOW

METHOD = "2026-11.6"
"""Version of the rule. Stored with every snapshot; any change that can move a verdict changes it."""

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
    | {"nemo", "llamafile"}
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

WRITTEN_FIRST = frozenset({"pytorch", "tf", "jax"})
WRITTEN_LATER = frozenset(
    {"tensorboard", "tflite", "rust", "coreml", "onnx", "safetensors", "gguf", "openvino", "llamafile"}
)
"""
The Hub writes its tags in one order: one of the first directly behind one of these is the author's.

In the lists of 2024 and 2025 some 5,000 stand behind the library or one another. Behind the tag of a format stand six,
all written by authors: three behind `gguf` (KoboldAI/Mistral-7B-Erebus-v3-GGUF), three behind `safetensors`.
"""

ONLY_IN_THE_RUN = frozenset({"rust"})
"""Tags that are the Hub's behind another of its run only: `rust` behind `code` or `en` is a programming language."""

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
