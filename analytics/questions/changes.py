"""
What changed among the first thirty since an earlier list, and is it more than the noise of past weeks?

Tables in, an `Answer` out. Noise is measured, not assumed: how many models entered the first thirty, and by how much
the two framework counts moved, in each of the stored weeks before. A change matters when it exceeds their mean by two
standard deviations; with fewer than LEAST_WEEKS there is no such measure, and any change is reported.
"""

import statistics
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from analytics.attribution import Tier, Verdict, attribute_all
from analytics.domain.answer import Answer
from analytics.domain.chart_specs import Tile, Tiles
from analytics.domain.counts import Bracket, Counts, Split
from analytics.domain.observations import TopList
from analytics.domain.requests import Changes, Definition
from analytics.domain.table import MODEL, RANK, SPLIT, Column, ColumnKind, ColumnRole, Table
from analytics.domain.wording import count, day, iso, verb
from analytics.ranking.classified import bracket, classify

FIRST = 30
"""The list people talk about."""

LEAST_WEEKS = 4
SPREAD = 2.0
"""Standard deviations above the mean from which a change is more than noise."""

COLUMNS = (
    RANK,
    MODEL,
    Column("change", role=ColumnRole.CHANGE),
    Column("before", ColumnKind.COUNT),
    SPLIT,
)


@dataclass(frozen=True, slots=True)
class Turnover:
    """How much one list differs from an earlier one: models that entered, and by how much both counts moved."""

    entered: int
    moved: int


@dataclass(frozen=True, slots=True)
class ChangesCircumstances:
    """How the lists came to be used, and the turnover of the weeks before."""

    past: tuple[Turnover, ...] = ()
    stale: bool = False
    sample: bool = False
    notes: tuple[str, ...] = ()


def turnover(new: TopList, old: TopList) -> Turnover:
    """Measure how much the first thirty changed."""
    frame = _frame(new, old)
    now, before = _counts(new), _counts(old)
    moved = abs(now.pytorch - before.pytorch) + abs(now.tensorflow - before.tensorflow)
    return Turnover(int((frame["change"] == "entered").sum()), moved)


def changes(new: TopList, old: TopList, circumstances: ChangesCircumstances) -> Answer:
    """
    Say who entered, left and climbed, and how the split moved.

    Shape:   rows are every model in either list's first thirty, by today's rank, those that left at the end.
    Raises:  ValueError, if either list is empty.
    """
    if not new.models or not old.models:
        raise ValueError("an empty list cannot be compared")
    frame, now, before = _frame(new, old), _counts(new), _counts(old)
    measured = turnover(new, old)
    quiet = not _matters(measured, circumstances.past)
    brackets = _bracket(new)
    return Answer(
        request=Changes(old.as_of.date().isoformat()),
        headline=_headline(frame, _tell_move(now, before, brackets), old, quiet=quiet),
        title=_title(frame, now, before),
        scope=f"First {FIRST} by 30-day downloads, against {day(old.as_of)}, Hugging Face Hub",
        as_of=new.as_of,
        definition=Definition.ATTRIBUTED,
        reproduce=f"changes since {old.as_of.date().isoformat()} --as-of {iso(new.as_of)}",
        counted=f"Of {count(now.total, 'model')}: {now}; on {day(old.as_of)}: {before}.",
        further=tuple(_moves(frame)),
        doubts=circumstances.notes,
        noise=_noise(measured, circumstances.past),
        sample=circumstances.sample,
        stale=circumstances.stale,
        counts=now,
        frameworks={"PyTorch": now.pytorch, "TensorFlow": now.tensorflow},
        brackets=brackets,
        table=_table(frame),
        origins=(new.origin, old.origin),
        chart=_chart(new),
        quiet=quiet,
        stated={
            "entered": measured.entered,
            "PyTorch": now.pytorch,
            "PyTorch before": before.pytorch,
            "TensorFlow": now.tensorflow,
            "TensorFlow before": before.tensorflow,
            **{f"{name} proven": one.proven for name, one in brackets.items()},
            **{f"{name} at most": one.most for name, one in brackets.items()},
        },
    )


def _verdicts(top_list: TopList) -> list[Verdict]:
    return attribute_all(top_list.models[:FIRST])


def _counts(top_list: TopList) -> Counts:
    splits = [verdict.split for verdict in _verdicts(top_list)]
    return Counts(**{split.value: splits.count(split) for split in Split})


def _bracket(top_list: TopList) -> dict[str, Bracket]:
    """Count each of the two by how sure it is."""
    looked = classify(top_list.models[:FIRST], Definition.ATTRIBUTED)
    return {name: bracket(looked, name) for name in ("PyTorch", "TensorFlow")}


def _frame(new: TopList, old: TopList) -> pd.DataFrame:
    """Give one row a model of either thirty: rank now and before (over the whole lists), split, what changed."""
    ranks_now = {model.id: rank for rank, model in enumerate(new.models, start=1)}
    ranks_before = {model.id: rank for rank, model in enumerate(old.models, start=1)}
    splits = {model.id: verdict.split for model, verdict in zip(old.models[:FIRST], _verdicts(old), strict=True)}
    splits |= {model.id: verdict.split for model, verdict in zip(new.models[:FIRST], _verdicts(new), strict=True)}
    rows = [(ranks_now.get(name), name, splits[name], ranks_before.get(name)) for name in splits]
    frame = pd.DataFrame(rows, columns=["rank", "model", "split", "before"], dtype=object)
    frame["change"] = [_change(now, before) for now, before in zip(frame["rank"], frame["before"], strict=True)]
    frame["climbed"] = [(b - n) if n and b else 0 for n, b in zip(frame["rank"], frame["before"], strict=True)]
    order = frame["rank"].map(lambda rank: rank or 10**9)
    return frame.assign(order=order).sort_values("order", kind="stable").drop(columns="order").reset_index(drop=True)


