# ruff: noqa: S608 - the queries are made of our own rule and names; paths are quoted
"""
From the cache to the cube: the attribution rule over millions of rows in DuckDB, streaming.

Each row is reduced to its outline and counted, and each outline is judged once. What a conversion inherits never moves
a count (it is in no framework either way), so no row needs its base model here.
"""

import datetime as dt
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analytics.attribution import PYTORCH, TENSORFLOW
from analytics.attribution.sql import FINDINGS, verdicts
from analytics.attribution.sql_spelling import text
from analytics.attribution.verdicts import OWN, Remark
from analytics.census.creation_days import QUARTER
from analytics.census.fingerprints import MetOutlines
from analytics.census.reach_rows import count_reach
from analytics.census.schema import connection
from analytics.census.tally import TABLES, lay_down
from analytics.domain.quarters import A_YEAR
from analytics.domain.requests import ORIGINALS
from analytics.rare_searches import search_seldom_meanwhile
from analytics.reach.conversion_tables import Listings, read_shipped_listings

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

MOST_TASKS, MOST_LIBRARIES, MOST_LICENCES = 40, 12, 20
"""The most frequent ones are kept by name; the others are folded into OTHER."""
OTHER, NONE = "(other)", "(none)"


def count(
    cache: Path, now: dt.datetime, headers: Mapping[str, str] | None = None, listings: Listings | None = None
) -> dict[str, Any]:
    """
    Count a cache, with the safetensors headers that were read of single models, and what libraries list to convert.

    {"columns", "rows" of the cube, "licences": {"columns", "rows"}, "frameworks": own models in each, "proven": how
    many of these are in it on proof, "papers": {...}, "reach": {...}, "total"}.

    `papers` are the votes of arXiv papers: {"rows": [[quarter, split, papers], ...], "undated": ids of the future}.
    """
    listings = listings or read_shipped_listings()
    with search_seldom_meanwhile(), connection(cache.parent) as opened, ThreadPoolExecutor(1) as beside:
        met, rule = MetOutlines(), opened.cursor()
        opened.execute(f"{TABLES}; {JUDGED}")
        # One processor plans the rule for as long as another goes through lots. Tables made later would void the plan.
        planned = beside.submit(_plan_to_judge, rule, met)
        lay_down(opened, cache, met, listings, headers)
        planned.result()
        rule.execute("EXECUTE judging").fetchall()
        opened.execute(f"CREATE TABLE counted AS {count_kinds()}")
        # A query of so few rows takes one processor and Python another: what needs no cube is counted beside it.
        counting = beside.submit(_count_beside, opened.cursor(), met, listings, now)
        rows = _fetch_rows(opened, write_cube())
        opened.execute(f"CREATE TEMP TABLE counted_licences AS {_count_licences()}")
        licences = _fetch_rows(opened, _licences())
        frameworks, papers, reach = counting.result()
    total = sum(row[-2] for row in rows if row[0] == "declared")
    return {
        "columns": [*DIMENSIONS, *MEASURES],
        "rows": rows,
        "frameworks": {name: models for name, models, _ in frameworks},
        PROVEN: {name: proven for name, _, proven in frameworks},
        LICENCES: {"columns": [*OF_LICENCES, *MEASURES], "rows": licences},
        "papers": papers,
        "reach": reach,
        "total": total,
    }


def _count_beside(
    opened: "duckdb.DuckDBPyConnection", met: MetOutlines, listings: Listings, now: dt.datetime
) -> tuple[list[tuple[str, int, int]], dict[str, Any], dict[str, Any]]:
    """Count frameworks, papers and reach."""
    reach = count_reach(opened, met, listings, _name("task", MOST_TASKS))
    return opened.execute(count_frameworks()).fetchall(), _papers(opened, now), reach


def _fetch_rows(opened: "duckdb.DuckDBPyConnection", query: str) -> list[list[Any]]:
    """Give the rows of a query, taken column by column: row by row they would be as many tuples more."""
    columns = opened.execute(query).fetchnumpy().values()
    return list(map(list, zip(*(column.tolist() for column in columns), strict=True)))


OF_OUTLINES = "split, derivative, remark, declared, assumed"
"""The dimensions that an outline's verdict decides; outlines alike in all are of one `kind`, which is their hash."""


JUDGED = f"""
    CREATE TABLE judged (outline UBIGINT, split VARCHAR, frameworks VARCHAR[], conversions VARCHAR[],
        findings {FINDINGS}, derivative VARCHAR, remark VARCHAR, declared VARCHAR, assumed VARCHAR, kind UBIGINT)"""


