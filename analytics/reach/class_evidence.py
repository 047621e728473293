"""What the loads of one class of a type say of it, and whether the library has a class to load it with."""

import re
from collections.abc import Sequence

from analytics.reach.class_names import has_class
from analytics.reach.conversion_tables import (
    PLAIN,
    Listed,
    Load,
    Result,
    find_last_loads,
    find_loads,
    find_tried,
    find_tried_types,
)

BARE, CLASSIFIER, TIED = "bare model", "classifier", "tied"
"""Odd forms of `loads.csv`: a decoder without a head, one that judges texts, and one whose head is its embedding."""

AS_SAVED = frozenset({PLAIN, BARE, CLASSIFIER})
"""The forms in which some class is usually saved; what was equal in another (bare and tied) need not be in these."""

EIGHT_BITS = "int8"
"""How the odd forms begin whose weights are whole numbers of eight bits, each under its own name."""

NOT_QUANTISED = "not quantised"
"""The odd form of a type that was published quantised."""

HEADS = (
    r"For(?:CausalLM|MaskedLM|PreTraining|NextSentencePrediction|SequenceClassification|TokenClassification|CTC)"
    r"|For(?:QuestionAnswering|MultipleChoice|ConditionalGeneration|ImageClassification|SemanticSegmentation)"
    r"|For(?:AudioClassification|SpeechSeq2Seq|ZeroShotImageClassification|MaskedImageModeling)"
    r"|LMHeadModel|DoubleHeadsModel|LMHead|MTModel|Model"
)
"""How classes of transformers end; before it stands the name of their type."""


def find_seen(row: Listed, architecture: str) -> tuple[Load, ...]:
    """Give the loads of a class as it is usually saved; of one tried in an odd form only (a bare model), those."""
    seen = tuple(load for load in find_loads(row) if load.architecture == architecture)
    return tuple(load for load in seen if load.variant == PLAIN) or seen


def find_class(row: Listed, architecture: str) -> bool | None:
    """
    Tell whether the library has the class to name, in the version that the lines install.

    None where that release's classes were not read. A class that `types.csv` names itself is there.
    """
    if "{architecture}" not in row.loader:
        return True
    name = row.loader.format(architecture=architecture)
    return has_class(row.library, find_tried(row, architecture), name)


def find_tied_results(row: Listed, architecture: str, stems: Sequence[str] | None) -> set[Result]:
    """Tell what came of loads without a head of their own, if a model's header shows that it has none."""
    if stems is None or any(stem.startswith("lm_head") for stem in stems):
        return set()
    loads = find_last_loads(row)
    return {load.result for load in loads if (load.architecture, load.variant) == (architecture, TIED)}


def is_wrong(row: Listed, architecture: str) -> bool:
    """Tell whether what was loaded gave other numbers and nothing equal ones: of this class, else of this type."""
    plain = [load for load in find_last_loads(row) if load.variant == PLAIN]
    results = {load.result for load in plain if load.architecture == architecture} or {load.result for load in plain}
    return Result.WRONG in results and results <= {Result.WRONG, Result.REFUSED}


def find_wrong_eight_bits(row: Listed) -> str:
    """
    Name a type whose eight-bit weights a library loaded with other numbers: this one, else any it was tried with.

    Nothing where it refused them, or was not tried with any.
    """
    tried = {
        model_type: {load.result for load in loads if load.variant.startswith(EIGHT_BITS)}
        for model_type, loads in find_tried_types(row).items()
    }
    types = (row.model_type,) if tried.get(row.model_type) else sorted(tried)
    return next((name for name in types if Result.WRONG in tried[name]), "")


def find_quantised(row: Listed, architecture: str, form: str) -> tuple[Load, ...]:
    """Give the loads of a class quantised by a method ("awq"), in any way but eight bits; or in eight bits, or not."""
    loads = [load for load in find_last_loads(row) if load.architecture == architecture and form]
    named = (load for load in loads if form.casefold() in re.split(r"[ ,]+", load.variant.casefold()))
    found = tuple(load for load in loads if load.variant == form) or tuple(named)
    return tuple(load for load in found if load.variant.startswith(EIGHT_BITS) == (form == EIGHT_BITS))
