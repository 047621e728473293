"""
What changed among the first thirty since an earlier list, and is it more than usual?

Two lists in, an `Answer` out. What is usual is measured, not assumed: the turnover of past spans as long as the one
compared (`analytics/movement/`). With too few of them nothing is said of it.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from analytics.domain.answer import Answer
from analytics.domain.chart_specs import ASSUMED, UNKNOWN, Moves, SplitOfDay, Step
from analytics.domain.counts import Bracket, Counts, Split
from analytics.domain.drawn_series import Series
from analytics.domain.observations import TopList
from analytics.domain.requests import Changes, Definition, last_instant
from analytics.domain.table import MODEL, RANK, SPLIT, Column, ColumnKind, ColumnRole, Table, Value
from analytics.domain.wording import IN_FINDING, count, day, fit, iso, iso_day, share, verb
from analytics.movement.list_moves import FIRST, Move, compare_lists, count_first, turnover
from analytics.movement.usual_turnover import LEAST, RARE, UsualTurnover
from analytics.ranking.classified import TWO, Classified, bracket, classify, count_unsure

COLUMNS = (
    RANK,
    MODEL,
    Column("change", role=ColumnRole.CHANGE),
    Column("before", ColumnKind.COUNT),
    SPLIT,
    Column("split_before", label="Split before"),
    Column("called", label="Called before"),
)


@dataclass(frozen=True, slots=True)
class ChangesCircumstances:
    """
    How the lists came to be used, and how much change was usual before.

    `asked`: what was asked for; a day of it that no list is stored of is told in the finding.
    """

    usual: UsualTurnover
    stale: bool = False
    notes: tuple[str, ...] = ()
    sample: bool = False
    asked: Changes = field(default_factory=Changes)


@dataclass(frozen=True, slots=True)
class _Compared:
    """Two lists, the counts of their first thirty, the verdicts on these, what became of each, how much that is."""

    new: TopList
    old: TopList
    now: Counts
    before: Counts
    rows: Sequence[Classified]
    rows_before: Sequence[Classified]
    moves: tuple[Move, ...]
    turnover: int
    asked: Changes
    sample: bool = False

    @property
    def entered(self) -> int:
        return sum(move.change == "entered" for move in self.moves)

    @property
    def size(self) -> int:
        """How many the newer list has of the first thirty."""
        return self.now.total


def changes(new: TopList, old: TopList, circumstances: ChangesCircumstances) -> Answer:
    """
    Say who entered, left and climbed, how the split moved, and whether that is more than usual.

    Shape:   rows are every model in either list's first thirty, by today's rank, those that left at the end.
    Raises:  ValueError, if either list is empty.
    """
    if not new.models or not old.models:
        raise ValueError("an empty list cannot be compared")
    moves, asked = compare_lists(new, old), circumstances.asked
    first, first_before = _classify_first(new), _classify_first(old)
    counts, rows = (count_first(new), count_first(old)), (first, first_before)
    found = _Compared(new, old, *counts, *rows, moves, turnover(new, old), asked, circumstances.sample)
    request = asked if circumstances.sample else Changes(iso(old.as_of), iso(new.as_of))
    brackets = {name: bracket(first, name) for name in TWO}
    return Answer(
        request=request,
        headline=_headline(found, circumstances.usual, brackets),
        title=_title(found),
        scope=f"Top {found.size} by 30-day downloads, {_say_span(found)}",
        as_of=new.as_of,
        definition=Definition.ATTRIBUTED,
        reproduce=request.words
        if circumstances.sample
        else _reproduce(request if asked == Changes() else asked, new, old),
        counted=f"Of {count(found.now.total, 'model')}: {found.now}; on {day(old.as_of)}: {found.before}.",
        further=tuple(_tell_moves(found.moves)),
        doubts=circumstances.notes,
        noise=_noise(found, circumstances.usual),
        sample=circumstances.sample,
        stale=circumstances.stale,
        counts=found.now,
        frameworks={"PyTorch": found.now.pytorch, "TensorFlow": found.now.tensorflow},
        brackets=brackets,
        table=_table(found),
        lines=tuple(_series(found)),
        origins=tuple(dict.fromkeys((new.origin, old.origin))),
        chart=_chart(found),
        quiet=_is_quiet(found, circumstances.usual),
        stated=_state(found) | _state_ranges(brackets),
    )


def _reproduce(request: Changes, new: TopList, old: TopList) -> str:
    return f"{request.words} --as-of {iso(max(new.receipt, old.receipt))}"


def _state(found: _Compared) -> dict[str, int]:
    return {
        "entered": found.entered,
        "PyTorch": found.now.pytorch,
        "PyTorch before": found.before.pytorch,
        "TensorFlow": found.now.tensorflow,
        "TensorFlow before": found.before.tensorflow,
    }


def _classify_first(top_list: TopList) -> tuple[Classified, ...]:
    """Judge the first thirty, with how sure that is."""
    return classify(top_list.models[:FIRST], Definition.ATTRIBUTED)


def _state_ranges(brackets: Mapping[str, Bracket]) -> dict[str, int]:
    proven = {f"{name} proven": one.proven for name, one in brackets.items()}
    return proven | {f"{name} at most": one.most for name, one in brackets.items()}


def _is_quiet(found: _Compared, usual: UsualTurnover) -> bool:
    """Tell whether it is no news: nothing changed, or no more than is usual, where that is known."""
    return not found.turnover or (usual.is_known and not usual.is_unusual(found.turnover))


# ---------------------------------------------------------------------------------------------------------- sentences


def _headline(found: _Compared, usual: UsualTurnover, brackets: Mapping[str, Bracket]) -> str:
    """Say the finding in at most 25 words: where it would take more, without the counts of before, then the usual."""
    short, unjudged = _tell_move(found.now, None, brackets), UsualTurnover(usual.span)
    moved = _tell_move(found.now, found.before, brackets)
    ways = ((usual, moved), (usual, moved, "top"), (usual, short), (unjudged, short))
    return fit((_say_finding(found, *way) for way in ways), IN_FINDING)


def _say_finding(found: _Compared, usual: UsualTurnover, moved: str, top: str = "the top") -> str:
    if not found.turnover:
        same = count(found.size, "model") if found.size > 1 else "model"
        leads = verb(found.size, "leads", "lead")
        return f"The same {same} {leads} as on {day(found.old.as_of)}{_aside(found)}: {moved}"
    new = f"{found.entered} new in {top} {found.size} {_say_span(found)}"
    if not usual.is_known:
        return f"{new}, {moved}"
    return f"{new}, {'more than' if usual.is_unusual(found.turnover) else 'no more than'} usual: {moved}"


def _say_span(found: _Compared) -> str:
    """Name the days compared: the second one too, where it was asked for, or is of a sample and long over."""
    old, new = day(found.old.as_of), day(found.new.as_of)
    until = found.asked.until
    is_day = until and dt.datetime.fromisoformat(until).tzinfo is None  # a receipt has moments, and says no more
    told = f"from {_say_first(found)} to {new}" if is_day or found.sample else f"since {old}"
    return f"{told}{_aside(found)}"


def _say_first(found: _Compared) -> str:
    """Name the first of two days without the month and year that the second has, too: `from 9 to 16 Aug 2026`."""
    (first, *of), last = day(found.old.as_of).split(" ", 1), day(found.new.as_of).split(" ", 1)
    return first if of == last[1:] and found.old.as_of.day != found.new.as_of.day else day(found.old.as_of)


def _aside(found: _Compared) -> str:
    """Say that a day was asked for of which no list is stored, so that another one is told of."""
    asked = ((found.asked.since, found.old), (found.asked.until, found.new))
    others = [at for at, one in asked if at and iso_day(last_instant(at)) != iso_day(one.as_of)]
    return " (the nearest stored)" if others else ""


def _tell_move(now: Counts, before: Counts | None, brackets: Mapping[str, Bracket]) -> str:
    """Say how both counts moved, or how they are, with the range of each of today's where it is wide."""
    sure = {name: one.range for name, one in brackets.items()}
    if before is None:
        return f"PyTorch now {now.pytorch}{sure['PyTorch']}, TensorFlow {now.tensorflow}{sure['TensorFlow']}"
    if (now.pytorch, now.tensorflow) == (before.pytorch, before.tensorflow):  # said once for both
        return f"PyTorch still {now.pytorch}{sure['PyTorch']}, TensorFlow {now.tensorflow}{sure['TensorFlow']}"
    pytorch, tensorflow = _way(before.pytorch, now.pytorch), _way(before.tensorflow, now.tensorflow)
    return f"PyTorch {pytorch}{sure['PyTorch']}, TensorFlow {tensorflow}{sure['TensorFlow']}"