def _plan_to_judge(opened: "duckdb.DuckDBPyConnection", met: MetOutlines) -> None:
    """Prepare `judging`, which judges what is met by the time that it is executed."""
    opened.register("shown", met)
    opened.execute(f"PREPARE judging AS INSERT INTO judged BY NAME {judge()}")


def judge() -> str:
    """Judge each outline once, by both definitions."""
    outlines = "(SELECT * REPLACE (CAST(id AS VARCHAR) AS id) FROM shown)"
    declared = f"""SELECT id AS declared_id, CASE
        WHEN list_contains(tags, 'pytorch') AND list_contains(tags, 'tf') THEN 'both'
        WHEN list_contains(tags, 'pytorch') THEN 'pytorch_only'
        WHEN list_contains(tags, 'tf') THEN 'tensorflow_only' ELSE 'neither' END AS declared FROM {outlines}"""
    pytorch, tensorflow = (
        "coalesce(list_bool_or(list_transform(findings, "
        f"lambda f: f.framework = {text(name)} AND f.counts AND f.status <> 'yes')), false)"
        for name in (PYTORCH, TENSORFLOW)
    )
    assumed = f"""CASE WHEN {pytorch} AND {tensorflow} THEN {text(BOTH)} WHEN {pytorch} THEN {text(PYTORCH)}
        WHEN {tensorflow} THEN {text(TENSORFLOW)} ELSE '' END"""
    return f"""
    SELECT *, hash({OF_OUTLINES}) AS kind
    FROM (SELECT CAST(id AS UBIGINT) AS outline, split, frameworks, conversions, findings, derivative, remark,
        declared, {assumed} AS assumed
    FROM ({verdicts(outlines)}) JOIN ({declared}) ON declared_id = id)"""


# --------------------------------------------------------------------------------------------------------------- cube


def count_kinds() -> str:
    """Add up what was counted of outlines by their kind; numbers alone, for these are still hundreds of thousands."""
    return """
    SELECT kind, quarter, task, library, band, CAST(sum(models) AS BIGINT) AS models,
        CAST(sum(downloads) AS BIGINT) AS downloads FROM parts JOIN judged USING (outline) GROUP BY ALL"""


def _count_licences() -> str:
    return """
    SELECT kind, licence, CAST(sum(models) AS BIGINT) AS models, CAST(sum(downloads) AS BIGINT) AS downloads
        FROM parts JOIN judged USING (outline) GROUP BY ALL"""


def _licences() -> str:
    """Write the face of licences in words: a table of its own, since the cube with one more dimension would be vast."""
    return f"""
    SELECT 'attributed' AS definition, split, licences.name AS licence, derivative, remark, assumed,
        CAST(sum(models) AS BIGINT) AS models, CAST(sum(downloads) AS BIGINT) AS downloads
        FROM counted_licences JOIN (SELECT DISTINCT kind, {OF_OUTLINES} FROM judged) USING (kind)
        JOIN ({_name("licence", MOST_LICENCES, "counted_licences")}) AS licences USING (licence)
        GROUP BY ALL ORDER BY ALL"""


def write_cube() -> str:
    """Write the cube in words."""
    named = f"""SELECT {OF_OUTLINES}, {QUARTER} AS quarter, tasks.name AS task, libraries.name AS library, band,
        models, downloads FROM counted JOIN (SELECT DISTINCT kind, {OF_OUTLINES} FROM judged) USING (kind)
        JOIN ({_name("task", MOST_TASKS)}) AS tasks USING (task)
        JOIN ({_name("library", MOST_LIBRARIES)}) AS libraries USING (library)"""
    both = """
    SELECT 'attributed' AS definition, split, quarter, task, library, derivative, remark, assumed, band,
        CAST(sum(models) AS BIGINT) AS models, CAST(sum(downloads) AS BIGINT) AS downloads FROM named GROUP BY ALL
    UNION ALL
    SELECT 'declared', declared, quarter, task, '', '', '', '', band,
        CAST(sum(models) AS BIGINT), CAST(sum(downloads) AS BIGINT) FROM named GROUP BY ALL"""
    return f"WITH named AS MATERIALIZED ({named}) SELECT * FROM ({both}) ORDER BY ALL"


