# ruff: noqa: S608 - the queries are made of our own rule and names
"""
How each framework is reached, over millions of rows: the rule by tags and the verdicts, as one letter a framework.

In SQL a row is only reduced to the tags the rule by tags looks at; each distinct reduction is judged once, by that very
rule. So is whether files are old, once an outline. What comes out is a dimension of its own: rows by task and letters.
"""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from analytics.attribution import PYTORCH, Status, attribute
from analytics.attribution.letters import lower
from analytics.attribution.sql_spelling import array, text, within
from analytics.attribution.verdicts import Remark
from analytics.domain.observations import Model
from analytics.domain.reach_counts import Reached
from analytics.reach.conversion_tables import TIMM, Listings
from analytics.reach.loading import KERAS_RUNS_ON
from analytics.reach.many_repositories import FRAMEWORKS, LETTER_OF, is_old, name_converters
from analytics.reach.tag_rule import LIBRARIES, NEVER, QUANTISED, SAFETENSORS, Tagged, judge_tags

if TYPE_CHECKING:
    import duckdb

SLOTS = 1 << 20
"""Each tag the rule looks at has its slot among so many; one that shares it is kept, and then not looked at."""

OTHER, NONE = "(other)", "(none)"
"""As the cube writes tasks and libraries: those too rare to be kept, those that are not told."""

INTO = tuple(name for name in FRAMEWORKS if name != PYTORCH)
LETTERS = {Tagged.PROVEN: "P", Tagged.LISTED: "L", Tagged.NO: "N"}


def prepare_reach(opened: "duckdb.DuckDBPyConnection", listings: Listings) -> None:
    """Lay down which tags the rule looks at, and the beginnings of timm's architectures."""
    types = {name for name in listings.model_types if not name.startswith(TIMM)}
    known = {*types, *NEVER, *QUANTISED, *LIBRARIES, SAFETENSORS, "timm"}
    opened.execute(
        f"""SET VARIABLE reach_tags = (SELECT bitstring_agg({_slot("tag")}, 0, {SLOTS - 1})
            FROM (SELECT DISTINCT unnest($tags) AS tag))""",
        {"tags": sorted(map(lower, known))},
    )
    opened.execute("SET VARIABLE timm_starts = $starts", {"starts": _match_timm(listings)})


def _match_timm(listings: Listings) -> str:
    """Write the pattern of the listed beginnings, the longest first, as the table itself chooses."""
    starts = {name.removeprefix(TIMM).rstrip("*") for name in listings.model_types if name.startswith(TIMM)}
    return "|".join(sorted(starts, key=lambda start: (-len(start), start))) or "$."


def write_reach_key() -> str:
    """
    Write the expression that reduces a row (id, tags, library_name) to a number: the same, what the rule looks at is.

    NULL: nothing converts. A sum over the tags that may matter, which costs neither an order nor a copy of them.
    """
    kept = f"get_bit(getvariable('reach_tags'), {_slot('lower(t)')}) = 1"
    tags = f"list_sum(list_transform(tags, lambda t: CASE WHEN {kept} THEN {_number('t')} ELSE 0 END))"
    return f"""CASE WHEN list_contains(tags, {text(SAFETENSORS)}) AND {within(_LIBRARY, ["", "timm", *LIBRARIES])}
        THEN {tags} + {_number(write_architecture())} END"""


def write_architecture() -> str:
    """Write the expression that gives what timm's architecture begins with, as far as that is listed."""
    name = "regexp_extract(regexp_extract(id, '[^/]*$'), '^(?:' || getvariable('timm_starts') || ')')"
    is_timm = f"{_LIBRARY} = 'timm' OR ({_LIBRARY} = '' AND list_contains(tags, 'timm'))"
    return f"CASE WHEN {is_timm} THEN {name} END"


_LIBRARY = "coalesce(library_name, '')"


def _number(value: str) -> str:
    """Write a hash that can be added up; of nothing it is one like any other."""
    return f"CAST(hash({value}) >> 8 AS BIGINT)"


def _slot(tag: str) -> str:
    return f"CAST(hash({tag}) & {SLOTS - 1} AS INTEGER)"


def count_reach(opened: "duckdb.DuckDBPyConnection", listings: Listings) -> dict[str, Any]:
    """
    Count originals and fine-tunes with weights by task and by how each framework is reached.

    Needs the tables `grouped`, `judged` and `counted` of the cube.
    """
    _lay_down_conversions(opened, listings)
    _lay_down_old_files(opened)
    rows = [list(row) for row in opened.execute(_count_letters()).fetchall()]
    through = {name: _tell_converters(name, listings) for name in FRAMEWORKS}
    return {"frameworks": list(FRAMEWORKS), "columns": ["task", "reach", "models"], "rows": rows, "through": through}


def _tell_converters(framework: str, listings: Listings) -> list[list[str]]:
    return [[one.name, one.version, one.released] for one in name_converters(framework, listings)]


