"""
The listing, `GET /api/models`: filters, sorts, and pages by keyset cursor.

A cursor is the base64 of a MongoDB predicate ("downloads below 2, or 2 and a greater _id"), as seen on the Hub. So a
walk by createdAt is stable while models come in, and one by downloads may skip or repeat what moved.
"""

import base64
import json
from collections.abc import Callable, Iterable
from typing import Any

from aiohttp import web
from multidict import MultiDict, MultiMapping
from yarl import URL

from tests.loopback.hub_answers import EXPANDABLE, RefusedByHub, fields_asked, only
from tests.loopback.hub_items import Item

MOST_A_PAGE = 1000
"""What `limit` is clamped to, and the size of a page without it (the Hub's own default is not documented)."""

SORTS = (
    "createdAt",
    "downloads",
    "likes",
    "lastModified",
    "likes30d",
    "trendingScore",
    "num_parameters",
    "mainSize",
    "id",
)
UPWARDS = ("createdAt",)
"""What can be sorted with direction=1; the Hub refuses it for counters."""

FIELDS = ("likes", "trendingScore", "private", "downloads", "tags", "pipeline_tag", "library_name", "createdAt")
FULL = ("author", "sha", "lastModified", "gated", "disabled", "siblings")
"""What an item holds without `expand`, and what `full=true` adds."""

Predicate = dict[str, Any]


def page(
    models: Iterable[Item],
    url: URL,
    most: int = MOST_A_PAGE,
    expandable: frozenset[str] = EXPANDABLE,
) -> web.Response:
    """Answer one request for the listing; `url` is absolute, as the client wrote it."""
    query = url.query
    fields = fields_asked(query, expandable)
    order = _Order(query)
    found = order.sorted(item for item in models if _wanted(item, query))
    rest = [item for item in found if matches(item, _predicate(query))]
    size = _limit(query, most)
    shown = rest[:size]
    response = web.json_response([_shown(item, fields, query) for item in shown])
    if len(rest) > size and shown:
        response.headers["Link"] = f'<{_next(url, order.after(shown[-1]))}>; rel="next"'
    return response


def _limit(query: MultiMapping[str], most: int) -> int:
    text = query.get("limit", str(most))
    if not text.isdecimal() or int(text) < 1:
        raise RefusedByHub(400, "Invalid limit parameter")
    return min(int(text), most)


def _shown(item: Item, fields: list[str], query: MultiMapping[str]) -> dict[str, Any]:
    if fields:
        return only(item, fields)
    return only(item, (*FIELDS, *(FULL if query.get("full") == "true" else ()))) | {"modelId": item["id"]}


def _wanted(item: Item, query: MultiMapping[str]) -> bool:
    """Apply every narrowing parameter (AND). `library` is not among them: the API ignores it."""
    tests: dict[str, Callable[[str], bool]] = {
        "filter": lambda tag: tag in item.get("tags", ()),
        "author": lambda name: item.get("author") == name,
        "search": lambda part: part.casefold() in item["id"].casefold(),
        "pipeline_tag": lambda task: item.get("pipeline_tag") == task,
        "gated": lambda flag: bool(item.get("gated")) is (flag == "true"),
    }
    narrowing = ((test, value) for name, test in tests.items() for value in query.getall(name, []))
    return not item["private"] and all(test(value) for test, value in narrowing)


# -------------------------------------------------------------------------------------------------- order and cursors


class _Order:
    """One sort: the items in order, and the predicate of all that comes after an item."""

    def __init__(self, query: MultiMapping[str]) -> None:
        self.by = query.get("sort", "trendingScore")
        upwards = query.get("direction") == "1"
        if self.by not in SORTS:
            raise RefusedByHub(400, "Invalid sort parameter")
        if upwards and self.by not in UPWARDS:
            raise RefusedByHub(400, f"Sorting by {self.by} is descending only")
        self._downwards = not upwards

    def sorted(self, items: Iterable[Item]) -> list[Item]:
        """Order by creation (in the ObjectId), or by falling value, missing ones last, then by rising ObjectId."""
        by_creation = sorted(items, key=lambda item: item["_id"])
        if self.by == "createdAt":
            return by_creation[::-1] if self._downwards else by_creation
        valued = [item for item in by_creation if item.get(self.by) is not None]
        unknown = [item for item in by_creation if item.get(self.by) is None]
        return sorted(valued, key=lambda item: item[self.by], reverse=True) + unknown

    def after(self, item: Item) -> Predicate:
        """Say what comes after `item`, as the Hub's database is asked for it."""
        if self.by == "createdAt":
            return {"_id": {"$lt" if self._downwards else "$gt": item["_id"]}}
        value, further = item.get(self.by), {"$gt": item["_id"]}
        if value is None:
            return {self.by: None, "_id": further}
        return {"$or": [{self.by: value, "_id": further}, {self.by: {"$lt": value}}, {self.by: None}]}


def matches(item: Item, predicate: Predicate) -> bool:
    """Evaluate the part of MongoDB's predicates that cursors are made of: equality, $lt, $gt, $or."""
    return all(
        any(matches(item, choice) for choice in wanted) if name == "$or" else _holds(item.get(name), wanted)
        for name, wanted in predicate.items()
    )


def _holds(value: Any, wanted: Any) -> bool:
    if not isinstance(wanted, dict):
        return bool(value == wanted)
    compare: dict[str, Callable[[Any], bool]] = {"$lt": lambda bound: value < bound, "$gt": lambda bound: value > bound}
    return value is not None and all(compare[operator](bound) for operator, bound in wanted.items())


def _predicate(query: MultiMapping[str]) -> Predicate:
    if "cursor" not in query:
        return {}
    try:
        predicate = json.loads(base64.b64decode(query["cursor"], validate=True))
    except ValueError:
        raise RefusedByHub(400, "Invalid cursor") from None
    return dict(predicate)


def _next(url: URL, predicate: Predicate) -> URL:
    """Repeat every parameter of the request and set the cursor."""
    query = MultiDict(url.query)
    query["cursor"] = base64.b64encode(json.dumps(predicate, separators=(",", ":")).encode()).decode()
    return url.with_query(query)
