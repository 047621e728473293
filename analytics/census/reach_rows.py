# ruff: noqa: S608 - the queries are made of our own rule and names
"""
How each framework is reached, over millions of rows: conversions on load and the verdicts, as one letter a framework.

Rows come counted, with the number of what converts them; whether files are old is judged once an outline, by the rule
in Python. What comes out is a dimension of its own: models by task and letters.
"""

from typing import TYPE_CHECKING, Any

from analytics.attribution import PYTORCH, Derivative, Status
from analytics.attribution.sql_spelling import text, within
from analytics.attribution.verdicts import Remark
from analytics.census.conversion_codes import ANSWERS, INTO
from analytics.census.fingerprints import MetOutlines
from analytics.census.old_files import find_old
from analytics.domain.reach_counts import Reached
from analytics.reach.conversion_tables import Listings
from analytics.reach.loaders import KERAS_RUNS_ON
from analytics.reach.many_repositories import CONVERSIONS, FRAMEWORKS, LETTER_OF, name_converters
from analytics.reach.tag_rule import Tagged

if TYPE_CHECKING:
    from collections.abc import Mapping

    import duckdb

OWN = f"{within('derivative', [Derivative.ORIGINAL, Derivative.FINETUNE])} AND remark <> {text(Remark.NO_WEIGHTS)}"
"""Whose reach is asked: originals and fine-tunes with weights."""


def count_reach(
    opened: "duckdb.DuckDBPyConnection", met: MetOutlines, listings: Listings, tasks: str
) -> dict[str, Any]:
    """
    Count originals and fine-tunes with weights by task and by how each framework is reached.

    Needs the tables `parts` and `judged` of the cube; `met`: one repository of each outline; `tasks`: the query for
    the name of each task's code.
    """
    opened.register("shown", met)
    _lay_down_conversions(opened)
    _lay_down_old_files(opened)
    rows = [list(row) for row in opened.execute(_count_letters(tasks)).fetchall()]
    through = {name: _tell_converters(name, listings) for name in FRAMEWORKS}
    return {"frameworks": list(FRAMEWORKS), "columns": ["task", "reach", "models"], "rows": rows, "through": through}


def _tell_converters(framework: str, listings: Listings) -> list[list[str]]:
    return [[one.name, one.version, one.released] for one in name_converters(framework, listings)]


def _lay_down_conversions(opened: "duckdb.DuckDBPyConnection") -> None:
    """Say what each number of `conversion_codes` means."""
    columns = ", ".join(f'"into {name}" VARCHAR' for name in INTO)
    opened.execute(f"CREATE TEMP TABLE conversions (conversion TINYINT, {columns})")
    _insert(opened, "conversions", [(number, *answers) for number, answers in ANSWERS.items()])


def _lay_down_old_files(opened: "duckdb.DuckDBPyConnection") -> None:
    """Tell of each outline with files of a framework which of them no library still released loads."""
    opened.execute("CREATE TEMP TABLE old_files (outline UBIGINT, old VARCHAR[])")
    _insert(opened, "old_files", find_old(opened, OWN))


def _insert(opened: "duckdb.DuckDBPyConnection", table: str, rows: list[tuple[Any, ...]]) -> None:
    """Insert many rows at once: one by one they would take a second for some thousand."""
    if rows:
        columns = [list(column) for column in zip(*rows, strict=True)]
        values = ", ".join(f"unnest(${place})" for place in range(1, len(columns) + 1))
        opened.execute(f"INSERT INTO {table} SELECT {values}", columns)


def _count_letters(tasks: str) -> str:
    letters = " || ".join(_letter(name) for name in FRAMEWORKS)
    spelt = f"""SELECT outline, conversion, {letters} AS reach
        FROM (SELECT DISTINCT outline, conversion FROM parts) JOIN judged USING (outline)
        LEFT JOIN old_files USING (outline) JOIN conversions USING (conversion) WHERE {OWN}"""
    return f"""SELECT tasks.name AS task, reach, CAST(sum(models) AS BIGINT) AS models
        FROM parts JOIN ({spelt}) USING (outline, conversion) JOIN ({tasks}) AS tasks USING (task)
        GROUP BY ALL ORDER BY ALL"""


def _letter(name: str) -> str:
    """Write how one framework is reached, in the order of `many_repositories.judge_reach`."""
    there = f"list_contains(frameworks, {text(name)})"
    old = f"coalesce(list_contains(old, {text(name)}), false)"
    proven = f"lambda f: f.framework = {text(name)} AND f.counts AND f.status = {text(Status.YES)}"
    assumed = f"NOT list_bool_or(list_transform(findings, {proven}))"
    pytorch = f"list_contains(frameworks, {text(PYTORCH)})"
    into = f'CASE WHEN {pytorch} THEN "into {name}" END' if name in INTO else "NULL"
    own = f"""CASE WHEN NOT {old} THEN {_spell(Reached.TODAY)}
        WHEN {into} = {text(Tagged.PROVEN)} THEN {_spell(Reached.OLD_CONVERTS)} ELSE {_spell(Reached.OLD)} END"""
    keras = f"WHEN list_contains(frameworks, 'Keras') THEN {_spell(Reached.KERAS)}" if name in KERAS_RUNS_ON else ""
    loads = " ".join(
        f"WHEN {into} = {text(tagged)} THEN {_spell(status)}" for tagged, status in CONVERSIONS.items() if name in INTO
    )
    remarks: Mapping[Remark, Reached] = {Remark.CONVERSION: Reached.EXPORTS, Remark.UNKNOWN: Reached.UNKNOWN}
    rest = " ".join(f"WHEN remark = {text(remark)} THEN {_spell(status)}" for remark, status in remarks.items())
    return f"""(CASE WHEN {there} THEN (CASE WHEN {assumed} THEN lower({own}) ELSE {own} END)
        {keras} {loads} {rest} ELSE {_spell(Reached.NONE)} END)"""


def _spell(status: Reached) -> str:
    return text(LETTER_OF[status])
