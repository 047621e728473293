"""The models of one ranking, each with its verdict: what every question on a top list counts, tells and tabulates."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from analytics.attribution import (
    FRAMEWORKS,
    PYTORCH,
    TENSORFLOW,
    Certainty,
    Verdict,
    attribute,
    attribute_all,
    library_of,
)
from analytics.domain.answer import Origin
from analytics.domain.counts import Bracket, Counts, Split
from analytics.domain.observations import Model, Repository
from analytics.domain.requests import Definition, Top
from analytics.domain.table import EVIDENCE, MODEL, RANK, SPLIT, Column, ColumnKind, ColumnRole, Table, Value
from analytics.domain.wording import count, verb
from analytics.ranking.ranking_words import name_ranking
from analytics.reach.conversion_tables import Listings, read_shipped_listings
from analytics.reach.tag_rule import is_of_untold_type

TWO = (PYTORCH, TENSORFLOW)
ALL_RANKS = Column("rank of all", ColumnKind.COUNT)
"""Beside the place in a table that leaves models out: the rank in the whole list."""

_MEASURES = {
    "downloads": Column("downloads_30d", ColumnKind.COUNT, label="Downloads, 30 days"),
    "likes": Column("likes", ColumnKind.COUNT),
    "trending": Column("trending", ColumnKind.SCORE),
    "alltime": Column("downloads_all", ColumnKind.COUNT, label="Downloads, all time"),
}
"""Each is named as the field of a model that it shows."""


@dataclass(frozen=True, slots=True)
class TopCircumstances:
    """
    How the list came to be used: whether it is the sample or stale, why, and what else to know; what converts.

    `read`: of its models the repositories that were read by themselves, by id in small letters.
    """

    sample: bool = False
    stale: bool = False
    notes: tuple[str, ...] = ()
    beside: tuple[Origin, ...] = ()
    article: dict[str, int] | None = None
    listings: Listings = field(default_factory=read_shipped_listings)
    read: Mapping[str, Repository] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Classified:
    """A model at its rank in a list, its verdict, and how sure it is of each framework that the definition knows."""

    rank: int
    model: Model
    verdict: Verdict
    certainty: Mapping[str, Certainty]

    @property
    def is_unknown(self) -> bool:
        """Whether nothing at hand decides, so that it may be in any framework."""
        return Certainty.UNKNOWN in self.certainty.values()

    @property
    def is_assumed(self) -> bool:
        """Whether its place in the split rests on less than proof; under tags alone it never does."""
        return any(self.certainty[name] is Certainty.ASSUMED for name in TWO)

    @property
    def is_unsure(self) -> bool:
        """Whether its place in the split is not proven: assumed, or unknown in neither."""
        return self.is_assumed or self.is_unknown

    @property
    def sureness(self) -> str:
        """Say how sure the least sure of its frameworks is; JAX may be assumed where the place in the split is not."""
        if self.is_unknown:
            return Certainty.UNKNOWN
        return Certainty.ASSUMED if Certainty.ASSUMED in self.certainty.values() else Certainty.PROVEN

    @property
    def held(self) -> tuple[str, ...]:
        """The frameworks it counts in, and the formats it was exported to."""
        return (*self.verdict.frameworks, *self.verdict.conversions)

    def is_proven_in(self, name: str) -> bool:
        """Tell whether it is in a framework or format for sure: an export is there or is not."""
        return self.certainty.get(name) is Certainty.PROVEN or name in self.verdict.conversions


def classify(models: Iterable[Model], definition: Definition) -> tuple[Classified, ...]:
    """Judge each model, in rank order."""
    models = tuple(models)
    attributed = definition is Definition.ATTRIBUTED
    verdicts = attribute_all(models) if attributed else [attribute(model, definition) for model in models]
    return tuple(
        Classified(rank, model, verdict, _say_certainty(model, verdict, definition))
        for rank, (model, verdict) in enumerate(zip(models, verdicts, strict=True), start=1)
    )


def _say_certainty(model: Model, verdict: Verdict, definition: Definition) -> dict[str, Certainty]:
    """Say of each framework how sure it is; a tag is there or is not, where the tags are known."""
    if definition is Definition.ATTRIBUTED:
        return {name: verdict.certainty(name) for name in FRAMEWORKS}
    if model.tags is None:
        return dict.fromkeys(FRAMEWORKS, Certainty.UNKNOWN)
    return {name: Certainty.PROVEN if name in verdict.frameworks else Certainty.NO for name in FRAMEWORKS}


def bracket(rows: Sequence[Classified], framework: str) -> Bracket:
    """Count the models of one framework: proven, with what is assumed, and with all that are unknown."""
    return bracket_certainties(row.certainty[framework] for row in rows)


def bracket_certainties(certainties: Iterable[Certainty]) -> Bracket:
    """Count models by how sure each of them is in one framework."""
    found = Counter(certainties)
    counted = found[Certainty.PROVEN] + found[Certainty.ASSUMED]
    return Bracket(found[Certainty.PROVEN], counted, counted + found[Certainty.UNKNOWN], found.total())


def bracket_downloads(rows: Sequence[Classified], name: str) -> Bracket:
    """Add up the downloads of a framework or format: of the proven, with the assumed, with all unknown, and of all."""
    most = [row for row in rows if row.is_unknown or name in row.held]
    counted = [row for row in most if name in row.held]
    proven = [row for row in counted if row.is_proven_in(name)]
    return Bracket(*(sum(row.model.downloads_30d or 0 for row in ends) for ends in (proven, counted, most, rows)))


def bracket_all(rows: Sequence[Classified]) -> dict[str, Bracket]:
    """Count, by how sure that is, each framework that `count_frameworks` gives."""
    return {name: bracket(rows, name) for name in count_frameworks(rows)}


def count_splits(rows: Iterable[Classified]) -> Counts:
    """Count the four parts of the split."""
    found = Counter(row.verdict.split for row in rows)
    return Counts(**{split.value: found[split] for split in Split})


def count_unsure(rows: Iterable[Classified]) -> Counts:
    """Count, of each part of the split, the models whose place in it is not proven."""
    return count_splits(row for row in rows if row.is_unsure)


def say_counts(counts: Counts, definition: Definition = Definition.ATTRIBUTED, unit: str = "model") -> str:
    """
    Say counts and shares, and of tags that they are.

    The shares add up to 100, but where one would be said to be none or all.
    """
    return f"Of {count(counts.total, unit)}{definition.aside}: {counts} ({counts.in_shares()})."


def count_frameworks(rows: Iterable[Classified]) -> dict[str, int]:
    """Count the models to be had in each framework; one model may count in several."""
    found = Counter(name for row in rows for name in row.verdict.frameworks)
    return {name: found[name] for name in FRAMEWORKS if name in TWO or found[name]}


def tabulate(request: Top, rows: Sequence[Classified], *more: Column, caption: str = "", cut_at: int = 0) -> Table:
    """Make the table: place, `more` columns, model, split, its frameworks, measures and evidence."""
    measures = [replace(_MEASURES[request.by], role=ColumnRole.MEASURE)]
    measures += [_MEASURES[name] for name in ("downloads", "likes") if name != request.by]
    first, last = (RANK, *more, MODEL, SPLIT, Column("frameworks")), (Column("sureness"), EVIDENCE)
    columns = (*first, *measures, Column("task"), Column("library"), *last)
    n, originals = len(rows), request.originals
    ranking = name_ranking(request.by, request.task, request.author, n, originals=originals, cut_at=cut_at)
    told = tuple(tuple(_tell(place, row, columns)) for place, row in enumerate(rows, start=1))
    return Table(columns, told, caption or f"The {ranking}, by rank")


def _tell(place: int, row: Classified, columns: Iterable[Column]) -> Iterable[Value]:
    """Give the values of a row; a column that is not the verdict's is a field of the model."""
    verdict = row.verdict
    judged: dict[str, Value] = {
        RANK.name: place,
        ALL_RANKS.name: row.rank,
        MODEL.name: row.model.id,
        SPLIT.name: verdict.split.label,
        "frameworks": ", ".join(verdict.frameworks) or None,
        "sureness": row.sureness,
        "library": library_of(row.model),
        EVIDENCE.name: verdict.evidence,
    }
    return (judged[name] if (name := column.name) in judged else getattr(row.model, name) for column in columns)


def say_assumed(rows: Sequence[Classified]) -> Iterable[str]:
    """Say of how many models a framework is assumed, as their rows do, and how many of these the picture marks."""
    assumed, marked = sum(row.sureness == Certainty.ASSUMED for row in rows), sum(row.is_assumed for row in rows)
    some = f"; {marked:,} of these, in PyTorch or TensorFlow, {verb(marked)} marked ?" if marked else ""
    if assumed:
        told = " (marked ?)" if marked == assumed else some
        yield f"Of {count(assumed, 'model')} the framework is assumed, not proven{told}."


def find_untold(models: Iterable[Model], circumstances: TopCircumstances) -> Sequence[Model]:
    """Find those whose type is not known: what is embedded keeps few of the tags that a list of the Hub has."""
    if not circumstances.sample:
        return ()
    unread = (model for model in models if model.id.casefold() not in circumstances.read)
    return tuple(model for model in unread if is_of_untold_type(model, circumstances.listings))
