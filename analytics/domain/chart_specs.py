"""
Chart specifications: what a picture shows, without a word of how it is drawn.

Each form can say itself in `words`, the part of the alternative text that carries its numbers.
"""

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from analytics.domain.counts import Counts, Split
from analytics.domain.reach_counts import ReachCounts, Reached
from analytics.domain.wording import sentence, share, tell_period, verb

MOST_TILES = 50
"""Numbered tiles stay legible at 298 px up to five columns of ten; longer lists are drawn as bands of ranks."""

TWICE = "both count twice"
ROUNDED = 0.005
"""By so much shares may add to more than all of it, and it be rounding."""

PROVEN, AT_MOST = "proven", "at most"
"""What stands behind the name of a line where both ends of it are known: `PyTorch proven`."""
ASSUMED, UNKNOWN = "assumed", "unknown"
"""Names of what is unsure of the parts of a whole: of all of them, and of neither; of one it is "both, assumed"."""

NONE = Counts()


@dataclass(frozen=True, slots=True)
class Tile:
    """
    One model on the chart: its rank, where it stands, and its name, which stands beside the first ten.

    `assumed` marks a verdict without proof, or none at all.
    """

    rank: int
    split: Split
    assumed: bool = False
    name: str = ""


@dataclass(frozen=True, slots=True)
class Tiles:
    """
    Chart form for short lists (up to MOST_TILES): a numbered tile a model, in rank order, then the four counts.

    `beside`: all come in another framework than the two, so that none is in one of these only.
    """

    tiles: tuple[Tile, ...]
    beside: bool = False

    def name(self, split: Split) -> str:
        """Name a part of the split."""
        return split.label_beside if self.beside else split.label

    @property
    def words(self) -> str:
        """The ranks of each part of the split."""
        return " ".join(filter(None, (_ranks(self, split) for split in Split)))


@dataclass(frozen=True, slots=True)
class Band:
    """One run of ranks, `first` to `last`, and how it splits; `unsure`: of each part, what is assumed or unknown."""

    first: int
    last: int
    counts: Counts
    unsure: Counts = NONE


@dataclass(frozen=True, slots=True)
class Bands:
    """Chart form for long lists: a bar of 100 % for each run of ranks, then the four counts of the whole."""

    bands: tuple[Band, ...]

    @property
    def words(self) -> str:
        """The counts of each run of ranks, in one order of the split."""
        order = ", ".join(split.label for split in Split)
        runs = (f"{b.first:,}–{b.last:,}: {'/'.join(str(b.counts.of(split)) for split in Split)}" for b in self.bands)
        return f"By rank ({order}): {'; '.join(runs)}."


@dataclass(frozen=True, slots=True)
class Bar:
    """
    One bar of 100 %: its label, its counts, and a few words beside it instead of their total ("rounded").

    `percent`: its parts are told in percent, of its total or, where there is a note, of what nobody counted. `parts`
    are those that were counted: of the others it says nothing, not even that they are none. `unsure`: of each part,
    what is assumed or unknown.
    """

    label: str
    counts: Counts
    note: str = ""
    percent: bool = False
    parts: tuple[Split, ...] = tuple(Split)
    unsure: Counts = NONE

    def say(self, split: Split) -> str:
        """Write the number of one part."""
        return self.counts.say(split, percent=self.percent)

    @property
    def words(self) -> str:
        """Its numbers in a sentence."""
        said = [f"{split.label} {self.say(split)}" for split in self.parts]
        whole = f" of {self.counts.total:,}" if self.percent and not self.note else ""
        return f"{self.label}: {', '.join(said)}{whole}"


@dataclass(frozen=True, slots=True)
class Bars:
    """
    Chart form for totals: one bar of 100 % or a few below one another, with counts and shares on their parts.

    `of`: what each bar is all of, "its repositories".
    """

    bars: tuple[Bar, ...]
    of: str = "its repositories"

    @property
    def words(self) -> str:
        """The numbers of the picture in a sentence."""
        return "; ".join(bar.words for bar in self.bars) + "."


