# ruff: noqa: S608 - paths of our own
"""
The census's SQL on a second engine, ClickHouse in this process (chdb), beside DuckDB: the same cube, time and memory.

    .venv/bin/pip install chdb sqlglot
    .venv/bin/python -m benchmarks.engines [--models 310000 3100000]

The models are those of `benchmarks.census`; of one in eleven the files are not known, of one in 23 the tags are not.
Three ways, each in a process of its own with two threads and 2 GB for the engine: the product (numpy reduces the rows,
DuckDB judges and counts; it counts papers and reach besides), and SQL alone on either engine (`peers/census_sql.py`),
which SQLGlot rewrites for ClickHouse. All three must give the same cube, row for row. Without the two packages, which
are half a gigabyte and no part of the product, it says so and measures nothing.
"""

import argparse
import datetime as dt
import importlib.util
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from analytics.attribution.sql_spelling import text
from analytics.census import cube
from benchmarks.census import high_water, make
from benchmarks.peers.census_sql import list_steps

NEEDED = ("chdb", "sqlglot")
MEMORY, THREADS = "2GB", 2
Counted = tuple[list[list[object]], dict[str, list[int]]]
"""The rows of the cube, and own models by framework."""


def write_files(folder: Path, models: int) -> None:
    """Write the models for DuckDB, and once more for an engine without lists that are NULL."""
    import duckdb

    from benchmarks.peers.clickhouse_sql import LISTS, UNKNOWN

    make(folder / "drawn.parquet", models)
    forgotten = (
        "CASE WHEN hash(id) % 11 <> 0 THEN files END AS files, CASE WHEN hash(id) % 23 <> 0 THEN tags END AS tags"
    )
    marked = ", ".join(f"coalesce({name}, [{text(UNKNOWN)}]) AS {name}" for name in sorted(LISTS))
    copies = (("census", "drawn", forgotten), ("clickhouse", "census", marked))
    with duckdb.connect() as opened:
        opened.execute(f"SET memory_limit = '{MEMORY}'; SET threads = {THREADS}")
        for target, source, changed in copies:
            opened.execute(f"""COPY (SELECT * REPLACE ({changed}) FROM '{folder}/{source}.parquet')
                TO '{folder}/{target}.parquet' (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 20000)""")
    (folder / "drawn.parquet").unlink()


def count_as_the_product(folder: Path) -> Counted:
    """Count as `frameworks collect` does."""
    counted = cube.count(folder / "census.parquet", dt.datetime(2026, 11, 23, tzinfo=dt.UTC))
    return counted["rows"], {name: [own, counted["proven"].get(name, 0)] for name, own in counted["frameworks"].items()}


def count_in_duckdb(folder: Path) -> Counted:
    """Run the SQL as it stands."""
    import duckdb

    with duckdb.connect() as opened:
        opened.execute(f"SET memory_limit = '{MEMORY}'; SET threads = {THREADS}; SET temp_directory = '{folder}/spill'")
        opened.execute(f"CREATE VIEW rows AS FROM '{folder}/census.parquet'")
        for name, query in list_steps():
            opened.execute(f"CREATE TEMP TABLE {name} AS {query}")
        rows = [list(row) for row in opened.execute(cube.write_cube()).fetchall()]
        return rows, {name: ends for name, *ends in opened.execute(cube.count_frameworks()).fetchall()}


SETTINGS = {
    "max_threads": THREADS,
    "max_memory_usage": 2 * 10**9,
    "max_bytes_before_external_group_by": 10**9,
    "join_use_nulls": 1,
    "prefer_column_name_to_alias": 1,
    "joined_subquery_requires_alias": 0,
    "max_query_size": 10**7,
    "max_ast_elements": 10**7,
    "max_expanded_ast_elements": 10**8,
}
"""What SQL means there: a join that finds nothing gives NULL, and a column goes before an alias of the same name."""


