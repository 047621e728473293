# ruff: noqa: S608 - the queries are made of our own rule and names; paths are quoted
"""
From the cache to the cube: the attribution rule over millions of rows in DuckDB, streaming.

Each row is reduced to its outline and counted, and each outline is judged once. What a conversion inherits never moves
a count (it is in no framework either way), so no row needs its base model here.
"""

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analytics.attribution import PYTORCH, TENSORFLOW
from analytics.attribution.sql import verdicts
from analytics.attribution.sql_spelling import text
from analytics.census.fingerprints import outline, prepare
from analytics.census.reach_rows import count_reach, prepare_reach
from analytics.census.schema import connection
from analytics.domain.quarters import A_YEAR
from analytics.reach.conversion_tables import Listings, shipped_listings

if TYPE_CHECKING:
    import duckdb

DIMENSIONS = ("definition", "split", "quarter", "task", "library", "derivative", "remark", "assumed", "band")
BOTH = "both"
MEASURES = ("models", "downloads")
"""
Columns of the cube. `remark` says why a model is in no framework ("no-weights"); `band` is how many digits the 30-day
downloads have, 0 for none and -1 for unknown; `assumed` names which of the two, or both, is assumed. Under the
definition declared the last four but `band` are empty.
"""

MOST_TASKS, MOST_LIBRARIES = 40, 12
"""The most frequent ones are kept by name; the others are folded into OTHER."""
OTHER, NONE = "(other)", "(none)"

MOST_DIGITS = 7
BAND = "CASE WHEN downloads IS NULL THEN -1 {} ELSE {} END".format(
    " ".join(f"WHEN downloads < {10**digits} THEN {digits}" for digits in range(MOST_DIGITS)), MOST_DIGITS
)
"""By comparing: to write the number and count its digits takes ten times as long."""

PART = "CASE WHEN month < '04' THEN 'Q1' WHEN month < '07' THEN 'Q2' WHEN month < '10' THEN 'Q3' ELSE 'Q4' END"


def count(
    cache: Path, now: dt.datetime, headers: Mapping[str, str] | None = None, listings: Listings | None = None
) -> dict[str, Any]:
    """
    Count a cache, with the safetensors headers that were read of single models, and what libraries list to convert.

    {"columns", "rows" of the cube, "frameworks": own models in each, "papers": {...}, "reach": {...}, "total"}.

    `papers` are the votes of arXiv papers: {"rows": [[quarter, split, papers], ...], "undated": ids of the future}.
    """
    listings = listings or shipped_listings()
    with connection(cache.parent) as opened:
        prepare(opened, headers)
        prepare_reach(opened, listings)
        opened.execute(f"CREATE TEMP TABLE grouped AS {_group(cache, with_headers=bool(headers))}")
        opened.execute(f"CREATE TEMP TABLE judged AS {_judge()}")
        opened.execute(f"CREATE TEMP TABLE counted AS {_count()}")
        rows = [list(row) for row in opened.execute(_cube()).fetchall()]
        frameworks = dict(opened.execute(_frameworks()).fetchall())
        papers = _papers(opened, now)
        reach = count_reach(opened, listings)
    total = sum(row[-2] for row in rows if row[0] == "declared")
    return {
        "columns": [*DIMENSIONS, *MEASURES],
        "rows": rows,
        "frameworks": frameworks,
        "papers": papers,
        "reach": reach,
        "total": total,
    }


def _group(cache: Path, *, with_headers: bool) -> str:
    """Count the rows of each outline by quarter, task, library and band, in one pass over the file."""
    year, month = "left(created_at, 4)", "substr(created_at, 6, 2)"
    header = "any_value(header)" if with_headers else "NULL"
    return f"""
    SELECT * EXCLUDE (year, part), coalesce(year || part, '') AS quarter FROM (
    SELECT outline, year, {PART} AS part, coalesce(nullif(task, ''), {text(NONE)}) AS task,
        coalesce(nullif(library_name, ''), {text(NONE)}) AS library, {BAND} AS band, papers,
        reach, any_value(architecture) AS architecture,
        era, any_value(tags) AS tags, any_value(files) AS files, {header} AS header,
        count(*) AS models, coalesce(sum(downloads), 0) AS downloads
    FROM (SELECT *, {year} AS year, {month} AS month FROM ({outline(cache, with_headers=with_headers)}))
    GROUP BY ALL)"""


def _judge() -> str:
    """Judge each outline once, by both definitions."""
    outlines = f"""(SELECT CAST(outline AS VARCHAR) AS id, any_value(tags) AS tags, any_value(files) AS files,
        any_value(CASE WHEN library <> {text(NONE)} THEN library END) AS library_name, any_value(era) AS created_at,
        CAST(any_value(header) AS VARCHAR) AS header
        FROM grouped GROUP BY outline)"""
    declared = f"""SELECT id AS declared_id, CASE
        WHEN list_contains(tags, 'pytorch') AND list_contains(tags, 'tf') THEN 'both'
        WHEN list_contains(tags, 'pytorch') THEN 'pytorch_only'
        WHEN list_contains(tags, 'tf') THEN 'tensorflow_only' ELSE 'neither' END AS declared FROM {outlines}"""
    pytorch, tensorflow = (
        "coalesce(list_bool_or(list_transform(findings, "
        f"lambda f: f.framework = {text(name)} AND f.status = 'assumed')), false)"
        for name in (PYTORCH, TENSORFLOW)
    )
    assumed = f"""CASE WHEN {pytorch} AND {tensorflow} THEN {text(BOTH)} WHEN {pytorch} THEN {text(PYTORCH)}
        WHEN {tensorflow} THEN {text(TENSORFLOW)} ELSE '' END"""
    return f"""
    SELECT CAST(id AS UBIGINT) AS outline, split, frameworks, findings, derivative, remark, declared,
        {assumed} AS assumed
    FROM ({verdicts(outlines)}) JOIN ({declared}) ON declared_id = id"""


