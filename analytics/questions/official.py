"""
What do both camps publish officially, and how does it stand?

One row a collection, each counted in a unit of its own: weights, functions, bundles, pages. No two are added or
compared; what is compared is a collection with itself in early 2022, and how many of a camp's own are still active.
Whose a collection is matters: what others publish for a framework is not its own.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from analytics.catalogues.collection import BRIDGE, CAMPS, KERAS, PYTORCH, TENSORFLOW
from analytics.catalogues.register import LOOKED_THROUGH
from analytics.catalogues.stored_counts import Counted, Shelved, origin_of
from analytics.catalogues.transformers_auto import KEYS
from analytics.domain.answer import Answer, Origin
from analytics.domain.chart_specs import Camp, Camps, Shelf
from analytics.domain.requests import Official
from analytics.domain.table import Column, ColumnKind, ColumnRole, Table, Value
from analytics.domain.wording import count, day, iso, listing, sentence, verb

FRAMEWORKS = {"pytorch": PYTORCH, "tensorflow": TENSORFLOW}
COLUMNS = (
    Column("collection", role=ColumnRole.NAME),
    Column("now", ColumnKind.COUNT, ColumnRole.MEASURE),
    Column("early 2022", ColumnKind.COUNT),
    Column("state"),
)
UNREAD = "never read"
"""What is said of a collection without any count: nobody looked, so it is not called active."""


@dataclass(frozen=True, slots=True)
class OfficialCounts:
    """What was read of every collection, when, by which version of the rule, and what else the reader should know."""

    shelves: tuple[Shelved, ...]
    as_of: dt.datetime
    sample: bool = False
    stale: bool = False
    notes: tuple[str, ...] = ()
    method: str = ""


def official(request: Official, read: OfficialCounts) -> Answer:
    """
    Show the collections, of one framework if asked: its own, those of others, of any backend and of transformers.

    Shape:   one row a collection, camp by camp.
    Units:   each row's own, named in it; a count that cannot be had is None.
    """
    wanted = FRAMEWORKS.get(request.camp or "")
    asked = [each for each in read.shelves if wanted is None or wanted in each.collection.frameworks]
    shown = sorted(asked, key=lambda each: CAMPS.index(each.collection.camp))
    return Answer(
        request=request,
        headline=_headline(shown, wanted),
        title=_title(shown, wanted),
        scope="Official collections, each in its own unit",
        as_of=read.as_of,
        definition=None,
        reproduce=f"{request.words}" + ("" if read.sample else f" --as-of {iso(read.as_of)}"),
        counted=_counts(shown),
        further=tuple(_tell_keys(shown)),
        doubts=(*read.notes, *_caveats(shown, read)),
        sample=read.sample,
        stale=read.stale,
        table=Table(COLUMNS, tuple(_row(each) for each in shown), "The official collections, each in its own unit"),
        origins=tuple(_origins(shown)),
        chart=_chart(shown),
        method=read.method,
    )


# ---------------------------------------------------------------------------------------------------------- sentences


def _standing(each: Shelved) -> str:
    return each.collection.standing if each.now else UNREAD


def _active(shown: list[Shelved], camp: str) -> tuple[int, int, set[str]]:
    """Count a camp's own collections that are active, all of them, and say how they stand."""
    standings = [_standing(each) for each in shown if each.collection.camp == camp]
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
    return sentence("; ".join([*parts, f"of transformers’ architectures {listing(bridge)}"] if bridge else parts))


def _stands(shown: list[Shelved], camp: str) -> str:
    active, of, standings = _active(shown, camp)
    if standings == {"moved"}:
        return f"{_all(of).casefold()} of {camp}’s own {verb(of, 'has', 'have')} moved"
    return f"{active} of {camp}’s {count(of, 'own collection')} {verb(active)} active"


def _all(of: int) -> str:
    return {1: "The one", 2: "Both"}.get(of, f"All {of}")


def _counts(shown: list[Shelved]) -> str:
    counts = [f"{each.collection.full_name} {_number(each.now)} {each.collection.unit}" for each in shown if each.now]
    return f"Each in its own unit: {'; '.join(counts)}."


def _tell_keys(shown: list[Shelved]) -> Iterator[str]:
    """Give beside the model folders of transformers the keys of its lists, then and now."""
    keys = [
        f"{each.then.parts[KEYS]:,} → {each.now.parts[KEYS]:,} {each.collection.name}"
        for each in shown
        if each.now and each.then and KEYS in each.now.parts and KEYS in each.then.parts
    ]
    if keys:
        yield f"Keys of transformers’ lists of classes (parts of models too), early 2022 → now: {', '.join(keys)}."


def _number(now: Counted) -> str:
    return f"{now.number:,} to {now.number + now.unread:,}" if now.unread else f"{now.number:,}"


def _caveats(shown: list[Shelved], read: OfficialCounts) -> Iterator[str]:
    yield "The units differ (weights, functions, bundles, pages): no sum or ratio of two rows means anything."
    failed: dict[str, list[Shelved]] = defaultdict(list)
    for each in shown:
        if each.trouble:
            failed[each.trouble].append(each)
    for trouble, those in failed.items():
        yield f"Not counted again on {day(read.as_of)}: {_with_dates(those)}: {trouble}."
    if missing := [each.collection.full_name for each in shown if each.now is None]:
        yield f"No count can be shown of {', '.join(missing)}: it was never read."
    if embedded := [each.collection.full_name for each in shown if each.sample and not read.sample]:
        yield f"Embedded counts, each with its date, stand for {', '.join(embedded)}."
    for each in shown:
        if each.now and each.then and each.collection.then_unit:
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
    """Give each source once, with the collections read from it: three counts of one release are of one source."""
    found: dict[tuple[str, str | None], list[Origin]] = defaultdict(list)
    for each in shown:
        if origin := origin_of(each):
            found[origin.address, origin.revision].append(origin)
    for same in found.values():
        title = "; ".join(dict.fromkeys(origin.title for origin in same))
        first = same[0]
        yield Origin(first.producer, title, first.address, first.accessed, first.revision, first.licence)


def _row(each: Shelved) -> tuple[Value, ...]:
    collection = each.collection
    return (
        f"{collection.full_name} ({collection.unit})",
        each.now.number if each.now else None,
        None if each.then is None or collection.then_unit else each.then.number,
        _state(each),
    )


def _state(each: Shelved) -> str:
    """Say how it stands, whose it is where that is nobody's own, and of when a count is that was kept."""
    if each.now is None:
        return UNREAD
    parts = [each.collection.state, f"count {_tell_kept(each.now)}" if each.trouble else "", _of_which(each.now)]
    return "; ".join(filter(None, parts))


def _of_which(now: Counted) -> str:
    return f"at most {now.unread:,} more that could not be read" if now.unread else ""


def _chart(shown: list[Shelved]) -> Camps:
    drawn = [each for each in shown if set(each.collection.frameworks) & {PYTORCH, TENSORFLOW}]
    camps = [(camp, [each for each in drawn if each.collection.camp == camp]) for camp in CAMPS]
    return Camps(tuple(Camp(camp, tuple(_shelf(each) for each in those)) for camp, those in camps if those))


def _shelf(each: Shelved) -> Shelf:
    """Show its count, how it stands and what it was in 2022; of a count that was kept its day instead."""
    collection, now, then = each.collection, each.now, each.then
    kept = f" · {_tell_kept(now)}" if now and each.trouble else ""
    before = then.number if then and not collection.then_unit and not kept else None
    number = now.number if now else None
    return Shelf(collection.name, number, collection.unit, f"{_standing(each)}{kept}", before)