def count_in_clickhouse(folder: Path) -> Counted:
    """Run the same SQL, rewritten."""
    from chdb.session import Session

    from benchmarks.peers.clickhouse_sql import write_for_clickhouse

    session = Session()
    for name, value in SETTINGS.items():
        session.query(f"SET {name} = {value}")
    session.query(f"CREATE VIEW rows AS SELECT * FROM file('{folder}/clickhouse.parquet', Parquet, '{_describe()}')")
    for name, query in list_steps():
        session.query(f"CREATE TABLE {name} ENGINE = Memory AS {write_for_clickhouse(query)}")
    rows, frameworks = (
        [
            json.loads(line)
            for line in str(session.query(write_for_clickhouse(query), "JSONCompactEachRow")).splitlines()
        ]
        for query in (cube.write_cube(), cube.count_frameworks())
    )
    return rows, {name: ends for name, *ends in frameworks}


def _describe() -> str:
    """Name the columns that are read, for its own guess is that everything may be NULL within a list too."""
    named = {"id": "String", "tags": "Array(String)", "files": "Array(String)", "downloads": "Nullable(Int64)"}
    texts = dict.fromkeys(("created_at", "library_name", "task"), "Nullable(String)")
    return ", ".join(f"{name} {kind}" for name, kind in (named | texts).items())


WAYS: dict[str, Callable[[Path], Counted]] = {
    "product": count_as_the_product,
    "SQL, DuckDB": count_in_duckdb,
    "SQL, ClickHouse": count_in_clickhouse,
}


def work(way: str, folder: Path) -> None:
    """Count one way in this process, and print what it took and gave."""
    began = time.perf_counter()
    rows, frameworks = WAYS[way](folder)
    used = os.times()
    told = {
        "seconds": time.perf_counter() - began,
        "processors": used.user + used.system,
        "megabytes": high_water(),
        "cube": sorted(rows, key=repr),
        "frameworks": frameworks,
    }
    print(json.dumps(told))


def measure(way: str, folder: Path, models: int) -> str:
    """Count one way in a process of its own; gives its cube, as text."""
    command = [sys.executable, "-m", "benchmarks.engines", "--way", way, "--folder", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        print(f"| {models:,} | {way} | failed: {done.stderr.strip().splitlines()[-1][:200]} | | | |", flush=True)
        return ""
    told = json.loads(done.stdout.splitlines()[-1])
    print(
        f"| {models:,} | {way} | {told['seconds']:.1f} s | {told['processors']:.1f} s | {told['megabytes']:,.0f} MB "
        f"| {len(told['cube']):,} | {os.getloadavg()[0]:.1f} |",
        flush=True,
    )
    return json.dumps([told["cube"], told["frameworks"]], sort_keys=True)


def compare(models: int) -> bool:
    """Count so many models all ways, and tell whether the cubes are the same."""
    with TemporaryDirectory(prefix="engines-") as place:
        folder = Path(place)
        write_files(folder, models)
        cubes = {measure(way, folder, models) for way in WAYS}
    is_same = len(cubes) == 1 and "" not in cubes
    print(
        f"The three cubes of {models:,} models are {'the same, row for row' if is_same else 'NOT the same'}.",
        flush=True,
    )
    return is_same


def main() -> None:
    """Measure each size."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--models", type=int, nargs="+", default=[310_000, 3_100_000])
    parser.add_argument("--way", choices=list(WAYS))
    parser.add_argument("--folder", type=Path)
    options = parser.parse_args()
    if missing := [name for name in NEEDED if importlib.util.find_spec(name) is None]:
        print(f"Nothing is measured: {' and '.join(missing)} not installed (.venv/bin/pip install {' '.join(NEEDED)}).")
        return
    if options.way:
        work(options.way, options.folder)
        return
    print("| Models | Way | Clock | Processors | Peak memory | Rows of the cube | Load |")
    print("|---|---|---:|---:|---:|---:|---:|")
    results = [compare(models) for models in options.models]
    if not all(results):
        raise SystemExit(1)


if __name__ == "__main__":
    main()
