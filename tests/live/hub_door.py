"""What a contract needs of the Hub and the papers' API: to ask, read-only, and to run our own collectors."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from http.client import HTTPMessage
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

from tests.live.contracts import NotTried

PATIENCE = 60
NO_ACCESS, TOO_MANY, BROKEN = (401, 403), 429, 500
OF_ONE_REPOSITORY = "/resolve/"
"""Files of a repository whose owner wants to be asked first are refused, and the next one's are not."""

Params = Sequence[tuple[str, str | int]]


@dataclass(frozen=True, slots=True)
class HubReply:
    """An answer."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def told(self) -> Any:
        """What it says, as JSON."""
        return json.loads(self.body)


@dataclass(frozen=True, slots=True)
class HubDoor:
    """
    The Hub at `endpoint` and the papers' API at `papers`.

    `sample`: of how many repositories tags are held against files. `collect`: runs `frameworks collect WORD`, gives the
    exit status and what it said.
    """

    endpoint: str
    papers: str
    collect: Callable[[str], tuple[int, str]]
    token: str = ""
    sample: int = 200

    def ask(self, path: str, params: Params = (), **headers: str) -> HubReply:
        """Ask the Hub; nothing is ever sent but a question."""
        return self._get(f"{self.endpoint}{path}?{urlencode(params)}", {**self._bearer(), **headers})

    def ask_papers(self, path: str, params: Params = ()) -> HubReply:
        """Ask the papers' API, which gets no token."""
        return self._get(f"{self.papers}{path}?{urlencode(params)}", {})

    def listing(self, params: Params, most: int) -> list[dict[str, Any]]:
        """Give the first items of a listing, page after page."""
        found: list[dict[str, Any]] = []
        reply = self.ask("/api/models", params)
        while True:
            found += reply.told
            onward = _next(reply.headers.get("Link", ""))
            if len(found) >= most or not onward.startswith(self.endpoint):
                return found[:most]
            reply = self._get(onward, self._bearer())

    def _bearer(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"} if self.token else {}

    @staticmethod
    def _get(url: str, headers: Mapping[str, str]) -> HubReply:
        try:
            with urlopen(Request(url, headers=dict(headers)), timeout=PATIENCE) as answer:  # noqa: S310 - our endpoints
                return HubReply(answer.status, _plain(answer.headers), answer.read())
        except HTTPError as refused:
            with refused:
                if refused.code == TOO_MANY or refused.code >= BROKEN:
                    raise NotTried(f"{url.partition('?')[0]} was answered {refused.code}") from None
                if refused.code in NO_ACCESS and OF_ONE_REPOSITORY not in url:
                    raise NotTried(f"{url.partition('?')[0]} was answered {refused.code}: look at HF_TOKEN") from None
                return HubReply(refused.code, _plain(refused.headers), refused.read())


def _plain(headers: HTTPMessage) -> dict[str, str]:
    return {name.title(): value for name, value in headers.items()}


def _next(link: str) -> str:
    return link.partition("<")[2].partition(">")[0] if 'rel="next"' in link else ""
