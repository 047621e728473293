"""Whether two libraries computed the same."""

from dataclasses import dataclass
from typing import Any

import numpy as np

LIMIT = 2e-3
"""Of the greatest value: 6e-3 on a scale of three. What is right is mostly a thousand times nearer."""

LEAST = 1e-2
"""How far the values of a reference must at least be apart."""

EQUAL = "equal"
WRONG = "wrong"
REFUSED = "refused"
NOT_COMPARED = "not compared"
RESULTS = (EQUAL, WRONG, REFUSED, NOT_COMPARED)


@dataclass(frozen=True, slots=True)
class LoadOutcome:
    """What came of one load."""

    result: str
    difference: float | None = None
    scale: float | None = None
    detail: str = ""


def compare(reference: Any, found: Any) -> LoadOutcome:
    """Hold what was computed to the reference: by the greatest difference, set against the greatest value."""
    if reference.shape != found.shape:
        return LoadOutcome(NOT_COMPARED, detail=f"shape {list(found.shape)}, not {list(reference.shape)}")
    if not np.ptp(reference) > LEAST:
        return LoadOutcome(NOT_COMPARED, detail="the reference is nearly the same everywhere, and proves nothing")
    difference = float(np.abs(reference - found).max())
    scale = float(np.abs(reference).max())
    return LoadOutcome(EQUAL if difference < LIMIT * scale else WRONG, difference, scale)
