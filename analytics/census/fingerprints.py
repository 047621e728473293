# ruff: noqa: S608 - the queries are made of our own names; what comes from outside is registered
"""
Rows of a cache -> their outlines, and one repository of each outline for the rule to judge.

Each distinct text of a row group is looked at once, and rows are numbers from there on (`outlines`): texts would have
to be copied for each row.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING, Any

from analytics.census.arrow_arrays import as_numbers, as_table, as_texts, fill
from analytics.census.creation_days import ERAS, find_eras, read_days
from analytics.census.outlines import CodedLists, mix, number_alike, outline_files, outline_tags, read_lists
from analytics.census.tag_codes import find_words

if TYPE_CHECKING:
    import duckdb
    import numpy as np
    import pyarrow as pa

SHOWN = """CREATE TABLE shown (id UBIGINT, tags VARCHAR[], files VARCHAR[], library_name VARCHAR, created_at VARCHAR,
    header VARCHAR)"""
"""The table of those repositories, each under its outline; there may be several of one, a worker each."""

COLUMNS = ("tags", "files", "library_name", "created_at")
"""What must be read for an outline; `id` too, where there are headers."""

SIMPLE = (".safetensors", ".gguf", ".onnx")
"""NameNumbers with these suffixes show the same, whatever stands before; but for those inside a Core ML package."""


@dataclass(frozen=True, slots=True)
class Outlined:
    """
    Some rows with their outlines.

    `words`: the places of those words of `tags` that any rule may look at; `traits`: of each value, see `tag_codes`.
    """

    rows: "pa.Table"
    outlines: "np.ndarray"
    days: "np.ndarray"
    library: "np.ndarray"
    stated: "pa.Array"
    tags: CodedLists
    files: CodedLists
    words: Mapping[int, str]
    traits: "np.ndarray"


@dataclass(slots=True)
class NameNumbers:
    """Numbers for names that are few, in the order they are met by whatever worker; 0 stands for none."""

    known: dict[str | None, int] = field(default_factory=lambda: {None: 0})
    lock: Lock = field(default_factory=Lock)

    def code(self, texts: "pa.ChunkedArray") -> "np.ndarray":
        """Give the number of each text of a column."""
        import numpy as np

        encoded = texts.unify_dictionaries().combine_chunks()
        codes = self.code_words(encoded.dictionary.to_pylist())
        return np.array([*codes, 0], np.int32).take(fill(encoded.indices, len(codes)))

    def code_words(self, words: Iterable[str | None]) -> list[int]:
        """Give the number of each of these words."""
        with self.lock:
            return [self.known.setdefault(word or None, len(self.known)) for word in words]


@dataclass(slots=True)
class Fingerprinter:
    """
    One worker over one connection, whose tables all workers share.

    `headers`: what safetensors headers of single models state, by id; `words`: the tags that any rule looks at, see
    `list_words`; `met`: the outlines seen so far.
    """

    opened: "duckdb.DuckDBPyConnection"
    headers: Mapping[str, str]
    names: "NameNumbers"
    words: "pa.Array"
    met: set[int] = field(default_factory=set)

    def outline(self, rows: "pa.Table") -> Outlined:
        """Reduce rows to their outlines."""
        tags, files = read_lists(rows["tags"]), read_lists(rows["files"])
        days, stated = read_days(rows["created_at"]), self._look_up(rows)
        words = find_words(tags.words[:-1], self.words)
        told, traits = outline_tags(tags, words)
        held = outline_files(files, self._hash(files.words, FILE))
        library = self.names.code(rows["library_name"])
        outlines = mix((told, held, library, find_eras(days), self._hash(stated)))
        return Outlined(rows, outlines, days, library, stated, tags, files, words, traits)

    def keep_fresh(self, seen: Outlined, rows: "np.ndarray") -> None:
        """Keep one repository of each outline that was not met before, out of these rows."""
        _, one_of_each = number_alike(seen.outlines[rows])
        one_of_each = rows[one_of_each]
        fresh = one_of_each[[number not in self.met for number in seen.outlines[one_of_each].tolist()]]
        self.met.update(seen.outlines[fresh].tolist())
        if len(fresh):
            self._show(seen, fresh)

    def _show(self, seen: Outlined, fresh: "np.ndarray") -> None:
        """Bring some rows into `shown`."""
        lists = {"tags": seen.tags.pick(fresh), "files": seen.files.pick(fresh)}
        eras, place = find_eras(seen.days[fresh]), as_numbers(fresh)
        texts = {"library_name": seen.rows["library_name"].take(place), "created_at": _name_eras(eras)}
        self.insert("shown", {"id": seen.outlines[fresh], **lists, **texts, "header": seen.stated.take(place)})

    def insert(self, table: str, columns: Mapping[str, Any], query: str = "FROM fresh") -> None:
        """Add rows to a table, as they are or as a query of `fresh` has it."""
        self.opened.register("fresh", as_table(columns))
        self.opened.execute(f"INSERT INTO {table} {query}")

    def _hash(self, words: "pa.Array", query: str = "hash(word)") -> "np.ndarray":
        """Give a number for each text, 0 for none; in their order, which a query does not promise to keep."""
        import numpy as np

        codes = np.zeros(len(words), np.uint64)
        if words.null_count < len(words):
            self.opened.register("words", as_table({"place": np.arange(len(words)), "word": words}))
            found = self.opened.execute(f"SELECT place, {query} AS code FROM words WHERE word <> ''").fetchnumpy()
            codes[found["place"]] = found["code"]
        return codes

    def _look_up(self, rows: "pa.Table") -> "pa.Array":
        """Give what headers state, where one was read."""
        import pyarrow as pa
        import pyarrow.compute as pc

        if not self.headers:
            return pa.nulls(len(rows), pa.string())
        places = pc.index_in(rows["id"], as_texts(self.headers)).combine_chunks()
        return as_texts(self.headers.values()).take(places)


def _name_eras(eras: "np.ndarray") -> "pa.Array":
    import pyarrow as pa

    return pa.concat_arrays([as_texts(ERAS), pa.nulls(1, pa.string())]).take(as_numbers(eras))


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
