"""
What share of the Hub's downloads falls to each framework's models?

Rows in, an `Answer` out; they are those of the census cube, and the models are those that `totals` counts, so that the
share of downloads and the share of models stand beside each other.
"""

from collections.abc import Iterable, Mapping, Sequence

from analytics.domain.answer import Answer
from analytics.domain.chart_specs import Bar, Bars
from analytics.domain.counts import Bracket, Counts, Split
from analytics.domain.requests import Definition, Totals
from analytics.domain.table import Column, ColumnKind, ColumnRole, Table, Value
from analytics.domain.wording import shares
from analytics.ranking.bracket_columns import list_ends, make_columns
from analytics.ranking.census_groups import (
    Census,
    CensusCircumstances,
    group_rows,
    name_models,
    name_scope,
    write_receipt,
)
from analytics.ranking.census_rows import CensusRow, Measure, count_rows
from analytics.ranking.classified import say_counts
from analytics.ranking.sureness import bracket_both, count_unsure_rows, say_ranges

COLUMNS = (
    Column("downloads", role=ColumnRole.NAME, label="Downloads, 30 days, of"),
    *(Column(split.label, ColumnKind.COUNT, ColumnRole.MEASURE) for split in Split),
    Column("total", ColumnKind.COUNT, ColumnRole.MEASURE),
    *make_columns(),
)
MODELS = "number of models"
"""The row that says how many models the first downloads are of."""


def totals_downloads(request: Totals, census: Census, circumstances: CensusCircumstances) -> Answer:
    """
    Share the downloads out.

    Units:   downloads of 30 days.
    Raises:  ValueError, if nothing was downloaded: a share of nothing is never an answer.
    """
    rows = group_rows(request, census)
    groups = {name: count_rows(part, "downloads") for name, part in rows.items()}
    own = next(iter(rows.values()))
    downloads, models = next(iter(groups.values())), count_rows(own)
    sure = request.definition is Definition.ATTRIBUTED
    if not downloads.total:
        raise ValueError("without a download there is no share of them")
    return Answer(
        request=request,
        headline=_headline(request, census, downloads, models),
        title=_title(request, downloads),
        scope=name_scope(request, census, "30-day downloads"),
        as_of=census.as_of,
        definition=request.definition,
        reproduce=write_receipt(request, census),
        counted=say_counts(downloads, request.definition, "download"),
        further=(
            *(say_ranges(bracket_both(own, "downloads"), "downloads") if sure else ()),
            *_further(request, models, groups),
            *(say_ranges(bracket_both(own), "models") if sure else ()),
        ),
        doubts=(*circumstances.notes, UNTOLD),
        sample=bool(census.population),
        stale=circumstances.stale,
        frameworks={"PyTorch": models.pytorch, "TensorFlow": models.tensorflow},
        brackets=_bracket(own) if sure else {},
        table=_table(models, groups, _bracket_each(rows, own) if sure else {}),
        origins=census.origins,
        chart=_draw(own, models, downloads),
    )


UNTOLD = (
    "Nobody counts which files of a model in both were fetched; a model whose downloads are not known counts as one "
    "without any."
)


def is_without(request: Totals, census: Census) -> bool:
    """Tell whether there is no download to share out."""
    return not count_rows(next(iter(group_rows(request, census).values())), "downloads").total


def _headline(request: Totals, census: Census, downloads: Counts, models: Counts) -> str:
    pytorch, tensorflow, both, _ = shares([downloads.of(split) for split in Split])
    tagged = request.definition is Definition.DECLARED
    one, other = ("tag pytorch", "tag tf") if tagged else ("PyTorch", "TensorFlow")
    told = f"{one} only {pytorch}, {other} only {tensorflow}, both {both}"
    return f"30-day downloads of {name_models(request, census, models.total)}: {told}"


def _title(request: Totals, downloads: Counts) -> str:
    pytorch, tensorflow, both, _ = shares([downloads.of(split) for split in Split])
    tags = "Downloads by tags" if request.definition is Definition.DECLARED else "Of downloads"
    return f"{tags}: PyTorch-only {pytorch}, TensorFlow-only {tensorflow}, both {both}"


def _further(request: Totals, models: Counts, groups: Mapping[str, Counts]) -> Iterable[str]:
    yield f"Of the models themselves: {models.in_shares()}."
    apart = [f"{name} {group.total:,}" for name, group in list(groups.items())[1:] if group.total]
    if apart:
        yield f"Downloads not counted in these: {', '.join(apart)}."
    if request.definition is Definition.DECLARED:
        yield "The Hub sets no tag pytorch for safetensors, so the downloads of newer models are among neither."


def _bracket(own: Sequence[CensusRow]) -> dict[str, Bracket]:
    """Count the models by how sure they are, then their downloads."""
    downloads = bracket_both(own, "downloads")
    return bracket_both(own) | {f"downloads in {name}": one for name, one in downloads.items()}


def _bracket_each(rows: Mapping[str, Sequence[CensusRow]], own: Sequence[CensusRow]) -> dict[str, dict[str, Bracket]]:
    """Count each row of the table by how sure it is."""
    return {name: bracket_both(part, "downloads") for name, part in rows.items()} | {MODELS: bracket_both(own)}


def _table(models: Counts, groups: Mapping[str, Counts], sure: Mapping[str, Mapping[str, Bracket]]) -> Table:
    told = {**groups, MODELS: models}
    rows: list[tuple[Value, ...]] = [
        (name, *(group.of(split) for split in Split), group.total, *list_ends(sure.get(name, {})))
        for name, group in told.items()
        if group.total
    ]
    return Table(COLUMNS, tuple(rows), "30-day downloads by framework, and the models they are of")


def _draw(own: Sequence[CensusRow], models: Counts, downloads: Counts) -> Bars:
    """Draw the downloads over the number of models they are of."""
    measures: tuple[Measure, Measure] = ("downloads", "models")
    unsure = [count_unsure_rows(own, measure) for measure in measures]
    bars = Bar("downloads", downloads, unsure=unsure[0]), Bar("models", models, unsure=unsure[1])
    return Bars(bars, of="all of them")
