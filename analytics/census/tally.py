# ruff: noqa: S608 - a pattern of our own, quoted
"""
Go through a cache once and leave in DuckDB what is small: how many rows there are of each outline, and their papers.

`parts`: models and downloads by outline, quarter and so on, where several rows may be of the same; `conversion` is a
number of `conversion_codes`, `licence` the first that a repository names. `names`: what
the codes of tasks, libraries and licences are called. `cited`: the arXiv papers of outlines.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from analytics.attribution.sql_spelling import text
from analytics.census.arrow_arrays import as_numbers, fill, is_told
from analytics.census.conversion_codes import ConversionCoder, collect_words
from analytics.census.fingerprints import COLUMNS, Fingerprinter, MetOutlines, NameNumbers, Outlined
from analytics.census.outlines import find_next, mix, number_alike, sum_exactly
from analytics.census.row_groups import WORKERS, share_out
from analytics.census.tag_codes import LICENCE, LICENCE_TAG, PAPER, list_words
from analytics.reach.conversion_tables import Listings

if TYPE_CHECKING:
    import duckdb
    import numpy as np
    import pyarrow as pa

    Columns = dict[str, np.ndarray]

TABLES = """
    CREATE TABLE parts (outline UBIGINT, quarter INTEGER, band TINYINT, task INTEGER, library INTEGER,
        licence INTEGER, conversion TINYINT, models BIGINT, downloads BIGINT);
    CREATE TABLE names (code INTEGER, name VARCHAR);
    CREATE TABLE cited (outline UBIGINT, quarter INTEGER, paper VARCHAR)"""

ARXIV = "arxiv:[0-9]{2}(0[1-9]|1[0-2])[.][0-9]{4,5}"
CITED = f"SELECT DISTINCT * FROM fresh WHERE regexp_full_match(paper, {text(ARXIV)})"

ALIKE, MEASURES = "alike", ("models", "downloads")
"""Beside the columns of `parts`: a number of what is alike in all but the last two, which are added up."""

MOST_WAITING = 200_000
"""Rows of `parts` that wait to be written: what is alike in them is put together, and a query has its price."""

BANDS = [10**digits for digits in range(7)]
"""Downloads from which on the next band begins: how many digits they have, 0 for none."""


def lay_down(
    opened: "duckdb.DuckDBPyConnection",
    cache: Path,
    met: MetOutlines,
    listings: Listings,
    headers: Mapping[str, str] | None = None,
) -> None:
    """
    Fill TABLES from a cache; `met` has one repository of each outline then.

    `listings`: what libraries list to convert. `headers`: what safetensors headers of single models state, by id.
    """
    names, judged = NameNumbers(), dict[int, int]()
    words = list_words(collect_words(listings))
    workers = [
        _Tally(
            Fingerprinter(opened.cursor(), headers or {}, names, words, met), ConversionCoder(listings, names, judged)
        )
        for _ in range(WORKERS)
    ]
    share_out(cache, (*COLUMNS, "id", "task", "downloads"), workers)
    called = [name and name.removeprefix(LICENCE_TAG) for name in names.known]
    found = {"codes": list(names.known.values()), "names": called}
    opened.execute("INSERT INTO names SELECT unnest($codes), unnest($names)", found)


@dataclass(frozen=True, slots=True)
class _Tally:
    """One worker."""

    fingerprinter: Fingerprinter
    coder: ConversionCoder
    counted: "list[Columns]" = field(default_factory=list)

    def take(self, rows: "pa.Table") -> None:
        """Bring rows into the tables."""
        seen = self.fingerprinter.outline(rows)
        keys = {"outline": seen.outlines, "quarter": seen.quarters}
        one_of_each = self._count(seen, keys)
        self._cite(seen, keys)
        self.fingerprinter.keep_fresh(seen, one_of_each)

    def _count(self, seen: Outlined, keys: "Mapping[str, np.ndarray]") -> "np.ndarray":
        """Count the rows that are alike in everything, and their downloads; gives one row of each."""
        import numpy as np

        numbers, bands = _read_downloads(seen.rows["downloads"])
        looks = seen.looks
        told = {"task": looks.task, "library": looks.library, "licence": code_licences(seen, self.fingerprinter.names)}
        columns = {**keys, "band": bands, "conversion": self.coder.code(seen)}
        alike = mix((*columns.values(), mix(tuple(told.values())).take(looks.of)))
        kinds, first = number_alike(alike)
        each = {name: values[first] for name, values in columns.items()}
        each |= {name: codes[looks.of[first]] for name, codes in told.items()}
        sums = {"models": np.bincount(kinds), "downloads": sum_exactly(kinds, numbers, len(first))}
        self.counted.append({ALIKE: alike[first], **each, **sums})
        if sum(len(one["models"]) for one in self.counted) > MOST_WAITING:
            self.write()
        return first

    def finish(self) -> None:
        """Bring what waits into the tables."""
        self.write()
        self.fingerprinter.write()

    def write(self) -> None:
        """Bring what was counted so far into the tables."""
        if self.counted:
            self.fingerprinter.insert("parts", _join(self.counted))
            self.counted.clear()

    def _cite(self, seen: Outlined, keys: "Mapping[str, np.ndarray]") -> None:
        import numpy as np

        looks = seen.looks
        papers = looks.tags.keep(np.flatnonzero(seen.traits & PAPER))
        rows = np.flatnonzero((papers.ends > papers.starts)[looks.of])
        _, first = number_alike(mix((*(of[rows] for of in keys.values()), looks.of[rows])))
        rows = rows[first]
        cited = papers.pick(looks.of[rows])
        rows = np.repeat(rows, cited.ends - cited.starts)
        _, first = number_alike(mix((*(of[rows] for of in keys.values()), cited.places)))
        columns = {name: of[rows[first]] for name, of in keys.items()}
        words = cited.words.take(as_numbers(cited.places[first]))
        self.fingerprinter.insert("cited", {**columns, "paper": words}, CITED)


def code_licences(seen: Outlined, names: NameNumbers) -> "np.ndarray":
    """Give the number of the first licence that each look names, 0 for none."""
    import numpy as np

    tags = seen.looks.tags
    place = find_next((seen.traits & LICENCE) != 0, tags)
    named = np.flatnonzero(place < tags.ends)
    words, which = np.unique(tags.places[place[named]], return_inverse=True)
    codes = np.zeros(len(place), np.int32)
    codes[named] = np.array(names.code_words(tags.words.take(as_numbers(words)).to_pylist()), np.int32)[which]
    return codes


def _join(counted: "list[Columns]") -> "Columns":
    """Put lots together, rows that are alike in everything to one."""
    import numpy as np

    columns = {name: np.concatenate([one[name] for one in counted]) for name in counted[0]}
    kinds, first = number_alike(columns.pop(ALIKE))
    return {
        name: sum_exactly(kinds, values, len(first)) if name in MEASURES else values[first]
        for name, values in columns.items()
    }


def _read_downloads(downloads: "pa.ChunkedArray") -> "tuple[np.ndarray, np.ndarray]":
    """Give the downloads of 30 days, and their band; none and -1 where they are unknown."""
    import numpy as np

    told = downloads.combine_chunks()
    numbers = fill(told, 0)
    bands = np.zeros(len(numbers), np.int8)
    for least in BANDS:  # a few comparisons are quicker than a search for each
        bands += numbers >= least
    bands[~is_told(told)] = -1
    return numbers, bands
