"""`frameworks collect history --from 2024-07-24 --every 4w`: past weeks of the census, one at a time, resumable."""

import datetime as dt
import re
from collections.abc import Iterator, Sequence

from analytics.census.census_files import FOLDER
from analytics.collect.census_collector import WEEKLY, accept, is_stored, week
from analytics.collect.census_collector import weeks as weeks_of
from analytics.context import Context
from analytics.domain.wording import day
from analytics.errors import SourceError, UnknownOption
from analytics.sources.hub.datasets import pin
from analytics.storage.locks import collecting

HISTORY = "history.parquet"
FIRST = dt.date(2024, 7, 24)
"""The first weekly snapshot there is."""


def collect(context: Context, options: Sequence[str]) -> tuple[str, ...]:
    """
    Store the census of past weeks; weeks stored already under this method are passed over.

    Raises:  UnknownOption; BlockingIOError; SourceError, if the weekly snapshots cannot be listed.
    """
    left, looked_at = list(options), "accept" in options
    if looked_at:
        left.remove("accept")
    since, weeks = _options(left)
    sentences: list[str] = []
    with collecting(context.home / FOLDER, context.clock()):
        dataset = pin(WEEKLY, context.hf_endpoint, context.hf_token)
        for name in _choose(weeks_of(context, dataset), since, weeks):
            found = week(context, dataset, name)
            if is_stored(context, found.moment):
                continue
            context.progress(f"Week of {day(found.moment)}…")
            try:
                target = context.home / FOLDER / HISTORY
                found.read(target)
                sentences.append(accept(context, target, found, cache=False, looked_at=looked_at))
            except SourceError as trouble:
                sentences.append(f"Not the week of {day(found.moment)}: {trouble.why}.")
    return tuple(sentences) or ("All these weeks are stored already.",)


def _options(options: list[str]) -> tuple[dt.date, int]:
    since, weeks, told = FIRST, 4, set[str]()
    while options:
        word, *rest = options
        value = rest[0] if rest else ""
        if word in told:
            raise UnknownOption(f"“collect history” takes --{word} once.")
        if word == "from":
            since = _date(value)
        elif word == "every":
            weeks = _weeks(value)
        else:
            raise UnknownOption(f"“collect history” takes --from DAY and --every 4w; “{word}” is not one of them.")
        told.add(word)
        options = rest[1:]
    return since, weeks


def _weeks(text: str) -> int:
    if not re.fullmatch(r"[1-9]\d?w", text):
        raise UnknownOption(f"“{text}” is no number of weeks from 1w to 99w, such as 4w.")
    return int(text[:-1])


def _date(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise UnknownOption(f"“{text}” is no day such as {FIRST}.") from None


def _choose(days: Sequence[str], since: dt.date, weeks: int) -> Iterator[str]:
    """Choose one week in every so many, from a day on."""
    earliest = since
    for name in days:
        if dt.date.fromisoformat(name) >= earliest:
            yield name
            earliest = dt.date.fromisoformat(name) + dt.timedelta(weeks=weeks)
