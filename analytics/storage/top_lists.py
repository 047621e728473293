"""
Dated observations, kept for good: append, newest, as of a moment.

A top list is one row: it is only ever read whole, and its models are kept as they were seen (compressed JSON), so that
a changed rule can count them again. Written in SQLAlchemy Core, so that another database is another address.
"""

import datetime as dt
import itertools
import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, fields
from functools import lru_cache, partial
from typing import Any, TypeVar

from sqlalchemy import (
    Boolean,
    Column,
    ColumnElement,
    Integer,
    LargeBinary,
    Row,
    String,
    Table,
    UniqueConstraint,
    delete,
    or_,
    select,
)

from analytics.domain.answer import Origin
from analytics.domain.observations import Model, Ranking, TopList
from analytics.storage.column_types import Moment, end_of_second
from analytics.storage.database import Database, metadata
from analytics.storage.rows import decode, end_belief, find_to_come, keep, pack, unpack

top_lists = Table(
    "top_lists",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("by", String(32), nullable=False),
    # '' where the ranking is not narrowed: NULLs would not be unique. Accounts differ in case only to the eye.
    Column("task", String(100), nullable=False),
    Column("author", String(100), nullable=False),
    Column("as_of", Moment, nullable=False),
    Column("asked", Integer, nullable=False),
    Column("complete", Boolean, nullable=False),
    Column("method", String(32), nullable=False),
    Column("origin", String, nullable=False),
    Column("models", LargeBinary, nullable=False),
    UniqueConstraint("by", "task", "author", "as_of"),
)

MODEL_FIELDS = frozenset(field.name for field in fields(Model))


class TopListStore:
    """
    The stored top lists of one database; safe to use from several threads.

    With a `clock` what is dated further ahead of it than another machine's may be is as if it were not.
    """

    def __init__(self, database: Database, clock: Callable[[], dt.datetime] | None = None) -> None:
        self._database = database
        self._clock = clock

    @property
    def notices(self) -> tuple[str, ...]:
        """What went wrong with the store, in words for people."""
        return self._database.notices

    def add(self, top_list: TopList, method: str) -> bool:
        """
        Keep a list, with the version of the rule in force; one already kept is left as it is.

        Unless another version of the rule chose what was kept of it, or it is shorter: then the new one counts.

        Returns False, with a notice, when it cannot be written: the answer at hand must go out all the same.
        """
        row = _as_row(top_list, method)
        same = [top_lists.c[name] == row[name] for name in ("by", "task", "author", "as_of")]
        is_less = or_(top_lists.c.method != method, top_lists.c.asked < top_list.asked)
        outdated = delete(top_lists).where(*same, is_less)
        return keep(self._database, top_lists, row, "The newest list", instead_of=outdated)

    def newest(self, ranking: Ranking) -> TopList | None:
        """Give the newest list of a ranking."""
        return self._first(ranking)

    def last_to_come(self, ranking: Ranking) -> dt.datetime | None:
        """Give the moment of the newest list that is not believed; None where there is none."""
        return find_to_come(self._database, top_lists, self._clock, **_key(ranking))

    def as_of(self, ranking: Ranking, moment: dt.datetime, most: int | None = None) -> TopList | None:
        """
        Give the newest list at or before an aware moment, to the second; of two lists of one second the longer.

        `most`: how many of its models are wanted, where that is not all.
        """
        return self._first(ranking, top_lists.c.as_of <= end_of_second(moment), most=most)

    def before(self, ranking: Ranking, moment: dt.datetime) -> TopList | None:
        """Give the newest list strictly before an aware moment: what to compare with."""
        return self._first(ranking, top_lists.c.as_of < moment)

    def moments(self, ranking: Ranking, until: dt.datetime) -> Sequence[dt.datetime]:
        """Give the moments of all lists of a ranking up to an aware moment, newest first, without reading them."""
        query = select(top_lists.c.as_of).filter_by(**_key(ranking)).where(top_lists.c.as_of <= end_of_second(until))
        ordered = query.order_by(top_lists.c.as_of.desc())
        return self._database.look(lambda connection: connection.execute(ordered).scalars().all())

    def order_at(self, ranking: Ranking, moment: dt.datetime | None = None) -> "Order | None":
        """Give the order of the newest list, or of the newest at an aware moment, to the second."""
        return self._read(ranking, _order, *([top_lists.c.as_of <= end_of_second(moment)] if moment else []))

    def order_before(self, ranking: Ranking, moment: dt.datetime) -> "Order | None":
        """Give the order of the newest list strictly before an aware moment."""
        return self._read(ranking, _order, top_lists.c.as_of < moment)

    def _first(self, ranking: Ranking, *conditions: ColumnElement[bool], most: int | None = None) -> TopList | None:
        return self._read(ranking, partial(_from_row, ranking=ranking, most=most), *conditions)

    def _read(
        self, ranking: Ranking, one: "Callable[[Row[Any]], Listing]", *conditions: ColumnElement[bool]
    ) -> "Listing | None":
        """Read the newest that can be read; of two of one second the longer."""
        query = select(top_lists).filter_by(**_key(ranking)).where(*conditions)
        query = query.where(*end_belief(top_lists.c.as_of, self._clock)).order_by(top_lists.c.as_of.desc())
        rows = self._database.look(lambda connection: connection.execute(query.limit(5)).all())
        for _, same_second in itertools.groupby(rows, key=lambda row: end_of_second(row.as_of)):
            found = list(decode(self._database, same_second, one, lambda _: "A stored list"))
            if found:
                return max(found, key=lambda one: (len(one.models), one.asked))
        return None


@dataclass(frozen=True, slots=True)
class Order:
    """The models of a list at a moment, best first, by id and number alone: all it takes to find a rank."""

    as_of: dt.datetime
    asked: int
    models: tuple[Model, ...]


Listing = TypeVar("Listing", TopList, Order)


def _order(row: Row[Any]) -> Order:
    return Order(row.as_of, row.asked, _name_models(row.models))


@lru_cache(maxsize=4)
def _name_models(packed: bytes) -> tuple[Model, ...]:
    """Unpack the names alone; remembered, for every question on one model asks for the same two lists."""
    return tuple(Model(seen["id"], number=seen.get("number")) for seen in unpack(packed))


def _key(ranking: Ranking) -> dict[str, str]:
    return {"by": ranking.by, "task": ranking.task or "", "author": (ranking.author or "").casefold()}


def _as_row(top_list: TopList, method: str) -> dict[str, Any]:
    seen = [{key: value for key, value in asdict(model).items() if value is not None} for model in top_list.models]
    return {
        **_key(top_list.ranking),
        "as_of": top_list.as_of,
        "asked": top_list.asked,
        "complete": top_list.complete,
        "method": method,
        "origin": json.dumps(asdict(top_list.origin)),
        "models": pack(seen),
    }


def _from_row(row: Row[Any], ranking: Ranking, most: int | None) -> TopList:
    return TopList(
        ranking=ranking,
        as_of=row.as_of,
        models=tuple(_model(one) for one in unpack(row.models)[:most]),
        asked=row.asked,
        complete=row.complete,
        origin=Origin(**json.loads(row.origin)),
        method=row.method,
    )


def _model(seen: dict[str, Any]) -> Model:
    """Rebuild a model; fields of other versions are passed over, absent ones are unknown."""
    known: dict[str, Any] = {key: value for key, value in seen.items() if key in MODEL_FIELDS}
    for key in ("tags", "files"):
        known[key] = tuple(known[key]) if key in known else None
    return Model(**known)
