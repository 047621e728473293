"""
Every number that a picture shows, as series: what is drawn is in the answer too, for those who read no picture.

Of developments the question itself gives the lines, by names of their own; of models, collections and what moved the
table has every number.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from analytics.domain.chart_specs import ASSUMED, PROVEN, UNKNOWN, Band, Bands, Bar, Bars, Chart, ReachBars, Tiles
from analytics.domain.counts import Counts, Split
from analytics.domain.reach_counts import Reached


@dataclass(frozen=True, slots=True)
class Series:
    """One line of a chart: (label of the period, value), values as fractions of 1 or counts, as the axis says."""

    name: str
    points: tuple[tuple[str, float], ...]


def list_drawn(chart: Chart | None) -> tuple[Series, ...]:
    """Give the numbers of a picture that its own question does not list."""
    match chart:
        case Tiles():
            return tuple(_list_parts([_whole_of(chart)]))
        case Bands():
            return tuple(_list_parts([*map(_group, chart.bands), _add_up(chart.bands)]))
        case Bars():
            counted = [bar for bar in chart.bars if not (bar.percent and bar.note)]
            groups = [Group(bar.label, bar.counts, bar.unsure, bar.parts) for bar in counted]
            return (*_list_parts(groups), *_list_shares([bar for bar in chart.bars if bar.percent]))
        case ReachBars():
            return tuple(_list_reach(chart))
        case _:
            return ()


@dataclass(frozen=True, slots=True)
class Group:
    """Models that stand in one bar, or in one picture of tiles; `parts` are those that were counted."""

    label: str
    counts: Counts
    unsure: Counts
    parts: tuple[Split, ...] = tuple(Split)


def _whole_of(chart: Tiles) -> Group:
    counted = {split.value: [tile.assumed for tile in chart.tiles if tile.split is split] for split in Split}
    counts = Counts(**{name: len(tiles) for name, tiles in counted.items()})
    return Group(_ranks(1, len(chart.tiles)), counts, Counts(**{name: sum(tiles) for name, tiles in counted.items()}))


def _group(band: Band) -> Group:
    return Group(_ranks(band.first, band.last), band.counts, band.unsure)


def _add_up(bands: Sequence[Band]) -> Group:
    def add(each: Iterable[Counts]) -> Counts:
        counted = list(each)
        return Counts(**{split.value: sum(one.of(split) for one in counted) for split in Split})

    ends = _ranks(bands[0].first, bands[-1].last)
    return Group(ends, add(band.counts for band in bands), add(band.unsure for band in bands))


def _ranks(first: int, last: int) -> str:
    return f"{first}–{last}"


def _list_parts(groups: Sequence[Group]) -> Iterator[Series]:
    """Give each part of every group, what of it is proven and what assumed or unknown, and the whole."""
    for split in Split:
        told = [group for group in groups if split in group.parts]
        sure, unsure = _name_halves(split)
        yield Series(split.label, tuple((group.label, group.counts.of(split)) for group in told))
        yield Series(sure, tuple((group.label, group.counts.of(split) - group.unsure.of(split)) for group in told))
        yield Series(unsure, tuple((group.label, group.unsure.of(split)) for group in told))
    yield Series(ASSUMED, tuple((group.label, group.unsure.total - group.unsure.neither) for group in groups))
    yield Series("total", tuple((group.label, group.counts.total) for group in groups))


def _list_shares(bars: Sequence[Bar]) -> Iterator[Series]:
    """Give the parts of bars that are told in percent, and what of each is sure and unsure, as fractions."""
    for split in Split if bars else ():
        told = [
            (bar.label, bar.counts.of(split), bar.unsure.of(split), bar.counts.total)
            for bar in bars
            if split in bar.parts
        ]
        sure, unsure = _name_halves(split)
        if told:
            yield Series(f"{split.label}, share", tuple((at, part / whole) for at, part, _, whole in told))
        if any(doubt for _, _, doubt, _ in told):
            yield Series(f"{sure}, share", tuple((at, (part - doubt) / whole) for at, part, doubt, whole in told))
            yield Series(f"{unsure}, share", tuple((at, doubt / whole) for at, _, doubt, whole in told))


def _name_halves(split: Split) -> tuple[str, str]:
    """Name what is sure of a part, and what is not: of neither it is known, or unknown, that they are in neither."""
    if split is Split.NEITHER:
        return f"{split.label}, known", UNKNOWN
    return f"{split.label}, {PROVEN}", f"{split.label}, {ASSUMED}"


def _list_reach(chart: ReachBars) -> Iterator[Series]:
    """Give both bars of each framework."""
    for one in chart.frameworks:
        ways = {status.value: one.of(status) for status in Reached if one.of(status)}
        old = one.of(Reached.OLD, Reached.OLD_CONVERTS)
        files = {"files": one.files, "files proven": one.files - one.assumed, "files assumed": one.assumed}
        none = {"files unknown": one.of(Reached.UNKNOWN), "no files": one.total - one.files - one.of(Reached.UNKNOWN)}
        points = files | none | {"loads": one.loads, "all old files": old, "not known how": one.open} | ways
        yield Series(one.framework, tuple((points | {"total": one.total}).items()))
