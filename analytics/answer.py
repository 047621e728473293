"""
The waist of the project: what is asked and what is answered, as plain frozen values.

Everything true is on one side of these values and everything shown on the other. The terminal prints an `Answer`,
Slack renders it, the digest is made of several, tests compare it. So there is no markup, colour or layout here, and the
sentences that several faces share (subtitle, source line, alternative text) are derived here once, so that
picture, table and message cannot disagree.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

MOST_TILES = 50
"""Numbered tiles stay legible at 360 px up to five rows of ten; longer lists are drawn as bands of ranks."""

SORTS: Mapping[str, str] = {
    "downloads": "downloads in the last 30 days",
    "likes": "likes of all time",
    "trending": "the Hub's trending score",
}
"""How a top list can be ranked, and what the measure is called. The keys are the words people type."""

MOST_MODELS = 1000
"""The longest top list: one full page of the Hub's listing (it clamps `limit` to 1000)."""


class Definition(StrEnum):
    """What makes a model "a PyTorch model". The two are never mixed in one number."""

    ATTRIBUTED = "attributed"
    DECLARED = "declared"


WHAT_COUNTS: Mapping[Definition, str] = {
    Definition.ATTRIBUTED: "by files, library and tags",
    Definition.DECLARED: "by the Hub's tags pytorch and tf alone",
}


class Split(StrEnum):
    """Where a model stands among {PyTorch, TensorFlow}; other frameworks are reported beside it and do not move it."""

    PYTORCH_ONLY = "pytorch_only"
    TENSORFLOW_ONLY = "tensorflow_only"
    BOTH = "both"
    NEITHER = "neither"

    @property
    def label(self) -> str:
        """The same four words on charts, in tables and in sentences."""
        return {"pytorch_only": "PyTorch only", "tensorflow_only": "TensorFlow only"}.get(self, self.value)


@dataclass(frozen=True, slots=True)
class Counts:
    """How many models fall into each part of the split; the denominator is `total`."""

    pytorch_only: int = 0
    tensorflow_only: int = 0
    both: int = 0
    neither: int = 0

    @property
    def total(self) -> int:
        """All models counted: the denominator of every share made from these counts."""
        return self.pytorch_only + self.tensorflow_only + self.both + self.neither

    @property
    def pytorch(self) -> int:
        """Models to be had in PyTorch, those in both included."""
        return self.pytorch_only + self.both

    @property
    def tensorflow(self) -> int:
        """Models to be had in TensorFlow, those in both included."""
        return self.tensorflow_only + self.both

    def of(self, split: Split) -> int:
        """Give the count of one part."""
        return int(getattr(self, split.value))

    def as_json(self) -> dict[str, int]:
        """Give the four keys of the contract."""
        return {split.value: self.of(split) for split in Split}

    def __str__(self) -> str:
        return ", ".join(f"{split.label} {self.of(split):,}" for split in Split)


# ---------------------------------------------------------------------------------------------------- what is asked


@dataclass(frozen=True, slots=True)
class Top:
    """The `n` first models of the Hub by some measure. `n` is 1 to MOST_MODELS, `by` one of SORTS."""

    n: int = 30
    by: str = "downloads"
    task: str | None = None
    author: str | None = None
    definition: Definition = Definition.ATTRIBUTED

    @property
    def words(self) -> str:
        """The canonical words: asking them again asks this again."""
        parts = [f"top{self.n}"]
        parts += [f"by {self.by}"] if self.by != "downloads" else []
        parts += [f"task {self.task}"] if self.task else []
        parts += [f"author {self.author}"] if self.author else []
        return " ".join([*parts, self.definition.value])


Request = Top


