"""
Which models of a list are copies of others, or fixtures of somebody's tests: machines download both.

The declared relation comes first: a model that its tags call quantised is a copy, unless it holds full weights beside
(the Hub says so of all-MiniLM-L6-v2 too, for its ONNX files). Then the name, which is all that some lists tell.
"""

import re
from collections.abc import Sequence
from enum import StrEnum

from analytics.attribution import Derivative, Verdict, attribute_all
from analytics.attribution.derivatives import holds_full_weights
from analytics.domain.observations import Model
from analytics.domain.wording import count, listing, sentence, verb


class Machinery(StrEnum):
    """What a model is that is nobody's original."""

    COPY = "quantised or converted copy"
    FIXTURE = "test fixture"


_WORDS = (
    "gguf|ggml|awq|gptq|mlx|exl[23]|bnb|[2-8]-?bits?|int[48]|(?:nv|mx)?fp[48]|w[48]a[0-9]{1,2}|q[2-8](?:_[0k](?:_[sml])?)?"
    "|llamafile|onnx|openvino|coreml|tflite|ct2|quanti[sz]ed|hqq|aqlm|marlin"
)
NAMES: tuple[tuple[Machinery, str], ...] = (
    (Machinery.FIXTURE, r"(?:[^/]*-)?testing/.*|hf-tiny-model-private/.*|sshleifer/tiny-.*"),
    (Machinery.FIXTURE, r".*/(?:[^/]*[-_.])?(?:tiny[-_]?random|tiny[-_](?:dummy|testing)|dummy)(?:[-_.][^/]*)?"),
    (Machinery.COPY, rf"(?:.*/)?(?:[^/]*[-_.])?(?:{_WORDS})(?:[-_.][^/]*)?"),
)
"""What whole names say, account and all; the first that fits."""
_NAMES = tuple((kind, re.compile(at, re.IGNORECASE)) for kind, at in NAMES)

NAMED = 3
"""How many of a kind are named."""


def find_machinery(model: Model, verdict: Verdict) -> Machinery | None:
    """Tell whether a model is a fixture or a copy; `verdict` by its evidence."""
    said = next((kind for kind, at in _NAMES if at.fullmatch(model.id)), None)
    if said is None and verdict.derivative is Derivative.QUANTISED and not holds_full_weights(model, verdict):
        return Machinery.COPY
    return said


def sort_out(models: Sequence[Model]) -> list[Machinery | None]:
    """Tell of each model what it is, None where it is nobody's copy."""
    return [find_machinery(model, verdict) for model, verdict in zip(models, attribute_all(models), strict=True)]


def keep_originals(models: Sequence[Model], n: int, kinds: Sequence[Machinery | None]) -> tuple[tuple[Model, ...], str]:
    """Give those of a list that are originals, and say what was left out above the `n`th of them."""
    kept = tuple(model for model, kind in zip(models, kinds, strict=True) if kind is None)
    names = [model.id for model in models]
    end = names.index(kept[n - 1].id) if len(kept) >= n else len(names)
    return kept, say_machinery(names[:end], kinds[:end], left_out=True)


def say_machinery(models: Sequence[str], kinds: Sequence[Machinery | None], *, left_out: bool) -> str:
    """Name the copies and fixtures that are in a list, or were left out of it; nothing where there are none."""
    found = {kind: [name for name, of in zip(models, kinds, strict=True) if of is kind] for kind in Machinery}
    told = listing(_name_kind(kind, names) for kind, names in found.items() if names)
    if not told:
        return ""
    if left_out:
        return f"Left out before the last one shown: {told}."
    n = sum(map(len, found.values()))
    return f"{sentence(told)} {verb(n)} among these; “originals” leaves {verb(n, 'it', 'them')} out."


def _name_kind(kind: Machinery, names: Sequence[str]) -> str:
    more = f" and {len(names) - NAMED:,} more" if len(names) > NAMED else ""
    several = {Machinery.COPY: "quantised or converted copies"}.get(kind, "")
    return f"{count(len(names), kind.value, several)} ({', '.join(names[:NAMED])}{more})"
