"""What must hold before a census is accepted; each failure says what probably happened upstream."""

from collections.abc import Iterator
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


def problems(cache: Path, before: int | None, site_total: int | None) -> Iterator[str]:
    """
    Name what is wrong with a cache, given the total of the census before and the site's own, where known.

    Shape:  sentences, none if it may be accepted.
    """
    with connection(cache.parent) as opened:
        query = f"""SELECT count(*), count(*) FILTER (coalesce(len(tags), 0) = 0), min(created_at),
            count(*) FILTER (list_contains(tags, 'pytorch')), count(*) FILTER (list_contains(tags, 'tf')),
            count(*) FILTER (list_contains(tags, 'pytorch') AND list_contains(tags, 'tf')), count(DISTINCT id)
            FROM {text(str(cache))}"""  # noqa: S608 - a path of our own, quoted
        row = opened.execute(query).fetchone()
    total, untagged, oldest, pytorch, tensorflow, both, distinct = row or (0, 0, None, 0, 0, 0, 0)
    if not total:
        yield "It holds no models: the file upstream is empty or was truncated."
        return
    if before and total < before * (1 - SHRINKS_AT_MOST):
        lost = 1 - total / before
        fewer = f"{lost:.0%} fewer than the last one ({before:,})"
        yield f"It holds {total:,} models, {fewer}: part of it is missing upstream."
    if both > min(pytorch, tensorflow):
        yield "More models carry both tags than one of them: the tags are broken upstream."
    if untagged > total * EMPTY_TAGS_AT_MOST:
        yield f"{untagged / total:.0%} of the models have no tags: the column was emptied upstream."
    if oldest and str(oldest)[:10] < FLOOR:
        day = str(oldest)[:10]
        yield f"A model was created on {day}, before the Hub's own floor of {FLOOR}: times are broken upstream."
    if distinct != total:
        yield f"{total - distinct:,} ids come twice: pages or row groups were repeated."
    if site_total and abs(total - site_total) > site_total * DISAGREES_AT_MOST:
        yield f"It holds {total:,} models, the site itself counts {site_total:,}: it is old or incomplete."
