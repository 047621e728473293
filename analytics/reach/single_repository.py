"""
What loads one repository into a framework it holds no files of: the rule, first match wins.

Read of the Hub are only what describing the repository costs nothing to read: its configuration as the API gives it,
the types of its numbers, its file names and the names in its safetensors header. `config.json` itself is not read,
which would count as a download; so ropes, activations and the like are not checked, and said not to be.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum

from analytics.attribution import PYTORCH, Verdict
from analytics.domain.observations import Configuration, Repository
from analytics.reach.conversion_tables import (
    PLAIN,
    TIMM,
    Listed,
    Listings,
    Load,
    Part,
    Release,
    Result,
    find_loads,
    find_wrong,
    shipped_listings,
)

PLAIN_NUMBERS = frozenset({"F16", "F32", "F64", "BF16", "I64"})
"""The types of numbers that weights as trained have; I64 are positions. Others mean that it was quantised."""

QUANTISED_ALL_THE_SAME = {"gpt_oss": "mxfp4"}
"""Types that were published quantised, and how: these files load as they are."""

ONE_FILE, INDEX = "model.safetensors", "model.safetensors.index.json"


class Weights(StrEnum):
    """How the weights lie in the root of a repository; libraries look for some of these only."""

    ONE_FILE = "model.safetensors"
    SHARDS = "sharded safetensors"
    PICKLE = "pytorch_model.bin"
    PICKLE_SHARDS = "sharded pytorch_model.bin"


_NAMES = {
    Weights.ONE_FILE: r"model\.safetensors",
    Weights.SHARDS: r"model-\d{5}-of-\d{5}\.safetensors",
    Weights.PICKLE: r"pytorch_model\.bin",
    Weights.PICKLE_SHARDS: r"pytorch_model-\d{5}-of-\d{5}\.bin",
}

WHAT_IT_READS = {
    ("keras-hub", "TensorFlow"): (Weights.ONE_FILE, Weights.SHARDS),
    ("keras-hub", "JAX"): (Weights.ONE_FILE, Weights.SHARDS),
    ("transformers", "TensorFlow"): tuple(Weights),
    ("transformers", "JAX"): (Weights.ONE_FILE, Weights.PICKLE),
    ("mlx-lm", "MLX"): (Weights.ONE_FILE, Weights.SHARDS),
}
"""What each library looks for, as read in the released wheels."""


class Obstacle(StrEnum):
    """Why nothing loads a repository into a framework."""

    NOT_PYTORCH = "not PyTorch"
    NOT_DESCRIBED = "not described"
    NO_TYPE = "no type"
    ADAPTER = "adapter"
    QUANTISED = "quantised"
    NOT_LISTED = "not listed"
    NO_SUCH_FILE = "no such file"
    TENSOR_MISSING = "tensor missing"
    REFUSED = "refused"


class Sureness(StrEnum):
    """How sure it is that it loads: seen for this type and class, only listed, listed with code of its own."""

    PROVEN = "proven"
    LISTED = "listed"
    NOT_CHECKED = "not checked"
    WRONG = "known to be wrong"


@dataclass(frozen=True, slots=True)
class Conversion:
    """
    One library that loads a repository into a framework.

    `architecture`: the class named in the repository's configuration. `wrong`: loads of this type that gave other
    numbers without an error, under settings that are not read here.
    """

    row: Listed
    architecture: str
    sureness: Sureness
    part: Part
    wrong: tuple[Load, ...] = ()

    @property
    def loader(self) -> str:
        """The class to name."""
        return self.row.loader.format(architecture=self.architecture or "AutoModel")


@dataclass(frozen=True, slots=True)
class Reach:
    """What converts a repository on load into a framework, best first; where nothing does, why. `releases`: of whom."""

    framework: str
    conversions: tuple[Conversion, ...] = ()
    obstacle: Obstacle | None = None
    detail: str = ""
    releases: tuple[Release, ...] = ()

    @property
    def best(self) -> Conversion | None:
        """The one to name first."""
        return next(iter(self.conversions), None)


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A repository that may convert, with what is asked of it."""

    model_type: str
    architecture: str
    weights: frozenset[Weights]
    configuration: Configuration = field(default_factory=Configuration)


def reach(repository: Repository, verdict: Verdict, framework: str, listings: Listings | None = None) -> Reach:
    """
    Say what loads `repository` into `framework`, given in which frameworks its files are.

    `listings`: what libraries list; the shipped table, where no later reading is known.
    """
    listings = listings or shipped_listings()
    return replace(_reach(repository, verdict, framework, listings), releases=listings.releases(framework))


def _reach(repository: Repository, verdict: Verdict, framework: str, listings: Listings) -> Reach:
    candidate = _examine(repository, verdict)
    if isinstance(candidate, Obstacle):
        return Reach(framework, obstacle=candidate, detail=ONE_FILE if candidate is Obstacle.NO_SUCH_FILE else "")
    rows = listings.find(framework, candidate.model_type)
    if not rows:
        return Reach(framework, obstacle=Obstacle.NOT_LISTED, detail=candidate.model_type)
    judged = [_judge(row, candidate) for row in rows]
    found = [one for one in judged if isinstance(one, Conversion)]
    if not found:
        obstacle, detail = next(one for one in judged if isinstance(one, tuple))
        return Reach(framework, obstacle=obstacle, detail=detail)
    return Reach(framework, tuple(sorted(found, key=_rank)))


