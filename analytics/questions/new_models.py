"""
Which models were created lately, and in which frameworks?

Tables in, an `Answer` out. The Hub creates more models a day than one page of its listing holds, so the finding says
how far back the page reaches, and counts no further. A list by another measure holds few of the new ones: the finding
then is about that list, and never about all that was created.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from analytics.domain.answer import Answer
from analytics.domain.counts import Bracket, Counts
from analytics.domain.observations import TopList
from analytics.domain.requests import Definition, New
from analytics.domain.table import MODEL, RANK, SPLIT, Column, ColumnKind, ColumnRole, Table, Value
from analytics.domain.wording import count, day, iso, minute, verb
from analytics.ranking.classified import (
    Classified,
    TopCircumstances,
    bracket,
    bracket_all,
    classify,
    count_frameworks,
    count_splits,
    say_counts,
)
from analytics.ranking.sureness import say_ranges

SHOWN = 30
"""Rows of the table."""
NEWEST = "created"
"""What the list is ranked by that holds the newest of the Hub; of any other it holds but a part."""

COLUMNS = (
    RANK,
    MODEL,
    SPLIT,
    Column("frameworks"),
    Column("created", ColumnKind.DAY, ColumnRole.MEASURE),
    Column("task"),
    Column("downloads_30d", ColumnKind.COUNT, label="Downloads, 30 days"),
    Column("sureness"),
)


@dataclass(frozen=True, slots=True)
class _Created:
    """A model and the moment it was created."""

    created: dt.datetime
    row: Classified


def list_new(request: New, top_list: TopList, since: dt.datetime, circumstances: TopCircumstances) -> Answer:
    """
    List the models of `top_list` created at `since` or later, newest first, in the framework asked for.

    `top_list`: any list of models; where it is not the newest ones, `circumstances` say so.
    """
    known = list(_read_moments(classify(top_list.models, Definition.ATTRIBUTED)))
    young = sorted((one for one in known if one.created >= since), key=lambda one: one.created, reverse=True)
    found = [one for one in young if request.framework in (None, *one.row.verdict.frameworks)]
    rows = [one.row for one in found]
    counts = count_splits(rows)
    looked = [one.row for one in young]
    looked_at = _name_looked(top_list, known, since)
    brackets = {request.framework: bracket(looked, request.framework)} if request.framework else bracket_all(looked)
    return Answer(
        request=request,
        headline=_headline(request, len(found), looked_at, since, brackets),
        title=_title(request, len(found), top_list, is_all=not looked_at),
        scope=_scope(request, looked_at, since),
        as_of=top_list.as_of,
        definition=Definition.ATTRIBUTED,
        reproduce=request.words + ("" if circumstances.sample else f" --as-of {iso(top_list.receipt)}"),
        warning=_say_older(top_list, since),
        further=(*_further(counts), *(() if request.framework else say_ranges(brackets, "models"))),
        doubts=(*circumstances.notes, *_doubts(top_list, known, since, live=not circumstances.sample)),
        sample=circumstances.sample,
        stale=circumstances.stale,
        counts=counts if counts.total else None,
        frameworks=count_frameworks(rows),
        brackets=brackets,
        table=_tabulate(found) if found else None,
        origins=(top_list.origin,),
    )


def _read_moments(rows: Iterable[Classified]) -> Iterable[_Created]:
    """Give those of which is known when they were created."""
    for row in rows:
        if created := _moment(row.model.created_at):
            yield _Created(created, row)


def _moment(created: str | None) -> dt.datetime | None:
    """Read when a model was created; what is no moment is unknown."""
    try:
        moment = dt.datetime.fromisoformat(created) if created else None
    except ValueError:
        return None
    return moment if moment is None or moment.tzinfo else moment.replace(tzinfo=dt.UTC)


def _narrow(request: New) -> str:
    parts = [f" in {request.framework}" if request.framework else "", f" for {request.task}" if request.task else ""]
    return "".join([*parts, f" by {request.author}" if request.author else ""])


def _scope(request: New, looked: str, since: dt.datetime) -> str:
    among = f" among the {looked}" if looked else ""
    return f"Models created since {day(since)}{_narrow(request)}{among}, Hugging Face Hub"


def _title(request: New, found: int, top_list: TopList, *, is_all: bool) -> str:
    among = "" if is_all else f" among {count(top_list.among or len(top_list.models), 'model')}"
    return f"{count(found, 'new model')}{_narrow(request)}{among}"


def _name_looked(top_list: TopList, known: Sequence[_Created], since: dt.datetime) -> str:
    """Name what alone was looked at; empty where the list holds all models created since."""
    number = count(top_list.among or len(top_list.models), "model")
    if top_list.ranking.by != NEWEST:
        return f"{number} most downloaded on {day(top_list.as_of)}"
    oldest = _oldest(known, since)
    return "" if top_list.complete or oldest <= since else f"newest {number}, back to {minute(oldest)}"


def _oldest(known: Sequence[_Created], since: dt.datetime) -> dt.datetime:
    return min((one.created for one in known), default=since)


def _headline(request: New, found: int, looked: str, since: dt.datetime, brackets: Mapping[str, Bracket]) -> str:
    """Say how many were created; where others may have been that were not looked at, of which that is counted."""
    sure = brackets[request.framework].aside if request.framework else ""
    number = f"{found:,}" if found else "none"
    if looked:
        return (
            f"Of the {looked}, {number}{_narrow(request)} {verb(found, 'was', 'were')} created since {day(since)}{sure}"
        )
    models = count(found, "model") if found else "No model"
    return f"{models}{_narrow(request)} {verb(found or 1, 'was', 'were')} created since {day(since)}{sure}"


def _say_older(top_list: TopList, since: dt.datetime) -> str:
    """Say that the list can hold nothing so young, where it was read before the day asked about."""
    read = day(top_list.as_of)
    return f"The list was read on {read}, before that day: it can hold none." if since > top_list.as_of else ""


def _further(counts: Counts) -> Iterable[str]:
    if counts.total:
        yield say_counts(counts)


def _doubts(top_list: TopList, known: Sequence[_Created], since: dt.datetime, *, live: bool) -> Iterable[str]:
    """Say how far back the list reaches, where that is not far enough, and that young models may hold no files yet."""
    oldest = _oldest(known, since)
    if top_list.ranking.by == NEWEST and not top_list.complete and oldest > since:
        newest = f"{count(len(known), 'newest model')} {verb(len(known))}"
        yield f"Only the {newest} read, back to {minute(oldest)}: since the day asked for there are more."
    if live:
        yield "A model a few minutes old may show no files yet."


def _tabulate(found: Sequence[_Created]) -> Table:
    rows = tuple(_tell(place, one.row, one.created) for place, one in enumerate(found[:SHOWN], start=1))
    return Table(COLUMNS, rows, f"The {count(len(rows), 'newest model')}")


def _tell(place: int, row: Classified, created: dt.datetime) -> tuple[Value, ...]:
    model, verdict = row.model, row.verdict
    frameworks = ", ".join(verdict.frameworks) or None
    told = (place, model.id, verdict.split.label, frameworks, day(created), model.task, model.downloads_30d)
    return (*told, row.sureness)
