"""The models of one ranking as a frame of verdicts: what every question on a top list counts, tells and tabulates."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

import pandas as pd

from analytics.attribution import FRAMEWORKS, PYTORCH, TENSORFLOW, Certainty, Verdict, attribute, attribute_all
from analytics.domain.answer import Origin
from analytics.domain.counts import Bracket, Counts, Split
from analytics.domain.observations import Model
from analytics.domain.requests import Definition, Top
from analytics.domain.table import EVIDENCE, MODEL, RANK, SPLIT, Column, ColumnKind, ColumnRole, Table
from analytics.domain.wording import count
from analytics.ranking.ranking_words import name_ranking
from analytics.reach.conversion_tables import Listings, shipped_listings

TWO = (PYTORCH, TENSORFLOW)

_MEASURES = {
    "downloads": Column("downloads_30d", ColumnKind.COUNT, label="Downloads, 30 days"),
    "likes": Column("likes", ColumnKind.COUNT),
    "trending": Column("trending", ColumnKind.SCORE),
    "alltime": Column("downloads_all", ColumnKind.COUNT, label="Downloads, all time"),
}


@dataclass(frozen=True, slots=True)
class TopCircumstances:
    """How the list came to be used: whether it is the sample or stale, why, and what else to know; what converts."""

    sample: bool = False
    stale: bool = False
    notes: tuple[str, ...] = ()
    beside: tuple[Origin, ...] = ()
    article: dict[str, int] | None = None
    listings: Listings = field(default_factory=shipped_listings)


def classify(models: Iterable[Model], definition: Definition) -> pd.DataFrame:
    """Give one row per model, in rank order: rank, model, its verdict in words, its measures."""
    models = list(models)
    attributed = definition is Definition.ATTRIBUTED
    verdicts = attribute_all(models) if attributed else [attribute(model, definition) for model in models]
    rows = [(rank, model, verdict) for rank, (model, verdict) in enumerate(zip(models, verdicts, strict=True), start=1)]
    certain = [_say_certainty(model, verdict, definition) for _, model, verdict in rows]
    return pd.DataFrame(
        {
            "rank": [rank for rank, _, _ in rows],
            "model": [model.id for _, model, _ in rows],
            "split": [verdict.split for _, _, verdict in rows],
            "frameworks": [verdict.frameworks for _, _, verdict in rows],
            "conversions": [verdict.conversions for _, _, verdict in rows],
            "assumed": [verdict.assumed for _, _, verdict in rows],
            "certainty": certain,
            "unknown": [Certainty.UNKNOWN in one.values() for one in certain],
            "evidence": [verdict.evidence for _, _, verdict in rows],
            "remark": [verdict.remark for _, _, verdict in rows],
            "downloads": [model.downloads_30d for _, model, _ in rows],
            "alltime": [model.downloads_all for _, model, _ in rows],
            "likes": [model.likes for _, model, _ in rows],
            "trending": [model.trending for _, model, _ in rows],
            "task": [model.task for _, model, _ in rows],
            "library": [model.library for _, model, _ in rows],
            "tags_known": [model.tags is not None for _, model, _ in rows],
            "files_read": [model.files is not None for _, model, _ in rows],
        },
        dtype=object,
    )


def _say_certainty(model: Model, verdict: Verdict, definition: Definition) -> dict[str, Certainty]:
    """Say of each framework how sure it is; a tag, which two have, is there or is not, where the tags are known."""
    if definition is Definition.ATTRIBUTED:
        return {name: verdict.certainty(name) for name in FRAMEWORKS}
    if model.tags is None:
        return dict.fromkeys(TWO, Certainty.UNKNOWN)
    return {name: Certainty.PROVEN if name in verdict.frameworks else Certainty.NO for name in TWO}


def bracket(frame: pd.DataFrame, framework: str) -> Bracket:
    """Count the models of one framework: proven, with what is assumed, and with all that are unknown."""
    found = Counter(certainty[framework] for certainty in frame["certainty"])
    counted = found[Certainty.PROVEN] + found[Certainty.ASSUMED]
    return Bracket(found[Certainty.PROVEN], counted, counted + found[Certainty.UNKNOWN], len(frame))


def count_unsure(frame: pd.DataFrame) -> Counts:
    """Count, of each part of the split, the models whose place in it is not proven: assumed, or unknown in neither."""
    unsure = frame[(frame["assumed"] | frame["unknown"]).astype(bool)]
    return count_splits(unsure["split"])


def count_splits(splits: Iterable[Split]) -> Counts:
    """Count the four parts of the split."""
    found = pd.Series(list(splits), dtype=object).value_counts()
    return Counts(**{split.value: int(found.get(split, 0)) for split in Split})


def say_counts(counts: Counts, definition: Definition = Definition.ATTRIBUTED, unit: str = "model") -> str:
    """
    Say counts and shares, and of tags that they are.

    The shares add up to 100, but where one would be said to be none or all.
    """
    return f"Of {count(counts.total, unit)}{definition.aside}: {counts} ({counts.in_shares()})."


def count_frameworks(frame: pd.DataFrame) -> dict[str, int]:
    """Count the models to be had in each framework; one model may count in several."""
    found = frame["frameworks"].explode().value_counts()
    always = ("PyTorch", "TensorFlow")
    return {name: int(found.get(name, 0)) for name in FRAMEWORKS if name in always or found.get(name, 0)}


def _sureness(frame: pd.DataFrame) -> list[str]:
    return [
        "unknown" if unknown else "assumed" if assumed else "proven"
        for unknown, assumed in zip(frame["unknown"], frame["assumed"], strict=True)
    ]


def tabulate(request: Top, frame: pd.DataFrame, *more: Column, caption: str = "") -> Table:
    """Make the table: rank, model, split, its frameworks and measures, and `more` columns of the frame."""
    beside = [name for name in ("downloads", "likes") if name != request.by]
    joined = pd.Series([", ".join(names) or None for names in frame["frameworks"]], index=frame.index, dtype=object)
    shown = frame.assign(frameworks=joined, split=[split.label for split in frame["split"]], sureness=_sureness(frame))
    columns = {
        "rank": RANK,
        **{column.name: column for column in more},
        "model": MODEL,
        "split": SPLIT,
        "frameworks": Column("frameworks"),
    }
    columns[request.by] = replace(_MEASURES[request.by], role=ColumnRole.MEASURE)
    columns |= {name: _MEASURES[name] for name in beside}
    columns |= {
        "task": Column("task"),
        "library": Column("library"),
        "sureness": Column("sureness"),
        "evidence": EVIDENCE,
    }
    rows = shown[list(columns)].itertuples(index=False, name=None)
    ranking = name_ranking(request.by, request.task, request.author, len(frame), originals=request.originals)
    caption = caption or f"The {ranking}, by rank"
    return Table(tuple(columns.values()), tuple(tuple(row) for row in rows), caption)
