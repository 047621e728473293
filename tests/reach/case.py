"""One checkpoint to build and load: what it is, what is odd about it, who writes it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

PLAIN = "plain"

OLD = "transformers 4.57.6"
MIDDLE = "transformers 5.5.4"
NEW = "transformers 5.24.0"
TIMM = "timm 1.0.31"

BOTH = (OLD, NEW)
"""The last transformers 4 and the newest one: what most files on the Hub were saved by."""

SINCE_5 = (MIDDLE, NEW)
"""For types that transformers 4 does not have, and for those whose files changed within transformers 5."""

ALL = (OLD, MIDDLE, NEW)


WITHOUT_MEANING = ("int4_bitsandbytes",)
"""Touches that write chance in the shape of a format: a load shows whether it is refused, and its numbers nothing."""


@dataclass(frozen=True, slots=True)
class Case:
    """A tiny checkpoint. Everything in it can be sent to another process as JSON."""

    model_type: str
    architecture: str
    settings: Mapping[str, Any] = field(default_factory=dict)
    variant: str = PLAIN
    inputs: str = "text"
    writers: tuple[str, ...] = BOTH
    length: int = 12
    dtype: str = "float32"
    shard: str = "5GB"
    zero: str = ""
    """Tensors whose name holds this are zero, as in the released models of this type (else they are random too)."""
    touch: str = ""
    """What is done to the written files afterwards, by its name in `tests/reach/touches.py`."""
    keras_class: str = ""
    """Load through this class of KerasHub, not through the usual one for the type."""
    shrunk: bool = False
    """What the settings do not say is what `tests/reach/shrinking.py` makes of the type's own configuration."""
    libraries: tuple[str, ...] = ()
    """Load through these only; empty: through every one that lists the type."""

    @property
    def name(self) -> str:
        """A name for its folder."""
        return f"{self.model_type}_{self.architecture}_{self.variant}".replace("/", "-").replace(" ", "-")
