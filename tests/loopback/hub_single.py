"""One model, `GET /api/models/{id}[/revision/{revision}]`: moved, missing, private and gated as on the Hub."""

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

from aiohttp import web
from yarl import URL

from tests.loopback.hub_answers import EXPANDABLE, RefusedByHub, fields_asked, only
from tests.loopback.hub_items import Item

LEFT_OUT = frozenset({"downloadsAllTime", "trendingScore", "childrenModelCount", "baseModels"})
"""Fields that come only when asked for by `expand`."""

LARGE = 10_000_000
"""Bytes from which the Hub keeps a file outside git."""


def answer(
    models: Iterable[Item], moved: Mapping[str, str], name: str, revision: str, url: URL, *, known: bool
) -> web.Response:
    """Answer one request; `known` says whether it came with a token the Hub knows."""
    item = next((item for item in models if item["id"] == name and (known or not item["private"])), None)
    if item is None:
        _send_on(models, moved, name, url)
        raise _missing(known=known)
    if revision not in ("main", item.get("sha")):
        raise RefusedByHub(404, f"Invalid rev id: {revision}", X_Error_Code="RevisionNotFound")
    fields = fields_asked(url.query)
    shown = only(item, fields or EXPANDABLE - LEFT_OUT)
    if "siblings" in shown and url.query.get("blobs") == "true":
        shown["siblings"] = [_with_blob(file) for file in item["siblings"]]
    return web.json_response(shown if fields else shown | {"modelId": item["id"]})


def _with_blob(file: Item) -> dict[str, Any]:
    """Say of a file what git knows of it; contents are not served here, so that what is not given is made up."""
    name = file["rfilename"].encode()
    told: dict[str, Any] = {"blobId": hashlib.sha1(name, usedforsecurity=False).hexdigest(), "size": len(name)} | file
    if told["size"] >= LARGE:
        pointer = {"sha256": hashlib.sha256(name).hexdigest(), "size": told["size"], "pointerSize": 135}
        told.setdefault("lfs", pointer)
    return told


def _send_on(models: Iterable[Item], moved: Mapping[str, str], name: str, url: URL) -> None:
    """Redirect an old name, or one in another case: 307, a relative address, the same query."""
    places = {item["id"].casefold(): item["id"] for item in models if not item["private"]}
    places |= {old.casefold(): new for old, new in moved.items()}
    if place := places.get(name.casefold()):
        _, _, behind = url.path.partition(f"/api/models/{name}")
        target = url.with_path(f"/api/models/{place}{behind}", keep_query=True).relative()
        raise web.HTTPTemporaryRedirect(str(target))


def _missing(*, known: bool) -> RefusedByHub:
    """
    Refuse what is not there, in other words for strangers, who must not learn that a private model exists.

    The real Hub sends strangers no X-Error-Code; over plain HTTP the client library needs it to raise what it raises
    over HTTPS.
    """
    if known:
        return RefusedByHub(404, "Repository not found", X_Error_Code="RepoNotFound")
    scheme = 'Bearer realm="Authentication required", charset="UTF-8"'
    return RefusedByHub(401, "Invalid username or password.", WWW_Authenticate=scheme, X_Error_Code="RepoNotFound")
