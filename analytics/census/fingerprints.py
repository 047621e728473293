# ruff: noqa: S608 - the queries are made of our own names; what comes from outside is registered
"""
Rows of a cache -> their outlines, and one repository of each outline for the rule to judge.

Each distinct text of a row group is looked at once, and rows are numbers from there on (`outlines`): texts would have
to be copied for each row.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import islice
from threading import Lock
from typing import TYPE_CHECKING, Any

from analytics.attribution.file_names import HDF5
from analytics.attribution.letters import lower_in_sql
from analytics.attribution.library_table import DATED, spell, tells
from analytics.attribution.sql_spelling import text
from analytics.census.arrow_arrays import as_numbers, as_table, as_texts, fill, is_true
from analytics.census.creation_days import ERAS, date_rows
from analytics.census.looks import Looks, Scratch, find_looks
from analytics.census.outlines import CodedLists, mix, outline_files, outline_tags, read_lists
from analytics.census.tag_codes import AGED, find_words, place_tags

if TYPE_CHECKING:
    import duckdb
    import numpy as np
    import pyarrow as pa

SHOWN_AT_ONCE = 2_048
"""Repositories that one thread judges at a time. A table of DuckDB's has no smaller part than 122,880 for a thread."""

COLUMNS = ("tags", "files", "library_name", "created_at")
"""What must be read for an outline; `id` too, where there are headers."""

MOST_WAITING = 50_000
"""Rows that wait to be written, and names of files of which the number is remembered."""

SIMPLE = (".safetensors", ".gguf", ".onnx")
"""NameNumbers with these suffixes show the same, whatever stands before; but for those inside a Core ML package."""


@dataclass(frozen=True, slots=True)
class Outlined:
    """
    Some rows with their outlines and looks.

    `words`: the places of those words of the tags that any rule may look at; `traits`: of each value of the looks'
    tags, see `tag_codes`.
    """

    rows: "pa.Table"
    outlines: "np.ndarray"
    quarters: "np.ndarray"
    eras: "np.ndarray"
    stated: "pa.Array"
    looks: Looks
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

    def list_from(self, first: int) -> list[tuple[str | None, int]]:
        """List the names that were met after so many."""
        with self.lock:
            return list(islice(self.known.items(), first, None))

    def code_words(self, words: Iterable[str | None]) -> list[int]:
        """Give the number of each of these words."""
        with self.lock:
            return [self.known.setdefault(word or None, len(self.known)) for word in words]


@dataclass(slots=True)
class LibraryNumbers:
    """One worker's: the numbers of each library's spellings, those of what nobody knows under the empty name."""

    names: NameNumbers
    numbers: dict[str, list[int]] = field(default_factory=dict)
    told: int = 0

    def find(self, *wanted: str) -> list[int]:
        """Give the numbers of libraries, however they are spelt."""
        for name, number in self.names.list_from(self.told):
            self.told += 1
            library = spell(name) if name and tells(name) else ""
            self.numbers.setdefault(library, []).append(number)
        return [number for library in wanted for number in self.numbers.get(library, ())]


@dataclass(frozen=True, slots=True)
class MetOutlines:
    """
    The outlines that any worker has met so far, lot by lot, and one repository of each for the rule to judge.

    DuckDB reads it as a table, whenever a query runs: one can be planned before anything is met.
    """

    known: "list[np.ndarray]" = field(default_factory=list)
    kept: "list[pa.Table]" = field(default_factory=list)
    lock: Lock = field(default_factory=Lock)

    def find_fresh(self, outlines: "np.ndarray") -> "np.ndarray":
        """Find the places of those that were not met before, one of each; from then on they are met."""
        import numpy as np
        import pyarrow.compute as pc

        with self.lock:
            known = np.concatenate([np.zeros(0, np.uint64), *self.known])
            places = np.flatnonzero(~is_true(pc.is_in(as_numbers(outlines), as_numbers(known))))
            fresh, first = np.unique(outlines[places], return_index=True)
            self.known.append(fresh)
        return places[first]

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """Give what is kept by now, as Arrow's way between libraries asks for it."""
        return self.show().__arrow_c_stream__(requested_schema)

    def show(self) -> "pa.Table":
        """
        Give the repositories that were kept, each under its outline: what the rule is asked about as `shown`.

        They stay Arrow's, in batches, of which each thread of DuckDB takes the next.
        """
        import pyarrow as pa

        texts, lists = pa.string(), pa.list_(pa.string())
        kinds = {"id": pa.uint64(), "tags": lists, "files": lists}
        kinds |= dict.fromkeys(("library_name", "created_at", "header"), texts)
        together = pa.concat_tables([pa.Table.from_batches([], pa.schema(kinds)), *self.kept]).combine_chunks()
        return pa.Table.from_batches(together.to_batches(max_chunksize=SHOWN_AT_ONCE), together.schema)


