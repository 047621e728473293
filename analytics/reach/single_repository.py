"""
What loads one repository into a framework it holds no files of: the rule, first match wins.

Read of the Hub are only what describing the repository costs nothing to read: its configuration as the API gives it,
the types of its numbers, its file names and the names in its safetensors header. `config.json` itself is not read,
which would count as a download; so ropes, activations and the like are not checked, and said not to be.
"""

import re
from dataclasses import replace

from analytics.attribution import PYTORCH, Derivative, Verdict, say_framework
from analytics.attribution.derivatives import is_library_of
from analytics.attribution.letters import say
from analytics.attribution.library_table import spell
from analytics.domain.observations import Configuration, Repository
from analytics.domain.wording import listing
from analytics.reach.conversion_tables import TIMM, Listings, Part, read_shipped_listings
from analytics.reach.loading_rule import Candidate, has_eight_bits, judge
from analytics.reach.outcomes import Conversion, Obstacle, Reach, Sureness
from analytics.reach.tag_rule import OWN_CODE, find_library
from analytics.reach.weight_files import (
    CONFIG,
    INDEX,
    ONE_FILE,
    Weights,
    find_weights,
    has_type_of_gguf,
    lacks_config,
)

PLAIN_NUMBERS = frozenset({"F16", "F32", "F64", "BF16", "I64"})
"""The types of numbers that weights as trained have; I64 are positions. Others mean that it was quantised."""

POOLS = "sentence-transformers"
"""The library whose models are a transformer and modules after it: pooling, a dense layer, a norm."""

_ADAPTER = re.compile(r"(?:adapter_model|pytorch_lora_weights|pytorch_adapter)\.(?:bin|safetensors)")
"""How PEFT, diffusers and adapters call an adapter's weights."""


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
    judged = [judge(row, candidate) for row in rows]
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
    return CONFIG if lacks_config(files) else ONE_FILE


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
    held = find_weights(files)
    if Weights.ONE_FILE in held:
        return ONE_FILE
    return INDEX if Weights.SHARDS in held else None


def _examine(repository: Repository, verdict: Verdict) -> Candidate | Obstacle:
    """Look at what does not depend on the library."""
    described, model = repository.configuration, repository.model
    if PYTORCH not in verdict.frameworks:
        return Obstacle.OTHER_FILES if verdict.frameworks or verdict.conversions else Obstacle.NOT_PYTORCH
    if _is_adapter(repository, verdict):
        return Obstacle.ADAPTER
    if described is None or model.files is None:
        # A program alone (.pt2, .mar, .torchscript) is read by none of them, whatever its configuration.
        is_program = model.files is not None and not find_weights(model.files)
        return Obstacle.NO_SUCH_FILE if is_program or lacks_config(model.files) else Obstacle.NOT_DESCRIBED
    model_type, architecture = _name_type(repository, described)
    if not model_type:
        return Obstacle.NO_SUCH_FILE if lacks_config(model.files) else Obstacle.NO_TYPE
    flaw = Obstacle.NO_SUCH_FILE if has_type_of_gguf(model.files) else _find_odd(described)
    own_code = described.own_code or OWN_CODE in say(model.tags)
    return flaw or Candidate(model_type, architecture, find_weights(model.files), replace(described, own_code=own_code))


def _is_adapter(repository: Repository, verdict: Verdict) -> bool:
    """Tell whether it is one; by what it declares or calls its weights only where no whole ones lie in its root."""
    described, model = repository.configuration, repository.model
    files = model.files or ()
    by_files = "adapter_config.json" in files or is_library_of(Derivative.ADAPTER, model)
    is_called_so = verdict.derivative is Derivative.ADAPTER or any(map(_ADAPTER.fullmatch, files))
    alone = is_called_so and model.files is not None and not find_weights(files)
    return by_files or alone or bool(described and described.adapter)


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
    if described.quantisation is not None or has_eight_bits(described):
        return None
    return None if PLAIN_NUMBERS.issuperset(described.dtypes) else Obstacle.ODD_NUMBERS


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
