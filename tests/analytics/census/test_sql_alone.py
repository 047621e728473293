"""The census as SQL alone, which is what a bigger engine runs: the same cube as the product's, row for row."""

import datetime as dt
from pathlib import Path

import duckdb

from analytics.census import cube
from benchmarks.census import make
from benchmarks.peers.census_sql import list_steps

NOW = dt.datetime(2026, 11, 23, tzinfo=dt.UTC)
FORGOTTEN = "CASE WHEN hash(id) % 11 <> 0 THEN files END AS files, CASE WHEN hash(id) % 23 <> 0 THEN tags END AS tags"


def test_sql_alone_counts_the_same_cube(tmp_path: Path) -> None:
    """With tags and files that are not known among them; benchmarks/engines.py holds ClickHouse to the same."""
    make(tmp_path / "drawn.parquet", 3_000)
    census = tmp_path / "census.parquet"
    with duckdb.connect() as opened:
        opened.execute(f"COPY (SELECT * REPLACE ({FORGOTTEN}) FROM '{tmp_path}/drawn.parquet') TO '{census}'")  # noqa: S608 - a path of ours
        opened.execute(f"CREATE VIEW rows AS FROM '{census}'")
        for name, query in list_steps():
            opened.execute(f"CREATE TEMP TABLE {name} AS {query}")
        rows = [list(row) for row in opened.execute(cube.write_cube()).fetchall()]
        frameworks = opened.execute(cube.count_frameworks()).fetchall()

    counted = cube.count(census, NOW)

    assert rows == counted["rows"]
    assert {name: own for name, own, _ in frameworks} == counted["frameworks"]
    assert {name: proven for name, _, proven in frameworks} == counted["proven"]
    assert len(rows) > 1000
