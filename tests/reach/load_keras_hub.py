"""Loads a checkpoint through KerasHub, on the backend that KERAS_BACKEND names."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from tests.reach.bounded_jobs import Job, serve

READS: Mapping[str, str] = {
    "token_ids": "input_ids",
    "encoder_token_ids": "input_ids",
    "decoder_token_ids": "decoder_input_ids",
    "images": "pixel_values",
    "pixel_values": "pixel_values",
}
"""What KerasHub calls what transformers calls otherwise."""

PARTS = 4
"""Of the one picture that types which see pictures must be shown: `mm_tokens_per_image` of every case here."""

OUTPUTS = ("sequence_output", "decoder_sequence_output", "vision_logits")


def load(job: Job) -> Any:
    """Make the model; without a preprocessor, for tiny checkpoints hold no tokenizer."""
    import keras
    import keras_hub

    keras.backend.clear_session()
    kind = getattr(keras_hub.models, job["loader"])
    checkpoint = str(Path(job["folder"]) / "checkpoint")
    if job["loader"].endswith("Backbone"):
        return kind.from_preset(checkpoint)
    more = {"num_classes": 3} if job["loader"].endswith("TextClassifier") else {}
    return kind.from_preset(checkpoint, preprocessor=None, **more)


def run(model: Any, job: Job) -> dict[str, Any]:
    """Show it the inputs, keep what comes out."""
    import keras

    output = model(_arrange(model.input, np.load(Path(job["folder"]) / "inputs.npz")))
    found = keras.ops.convert_to_numpy(keras.ops.cast(_choose(output), "float32"))
    np.save(job["output"], _move_channels(np.asarray(found), job))
    return {"loader": type(model).__name__}


def _move_channels(found: Any, job: Job) -> Any:
    """Put the channels of a picture's features where PyTorch has them."""
    last = found.ndim == 4 and _image_format() == "channels_last" and job["model_type"].startswith("timm:")
    return found.transpose(0, 3, 1, 2) if last else found


def _choose(output: Any) -> Any:
    """Take what is compared of several outputs."""
    if isinstance(output, dict):
        return next(output[name] for name in OUTPUTS if name in output)
    return output


def _arrange(wanted: Any, given: Mapping[str, Any]) -> Any:
    """Fit the inputs to the form the model wants them in."""
    if isinstance(wanted, dict):
        pictured = "images" in wanted
        return {name: _fill(name, tensor, given, pictured=pictured) for name, tensor in wanted.items()}
    if isinstance(wanted, list | tuple):
        return [_fill(tensor.name, tensor, given) for tensor in wanted]
    return _fill("images", wanted, given)


def _fill(name: str, tensor: Any, given: Mapping[str, Any], *, pictured: bool = False) -> Any:
    """Give one input: of the reference, a mask that hides nothing, a blank picture that no text names, or nothing."""
    if (known := READS.get(name, "")) in given:
        value = given[known]
        return _fit_picture(value) if value.ndim == 4 else _text_of(value)
    text = _text_of(given["input_ids"])
    length = given["decoder_input_ids"] if name == "decoder_padding_mask" else text
    if name.endswith("padding_mask"):
        return np.ones(length.shape, dtype="int32")
    if name == "position_ids":
        return np.arange(text.shape[1], dtype="int32")[None]
    if name in {"segment_ids", "response_mask", "vision_mask"}:
        return np.zeros(text.shape, dtype="int32")
    open_size = 1 if name == "images" else PARTS if name == "vision_indices" and pictured else 0
    return np.zeros([1, *(open_size if size is None else size for size in tensor.shape[1:])], tensor.dtype)


def _fit_picture(value: Any) -> Any:
    """Put the channels last, where Keras has them."""
    return value.transpose(0, 2, 3, 1) if _image_format() == "channels_last" else value


def _image_format() -> str:
    import keras

    return str(keras.config.image_data_format())


def _text_of(value: Any) -> Any:
    """Leave out the places of a picture before the text: KerasHub puts it there itself."""
    return value[:, (value[0] == 120).sum() :].astype("int32")


if __name__ == "__main__":
    serve(load, run)
