"""
What framework is this model, and on what evidence?

One rule for everything that is counted under the definition *attributed*; *declared* needs none, it reads the tags
`pytorch` and `tf` as the article of 2022 did. The rule is data (`FILES`, `TAGS`, `libraries.csv`) plus a short order of
evidence, strongest first:

    files        a weight file that only one framework writes            yes
    tags         a framework tag the Hub sets from such a file,
                 when the file list itself was not read                  yes
    library      safetensors loaded by a library of one framework        yes
    assumed      safetensors and nothing that says who wrote them,
                 or a library alone while the files are not known        assumed
    declared     a framework tag although no such file is there          declared, only if nothing above decided
    conversion   only exports (ONNX, GGUF, Core ML, ...)                 neither; exports never make a framework

Sources: huggingface_hub's constants for the file names (`PYTORCH_WEIGHTS_NAME`, `TF2_WEIGHTS_NAME`,
`FLAX_WEIGHTS_NAME`), tags observed on the Hub, and for `libraries.csv` the library list of huggingface.js
(`model-libraries.ts` of @huggingface/tasks 0.21.54, November 2026) with the framework each documents.
"""

import csv
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files as package_files

from analytics.answer import Definition, Split
from analytics.observations import Model

METHOD = "2026-11.1"
"""Version of the rule. Stored with every snapshot; any change that can move a verdict changes it."""

PYTORCH, TENSORFLOW = "PyTorch", "TensorFlow"
FRAMEWORKS = (PYTORCH, TENSORFLOW, "JAX", "Keras", "MLX", "PaddlePaddle", "Other")
"""The classes, in the order they are reported. Keras means Keras 3 (any backend)."""


class Status(StrEnum):
    """How sure it is that a model can be had in a framework."""

    YES = "yes"
    ASSUMED = "assumed"
    DECLARED = "declared"


@dataclass(frozen=True, slots=True)
class Finding:
    """One framework a model can be had in, and the evidence in words."""

    framework: str
    status: Status
    evidence: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """
    What the evidence supports for one model.

    `findings` hold at most one entry a framework, in the order of FRAMEWORKS; `conversions` names export formats
    present; `remark` says in words why there is no finding ("conversion only: GGUF", "no weights", "unknown").
    """

    findings: tuple[Finding, ...]
    conversions: tuple[str, ...] = ()
    remark: str = ""

    @property
    def frameworks(self) -> tuple[str, ...]:
        """The frameworks found, most prominent first."""
        return tuple(finding.framework for finding in self.findings)

    @property
    def split(self) -> Split:
        """The place among {PyTorch, TensorFlow}."""
        return _SPLITS[PYTORCH in self.frameworks, TENSORFLOW in self.frameworks]

    @property
    def assumed(self) -> bool:
        """Whether the place in the split rests on an assumption."""
        return any(f.status is Status.ASSUMED and f.framework in (PYTORCH, TENSORFLOW) for f in self.findings)

    @property
    def evidence(self) -> str:
        """All evidence in one line."""
        return "; ".join(finding.evidence for finding in self.findings) or self.remark


_SPLITS = {
    (True, False): Split.PYTORCH_ONLY,
    (False, True): Split.TENSORFLOW_ONLY,
    (True, True): Split.BOTH,
    (False, False): Split.NEITHER,
}

# ------------------------------------------------------------------------------------------------- the rule as data

FILES: Mapping[str, re.Pattern[str]] = {
    # Left out are what a training run leaves beside the weights: training_args.bin, optimizer.pt, rng_state_0.pth, ...
    PYTORCH: re.compile(
        r"(^|/)(?!(?:optimizer|scheduler|scaler|rng_state[^/]*|training_args)\.(?:pt|pth|bin)$)"
        r"([^/]*pytorch_model[^/]*\.bin|adapter_model\.bin|[^/]*\.pt|[^/]*\.pth|[^/]*\.ckpt)$"
    ),
    TENSORFLOW: re.compile(r"(^|/)(tf_model[^/]*\.h5|saved_model\.pb|variables/variables\.index|[^/]*\.ckpt\.index)$"),
    "JAX": re.compile(r"(^|/)(flax_model[^/]*\.msgpack|_CHECKPOINT_METADATA|checkpoint_[0-9]+/checkpoint)$"),
    "Keras": re.compile(r"(^|/)[^/]*\.keras$|(^|/)model\.weights\.h5$"),
    "PaddlePaddle": re.compile(r"\.(pdparams|pdiparams)$"),
}
"""Weight files that only one framework writes. Names are paths inside the repository."""