@dataclass(frozen=True, slots=True)
class ReachBars:
    """Chart form for reach: of each framework one bar of 100 % for its files and one for what loads and converts."""

    frameworks: tuple[ReachCounts, ...]

    @property
    def words(self) -> str:
        """
        Every number of both bars: how sure the files of each are, then what loads and converts.

        The unknown are told by what is at most: said once more, the whole would not fit.
        """
        total = self.frameworks[0].total if self.frameworks else 0
        files = ", ".join(self._say_files(one) for one in self.frameworks)
        return " ".join([f"Of {total:,} each, files: {files}.", *(self._say(one) for one in self.frameworks)])

    def _say_files(self, one: ReachCounts) -> str:
        sure = one.bracket
        return f"{one.framework} {one.files:,}" + (f" ({sure})" if sure.differs else "")

    def _say(self, one: ReachCounts) -> str:
        rest = (f"{status} {n:,}" for status in Reached if status is not Reached.UNKNOWN and (n := one.of(status)))
        return f"{one.framework}: {', '.join(rest) or Reached.UNKNOWN}."


@dataclass(frozen=True, slots=True)
class SplitOfDay:
    """How the models of a list split on one day; `day` as people read it. `unsure`: what is assumed or unknown."""

    day: str
    counts: Counts
    unsure: Counts = NONE

    @property
    def assumed(self) -> int:
        """Those whose place in a part beside neither is not proven."""
        return self.unsure.total - self.unsure.neither

    @property
    def words(self) -> str:
        """Day and counts in a sentence."""
        unsure = [f"{n:,} {name}" for name, n in ((ASSUMED, self.assumed), (UNKNOWN, self.unsure.neither)) if n]
        return f"{self.day}: {self.counts}" + (f" (of these {', '.join(unsure)})" if unsure else "")


@dataclass(frozen=True, slots=True)
class Step:
    """
    One model's way between two lists: its ranks then and now, None where it was or is not among those shown.

    `unsure` marks a verdict without proof, or none at all.
    """

    name: str
    before: int | None
    now: int | None
    split: Split
    unsure: bool = False

    @property
    def distance(self) -> int:
        """By how many places it moved, up or down; 0 where it entered or left."""
        return abs(self.before - self.now) if self.before and self.now else 0

    @property
    def words(self) -> str:
        """What became of it, without its name: `new at 3`, `left, was 28`, `16 to 12`."""
        if self.before is None:
            return f"new at {self.now}"
        return f"left, was {self.before}" if self.now is None else f"{self.before} to {self.now}"


@dataclass(frozen=True, slots=True)
class Moves:
    """Chart form for changes: the split of two days, then who entered, who left and who moved, among `last` ranks."""

    days: tuple[SplitOfDay, SplitOfDay]
    steps: tuple[Step, ...]
    last: int

    @property
    def in_order(self) -> tuple[Step, ...]:
        """Those that entered, those that left, then the rest by how far they moved."""
        return tuple(sorted(self.steps, key=_news))

    @property
    def words(self) -> str:
        """Both splits, then every way."""
        ways = "; ".join(f"{step.name} {step.words}" for step in self.in_order)
        return " ".join([*(f"{one.words}." for one in self.days), f"{ways}." if ways else "No model moved."])


def _news(step: Step) -> tuple[int, int]:
    if step.before is None:
        return 0, step.now or 0
    return (1, step.before) if step.now is None else (2, -step.distance)


@dataclass(frozen=True, slots=True)
class Line:
    """One line or one run of bars of a panel: (period, value), in order of time; None where there is no reading."""

    name: str
    points: tuple[tuple[str, float | None], ...]


@dataclass(frozen=True, slots=True)
class Break:
    """A mark on the time axis: from this period on, something else is measured or done."""

    at: str
    words: str


@dataclass(frozen=True, slots=True)
class Panel:
    """
    One small chart with a title and a measure of its own; panels are never spliced into one line.

    Units:  values are fractions of 1 if `percent`, else counts. `missing` says why nothing can be shown, if so.
    `stacked`: the lines are the parts of the split, by their labels, and make a whole in each period; `unsure` are of
    each part what is assumed or unknown. Of lines that make no whole `unsure` are both ends, PROVEN and AT_MOST.
    """

    title: str
    measure: str
    lines: tuple[Line, ...] = ()
    percent: bool = True
    breaks: tuple[Break, ...] = ()
    missing: str = ""
    stacked: bool = False
    unsure: tuple[Line, ...] = ()

    @property
    def told_measure(self) -> str:
        """The measure, and that some count twice where shares of one whole add to more than it."""
        return ", ".join(filter(None, (self.measure, TWICE if self._is_more_than_whole else "")))

    @property
    def _is_more_than_whole(self) -> bool:
        by_period: dict[str, float] = {}
        for period, value in (point for line in self.lines for point in line.points):
            by_period[period] = by_period.get(period, 0.0) + (value or 0.0)
        return self.percent and any(total > 1 + ROUNDED for total in by_period.values())

    @property
    def words(self) -> str:
        """First and last values in a sentence."""
        if self.missing:
            return f"{self.title}: missing, {self.missing}."
        return (
            f"{self.title} ({self.told_measure}): "
            + "; ".join(self._ends(line) for line in (*self.lines, *self.unsure))
            + "."
        )

    def _ends(self, line: Line) -> str:
        known = [(period, value) for period, value in line.points if value is not None]
        ends = dict.fromkeys([known[0], known[-1]]) if known else []
        said = ", ".join(f"{tell_period(p)} {share(v, 1) if self.percent else f'{v:,.0f}'}" for p, v in ends)
        return f"{line.name} {said or 'no reading'}"


