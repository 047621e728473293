"""What a model of transformers gives that is compared, whatever framework it computes in."""

from collections.abc import Mapping
from typing import Any

LOGITS = ("logits", "logits_per_image", "start_logits", "prediction_logits", "reconstruction", "pred_masks")
"""What the heads of the classes call what they say."""

HIDDEN = ("last_hidden_state", "pooler_output", "language_output")
"""What is compared of a bare model, the first that it gives."""


def choose(output: Mapping[str, Any], names: tuple[str, ...]) -> Any:
    """Give the first that is there; nothing if none is."""
    return next((output[name] for name in names if name in output), None)
