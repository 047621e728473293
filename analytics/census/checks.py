"""What must hold before a census is accepted; each failure says what probably happened upstream."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from analytics.attribution.sql_spelling import text
from analytics.census.schema import connection
from analytics.domain.staleness import NEWEST_MODEL
from analytics.domain.wording import count, day, iso_day, share, verb

SHRINKS_AT_MOST = 0.02
"""The Hub grows every day; a census that lost more than this share is missing something."""

DISAGREES_AT_MOST = 0.05
"""A snapshot may be a week older than the site's own total."""

EMPTY_AT_MOST = 0.25
"""Almost every repository has tags (region:us at least), a creation and a count of downloads."""

EMPTIER_AT_MOST = 0.25
"""Many have no library or task, but not suddenly many more of them."""

REPEATED_AT_MOST = 0.01
"""Rows that came twice are left out; more than this share of them is no accident."""

FLOOR = "2022-03-02"
"""The Hub's creation times begin here (legacy import)."""

ALWAYS = ("tags", "created_at", "downloads")
OFTEN = ("library_name", "task")
"""Columns that are looked at for sudden emptiness."""


@dataclass(frozen=True, slots=True)
class Plain:
    """
    A cache counted plainly, without rule or outlines: rows, ids, first and last creation, the two tags.

    `empty` says how many rows have nothing in each of ALWAYS and OFTEN.
    """

    total: int
    distinct: int
    oldest: str | None
    newest: str | None
    pytorch: int
    tensorflow: int
    both: int
    empty: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Against:
    """
    What a census is held against: its own moment, the site's total, and the census before, where they are known.

    `empty` are the shares of rows of the census before that had nothing in a column.
    """

    moment: dt.datetime
    site_total: int | None = None
    before: int | None = None
    empty: Mapping[str, float] = field(default_factory=dict)


def plainly(cache: Path) -> Plain:
    """Count a cache plainly. Raises OSError, where it cannot be read."""
    pytorch, tensorflow = "list_contains(tags, 'pytorch')", "list_contains(tags, 'tf')"
    filled = {name: f"coalesce({name}, '') <> ''" for name in OFTEN} | {
        "tags": "coalesce(len(tags), 0) > 0",
        "created_at": "created_at IS NOT NULL",
        "downloads": "downloads IS NOT NULL",
    }
    names = (*ALWAYS, *OFTEN)
    empty = ", ".join(f"count(*) FILTER (NOT ({filled[name]}))" for name in names)
    with connection(cache.parent) as opened:
        query = f"""SELECT count(*), count(DISTINCT id), min(created_at), max(created_at),
            count(*) FILTER ({pytorch}), count(*) FILTER ({tensorflow}), count(*) FILTER ({pytorch} AND {tensorflow}),
            {empty} FROM {text(str(cache))}"""  # noqa: S608 - a path of our own, quoted
        (row,) = opened.execute(query).fetchall()
    return replace(Plain(*row[:7]), empty=dict(zip(names, row[7:], strict=True)))


def problems(plain: Plain, against: Against) -> Iterator[str]:
    """
    Name what is wrong with a cache.

    Shape:  sentences, none if it may be accepted.
    """
    if not plain.total:
        yield "It holds no models: the file upstream is empty or was truncated."
        return
    yield from _find_emptied(plain, against)
    if plain.oldest and plain.oldest[:10] < FLOOR:
        born, floor = _day_of(plain.oldest), _day_of(FLOOR)
        yield f"A model was created on {born}, before the Hub's own floor of {floor}: times are broken upstream."
    repeated = plain.total - plain.distinct
    if repeated > plain.total * REPEATED_AT_MOST:
        yield f"{count(repeated, 'id')} {verb(repeated, 'comes', 'come')} twice: pages or row groups were repeated."
    total, site_total = plain.total, against.site_total
    if site_total and abs(total - site_total) > site_total * DISAGREES_AT_MOST:
        yield f"It holds {count(total, 'model')}, the site itself counts {site_total:,}: it is old or incomplete."


def surprises(plain: Plain, against: Against) -> Iterator[str]:
    """
    Name what is most likely wrong, and yet can be so: a person who has looked may accept it all the same.

    Shape:  sentences, none if it may be accepted.
    """
    before, total = against.before, plain.total
    if before and total < before * (1 - SHRINKS_AT_MOST):
        fewer = f"{share(before - total, before)} fewer than the last one ({before:,})"
        yield f"It holds {count(total, 'model')}, {fewer}: part of it is missing upstream."
    if plain.newest and plain.newest[:10] < iso_day(against.moment - NEWEST_MODEL):
        newest, dated = _day_of(plain.newest), day(against.moment)
        yield f"Its newest model is of {newest}, though it is dated {dated}: an old file was served again."


def _day_of(moment: str) -> str:
    return day(dt.date.fromisoformat(moment[:10]))


def _find_emptied(plain: Plain, against: Against) -> Iterator[str]:
    shares = {name: n / plain.total for name, n in plain.empty.items()}
    for name in ALWAYS:
        if shares.get(name, 0) > EMPTY_AT_MOST:
            yield f"{share(shares[name], 1)} of the models have no {name}: the column was emptied upstream."
    for name in OFTEN:
        last = against.empty.get(name)
        if last is not None and shares.get(name, 0) > last + EMPTIER_AT_MOST:
            more = f"{share(shares[name], 1)} of the models have no {name}, {share(last, 1)} of the last census"
            yield f"{more}: the column was emptied upstream."


def disagreements(plain: Plain, declared: Mapping[str, int]) -> Iterator[str]:
    """
    Hold the counted cube against the plain count of its file; so both tags are never on more models than one of them.

    Shape:  `declared` maps the parts of the split ("pytorch_only") to models; sentences, none if they agree.
    """
    both = declared.get("both", 0)
    counted = {
        "models": (sum(declared.values()), plain.total),
        "models tagged pytorch": (declared.get("pytorch_only", 0) + both, plain.pytorch),
        "models tagged tf": (declared.get("tensorflow_only", 0) + both, plain.tensorflow),
        "models with both tags": (both, plain.both),
    }
    for what, (ours, theirs) in counted.items():
        if ours != theirs:
            yield f"The count gives {ours:,} {what}, the file holds {theirs:,}: it changed meanwhile, or we miscount."
