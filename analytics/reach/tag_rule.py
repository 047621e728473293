"""
What converts on load, by a listing's tags alone: for lists and millions, where no header and no configuration is read.

A repository counts as *proven* when a type of the tables and a task that the type's loaded class serves stand in its
tags, *listed* when the type does. It bounds neither side: missing tokenizer files, odd configurations and quantised
weights without a tag are not seen, and what has no tag of its type or task is not counted. How often it agrees with the
rule for one repository stands in docs/method.md.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from analytics.attribution.letters import lower
from analytics.attribution.library_table import spell, tells
from analytics.domain.observations import Model
from analytics.reach.conversion_tables import PLAIN, TIMM, Listed, Listings, Result, find_loads, read_shipped_listings

SAFETENSORS = "safetensors"
"""The Hub's own tag for such a file, without which nothing is said to convert."""

LIBRARIES = frozenset({"transformers", "sentence-transformers"})
"""Whose repositories carry their model type as a tag."""

TOLD_BY_TAGS = LIBRARIES | {"timm"}
"""These, and the one whose repositories carry it in their name."""

OWN_CODE = "custom_code"
"""The Hub's tag of a repository that brings code of its own."""

NEVER = frozenset({"peft", "lora", "adapter", "mlx", OWN_CODE})
"""Tags of what converts for no library: adapters, MLX's own files, and code of the repository's own."""

QUANTISED = (
    *("awq", "gptq", "fp8", "bitsandbytes", "compressed-tensors", "exl2", "exl3", "nvfp4", "mxfp4", "modelopt"),
    *("int4", "int8", "w4a16", "w8a8", "w8a16", "quark", "autoround", "auto-round", "hqq", "torchao", "quantized"),
    *("aqlm", "bitnet", "bnb", "eetq", "nf4", "vptq"),
    *(f"{bits}{between}bit" for bits in range(1, 9) for between in ("-", "")),
)
"""Tags of quantised weights. `base_model:quantized:` is none: all-MiniLM-L6-v2 carries it, with weights as trained."""


class Tagged(StrEnum):
    """What a repository's tags say of its conversion into one framework."""

    PROVEN = "proven"
    LISTED = "listed"
    NO = "no"


TASKS: Mapping[str, tuple[str, ...]] = {
    "CausalLM": ("text-generation",),
    "LMHeadModel": ("text-generation",),
    "ImageClassification": ("image-classification",),
    "SequenceClassification": ("text-classification", "text-ranking", "zero-shot-classification"),
    "TokenClassification": ("token-classification",),
    "QuestionAnswering": ("question-answering",),
    "MaskedLM": ("fill-mask",),
    "ConditionalGeneration": ("summarization", "translation", "text2text-generation", "image-text-to-text"),
    "MTModel": ("translation",),
    "CTC": ("automatic-speech-recognition",),
    "SemanticSegmentation": ("image-segmentation",),
    "Model": ("feature-extraction", "sentence-similarity", "image-feature-extraction"),
}
"""Which tasks of the Hub a class with this ending serves (transformers, its auto classes)."""


@dataclass(frozen=True, slots=True)
class _Type:
    """One listed model type: the tasks for which a class of it was seen to load."""

    row: Listed
    tasks: frozenset[str]


def judge_tags(model: Model, framework: str, listings: Listings | None = None) -> Tagged:
    """
    Say what its tags say of its conversion into a framework it has no files of.

    The Hub's own tags (of safetensors, library and type) are taken as it writes them, what authors say in any case.
    """
    tags = frozenset(model.tags or ())
    if SAFETENSORS not in tags:
        return Tagged.NO
    said = frozenset(map(lower, tags))
    if said & NEVER or said.intersection(QUANTISED):
        return Tagged.NO
    found = _types_in(model, tags, framework, listings or read_shipped_listings())
    if not found:
        return Tagged.NO
    return Tagged.PROVEN if any(model.task in one.tasks for one in found) else Tagged.LISTED


def is_of_untold_type(model: Model, listings: Listings | None = None) -> bool:
    """Tell whether a repository whose library writes its type among the tags has none there that any library lists."""
    tags = frozenset(model.tags or ())
    known = (listings or read_shipped_listings()).model_types
    return SAFETENSORS in tags and find_library(model) in LIBRARIES and tags.isdisjoint(known)


def find_library(model: Model) -> str:
    """Find the library of a repository, as the table spells it: the one named, if known, else one of its tags."""
    if model.library and tells(model.library):
        return spell(model.library)
    tagged = frozenset(map(spell, model.tags or ()))
    return next((name for name in sorted(TOLD_BY_TAGS) if name in tagged), "")


def name_timm(name: str) -> str:
    """Give the architecture of one of timm's repositories, which stands in its name before the first dot."""
    return TIMM + name.rpartition("/")[2].partition(".")[0]


def _types_in(model: Model, tags: frozenset[str], framework: str, listings: Listings) -> tuple[_Type, ...]:
    """Find the one model type among the tags; two are as good as none, as nothing says which is meant."""
    library = find_library(model)
    if library == "timm":
        rows = listings.find(framework, name_timm(model.id))
        return tuple(_Type(row, frozenset({"image-classification"})) for row in rows if _was_equal(row))
    if library not in LIBRARIES:
        return ()
    known = _types(framework, listings)
    named = sorted(tags & known.keys())
    return known[named[0]] if len(named) == 1 else ()


def _was_equal(row: Listed) -> bool:
    return any(load.result is Result.EQUAL and load.variant == PLAIN for load in find_loads(row))


@lru_cache(maxsize=16)
def _types(framework: str, listings: Listings) -> Mapping[str, tuple[_Type, ...]]:
    names = sorted(name for name in listings.model_types if not name.startswith(TIMM))
    found = {name: tuple(_Type(row, _tasks(row)) for row in listings.find(framework, name)) for name in names}
    return {name: types for name, types in found.items() if types}


def _tasks(row: Listed) -> frozenset[str]:
    """Give the tasks served by the classes that were seen to load with equal numbers."""
    equal = [load for load in find_loads(row) if load.result is Result.EQUAL and load.variant == PLAIN]
    return frozenset(task for load in equal for task in name_tasks(load.architecture))


def name_tasks(architecture: str) -> tuple[str, ...]:
    """Give the tasks that a class of this name serves."""
    return next((tasks for ending, tasks in TASKS.items() if architecture.endswith(ending)), ())
