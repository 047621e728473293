"""
Whether one library loads one repository, and how sure that is: by what was read of it and what was seen of its class.

First match wins: files that it would not read, a tensor or class that is missing, how the weights are quantised, and
then the loads of `loads.csv`.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from analytics.domain.observations import Configuration
from analytics.reach.class_evidence import (
    AS_SAVED,
    CLASSIFIER,
    EIGHT_BITS,
    HEADS,
    NOT_QUANTISED,
    find_class,
    find_quantised,
    find_seen,
    find_tied_results,
    find_wrong_eight_bits,
    is_wrong,
)
from analytics.reach.conversion_tables import Listed, Load, Part, Result, find_wrong
from analytics.reach.outcomes import Conversion, Obstacle, Sureness
from analytics.reach.weight_files import ONE_FILE, Weights

EIGHT_BIT_NUMBERS = "I8"
"""The type of numbers under which a library may take quantised weights for weights as trained, without their scale."""

NOT_READ_BY: Mapping[str, frozenset[str]] = {"mlx-lm": frozenset({"F64"})}
"""Of those, what a library has no type for: MLX 0.32.4 refuses a file with such a tensor."""

QUANTISED_ALL_THE_SAME = {"gpt_oss": "mxfp4"}
"""Types that were published quantised, and how: these files load as they are."""

WHAT_IT_READS = {
    ("keras-hub", "TensorFlow"): (Weights.ONE_FILE, Weights.SHARDS),
    ("keras-hub", "JAX"): (Weights.ONE_FILE, Weights.SHARDS),
    ("transformers", "TensorFlow"): (Weights.ONE_FILE, Weights.SHARDS, Weights.PICKLE, Weights.PICKLE_SHARDS),
    ("transformers", "JAX"): (Weights.ONE_FILE, Weights.PICKLE),
    ("mlx-lm", "MLX"): (Weights.ONE_FILE, Weights.SHARDS, Weights.NO_INDEX),
}
"""What each library looks for, as read in the released wheels."""

WRITING_ONLY = frozenset({"mlx-lm"})
"""Libraries that only make text: each class without a head for that was refused when it was tried."""

_WRITES = re.compile(r"\w+(?:ForCausalLM|LMHeadModel|ForConditionalGeneration)")
"""How transformers calls classes that write text."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A repository that may convert, with what is asked of it."""

    model_type: str
    architecture: str
    weights: frozenset[Weights]
    configuration: Configuration = field(default_factory=Configuration)


def has_eight_bits(described: Configuration) -> bool:
    """Tell weights of eight bits, by the configuration or by the types of their numbers."""
    return described.eight_bits or EIGHT_BIT_NUMBERS in described.dtypes


def judge(row: Listed, candidate: Candidate) -> Conversion | tuple[Obstacle, str]:
    """Say whether one library loads it, and how sure that is."""
    architecture, stems = candidate.architecture, candidate.configuration.stems
    seen = find_seen(row, architecture)
    if lacking := (
        _find_unread(row, candidate) or _find_missing(row, candidate) or _find_no_class(row, architecture, seen)
    ):
        return lacking
    if _is_quantised_otherwise(candidate):
        return _judge_quantised(row, candidate)
    # Saved today it is refused for want of a tensor; a repository in whose header that tensor was seen is not.
    rescued = bool(row.tensors) and stems is not None and all(load.variant != CLASSIFIER for load in seen)
    refused = () if rescued else tuple(load for load in seen if load.result is Result.REFUSED)
    if seen and len(refused) == len(seen):
        return Obstacle.REFUSED, seen[0].detail
    equal = [load for load in seen if load.result is Result.EQUAL]
    part = next((part for part in Part if part in {load.part for load in equal}), row.part)
    if has_eight_bits(candidate.configuration):
        return _judge_eight_bits(row, architecture, part)
    odd_form = "" if AS_SAVED & {load.variant for load in equal} else next((load.variant for load in equal), "")
    results = {load.result for load in seen if load.result is not Result.EQUAL or not odd_form}
    sureness = _how_sure(row, candidate, results)
    return Conversion(
        row,
        architecture,
        sureness,
        part,
        wrong=find_wrong(row),
        refused=refused,
        names_unread=bool(row.tensors) and stems is None,
        weights_unread=stems is None or not candidate.configuration.dtypes,
        odd_form=odd_form,
    )


