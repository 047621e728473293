"""
What loads a model today, given in which framework it was found and by which file.

Facts: transformers 5.0 (26 January 2026) removed its TensorFlow and Flax classes (PR 40760); the files stay on the Hub.
Weights of Keras 3 run on JAX, TensorFlow and PyTorch (huggingface.co/docs/hub/keras).
"""

import re
from collections.abc import Mapping

from analytics.attribution import Finding

OLD_TRANSFORMERS = "transformers < 5 (5.0 of January 2026 removed these classes)"

BY_PROOF: Mapping[str, tuple[tuple[str, str], ...]] = {
    "PyTorch": ((r"\.nemo", "PyTorch, with NeMo"),),
    "TensorFlow": (
        (r"tf_model|tag tf$|header says tf", f"TensorFlow, with {OLD_TRANSFORMERS}"),
        (r"saved_model\.pb|variables", "TensorFlow (SavedModel)"),
        (r"\.ckpt|\.data-", "TensorFlow (checkpoint)"),
        (r"\.h5|\.hdf5|tf-keras|tag keras", "TensorFlow, with tf-keras"),
    ),
    "JAX": (
        (r"flax_model|tag jax|header says flax", f"JAX, with Flax and {OLD_TRANSFORMERS}"),
        (r"_CHECKPOINT_METADATA|ocdbt", "JAX, with Orbax"),
    ),
}
"""For each framework, what a pattern in the proof says of the loader; the first that fits."""

ELSE: Mapping[str, str] = {
    "Keras": "Keras 3, on JAX, TensorFlow or PyTorch",
    "MLX": "MLX, on Apple silicon",
}

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
}
"""What runs each export format; a conversion is no framework."""


def loader(finding: Finding, library: str | None) -> str:
    """Say what loads the weights found; the library's name only where nothing better is known."""
    for pattern, words in BY_PROOF.get(finding.framework, ()):
        if re.search(pattern, finding.evidence):
            return words
    if finding.framework in ELSE:
        return ELSE[finding.framework]
    return f"{finding.framework}, with {library}" if library else finding.framework
