"""Which names of files can tell the framework of a model: of its list of files only these are kept, anywhere."""

import re

TELLING = re.compile(
    # Weights and checkpoints, exports and archives of them, by suffix.
    r"\.(safetensors|bin|pt|pth|ckpt|h5|hdf5|keras|pb|index|msgpack|npz|npy|onnx|gguf|ggml|mlmodel|mil|tflite|litertlm"
    r"|pte|pdparams|pdiparams|pdmodel|nemo|ot|pkl|pickle|joblib|skops|zip|tar|gz|tgz|mar|model|weights|params|t7"
    r"|caffemodel|mnn|engine|ftz|ocdbt|zarray|data-\d+-of-\d+)$"
    r"|openvino[^/]*\.xml$|\.mlpackage/|\.mlmodelc/|\.index\.json$"
    # Markers of JAX, Orbax, T5X and TensorFlow checkpoints, and configurations, by whole name.
    r"|(^|/)(checkpoint|_CHECKPOINT_METADATA|_METADATA"
    r"|(config|metadata|model_index|adapter_config|open_clip_config|modules|params|task)\.json"
    r"|(config|hyperparams|params)\.ya?ml)$",
    re.IGNORECASE,
)
"""File names that can bear on the framework; pictures, texts and tokenisers are left out of what is stored."""
