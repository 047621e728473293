"""
What can be asked, as plain frozen values: one class a question.

Each has canonical `words`: asking them again asks the same again. The grammar makes these from what people type.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

SORTS: Mapping[str, str] = {
    "downloads": "downloads in the last 30 days",
    "likes": "likes of all time",
    "trending": "the Hub's trending score",
    "alltime": "downloads of all time",
}
"""How a top list can be ranked, and what the measure is called. The keys are the words people type."""

ALLTIME = "alltime"
LISTED = tuple(sort for sort in SORTS if sort != ALLTIME)
"""What the Hub's own listing can sort by; the rest comes from the census."""

MOST_MODELS = 1000
"""The longest top list: one full page of the Hub's listing (it clamps `limit` to 1000)."""

YEAR_OF_ARTICLE = "2022"
"""The year whose readings stand beside today's: the article's."""


class Definition(StrEnum):
    """What makes a model "a PyTorch model". The two are never mixed in one number."""

    ATTRIBUTED = "attributed"
    DECLARED = "declared"

    @property
    def other(self) -> "Definition":
        """The one of the two that this is not."""
        return Definition.DECLARED if self is Definition.ATTRIBUTED else Definition.ATTRIBUTED

    @property
    def aside(self) -> str:
        """Say behind what was counted that its tags alone were, if so: "PyTorch only 8" would else be false alone."""
        return " by the Hub's tags alone" if self is Definition.DECLARED else ""


WHAT_COUNTS: Mapping[Definition, str] = {
    Definition.ATTRIBUTED: "by files, library and tags",
    Definition.DECLARED: "by the Hub's tags pytorch and tf alone",
}


@dataclass(frozen=True, slots=True)
class Top:
    """
    The `n` first models of the Hub by some measure. `n` is 1 to MOST_MODELS, `by` one of SORTS.

    `framework`: only those that come in it; `only`: and in no other of those compared; `loadable`: or that convert into
    it on load. `reach`: how each framework is reached, what converts on load beside the files. `originals`: without
    quantised or converted copies of others, and without test fixtures.
    """

    n: int = 30
    by: str = "downloads"
    task: str | None = None
    author: str | None = None
    definition: Definition = Definition.ATTRIBUTED
    framework: str | None = None
    only: bool = False
    loadable: bool = False
    reach: bool = False
    originals: bool = False

    @property
    def words(self) -> str:
        """The canonical words: asking them again asks this again."""
        return f"{self.short_words} {self.definition.value}"

    @property
    def short_words(self) -> str:
        """The same without the definition, for whoever is offered a question to type."""
        parts = [f"top{self.n}"]
        how = " only" if self.only else " loadable" if self.loadable else ""
        parts += ["reach"] if self.reach else []
        parts += ["originals"] if self.originals else []
        parts += [f"in {name_in_words(self.framework)}{how}"] if self.framework else []
        parts += [f"by {self.by}"] if self.by != "downloads" else []
        parts += [f"task {self.task}"] if self.task else []
        parts += [f"author {self.author}"] if self.author else []
        return " ".join(parts)


class Aspect(StrEnum):
    """What is told of all models: how many they are, or one of these; the words that people type after `totals`."""

    MODELS = ""
    DOWNLOADS = "by downloads"
    LIBRARY = "by library"
    LICENCE = "by licence"
    DEAD = "dead"


NAMED = (Aspect.LIBRARY, Aspect.LICENCE)
"""What a repository names, of which a census keeps all tasks together."""


@dataclass(frozen=True, slots=True)
class Totals:
    """
    All models of the Hub by framework.

    `since` is a year whose readings stand beside, so far 2022, the article's; `reach` as of a top list. `every`: every
    repository is counted, not originals and fine-tunes alone; under *declared* it is so anyway (`counts_every`).
    `aspect` stands beside none of them; by library or licence (NAMED) there is one definition, and no task.
    """

    definition: Definition = Definition.ATTRIBUTED
    task: str | None = None
    since: str | None = None
    reach: bool = False
    every: bool = False
    aspect: Aspect = Aspect.MODELS

    @property
    def words(self) -> str:
        """The canonical words: asking them again asks this again."""
        task = [f"task {self.task}"] if self.task else []
        since = [f"since {self.since}"] if self.since else []
        reach = ["reach"] if self.reach else []
        every = [EVERY] if self.every else []
        aspect = [self.aspect.value] if self.aspect else []
        return " ".join(["totals", *reach, *every, *aspect, self.definition.value, *task, *since])


