"""
The library table: which framework a Hub library stands for.

`libraries.csv` beside this package, one row a key: `framework` is one class, several joined by `|` when the files must
decide, `Conversion` (to the format under `conversion`), `None` (published without weights of its own) or `Unknown`.

`origin` says where a key comes from: `hub` the library list of huggingface.js, `seen` a `library_name` met on the Hub
that the list does not have, `named` a name that its own project goes by and that was not met yet, `tool` a tag that a
library writes itself, `tag` a format or framework tag that also occurs as a library name, `dated` an older meaning of a
key. Which list it was stands in `SOURCE`; `.venv/bin/python -m analytics.attribution.refresh` compares the table with a
newer one.
"""

import csv
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from analytics.attribution.letters import lower, lower_in_sql
from analytics.attribution.rule import DECLARED_TAGS, KERAS_TAG_CHANGED, RUN_OF_FILE_TAGS
from analytics.attribution.verdicts import FRAMEWORKS
from analytics.domain.observations import Model

if TYPE_CHECKING:
    import pyarrow as pa

SOURCE = "huggingface.js, packages/tasks/src/model-libraries.ts, @huggingface/tasks 0.21.54"
DATE = "2026-09-29"
"""The list the `hub` rows were compared with last; the framework of each is our own reading of its documentation."""

DATED: Mapping[str, tuple[str, str]] = {"keras": (KERAS_TAG_CHANGED, f"keras before {KERAS_TAG_CHANGED}")}
"""Keys whose meaning changed: the day, and the row that holds the meaning before it."""


@dataclass(frozen=True, slots=True)
class Library:
    """One row of the table."""

    key: str
    frameworks: tuple[str, ...]
    conversion: str
    derivative: str
    origin: str

    @property
    def says(self) -> bool:
        """Whether it tells anything; the library an author made up does not hide one that does."""
        return bool(self.frameworks or self.conversion)

    @property
    def named(self) -> tuple[str, ...]:
        """The classes it can stand for; exports among its alternatives are none."""
        return tuple(name for name in self.frameworks if name in FRAMEWORKS)

    @property
    def framework(self) -> str | None:
        """The one framework it stands for, None where it may be several or says nothing."""
        return self.named[0] if len(self.frameworks) == 1 and self.named else None


@cache
def table_text() -> str:
    """Read the shipped file; importlib.resources is imported here because it takes a third of this package's start."""
    from importlib.resources import files as package_files

    return package_files("analytics.attribution").joinpath("libraries.csv").read_text(encoding="utf-8")


MARKS = ("_", " ", ".")
"""What authors write for a dash: scikit_learn, "Model Optimizer", pyannote.audio."""


def spell(key: str) -> str:
    """Spell a library as the table is looked up."""
    small = lower(key)
    for mark in MARKS:
        small = small.replace(mark, "-")
    return small


def spell_in_arrow(texts: "pa.StringArray") -> "pa.StringArray":
    """Do the same of many."""
    import pyarrow.compute as pc

    small = pc.ascii_lower(texts)
    for mark in MARKS:
        small = pc.replace_substring(small, mark, "-")
    return small


def spell_in_sql(column: str) -> str:
    """Do the same of a column."""
    small = lower_in_sql(column)
    for mark in MARKS:
        small = f"replace({small}, '{mark}', '-')"
    return small


@cache
def libraries() -> Mapping[str, Library]:
    """Read the shipped table, by key as `spell` spells it."""
    return {
        spell(row["key"]): Library(
            row["key"],
            tuple(name for name in row["framework"].split("|") if name not in ("Conversion", "Unknown", "None")),
            row["conversion"],
            row["derivative"],
            row["origin"],
        )
        for row in csv.DictReader(table_text().splitlines())
    }


@cache
def library_frameworks() -> Mapping[str, tuple[str, ...]]:
    """Give the frameworks each key can stand for, () when it says nothing."""
    return {library.key: library.named for library in libraries().values()}


@cache
def library_tags() -> frozenset[str]:
    """Give the tags that are a library wherever they stand: the Hub's own list, and what tools write."""
    return _keys("hub", "tool")


@cache
def first_tags() -> frozenset[str]:
    """
    Give the tags that are a library in the first place, where the Hub writes it as its author spells it.

    Spelt as the table is looked up (`spell`): further on `stable-diffusion` and `Hermes` are words of the author's.
    """
    return frozenset(map(spell, library_tags() | _keys("seen", "named")))


@cache
def opening_tags() -> frozenset[str]:
    """Give the first tags behind which the Hub's own stand, as they are written: what it says of files, and exports."""
    exports = {library.key for library in libraries().values() if library.origin == "tag" and library.conversion}
    return RUN_OF_FILE_TAGS | exports


@cache
def opening_libraries() -> frozenset[str]:
    """Give the libraries behind which they stand, so spelt; not what authors write of a framework (`PyTorch`)."""
    known = {key for key, library in libraries().items() if library.origin in ("hub", "seen", "named", "tool")}
    return frozenset(known - {tag for tag, _ in DECLARED_TAGS})


def _keys(*origins: str) -> frozenset[str]:
    return frozenset(library.key for library in libraries().values() if library.origin in origins and library.says)


def is_library_first(tag: str) -> bool:
    """Tell whether a tag in the first place names a library; what the Hub says of files there names none."""
    return tag in library_tags() or (tag not in RUN_OF_FILE_TAGS and spell(tag) in first_tags())


def library_of(model: Model) -> str | None:
    """
    Give the library: the one named, if the table knows what it means, else the first tag that is one (`timm`).

    So the Hub fills in `library_name` itself, some lists have no such column, and authors invent names.
    """
    if not model.tags or tells(model.library):
        return model.library or None
    if is_library_first(model.tags[0]):
        return model.tags[0]
    return next((tag for tag in model.tags if tag in library_tags()), model.library or None)


def tells(library: str | None) -> bool:
    """Tell whether the table knows what a library means; one that it does not hides none that it does."""
    row = look_up(library, None)
    return row is not None and row.says


def look_up(library: str | None, created_at: str | None) -> Library | None:
    """Find the row of a library as it was meant when the repository was made."""
    key = spell(library or "")
    changed, before = DATED.get(key, ("", ""))
    if created_at and created_at[:10] < changed:
        key = spell(before)
    return libraries().get(key)


def unknown_libraries(models: Iterable[Model]) -> Counter[str]:
    """Count the library names met that the table does not know."""
    return Counter(model.library for model in models if model.library and look_up(model.library, None) is None)
