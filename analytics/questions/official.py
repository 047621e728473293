"""
What do both camps publish officially, and how does it stand?

One row a collection, each counted in a unit of its own: weights, functions, bundles, pages. No two are added or
compared; what is compared is a collection with itself in early 2022, and how many of a camp's are still active.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from analytics.catalogues.collection import BRIDGE, CAMPS, KERAS, PYTORCH, TENSORFLOW
from analytics.catalogues.register import LOOKED_THROUGH
from analytics.catalogues.stored_counts import Counted, Shelved, origin_of
from analytics.domain.answer import Answer, Origin
from analytics.domain.chart_specs import Camp, Camps, Shelf
from analytics.domain.requests import Official
from analytics.domain.table import Column, ColumnKind, ColumnRole, Table, Value
from analytics.domain.wording import count, day, iso, listing, sentence, verb

FRAMEWORKS = {"pytorch": PYTORCH, "tensorflow": TENSORFLOW}
COLUMNS = (
    Column("collection", role=ColumnRole.NAME),
    Column("count", ColumnKind.COUNT, ColumnRole.MEASURE),
    *(Column(name) for name in ("unit", "state", "version")),
    *(Column(name, ColumnKind.DAY) for name in ("released", "counted on")),
    *(Column(name) for name in ("early 2022", "version then", "of which", "camp", "how", "address")),
)
COMMIT = 40
SHOWN = 10
"""Letters shown of a commit's name of 40."""


@dataclass(frozen=True, slots=True)
class OfficialCounts:
    """What was read of every collection, when, and what else the reader should know."""

    shelves: tuple[Shelved, ...]
    as_of: dt.datetime
    sample: bool = False
    stale: bool = False
    notes: tuple[str, ...] = ()


def official(request: Official, read: OfficialCounts) -> Answer:
    """
    Show the collections, of one framework if asked: its own, those of any backend and its part of transformers.

    Shape:   one row a collection, camp by camp.
    Units:   each row's own, named in it; a count that cannot be had is None.
    """
    wanted = FRAMEWORKS.get(request.camp or "")
    shown = [each for each in read.shelves if wanted is None or wanted in each.collection.frameworks]
    return Answer(
        request=request,
        headline=_headline(shown, wanted),
        title=_title(shown, wanted),
        scope="Official collections, each in its own unit",
        as_of=read.as_of,
        definition=None,
        reproduce=f"{request.words}" + ("" if read.sample else f" --as-of {iso(read.as_of)}"),
        counted=_counts(shown),
        further=tuple(_growth(shown)),
        doubts=(*read.notes, *_caveats(shown, read)),
        sample=read.sample,
        stale=read.stale,
        table=Table(COLUMNS, tuple(_row(each) for each in shown), "The official collections, each in its own unit"),
        origins=tuple(_origins(shown)),
        chart=_chart(shown),
    )


# ---------------------------------------------------------------------------------------------------------- sentences


def _active(shown: list[Shelved], camp: str) -> tuple[int, int, set[str]]:
    """Count a camp's collections that are active, all of them, and say how they stand."""
    standings = [each.collection.standing for each in shown if each.collection.camp == camp]
    return standings.count("active"), len(standings), set(standings)


def _title(shown: list[Shelved], wanted: str | None) -> str:
    """Say the finding in at most ten words."""
    if wanted:
        active, of, standings = _active(shown, wanted)
        if standings == {"moved"}:
            return f"{_all(of)} {wanted} {verb(of, 'collection has', 'collections have')} moved"
        return f"{active} of {count(of, f'official {wanted} collection')} {verb(active)} active"
    active, of, _ = _active(shown, PYTORCH)
    theirs, their_all, standings = _active(shown, TENSORFLOW)
    beside = "TensorFlow’s have moved" if standings == {"moved"} else f"{theirs} of {their_all} TensorFlow"
    return f"{active} of {count(of, 'PyTorch collection')} active; {beside}"


def _headline(shown: list[Shelved], wanted: str | None) -> str:
    camps = [wanted] if wanted else [PYTORCH, TENSORFLOW]
    parts = [_stands(shown, camp) for camp in camps]
    bridge = [
        f"{each.now.number:,} {each.collection.name}"
        for each in shown
        if each.collection.camp == BRIDGE and each.now and set(each.collection.frameworks) & set(camps)
    ]
    return sentence("; ".join([*parts, f"transformers has {listing(bridge)}"] if bridge else parts))


def _stands(shown: list[Shelved], camp: str) -> str:
    active, of, standings = _active(shown, camp)
    if standings == {"moved"}:
        return f"{_all(of).casefold()} of {camp}’s {verb(of, 'has', 'have')} moved"
    return f"{active} of {camp}’s {count(of, 'official collection')} {verb(active)} active"


def _all(of: int) -> str:
    return {1: "The one", 2: "Both"}.get(of, f"All {of}")


