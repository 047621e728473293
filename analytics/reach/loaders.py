"""
What loads a model today, given in which framework it was found and by what proof.

Facts: transformers 5.0 (26 January 2026) removed its TensorFlow and Flax classes (PR 40760); the files stay on the Hub.
Weights of Keras 3 run on JAX, TensorFlow and PyTorch (huggingface.co/docs/hub/keras).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from analytics.attribution import Finding, Proof, ProofKind, say_framework
from analytics.attribution.library_table import spell

NAMES: Mapping[str, str] = {"keras-hub": "KerasHub", "transformers": "transformers", "mlx-lm": "mlx-lm"}
"""What libraries are called whose key on the Hub is not what people read."""

ONLY_BEFORE = "only before transformers 5"
"""Said beside every status of files that no library still released loads: they are there, and do not load today."""

OLD_TRANSFORMERS = "transformers < 5 (5.0 of January 2026 removed these classes)"


@dataclass(frozen=True, slots=True)
class Loader:
    """
    What loads weights, in words: those proven by a file whose path holds `file`, or by one of `others`.

    `current`: whether a library that is still released loads them.
    """

    words: str
    file: str = ""
    others: tuple[tuple[ProofKind, str], ...] = ()
    current: bool = True

    def loads(self, proof: Proof) -> bool:
        """Tell by the kind and the value of a proof."""
        if proof.kind is ProofKind.FILE:
            return re.search(self.file, proof.value, re.IGNORECASE) is not None
        return (proof.kind, proof.value) in self.others


LOADERS: Mapping[str, tuple[Loader, ...]] = {
    "PyTorch": (
        Loader("PyTorch, with NeMo", r"\.nemo\Z"),
        Loader("PyTorch, with TorchServe", r"\.mar\Z"),
        Loader("PyTorch (TorchScript)", r"\.(?:torchscript|jit|ptl)\Z"),
        Loader("PyTorch (torch.export)", r"\.pt2\Z"),
    ),
    "TensorFlow": (
        Loader(
            f"TensorFlow, with {OLD_TRANSFORMERS}",
            "tf_model",
            ((ProofKind.TAG, "tf"), (ProofKind.HEADER, "tf")),
            current=False,
        ),
        Loader("TensorFlow (SavedModel)", r"saved_model\.pb|variables"),
        Loader("TensorFlow (frozen graph, through tf.compat.v1)", r"\.pb\Z"),
        Loader("TensorFlow (checkpoint)", r"ckpt|\.data-"),
        Loader(
            "TensorFlow, with tf-keras",
            r"\.h5|\.hdf5",
            ((ProofKind.TAG, "tf-keras"), (ProofKind.TAG, "keras"), (ProofKind.LIBRARY, "tf-keras")),
        ),
    ),
    "JAX": (
        Loader(
            f"JAX, with Flax and {OLD_TRANSFORMERS}",
            "flax_model",
            ((ProofKind.TAG, "jax"), (ProofKind.HEADER, "flax")),
            current=False,
        ),
        Loader("JAX, with Orbax", "_CHECKPOINT_METADATA|ocdbt"),
        Loader("JAX, with EasyLM", "streaming_"),
    ),
}
"""For each framework, what loads what; the first that fits."""

GONE = {name: known for name, loaders in LOADERS.items() for known in loaders if not known.current}
"""By framework, what loaded weights that no library still released loads."""

ELSE: Mapping[str, str] = {
    "Keras": "Keras 3, on JAX, TensorFlow or PyTorch",
    "MLX": "MLX, on Apple silicon",
}

KERAS_RUNS_ON = ("TensorFlow", "PyTorch", "JAX")
"""A model of Keras 3 is to be had in each of these, through Keras (huggingface.co/docs/hub/keras)."""

RUNTIMES: Mapping[str, str] = {
    "ONNX": "ONNX Runtime",
    "GGUF": "llama.cpp and what builds on it",
    "GGML": "older llama.cpp and whisper.cpp",
    "Core ML": "Core ML, on Apple devices",
    "OpenVINO": "OpenVINO",
    "LiteRT": "LiteRT (formerly TensorFlow Lite)",
    "ExecuTorch": "ExecuTorch",
    "Rust": "rust-bert",
    "TensorFlow.js": "TensorFlow.js",
    "CTranslate2": "CTranslate2",
    "MLC": "MLC LLM",
    "TensorRT": "TensorRT",
    "RKLLM": "RKLLM, on Rockchip",
    "Sentis": "Unity Sentis",
    "Mobilint": "Mobilint",
    "MNN": "MNN",
    "ncnn": "ncnn",
    "Qualcomm": "Qualcomm AI Engine Direct",
    "Hailo": "Hailo, on its accelerators",
    "Axera": "Axera, on its chips",
    "Sophgo": "Sophgo, on its chips",
}
"""What runs each export format; a conversion is no framework."""


def find_loader(finding: Finding, library: str | None) -> Loader:
    """Find what loads the weights found; the library's name only where nothing better is known."""
    for known in LOADERS.get(finding.framework, ()):
        if known.loads(finding.proof):
            return known
    if finding.framework in ELSE:
        return Loader(ELSE[finding.framework])
    framework = say_framework(finding.framework)
    if not library or spell(library) == spell(finding.framework):
        return Loader(framework)
    named = NAMES.get(spell(library), library)
    return Loader(f"{framework}, with {named}" if framework == finding.framework else named)