@dataclass(frozen=True, slots=True)
class Trend:
    """New models by quarter and framework, their growth, or the share of `downloads` by month; `every` as of totals."""

    definition: Definition = Definition.ATTRIBUTED
    task: str | None = None
    every: bool = False
    downloads: bool = False

    @property
    def words(self) -> str:
        """The canonical words: asking them again asks this again."""
        task = [f"task {self.task}"] if self.task else []
        measured = [Aspect.DOWNLOADS.value] if self.downloads else []
        return " ".join(["trend", *([EVERY] if self.every else []), *measured, self.definition.value, *task])


EVERY, ORIGINALS = "all", "originals"
"""What totals and trend count, by the words people type: every repository, or originals and fine-tunes with weights."""


def counts_every(request: Totals | Trend) -> bool:
    """Tell whether every repository is counted: where it is asked for, and by the tags, as the article counted."""
    return request.every or request.definition is Definition.DECLARED


PAPER_SOURCES = ("archive", "successor", "hub")
OVERLAP = "overlap"
"""What papers are counted from, by the words people type, and the word for two of them side by side."""


@dataclass(frozen=True, slots=True)
class Papers:
    """
    Papers' code by framework and quarter; one quarter (`2021Q4`), or one year (`2021`), if given as `quarter`.

    `source` is one of PAPER_SOURCES, or OVERLAP for two of them over the quarters they share; by default the one whose
    newest quarter can carry a finding. Of the archive, `per` is what is counted: "pair" of paper and repository,
    "repository" (once, by its earliest paper) or "paper"; `official` keeps the authors' own code only.
    """

    quarter: str | None = None
    official: bool = False
    per: str = "pair"
    source: str = ""

    @property
    def words(self) -> str:
        """The canonical words: asking them again asks this again."""
        official = "official" if self.official else ""
        per = f"per {self.per}" if self.is_of_archive else ""
        return " ".join(filter(None, ("papers", self.source, self.quarter, official, per)))

    @property
    def is_of_year(self) -> bool:
        """Whether a whole year is asked for: its quarters are added up."""
        return bool(self.quarter) and "Q" not in str(self.quarter)

    @property
    def is_of_archive(self) -> bool:
        """Whether it may ask the archive, which alone tells units and the authors' own code apart."""
        return self.source not in ("successor", "hub")


@dataclass(frozen=True, slots=True)
class Official:
    """The official collections of both camps, or of one: "pytorch" or "tensorflow"."""

    camp: str | None = None

    @property
    def words(self) -> str:
        """The canonical words: asking them again asks this again."""
        return " ".join(["official", *([self.camp] if self.camp else [])])


@dataclass(frozen=True, slots=True)
class OneModel:
    """In which frameworks one model can be had; `framework` is the one, or the format, asked for ("TensorFlow")."""

    id: str
    framework: str | None = None

    @property
    def words(self) -> str:
        """The canonical words: asking them again asks this again."""
        wanted = f" in {name_in_words(self.framework)}" if self.framework else ""
        return f"model {self.id}{wanted}"


@dataclass(frozen=True, slots=True)
class Compare:
    """Two models side by side."""

    first: str
    second: str

    @property
    def words(self) -> str:
        """The canonical words: asking them again asks this again."""
        return f"compare {self.first} {self.second}"


