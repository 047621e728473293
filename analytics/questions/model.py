"""
In which frameworks can one model be had, on what evidence, and what loads it today?

Tables in, an `Answer` out: which reading to use, and where to look for twins, was decided before.
"""

from collections.abc import Iterable

from analytics.availability.known_model import (
    Known,
    choose_frameworks,
    evidence,
    has_files_read,
    is_only_assumed,
    is_outdated,
    loads,
    may_convert_unseen,
    name_limit,
    reach_into,
    say_unread,
    status,
)
from analytics.availability.model_sentences import (
    again,
    caveats,
    evidence_of,
    is_in,
    kinship,
    matrix,
    particulars,
    popularity,
    twin_in,
)
from analytics.domain.answer import Answer
from analytics.domain.chart_specs import Held
from analytics.domain.requests import Definition, OneModel
from analytics.domain.table import EVIDENCE, Column, ColumnRole, Table, Value
from analytics.domain.wording import listing
from analytics.reach.conversion_words import describe, say_outdated, write_lines, write_old_lines
from analytics.reach.loaders import RUNTIMES
from analytics.reach.outcomes import Obstacle

COLUMNS = (
    Column("framework", role=ColumnRole.NAME),
    Column("status", role=ColumnRole.MEASURE),
    EVIDENCE,
    Column("loads today"),
)


def one(request: OneModel, known: Known) -> Answer:
    """
    Say in which frameworks a model can be had.

    Shape:  a row a framework, then a row a conversion; the chart shows the same as a matrix of one column.
    """
    rows = tuple(_list_rows(known, request.framework))
    named = OneModel(known.name, request.framework)
    return Answer(
        request=named,
        headline=_headline(request, known),
        title=_title(request, known),
        scope=f"{known.name} · evidence in its repository, Hugging Face Hub",
        as_of=known.repository.as_of,
        definition=Definition.ATTRIBUTED,
        reproduce=again(named, known),
        further=(*_say_reach(request, known), *_detail(known)),
        commands=_write_commands(request, known),
        doubts=tuple(caveats(request, known)),
        sample=known.sample,
        stale=known.stale,
        private=known.private,
        frameworks={name: int(name in known.verdict.frameworks) for name in choose_frameworks((known,))},
        table=Table(COLUMNS, rows, f"Frameworks of {known.name}"),
        origins=(known.repository.origin,),
        chart=matrix((known,), request.framework),
    )


# ---------------------------------------------------------------------------------------------------------- sentences


NO_LONGER = "{name} has {wanted} files ({proof}), which only transformers before 5 loads"
"""Said first: whoever installs today's library finds that it has no class for them any more."""

NOT_DESCRIBED = "Nothing shows {wanted} in {name}; whether it converts on load is not known"
"""Said where only a list tells of the model, without the configuration that decides what converts it: that is no No."""

NOT_READ = "Unknown: nothing shows {wanted} in {name}, {unread}"
"""Said where its files were not read: tags tell only of some."""

PERHAPS_THROUGH_KERAS = "Probably, through Keras 3: {name} runs on {wanted} ({proof})"
"""Said where it is only assumed that Keras 3 wrote its files."""

HEADLINES = {
    Held.CONVERTS: "No {wanted} files in {name}; it converts on load",
    Held.MAY_CONVERT: "No {wanted} files in {name}; it may convert on load",
    Held.YES: "Yes: {name} is in {wanted} ({proof})",
    Held.ASSUMED: "Probably: {name} is in {wanted} ({proof})",
    Held.THROUGH_KERAS: "Yes, through Keras 3: {name} runs on {wanted} ({proof})",
    Held.DECLARED: "Not proven: {name} in {wanted} ({proof})",
    Held.CONVERSION: "Yes, as a conversion: {name} has {wanted} files",
    Held.INHERITED: "Only as a conversion: {name} ({conversions}), {proof}",
    Held.UNKNOWN: "Unknown: nothing in {name} shows its framework",
    Held.NO: "No: {name} is not in {wanted}",
}
"""How a question for one framework is answered, by its status."""


