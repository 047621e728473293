"""What is known of one model, and how sure it is that it can be had in each framework."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from analytics.attribution import FRAMEWORKS, Finding, Status, Tier, Verdict
from analytics.domain.chart_specs import Held
from analytics.domain.observations import Repository, Twin
from analytics.reach.conversion_tables import Listings, read_shipped_listings
from analytics.reach.conversion_words import name_converter, name_loader
from analytics.reach.loaders import KERAS_RUNS_ON, ONLY_BEFORE, find_loader
from analytics.reach.outcomes import Reach, Sureness
from analytics.reach.single_repository import reach
from analytics.reach.weight_files import CONFIG

THROUGH_KERAS = Held.THROUGH_KERAS

ALWAYS = ("PyTorch", "TensorFlow", "JAX", "Keras", "MLX")
"""Frameworks that are shown even where the model does not come in them."""


@dataclass(frozen=True, slots=True)
class Standing:
    """
    Where a model stands in the newest whole list by downloads, and stood in the one before; None: not in it.

    `sample`: the list is the embedded one, with nothing to compare.
    """

    rank: int | None
    of: int
    day: str
    rank_before: int | None = None
    of_before: int = 0
    day_before: str = ""
    sample: bool = False


@dataclass(frozen=True, slots=True)
class Known:
    """
    All that is known of one model.

    `asked_at`: when, or as of when, it was asked; `twins`: for each framework looked for, its twin there or None;
    `catalogues` name the official collections that list it; `notes` are sentences on how the reading came about;
    `base_is_private`: whether only the Hub token shows its base model; `listings`: what libraries list to convert.
    """

    repository: Repository
    verdict: Verdict
    asked_at: dt.datetime
    base: Verdict | None = None
    standing: Standing | None = None
    twins: Mapping[str, Twin | None] = field(default_factory=dict)
    catalogues: tuple[str, ...] = ()
    sample: bool = False
    stale: bool = False
    notes: tuple[str, ...] = ()
    base_is_private: bool = False
    listings: Listings = field(default_factory=read_shipped_listings)

    @property
    def private(self) -> bool:
        """Whether anything of it is known only through the Hub token."""
        twins = any(twin and twin.private for twin in self.twins.values())
        return self.repository.private or self.base_is_private or twins

    @property
    def name(self) -> str:
        """The model's id as the Hub spells it now."""
        return self.repository.model.id

    @property
    def short(self) -> str:
        """The id without its account, for titles."""
        return self.name.rpartition("/")[2]


AS_FOUND = {
    Status.YES: Held.YES,
    Status.ASSUMED: Held.ASSUMED,
    Status.DECLARED: Held.DECLARED,
    Status.INHERITED: Held.INHERITED,
    Status.NO: Held.NO,
}


def status(known: Known, framework: str) -> Held:
    """
    Tell whether the model can be had in a framework or format.

    What does not count (an author's tag that no file bears out) hides nothing: neither Keras 3, nor what converts on
    load, nor that it is unknown.
    """
    if framework in known.verdict.conversions:
        return Held.CONVERSION
    found = finding(known, framework)
    if found and found.counts:
        return AS_FOUND[found.status]
    if framework in KERAS_RUNS_ON and "Keras" in known.verdict.frameworks:
        return THROUGH_KERAS
    if best := reach_into(known, framework).best:
        converts = {Sureness.PROVEN: Held.CONVERTS, Sureness.LISTED: Held.MAY_CONVERT}.get(best.sureness)
        if converts:
            return converts
    if found:
        return AS_FOUND[found.status]
    return Held.UNKNOWN if _is_open(known, framework) else Held.NO


def _is_open(known: Known, framework: str) -> bool:
    """
    Tell whether nothing at hand says that it is not to be had there: that is no No.

    Nothing shows its framework; its files were not read, of which tags tell only some; or it has a configuration, which
    decides what converts it, and that was not told: it stood in a list, or the Hub left it out.
    """
    if known.verdict.tier is Tier.UNKNOWN or not has_files_read(known):
        return True
    has_configuration = CONFIG in (known.repository.model.files or ())
    return (known.sample or known.stale or has_configuration) and may_convert_unseen(known, framework)


def has_files_read(known: Known) -> bool:
    """Tell whether the list of its files was read, so that what is not among them is not there."""
    return known.repository.model.files is not None


def say_unread(known: Known) -> str:
    """Say in a clause why its files are not known: by the Hub's doing, or because nobody could ask it."""
    return "whose files were not read" if known.sample or known.stale else "whose files the Hub does not list"


def may_convert_unseen(known: Known, framework: str) -> bool:
    """Tell whether something might convert it on load, for all that was read of it."""
    if framework not in known.listings.frameworks:
        return False
    return reach_into(known, framework).is_open


def reach_into(known: Known, framework: str) -> Reach:
    """Say what converts the model on load into a framework, whether or not files of it are there."""
    return reach(known.repository, known.verdict, framework, known.listings)


def finding(known: Known, framework: str) -> Finding | None:
    """Give what was found of a framework, counting or not."""
    return next((finding for finding in known.verdict.findings if finding.framework == framework), None)


def is_only_assumed(known: Known, framework: str) -> bool:
    """Tell whether what was found of a framework is no proof."""
    found = finding(known, framework)
    return found is not None and found.status is not Status.YES


def evidence(known: Known, framework: str) -> str | None:
    """Give the evidence in words; None where there is none."""
    if status(known, framework) is THROUGH_KERAS:
        return evidence(known, "Keras")
    found = finding(known, framework)
    return found.evidence if found else None


def loads(known: Known, framework: str) -> str | None:
    """Say what loads the model in a framework today; None where it does not come in it."""
    found, there = finding(known, framework), status(known, framework)
    if found and there in (Held.YES, Held.ASSUMED):
        return find_loader(found, known.repository.model.library).words
    if there in (Held.CONVERTS, Held.MAY_CONVERT) and (best := reach_into(known, framework).best):
        return name_loader(best)
    return "Keras 3, on this backend" if there is THROUGH_KERAS else None


def converter(known: Known, framework: str) -> str:
    """Name the library that converts the model on load where it comes in no files of a framework; else nothing."""
    best = reach_into(known, framework).best
    there = status(known, framework) in (Held.CONVERTS, Held.MAY_CONVERT)
    return name_converter(best) if best and there else ""


def is_outdated(known: Known, framework: str) -> bool:
    """Tell whether it comes in files of a framework that no library still maintained loads."""
    found, there = finding(known, framework), status(known, framework)
    return bool(found and there in (Held.YES, Held.ASSUMED) and not find_loader(found, None).current)


def name_limit(known: Known, framework: str) -> str:
    """Say beside a status before what the files load, where nothing still released loads them; else nothing."""
    return ONLY_BEFORE if is_outdated(known, framework) else ""


def choose_frameworks(models: Iterable[Known], wanted: str | None = None) -> tuple[str, ...]:
    """
    Name the frameworks to show: always the usual ones, others where a model shows something of them.

    `wanted`: what was asked for, a framework or a format; one that is converted to stands among the conversions.
    """
    models = list(models)
    shown = tuple(name for name in FRAMEWORKS if name in ALWAYS or any(finding(known, name) for known in models))
    if wanted is None or wanted in shown or any(wanted in known.verdict.conversions for known in models):
        return shown
    return (*shown, wanted)