@dataclass(frozen=True, slots=True)
class Changes:
    """
    What changed among the top 30 by downloads since a day, by default since a week ago, until now or another day.

    Both are a day (`2026-08-07`) or, as a receipt has it, the moment of one list (`2026-08-07T09:00:00Z`).
    """

    since: str | None = None
    until: str | None = None

    @property
    def words(self) -> str:
        """The canonical words: asking them again asks this again."""
        parts = [f" {word} {day}" for word, day in (("since", self.since), ("until", self.until)) if day]
        return f"changes{''.join(parts)}"


def last_instant(text: str) -> dt.datetime:
    """Give the last instant of a day, or of the second of a moment; `text` as ISO 8601 writes them."""
    moment = dt.datetime.fromisoformat(text)
    if moment.tzinfo:
        return moment.replace(microsecond=999_999)
    return moment.replace(tzinfo=dt.UTC) + dt.timedelta(days=1, microseconds=-1)


@dataclass(frozen=True, slots=True)
class New:
    """Models created since a day (`2026-11-19`), by default in the last week; of a framework, a task, an account."""

    framework: str | None = None
    task: str | None = None
    author: str | None = None
    since: str | None = None

    @property
    def words(self) -> str:
        """The canonical words: asking them again asks this again."""
        parts = ["new", *([f"in {name_in_words(self.framework)}"] if self.framework else [])]
        parts += [f"task {self.task}"] if self.task else []
        parts += [f"author {self.author}"] if self.author else []
        return " ".join([*parts, *([f"since {self.since}"] if self.since else [])])


@dataclass(frozen=True, slots=True)
class Why:
    """A fact explained: one of the topics of `analytics/explanations`."""

    topic: str

    @property
    def words(self) -> str:
        """The canonical words: asking them again asks this again."""
        return f"why {self.topic}"


@dataclass(frozen=True, slots=True)
class LoadModel:
    """How a model is loaded in a framework or format; without a model the general way, without either what there is."""

    id: str | None = None
    framework: str | None = None

    @property
    def words(self) -> str:
        """The canonical words: asking them again asks this again."""
        wanted = [f"in {name_in_words(self.framework)}"] if self.framework else []
        return " ".join(["load", *([self.id] if self.id else []), *wanted])


@dataclass(frozen=True, slots=True)
class Formats:
    """All file formats that one model comes in."""

    id: str

    @property
    def words(self) -> str:
        """The canonical words: asking them again asks this again."""
        return f"formats {self.id}"


@dataclass(frozen=True, slots=True)
class Share:
    """
    What part of the most downloaded models, or of their downloads, falls to each framework or to one format.

    `of` is "downloads" or "models"; `wanted` a framework or format ("GGUF").
    """

    wanted: str | None = None
    of: str = "downloads"

    @property
    def words(self) -> str:
        """The canonical words: asking them again asks this again."""
        question = "share" if self.of == "downloads" else "totals"
        return f"{question} in {name_in_words(self.wanted)}" if self.wanted else question


def name_in_words(name: str) -> str:
    """Write a framework or format as it is typed: `coreml`."""
    return name.casefold().replace(" ", "")


OfModels = OneModel | Compare | Formats | LoadModel
Request = Changes | Top | Totals | Trend | Papers | Official | New | Why | Share | OfModels


def is_asked_live(request: Request) -> bool:
    """Tell whether the Hub is asked for the answer when somebody asks; the rest is collected at times of its own."""
    live = isinstance(request, Top | New | Share | OneModel | Compare | Formats | LoadModel)
    return live and not (isinstance(request, Top) and request.by == ALLTIME)


def under_the_other_definition(request: Request) -> Request | None:
    """Ask the same under the other definition; None where there is only one."""
    match request:
        case Top(framework=str()):
            return None  # a tag alone is no framework a model comes in, so there is no other definition to count by
        case Top(reach=True) | Totals(reach=True):
            return None  # what converts is told beside files, which tags alone do not show
        case Totals(aspect=Aspect.LIBRARY | Aspect.LICENCE):
            return None  # the census keeps what repositories name of the attributed alone
        case Totals() | Trend():
            return replace(request, definition=request.definition.other, every=False)
        case Top():
            return replace(request, definition=request.definition.other)
        case _:
            return None
