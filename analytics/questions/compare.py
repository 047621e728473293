"""Two models side by side: a row a framework or property, a column a model. Tables in, an `Answer` out."""

from collections.abc import Iterable

from analytics.attribution import FRAMEWORKS, library_of, say_framework
from analytics.availability.known_model import Known, Standing, choose_frameworks, evidence, name_limit, status
from analytics.availability.model_sentences import (
    again,
    caveats,
    evidence_of,
    is_in,
    judge_conversion,
    kinship,
    matrix,
)
from analytics.domain.answer import Answer, Origin
from analytics.domain.chart_specs import Held
from analytics.domain.requests import Compare, Definition
from analytics.domain.table import Column, ColumnRole, Table
from analytics.domain.wording import listing
from analytics.ranking.classified import bracket_certainties


def compare(request: Compare, first: Known, second: Known) -> Answer:
    """
    Put two models side by side: a row a framework or property, a column a model.

    The moment of the answer is that of the older reading.
    """
    both = (first, second)
    older = min(both, key=lambda known: known.repository.as_of)
    named = Compare(first.name, second.name)
    columns = (
        Column("what", role=ColumnRole.NAME),
        *(Column(known.name, role=ColumnRole.SUBJECT, label=known.name) for known in both),
    )
    rows = [*_side_by_side(both), *_properties(both)]
    verdicts = [known.verdict for known in both]
    brackets = {
        name: bracket_certainties(verdict.certainty(name) for verdict in verdicts) for name in choose_frameworks(both)
    }
    origins: tuple[Origin, ...] = tuple(dict.fromkeys(known.repository.origin for known in both))
    return Answer(
        request=named,
        headline=f"{is_in(first)}; {is_in(second, opens=False)}",
        title=_difference(first, second),
        scope=f"{first.name} and {second.name} · evidence in their repositories, Hugging Face Hub",
        as_of=older.repository.as_of,
        definition=Definition.ATTRIBUTED,
        reproduce=again(named, older),
        further=tuple(sentence for known in both for sentence in _one_line(known)),
        doubts=tuple(dict.fromkeys((*_say_same(both), *(note for known in both for note in caveats(request, known))))),
        sample=any(known.sample for known in both),
        stale=any(known.stale for known in both),
        private=any(known.private for known in both),
        frameworks={name: one.counted for name, one in brackets.items()},
        brackets=brackets,
        table=Table(columns, tuple(rows), f"{first.name} and {second.name}, side by side"),
        origins=origins,
        chart=matrix(both),
    )


def _say_same(both: tuple[Known, Known]) -> Iterable[str]:
    first, second = both
    if first.name == second.name:
        yield f"Both names are of one model, {first.name}, which stands beside itself."


def _difference(first: Known, second: Known) -> str:
    mine, theirs = set(first.verdict.frameworks), set(second.verdict.frameworks)
    if mine == theirs:
        return (
            f"Both in {listing(map(say_framework, first.verdict.frameworks))}"
            if mine
            else _say_neither((first, second))
        )
    only = next(name for name in FRAMEWORKS if name in mine ^ theirs)
    owner, other = (first, second) if only in mine else (second, first)
    if status(other, only) is Held.UNKNOWN:
        return f"{owner.short} is in {say_framework(only)}; of {other.short} unknown"
    return f"Only {owner.short} is in {say_framework(only)}"


def _say_neither(both: tuple[Known, Known]) -> str:
    """Say that neither is in a framework, unless that is only not known of one."""
    if any(status(known, name) is Held.UNKNOWN for known in both for name in choose_frameworks(both)):
        return "No framework is known of either model"
    return "Neither model is in a framework"


def _one_line(known: Known) -> Iterable[str]:
    yield f"{known.name}: {evidence_of(known)}"
    if sentence := kinship(known):
        yield sentence


def _side_by_side(both: tuple[Known, Known]) -> Iterable[tuple[str | None, ...]]:
    for name in choose_frameworks(both):
        yield (name, *(_say(known, name) for known in both))
    yield ("conversions", *map(_say_conversions, both))


def _say_conversions(known: Known) -> str | None:
    told = ", ".join(known.verdict.conversions)
    return told or (Held.UNKNOWN.value if judge_conversion(known) is Held.UNKNOWN else None)


def _say(known: Known, framework: str) -> str:
    """Say status and proof, and before what old files load: a bare Yes says that they do."""
    words = ", ".join(filter(None, (evidence(known, framework), name_limit(known, framework))))
    return f"{status(known, framework)} ({words})" if words else status(known, framework)


def _properties(both: tuple[Known, Known]) -> Iterable[tuple[str | int | None, ...]]:
    def row(name: str, values: Iterable[str | int | None]) -> tuple[str | int | None, ...]:
        return (name, *values)

    repositories = [known.repository for known in both]
    told = list(zip(repositories, both, strict=True))
    yield row("downloads, 30 days", (one.model.downloads_30d for one in repositories))
    yield row("likes", (one.model.likes for one in repositories))
    yield row(_name_rank(both[0].standing), (known.standing.rank if known.standing else None for known in both))
    yield row("parameters", (one.parameters for one in repositories))
    yield row("base model", (next(iter(known.verdict.bases), None) for known in both))
    yield row("kind", (known.verdict.derivative.value for known in both))
    yield row("library", (library_of(one.model) for one in repositories))
    yield row("licence", (one.licence for one in repositories))
    yield row("gated", (one.model.gated or (None if known.sample else "no") for one, known in told))
    yield row("created", (_day(one.model.created_at) for one in repositories))
    yield row("last changed", (_day(one.last_modified) for one in repositories))


def _name_rank(standing: Standing | None) -> str:
    """Name the row of the ranks with the list they are of, as the two models may have been read on another day."""
    return f"rank among {standing.of:,} on {standing.day}" if standing else "rank by downloads"


def _day(moment: str | None) -> str:
    """Cut a moment to its day, as programs write it."""
    return moment[: len("2026-11-23")] if moment else "unknown"
