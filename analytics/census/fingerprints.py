# ruff: noqa: S608 - the queries are made of our own names; what comes from outside is registered
"""
Go through a cache once and leave in DuckDB what is small: counted outlines, one repository of each, papers.

Two workers take turns at lots of row groups. Each distinct text of a row group is looked at once, and rows are numbers
from there on (`outlines`): texts would have to be copied for each row.
"""

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from analytics.attribution.sql_spelling import text
from analytics.census.arrow_arrays import as_numbers, as_table, as_texts, fill, is_told
from analytics.census.creation_days import ERAS, find_eras, find_quarters, read_days
from analytics.census.outlines import CodedLists, add_up, mix, number_alike, outline_files, outline_tags, read_lists

if TYPE_CHECKING:
    import duckdb
    import numpy as np
    import pyarrow as pa
    import pyarrow.parquet as pq

TABLES = """
    CREATE TABLE parts (outline UBIGINT, quarter INTEGER, task INTEGER, library INTEGER, band TINYINT,
        models BIGINT, downloads BIGINT);
    CREATE TABLE names (code INTEGER, name VARCHAR);
    CREATE TABLE cited (outline UBIGINT, quarter INTEGER, paper VARCHAR);
    CREATE TABLE shown (id UBIGINT, tags VARCHAR[], files VARCHAR[], library_name VARCHAR, created_at VARCHAR,
        header VARCHAR)"""
"""
What is left: models and downloads by outline and so on; what the codes of tasks and libraries are called; the papers of
outlines; one repository of each outline. Rows of `parts`, `names` and `shown` may repeat, a worker each.
"""

WORKERS = 2
AT_ONCE = 100_000
"""Rows looked at together: more are faster, and need more memory."""

LISTS, CODED = ("tags", "files"), ("task", "library_name")
COLUMNS = (*LISTS, *CODED, "created_at", "downloads")

ARXIV = "arxiv:[0-9]{2}(0[1-9]|1[0-2])[.][0-9]{4,5}"

BANDS = [10**digits for digits in range(7)]
"""Downloads from which on the next band begins: how many digits they have, 0 for none."""

SIMPLE = (".safetensors", ".gguf", ".onnx")
"""Names with these suffixes show the same, whatever stands before; but for those inside a Core ML package."""


def lay_down(opened: "duckdb.DuckDBPyConnection", cache: Path, headers: Mapping[str, str] | None = None) -> None:
    """Make the tables of a cache; `headers`: what safetensors headers of single models state, by id."""
    opened.execute(TABLES)
    codes = _Codes()
    with ThreadPoolExecutor(WORKERS) as pool:
        workers = [_Worker(opened.cursor(), headers or {}, codes) for _ in range(WORKERS)]
        list(pool.map(lambda turn: workers[turn].go_through(cache, turn), range(WORKERS)))
    opened.execute(
        "INSERT INTO names SELECT unnest($codes), unnest($names)",
        {"codes": list(codes.known.values()), "names": list(codes.known)},
    )


@dataclass(slots=True)
class _Codes:
    """Numbers for names that are few, in the order they are met by whatever worker; 0 stands for none."""

    known: dict[str | None, int] = field(default_factory=lambda: {None: 0})
    lock: Lock = field(default_factory=Lock)

    def code(self, texts: "pa.ChunkedArray") -> "np.ndarray":
        """Give the number of each text of a column."""
        import numpy as np

        encoded = texts.unify_dictionaries().combine_chunks()
        with self.lock:
            codes = [self.known.setdefault(word or None, len(self.known)) for word in encoded.dictionary.to_pylist()]
        return np.array([*codes, 0], np.int32).take(fill(encoded.indices, len(codes)))