# ------------------------------------------------------------------------------------------------- what is answered


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a reading came from, enough to find it again."""

    producer: str
    title: str
    address: str
    accessed: str
    revision: str | None = None
    licence: str | None = None

    def as_json(self) -> dict[str, str | None]:
        """Give the keys of the contract."""
        keys = ("producer", "title", "address", "revision", "accessed", "licence")
        return {key: getattr(self, key) for key in keys}


Value = str | int | float | None


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under named columns; None is a value that could not be had, shown as a dash and never as a zero."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    caption: str

    def as_json(self) -> dict[str, list[Any]]:
        """Give columns and rows as lists."""
        return {"columns": list(self.columns), "rows": [list(row) for row in self.rows]}


@dataclass(frozen=True, slots=True)
class Series:
    """One line of a chart: (label of the period, value), values as fractions of 1 or counts, as the axis says."""

    name: str
    points: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Tile:
    """One model on the chart: its rank and where it stands. `assumed` marks a verdict without proof."""

    rank: int
    split: Split
    assumed: bool = False


@dataclass(frozen=True, slots=True)
class Tiles:
    """Chart form for short lists (up to MOST_TILES): a numbered tile a model, in rank order, then the four counts."""

    tiles: tuple[Tile, ...]


@dataclass(frozen=True, slots=True)
class Band:
    """One run of ranks, `first` to `last`, and how it splits."""

    first: int
    last: int
    counts: Counts


@dataclass(frozen=True, slots=True)
class Bands:
    """Chart form for long lists: a bar of 100 % for each run of ranks, then the four counts of the whole."""

    bands: tuple[Band, ...]


Chart = Tiles | Bands


@dataclass(frozen=True, slots=True)
class Answer:
    """
    One question answered, with everything needed to trust it or to doubt it.

    Units:   `as_of` is an aware UTC moment, the moment of the reading and not of the asking; `counts` are models.
    `title`: the finding in at most ten words, for the chart and wherever one line must do.
    `scope`: what was measured, over which models: the subtitle without the date.
    `detail`: sentences; the first says the counts, which a chart shows too.
    """

    question: str
    headline: str
    title: str
    scope: str
    as_of: dt.datetime
    definition: Definition | None
    reproduce: str
    detail: tuple[str, ...] = ()
    caveats: tuple[str, ...] = ()
    sample: bool = False
    stale: bool = False
    counts: Counts | None = None
    frameworks: Mapping[str, int] = field(default_factory=dict)
    table: Table | None = None
    series: tuple[Series, ...] = ()
    origins: tuple[Origin, ...] = ()
    chart: Chart | None = None

    @property
    def day(self) -> str:
        """The day of the reading, in UTC, written so that no reader confuses day and month."""
        return f"{self.as_of.day} {self.as_of:%b %Y}"

    @property
    def freshness(self) -> str:
        """Say in a word when the numbers are not today's; empty when they are."""
        if self.sample:
            return "SAMPLE, not live"
        return "STALE, the Hub did not answer" if self.stale else ""

    @property
    def subtitle(self) -> str:
        """Measure, scope and period: the line under the title."""
        return f"{self.scope} · {self.day}"

    @property
    def source_line(self) -> str:
        """Who says so, and by which rule: the foot of every chart."""
        producers = dict.fromkeys(origin.producer for origin in self.origins)
        definition = f"{self.definition}: {WHAT_COUNTS[self.definition]}" if self.definition else ""
        return " · ".join(part for part in ("Source: " + ", ".join(producers), definition) if part)

    @property
    def alt_text(self) -> str:
        """The chart for those who cannot see it: the finding and every number on it (under 1,000 characters)."""
        parts = [f"{self.headline}.", f"{self.subtitle}."]
        if self.counts:
            parts.append(f"Of {self.counts.total:,} models: {self.counts}.")
        if isinstance(self.chart, Tiles):
            parts += [_ranks(self.chart, split) for split in Split]
        if isinstance(self.chart, Bands):
            parts += [_bands(self.chart)]
        parts += [f"{self.source_line}.", f"{self.freshness}." if self.freshness else ""]
        text = " ".join(part for part in parts if part)
        return text if len(text) <= ALT_TEXT_LIMIT else text[: ALT_TEXT_LIMIT - 1] + "…"

    def as_json(self) -> dict[str, Any]:
        """
        Give the shape that `--json` prints: a contract, so keys are only ever added.

        Keys that do not apply are null or empty.
        """
        return {
            "question": self.question,
            "headline": self.headline,
            "detail": list(self.detail),
            "caveats": list(self.caveats),
            "as_of": iso(self.as_of),
            "definition": self.definition.value if self.definition else None,
            "sample": self.sample,
            "stale": self.stale,
            "counts": self.counts.as_json() if self.counts else None,
            "frameworks": dict(self.frameworks),
            "table": self.table.as_json() if self.table else None,
            "series": [{"name": s.name, "points": [list(point) for point in s.points]} for s in self.series],
            "origins": [origin.as_json() for origin in self.origins],
            "reproduce": self.reproduce,
        }


ALT_TEXT_LIMIT = 1000
"""Slack's limit for the alternative text of an uploaded file (`alt_txt_too_large` beyond it)."""


def iso(moment: dt.datetime) -> str:
    """Write an aware moment as UTC to the second, `2026-08-22T01:15:00Z`."""
    return f"{moment.astimezone(dt.UTC):%Y-%m-%dT%H:%M:%SZ}"


def _ranks(chart: Tiles, split: Split) -> str:
    ranks = [str(tile.rank) for tile in chart.tiles if tile.split is split]
    return f"{split.label[0].upper()}{split.label[1:]}: ranks {', '.join(ranks)}." if ranks else ""


def _bands(chart: Bands) -> str:
    order = ", ".join(split.label for split in Split)
    runs = (f"{b.first:,}–{b.last:,}: {'/'.join(str(b.counts.of(split)) for split in Split)}" for b in chart.bands)
    return f"By rank ({order}): {'; '.join(runs)}."
