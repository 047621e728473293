"""What a model is shown: the same for the reference and for every library."""

from collections.abc import Mapping
from typing import Any

import numpy as np

FIRST = 5
"""Tokens below are special somewhere."""

LAST = 120
"""Tokens from here on stand for pictures somewhere."""


def inputs_for(job: Mapping[str, Any], config: Any) -> dict[str, Any]:
    """Make the inputs of one kind."""
    chance = np.random.default_rng(1)
    makers = {
        "text": lambda: {"input_ids": _tokens(chance, job["length"])},
        "seq2seq": lambda: _two_texts(chance, job, config),
        "picture": lambda: {"pixel_values": _picture(chance, config)},
        "picture and text": lambda: {
            "pixel_values": np.concatenate([_picture(chance, config.vision_config) for _ in range(2)]),
            "input_ids": _two_ended_texts(chance, config.text_config.eos_token_id),
        },
        "picture before text": lambda: _picture_before_text(chance, job, config),
        "spectrogram": lambda: {
            "input_features": chance.standard_normal((1, config.num_mel_bins, 100)).astype("float32"),
            "decoder_input_ids": _tokens(chance, 8),
        },
        "spectrogram alone": lambda: {"input_features": _noise(chance, 1, config.num_mel_bins, 100)},
        "wave": lambda: {"input_values": _noise(chance, 1, 800)},
        "choices": lambda: {"input_ids": _part(_tokens(chance, 48).reshape(1, 4, 12), config)},
        "question": lambda: {"input_ids": _part(_tokens(chance, 12), config)},
        "table": lambda: {"input_ids": _tokens(chance, 12), "token_type_ids": _cells(12)},
        "document": lambda: {"input_ids": _tokens(chance, 12), "bbox": _boxes(chance, 12)},
        "noisy picture": lambda: {
            "pixel_values": _picture(chance, config),
            "noise": _noise(chance, 1, _patches(config)),
        },
        "regions and text": lambda: {
            "input_ids": _tokens(chance, 12),
            "visual_feats": _noise(chance, 1, 5, config.visual_feat_dim),
            "visual_pos": _noise(chance, 1, 5, 4),
        },
        "pictures in text": lambda: {
            "pixel_values": _picture(chance, config.vision_config)[None],
            "input_ids": _tokens(chance, 12),
            "image_attention_mask": np.ones((1, 12, 1), dtype=np.int64),
        },
        "picture told": lambda: {
            "pixel_values": _picture(chance, config.encoder),
            "decoder_input_ids": _tokens(chance, 8),
        },
        "wave told": lambda: {"input_values": _noise(chance, 1, 800), "decoder_input_ids": _tokens(chance, 8)},
        "speech": lambda: {
            "input_features": _noise(chance, 1, 100, config.input_feat_per_channel * config.input_channels),
            "decoder_input_ids": _tokens(chance, 8),
        },
    }
    return makers[job["inputs"]]()


def _tokens(chance: np.random.Generator, length: int) -> Any:
    return chance.integers(FIRST, LAST, size=(1, length), dtype=np.int64)


def _part(tokens: Any, config: Any) -> Any:
    """Set apart question and text, for types that look for what does."""
    if getattr(config, "sep_token_id", None) is not None:
        tokens[..., [3, 4, -1]] = config.sep_token_id
    return tokens


def _noise(chance: np.random.Generator, *shape: int) -> Any:
    return chance.standard_normal(shape).astype("float32")


def _patches(config: Any) -> int:
    return int((config.image_size // config.patch_size) ** 2)


def _cells(length: int) -> Any:
    """Put each word in a cell of a table of three columns; the other four numbers of a word say nothing."""
    at = np.arange(length)
    columns = [np.ones(length), 1 + at % 3, 1 + at // 3, *np.zeros((4, length))]
    return np.stack(columns, axis=-1)[None].astype("int64")


def _boxes(chance: np.random.Generator, length: int) -> Any:
    """Put each word somewhere on its page: left, top, right and bottom in thousandths."""
    corners = np.sort(chance.integers(0, 1000, size=(1, length, 2, 2), dtype=np.int64), axis=2)
    return corners.reshape(1, length, 4)


def _two_ended_texts(chance: np.random.Generator, end: int) -> Any:
    """Make two texts for two pictures: a single number could be equal by chance."""
    return np.concatenate([np.append(_tokens(chance, 76), [[end]], axis=1) for _ in range(2)])


def _two_texts(chance: np.random.Generator, job: Mapping[str, Any], config: Any) -> dict[str, Any]:
    """Make a text for the encoder and one for the decoder; a classifier's reads the same text, begun and not ended."""
    tokens = _tokens(chance, job["length"])
    if job["architecture"].endswith("ForSequenceClassification"):
        begun = np.concatenate([[[config.decoder_start_token_id]], tokens], axis=1)
        return {"input_ids": np.concatenate([tokens, [[config.eos_token_id]]], axis=1), "decoder_input_ids": begun}
    return {"input_ids": tokens, "decoder_input_ids": _tokens(chance, max(8, job["length"] - 4))}


def _picture(chance: np.random.Generator, config: Any) -> Any:
    size = getattr(getattr(config, "vision_config", config), "image_size", None)
    size = size if isinstance(size, int) else 64
    return chance.standard_normal((1, 3, size, size)).astype("float32")


def _picture_before_text(chance: np.random.Generator, job: Mapping[str, Any], config: Any) -> dict[str, Any]:
    """Put the places of the picture's parts first, as PaliGemma does."""
    parts = (config.vision_config.image_size // config.vision_config.patch_size) ** 2
    places = np.full((1, parts), config.image_token_index, dtype=np.int64)
    return {
        "pixel_values": _picture(chance, config.vision_config),
        "input_ids": np.concatenate([places, _tokens(chance, job["length"])], axis=1),
    }
