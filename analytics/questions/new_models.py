"""
Which models were created lately, and in which frameworks?

Tables in, an `Answer` out. The Hub creates more models a day than one page of its listing holds, so the answer says how
far back the page reaches, and counts no further.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from analytics.domain.answer import Answer
from analytics.domain.counts import Bracket, Counts
from analytics.domain.observations import TopList
from analytics.domain.requests import Definition, New
from analytics.domain.table import MODEL, RANK, SPLIT, Column, ColumnKind, ColumnRole, Table, Value
from analytics.domain.wording import count, day, iso, minute, sentence, verb
from analytics.ranking.classified import (
    Classified,
    TopCircumstances,
    bracket,
    classify,
    count_frameworks,
    count_splits,
    say_counts,
)
from analytics.ranking.sureness import say_ranges

SHOWN = 30
"""Rows of the table."""
TWO = ("PyTorch", "TensorFlow")
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
    brackets = {name: bracket(looked, name) for name in ([request.framework] if request.framework else TWO)}
    among = "" if top_list.ranking.by == NEWEST else f"the {len(top_list.models):,} most downloaded"
    return Answer(
        request=request,
        headline=_headline(request, len(found), since, brackets, among),
        title=_title(request, len(found), among),
        scope=f"Models created since {day(since)}{_narrow(request)}{among and f', among {among}'}, Hugging Face Hub",
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


def _headline(request: New, found: int, since: dt.datetime, brackets: Mapping[str, Bracket], among: str) -> str:
    """Say how many are that young: of the newest of the Hub, or `among` a list that holds no others."""
    sure = brackets[request.framework].aside if request.framework else ""
    number = count(found, "model") if found else "no model"
    was = verb(found or 1, "was", "were")
    told = f"{number}{_narrow(request)} {was} created since {day(since)}{sure}"
    return f"Among {among}, {told}" if among else sentence(told)


def _title(request: New, found: int, among: str) -> str:
    told = f"{count(found, 'new model')}{_narrow(request)}"
    return f"{told} among {among}" if among else told


def _say_older(top_list: TopList, since: dt.datetime) -> str:
    """Say that the list can hold nothing so young, where it was read before the day asked about."""
    read = day(top_list.as_of)
    return f"The list was read on {read}, before that day: it can hold none." if since > top_list.as_of else ""


def _further(counts: Counts) -> Iterable[str]:
    if counts.total:
        yield say_counts(counts)


def _doubts(top_list: TopList, known: Sequence[_Created], since: dt.datetime, *, live: bool) -> Iterable[str]:
    """Say how far back the list reaches, where that is not far enough, and that young models may hold no files yet."""
    oldest = min((one.created for one in known), default=since)
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
    return (place, model.id, verdict.split.label, frameworks, day(created), model.task, model.downloads_30d)
