"""A model's repository as it rests among the readings, and rebuilt from there."""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import asdict, fields
from typing import Any

from analytics.answering.later_knowledge import forget_nothing, is_of_older_rule
from analytics.attribution import METHOD
from analytics.context import Context
from analytics.domain.observations import Configuration, Model, Repository, TopList
from analytics.domain.reading_kinds import MODEL
from analytics.domain.staleness import READ_BEFORE_LIST
from analytics.storage.readings import Reading

FIELDS = frozenset(field.name for field in fields(Repository)) - {"model", "as_of", "origin", "configuration"}
MODEL_FIELDS = frozenset(field.name for field in fields(Model))
CONFIGURATION_FIELDS = frozenset(field.name for field in fields(Configuration))


def keep_repository(repository: Repository, key: str) -> Reading:
    """Give a repository as a reading, kept under a name."""
    described = repository.configuration
    body = {name: getattr(repository, name) for name in FIELDS} | {"model": asdict(repository.model)}
    body["configuration"] = asdict(described) if described else None
    return Reading(MODEL, key, repository.as_of, METHOD, body, (repository.origin,))


def rebuild_repository(reading: Reading) -> Repository:
    """Rebuild it; fields of other versions are passed over."""
    body = reading.body
    model = _rebuild(body["model"], MODEL_FIELDS)
    known = {name: body[name] for name in FIELDS if name in body}
    told = Model(**model)
    if is_of_older_rule(reading.method):
        told = forget_nothing(told)
    described = body.get("configuration")
    return Repository(
        model=told,
        as_of=reading.as_of,
        origin=reading.origins[0],
        configuration=Configuration(**_rebuild(described, CONFIGURATION_FIELDS)) if described else None,
        **known,
    )


def find_read(top_list: TopList, context: Context, moment: dt.datetime) -> dict[str, Repository]:
    """
    Give what was read, up to a moment, of single models of a list, by id in small letters.

    Not what was read a week before the list: since then it may have been mended, and nobody looked. A private one that
    may not be shown is none of it.
    """
    ids = [model.id.casefold() for model in top_list.models]
    found = context.readings.newest_of(MODEL, ids, moment)
    fresh = {key: one for key, one in found.items() if one.as_of >= top_list.as_of - READ_BEFORE_LIST}
    shown = {key: one for key, one in fresh.items() if context.shows_private or one.body.get("private") is False}
    return {key: rebuild_repository(one) for key, one in shown.items()}


def _rebuild(kept: Mapping[str, Any], known: Collection[str]) -> dict[str, Any]:
    return {key: _tuple(value) for key, value in kept.items() if key in known}


def _tuple(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
