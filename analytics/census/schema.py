"""
The common shape of a census, and how a source's columns are brought to it.

The cache is one Parquet file with the columns of COLUMNS; all three sources end in it, and everything else reads only
it. File names that cannot bear on the framework are left out, as in the top lists.
"""

import errno
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analytics.attribution.sql_spelling import text
from analytics.census.listed_names import keep_each_once, keep_telling_in
from analytics.domain.observations import MOST_COUNTED
from analytics.domain.repository_ids import LONGEST_ID, NEVER, WHOLE
from analytics.errors import Changed

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

COLUMNS: Mapping[str, str] = {
    "id": "VARCHAR",
    "created_at": "VARCHAR",
    "downloads": "BIGINT",
    "downloads_all": "BIGINT",
    "likes": "BIGINT",
    "library_name": "VARCHAR",
    "task": "VARCHAR",
    "tags": "VARCHAR[]",
    "files": "VARCHAR[]",
}
"""Columns of the cache and their DuckDB types; `created_at` is ISO text, `tags` and `files` NULL where not known."""

UPSTREAM: Mapping[str, str] = {
    "id": "id",
    "created_at": "createdAt",
    "downloads": "downloads",
    "downloads_all": "downloadsAllTime",
    "likes": "likes",
    "library_name": "library_name",
    "task": "pipeline_tag",
    "tags": "tags",
    "files": "siblings",
    "bases": "baseModels",
}
"""What the snapshots of the Hub call each."""

NEEDED = ("id", "createdAt", "downloads", "tags")
"""Without these there is no census; the others are unknown where a snapshot does not have them."""

MEMORY = "250MB"


def choose_columns(schema: "pa.Schema", url: str) -> list[str]:
    """
    Choose the columns to read of a snapshot.

    Raises:  Changed, naming what is missing, there twice, or of another type than known.
    """
    names = set(schema.names)
    missing = [name for name in NEEDED if name not in names]
    if missing:
        raise Changed(url, f"it has no column {', '.join(missing)} any more")
    twice = [name for name in _keep_known(names) if schema.names.count(name) > 1]
    if twice:
        raise Changed(url, f"it has the column {', '.join(twice)} twice")
    wrong = [name for name, problem in ((name, _problem(schema.field(name))) for name in _keep_known(names)) if problem]
    if wrong:
        told = "; ".join(f"{name} is now {schema.field(name).type}" for name in wrong)
        raise Changed(url, f"columns have changed their type: {told}")
    return list(_keep_known(names))


def _keep_known(names: set[str]) -> Sequence[str]:
    return [name for name in UPSTREAM.values() if name in names]


def _problem(field: "pa.Field") -> bool:
    """Tell whether a column is of a type we cannot read."""
    import pyarrow as pa

    kind = field.type
    is_text = _is_text(kind)
    match field.name:
        case "downloads" | "downloadsAllTime" | "likes":
            return not (pa.types.is_integer(kind) or pa.types.is_floating(kind))
        case "tags":
            return not (_is_list(kind) and (_is_text(kind.value_type) or pa.types.is_null(kind.value_type)))
        case "siblings":
            return not (_is_list(kind) or is_text)
        case "createdAt":
            return not (is_text or pa.types.is_timestamp(kind))
        case "baseModels":
            return not pa.types.is_struct(kind)
    return not is_text


def _is_text(kind: "pa.DataType") -> bool:
    import pyarrow as pa

    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind))


def _is_list(kind: "pa.DataType") -> bool:
    import pyarrow as pa

    return bool(pa.types.is_list(kind) or pa.types.is_large_list(kind))


@contextmanager
def connection(folder: Path) -> Iterator["duckdb.DuckDBPyConnection"]:
    """
    Open DuckDB in memory, bounded, spilling into `folder` if it must; two threads serve as well as more here.

    Raises:  OSError where DuckDB could not read or write its files.
    """
    import duckdb

    with duckdb.connect() as opened:
        opened.execute(f"SET memory_limit = '{MEMORY}'")
        opened.execute(f"SET temp_directory = {text(str(folder / 'spill'))}")
        opened.execute("SET preserve_insertion_order = false")
        opened.execute("SET threads = 2")
        # Times with a zone are written without one below: in UTC, wherever this machine stands.
        opened.execute("SET TimeZone = 'UTC'")
        try:
            yield opened
        except (duckdb.ParserException, duckdb.BinderException, duckdb.CatalogException):
            raise  # a mistake of ours; whatever else goes wrong lies in a file, its disk or the memory
        except duckdb.Error as trouble:
            raise OSError(errno.EIO, f"The census could not be counted ({str(trouble)[:120]})", str(folder)) from None