def _way(before: int, now: int) -> str:
    return f"still {now}" if before == now else f"from {before} to {now}"


def _title(found: _Compared) -> str:
    """Say the finding in at most ten words."""
    now, moved = found.now, found.now.pytorch - found.before.pytorch
    new = f"{found.entered} new" if found.entered else "None new"
    where = f"PyTorch {'now' if moved else 'still'} {now.pytorch}"
    return f"{new} in top {found.size}: {where}, TensorFlow {now.tensorflow}"


def _noise(found: _Compared, usual: UsualTurnover) -> str:
    """Say how much change is usual, or that it is not known."""
    counted = found.turnover - found.entered
    seen = f"{found.entered} of {found.size} {verb(found.entered if found.size > 1 else 1)} new"
    seen += f", {counted} {verb(counted, 'counts', 'count')} differently" if counted else ""
    if not usual.is_known:
        spans = "weeks" if usual.is_of_weeks else "spans of this length"
        stored = f"{len(usual.past)} before it, {LEAST} needed"
        return f"{seen}; too few {spans} are stored to say whether that is much ({stored})."
    least = usual.least_unusual
    unusual = "any number would be usual" if least > found.size else f"{least} or more would be unusual"
    return f"{seen}; {unusual} (the {share(1 - RARE, 1)} quantile of the changes of the {usual.spans} before)."


