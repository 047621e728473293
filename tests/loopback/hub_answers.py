"""How the Hub words what it says: its JSON, its errors, the fields a model can be asked for."""

from collections.abc import Iterable
from typing import Any

from aiohttp import web
from multidict import MultiMapping

from tests.loopback.hub_items import Item

EXPANDABLE = frozenset(
    {
        *("author", "baseModels", "cardData", "childrenModelCount", "config", "createdAt", "disabled", "downloads"),
        *("downloadsAllTime", "evalResults", "gated", "gguf", "inference", "inferenceProviderMapping", "lastModified"),
        *("library_name", "likes", "mask_token", "model-index", "pipeline_tag", "private", "resourceGroup"),
        *("safetensors", "sha", "siblings", "spaces", "tags", "transformersInfo", "trendingScore", "usedStorage"),
        *("widgetData", "xetEnabled"),
    }
)
"""Valid in `expand`, as the Hub listed them on 2 October 2026 in its answer to a name it did not know."""


class RefusedByHub(Exception):
    """A request that is answered with an error status and the Hub's own words."""

    def __init__(self, status: int, message: str, **headers: str) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}

    def answer(self) -> web.Response:
        """Write it as the Hub does: JSON with `error`, the same text in X-Error-Message."""
        headers = {"X-Error-Message": self.message} | self.headers
        return web.json_response({"error": self.message}, status=self.status, headers=headers)


def fields_asked(query: MultiMapping[str], expandable: frozenset[str] = EXPANDABLE) -> list[str]:
    """Read `expand` in both spellings; an unknown name is refused."""
    asked = [*query.getall("expand", []), *query.getall("expand[]", [])]
    for name in asked:
        if name not in expandable:
            options = "|".join(f'"{option}"' for option in sorted(expandable))
            raise RefusedByHub(400, f"Invalid option for expand: {name!r}, expected one of {options}")
    return asked


def only(item: Item, fields: Iterable[str]) -> dict[str, Any]:
    """Reduce an item to `_id`, `id` and those fields that have a value; of its files, only the names are told."""
    shown = {name: item[name] for name in ("_id", "id", *fields) if item.get(name) is not None}
    if "siblings" in shown:
        shown["siblings"] = [{"rfilename": file["rfilename"]} for file in shown["siblings"]]
    return shown
