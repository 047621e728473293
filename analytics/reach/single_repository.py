"""
What loads one repository into a framework it holds no files of: the rule, first match wins.

Read of the Hub are only what describing the repository costs nothing to read: its configuration as the API gives it,
the types of its numbers, its file names and the names in its safetensors header. `config.json` itself is not read,
which would count as a download; so ropes, activations and the like are not checked, and said not to be.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from analytics.attribution import PYTORCH, Derivative, Verdict, say_framework
from analytics.attribution.derivatives import is_library_of
from analytics.attribution.letters import say
from analytics.attribution.library_table import spell
from analytics.attribution.telling_names import MOST_FILES
from analytics.domain.observations import Configuration, Repository
from analytics.domain.wording import listing
from analytics.reach.class_evidence import (
    CLASSIFIER,
    find_class,
    find_seen,
    find_tied_results,
    find_wrong_eight_bits,
    is_wrong,
)
from analytics.reach.conversion_tables import (
    TIMM,
    Listed,
    Listings,
    Load,
    Part,
    Release,
    Result,
    find_wrong,
    read_shipped_listings,
)
from analytics.reach.tag_rule import OWN_CODE, find_library

PLAIN_NUMBERS = frozenset({"F16", "F32", "F64", "BF16", "I64"})
"""The types of numbers that weights as trained have; I64 are positions. Others mean that it was quantised."""

EIGHT_BIT_NUMBERS = "I8"
"""The type of numbers under which a library may take quantised weights for weights as trained, without their scale."""

NOT_READ_BY: Mapping[str, frozenset[str]] = {"mlx-lm": frozenset({"F64"})}
"""Of those, what a library has no type for: MLX 0.32.4 refuses a file with such a tensor."""

QUANTISED_ALL_THE_SAME = {"gpt_oss": "mxfp4"}
"""Types that were published quantised, and how: these files load as they are."""

POOLS = "sentence-transformers"
"""The library whose models are a transformer and modules after it: pooling, a dense layer, a norm."""

ONE_FILE, INDEX, CONFIG = "model.safetensors", "model.safetensors.index.json", "config.json"


class Weights(StrEnum):
    """How the weights lie in the root of a repository; libraries look for some of these only."""

    ONE_FILE = "model.safetensors"
    SHARDS = "sharded safetensors"
    NO_INDEX = "sharded safetensors without their index"
    PICKLE = "pytorch_model.bin"
    PICKLE_SHARDS = "sharded pytorch_model.bin"


_SHARD = re.compile(
    r"(?:model(?=.*[.]safetensors$)|pytorch_model(?=.*[.]bin$))-(?P<number>\d{5,6})-of-(?P<of>\d{5,6})[.](?P<ending>\w+)"
)

WHAT_IT_READS = {
    ("keras-hub", "TensorFlow"): (Weights.ONE_FILE, Weights.SHARDS),
    ("keras-hub", "JAX"): (Weights.ONE_FILE, Weights.SHARDS),
    ("transformers", "TensorFlow"): (Weights.ONE_FILE, Weights.SHARDS, Weights.PICKLE, Weights.PICKLE_SHARDS),
    ("transformers", "JAX"): (Weights.ONE_FILE, Weights.PICKLE),
    ("mlx-lm", "MLX"): (Weights.ONE_FILE, Weights.SHARDS, Weights.NO_INDEX),
}
"""What each library looks for, as read in the released wheels."""


class Obstacle(StrEnum):
    """Why nothing loads a repository into a framework."""

    DISABLED = "disabled"
    NOT_PYTORCH = "not PyTorch"
    OTHER_FILES = "other files"
    NOT_DESCRIBED = "not described"
    NO_TYPE = "no type"
    ADAPTER = "adapter"
    QUANTISED = "quantised"
    ODD_NUMBERS = "odd numbers"
    NO_NUMBERS = "no such numbers"
    NOT_LISTED = "not listed"
    NO_SUCH_FILE = "no such file"
    DAMAGED = "damaged"
    NO_CLASS = "no class"
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
    numbers without an error, under settings that are not read here; `refused`: loads of this class that ended in one.
    `eight_bits_of`: where it has eight-bit weights, a type whose like gave other numbers without an error.
    `names_unread`: the library asks for a tensor, and whether it is there could not be read.
    """

    row: Listed
    architecture: str
    sureness: Sureness
    part: Part
    wrong: tuple[Load, ...] = ()
    refused: tuple[Load, ...] = ()
    eight_bits_of: str = ""
    names_unread: bool = False

    @property
    def loader(self) -> str:
        """The class to name."""
        return self.row.loader.format(architecture=self.architecture or "AutoModel")

    @property
    def has_head(self) -> bool:
        """Whether its class has a head at all: a bare model has none that could be lost."""
        return not re.fullmatch(r"(?!.*(?:LMHead|DoubleHeads|Marian|MT)Model)\w+Model", self.architecture)