def _counts(shown: list[Shelved]) -> str:
    counts = [f"{each.collection.full_name} {_number(each.now)} {each.collection.unit}" for each in shown if each.now]
    return f"Each in its own unit: {'; '.join(counts)}."


def _growth(shown: list[Shelved]) -> Iterator[str]:
    grown = [
        f"{each.collection.full_name} {each.then.number:,} → {each.now.number:,}"
        for each in shown
        if each.now and each.then and not each.collection.then_unit
    ]
    if grown:
        yield f"Early 2022 → now, each in its own unit: {'; '.join(grown)}."


def _number(now: Counted) -> str:
    return f"{now.number:,} to {now.number + now.unread:,}" if now.unread else f"{now.number:,}"


def _caveats(shown: list[Shelved], read: OfficialCounts) -> Iterator[str]:
    yield "The units differ (weights, functions, bundles, pages): no sum or ratio of two rows means anything."
    failed: dict[str, list[Shelved]] = defaultdict(list)
    for each in shown:
        if each.trouble:
            failed[each.trouble].append(each)
    for trouble, those in failed.items():
        yield f"Not counted anew on {day(read.as_of)}: {_with_dates(those)}: {trouble}."
    if missing := [each.collection.full_name for each in shown if each.now is None]:
        yield f"No count can be shown of {', '.join(missing)}: it was never read."
    if embedded := [each.collection.full_name for each in shown if each.sample and not read.sample]:
        yield f"Embedded counts, each with its date, stand for {', '.join(embedded)}."
    for each in shown:
        if each.then and each.collection.then_unit:
            yield (
                f"{each.collection.full_name} of {each.then.version} is counted in {each.collection.then_unit} "
                f"({each.then.number:,}), not {each.collection.unit}: no growth can be read from it."
            )
    if any(each.collection.camp == KERAS for each in shown):
        yield "Keras 3 runs on PyTorch, TensorFlow and JAX alike: its collections are neither side's."
    if any(each.collection.key == "timm" for each in shown):
        yield "timm re-publishes TorchVision's weights too (tags tv_, tv2_)."
    yield f"How each stands is what its project said, as of {LOOKED_THROUGH}."


def _with_dates(those: list[Shelved]) -> str:
    return ", ".join(f"{each.collection.full_name} ({_tell_kept(each.now) or 'nothing to show'})" for each in those)


def _tell_kept(now: Counted | None) -> str:
    """Say of when a count is that was kept: of its version, where that has a day."""
    return f"of {day(dt.date.fromisoformat(now.released or now.counted))}" if now else ""


# ------------------------------------------------------------------------------------------------------ table, chart


def _origins(shown: list[Shelved]) -> Iterator[Origin]:
    yield from (origin for each in shown if (origin := origin_of(each)))


def _row(each: Shelved) -> tuple[Value, ...]:
    collection, now, then = each.collection, each.now, each.then
    return (
        collection.full_name,
        now.number if now else None,
        collection.unit,
        collection.state,
        _version(now),
        now.released if now else None,
        now.counted if now else None,
        _then(each),
        f"{_version(then)} ({then.released})" if then and then.released != then.version else _version(then),
        _of_which(now),
        collection.camp,
        collection.how,
        collection.address,
    )


def _version(count: Counted | None) -> str | None:
    if count is None or not count.version:
        return None
    return count.version[:SHOWN] if len(count.version) == COMMIT else count.version


def _then(each: Shelved) -> Value:
    """Give the number of early 2022; one of another unit is words, so that no column mixes the two."""
    if each.then is None:
        return None
    unit = each.collection.then_unit
    return f"{each.then.number:,} {unit}" if unit else each.then.number


def _of_which(now: Counted | None) -> str | None:
    if now is None:
        return None
    parts = [f"{number:,} {name}" for name, number in now.parts.items() if number]
    parts += [f"at most {now.unread:,} more that could not be read"] if now.unread else []
    return ", ".join(parts) or None


def _chart(shown: list[Shelved]) -> Camps:
    drawn = [each for each in shown if set(each.collection.frameworks) & {PYTORCH, TENSORFLOW}]
    camps = [(camp, [each for each in drawn if each.collection.camp == camp]) for camp in CAMPS]
    return Camps(tuple(Camp(camp, tuple(_shelf(each) for each in those)) for camp, those in camps if those))


def _shelf(each: Shelved) -> Shelf:
    """Show of a count that was kept its day, of any other its past: there is room for one of them."""
    collection, now, then = each.collection, each.now, each.then
    kept = f" · {_tell_kept(now)}" if now and each.trouble else ""
    before = then.number if then and not collection.then_unit and not kept else None
    number = now.number if now else None
    return Shelf(collection.name, number, collection.unit, f"{collection.standing}{kept}", before)
