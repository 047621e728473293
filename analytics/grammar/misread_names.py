"""Where the strict grammar took a word of ours for a model's name: `is tensorflow faster`, `models from 2026`. Pure."""

from analytics.grammar import lexicon
from analytics.grammar.strict import Unclear

ASKING = ("model", "models", "is")
"""What a question of a model's name begins with."""

BEFORE = (*ASKING, "the")
"""What the strict grammar passes over before a name."""


def drop_misread(strict: Unclear | None) -> Unclear | None:
    """Give what is wrong with canonical words; None where it is said of a model's name, and none was named."""
    words = strict.typed.casefold().split() if strict and strict.field == "framework" else []
    if not words or words[0] not in ASKING:
        return strict
    name = next((word for word in words if word not in BEFORE), "")
    meant = lexicon.phrases().get(name, {})
    return None if meant and "model" not in meant else strict
