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


ANY_BACKBONE = "Backbone"
"""KerasHub's class that makes of each type its backbone, and how the classes of each are called."""

_HEADLESS = re.compile(r"(?!.*(?:LMHead|DoubleHeads|MarianMT|EncoderDecoder)Model)\w+(?:Model|Encoder)")
"""How transformers calls classes without a head: BertModel, DPRContextEncoder."""

WRITING_ONLY = frozenset({"mlx-lm"})
"""Libraries that only make text: each class without a head for that was refused when it was tried."""

_WRITES = re.compile(r"\w+(?:ForCausalLM|LMHeadModel|ForConditionalGeneration)")
"""How transformers calls classes that write text."""

_ADAPTER = re.compile(r"(?:adapter_model|pytorch_lora_weights|pytorch_adapter)\.(?:bin|safetensors)")
"""How PEFT, diffusers and adapters call an adapter's weights."""


class Obstacle(StrEnum):
    """Why nothing loads a repository into a framework."""

    DISABLED = "disabled"
    NOT_PYTORCH = "not PyTorch"
    OTHER_FILES = "other files"
    NOT_DESCRIBED = "not described"
    NO_TYPE = "no type"
    ADAPTER = "adapter"
    QUANTISED = "quantised"
    NOT_QUANTISED = "not quantised"
    QUANTISED_UNTRIED = "quantised, not tried"
    ODD_NUMBERS = "odd numbers"
    NO_NUMBERS = "no such numbers"
    NOT_LISTED = "not listed"
    NO_SUCH_FILE = "no such file"
    DAMAGED = "damaged"
    NO_CLASS = "no class"
    TENSOR_MISSING = "tensor missing"
    REFUSED = "refused"
    WRITES_NOTHING = "writes nothing"


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
    `names_unread`: the library asks for a tensor, and whether it is there could not be read; `weights_unread`: nor was
    anything else in the weights, or nothing told the types of their numbers. `odd_form`: the one in which it was equal.
    `quantised`: how its weights are, where that was tried.
    """

    row: Listed
    architecture: str
    sureness: Sureness
    part: Part
    wrong: tuple[Load, ...] = ()
    refused: tuple[Load, ...] = ()
    eight_bits_of: str = ""
    names_unread: bool = False
    weights_unread: bool = False
    odd_form: str = ""
    quantised: str = ""

    @property
    def loader(self) -> str:
        """The class to name: the one that was seen to load this part."""
        loader = self.row.loader.format(architecture=self.architecture or "AutoModel")
        is_other_part = self.part is Part.BACKBONE and not loader.endswith(ANY_BACKBONE)
        return ANY_BACKBONE if is_other_part else loader

    @property
    def has_head(self) -> bool:
        """Whether its class has a head at all: a bare model or encoder has none that could be lost."""
        return not _HEADLESS.fullmatch(self.architecture)


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

    @property
    def is_open(self) -> bool:
        """Whether something may convert it for all that is known: that is no No."""
        return self.obstacle in (Obstacle.NOT_DESCRIBED, Obstacle.QUANTISED_UNTRIED)


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
        refused = [(row, one) for row, one in zip(rows, judged, strict=True) if isinstance(one, tuple)]
        row, (obstacle, detail) = min(refused, key=lambda one: one[1][0] is not Obstacle.QUANTISED_UNTRIED)
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
    """
    Name the file whose header would decide, where that was not read yet; None where nothing lists its type.

    Damage and eight bits are matters of the file, so of each type, whether or not a library asks for a tensor by name.
    """
    described, files = repository.configuration, repository.model.files or ()
    if described is None or described.stems is not None:
        return None
    listings = read_shipped_listings()
    model_type, _ = _name_type(repository, described)
    if not any(listings.find(name, model_type) for name in listings.frameworks):
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
    flaw = Obstacle.NO_SUCH_FILE if _has_type_of_gguf(model.files) else _find_odd(described)
    own_code = described.own_code or OWN_CODE in say(model.tags)
    return flaw or _Candidate(model_type, architecture, _weights(model.files), replace(described, own_code=own_code))


def _is_adapter(repository: Repository, verdict: Verdict) -> bool:
    """Tell whether it is one; by what it declares or calls its weights only where no whole ones lie in its root."""
    described, model = repository.configuration, repository.model
    files = model.files or ()
    by_files = "adapter_config.json" in files or is_library_of(Derivative.ADAPTER, model)
    is_called_so = verdict.derivative is Derivative.ADAPTER or any(map(_ADAPTER.fullmatch, files))
    alone = is_called_so and model.files is not None and not _weights(files)
    return by_files or alone or bool(described and described.adapter)


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


def _find_odd(described: Configuration) -> Obstacle | None:
    """Tell numbers that are only odd, as masks in old files are; of quantised ones each library is asked."""
    if described.quantisation is not None or _has_eight_bits(described):
        return None
    return None if PLAIN_NUMBERS.issuperset(described.dtypes) else Obstacle.ODD_NUMBERS


def _has_eight_bits(described: Configuration) -> bool:
    return described.eight_bits or EIGHT_BIT_NUMBERS in described.dtypes


def _judge(row: Listed, candidate: _Candidate) -> Conversion | tuple[Obstacle, str]:
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
    if _has_eight_bits(candidate.configuration):
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


def _is_quantised_otherwise(candidate: _Candidate) -> bool:
    """Tell weights whose form is not the one in which their type was published; eight bits are judged apart."""
    described = candidate.configuration
    as_published = described.quantisation == QUANTISED_ALL_THE_SAME.get(candidate.model_type)
    return not as_published and not _has_eight_bits(described)


def _judge_quantised(row: Listed, candidate: _Candidate) -> Conversion | tuple[Obstacle, str]:
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


def _find_unread(row: Listed, candidate: _Candidate) -> tuple[Obstacle, str] | None:
    """Say why a library would not read the files at all: how they lie, damage, numbers it has no type for."""
    if candidate.weights.isdisjoint(WHAT_IT_READS[row.library, row.framework]):
        return Obstacle.NO_SUCH_FILE, ONE_FILE
    if candidate.configuration.flaw:
        return Obstacle.DAMAGED, candidate.configuration.flaw
    if unread := NOT_READ_BY.get(row.library, frozenset()).intersection(candidate.configuration.dtypes):
        return Obstacle.NO_NUMBERS, ", ".join(unread)
    return None


def _find_missing(row: Listed, candidate: _Candidate) -> tuple[Obstacle, str] | None:
    """Name the first tensor that must be there and is not; nothing where the header was not read."""
    stems = candidate.configuration.stems
    if stems is None:
        return None
    is_tied_refused = find_tied_results(row, candidate.architecture, stems) == {Result.REFUSED}
    missing = next((either[0] for either in row.tensors if not set(either) & set(stems)), "")
    if missing or is_tied_refused:
        return Obstacle.TENSOR_MISSING, missing or "lm_head"
    return None if stems else (Obstacle.DAMAGED, "the header of its weights names no tensor")


def _how_sure(row: Listed, candidate: _Candidate, results: set[Result]) -> Sureness:
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