def _headline(request: OneModel, known: Known) -> str:
    wanted = request.framework
    if not wanted:
        return is_in(known)
    return _find_words(known, wanted).format(
        name=known.name,
        unread=say_unread(known),
        wanted=wanted,
        proof=evidence(known, wanted),
        conversions=", ".join(known.verdict.conversions),
    )


def _find_words(known: Known, wanted: str) -> str:
    if is_outdated(known, wanted):
        return NO_LONGER
    held = status(known, wanted)
    if held is Held.THROUGH_KERAS and is_only_assumed(known, "Keras"):
        return PERHAPS_THROUGH_KERAS
    if held is Held.UNKNOWN and may_convert_unseen(known, wanted):
        return NOT_DESCRIBED
    return NOT_READ if held is Held.UNKNOWN and not has_files_read(known) else HEADLINES[held]


ANSWERS = {
    Held.YES: "yes",
    Held.ASSUMED: "probably",
    Held.THROUGH_KERAS: "through Keras 3",
    Held.CONVERTS: "converts on load",
    Held.MAY_CONVERT: "may convert",
    Held.DECLARED: "declared only",
    Held.CONVERSION: "by conversion",
    Held.INHERITED: "by conversion",
    Held.UNKNOWN: "unknown",
    Held.NO: "no",
}


def _title(request: OneModel, known: Known) -> str:
    """Say the finding in at most ten words."""
    asked = [request.framework] if request.framework else ["PyTorch", "TensorFlow"]
    return f"{known.short}: " + ", ".join(f"{name} {_answer(known, name)}" for name in asked)


def _answer(known: Known, framework: str) -> str:
    held, limit = status(known, framework), name_limit(known, framework)
    perhaps = "probably " if held is Held.THROUGH_KERAS and is_only_assumed(known, "Keras") else ""
    told = f"{perhaps}{ANSWERS[held]}"
    return f"{told} ({limit})" if limit else told


ABSENT = (Held.CONVERTS, Held.MAY_CONVERT, Held.NO, Held.UNKNOWN)
"""Where there are no files, what converts on load is told."""


def _say_reach(request: OneModel, known: Known) -> Iterable[str]:
    """Say what converts it on load into the framework asked for, else into TensorFlow."""
    framework = request.framework or "TensorFlow"
    if framework not in known.listings.frameworks:
        return
    if is_outdated(known, framework):
        if not request.framework:  # else the finding says so
            yield f"Its {framework} files load {name_limit(known, framework)}."
        yield from say_outdated(reach_into(known, framework))
    elif status(known, framework) in ABSENT:
        found = reach_into(known, framework)
        if request.framework or found.obstacle is not Obstacle.OTHER_FILES:
            yield from filter(None, describe(found, next(iter(known.verdict.bases), None)))


def _write_commands(request: OneModel, known: Known) -> tuple[str, ...]:
    """Give the lines that load it where a framework was asked for that it has no files of, or none still loaded."""
    framework = request.framework
    if framework is None or framework not in known.listings.frameworks:
        return ()
    found = reach_into(known, framework)
    if is_outdated(known, framework):
        return write_old_lines(framework, known.repository.configuration, known.name)
    return write_lines(found, known.name) if status(known, framework) in ABSENT else ()


def _detail(known: Known) -> Iterable[str]:
    yield evidence_of(known)
    for framework, twin in known.twins.items():
        yield twin_in(known, framework, twin)
    if sentence := kinship(known):
        yield sentence
    yield popularity(known)
    if known.catalogues:
        yield f"Listed by {listing(known.catalogues)}."
    yield particulars(known)


def _list_rows(known: Known, wanted: str | None) -> Iterable[tuple[Value, ...]]:
    for name in choose_frameworks((known,), wanted):
        yield name, status(known, name).value, evidence(known, name), loads(known, name)
    for name in known.verdict.conversions:
        yield name, Held.CONVERSION.value, name, RUNTIMES.get(name)