def _name(column: str, most: int, table: str = "counted") -> str:
    """
    Write the query that gives each code of a table's column its name, OTHER where it is not among the most frequent.

    What has none is NONE and takes no place among them.
    """
    ranked = f"""SELECT {column}, coalesce(any_value(name), {text(NONE)}) AS name, sum(models) AS models
        FROM {table} LEFT JOIN (SELECT code AS {column}, name FROM names) USING ({column}) GROUP BY {column}"""
    is_named = f"name <> {text(NONE)}"
    place = f"row_number() OVER (PARTITION BY {is_named} ORDER BY models DESC, name)"
    return f"""SELECT {column}, CASE WHEN {place} <= {most} THEN name ELSE {text(OTHER)} END AS name FROM ({ranked})"""


def count_frameworks() -> str:
    """Count originals and fine-tunes in each framework, and those there on proof; one model may count in several."""
    proven = "list_filter(findings, lambda f: f.counts AND f.status = 'yes')"
    return f"""SELECT name, CAST(sum(models) AS BIGINT),
        CAST(coalesce(sum(models) FILTER (list_contains(proven, name)), 0) AS BIGINT)
        FROM (SELECT unnest(frameworks) AS name, models, list_transform({proven}, lambda f: f.framework) AS proven
        FROM (SELECT outline, sum(models) AS models FROM parts GROUP BY outline) JOIN judged USING (outline)
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
    """
    Add a counted body up: definition -> split -> [models, downloads], what a line over many censuses needs.

    Beside the two definitions stand ORIGINALS: of the attributed those that totals and trend count by default.
    """
    found: dict[str, dict[str, list[int]]] = {ORIGINALS: {}}
    for definition, split, *counts in fold(body, "definition", "split")["rows"]:
        found.setdefault(definition, {})[split] = counts
    for definition, split, derivative, remark, *counts in fold(body, *OF_OWN)["rows"]:
        if definition == "attributed" and derivative in OWN and remark != Remark.NO_WEIGHTS:
            known = found[ORIGINALS].get(split, [0] * len(counts))
            found[ORIGINALS][split] = [one + more for one, more in zip(known, counts, strict=True)]
    return found


OF_OWN = ("definition", "split", "derivative", "remark")
"""What tells whether a row is of originals and fine-tunes with weights."""
IDLE, LIBRARIES, LICENCES, PROVEN = "idle", "libraries", "licences", "proven"
"""
The faces of models without a download in 30 days (band 0; -1 where downloads are unknown), libraries, licences; and how
many models of a framework are in it on proof, which censuses of before did not keep.
"""

OF_LICENCES = ("definition", "split", "licence", "derivative", "remark", "assumed")


def face(body: dict[str, Any], name: str) -> dict[str, Any]:
    """Give one of the first two faces, which censuses of before they were kept have in their cube alone."""
    place = body["columns"].index("band" if name == IDLE else "definition")
    wanted = (0, UNTOLD) if name == IDLE else ("attributed",)
    rows = {"columns": body["columns"], "rows": [row for row in body["rows"] if row[place] in wanted]}
    kept = ("task", "band") if name == IDLE else ("library",)
    return fold(rows, "definition", "split", *kept, "derivative", "remark", "assumed")


UNTOLD = -1


def faces(body: dict[str, Any]) -> dict[str, Any]:
    """Give what questions ask of one census, which they get in a few milliseconds: by task, by quarter and so on."""
    return {
        IDLE: face(body, IDLE),
        LIBRARIES: face(body, LIBRARIES),
        **({LICENCES: body[LICENCES]} if LICENCES in body else {}),  # those of before they were kept
        "total": body["total"],
        "frameworks": body["frameworks"],
        **({PROVEN: body[PROVEN]} if PROVEN in body else {}),
        "reach": body["reach"],
        "tasks": fold(body, "definition", "split", "task", "derivative", "remark", "assumed"),
        "quarters": fold(body, "definition", "split", "quarter", "derivative", "remark", "assumed"),
    }


def _papers(opened: "duckdb.DuckDBPyConnection", now: dt.datetime) -> dict[str, Any]:
    """
    Count arXiv papers by quarter: one vote a paper, the union over the original models that name it.

    Only models made at most four quarters after it count: a tag means cited, and BERT and the paper in the template of
    model cards are cited by tens of thousands for ever.
    """
    papers_quarter = (
        "(2000 + CAST(substr(paper, 7, 2) AS INTEGER)) * 4 + (CAST(substr(paper, 9, 2) AS INTEGER) - 1) // 3"
    )
    voted = f"""
    SELECT paper, bool_or(split IN ('pytorch_only', 'both')) AS p, bool_or(split IN ('tensorflow_only', 'both')) AS t
    FROM cited JOIN judged USING (outline) WHERE derivative = 'original' AND quarter >= 0
        AND quarter - ({papers_quarter}) <= {A_YEAR} GROUP BY paper"""
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
