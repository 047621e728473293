"""The first models of a ranking, from the cache of a census: what the Hub's own listing cannot sort by."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analytics.attribution.sql_spelling import text
from analytics.census.schema import connection
from analytics.domain.answer import Origin
from analytics.domain.observations import Model, Ranking, TopList
from analytics.domain.requests import MOST_MODELS

if TYPE_CHECKING:
    import duckdb

COLUMNS = ("id", "downloads", "downloads_all", "likes", "library_name", "task", "created_at", "tags", "files")


TITLE = "sorted by downloadsAllTime"


def top_list(cache: Path, ranking: Ranking, moment: dt.datetime, origin: Origin) -> TopList:
    """
    Make the top list of a census, as far as its longest; without models, where the source does not tell the measure.

    Raises:  OSError, where the cache cannot be read.
    """
    models = first(cache, ranking, MOST_MODELS)
    told = replace(origin, title=f"{origin.title}, {TITLE}")
    return TopList(ranking, moment, models, MOST_MODELS, complete=len(models) < MOST_MODELS, origin=told)


def first(cache: Path, ranking: Ranking, limit: int) -> tuple[Model, ...]:
    """
    Give the first models by downloads of all time, best first, ties by id; those without that count are left out.

    Raises:  OSError, where the cache cannot be read.
    """
    with connection(cache.parent) as opened:
        return tuple(_model(row) for row in _rows(opened, cache, ranking, limit))


def _rows(opened: "duckdb.DuckDBPyConnection", cache: Path, ranking: Ranking, limit: int) -> list[tuple[Any, ...]]:
    query = f"""SELECT {", ".join(COLUMNS)} FROM {text(str(cache))}
        WHERE downloads_all IS NOT NULL AND ($task IS NULL OR task = $task)
            AND ($author IS NULL OR starts_with(lower(id), lower($author) || '/'))
        ORDER BY downloads_all DESC, id LIMIT $limit"""  # noqa: S608 - our own names, a quoted path; the rest is bound
    values = {"task": ranking.task, "author": ranking.author, "limit": limit}
    return opened.execute(query, values).fetchall()


def first_of(opened: "duckdb.DuckDBPyConnection", cache: Path, ids: Sequence[str]) -> tuple[Model, ...]:
    """Give these models, in their order."""
    query = f"SELECT {', '.join(COLUMNS)} FROM {text(str(cache))} WHERE id IN (SELECT unnest($ids))"  # noqa: S608 - our own names, a quoted path
    rows = opened.execute(query, {"ids": list(ids)}).fetchall()
    found = {model.id: model for model in map(_model, rows)}
    return tuple(found[name] for name in ids)


def _model(row: tuple[Any, ...]) -> Model:
    seen = dict(zip(COLUMNS, row, strict=True))
    return Model(
        id=seen["id"],
        downloads_30d=seen["downloads"],
        downloads_all=seen["downloads_all"],
        likes=seen["likes"],
        library=seen["library_name"],
        task=seen["task"],
        created_at=seen["created_at"],
        tags=None if seen["tags"] is None else tuple(seen["tags"]),
        files=None if seen["files"] is None else tuple(seen["files"]),
    )