@dataclass(frozen=True, slots=True)
class Reach:
    """What converts a repository on load into a framework, best first; where nothing does, why.

    `releases`: of whom; `pools`: modules come after it (sentence-transformers), which nothing of it loads.
    """

    framework: str
    conversions: tuple[Conversion, ...] = ()
    obstacle: Obstacle | None = None
    detail: str = ""
    releases: tuple[Release, ...] = ()
    pools: bool = False

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
    listings = listings or read_shipped_listings()
    found = _reach(repository, verdict, framework, listings)
    named = (repository.model.library or "", *(repository.model.tags or ()))
    pools = POOLS in map(spell, named)
    return replace(found, releases=found.releases or listings.releases(framework), pools=pools)


def _reach(repository: Repository, verdict: Verdict, framework: str, listings: Listings) -> Reach:
    candidate = Obstacle.DISABLED if repository.disabled else _examine(repository, verdict)
    if isinstance(candidate, Obstacle):
        return Reach(framework, obstacle=candidate, detail=_detail(candidate, repository, verdict))
    rows = listings.find(framework, candidate.model_type)
    if not rows:
        return Reach(framework, obstacle=Obstacle.NOT_LISTED, detail=candidate.model_type)
    judged = [_judge(row, candidate) for row in rows]
    found = [one for one in judged if isinstance(one, Conversion)]
    if not found:
        # Of the library that it is true of alone: another may refuse for another reason.
        row, (obstacle, detail) = next(
            (row, one) for row, one in zip(rows, judged, strict=True) if isinstance(one, tuple)
        )
        return Reach(framework, obstacle=obstacle, detail=detail, releases=((row.library, row.version, row.released),))
    return Reach(framework, tuple(sorted(found, key=_rank)))


def _detail(obstacle: Obstacle, repository: Repository, verdict: Verdict) -> str:
    """Name what is looked for, which numbers are odd, or of what the files are."""
    described, files = repository.configuration, repository.model.files or ()
    if obstacle is Obstacle.OTHER_FILES:
        return listing([*map(say_framework, verdict.frameworks), *verdict.conversions])
    if obstacle is Obstacle.ODD_NUMBERS and described:
        return ", ".join(sorted(set(described.dtypes) - PLAIN_NUMBERS))
    if obstacle is not Obstacle.NO_SUCH_FILE:
        return ""
    return CONFIG if _lacks_config(files) else ONE_FILE


def _has_type_of_gguf(files: Iterable[str]) -> bool:
    """Tell whether what the Hub says of the type can only be out of GGUF's own header, which no library asks."""
    return CONFIG not in files and any(file.lower().endswith(".gguf") for file in files)


def names_wanted(repository: Repository) -> str | None:
    """Name the file whose tensors would decide, where that was not read yet; None where they decide nothing."""
    described, files = repository.configuration, repository.model.files or ()
    if described is None or described.stems is not None or not described.model_type:
        return None
    listings = read_shipped_listings()
    if not any(row.tensors for name in listings.frameworks for row in listings.find(name, described.model_type)):
        return None
    held = _weights(files)
    if Weights.ONE_FILE in held:
        return ONE_FILE
    return INDEX if Weights.SHARDS in held else None


def _weights(files: Iterable[str]) -> frozenset[Weights]:
    """Tell how the weights lie in the root; of shards, all have to be there, as far as the list of files goes."""
    files = frozenset(files)
    found = {kind for kind in (Weights.ONE_FILE, Weights.PICKLE) if kind.value in files}
    shards = Counter(
        (match["of"], match["ending"])
        for match in map(_SHARD.fullmatch, files)
        if match and 1 <= int(match["number"]) <= int(match["of"])
    )
    is_cut = len(files) >= MOST_FILES
    found |= {_sort_shards(files, ending) for (of, ending), held in shards.items() if is_cut or held == int(of)}
    return frozenset(found)


def _sort_shards(files: frozenset[str], ending: str) -> Weights:
    if ending == "bin":
        return Weights.PICKLE_SHARDS
    return Weights.SHARDS if INDEX in files else Weights.NO_INDEX


def _examine(repository: Repository, verdict: Verdict) -> _Candidate | Obstacle:
    """Look at what does not depend on the library."""
    described, model = repository.configuration, repository.model
    if PYTORCH not in verdict.frameworks:
        return Obstacle.OTHER_FILES if verdict.frameworks or verdict.conversions else Obstacle.NOT_PYTORCH
    if _is_adapter(repository, verdict):
        return Obstacle.ADAPTER
    if described is None or model.files is None:
        # A program alone (.pt2, .mar, .torchscript) is read by none of them, whatever its configuration.
        is_program = model.files is not None and not _weights(model.files)
        return Obstacle.NO_SUCH_FILE if is_program or _lacks_config(model.files) else Obstacle.NOT_DESCRIBED
    model_type, architecture = _name_type(repository, described)
    if not model_type:
        return Obstacle.NO_SUCH_FILE if _lacks_config(model.files) else Obstacle.NO_TYPE
    flaw = Obstacle.NO_SUCH_FILE if _has_type_of_gguf(model.files) else _find_odd(described, model_type)
    own_code = described.own_code or OWN_CODE in say(model.tags)
    return flaw or _Candidate(model_type, architecture, _weights(model.files), replace(described, own_code=own_code))