# --------------------------------------------------------------------------------------------------------------- cube


def _count() -> str:
    tasks, names = (
        f"(SELECT {name} FROM grouped GROUP BY {name} ORDER BY sum(models) DESC, {name} LIMIT {most})"
        for name, most in (("task", MOST_TASKS), ("library", MOST_LIBRARIES))
    )
    return f"""
    SELECT judged.* EXCLUDE (findings), quarter, band, papers, models, downloads,
        CASE WHEN task IN {tasks} THEN task ELSE {text(OTHER)} END AS task,
        CASE WHEN library IN {names} THEN library ELSE {text(OTHER)} END AS library
    FROM grouped JOIN judged USING (outline)"""


def _cube() -> str:
    both = """
    SELECT 'attributed' AS definition, split, quarter, task, library, derivative, remark, assumed, band,
        CAST(sum(models) AS BIGINT) AS models, CAST(sum(downloads) AS BIGINT) AS downloads FROM counted GROUP BY ALL
    UNION ALL
    SELECT 'declared', declared, quarter, task, '', '', '', '', band,
        CAST(sum(models) AS BIGINT), CAST(sum(downloads) AS BIGINT) FROM counted GROUP BY ALL"""
    return f"SELECT * FROM ({both}) ORDER BY ALL"


def _frameworks() -> str:
    """Count originals and fine-tunes in each framework; one model may count in several."""
    return """SELECT name, CAST(sum(models) AS BIGINT) FROM (SELECT unnest(frameworks) AS name, models FROM counted
        WHERE derivative IN ('original', 'finetune')) GROUP BY name ORDER BY 2 DESC, 1"""


def fold(body: dict[str, Any], *dimensions: str) -> dict[str, Any]:
    """Give the cube with these dimensions only: {"columns", "rows"}, some hundred rows instead of ten thousands."""
    names = body["columns"]
    places = [names.index(name) for name in dimensions]
    measured = [names.index(name) for name in MEASURES]
    found: dict[tuple[Any, ...], list[int]] = {}
    for row in body["rows"]:
        counts = found.setdefault(tuple(row[place] for place in places), [0] * len(measured))
        for number, place in enumerate(measured):
            counts[number] += row[place]
    return {"columns": [*dimensions, *MEASURES], "rows": [[*key, *counts] for key, counts in found.items()]}


def sums(body: dict[str, Any]) -> dict[str, dict[str, list[int]]]:
    """Add a counted body up: definition -> split -> [models, downloads], what a line over many censuses needs."""
    found: dict[str, dict[str, list[int]]] = {}
    for definition, split, *counts in fold(body, "definition", "split")["rows"]:
        found.setdefault(definition, {})[split] = counts
    return found


def faces(body: dict[str, Any]) -> dict[str, Any]:
    """Give what questions ask of one census, which they get in a few milliseconds: by task and by quarter."""
    return {
        "total": body["total"],
        "frameworks": body["frameworks"],
        "reach": body["reach"],
        "tasks": fold(body, "definition", "split", "task", "derivative", "remark", "assumed"),
        "quarters": fold(body, "definition", "split", "quarter", "remark", "assumed"),
    }


def _papers(opened: "duckdb.DuckDBPyConnection", now: dt.datetime) -> dict[str, Any]:
    """
    Count arXiv papers by quarter: one vote a paper, the union over the original models that name it.

    Only models made at most four quarters after it count: a tag means cited, and BERT and the paper in the template of
    model cards are cited by tens of thousands for ever.
    """
    quarter = "CAST(left(quarter, 4) AS INTEGER) * 4 + CAST(right(quarter, 1) AS INTEGER)"
    papers_quarter = (
        "(2000 + CAST(substr(paper, 7, 2) AS INTEGER)) * 4 + (CAST(substr(paper, 9, 2) AS INTEGER) + 2) // 3"
    )
    voted = f"""
    SELECT paper, bool_or(split IN ('pytorch_only', 'both')) AS p, bool_or(split IN ('tensorflow_only', 'both')) AS t
    FROM (SELECT unnest(papers) AS paper, split, quarter FROM counted WHERE derivative = 'original' AND quarter <> '')
    WHERE {quarter} - ({papers_quarter}) <= {A_YEAR} GROUP BY paper"""
    dated = f"""
    SELECT '20' || substr(paper, 7, 2) AS year, CAST(substr(paper, 9, 2) AS INTEGER) AS month,
        CASE WHEN p AND t THEN 'both' WHEN p THEN 'pytorch_only'
            WHEN t THEN 'tensorflow_only' ELSE 'neither' END AS split
    FROM ({voted})"""
    rows = opened.execute(f"""SELECT year || 'Q' || CAST(1 + (month - 1) // 3 AS VARCHAR), split, count(*),
        CAST(year AS INTEGER) * 100 + any_value(month) > {now.year * 100 + now.month} OR CAST(year AS INTEGER) < 2007
        FROM ({dated}) GROUP BY year, month, split ORDER BY ALL""").fetchall()
    known: dict[tuple[str, str], int] = {}
    undated = 0
    for quarter, split, papers, is_wrong in rows:
        undated += papers if is_wrong else 0
        if not is_wrong:
            known[quarter, split] = known.get((quarter, split), 0) + papers
    return {"rows": [[quarter, split, n] for (quarter, split), n in sorted(known.items())], "undated": undated}
