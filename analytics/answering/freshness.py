"""Of when the newest reading of each source is, in sentences for `status`."""

import datetime as dt
from collections.abc import Iterator, Mapping

from analytics.collect import COLLECTORS, last
from analytics.context import Context
from analytics.domain.observations import Ranking
from analytics.domain.requests import LISTED

KINDS: Mapping[str, tuple[str, str]] = {
    "census": ("Census of the Hub", "census"),
    "papers_archive": ("Papers, the archive", "papers"),
    "papers_live": ("Papers, the live successor", "papers"),
    "official": ("Official collections", "official"),
}
"""Kinds of stored readings: what people call them, and what collects them."""


def freshness(context: Context) -> Iterator[str]:
    """Say it of each, and which command fills what is missing."""
    for by in LISTED:
        newest = context.snapshots.newest(Ranking(by))
        yield _said(f"Top list by {by}", newest.as_of if newest else None, "top")
    for kind, (name, word) in KINDS.items():
        reading = context.readings.newest(kind)
        yield _said(name, reading.as_of if reading else None, word)
    for word in COLLECTORS:
        _, failed = last(word, context)
        if failed:
            why = failed.body.removesuffix(".")
            yield f"The last try to collect {word}, on {_moment(failed.as_of)}, failed: {why}."
    yield from context.readings.notices


def _moment(moment: dt.datetime) -> str:
    return f"{moment.day} {moment:%b %Y, %H:%M} UTC"


def _said(name: str, moment: dt.datetime | None, word: str) -> str:
    if moment is None:
        return f"{name}: none stored yet; “frameworks collect {word}” reads it."
    return f"{name}: of {_moment(moment)}."
