"""
How models are reached in each framework, as far as it is known: by their verdict and the rule by tags.

A repository that was read by itself is judged by the rule for one, so that a list and `model X` say the same of it.
"""

from collections.abc import Mapping

from analytics.attribution import PYTORCH, Finding, Status, Tier, Verdict
from analytics.domain.observations import Model, Repository
from analytics.domain.reach_counts import LETTERS, Converter, Reached
from analytics.domain.wording import iso_day
from analytics.reach.conversion_tables import Listings
from analytics.reach.loaders import KERAS_RUNS_ON, NAMES, find_loader
from analytics.reach.outcomes import Sureness
from analytics.reach.single_repository import reach
from analytics.reach.tag_rule import Tagged, judge_tags

FRAMEWORKS = (PYTORCH, "TensorFlow", "JAX", "MLX")
"""The frameworks looked at: PyTorch, whose files are what converts, and those it converts into."""

CONVERSIONS = {Tagged.PROVEN: Reached.CONVERTS, Tagged.LISTED: Reached.LISTED}
LETTER_OF = {status: letter for letter, status in LETTERS.items()}


AS_READ = {Sureness.PROVEN: Tagged.PROVEN, Sureness.LISTED: Tagged.LISTED}
"""What the rule for one repository says, in words of the rule by tags; what is wrong or not checked is no promise."""

NOT_READ: Mapping[str, Repository] = {}


def judge_reach(
    model: Model, verdict: Verdict, framework: str, listings: Listings, read: Mapping[str, Repository] = NOT_READ
) -> Reached:
    """
    Say how a model is reached in a framework; what is there comes before what converts, that before exports.

    `read`: the repositories that were read by themselves, by id in small letters.
    """
    if is_disabled(model, read):
        return Reached.NONE
    tagged = judge_conversion(model, verdict, framework, listings, read)
    if found := _find_files(verdict, framework):
        if not is_old(found):
            return Reached.TODAY
        return Reached.OLD_CONVERTS if tagged is Tagged.PROVEN else Reached.OLD
    if framework in KERAS_RUNS_ON and "Keras" in verdict.frameworks:
        return Reached.KERAS
    return CONVERSIONS.get(tagged) or _judge_rest(verdict)


def judge_conversion(
    model: Model, verdict: Verdict, framework: str, listings: Listings, read: Mapping[str, Repository] = NOT_READ
) -> Tagged:
    """
    Say whether it converts: as its repository was read, where it was, else as its tags say.

    Only what is PyTorch's converts, and not into PyTorch.
    """
    if framework == PYTORCH or PYTORCH not in verdict.frameworks:
        return Tagged.NO
    repository = read.get(model.id.casefold())
    if repository is None:
        return judge_tags(model, framework, listings)
    best = reach(repository, verdict, framework, listings).best
    return AS_READ.get(best.sureness, Tagged.NO) if best else Tagged.NO


def is_disabled(model: Model, read: Mapping[str, Repository]) -> bool:
    """Tell whether the Hub serves no file of it, as far as that was read."""
    repository = read.get(model.id.casefold())
    return repository is not None and repository.disabled


def spell_reach(
    model: Model,
    verdict: Verdict,
    framework: str,
    listings: Listings,
    read: Mapping[str, Repository] = NOT_READ,
    *,
    untold: bool = False,
) -> str:
    """Write the same as the letter a census keeps; `untold`: its tags do not tell its type, which would decide."""
    letter = LETTER_OF[judge_reach(model, verdict, framework, listings, read)]
    if letter == LETTER_OF[Reached.NONE]:
        may_convert = untold and framework != PYTORCH and PYTORCH in verdict.frameworks
        return LETTER_OF[Reached.UNTOLD] if may_convert else letter
    found = _find_files(verdict, framework)
    return letter.lower() if found and found.status is not Status.YES else letter


def is_old(found: Finding) -> bool:
    """Tell whether files are such that no library still released loads them."""
    return not find_loader(found, None).current


def name_converters(framework: str, listings: Listings) -> tuple[Converter, ...]:
    """Name what converts into a framework; of PyTorch nothing is to be converted."""
    releases = () if framework == PYTORCH else listings.releases(framework)
    return tuple(Converter(NAMES[library], version, iso_day(day)) for library, version, day in releases)


def _find_files(verdict: Verdict, framework: str) -> Finding | None:
    return next((found for found in verdict.findings if found.framework == framework and found.counts), None)


def _judge_rest(verdict: Verdict) -> Reached:
    if verdict.tier in (Tier.CONVERSION, Tier.INHERITED):
        return Reached.EXPORTS
    return Reached.UNKNOWN if verdict.tier is Tier.UNKNOWN else Reached.NONE