def write(reader: "pa.RecordBatchReader", target: Path, source: str = "") -> int:
    """
    Bring a stream of rows from `source`, an address, to the common shape in `target`; gives the number of rows.

    Memory stays bounded whatever the number of rows. The stream is pulled here and not by DuckDB, which would turn
    what goes wrong in it into an error of its own.
    Raises:  whatever the stream raises; Changed, for values of another kind; OSError. Then there is no `target`.
    """
    query = _selection({field.name: field for field in reader.schema})
    with connection(target.parent) as opened:
        return gather(_shape(opened, query, reader, source), target)


def _shape(
    opened: "duckdb.DuckDBPyConnection", query: str, reader: "pa.RecordBatchReader", source: str
) -> Iterator["pa.Table"]:
    """Shape batch by batch. Raises Changed, where values are of a kind that cannot be brought to the common shape."""
    import duckdb
    import pyarrow as pa

    for batch in reader:
        try:
            opened.register("upstream", pa.Table.from_batches([batch]))
            yield _keep_sound(opened.sql(query).to_arrow_table().cast(schema()))
        except (duckdb.IOException, duckdb.OutOfMemoryException):
            raise
        except (duckdb.Error, pa.ArrowInvalid) as trouble:
            first = str(trouble).partition("\n")[0]
            raise Changed(source, f"its columns hold values of another kind than known ({first[:100]})") from None


ROWS = 20_000
"""Rows of one row group: more are faster to count and need more memory to write."""


def gather(tables: Iterable["pa.Table"], target: Path) -> int:
    """
    Put tables of the common shape together in `target`, in row groups worth their overhead; gives the number of rows.

    Raises:  as `write`; what goes wrong leaves no `target`.
    """
    import pyarrow.parquet as pq

    rows = 0
    try:
        with pq.ParquetWriter(target, schema(), compression="zstd", use_dictionary=_find_repeating()) as writer:
            for table in _gather_batches(tables):
                writer.write_table(table)
                rows += len(table)
    except BaseException:
        target.unlink(missing_ok=True)
        raise
    return rows


def _find_repeating() -> list[str]:
    """Name the columns whose values repeat: a dictionary of ids and moments would only be longer and slower to read."""
    lists = {name: f"{name}.list.element" for name, kind in COLUMNS.items() if kind == "VARCHAR[]"}
    return [lists.get(name, name) for name in COLUMNS if name not in ("id", "created_at")]


def _gather_batches(tables: Iterable["pa.Table"]) -> Iterator["pa.Table"]:
    import pyarrow as pa

    waiting: list[pa.Table] = []
    for table in tables:
        waiting.append(table)
        if sum(map(len, waiting)) >= ROWS:
            yield pa.concat_tables(waiting)
            waiting = []
    if waiting:
        yield pa.concat_tables(waiting)


def without_repeats(target: Path) -> None:
    """Leave one row of each id, the one with the most downloads; rows of a file that was repeated upstream or by us."""
    whole = target.with_name(f"with-repeats-{target.name}")
    target.replace(whole)
    with connection(target.parent) as opened:
        opened.execute(
            f"""COPY (SELECT DISTINCT ON (id) * FROM {text(str(whole))} ORDER BY id, downloads DESC NULLS LAST)
            TO {text(str(target))} (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {ROWS})"""  # noqa: S608 - paths of our own, quoted
        )
    whole.unlink()


def schema() -> "pa.Schema":
    """Give the common shape as pyarrow has it."""
    import pyarrow as pa

    kinds = {"VARCHAR": pa.string(), "BIGINT": pa.int64(), "VARCHAR[]": pa.list_(pa.string())}
    return pa.schema([(name, kinds[kind]) for name, kind in COLUMNS.items()])


