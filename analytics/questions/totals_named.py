"""
Which library, or which licence, do the models of each framework name?

Rows in, an `Answer` out; they are the census's own face of those names, over the models that `totals` counts.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Literal, NamedTuple

from analytics.domain.answer import Answer
from analytics.domain.chart_specs import Bar, Bars
from analytics.domain.counts import Bracket, Counts, Split
from analytics.domain.requests import Aspect, Definition, Totals
from analytics.domain.table import Column, ColumnKind, ColumnRole, Table, Value
from analytics.domain.wording import IN_FINDING, IN_TITLE, count, fit, listing, sentence, shares
from analytics.ranking.bracket_columns import list_ends, make_columns
from analytics.ranking.census_groups import (
    Census,
    CensusCircumstances,
    group_rows,
    name_models,
    name_scope,
    write_receipt,
)
from analytics.ranking.census_rows import CensusRow, count_rows, part_rows
from analytics.ranking.sureness import bracket_both, bracket_rows, count_unsure_rows, say_ranges

COUNTS = (
    *(Column(split.label, ColumnKind.COUNT, ColumnRole.MEASURE) for split in Split),
    Column("total", ColumnKind.COUNT, ColumnRole.MEASURE),
    *make_columns(),
)
UNNAMED, OTHERS = "none named", "others"
ALL_OTHERS = "all others"
"""A bar of what is not drawn by itself: more than the others that the table has a row of."""
FOLDED = {"(none)": UNNAMED, "(other)": OTHERS}


@dataclass(frozen=True, slots=True)
class NamedThing:
    """What is named: the field of a row, its plural (the face of a census), and what such a name is."""

    one: Literal["library", "licence"]
    several: str
    meaning: str
    quoted: tuple[str, ...] = ()
    """Names that say nothing, in quotation marks so that they are not taken for what stands beside them here."""


NAMES: Mapping[Aspect, NamedThing] = {
    Aspect.LIBRARY: NamedThing(
        "library",
        "libraries",
        "A library is what a repository names, or the Hub takes from its tags; it is evidence, not the framework.",
    ),
    Aspect.LICENCE: NamedThing(
        "licence",
        "licences",
        "A licence is the first that a repository’s card names, in the Hub’s own words; nobody has checked it.",
        ("other", "unknown"),
    ),
}

MOST_BARS = 3
"""Names drawn by themselves, beside all, the others and none; the table has every one that is kept."""


def totals_named(request: Totals, census: Census, circumstances: CensusCircumstances) -> Answer:
    """
    Count the models of each name.

    Shape:   the rows of `census` tell of the aspect's name, `library` or `licence`.
    Raises:  ValueError, if no model is counted.
    """
    rows = next(iter(group_rows(request, census).values()))
    thing = NAMES[request.aspect]
    counts, named = count_rows(rows), _count(rows, thing)
    brackets = bracket_both(rows) if request.definition is Definition.ATTRIBUTED else {}
    if not counts.total:
        raise ValueError("an empty census answers nothing")
    return Answer(
        request=request,
        headline=_headline(request, census, counts, named),
        title=_title(thing, named),
        scope=name_scope(request, census, f"Models by {thing.one}"),
        as_of=census.as_of,
        definition=request.definition,
        reproduce=write_receipt(request, census),
        counted=f"Of {count(counts.total, 'model')}: {counts} ({counts.in_shares()}).",
        further=(
            *say_ranges(brackets, "models"),
            *say_ranges(_bracket_firsts(rows, named, thing, brackets), f"models by their {thing.one}"),
            *_further(named),
        ),
        doubts=(*circumstances.notes, *_doubts(thing, named)),
        sample=bool(census.population),
        stale=circumstances.stale,
        counts=counts,
        frameworks={"PyTorch": counts.pytorch, "TensorFlow": counts.tensorflow},
        brackets=brackets,
        table=_table(thing, counts, named, _bracket_each(rows, thing) | {"all": brackets} if brackets else {}),
        origins=census.origins,
        chart=Bars(tuple(_bars(rows, counts, named, thing)), of="its models"),
    )


def _part(rows: Iterable[CensusRow], thing: NamedThing) -> dict[str, list[CensusRow]]:
    """Part the rows by the name they give."""
    return {_quote(name, thing): part for name, part in part_rows(rows, attrgetter(thing.one)).items()}


def _count(rows: Iterable[CensusRow], thing: NamedThing) -> dict[str, Counts]:
    """Give the names by their number of models, then the others and those that name none."""
    found = {name: count_rows(part) for name, part in _part(rows, thing).items()}
    named = sorted((name for name in found if name not in FOLDED), key=lambda name: (-found[name].total, name))
    folded = {FOLDED[name]: found[name] for name in ("(other)", "(none)") if name in found}
    return {name: found[name] for name in named} | folded


def _quote(name: str, thing: NamedThing) -> str:
    return f"“{name}”" if name in thing.quoted else name


def _leave_out_folded(named: Mapping[str, Counts]) -> dict[str, Counts]:
    return {name: counts for name, counts in named.items() if name not in FOLDED.values()}


SPLIT = ("PyTorch", "TensorFlow")
LEVEL = (100, 1)
"""How many level names are told by name: all, or only one that is first alone."""


class MostNamed(NamedTuple):
    """What most models of a framework name: in words all that are level or how many, the models of each, and which."""

    words: str
    models: int
    names: tuple[str, ...]


def _first(named: Mapping[str, Counts], framework: str, by_name: int) -> MostNamed:
    """Find what most models of a framework name; so many that are level are told by name."""
    by = {name: getattr(counts, framework.casefold()) for name, counts in _leave_out_folded(named).items()}
    most = max(by.values(), default=0)
    level = [name for name, n in by.items() if n == most]
    told = listing(level) if len(level) <= by_name else f"{len(level):,} level"
    return MostNamed(told, most, tuple(level)) if most else MostNamed("none named", 0, ())


def _bracket_firsts(
    rows: Iterable[CensusRow], named: Mapping[str, Counts], thing: NamedThing, frameworks: Iterable[str]
) -> dict[str, Bracket]:
    """Count, by how sure it is, what the headline names of each framework, where that is one name."""
    parts = _part(rows, thing)
    firsts = {framework: _first(named, framework, 1).words for framework in frameworks}
    return {f"{name} in {of}": bracket_rows(parts[name], of) for of, name in firsts.items() if name in parts}


def _headline(request: Totals, census: Census, counts: Counts, named: Mapping[str, Counts]) -> str:
    """Say what most of each name; where too many are level to be named in a breath, how many they are."""
    told = [_say_finding(request, census, counts, [_first(named, name, most) for name in SPLIT]) for most in LEVEL]
    return fit(told, IN_FINDING)


def _say_finding(request: Totals, census: Census, counts: Counts, firsts: Sequence[MostNamed]) -> str:
    thing = NAMES[request.aspect]
    (pytorch, p, ours), (tensorflow, t, theirs) = firsts
    of_pytorch, of_tensorflow = (
        f"{p:,} of PyTorch’s {counts.pytorch:,}",
        f"{t:,} of TensorFlow’s {counts.tensorflow:,}",
    )
    among = name_models(request, census, counts.total)
    if p and not t:
        return f"Most named {thing.one}: {pytorch} by {of_pytorch}, among {among}; {_say_none('TensorFlow', counts)}"
    if t and not p:
        return f"Most named {thing.one}: {tensorflow} by {of_tensorflow}, among {among}; {_say_none('PyTorch', counts)}"
    if not (p or t):
        return f"No {thing.one} is named: by {of_pytorch} and {of_tensorflow}, of {among}"
    if ours == theirs:
        return f"Most named {thing.one}: {pytorch}, by {of_pytorch} and {of_tensorflow}, among {among}"
    return f"Most named {thing.one}: {pytorch} by {of_pytorch}, {tensorflow} by {of_tensorflow}, among {among}"


def _say_none(framework: str, counts: Counts) -> str:
    """Say that none of a framework's models names one, or that there are none."""
    total = getattr(counts, framework.casefold())
    return f"none by {framework}’s {total:,}" if total else f"no model is in {framework}"


