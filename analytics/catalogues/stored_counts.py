"""
Counts as they are stored: what was counted of each collection, when and of which version.

The body of a stored reading is `{"collections": {key: {"now": ..., "then": ..., "trouble": ""}}, "listings": {...}}`.
Names of models are kept where they are ids on the Hub, so that one model can be looked up.
"""

import csv
import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

from analytics.catalogues import Count
from analytics.catalogues.collection import Collection
from analytics.catalogues.register import COLLECTIONS
from analytics.domain.answer import Origin

METHOD = "official-2"
"""The version of the rules in this package: counts of another version are not compared."""


@dataclass(frozen=True, slots=True)
class Counted:
    """
    One count: `number` of `version` (a release or a commit), released on `released` if that is told.

    Dates are ISO days; `counted` is when it was read. The most there can be is `number + unread`.
    """

    number: int
    version: str
    counted: str
    released: str | None = None
    unread: int = 0
    parts: Mapping[str, int] = field(default_factory=dict)
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Shelved:
    """One collection with its count, that of the article's time, why it could not be counted anew if so."""

    collection: Collection
    now: Counted | None
    then: Counted | None
    trouble: str = ""
    sample: bool = False


def date_count(count: Count, version: str, released: dt.date | None, day: dt.date) -> Counted:
    """Put a count and its circumstances together."""
    released_on = released.isoformat() if released else None
    return Counted(count.number, version, day.isoformat(), released_on, count.unread, dict(count.parts), count.names)


def origin_of(shelved: Shelved) -> Origin | None:
    """Say where a count came from; None where there is none."""
    collection, now = shelved.collection, shelved.now
    if now is None:
        return None
    released = f", released {now.released}" if now.released else ""
    title = f"{collection.full_name}: {collection.how}{released}"
    return Origin(collection.producer, title, collection.address, now.counted, now.version or None)


def as_json(shelved: Shelved) -> dict[str, Any]:
    """Give one entry of the stored body."""
    parts = {"now": shelved.now, "then": shelved.then}
    return {name: asdict(part) if part else None for name, part in parts.items()} | {"trouble": shelved.trouble}


def shelves(body: Any) -> dict[str, Shelved]:
    """Read a stored body; collections that are not in it are left out."""
    entries = body.get("collections", {}) if isinstance(body, dict) else {}
    known = ((each, entries[each.key]) for each in COLLECTIONS if each.key in entries)
    return {
        each.key: Shelved(each, _read_count(entry["now"]), _read_count(entry["then"]), entry["trouble"])
        for each, entry in known
    }


def _read_count(entry: Any) -> Counted | None:
    return Counted(**{**entry, "names": tuple(entry["names"])}) if entry else None


@cache
def sample_shelves() -> Mapping[str, Shelved]:
    """Read the embedded counts, each of a stated version and day."""
    text = files("analytics.sample").joinpath("official.csv").read_text(encoding="utf-8")
    rows = {(row["collection"], row["when"]): _of_sample(row) for row in csv.DictReader(text.splitlines())}
    return {
        each.key: Shelved(each, rows.get((each.key, "now")), rows.get((each.key, "then")), sample=True)
        for each in COLLECTIONS
    }


def _of_sample(row: Mapping[str, str]) -> Counted:
    parts = json.loads(row["parts"] or "{}")
    return Counted(int(row["count"]), row["version"], row["counted"], row["released"] or None, parts=parts)


def name_collections(model_id: str, body: Any) -> tuple[str, ...]:
    """
    Name the official collections that list a model of the Hub, by a stored body; empty where none is known to.

    TorchVision's weights are re-published in timm with tags that begin with `tv_` or `tv2_`.
    """
    wanted = model_id.casefold()
    found = [
        shelved.collection.name
        for shelved in shelves(body).values()
        if shelved.now and any(name.casefold() == wanted for name in shelved.now.names)
    ]
    listings = body.get("listings", {}) if isinstance(body, dict) else {}
    found += [name for name, ids in listings.items() if any(each.casefold() == wanted for each in ids)]
    tag = wanted.rpartition(".")[2] if wanted.startswith("timm/") and found else ""
    return (*found, *(["TorchVision (re-published)"] if tag.startswith(("tv_", "tv2_")) else []))
