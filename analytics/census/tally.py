# ruff: noqa: S608 - a pattern of our own, quoted
"""
Go through a cache once and leave in DuckDB what is small: how many rows there are of each outline, and their papers.

`parts`: models and downloads by outline, quarter and so on, where several rows may be of the same; `conversion` is a
number of `conversion_codes`. `names`: what the codes of tasks and libraries are called. `cited`: the arXiv papers of
outlines. `shown`: see `fingerprints`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from analytics.attribution.sql_spelling import text
from analytics.census.arrow_arrays import as_numbers, fill, is_told
from analytics.census.conversion_codes import ConversionCoder
from analytics.census.creation_days import find_quarters
from analytics.census.fingerprints import COLUMNS, SHOWN, Fingerprinter, NameNumbers, Outlined
from analytics.census.outlines import add_up, mix, number_alike
from analytics.census.row_groups import WORKERS, share_out
from analytics.census.tag_codes import PAPER
from analytics.reach.conversion_tables import Listings

if TYPE_CHECKING:
    import duckdb
    import numpy as np
    import pyarrow as pa

TABLES = """
    CREATE TABLE parts (outline UBIGINT, quarter INTEGER, task INTEGER, library INTEGER, band TINYINT,
        conversion TINYINT, models BIGINT, downloads BIGINT);
    CREATE TABLE names (code INTEGER, name VARCHAR);
    CREATE TABLE cited (outline UBIGINT, quarter INTEGER, paper VARCHAR)"""

ARXIV = "arxiv:[0-9]{2}(0[1-9]|1[0-2])[.][0-9]{4,5}"
CITED = f"SELECT DISTINCT * FROM fresh WHERE regexp_full_match(paper, {text(ARXIV)})"

BANDS = [10**digits for digits in range(7)]
"""Downloads from which on the next band begins: how many digits they have, 0 for none."""


def lay_down(
    opened: "duckdb.DuckDBPyConnection", cache: Path, listings: Listings, headers: Mapping[str, str] | None = None
) -> None:
    """
    Make the tables of a cache.

    `listings`: what libraries list to convert. `headers`: what safetensors headers of single models state, by id.
    """
    for table in (TABLES, SHOWN):
        opened.execute(table)
    names = NameNumbers()
    workers = [
        _Tally(Fingerprinter(opened.cursor(), headers or {}, names), ConversionCoder(listings, names))
        for _ in range(WORKERS)
    ]
    share_out(cache, (*COLUMNS, "id", "task", "downloads"), [worker.take for worker in workers])
    found = {"codes": list(names.known.values()), "names": list(names.known)}
    opened.execute("INSERT INTO names SELECT unnest($codes), unnest($names)", found)


@dataclass(frozen=True, slots=True)
class _Tally:
    """One worker."""

    fingerprinter: Fingerprinter
    coder: ConversionCoder

    def take(self, rows: "pa.Table") -> None:
        """Bring rows into the tables."""
        seen = self.fingerprinter.outline(rows)
        keys = {"outline": seen.outlines, "quarter": find_quarters(seen.days)}
        one_of_each = self._count(seen, keys)
        self._cite(seen, keys)
        self.fingerprinter.keep_fresh(seen, one_of_each)

    def _count(self, seen: Outlined, keys: "Mapping[str, np.ndarray]") -> "np.ndarray":
        """Count the rows that are alike in everything, and their downloads; gives one row of each."""
        numbers, bands = _read_downloads(seen.rows["downloads"])
        task = self.fingerprinter.names.code(seen.rows["task"])
        columns = {**keys, "task": task, "library": seen.library, "band": bands}
        columns["conversion"] = self.coder.code(seen, task)
        kinds, first = number_alike(mix(tuple(columns.values())))
        models, sums = add_up(kinds, numbers, len(first))
        each = {name: values[first] for name, values in columns.items()}
        self.fingerprinter.insert("parts", {**each, "models": models, "downloads": sums})
        return first

    def _cite(self, seen: Outlined, keys: "Mapping[str, np.ndarray]") -> None:
        import numpy as np

        cited = np.flatnonzero(seen.traits & PAPER)
        rows = seen.tags.find_rows(cited)
        papers = seen.tags.words.take(as_numbers(seen.tags.places[cited]))
        self.fingerprinter.insert("cited", {**{name: of[rows] for name, of in keys.items()}, "paper": papers}, CITED)


def _read_downloads(downloads: "pa.ChunkedArray") -> "tuple[np.ndarray, np.ndarray]":
    """Give the downloads of 30 days, and their band; none and -1 where they are unknown."""
    import numpy as np

    told = downloads.combine_chunks()
    numbers = fill(told, 0)
    return numbers, np.where(is_told(told), np.searchsorted(BANDS, numbers, side="right"), -1)