def _is_adapter(repository: Repository, verdict: Verdict) -> bool:
    """Tell whether it is an adapter; by the relation it declares only where no whole weights lie in its root."""
    described, model = repository.configuration, repository.model
    files = model.files or ()
    by_files = "adapter_config.json" in files or is_library_of(Derivative.ADAPTER, model)
    declared = verdict.derivative is Derivative.ADAPTER and model.files is not None and not _weights(files)
    return by_files or declared or bool(described and described.adapter)


def _lacks_config(files: Sequence[str] | None) -> bool:
    """Tell whether weights lie in the root without config.json, which every library looks for."""
    return bool(files and _weights(files)) and CONFIG not in (files or ()) and len(files or ()) < MOST_FILES


def _name_type(repository: Repository, described: Configuration) -> tuple[str, str]:
    """Give model type and class; timm's repositories carry the architecture in their name, before the first dot."""
    if described.model_type and described.architectures:
        # Files saved by TensorFlow's or Flax's classes may name those.
        return described.model_type, re.sub(r"^(?:TF|Flax)(?=[A-Z])", "", described.architectures[0])
    if find_library(repository.model) == "timm":
        architecture = repository.model.id.rpartition("/")[2].partition(".")[0]
        return TIMM + architecture, architecture
    return "", ""


def _find_odd(described: Configuration, model_type: str) -> Obstacle | None:
    """Tell quantised weights from numbers that are only odd, as masks in old files are."""
    if model_type in QUANTISED_ALL_THE_SAME:
        fits = described.quantisation == QUANTISED_ALL_THE_SAME[model_type]
        return None if fits else Obstacle.QUANTISED
    if _has_eight_bits(described):
        return None  # what comes of them depends on the library
    if described.quantisation is not None:
        return Obstacle.QUANTISED
    return None if PLAIN_NUMBERS.issuperset(described.dtypes) else Obstacle.ODD_NUMBERS


def _has_eight_bits(described: Configuration) -> bool:
    return described.eight_bits or EIGHT_BIT_NUMBERS in described.dtypes


def _judge(row: Listed, candidate: _Candidate) -> Conversion | tuple[Obstacle, str]:
    """Say whether one library loads it, and how sure that is."""
    if unread := _find_unread(row, candidate):
        return unread
    architecture, stems = candidate.architecture, candidate.configuration.stems
    is_tied_refused = find_tied_results(row, architecture, stems) == {Result.REFUSED}
    if missing := _missing(row, stems) or ("lm_head" if is_tied_refused else ""):
        return Obstacle.TENSOR_MISSING, missing
    if find_class(row, architecture) is False:
        return Obstacle.NO_CLASS, row.loader.format(architecture=architecture)
    seen = find_seen(row, architecture)
    # Saved today it is refused for want of a tensor; a repository in whose header that tensor was seen is not.
    rescued = bool(row.tensors) and stems is not None and all(load.variant != CLASSIFIER for load in seen)
    refused = () if rescued else tuple(load for load in seen if load.result is Result.REFUSED)
    if seen and len(refused) == len(seen):
        return Obstacle.REFUSED, seen[0].detail
    equal = {load.part for load in seen if load.result is Result.EQUAL}
    part = next((part for part in Part if part in equal), row.part)
    if _has_eight_bits(candidate.configuration):
        wrong = find_wrong_eight_bits(row)
        is_refused = Obstacle.QUANTISED, ""
        return Conversion(row, architecture, Sureness.WRONG, part, eight_bits_of=wrong) if wrong else is_refused
    sureness = _how_sure(row, candidate, {load.result for load in seen})
    is_unread = bool(row.tensors) and stems is None
    return Conversion(row, architecture, sureness, part, find_wrong(row), refused, names_unread=is_unread)


def _find_unread(row: Listed, candidate: _Candidate) -> tuple[Obstacle, str] | None:
    """Say why a library would not read the files at all: how they lie, damage, numbers it has no type for."""
    if candidate.weights.isdisjoint(WHAT_IT_READS[row.library, row.framework]):
        return Obstacle.NO_SUCH_FILE, ONE_FILE
    if candidate.configuration.flaw:
        return Obstacle.DAMAGED, candidate.configuration.flaw
    if unread := NOT_READ_BY.get(row.library, frozenset()).intersection(candidate.configuration.dtypes):
        return Obstacle.NO_NUMBERS, ", ".join(unread)
    return None


def _missing(row: Listed, stems: tuple[str, ...] | None) -> str:
    """Name the first tensor that must be there and is not; nothing where the header was not read."""
    if stems is None:
        return ""
    return next((either[0] for either in row.tensors if not set(either) & set(stems)), "")


def _how_sure(row: Listed, candidate: _Candidate, results: set[Result]) -> Sureness:
    if candidate.configuration.own_code:
        return Sureness.NOT_CHECKED
    tied = find_tied_results(row, candidate.architecture, candidate.configuration.stems)
    if Result.WRONG in tied and Result.EQUAL not in tied:
        return Sureness.WRONG
    if Result.EQUAL in results:
        return Sureness.PROVEN
    return Sureness.WRONG if is_wrong(row, candidate.architecture) or Result.WRONG in results else Sureness.LISTED


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