def _selection(columns: Mapping[str, Any]) -> str:
    selected = ", ".join(f"{_value(name, columns)} AS {name}" for name in COLUMNS)
    is_name = f"regexp_full_match(id, {text(WHOLE)}) AND id NOT SIMILAR TO {text(NEVER)}"
    sound = f"length(id) BETWEEN 1 AND {LONGEST_ID} AND {is_name}"
    return f"SELECT * FROM (SELECT {selected} FROM upstream) WHERE {sound}"  # noqa: S608 - our own names


def _value(name: str, columns: Mapping[str, Any]) -> str:
    """Write the expression that gives a column of the common shape."""
    upstream = UPSTREAM[name]
    if upstream not in columns:
        return f"CAST(NULL AS {COLUMNS[name]})"
    match name:
        case "files":
            return _files(columns[upstream])
        case "tags":
            return _tags(columns)
        case "created_at":
            # By way of a zone: a text with an offset would lose it. The connection's zone is UTC.
            moment = f'CAST(TRY_CAST("{upstream}" AS TIMESTAMPTZ) AS TIMESTAMP)'
            return f"CASE WHEN year({moment}) BETWEEN {YEARS} THEN strftime({moment}, '%Y-%m-%dT%H:%M:%SZ') END"
    if COLUMNS[name] == "BIGINT":
        number = f'TRY_CAST("{upstream}" AS BIGINT)'
        return f'CASE WHEN {number} BETWEEN 0 AND {MOST_COUNTED} AND {number} = "{upstream}" THEN {number} END'
    return f'CASE WHEN length("{upstream}") <= {LONGEST_TEXT} THEN "{upstream}" END'


YEARS = "1970 AND 9999"
"""Years that are written with four digits; others are unknown."""

LONGEST_TEXT = 1000
"""Characters of a tag, a task, a library; what is longer is none, as in the lists of the Hub."""


def _files(field: "pa.Field") -> str:
    """Take the names of files, in their order; lists of names and of {rfilename}, and either as JSON, are known."""
    import pyarrow as pa

    names = '"siblings"'
    if not _is_list(field.type):
        names = """CASE WHEN json_valid("siblings") AND json_type("siblings") = 'ARRAY' THEN
            list_transform(json_extract("siblings", '$[*]'), lambda one: json_extract_string(one,
                CASE WHEN json_type(one) = 'OBJECT' THEN '$.rfilename' ELSE '$' END)) END"""
    elif pa.types.is_struct(field.type.value_type):
        names = 'list_transform("siblings", lambda s: s.rfilename)'
    return names


def _keep_sound(table: "pa.Table") -> "pa.Table":
    """Keep what the Hub's lists keep too: readable texts, telling names of files, each tag once."""
    import pyarrow as pa

    table = table.filter(pa.array([name.isprintable() for name in table["id"].to_pylist()], pa.bool_()))
    files, tags = (table[name].combine_chunks() for name in ("files", "tags"))
    changed = {"files": keep_telling_in(files), "tags": keep_each_once(tags)}
    changed |= {name: _keep_printable(table[name]) for name in ("library_name", "task")}
    return pa.table({name: changed.get(name, table[name]) for name in table.column_names}, table.schema)


def _keep_printable(texts: "pa.ChunkedArray") -> "pa.Array":
    import pyarrow as pa

    return pa.array([text if text and text.isprintable() else None for text in texts.to_pylist()], pa.string())


def _tags(columns: Mapping[str, Any]) -> str:
    """Give the tags with the base models as the tags they are usually repeated in."""
    named = f"list_filter(\"tags\", lambda t: t <> '' AND length(t) <= {LONGEST_TEXT})"
    if "baseModels" not in columns:
        return named
    relation = "CASE WHEN coalesce(\"baseModels\".relation, '') = '' THEN '' ELSE \"baseModels\".relation || ':' END"
    told = f'list_filter(coalesce("baseModels".models, []), lambda m: length(m.id) BETWEEN 1 AND {LONGEST_TEXT})'
    whole = f"list_transform({told}, lambda m: 'base_model:' || {relation} || m.id)"
    stated = f"list_filter({whole}, lambda t: length(t) <= {LONGEST_TEXT})"
    return f'CASE WHEN "tags" IS NULL OR "baseModels" IS NULL THEN {named} ELSE list_concat({named}, {stated}) END'