@dataclass(slots=True)
class _Worker:
    """One of those who bring rows into the tables, with the outlines it met already."""

    opened: "duckdb.DuckDBPyConnection"
    headers: Mapping[str, str]
    codes: _Codes
    outlines: set[int] = field(default_factory=set)

    def go_through(self, cache: Path, turn: int) -> None:
        """Take every second lot."""
        file = _open(cache)
        columns = [*COLUMNS, *(["id"] if self.headers else [])]
        for number, groups in enumerate(_lots(file)):
            if number % WORKERS == turn:
                self._take(_read(file, groups, columns))

    def _take(self, rows: "pa.Table") -> None:
        import numpy as np

        tags, files = (read_lists(rows[name]) for name in LISTS)
        task, library = (self.codes.code(rows[name]) for name in CODED)
        days, (stated, headers) = read_days(rows["created_at"]), self._look_up(rows)
        told, papers = outline_tags(tags)
        eras, quarters = find_eras(days), find_quarters(days)
        outlines = mix((told, outline_files(files, self._hash(files.words, FILE)), library, eras, headers))
        keys = {"outline": outlines, "quarter": quarters, "task": task, "library": library}
        first = self._count(keys, rows["downloads"])
        self._cite(tags, papers, {name: keys[name] for name in ("outline", "quarter")})
        met = dict(zip(outlines[first].tolist(), first.tolist(), strict=True))
        fresh = np.array([row for outline, row in met.items() if outline not in self.outlines], np.int64)
        self.outlines |= met.keys()
        lists = {"tags": tags.pick(fresh), "files": files.pick(fresh)}
        names = {"library_name": rows["library_name"].take(as_numbers(fresh)), "created_at": _name_eras(eras[fresh])}
        self._insert("shown", {"id": outlines[fresh], **lists, **names, "header": stated.take(as_numbers(fresh))})

    def _count(self, keys: Mapping[str, "np.ndarray"], downloads: "pa.ChunkedArray") -> "np.ndarray":
        """Count the rows that are alike in everything, and their downloads; gives one row of each."""
        numbers, bands = _read_downloads(downloads)
        kinds, first = number_alike(mix((*keys.values(), bands)))
        models, sums = add_up(kinds, numbers, len(first))
        columns = {name: values[first] for name, values in keys.items()}
        self._insert("parts", {**columns, "band": bands[first], "models": models, "downloads": sums})
        return first

    def _cite(self, tags: CodedLists, values: "np.ndarray", keys: Mapping[str, "np.ndarray"]) -> None:
        where = tags.find_rows(values)
        papers = tags.words.take(as_numbers(tags.places[values]))
        self._insert("cited", {**{name: of[where] for name, of in keys.items()}, "paper": papers}, CITED)

    def _insert(self, table: str, columns: Mapping[str, Any], query: str = "FROM fresh") -> None:
        self.opened.register("fresh", as_table(columns))
        self.opened.execute(f"INSERT INTO {table} {query}")

    def _hash(self, words: "pa.Array", query: str) -> "np.ndarray":
        """Give the number that DuckDB gives each text, in their order, which a query does not promise to keep."""
        import numpy as np

        self.opened.register("words", as_table({"place": np.arange(len(words)), "word": words}))
        found = self.opened.execute(f"SELECT place, {query} AS code FROM words WHERE word IS NOT NULL").fetchnumpy()
        codes = np.zeros(len(words), np.uint64)
        codes[found["place"]] = found["code"]
        return codes

    def _look_up(self, rows: "pa.Table") -> tuple["pa.Array", "np.ndarray"]:
        """Give what headers state, where one was read, and a number for it."""
        import numpy as np
        import pyarrow as pa
        import pyarrow.compute as pc

        if not self.headers:
            return pa.nulls(len(rows), pa.string()), np.zeros(len(rows), np.uint64)
        places = pc.index_in(rows["id"], as_texts(self.headers)).combine_chunks()
        stated = as_texts(self.headers.values()).take(places)
        return stated, self._hash(stated, "hash(word)")


CITED = f"SELECT DISTINCT * FROM fresh WHERE regexp_full_match(paper, {text(ARXIV)})"


def _read_downloads(downloads: "pa.ChunkedArray") -> tuple["np.ndarray", "np.ndarray"]:
    """Give the downloads of 30 days, and their band; none and -1 where they are unknown."""
    import numpy as np

    told = downloads.combine_chunks()
    numbers = fill(told, 0)
    return numbers, np.where(is_told(told), np.searchsorted(BANDS, numbers, side="right"), -1)


def _name_eras(eras: "np.ndarray") -> "pa.Array":
    import pyarrow as pa

    return pa.concat_arrays([as_texts(ERAS), pa.nulls(1, pa.string())]).take(as_numbers(eras))


def _open(cache: Path) -> "pq.ParquetFile":
    """Open a cache so that texts come by their places in the dictionary of their row group."""
    import pyarrow.parquet as pq

    metadata = pq.read_metadata(cache)
    paths = [metadata.schema.column(number).path for number in range(len(metadata.schema))]
    coded = [path for path in paths if path.partition(".")[0] in (*LISTS, *CODED)]
    return pq.ParquetFile(cache, metadata=metadata, read_dictionary=coded)


def _read(file: "pq.ParquetFile", groups: Sequence[int], columns: Sequence[str]) -> "pa.Table":
    """Read row groups one by one: pyarrow cannot read lists by their places in several dictionaries at once."""
    import pyarrow as pa

    return pa.concat_tables([file.read_row_group(group, list(columns), use_threads=False) for group in groups])


def _lots(file: "pq.ParquetFile") -> Iterator[Sequence[int]]:
    """Put row groups together to lots of AT_ONCE rows."""
    lot: list[int] = []
    rows = 0
    for number in range(file.metadata.num_row_groups):
        lot.append(number)
        rows += file.metadata.row_group(number).num_rows
        if rows >= AT_ONCE:
            yield lot
            lot, rows = [], 0
    if lot:
        yield lot


def _write_file_code() -> str:
    """Write a file as a number; names that differ in the numbers of shards and checkpoints only say the same."""
    shards = "regexp_replace(word, '-[0-9]{5}-of-[0-9]{5}', '-00001-of-00002', 'g')"
    steps = f"regexp_replace({shards}, 'checkpoint-[0-9]+/', 'checkpoint-1/', 'g')"
    simple = " ".join(
        f"WHEN ends_with(word, '{suffix}') AND NOT contains(word, '.ml') THEN hash('{suffix}')" for suffix in SIMPLE
    )
    # Asked first for words that are quick to find: most names have no number to drop.
    numbered = "contains(word, '-of-') OR contains(word, 'checkpoint-')"
    return f"CASE {simple} WHEN {numbered} THEN hash({steps}) ELSE hash(word) END"


FILE = _write_file_code()
