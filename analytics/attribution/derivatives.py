"""What kind of derivative a model is: from its declared relations first, its name never."""

import re

from analytics.attribution import rule
from analytics.attribution.letters import say
from analytics.attribution.library_table import library_of, look_up
from analytics.attribution.rule import BASE
from analytics.attribution.verdicts import Derivative, Verdict
from analytics.domain.observations import Model

WHOLLY_CONVERTED = frozenset({"GGUF", "GGML"})
"""Formats nobody trains in: a repository with nothing else is a conversion even if it names no base model."""


REDUCED = frozenset(
    ("fp8", "nvfp4", "int8", "int4", "compressed-tensors", "modelopt", "quantized", "hqq", "aqlm", "bitsandbytes")
).union(("awq", "gptq", "exl2", "exl3"), (f"{bits}-bit" for bits in (2, 3, 4, 5, 6, 8)))
"""Tags of weights with fewer bits: beside the relation they say that the framework's own files are the copy."""


def holds_full_weights(model: Model, verdict: Verdict) -> bool:
    """Tell whether a framework's own files are there, with all bits, whatever copies stand beside them."""
    return bool(verdict.frameworks) and not REDUCED & say(model.tags)


def derivative(model: Model, conversions: tuple[str, ...], *, converted_only: bool) -> Derivative:
    """
    Name the relation: declared, else by library or tool, else by a bare base model, else original.

    A base model without a relation is a fine-tune, as the Hub reads it. Because that is also what the Hub declares for
    authors who named no relation, an adapter's or exporter's library and a mere conversion are believed before it
    (mlc-ai/gemma-2b-it-q4f16_1-MLC is "a fine-tune" there).
    """
    tags, said = model.tags or (), say(model.tags)
    declared = next((ours for hubs, ours in rule.RELATIONS if any(t.startswith(f"{BASE}{hubs}:") for t in tags)), "")
    row = look_up(library_of(model), model.created_at)
    by_library = row.derivative if row else ""
    if declared in ("", "finetune") and by_library:
        return Derivative(by_library)
    if converted_only and (declared == "finetune" or (not declared and WHOLLY_CONVERTED & set(conversions))):
        return Derivative.QUANTISED
    by_tool = next((ours for tag, ours in rule.DERIVATIVE_TAGS if tag in said), "")
    bare = "finetune" if any(tag.startswith(BASE) for tag in tags) else "original"
    return Derivative(declared or by_tool or bare)


def is_library_of(kind: Derivative, model: Model) -> bool:
    """Tell whether a model is of a library that only makes derivatives of this kind, named or tagged, however spelt."""
    row = look_up(library_of(model), model.created_at)
    return row is not None and row.derivative == kind


def suspect(model_id: str, known: Derivative) -> Derivative | None:
    """Name what only the id suggests (`-AWQ`), where nothing better is known."""
    if known is not Derivative.ORIGINAL:
        return None
    return next((Derivative(ours) for ours, at in rule.SUSPECTED_BY_NAME if re.fullmatch(at, model_id)), None)