def _tell_moves(moves: Sequence[Move]) -> Iterable[str]:
    """Name who entered, who left, who climbed most, who has another name and who counts differently."""
    climbed = _pick_climbers(moves)
    told = {
        "Entered": [_came(move) for move in moves if move.change == "entered"],
        "Left": [_went(move) for move in moves if move.change == "left"],
        "Climbed most": [f"{move.model} from {move.before} to {move.rank}" for move in climbed],
        "Renamed": [f"{move.called} is now {move.model}" for move in moves if move.called],
        "Counted differently": [_tell_turn(move) for move in moves if move.counts_otherwise],
    }
    return (f"{what}: {'; '.join(those)}." for what, those in told.items() if those)


CLIMBERS = 3
"""How many climbers are named; up to twice as many where the last of them are level."""


def _pick_climbers(moves: Sequence[Move]) -> list[Move]:
    """Pick the three that climbed most; of those level with the third all or, where that were too many, none."""
    climbed = sorted((move for move in moves if move.change == "stayed" and move.climbed > 0), key=_by_climb)
    if len(climbed) <= CLIMBERS:
        return climbed
    third = climbed[CLIMBERS - 1].climbed
    with_level = [move for move in climbed if move.climbed >= third]
    return with_level if len(with_level) <= 2 * CLIMBERS else [move for move in climbed if move.climbed > third]


def _by_climb(move: Move) -> tuple[int, int]:
    return -move.climbed, move.rank or 0


def _came(move: Move) -> str:
    return f"{move.model} at {move.rank}" + (f" (was {move.before})" if move.before else "")


def _went(move: Move) -> str:
    return f"{move.model} from {move.before}" + (f" (now {move.rank})" if move.rank else "")


def _tell_turn(move: Move) -> str:
    before, now = (split.label if split else "" for split in (move.split_before, move.split))
    return f"{move.model}, {before} before, {now} now"


# ------------------------------------------------------------------------------------------------------ table, chart


def _table(found: _Compared) -> Table:
    return Table(COLUMNS, tuple(map(_row, found.moves)), f"The first {found.size}, then and now")


def _row(move: Move) -> tuple[Value, ...]:
    split = move.split or move.split_before
    before = move.split_before.label if move.split_before else None
    return (
        move.rank,
        move.model,
        move.change,
        move.before,
        split.label if split else None,
        before,
        move.called or None,
    )


def _series(found: _Compared) -> Iterable[Series]:
    """Give the counts the picture shows of both days, and what of them is assumed or unknown."""
    days = _days(found)
    at = (iso_day(found.old.as_of), iso_day(found.new.as_of))
    for split in Split:
        yield Series(split.label, tuple(zip(at, (one.counts.of(split) for one in days), strict=True)))
    unsure = {ASSUMED: [one.assumed for one in days], UNKNOWN: [one.unsure.neither for one in days]}
    for name, counted in unsure.items():
        if any(counted):
            yield Series(name, tuple(zip(at, counted, strict=True)))


def _days(found: _Compared) -> tuple[SplitOfDay, SplitOfDay]:
    before = SplitOfDay(day(found.old.as_of), found.before, count_unsure(found.rows_before))
    return before, SplitOfDay(day(found.new.as_of), found.now, count_unsure(found.rows))


def _chart(found: _Compared) -> Moves:
    """Draw who moved; each as sure as the verdict its mark is drawn of: of today, or of then where it left."""
    now, before = (_list_unsure(rows) for rows in (found.rows, found.rows_before))

    def is_unsure(move: Move) -> bool:
        return move.model in now if move.split else (move.called or move.model) in before

    steps = (_step(move, unsure=is_unsure(move)) for move in found.moves if _is_moved(move))
    return Moves(_days(found), tuple(steps), FIRST)


def _list_unsure(rows: Iterable[Classified]) -> frozenset[str]:
    return frozenset(row.model.id for row in rows if row.is_unsure)


def _is_moved(move: Move) -> bool:
    return move.change != "stayed" or move.climbed != 0


def _step(move: Move, *, unsure: bool) -> Step:
    split = move.split or move.split_before or Split.NEITHER
    before, now = move.before if move.split_before else None, move.rank if move.split else None
    return Step(move.model, before, now, split, unsure)