def _find_no_class(row: Listed, architecture: str, seen: Sequence[Load]) -> tuple[Obstacle, str] | None:
    """Say where a library has no class of that name, or is known to take none of its kind."""
    if find_class(row, architecture) is False:
        return Obstacle.NO_CLASS, row.loader.format(architecture=architecture)
    if not seen and row.library in WRITING_ONLY and _writes_nothing(architecture):
        return Obstacle.WRITES_NOTHING, architecture
    return None


def _judge_eight_bits(row: Listed, architecture: str, part: Part) -> Conversion | tuple[Obstacle, str]:
    """Say what came of eight bits: of this type, else of any, for who drops the scales of one drops those of all."""
    if wrong := find_wrong_eight_bits(row):
        return Conversion(row, architecture, Sureness.WRONG, part, eight_bits_of=wrong)
    was_tried = find_quantised(row, architecture, EIGHT_BITS)
    return Obstacle.QUANTISED if was_tried else Obstacle.QUANTISED_UNTRIED, ""


def _writes_nothing(architecture: str) -> bool:
    """Tell a class of transformers that has no head to write text; of a name of an author's own that is not known."""
    return bool(re.fullmatch(rf"\w+?(?:{HEADS})", architecture)) and not _WRITES.fullmatch(architecture)


def _is_quantised_otherwise(candidate: Candidate) -> bool:
    """Tell weights whose form is not the one in which their type was published; eight bits are judged apart."""
    described = candidate.configuration
    as_published = described.quantisation == QUANTISED_ALL_THE_SAME.get(candidate.model_type)
    return not as_published and not has_eight_bits(described)


def _judge_quantised(row: Listed, candidate: Candidate) -> Conversion | tuple[Obstacle, str]:
    """Say what came of this type's weights in this form: equal is proven; what was not tried is not known."""
    described, architecture = candidate.configuration, candidate.architecture
    loads = find_quantised(
        row, architecture, NOT_QUANTISED if described.quantisation is None else described.quantisation
    )
    results = {load.result for load in loads}
    if not results - {Result.NOT_COMPARED}:
        return Obstacle.QUANTISED_UNTRIED, described.quantisation or ""
    if results != {Result.EQUAL}:
        return (Obstacle.NOT_QUANTISED if described.quantisation is None else Obstacle.QUANTISED), ""
    seen = Sureness.LISTED if row.loaded else Sureness.PROVEN  # of a newer release nothing is proven
    return Conversion(
        row,
        architecture,
        Sureness.NOT_CHECKED if described.own_code else seen,
        loads[0].part,
        wrong=find_wrong(row),
        names_unread=bool(row.tensors) and described.stems is None,
        quantised=loads[0].variant,
    )


def _find_unread(row: Listed, candidate: Candidate) -> tuple[Obstacle, str] | None:
    """Say why a library would not read the files at all: how they lie, damage, numbers it has no type for."""
    if candidate.weights.isdisjoint(WHAT_IT_READS[row.library, row.framework]):
        return Obstacle.NO_SUCH_FILE, ONE_FILE
    if candidate.configuration.flaw:
        return Obstacle.DAMAGED, candidate.configuration.flaw
    if unread := NOT_READ_BY.get(row.library, frozenset()).intersection(candidate.configuration.dtypes):
        return Obstacle.NO_NUMBERS, ", ".join(unread)
    return None


def _find_missing(row: Listed, candidate: Candidate) -> tuple[Obstacle, str] | None:
    """Name the first tensor that must be there and is not; nothing where the header was not read."""
    stems = candidate.configuration.stems
    if stems is None:
        return None
    is_tied_refused = find_tied_results(row, candidate.architecture, stems) == {Result.REFUSED}
    missing = next((either[0] for either in row.tensors if not set(either) & set(stems)), "")
    if missing or is_tied_refused:
        return Obstacle.TENSOR_MISSING, missing or "lm_head"
    return None if stems else (Obstacle.DAMAGED, "the header of its weights names no tensor")


def _how_sure(row: Listed, candidate: Candidate, results: set[Result]) -> Sureness:
    if candidate.configuration.own_code:
        return Sureness.NOT_CHECKED
    tied = find_tied_results(row, candidate.architecture, candidate.configuration.stems)
    if _is_always_wrong(tied):
        return Sureness.WRONG
    if Result.EQUAL in results:
        return Sureness.PROVEN
    is_known = _is_always_wrong(results) or is_wrong(row, candidate.architecture)
    return Sureness.WRONG if is_known else Sureness.LISTED


def _is_always_wrong(results: set[Result]) -> bool:
    """Tell whether nothing else came of it; what could not be compared is not wrong, and others are told by writer."""
    return Result.WRONG in results and results <= {Result.WRONG, Result.REFUSED}
