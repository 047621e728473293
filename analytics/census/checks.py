"""What must hold before a census is accepted; each failure says what probably happened upstream."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from analytics.attribution.sql_spelling import text
from analytics.census.shape import connection

SHRINKS_AT_MOST = 0.02
"""The Hub grows every day; a census that lost more than this share is missing something."""

DISAGREES_AT_MOST = 0.05
"""A snapshot may be a week older than the site's own total."""

EMPTY_TAGS_AT_MOST = 0.25
"""Almost every repository has tags (region:us at least)."""

FLOOR = "2022-03-02"
"""The Hub's creation times begin here (legacy import)."""


@dataclass(frozen=True, slots=True)
class Plain:
    """A cache counted plainly, without rule or outlines: rows, ids, rows without tags, first creation, the two tags."""

    total: int
    distinct: int
    untagged: int
    oldest: str | None
    pytorch: int
    tensorflow: int
    both: int


def plainly(cache: Path) -> Plain:
    """Count a cache plainly. Raises OSError, where it cannot be read."""
    pytorch, tensorflow = "list_contains(tags, 'pytorch')", "list_contains(tags, 'tf')"
    with connection(cache.parent) as opened:
        query = f"""SELECT count(*), count(DISTINCT id), count(*) FILTER (coalesce(len(tags), 0) = 0), min(created_at),
            count(*) FILTER ({pytorch}), count(*) FILTER ({tensorflow}), count(*) FILTER ({pytorch} AND {tensorflow})
            FROM {text(str(cache))}"""  # noqa: S608 - a path of our own, quoted
        row = opened.execute(query).fetchone()
    return Plain(*row) if row else Plain(0, 0, 0, None, 0, 0, 0)


def problems(plain: Plain, before: int | None, site_total: int | None) -> Iterator[str]:
    """
    Name what is wrong with a cache, given the total of the census before and the site's own, where known.

    Shape:  sentences, none if it may be accepted.
    """
    total = plain.total
    if not total:
        yield "It holds no models: the file upstream is empty or was truncated."
        return
    if before and total < before * (1 - SHRINKS_AT_MOST):
        lost = 1 - total / before
        fewer = f"{lost:.0%} fewer than the last one ({before:,})"
        yield f"It holds {total:,} models, {fewer}: part of it is missing upstream."
    if plain.untagged > total * EMPTY_TAGS_AT_MOST:
        yield f"{plain.untagged / total:.0%} of the models have no tags: the column was emptied upstream."
    if plain.oldest and plain.oldest[:10] < FLOOR:
        day = plain.oldest[:10]
        yield f"A model was created on {day}, before the Hub's own floor of {FLOOR}: times are broken upstream."
    if plain.distinct != total:
        yield f"{total - plain.distinct:,} ids come twice: pages or row groups were repeated."
    if site_total and abs(total - site_total) > site_total * DISAGREES_AT_MOST:
        yield f"It holds {total:,} models, the site itself counts {site_total:,}: it is old or incomplete."


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