CONVERSIONS: Mapping[str, re.Pattern[str]] = {
    "ONNX": re.compile(r"\.onnx$"),
    "GGUF": re.compile(r"\.gguf$"),
    "Core ML": re.compile(r"\.mlmodel$|\.mlpackage/|\.mlmodelc/"),
    "OpenVINO": re.compile(r"openvino[^/]*\.xml$"),
    "LiteRT": re.compile(r"\.(tflite|litertlm)$"),
    "ExecuTorch": re.compile(r"\.pte$"),
    "Rust": re.compile(r"\.ot$"),
}
"""Export formats. They show what a model was converted to, never what it was made with."""

SAFETENSORS = re.compile(r"\.safetensors$")

TAGS: Mapping[str, str] = {"pytorch": PYTORCH, "tf": TENSORFLOW, "jax": "JAX", "paddlepaddle": "PaddlePaddle"}
"""Framework tags that the Hub sets from file names (authors may also write them by hand)."""

CONVERSION_TAGS: Mapping[str, str] = {
    "onnx": "ONNX",
    "gguf": "GGUF",
    "coreml": "Core ML",
    "openvino": "OpenVINO",
    "tflite": "LiteRT",
    "executorch": "ExecuTorch",
    "rust": "Rust",
}

KERAS_TAG_CHANGED = "2024-07-03"
"""Until then the Hub tagged any saved_model.pb `keras`; since then `keras` means Keras 3 (huggingface.js PR 774)."""


@cache
def library_frameworks() -> Mapping[str, tuple[str, ...]]:
    """
    Read the shipped table of Hub libraries: key -> the frameworks it can stand for, () when it says nothing.

    The table's `ONNX` is an export and drops out; several frameworks are alternatives that files must decide.
    """
    table = package_files("analytics").joinpath("libraries.csv").read_text(encoding="utf-8")
    return {
        row["key"]: tuple(name for name in row["framework"].split("|") if name in FRAMEWORKS)
        for row in csv.DictReader(table.splitlines())
    }


# -------------------------------------------------------------------------------------------------- the rule as logic


def attribute(model: Model, definition: Definition = Definition.ATTRIBUTED) -> Verdict:
    """Decide in which frameworks `model` can be had, under one of the two definitions."""
    return _declared(model) if definition is Definition.DECLARED else _attributed(model)


def _declared(model: Model) -> Verdict:
    """Read the tags `pytorch` and `tf` exactly as the article did, with `jax` beside them."""
    if model.tags is None:
        return Verdict((), remark="tags not known")
    declared = tuple(tag for tag in ("pytorch", "tf", "jax") if tag in model.tags)
    findings = tuple(Finding(TAGS[tag], Status.DECLARED, f"tag {tag}") for tag in declared)
    return Verdict(findings, remark="neither tag")


def _attributed(model: Model) -> Verdict:
    found = _from_files(model.files) if model.files is not None else _from_hub_tags(model)
    conversions = _conversions(model)
    if _has_safetensors(model):
        found = _with_safetensors(model, found)
    if not found:
        found = _from_library(model, conversions) or _from_tags_alone(model)
    ordered = tuple(found[name] for name in FRAMEWORKS if name in found)
    return Verdict(ordered, conversions, "" if ordered else _remark(model, conversions))


Found = dict[str, Finding]


def _from_files(names: Iterable[str]) -> Found:
    """Take the first weight file of each framework as its proof."""
    names = tuple(names)
    checkpoints = {name.removesuffix(".index") for name in names if name.endswith(".ckpt.index")}
    found: Found = {}
    for framework, pattern in FILES.items():
        proof = next((n for n in names if pattern.search(n) and (framework != PYTORCH or n not in checkpoints)), None)
        if proof and not (framework == "Keras" and not _is_keras(proof, names)):
            found[framework] = Finding(framework, Status.YES, proof)
    return found