def _change(now: int | None, before: int | None) -> str:
    inside, was_inside = now is not None and now <= FIRST, before is not None and before <= FIRST
    if inside and was_inside:
        return "stayed"
    return "entered" if inside else "left"


# ---------------------------------------------------------------------------------------------------------- sentences


def _matters(measured: Turnover, past: Sequence[Turnover]) -> bool:
    if len(past) < LEAST_WEEKS:
        return measured.entered > 0 or measured.moved > 0
    return measured.entered > _limit([week.entered for week in past]) or measured.moved > _limit(
        [week.moved for week in past]
    )


def _limit(values: Sequence[int]) -> float:
    return statistics.fmean(values) + SPREAD * statistics.pstdev(values)


def _noise(measured: Turnover, past: Sequence[Turnover]) -> str:
    seen = f"{measured.entered} entered and the counts moved by {measured.moved}"
    if len(past) < LEAST_WEEKS:
        stored = count(len(past), "earlier week")
        return f"No measure of noise yet ({stored} stored, {LEAST_WEEKS} needed): {seen}."
    entered, moved = _limit([week.entered for week in past]), _limit([week.moved for week in past])
    limits = f"over {entered:.1f} entries or a move of over {moved:.1f}"
    return f"More than noise is {limits} (mean plus {SPREAD:g} standard deviations of {len(past)} past weeks): {seen}."


def _headline(frame: pd.DataFrame, moved: str, old: TopList, *, quiet: bool) -> str:
    entered = int((frame["change"] == "entered").sum())
    if quiet:
        few = f"{entered} of the top {FIRST} new" if entered else f"the same {FIRST} models lead"
        return f"No change beyond noise since {day(old.as_of)}: {few}, {moved}"
    return f"{entered} of the top {FIRST} {verb(entered)} new since {day(old.as_of)}, {moved}"


def _tell_move(now: Counts, before: Counts, brackets: Mapping[str, Bracket]) -> str:
    """Say how both counts moved, with the range of each of today's where it is wide."""
    sure = {name: one.aside for name, one in brackets.items()}
    pytorch, tensorflow = f"{now.pytorch}{sure['PyTorch']}", f"{now.tensorflow}{sure['TensorFlow']}"
    if (now.pytorch, now.tensorflow) == (before.pytorch, before.tensorflow):
        return f"PyTorch still in {pytorch}, TensorFlow in {tensorflow}"
    return f"PyTorch from {before.pytorch} to {pytorch}, TensorFlow from {before.tensorflow} to {tensorflow}"


def _title(frame: pd.DataFrame, now: Counts, before: Counts) -> str:
    """Say the finding in at most ten words."""
    entered = int((frame["change"] == "entered").sum())
    new = f"{entered} new" if entered else "None new"
    moved = now.pytorch - before.pytorch
    where = f"PyTorch {'up' if moved > 0 else 'down'} to {now.pytorch}" if moved else f"PyTorch still {now.pytorch}"
    return f"{new} in the top {FIRST}, {where}, TensorFlow {now.tensorflow}"


def _moves(frame: pd.DataFrame) -> Iterable[str]:
    """Name who entered, who left and who climbed most."""
    entered = frame[frame["change"] == "entered"]
    if len(entered):
        yield "Entered: " + "; ".join(map(_came, entered["rank"], entered["model"], entered["before"])) + "."
    left = frame[frame["change"] == "left"]
    if len(left):
        yield "Left: " + "; ".join(map(_went, left["rank"], left["model"], left["before"])) + "."
    climbed = frame[(frame["change"] == "stayed") & (frame["climbed"] > 0)].sort_values(
        "climbed", ascending=False, kind="stable"
    )
    if len(climbed):
        first = climbed.head(3)
        yield "Climbed most: " + "; ".join(map(_rose, first["rank"], first["model"], first["before"])) + "."


def _came(rank: int, model: str, before: int | None) -> str:
    return f"{model} at {rank}" + (f" (was {before})" if before else "")


def _went(rank: int | None, model: str, before: int) -> str:
    return f"{model} from {before}" + (f" (now {rank})" if rank else "")


def _rose(rank: int, model: str, before: int) -> str:
    return f"{model} from {before} to {rank}"


# ------------------------------------------------------------------------------------------------------ table, chart


def _table(frame: pd.DataFrame) -> Table:
    shown = frame.assign(split=[split.label for split in frame["split"]])
    rows = shown[[column.name for column in COLUMNS]].itertuples(index=False, name=None)
    clean = tuple(tuple(None if value is None or value != value else value for value in row) for row in rows)  # noqa: PLR0124 - NaN
    return Table(COLUMNS, clean, f"The first {FIRST}, then and now")


def _chart(new: TopList) -> Tiles:
    verdicts = _verdicts(new)
    unsure = [verdict.assumed or verdict.tier is Tier.UNKNOWN for verdict in verdicts]
    tiles = enumerate(zip(verdicts, unsure, strict=True), start=1)
    return Tiles(tuple(Tile(rank, verdict.split, doubtful) for rank, (verdict, doubtful) in tiles))
