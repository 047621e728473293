"""The two forms of the rule side by side: for one model in Python, for a table in SQL."""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

import duckdb

from analytics.attribution import Verdict
from analytics.attribution.sql import verdicts
from analytics.attribution.verdicts import REMARKS, Remark
from analytics.domain.observations import Model

COLUMNS = {
    "number": "INTEGER",
    "id": "VARCHAR",
    "tags": "VARCHAR[]",
    "library_name": "VARCHAR",
    "files": "VARCHAR[]",
    "created_at": "VARCHAR",
    "header": "VARCHAR",
}
SHAPE = ", ".join(f"{name} {kind}" for name, kind in COLUMNS.items())
OUTPUTS = "split, frameworks, findings, tier, conversions, derivative, suspected, remark, bases"

Outputs = tuple[Any, ...]


def in_sql(models: Sequence[Model], *, inheriting: bool = False) -> list[Outputs]:
    """Ask DuckDB for the verdicts on `models`, in their order."""
    database = _prepared(inheriting=inheriting)
    rows = [dict(zip(COLUMNS, row, strict=True)) for row in _rows(models)]
    database.execute("DELETE FROM models")
    database.execute(f"INSERT INTO models SELECT unnest(?::STRUCT({SHAPE})[], recursive := true)", [rows])
    answers = database.execute("EXECUTE judge").fetchall()
    found = {row[0]: row[1:] for row in answers}
    if inheriting:
        return [found[model.id] for model in models]
    return [_without_itself(found[f"{number}/{model.id}"], model) for number, model in enumerate(models)]


def _without_itself(row: Outputs, model: Model) -> Outputs:
    """Leave out what a number before its id hides from the query: that a model names itself as its base."""
    *others, bases = row
    return (*others, [base for base in bases if base.lower() != model.id.lower()])


@cache
def _prepared(*, inheriting: bool) -> duckdb.DuckDBPyConnection:
    """Plan the query once: it is 120,000 letters long, and to plan it takes longer than to judge fifty models."""
    database = duckdb.connect()
    database.execute(f"CREATE TABLE models ({SHAPE})")
    database.execute("CREATE VIEW numbered AS SELECT * REPLACE (number || '/' || id AS id) FROM models")
    own = f"(SELECT id, frameworks FROM ({verdicts('models')}))"  # noqa: S608 - our own words
    query = verdicts("models", bases=own) if inheriting else verdicts("numbered")
    database.execute(f"PREPARE judge AS SELECT id, {OUTPUTS} FROM ({query})")  # noqa: S608 - our own words
    return database


def _rows(models: Iterable[Model]) -> Iterable[tuple[Any, ...]]:
    for number, model in enumerate(models):
        yield number, model.id, _list(model.tags), model.library, _list(model.files), model.created_at, model.header


def _list(values: tuple[str, ...] | None) -> list[str] | None:
    return None if values is None else list(values)


def remark_of(verdict: Verdict) -> Remark:
    """Give the class of what is remarked in place of a framework; empty where a framework counts."""
    return Remark.NONE if verdict.frameworks else REMARKS.get(verdict.tier, Remark.UNKNOWN)


def in_python(verdict: Verdict) -> Outputs:
    """Give a verdict as the row SQL should return for it."""
    findings = [
        {
            "framework": one.framework,
            "status": one.status.value,
            "tier": one.tier.value,
            "counts": one.counts,
            "kind": one.proof.kind.value,
        }
        for one in verdict.findings
    ]
    return (
        verdict.split.value,
        list(verdict.frameworks),
        findings,
        verdict.tier.value,
        list(verdict.conversions),
        verdict.derivative.value,
        verdict.suspected.value if verdict.suspected else None,
        remark_of(verdict).value,
        list(verdict.bases),
    )
