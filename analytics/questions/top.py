"""
Of the first N models of the Hub, how many come in PyTorch, how many in TensorFlow?

Tables in, an `Answer` out. The thirty or thousand models of one `TopList` are classified by the attribution rule and
counted; which list to use, and whether it is fresh, was decided before.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

import pandas as pd

from analytics.attribution import FRAMEWORKS, attribute, attribute_all
from analytics.domain.answer import Answer, Origin
from analytics.domain.chart_specs import MOST_TILES, Band, Bands, Chart, Tile, Tiles
from analytics.domain.counts import Counts, Split
from analytics.domain.observations import Model, TopList
from analytics.domain.requests import WHAT_COUNTS, Definition, Top
from analytics.domain.table import EVIDENCE, MODEL, RANK, SPLIT, Column, ColumnKind, ColumnRole, Table
from analytics.domain.wording import count, in_percent, iso, listing, share, verb

ALL = 100
BANDS_FROM = 100
FEW_BANDS, MOST_BANDS = 5, 10
"""Into how many runs of ranks a list of up to 100, and a longer one, is cut: five bars read best on a phone."""

_RANKED = {
    "downloads": "most downloaded",
    "likes": "most liked",
    "trending": "trending",
    "alltime": "all-time most downloaded",
}
_MEASURED = {
    "downloads": "30-day downloads",
    "likes": "Likes",
    "trending": "Trending score",
    "alltime": "All-time downloads",
}
_MEASURES = {
    "downloads": Column("downloads_30d", ColumnKind.COUNT, label="Downloads, 30 days"),
    "likes": Column("likes", ColumnKind.COUNT),
    "trending": Column("trending", ColumnKind.SCORE),
    "alltime": Column("downloads_all", ColumnKind.COUNT, label="Downloads, all time"),
}


@dataclass(frozen=True, slots=True)
class TopCircumstances:
    """How the list came to be used: whether it is the sample or stale, why, and what else the reader should know."""

    sample: bool = False
    stale: bool = False
    notes: tuple[str, ...] = ()
    beside: tuple[Origin, ...] = ()
    article: dict[str, int] | None = None


def top(request: Top, top_list: TopList, circumstances: TopCircumstances) -> Answer:
    """
    Count the frameworks among the first `request.n` models of `top_list`.

    Shape:   `top_list.models` best first; fewer than asked is answered and said, none at all is the caller's error.
    Units:   counts are models; shares in sentences are percent of the models counted, by largest remainder.
    Raises:  ValueError, if the list is empty: an empty picture is never an answer.
    """
    models = top_list.models[: request.n]
    if not models:
        raise ValueError("an empty list answers nothing")
    frame = classify(models, request.definition)
    counts = count_splits(frame["split"])
    return Answer(
        request=request,
        headline=_headline(request, counts),
        title=_title(counts),
        scope=_scope(request),
        as_of=top_list.as_of,
        definition=request.definition,
        reproduce=f"{request.words} --as-of {iso(top_list.as_of)}",
        counted=_say_counts(counts),
        further=tuple(_further(frame, circumstances)),
        doubts=(
            *_caveats(request, frame, top_list, circumstances),
            _other_definition(request.definition, counts, models),
        ),
        sample=circumstances.sample,
        stale=circumstances.stale,
        counts=counts,
        frameworks=_frameworks(frame),
        table=_table(request, frame),
        origins=(top_list.origin, *circumstances.beside),
        chart=_chart(frame),
    )


def classify(models: Iterable[Model], definition: Definition) -> pd.DataFrame:
    """Give one row per model, in rank order: rank, model, its verdict in words, its measures."""
    models = list(models)
    attributed = definition is Definition.ATTRIBUTED
    verdicts = attribute_all(models) if attributed else [attribute(model, definition) for model in models]
    rows = [(rank, model, verdict) for rank, (model, verdict) in enumerate(zip(models, verdicts, strict=True), start=1)]
    return pd.DataFrame(
        {
            "rank": [rank for rank, _, _ in rows],
            "model": [model.id for _, model, _ in rows],
            "split": [verdict.split for _, _, verdict in rows],
            "frameworks": [verdict.frameworks for _, _, verdict in rows],
            "assumed": [verdict.assumed for _, _, verdict in rows],
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


def count_splits(splits: Iterable[Split]) -> Counts:
    """Count the four parts of the split."""
    found = pd.Series(list(splits), dtype=object).value_counts()
    return Counts(**{split.value: int(found.get(split, 0)) for split in Split})


# ---------------------------------------------------------------------------------------------------------- sentences


def _headline(request: Top, counts: Counts) -> str:
    if counts.total == 1:
        return f"The {_name_models(request, 1)} is {_single(counts)}"
    (ahead, most), (behind, least) = _leading(counts)
    return f"{ahead} is in {most:,} of the {_name_models(request, counts.total)}, {behind} in {_or_none(least)}"


def _title(counts: Counts) -> str:
    """Say the finding in at most ten words; measure and scope stand beneath it."""
    n = counts.total
    if n == 1:
        return f"The top model is {_single(counts)}"
    (ahead, most), (behind, least) = _leading(counts)
    if most == 0:
        return f"Neither PyTorch nor TensorFlow is in the top {n:,}"
    if most == least:
        return f"PyTorch and TensorFlow tie: {most:,} each of top {n:,}"
    return f"{ahead} in {most:,} of the top {n:,}, {behind} in {_or_none(least)}"


def _or_none(count: int) -> str:
    return f"{count:,}" if count else "none"


def _leading(counts: Counts) -> list[tuple[str, int]]:
    """Give both frameworks with their counts, the larger first; PyTorch first on a tie."""
    return sorted([("PyTorch", counts.pytorch), ("TensorFlow", counts.tensorflow)], key=lambda pair: -pair[1])


def _single(counts: Counts) -> str:
    split = next(split for split in Split if counts.of(split))
    return {
        Split.PYTORCH_ONLY: "in PyTorch only",
        Split.TENSORFLOW_ONLY: "in TensorFlow only",
        Split.BOTH: "in both PyTorch and TensorFlow",
        Split.NEITHER: "in neither PyTorch nor TensorFlow",
    }[split]


def _name_models(request: Top, n: int) -> str:
    """Name the models counted: `top 30 models`, `50 most liked text-generation models of google`, `top model`."""
    number = "" if n == 1 else f"{n:,} "
    ranked = f"top {number}" if request.by == "downloads" else f"{number}{_RANKED[request.by]} "
    task = f"{request.task} " if request.task else ""
    return f"{ranked}{task}{verb(n, 'model', 'models')}" + (f" of {request.author}" if request.author else "")


def _scope(request: Top) -> str:
    """Name the measure and the models; how many they are stands in the title."""
    models = f"{request.task} models" if request.task else "all tasks"
    owner = f" by {request.author}" if request.author else ""
    return f"{_MEASURED[request.by]} · {models}{owner}, Hugging Face Hub"


def _say_counts(counts: Counts) -> str:
    """Say counts and shares; the shares add up to 100, but where one would be said to be none or all."""
    shares = ", ".join(f"{split.label} {_share(counts, split, whole)}" for split, whole in percentages(counts).items())
    return f"Of {count(counts.total, 'model')}: {counts} ({shares})."


def _share(counts: Counts, split: Split, percent: int) -> str:
    """Write a whole percentage, unless it is some rounded to none or nearly all rounded to all."""
    rounded = percent in (0, ALL) and 0 < counts.of(split) < counts.total
    return share(counts.of(split), counts.total) if rounded else in_percent(percent)


def _further(frame: pd.DataFrame, circumstances: TopCircumstances) -> Iterable[str]:
    beside = {name: n for name, n in _frameworks(frame).items() if name not in ("PyTorch", "TensorFlow")}
    if beside:
        yield "Beside that split, not part of it: " + ", ".join(f"{name} in {n:,}" for name, n in beside.items()) + "."
    if circumstances.article:
        article = circumstances.article
        yield (
            f"In March 2022 the article counted, by the same rule: PyTorch in {article['in PyTorch']} of its top 30, "
            f"TensorFlow alone in {article['only TensorFlow']}."
        )


def _other_definition(definition: Definition, counts: Counts, models: tuple[Model, ...]) -> str:
    """Say what the other definition gives for the same models, and what the difference is made of."""
    other = definition.other
    theirs = count_splits(classify(models, other)["split"])
    moved = abs(theirs.pytorch - counts.pytorch)
    between = f" The {count(moved, 'model')} between the two PyTorch counts {verb(moved, 'carries', 'carry')} no tag"
    why = f"{between} pytorch; the Hub sets none for safetensors." if moved else ""
    same = verb(counts.total, "the same model gives", "the same models give")
    return f"Under the definition {other} ({WHAT_COUNTS[other]}) {same}: {theirs}.{why}"


def percentages(counts: Counts) -> dict[Split, int]:
    """Give whole percentages that add up to 100, by largest remainder (ties to the earlier part)."""
    exact = {split: ALL * counts.of(split) / counts.total for split in Split}
    shares = {split: int(part) for split, part in exact.items()}
    short = ALL - sum(shares.values())
    for split in sorted(exact, key=lambda split: shares[split] - exact[split])[:short]:
        shares[split] += 1
    return shares


def _caveats(request: Top, frame: pd.DataFrame, top_list: TopList, circumstances: TopCircumstances) -> Iterable[str]:
    yield from circumstances.notes
    if len(frame) < request.n:
        reach = "that is all there are" if top_list.complete else "the stored list ends there"
        yield f"{request.n:,} were asked for, {len(frame):,} could be counted: {reach}."
    unread = int((~frame["files_read"].astype(bool)).sum())
    if unread and request.definition is Definition.ATTRIBUTED:
        lists, them = verb(unread, "file list", "file lists"), verb(unread, "it", "them")
        were = verb(unread, "was", "were")
        yield f"The {lists} of {count(unread, 'model')} {were} not read; the Hub's tags stand for {them}."
    assumed = int(frame["assumed"].sum())
    if assumed:
        yield f"{assumed:,} of the verdicts {verb(assumed)} assumed, not proven (marked ?)."
    unknown_tags = len(frame) - int(frame["tags_known"].sum())
    if unknown_tags and request.definition is Definition.DECLARED:
        they = verb(unknown_tags, "it is", "they are")
        yield f"The tags of {count(unknown_tags, 'model')} are not known; {they} counted as neither."
    neither = frame[frame["split"] == Split.NEITHER]
    if len(neither) and request.definition is Definition.ATTRIBUTED:
        yield _who_is_neither(neither)


def _who_is_neither(neither: pd.DataFrame, named: int = 3) -> str:
    first = neither.head(named)
    shown = [
        f"{model} ({remark or listing(frameworks) + ' only'})"
        for model, remark, frameworks in zip(first["model"], first["remark"], first["frameworks"], strict=True)
    ]
    more = f" and {len(neither) - named:,} more" if len(neither) > named else ""
    return f"Neither: {'; '.join(shown)}{more}."


# ------------------------------------------------------------------------------------------------------ table, chart


def _frameworks(frame: pd.DataFrame) -> dict[str, int]:
    """Count the models to be had in each framework; one model may count in several."""
    found = frame["frameworks"].explode().value_counts()
    always = ("PyTorch", "TensorFlow")
    return {name: int(found.get(name, 0)) for name in FRAMEWORKS if name in always or found.get(name, 0)}


def _table(request: Top, frame: pd.DataFrame) -> Table:
    beside = [name for name in ("downloads", "likes") if name != request.by]
    joined = pd.Series([", ".join(names) or None for names in frame["frameworks"]], index=frame.index, dtype=object)
    shown = frame.assign(frameworks=joined, split=[split.label for split in frame["split"]])
    columns = {"rank": RANK, "model": MODEL, "split": SPLIT, "frameworks": Column("frameworks")}
    columns[request.by] = replace(_MEASURES[request.by], role=ColumnRole.MEASURE)
    columns |= {name: _MEASURES[name] for name in beside}
    columns |= {"task": Column("task"), "library": Column("library"), "evidence": EVIDENCE}
    rows = shown[list(columns)].itertuples(index=False, name=None)
    caption = f"The {_name_models(request, len(frame))}, by rank"
    return Table(tuple(columns.values()), tuple(tuple(row) for row in rows), caption)


def _chart(frame: pd.DataFrame) -> Chart:
    if len(frame) <= MOST_TILES:
        return Tiles(tuple(Tile(*row) for row in zip(frame["rank"], frame["split"], frame["assumed"], strict=True)))
    size = -(-len(frame) // (FEW_BANDS if len(frame) <= BANDS_FROM else MOST_BANDS))
    parts = [frame[start : start + size] for start in range(0, len(frame), size)]
    return Bands(
        tuple(
            Band(int(part["rank"].iloc[0]), int(part["rank"].iloc[-1]), count_splits(part["split"])) for part in parts
        )
    )
