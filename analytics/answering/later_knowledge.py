"""
What is known of listed models beyond their list: headers that were read of single ones, names that were not kept.

A list shows a model without its safetensors header, and `model X` reads that header where nothing else decides. Both
must say the same, so what was read once is filled into every list, as far as it was known at the moment of asking.
"""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import replace

from analytics.attribution import METHOD, Tier, attribute
from analytics.context import Context
from analytics.domain.answer import Answer
from analytics.domain.observations import Model, TopList
from analytics.domain.reading_kinds import HEADER
from analytics.domain.requests import last_instant
from analytics.domain.wording import day, iso
from analytics.errors import NotYetCome
from analytics.storage.readings import Reading


def is_of_older_rule(method: str) -> bool:
    """Tell whether an older version of the rule chose the names of files that were kept."""
    return _numbers(method) is not None and (_numbers(method) or ()) < (_numbers(METHOD) or ())


def _numbers(method: str) -> tuple[int, ...] | None:
    found = re.fullmatch(r"(\d+)-(\d+)\.(\d+)", method)
    return tuple(map(int, found.groups())) if found else None


def tell_older_rule(method: str) -> tuple[str, ...]:
    """Say that names of files may be missing; nothing, where today's rule chose them."""
    if not is_of_older_rule(method):
        return ()
    return (f"Version {method} of the rule kept fewer file names than today's, {METHOD}: frameworks may be missing.",)


def refuse_future(since: str | None, now: dt.datetime) -> None:
    """Refuse a day that has not begun at `now`: the nearest would be another question. Raises NotYetCome."""
    if since and last_instant(since) - dt.timedelta(days=1) >= now:
        raise NotYetCome(day(last_instant(since)))


def date_receipt(answer: Answer, asked: dt.datetime) -> Answer:
    """
    Let a stale answer be asked again as of when it was asked: only then was its reading old, and is said to be so.

    So is a sample that was asked for by its own day. Any other is asked again as of its reading.
    """
    dated = answer.stale or (answer.sample and is_of_day(answer.as_of, asked))
    return replace(answer, reproduce=f"{answer.question} --as-of {iso(asked)}") if dated else answer


def is_of_day(read: dt.datetime, asked: dt.datetime) -> bool:
    """Tell whether something was read on the day that is asked for, and before the moment of it that is."""
    return read <= asked and read.date() == asked.astimezone(read.tzinfo).date()


def fill_in(top_list: TopList, context: Context, moment: dt.datetime) -> TopList:
    """Add to a list what is known of its models otherwise, and when the last of that was read."""
    read = _headers_of(top_list.models, context, moment)
    models = _with_headers(top_list.models, read)
    if is_of_older_rule(top_list.method):
        models = tuple(map(forget_nothing, models))
    lacking = {model.id.casefold() for model in top_list.models if model.header is None}
    known = max((reading.as_of for key, reading in read.items() if key in lacking), default=None)
    return replace(top_list, models=models, known=known)


def fill_in_headers(models: tuple[Model, ...], context: Context, moment: dt.datetime) -> tuple[Model, ...]:
    """Add the headers that were read of single models up to a moment."""
    return _with_headers(models, _headers_of(models, context, moment))


def _headers_of(models: tuple[Model, ...], context: Context, moment: dt.datetime) -> dict[str, Reading]:
    return context.readings.newest_of(HEADER, [model.id.casefold() for model in models], moment)


def _with_headers(models: tuple[Model, ...], read: Mapping[str, Reading]) -> tuple[Model, ...]:
    told = {key: reading.body["header"] for key, reading in read.items()}
    return tuple(_with_header(model, told.get(model.id.casefold())) for model in models)


def _with_header(model: Model, told: str | None) -> Model:
    return model if told is None or model.header is not None else replace(model, header=told)


def forget_nothing(model: Model) -> Model:
    """Take the files as not told, where an older rule left nothing of them: they may hold what it did not know."""
    nothing_kept = model.files is not None and attribute(model).tier is Tier.NO_WEIGHTS
    return replace(model, files=None) if nothing_kept else model


def keep_header(context: Context, model: Model, moment: dt.datetime) -> None:
    """Remember what a model's header states, and that it states nothing any more; what is known already is not kept."""
    last = context.readings.newest(HEADER, model.id.casefold())
    if (last.body["header"] if last else None) != model.header:
        body = {"id": model.id, "header": model.header}
        context.readings.add(Reading(HEADER, model.id.casefold(), moment, METHOD, body))