def _title(thing: NamedThing, named: Mapping[str, Counts]) -> str:
    told = [_say_title(thing, [_first(named, name, most) for name in SPLIT]) for most in LEVEL]
    return fit(told, IN_TITLE)


def _say_title(thing: NamedThing, firsts: Sequence[MostNamed]) -> str:
    (pytorch, p, ours), (tensorflow, t, theirs) = firsts
    if not (p or t):
        return f"No {thing.one} is named in PyTorch or TensorFlow"
    if ours == theirs:
        return f"Most named {thing.one} in PyTorch and in TensorFlow: {pytorch}"
    return f"Most named {thing.one}: {pytorch} in PyTorch, {tensorflow} in TensorFlow"


def _further(named: Mapping[str, Counts]) -> Iterable[str]:
    parts = zip(named, shares([one.total for one in named.values()]), strict=True)
    told = [f"{name} {part}" for name, part in parts]
    yield f"Of all models counted: {', '.join(told)}."


def _doubts(thing: NamedThing, named: Mapping[str, Counts]) -> Iterable[str]:
    yield thing.meaning
    if OTHERS in named:
        yield f"{sentence(thing.several)} that fewer models name are counted together, as “{OTHERS}”."


def _bracket_each(rows: Iterable[CensusRow], thing: NamedThing) -> dict[str, dict[str, Bracket]]:
    """Count the models of each name by how sure they are."""
    parts = part_rows(rows, attrgetter(thing.one))
    return {FOLDED.get(name, _quote(name, thing)): bracket_both(part) for name, part in parts.items()}


def _table(
    thing: NamedThing, counts: Counts, named: Mapping[str, Counts], sure: Mapping[str, Mapping[str, Bracket]]
) -> Table:
    told = {**named, "all": counts}
    rows: list[tuple[Value, ...]] = [
        (name, *(one.of(split) for split in Split), one.total, *list_ends(sure.get(name, {})))
        for name, one in told.items()
    ]
    columns = (Column(thing.one, role=ColumnRole.NAME), *COUNTS)
    return Table(columns, tuple(rows), f"Models by {thing.one} and framework")


def _bars(rows: Sequence[CensusRow], counts: Counts, names: Mapping[str, Counts], thing: NamedThing) -> Iterable[Bar]:
    """Draw all, the first names by themselves, what is left together, and those that name none."""
    named = list(_leave_out_folded(names).items())
    folded = ALL_OTHERS if len(named) > MOST_BARS else OTHERS
    rest = _add([*(one for _, one in named[MOST_BARS:]), names.get(OTHERS, Counts())])
    shown = [("all", counts), *named[:MOST_BARS], (folded, rest), (UNNAMED, names.get(UNNAMED, Counts()))]
    bars = {name: name for name, _ in named[:MOST_BARS]} | {"(none)": UNNAMED}
    drawn = part_rows(rows, lambda row: bars.get(_quote(getattr(row, thing.one), thing), folded))
    unsure = {name: count_unsure_rows(part) for name, part in (*drawn.items(), ("all", rows))}
    yield from (Bar(name, one, unsure=unsure[name]) for name, one in shown if one.total)


def _add(parts: Iterable[Counts]) -> Counts:
    parts = list(parts)
    return Counts(**{split.value: sum(one.of(split) for one in parts) for split in Split})
