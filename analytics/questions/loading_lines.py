"""How is a model loaded in a framework or format? What is known of the one model first, else the general way."""

from dataclasses import replace

from analytics.availability.known_model import (
    Known,
    has_files_read,
    is_outdated,
    loads,
    reach_into,
    say_unread,
    status,
)
from analytics.domain.answer import Answer, Origin
from analytics.domain.chart_specs import Held
from analytics.domain.requests import LoadModel
from analytics.domain.wording import iso, iso_day
from analytics.explanations import WAYS_READ, Way
from analytics.reach.loaders import RUNTIMES
from analytics.reach.outcomes import Obstacle

ABSENT = (Held.NO, Held.UNKNOWN, Held.INHERITED, Held.DECLARED)
PLACEHOLDER = "MODEL"
"""What stands for the name where none was given."""


def load_one(request: LoadModel, known: Known, told: Answer, way: Way | None) -> Answer:
    """Say how one model is loaded, given what is told of it and the general way into what is wanted."""
    again = request.words + ("" if known.sample else f" --as-of {iso(known.asked_at)}")
    if request.framework is None:
        return replace(told, request=request, reproduce=again)
    there = status(known, request.framework)
    if not told.commands and there in ABSENT and way and _may_help(known, request.framework):
        said = (f"{_say_none(request.framework, known)} In general: {way.sentence}", *told.further)
        return replace(told, request=request, reproduce=again, further=said, commands=_lines(way, known.name))
    said = (*_say_loader(known, request.framework), *told.further)
    return replace(told, request=request, reproduce=again, further=said)


def _may_help(known: Known, wanted: str) -> bool:
    """Tell whether the general way may lead there: not where it is known to fail, or to give other numbers."""
    if known.repository.disabled:
        return False
    if wanted == "PyTorch":  # its way is out of the files of the two others
        return not {"TensorFlow", "JAX"}.isdisjoint(known.verdict.frameworks) or not has_files_read(known)
    into = reach_into(known, "TensorFlow" if wanted == "Keras" else wanted)
    return not into.releases or into.obstacle is Obstacle.NOT_DESCRIBED


def _say_loader(known: Known, wanted: str) -> tuple[str, ...]:
    """Say what loads the files that are there, and that the Hub gives."""
    if known.repository.disabled:
        return ()
    if wanted in known.verdict.conversions:
        return (f"Its {wanted} files run with {RUNTIMES.get(wanted, wanted)}.",)
    if status(known, wanted) in (Held.CONVERTS, Held.MAY_CONVERT) or is_outdated(known, wanted):
        return ()  # what converts it is told with how sure that is, old files with what still loads them
    loader = loads(known, wanted)
    return (f"Loaded by {loader}.",) if loader else ()


def load_in_general(request: LoadModel, way: Way) -> Answer:
    """Give the way that does not depend on a model; the lines name where the model goes."""
    origin = Origin("its documentation", f"how to come to {way.wanted}", way.address, iso_day(WAYS_READ))
    return Answer(
        request=request,
        headline=way.finding,
        title=f"Into {way.wanted}, in general",
        scope="the general way; with a model's name the answer is of that model",
        as_of=WAYS_READ,
        definition=None,
        reproduce=request.words,
        further=(
            *_say_runtime(way.wanted),
            way.sentence,
            f"Put a model's name in place of {PLACEHOLDER}; asked with a name, the answer is of that model.",
        ),
        commands=_lines(way, PLACEHOLDER),
        origins=(origin,),
    )


def _say_runtime(wanted: str) -> tuple[str, ...]:
    """Say what runs files of a format that are there: who asks how to open one has it already."""
    return (f"{wanted} files that are there run with {RUNTIMES[wanted]}.",) if wanted in RUNTIMES else ()


def _lines(way: Way, model: str) -> tuple[str, ...]:
    return tuple(line.replace("{model}", model) for line in way.lines)


def _say_none(framework: str | None, known: Known) -> str:
    """Say that there are no such files; where the Hub told of none at all, that nothing shows them."""
    if not has_files_read(known):
        return f"Nothing shows {framework} files in {known.name}, {say_unread(known)}."
    return f"There are no {framework} files in {known.name}."
