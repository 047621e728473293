"""Files of models, `/{id}/resolve/{revision}/{file}`: ranges, restricted access and missing entries as on the Hub."""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence

from aiohttp import web

from tests.loopback.hub_answers import RefusedByHub
from tests.loopback.hub_items import Item

Contents = Mapping[tuple[str, str], bytes]
"""What is in the files: (model's id, path) -> bytes."""


BYTES = {"F32": 4, "BF16": 2, "I8": 1, "U8": 1}
"""Of one number, by its type; each tensor has four bytes."""


def safetensors(
    stated: str | None,
    tensors: int = 1,
    *,
    metadata_first: bool = True,
    names: Sequence[str] = (),
    dtype: str = "F32",
) -> bytes:
    """Make a safetensors file that states this format in its header; with many tensors the header is long."""
    some = names or [f"encoder.layer.{number}.attention.weight" for number in range(tensors)]
    places = ([4 * place, 4 * place + 4] for place in range(len(some)))
    named = {
        name: {"dtype": dtype, "shape": [4 // BYTES[dtype]], "data_offsets": place}
        for name, place in zip(some, places, strict=True)
    }
    metadata = {} if stated is None else {"__metadata__": {"format": stated}}
    header = json.dumps(metadata | named if metadata_first else named | metadata).encode()
    return len(header).to_bytes(8, "little") + header + bytes(4 * len(some))


def answer(models: Iterable[Item], contents: Contents, request: web.Request, *, known: bool) -> web.Response:
    """Answer one request for a file; `known` says whether it came with a token the Hub knows."""
    name, revision, file = (request.match_info[key] for key in ("id", "revision", "file"))
    item = next((item for item in models if item["id"] == name), None)
    if item is None:
        raise RefusedByHub(401, "Invalid username or password.", X_Error_Code="RepoNotFound")
    if item.get("gated"):
        message = f"Access to model {name} is restricted. You must have access to it and be authenticated to access it."
        raise RefusedByHub(403 if known else 401, message, X_Error_Code="GatedRepo")
    if revision not in ("main", item.get("sha")):
        raise RefusedByHub(404, f"Invalid rev id: {revision}", X_Error_Code="RevisionNotFound")
    content = contents.get((name, file))
    if content is None:
        raise RefusedByHub(404, "Entry not found", X_Error_Code="EntryNotFound", X_Repo_Commit=str(item.get("sha")))
    return ranged(content, request, {"X-Repo-Commit": str(item.get("sha"))})


def ranged(content: bytes, request: web.Request, headers: Mapping[str, str]) -> web.Response:
    """Give a file or the part of it that was asked for: 206 with open ends clamped, 416 beyond the end."""
    etag = hashlib.sha256(content).hexdigest()
    told = {**headers, "ETag": f'"{etag}"', "Accept-Ranges": "bytes"}
    wanted = re.fullmatch(r"bytes=(\d+)-(\d*)", request.headers.get("range", ""))
    if not wanted:
        return web.Response(body=content, headers=told)
    first, last = int(wanted[1]), min(int(wanted[2] or len(content)), len(content) - 1)
    if first > last:
        return web.Response(status=416, headers=told | {"Content-Range": f"bytes */{len(content)}"})
    part = content[first : last + 1]
    return web.Response(status=206, body=part, headers=told | {"Content-Range": f"bytes {first}-{last}/{len(content)}"})