@dataclass(frozen=True, slots=True)
class Panels:
    """Chart form for developments: one to three panels over time."""

    panels: tuple[Panel, ...]

    @property
    def words(self) -> str:
        """All panels, one after the other."""
        return " ".join(panel.words for panel in self.panels)


@dataclass(frozen=True, slots=True)
class Shelf:
    """One official collection: how many of its own unit, and what else must be said; `count` None if there is none."""

    name: str
    count: int | None
    unit: str
    note: str = ""
    then: int | None = None


@dataclass(frozen=True, slots=True)
class Camp:
    """The collections of one side; their counts are of unlike units and are never added."""

    name: str
    shelves: tuple[Shelf, ...]


@dataclass(frozen=True, slots=True)
class Camps:
    """Chart form for the official collections: one group a camp, one row a collection."""

    camps: tuple[Camp, ...]

    @property
    def words(self) -> str:
        """Every collection with its count and unit."""
        return " ".join(f"{camp.name}: {'; '.join(map(_shelf, camp.shelves))}." for camp in self.camps)


class Held(StrEnum):
    """Whether, and how surely, a model can be had in a framework; CONVERSION is a format and no framework."""

    YES = "yes"
    ASSUMED = "assumed"
    THROUGH_KERAS = "through Keras 3"
    CONVERTS = "converts on load"
    MAY_CONVERT = "may convert on load"
    DECLARED = "declared"
    INHERITED = "inherited"
    CONVERSION = "conversion"
    UNKNOWN = "unknown"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Cell:
    """
    One framework of one model: how it stands, a few words of proof ("tf_model.h5"), through what it converts.

    `limit`: before what its files load, where none still released loads them ("only before transformers 5").
    """

    status: Held
    words: str = ""
    through: str = ""
    limit: str = ""


@dataclass(frozen=True, slots=True)
class Matrix:
    """Chart form for one model or two: a row a framework, a column a model; `cells` are row by row."""

    models: tuple[str, ...]
    frameworks: tuple[str, ...]
    cells: tuple[tuple[Cell, ...], ...]

    @property
    def words(self) -> str:
        """Every cell, model by model."""
        columns = zip(self.models, zip(*self.cells, strict=True), strict=True)
        return " ".join(f"{model}: {', '.join(self._say(column))}." for model, column in columns)

    def _say(self, column: tuple[Cell, ...]) -> list[str]:
        return [_cell(name, cell) for name, cell in zip(self.frameworks, column, strict=True)]


Chart = Tiles | Bands | Bars | ReachBars | Moves | Panels | Camps | Matrix


def as_json(chart: Chart) -> dict[str, Any]:
    """Give all that a picture shows as data: its form, then the fields of the form; new forms need nothing for it."""
    return {"form": type(chart).__name__} | asdict(chart)


def _cell(framework: str, cell: Cell) -> str:
    if cell.status is Held.CONVERSION:
        return f"converted to {cell.words}"
    beside = ", ".join(filter(None, (cell.words, cell.limit)))
    return f"{framework} {cell.status}" + (f" ({beside})" if beside else "")


def _shelf(shelf: Shelf) -> str:
    return f"{shelf.name} {'without a count' if shelf.count is None else f'{shelf.count:,} {shelf.unit}'}"


def _ranks(chart: Tiles, split: Split) -> str:
    ranks = [str(tile.rank) for tile in chart.tiles if tile.split is split]
    return f"{sentence(chart.name(split))}: {verb(len(ranks), 'rank', 'ranks')} {', '.join(ranks)}." if ranks else ""
