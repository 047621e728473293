# ruff: noqa: S608 - the queries are made of our own rule and names
"""
The census as SQL alone, from rows to the cube: what an engine runs that has no numpy beside it.

Judging and counting are the product's own queries, unchanged (`analytics.census.cube`). In the product the rows are
reduced to outlines by numpy, which is faster on one machine; here by a query, from the same words and file names.
"""

from analytics.attribution import rule
from analytics.attribution.library_table import spell_in_sql
from analytics.attribution.sql_spelling import array, text, within
from analytics.census import cube
from analytics.census.creation_days import ERAS
from analytics.census.fingerprints import FILE
from analytics.census.tag_codes import list_words
from analytics.census.tally import BANDS


def list_steps() -> list[tuple[str, str]]:
    """List the tables to make out of `rows`, each with its query; the cube asks the last of them."""
    return [
        ("seen", _see()),
        ("names", _number_names()),
        ("parts", _count_parts()),
        ("shown", _show()),
        ("judged", cube.judge()),
        ("counted", cube.count_kinds()),
    ]


def _see() -> str:
    """Count the rows that are alike in all that is looked at, and keep the lists of one of them."""
    return f"""
    SELECT hash(reduced, coalesce(held, 0), is_told, library_name, coalesce(era, '')) AS outline,
        any_value(tags) AS tags, any_value(files) AS files, library_name, era, quarter, task, band, count(*) AS models,
        sum(downloads) AS downloads
    FROM (SELECT tags, files, coalesce(library_name, '') AS library_name, coalesce(task, '') AS task,
        {REDUCED} AS reduced, {_reduce_files()} AS held, files IS NOT NULL AS is_told,
        {_find_era()} AS era, {_find_quarter()} AS quarter,
        {_find_band()} AS band, coalesce(downloads, 0) AS downloads
        FROM (SELECT *, {_find_words()} AS words FROM rows))
    GROUP BY outline, library_name, era, quarter, task, band"""


REDUCED = "list_concat(words[1:1], list_filter(words[2:], lambda t, i: t <> '' OR i = list_position(words[2:], '')))"
"""The first word, which the rule asks for alone, and where its run ends: at the first of the others."""


def _find_words() -> str:
    """Leave the words that the rule looks at and the relations of base models; of all others that they stand there."""
    known = within(spell_in_sql("t"), list_words().to_pylist())
    base = f"WHEN starts_with(t, {text(rule.BASE)}) THEN regexp_replace(t, ':[^:]*$', ':x')"
    kept = f"CASE WHEN {known} THEN t {base} ELSE '' END"
    return f"list_transform(coalesce(tags, ['(unknown)']), lambda t: {kept})"


def _reduce_files() -> str:
    return f"list_sum(list_transform(files, lambda word: ({FILE}) // 1048576))"


def _find_era() -> str:
    later = " ".join(f"WHEN created_at >= {text(day)} THEN {text(day)}" for day in reversed(ERAS))
    return f"CASE {later} WHEN created_at IS NOT NULL THEN {text(ERAS[0])} END"


def _find_quarter() -> str:
    year, month = "CAST(substr(created_at, 1, 4) AS INTEGER)", "CAST(substr(created_at, 6, 2) AS INTEGER)"
    return f"coalesce({year} * 4 + ({month} - 1) // 3, -1)"


def _find_band() -> str:
    digits = f"CAST(len(list_filter({array(BANDS)}, lambda b: b <= downloads)) AS TINYINT)"
    return f"CAST(CASE WHEN downloads IS NULL THEN -1 ELSE {digits} END AS TINYINT)"


def _number_names() -> str:
    """Give the tasks and libraries numbers; none is one of them, without a name."""
    return """
    SELECT row_number() OVER (ORDER BY word) AS code, nullif(word, '') AS name, word
    FROM (SELECT DISTINCT unnest([task, library_name]) AS word FROM seen)"""


def _count_parts() -> str:
    return """
    SELECT outline, quarter, tasks.code AS task, libraries.code AS library, band, models, downloads
    FROM seen JOIN names AS tasks ON tasks.word = seen.task JOIN names AS libraries ON libraries.word = library_name"""


def _show() -> str:
    return """
    SELECT outline AS id, any_value(tags) AS tags, any_value(files) AS files, any_value(library_name) AS library_name,
        any_value(era) AS created_at, CAST(NULL AS VARCHAR) AS header FROM seen GROUP BY outline"""