def _is_keras(proof: str, names: tuple[str, ...]) -> bool:
    """Tell Keras 3 presets from other .h5 weights: `model.weights.h5` counts with its metadata.json beside it."""
    return proof.endswith(".keras") or proof.removesuffix("model.weights.h5") + "metadata.json" in names


def _from_hub_tags(model: Model) -> Found:
    """Take the Hub's framework tags as the trace of files that were not read."""
    tags = model.tags or ()
    found = {TAGS[tag]: Finding(TAGS[tag], Status.YES, f"tag {tag}") for tag in TAGS if tag in tags}
    if "keras" in tags and model.library in (None, "keras"):
        meant = TENSORFLOW if _before_keras_3(model) else "Keras"
        found.setdefault(meant, Finding(meant, Status.YES, "tag keras"))
    return found


def _before_keras_3(model: Model) -> bool:
    return bool(model.created_at and model.created_at[:10] < KERAS_TAG_CHANGED)


def _has_safetensors(model: Model) -> bool:
    if model.files is not None:
        return any(SAFETENSORS.search(name) for name in model.files)
    return "safetensors" in (model.tags or ())


def _with_safetensors(model: Model, found: Found) -> Found:
    """
    Add what safetensors weights prove.

    They say nothing of their framework by themselves; the library that loads them does, and `mlx` beats every other
    library. Without either they are assumed to be PyTorch's, whose tools write nearly all of them, unless other files
    already show a framework.
    """
    tags = model.tags or ()
    if "mlx" in tags or model.library == "mlx":
        return {**found, "MLX": Finding("MLX", Status.YES, "safetensors tagged mlx")}
    named = library_frameworks().get(model.library or "", ())
    if len(named) == 1:
        evidence = f"safetensors, library {model.library} is {named[0]}"
        return {named[0]: Finding(named[0], Status.YES, evidence), **found}
    if found or named:
        return found
    library = f"library {model.library} not known" if model.library else "no library named"
    return {PYTORCH: Finding(PYTORCH, Status.ASSUMED, f"assumed: safetensors, {library}")}


def _from_library(model: Model, conversions: tuple[str, ...]) -> Found:
    """Let a library of one framework stand for files that are unknown or that no pattern names (.nemo, .zip, .npz)."""
    named = library_frameworks().get(model.library or "", ())
    if len(named) != 1 or conversions or model.files == ():
        return {}
    if model.files is None:
        return {named[0]: Finding(named[0], Status.ASSUMED, f"assumed: library {model.library} is {named[0]}")}
    if not any(WEIGHTS.search(name) for name in model.files):
        return {}
    return {named[0]: Finding(named[0], Status.YES, f"library {model.library} is {named[0]}")}


WEIGHTS = re.compile(
    r"\.(safetensors|bin|pt|pth|ckpt|h5|keras|pb|msgpack|npz|npy|nemo|pkl|pickle|joblib|skops|zip|tar|gz|tgz|mar|model|"
    r"pdparams|pdiparams|data-\d+-of-\d+|onnx|gguf|ggml|tflite|litertlm|pte|ot|mlmodel|weights|params)$"
)
"""Names that can hold weights of any kind; without one of them a repository has no weights."""


def _from_tags_alone(model: Model) -> Found:
    """Fall back on a framework tag although no file bears it out; only when nothing else decided."""
    if model.files is None:
        return {}
    return {
        TAGS[tag]: Finding(TAGS[tag], Status.DECLARED, f"tag {tag}, but no such file found")
        for tag in TAGS
        if tag in (model.tags or ())
    }


def _conversions(model: Model) -> tuple[str, ...]:
    if model.files is not None:
        return tuple(name for name, at in CONVERSIONS.items() if any(at.search(file) for file in model.files))
    return tuple(name for tag, name in CONVERSION_TAGS.items() if tag in (model.tags or ()))


def _remark(model: Model, conversions: tuple[str, ...]) -> str:
    if conversions:
        return f"conversion only: {', '.join(conversions)}"
    if model.files is not None and not any(WEIGHTS.search(name) for name in model.files):
        return "no weights"
    return "unknown: tags not known" if model.tags is None and model.files is None else "unknown"
