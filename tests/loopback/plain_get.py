"""Ask a stand-in as plainly as can be: no client library, no proxy, errors are answers too."""

import json
import urllib.error
import urllib.request
from dataclasses import dataclass
from email.message import Message
from typing import Any

from tests.loopback.hub import LoopbackHub


class _AsItComes(urllib.request.HTTPRedirectHandler):
    """Follows no redirect."""

    def redirect_request(self, *_: Any) -> None:
        """Leave the 307 as the answer."""


DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}), _AsItComes())
"""Without the environment's proxies, which would be handed even what is meant for this machine."""


@dataclass(frozen=True)
class PlainAnswer:
    """One answer as it came, error or not."""

    status: int
    headers: Message
    body: bytes

    @property
    def json(self) -> Any:
        """The body, read as JSON."""
        return json.loads(self.body)

    @property
    def ids(self) -> list[str]:
        """The models of a listing, in order."""
        return [item["id"] for item in self.json]

    @property
    def next(self) -> str:
        """The address of the next page, empty on the last."""
        return (self.headers["Link"] or "").partition(">; rel=")[0].removeprefix("<")


def get(hub: LoopbackHub | str, path: str = "/api/models", *, token: str | None = None) -> PlainAnswer:
    """Ask for a path of the stand-in, given itself or as its endpoint, or for a whole address it gave."""
    endpoint = hub if isinstance(hub, str) else hub.endpoint
    url = path if path.startswith("http") else endpoint + path
    request = urllib.request.Request(url, headers={"Authorization": f"Bearer {token}"} if token else {})  # noqa: S310 - loopback
    try:
        with DIRECT.open(request, timeout=30) as response:
            return PlainAnswer(response.status, response.headers, response.read())
    except urllib.error.HTTPError as refusal:
        with refusal:
            return PlainAnswer(refusal.code, refusal.headers, refusal.read())


def walk(hub: LoopbackHub, path: str) -> list[list[str]]:
    """Follow a listing to its end; give the ids of each page."""
    pages = [get(hub, path)]
    while pages[-1].next:
        pages.append(get(hub, pages[-1].next))
    return [page.ids for page in pages]