def names_wanted(repository: Repository) -> str | None:
    """Name the file whose tensors would decide, where that was not read yet; None where they decide nothing."""
    described, files = repository.configuration, repository.model.files or ()
    if described is None or described.stems is not None or not described.model_type:
        return None
    listings = shipped_listings()
    if not any(row.tensors for name in listings.frameworks for row in listings.find(name, described.model_type)):
        return None
    held = _weights(files)
    if Weights.ONE_FILE in held:
        return ONE_FILE
    return INDEX if Weights.SHARDS in held else None


def _weights(files: Iterable[str]) -> frozenset[Weights]:
    """Tell how the weights lie in the root."""
    files = tuple(files)
    return frozenset(kind for kind, name in _NAMES.items() if any(re.fullmatch(name, file) for file in files))


def _examine(repository: Repository, verdict: Verdict) -> _Candidate | Obstacle:
    """Look at what does not depend on the library."""
    described, model = repository.configuration, repository.model
    if PYTORCH not in verdict.frameworks:
        return Obstacle.NOT_PYTORCH
    if described is None or model.files is None:
        # A program alone (.pt2, .mar, .torchscript) is read by none of them, whatever its configuration.
        is_program = model.files is not None and not _weights(model.files)
        return Obstacle.NO_SUCH_FILE if is_program else Obstacle.NOT_DESCRIBED
    if described.adapter or "adapter_config.json" in model.files or model.library == "peft":
        return Obstacle.ADAPTER
    model_type, architecture = _name_type(repository, described)
    if not model_type:
        return Obstacle.NO_TYPE
    if _is_quantised(described, model_type):
        return Obstacle.QUANTISED
    return _Candidate(model_type, architecture, _weights(model.files), described)


def _name_type(repository: Repository, described: Configuration) -> tuple[str, str]:
    """Give model type and class; timm's repositories carry the architecture in their name, before the first dot."""
    if described.model_type and described.architectures:
        return described.model_type, described.architectures[0]
    if repository.model.library == "timm":
        architecture = repository.model.id.rpartition("/")[2].partition(".")[0]
        return TIMM + architecture, architecture
    return "", ""


def _is_quantised(described: Configuration, model_type: str) -> bool:
    if model_type in QUANTISED_ALL_THE_SAME:
        return described.quantisation != QUANTISED_ALL_THE_SAME[model_type]
    return described.quantisation is not None or not PLAIN_NUMBERS.issuperset(described.dtypes)


def _judge(row: Listed, candidate: _Candidate) -> Conversion | tuple[Obstacle, str]:
    """Say whether one library loads it, and how sure that is."""
    if candidate.weights.isdisjoint(WHAT_IT_READS[row.library, row.framework]):
        return Obstacle.NO_SUCH_FILE, ONE_FILE
    if missing := _missing(row, candidate.configuration.stems):
        return Obstacle.TENSOR_MISSING, missing
    seen = [load for load in find_loads(row) if load.architecture == candidate.architecture]
    plain = [load for load in seen if load.variant == PLAIN]
    # Saved today it is refused for want of a tensor; a repository in whose header that tensor was seen is not.
    has_tensors = bool(row.tensors) and candidate.configuration.stems is not None
    if plain and not has_tensors and all(load.result is Result.REFUSED for load in plain):
        return Obstacle.REFUSED, plain[0].detail
    wrong = find_wrong(row)
    equal = {load.part for load in plain if load.result is Result.EQUAL}
    part = next((part for part in Part if part in equal), row.part)
    return Conversion(row, candidate.architecture, _how_sure(plain, candidate.configuration), part, wrong)


def _missing(row: Listed, stems: tuple[str, ...] | None) -> str:
    """Name the first tensor that must be there and is not; nothing where the header was not read."""
    if stems is None:
        return ""
    return next((either[0] for either in row.tensors if not set(either) & set(stems)), "")


def _how_sure(plain: list[Load], described: Configuration) -> Sureness:
    results = {load.result for load in plain}
    if described.own_code:
        return Sureness.NOT_CHECKED
    if Result.EQUAL in results:
        return Sureness.PROVEN
    return Sureness.WRONG if Result.WRONG in results else Sureness.LISTED


_BEST = (
    (Sureness.PROVEN, Part.WHOLE),
    (Sureness.PROVEN, Part.TEXT),
    (Sureness.PROVEN, Part.BACKBONE),
    (Sureness.LISTED, Part.WHOLE),
    (Sureness.LISTED, Part.TEXT),
    (Sureness.LISTED, Part.BACKBONE),
)
_MAINTAINED = ("keras-hub", "mlx-lm")


def _rank(conversion: Conversion) -> tuple[int, bool]:
    """Order by what is seen and how much of the model it is; of equals, the library that is maintained first."""
    key = (conversion.sureness, conversion.part)
    return (_BEST.index(key) if key in _BEST else len(_BEST), conversion.row.library not in _MAINTAINED)