@dataclass(slots=True)
class Fingerprinter:
    """
    One worker over one connection, whose tables all workers share.

    `headers`: what safetensors headers of single models state, by id; `words`: the tags that any rule looks at, see
    `list_words`.
    """

    opened: "duckdb.DuckDBPyConnection"
    headers: Mapping[str, str]
    names: "NameNumbers"
    words: "pa.Array"
    met: MetOutlines
    scratch: Scratch = field(default_factory=Scratch)
    libraries: LibraryNumbers = field(init=False)
    numbered: dict[str | None, int] = field(default_factory=dict)
    waiting: "dict[tuple[str, str], list[pa.Table]]" = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.libraries = LibraryNumbers(self.names)

    def outline(self, rows: "pa.Table") -> Outlined:
        """Reduce rows to their outlines; when they were made is a part of it where the rule asks for that."""
        import numpy as np

        files = read_lists(rows["files"])
        codes = self._number_files(files.words)
        (quarters, eras), stated = date_rows(rows["created_at"]), self._look_up(rows)
        looks, words = self._look(rows)
        told, traits = outline_tags(looks.tags, looks.kinds)
        aged = self._find_aged(looks, traits)[looks.of]
        aged[files.find_rows(np.flatnonzero(((codes & np.uint64(1)) != 0).take(files.places)))] = True
        eras = np.where(aged, eras, len(ERAS))
        tagged = mix((told, looks.library))[looks.of]
        outlines = mix((tagged, outline_files(files, codes), eras, self._hash(stated)))
        return Outlined(rows, outlines, quarters, eras, stated, looks, files, words, traits)

    def _look(self, rows: "pa.Table") -> tuple[Looks, dict[int, str]]:
        """Find the looks of rows, and those words of their tags that any rule may look at."""
        import numpy as np

        tags = read_lists(rows["tags"])
        words = find_words(tags.words[:-1], self.words)
        library = self.names.code(rows["library_name"])
        task = self.names.code(rows["task"]) if "task" in rows.column_names else np.zeros(len(rows), np.int32)
        return find_looks(tags, place_tags(tags.words[:-1], words), words, library, task, self.scratch), words

    def _find_aged(self, looks: Looks, traits: "np.ndarray") -> "np.ndarray":
        """Mark the looks of which a tag or the library meant something else once."""
        import numpy as np

        aged: np.ndarray = np.isin(looks.library, self.libraries.find(*DATED))
        aged[looks.tags.find_rows(np.flatnonzero(traits & AGED))] = True
        return aged

    def keep_fresh(self, seen: Outlined, rows: "np.ndarray") -> None:
        """Keep one repository of each outline that was not met before, out of these rows."""
        fresh = rows[self.met.find_fresh(seen.outlines[rows])]
        if len(fresh):
            self.met.kept.append(self._keep(seen, fresh))

    def _keep(self, seen: Outlined, fresh: "np.ndarray") -> "pa.Table":
        tags, files = seen.looks.tags.pick(seen.looks.of[fresh]), seen.files.pick(fresh)
        lists = {"tags": tags.write_out(), "files": files.write_out()}
        eras, place = seen.eras[fresh], as_numbers(fresh)
        library = seen.rows["library_name"].take(place).cast(seen.stated.type)
        texts = {"library_name": library, "created_at": _name_eras(eras)}
        return as_table({"id": seen.outlines[fresh], **lists, **texts, "header": seen.stated.take(place)})

    def insert(self, table: str, columns: Mapping[str, Any], query: str = "FROM fresh") -> None:
        """Add rows to a table sooner or later, as they are or as a query of `fresh` has it."""
        self.waiting.setdefault((table, query), []).append(as_table(columns))
        if sum(len(one) for lots in self.waiting.values() for one in lots) > MOST_WAITING:
            self.write()

    def write(self) -> None:
        """Add what waits: a query has its price, so lots are put together."""
        import pyarrow as pa

        for (table, query), lots in self.waiting.items():
            self.opened.register("fresh", pa.concat_tables(lots))
            self.opened.execute(f"INSERT INTO {table} BY NAME {query}")
        self.waiting.clear()

    def _number_files(self, names: "pa.Array") -> "np.ndarray":
        """Give a number for each name of a file, 0 for none; the same names come in every lot."""
        import numpy as np

        texts = names.to_pylist()
        if fresh := [name for name in dict.fromkeys(texts) if name and name not in self.numbered]:
            if len(self.numbered) > MOST_WAITING:
                self.numbered.clear()
                fresh = [name for name in dict.fromkeys(texts) if name]
            self.numbered.update(zip(fresh, self._hash(as_texts(fresh), FILE).tolist(), strict=True))
        return np.array([self.numbered.get(name, 0) for name in texts], np.uint64)

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
    """
    Write a file as a number; names that differ in the numbers of shards and checkpoints only say the same.

    It is odd where the rule asks when the repository was made: which Keras wrote it.
    """
    shards = "regexp_replace(word, '-[0-9]{5}-of-[0-9]{5}', '-00001-of-00002', 'g')"
    steps = f"regexp_replace({shards}, 'checkpoint-[0-9]+/', 'checkpoint-1/', 'g')"
    simple = " ".join(
        f"WHEN ends_with(word, '{suffix}') AND NOT contains(word, '.ml') THEN hash('{suffix}')" for suffix in SIMPLE
    )
    # Asked first for words that are quick to find: most names have no number to drop.
    numbered = "contains(word, '-of-') OR contains(word, 'checkpoint-')"
    code = f"CASE {simple} WHEN {numbered} THEN hash({steps}) ELSE hash(word) END"
    aged = f"regexp_full_match({lower_in_sql('word')}, {text(HDF5.at)})"
    return f"{code} // 2 * 2 + CAST({aged} AS UBIGINT)"


FILE = _write_file_code()
