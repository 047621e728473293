"""Datasets on the Hub: their commit, their folders, their files by range; and the site's own count of models."""

import json
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath

from aiohttp import web

from tests.loopback.hub_answers import RefusedByHub
from tests.loopback.hub_files import ranged
from tests.loopback.hub_items import Item

COMMIT = "0123456789abcdef0123456789abcdef01234567"
Datasets = Mapping[str, Mapping[str, bytes]]
"""Dataset -> path -> bytes of the file."""


def info(datasets: Datasets, name: str, renewed: str) -> web.Response:
    """Describe a dataset."""
    _files(datasets, name)
    told = {"_id": "621ffdd236468d709f181d5e", "id": name, "sha": COMMIT, "private": False, "lastModified": renewed}
    return web.json_response(told)


def tree(datasets: Datasets, name: str, path: str) -> web.Response:
    """List a folder."""
    files, folder = _files(datasets, name), PurePosixPath(path)
    inside = {
        PurePosixPath(file).relative_to(folder).parts[0] for file in files if folder in PurePosixPath(file).parents
    }
    if not inside:
        raise RefusedByHub(404, "Entry not found", X_Error_Code="EntryNotFound")
    return web.json_response([_entry(files, str(folder / one)) for one in sorted(inside)])


def _entry(files: Mapping[str, bytes], path: str) -> dict[str, object]:
    if path in files:
        return {"type": "file", "oid": "0" * 40, "size": len(files[path]), "path": path}
    return {"type": "directory", "oid": "0" * 40, "size": 0, "path": path}


def resolve(datasets: Datasets, name: str, path: str, request: web.Request) -> web.Response:
    """Give a file or a part of it."""
    content = _files(datasets, name).get(path)
    if content is None:
        raise RefusedByHub(404, "Entry not found", X_Error_Code="EntryNotFound", X_Repo_Commit=COMMIT)
    return ranged(content, request, {"X-Repo-Commit": COMMIT, "X-Linked-Size": str(len(content))})


def count(total: int | None) -> web.Response:
    """Answer models-json: undocumented, and without the count now and then."""
    told = {"models": [], "numItemsPerPage": 30, "pageIndex": 0} | ({} if total is None else {"numTotalItems": total})
    return web.Response(text=json.dumps(told), content_type="application/json")


def count_tagged(models: Iterable[Item], libraries: str) -> int:
    """Count the models that have all these tags: a guess, nobody has seen what two of them mean (tests/live)."""
    wanted = set(libraries.split(","))
    return sum(wanted <= set(item.get("tags") or ()) for item in models)


def _files(datasets: Datasets, name: str) -> Mapping[str, bytes]:
    if name not in datasets:
        raise RefusedByHub(401, "Invalid username or password.", X_Error_Code="RepoNotFound")
    return datasets[name]