def _lay_down_conversions(opened: "duckdb.DuckDBPyConnection", listings: Listings) -> None:
    """Judge each reduction with its task and library once."""
    found = opened.execute(
        """SELECT reach, task, library, any_value(architecture), any_value(tags) FROM grouped
            WHERE reach IS NOT NULL GROUP BY ALL"""
    ).fetchall()
    judged = [(*key, *_judge(key[1], key[2], timm or "", tags, listings)) for *key, timm, tags in found]
    kept = [row for row in judged if set(row[3:]) != {LETTERS[Tagged.NO]}]
    columns = ", ".join(f'"into {name}" VARCHAR' for name in INTO)
    opened.execute(f"CREATE TEMP TABLE conversions (reach HUGEINT, task VARCHAR, library VARCHAR, {columns})")
    _insert(opened, "conversions", kept)


def _judge(task: str, library: str, architecture: str, tags: list[str], listings: Listings) -> Iterable[str]:
    model = Model(
        f"o/{architecture}",
        library=None if library == NONE else library,
        task=None if task == NONE else task,
        tags=tuple(tags),
    )
    return [LETTERS[judge_tags(model, name, listings)] for name in INTO]


def _lay_down_old_files(opened: "duckdb.DuckDBPyConnection") -> None:
    """Tell of each outline with files of a framework which of them no library still released loads."""
    found = opened.execute(
        f"""SELECT outline, any_value(tags), any_value(files), any_value(nullif(library, {text(NONE)})), any_value(era),
            any_value(header) FROM grouped JOIN judged USING (outline)
            WHERE list_has_any(frameworks, {array(INTO)}) GROUP BY outline"""
    ).fetchall()
    opened.execute("CREATE TEMP TABLE old_files (outline UBIGINT, old VARCHAR[])")
    _insert(opened, "old_files", [(outline, old) for outline, *seen in found if (old := _name_old(*seen))])


def _name_old(
    tags: list[str] | None, files: list[str] | None, library: str | None, era: str | None, header: str | None
) -> list[str]:
    model = Model(
        "o/m",
        library=library,
        created_at=era,
        tags=None if tags is None else tuple(tags),
        files=None if files is None else tuple(files),
        header=header,
    )
    return [found.framework for found in attribute(model).findings if found.counts and is_old(found)]


def _insert(opened: "duckdb.DuckDBPyConnection", table: str, rows: list[tuple[Any, ...]]) -> None:
    """Insert many rows at once: one by one they would take a second for some thousand."""
    if rows:
        columns = [list(column) for column in zip(*rows, strict=True)]
        values = ", ".join(f"unnest(${place})" for place in range(1, len(columns) + 1))
        opened.execute(f"INSERT INTO {table} SELECT {values}", columns)


def _count_letters() -> str:
    letters = " || ".join(_letter(name) for name in FRAMEWORKS)
    return f"""
    SELECT CASE WHEN task IN (SELECT task FROM counted) THEN task ELSE {text(OTHER)} END AS task, {letters} AS reach,
        CAST(sum(models) AS BIGINT) AS models
    FROM grouped JOIN judged USING (outline) LEFT JOIN old_files USING (outline)
        LEFT JOIN conversions USING (reach, task, library)
    WHERE derivative IN ('original', 'finetune') AND remark <> {text(Remark.NO_WEIGHTS)}
    GROUP BY ALL ORDER BY ALL"""


def _letter(name: str) -> str:
    """Write how one framework is reached, in the order of `many_repositories.judge_reach`."""
    there = f"list_contains(frameworks, {text(name)})"
    old = f"coalesce(list_contains(old, {text(name)}), false)"
    assumed = (
        f"list_contains(list_transform(findings, lambda f: f.framework || f.status), {text(name + Status.ASSUMED)})"
    )
    pytorch = f"list_contains(frameworks, {text(PYTORCH)})"
    into = f'CASE WHEN {pytorch} THEN "into {name}" END' if name in INTO else "NULL"
    own = f"""CASE WHEN NOT {old} THEN {_spell(Reached.TODAY)} WHEN {into} = 'P' THEN {_spell(Reached.OLD_CONVERTS)}
        ELSE {_spell(Reached.OLD)} END"""
    keras = f"WHEN list_contains(frameworks, 'Keras') THEN {_spell(Reached.KERAS)}" if name in KERAS_RUNS_ON else ""
    converts = {"P": Reached.CONVERTS, "L": Reached.LISTED}
    loads = " ".join(
        f"WHEN {into} = '{letter}' THEN {_spell(status)}" for letter, status in converts.items() if name in INTO
    )
    remarks: Mapping[Remark, Reached] = {Remark.CONVERSION: Reached.EXPORTS, Remark.UNKNOWN: Reached.UNKNOWN}
    rest = " ".join(f"WHEN remark = {text(remark)} THEN {_spell(status)}" for remark, status in remarks.items())
    return f"""(CASE WHEN {there} THEN (CASE WHEN {assumed} THEN lower({own}) ELSE {own} END)
        {keras} {loads} {rest} ELSE {_spell(Reached.NONE)} END)"""


def _spell(status: Reached) -> str:
    return text(LETTER_OF[status])
