"""Requests that nobody means to send, all from one seed: known roads, unknown ones, and bodies of every kind."""

import json
import random
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urlencode

from playground.methods import METHODS
from playground.server import Playground

ODD = (
    "",
    "x",
    "0",
    "-1",
    "1e999",
    "NaN",
    "C0",
    "{}",
    "[]",
    "null",
    "true",
    "\u2028",
    "\U0001f600",
    "\ud800",
    "9" * 5_000,
    "#general",
)
NUMBERS = (0, -1, 1.5, 10**400, float("nan"), float("inf"), True)
TYPES = (
    "application/json",
    "application/json; charset=utf-16",
    "application/json; charset=nonsense",
    "application/x-www-form-urlencoded",
    "application/x-www-form-urlencoded; charset=nonsense",
    "multipart/form-data",
    "multipart/form-data; boundary=x",
    "text/plain",
    "image/png",
    "",
)
FIELDS = (
    *(
        "channel",
        "user",
        "users",
        "text",
        "blocks",
        "thread_ts",
        "ts",
        "metadata",
        "view",
        "user_id",
        "hash",
        "message",
    ),
    *(
        "filename",
        "length",
        "alt_txt",
        "files",
        "channel_id",
        "file",
        "oldest",
        "latest",
        "limit",
        "cursor",
        "trigger_id",
    ),
    *("message_ts", "action_id", "value", "values", "close", "to", "response_type", "delete_original", "token", "bot"),
)
KINDS = ("section", "actions", "image", "data_table", "data_visualization", "input", "rich_text", "context", "nonsense")


@dataclass(frozen=True, slots=True)
class RandomRequest:
    """One request."""

    verb: str
    path: str
    body: bytes | None
    headers: dict[str, str] = field(default_factory=dict)


class RandomRequests:
    """Makes requests; the same seed makes the same ones."""

    def __init__(self, playground: Playground, seed: int) -> None:
        self._chance = random.Random(seed)  # noqa: S311 - chance, not secrecy
        world = playground.world
        self._ids = [*world.channels, *world.users, *world.workspaces, *world.files]
        self._stamps = [message.ts for channel in world.channels.values() for message in channel.messages]
        self._tokens = (playground.bot_token, playground.app_token, "xoxb-nobody", "")
        self._roads = (*_roads_of(playground), "/nowhere", "/api/", "/page", "//", "/%00")

    def make(self) -> RandomRequest:
        """Make one."""
        verb = self._chance.choice(("GET", "POST", "POST", "POST", "PUT", "HEAD", "OPTIONS"))
        body = None if verb in ("GET", "HEAD", "OPTIONS") else self._body()
        query = "?" + quote(self._word(), safe="=&%", errors="surrogatepass") if self._chance.random() < 0.1 else ""
        return RandomRequest(verb, self._chance.choice(self._roads) + query, body, self._headers())

    def _headers(self) -> dict[str, str]:
        chosen = {
            "Authorization": f"Bearer {self._chance.choice(self._tokens)}",
            "Content-Type": self._chance.choice(TYPES),
        }
        return chosen if self._chance.random() < 0.9 else {"Origin": "null", "Range": "bytes=5-2", **chosen}

    def _body(self) -> bytes:
        kind = self._chance.random()
        if kind < 0.1:
            return self._chance.randbytes(self._chance.randrange(200))
        if kind < 0.15:
            return self._chance.choice(
                (b"[" * 100_000, b"{", b'{"text": "\\ud800"}', b"\xff\xfe{}", b'{"a": ' + b"9" * 5_000 + b"}")
            )
        given = {self._chance.choice(FIELDS): self._value(3) for _ in range(self._chance.randrange(7))}
        if kind < 0.35:
            said = {name: value if isinstance(value, str) else json.dumps(value) for name, value in given.items()}
            return urlencode(said, errors="surrogatepass").encode()
        return json.dumps(given if kind < 0.95 else self._value(3)).encode()

    def _value(self, depth: int) -> Any:
        """Make a value: a word, a number, a block of some sort, or others in a list or an object."""
        kind = self._chance.randrange(8 if depth else 4)
        if kind == 0:
            return self._chance.choice(NUMBERS)
        if kind < 4:
            return self._word()
        if kind == 4:
            return {
                "type": self._chance.choice(KINDS),
                **{name: self._value(depth - 1) for name in ("text", "elements", "rows")},
            }
        if kind == 5:
            return {self._word(): self._value(depth - 1) for _ in range(self._chance.randrange(3))}
        return [self._value(depth - 1) for _ in range(self._chance.randrange(4))]

    def _word(self) -> str:
        return self._chance.choice(
            (*ODD, *self._ids, *self._stamps, "general", "ann", "/frameworks help", "modal", "plain_text")
        )


def _roads_of(playground: Playground) -> list[str]:
    """Give the roads that lead somewhere."""
    told = playground.site.response_urls.new(
        playground.workspace, playground.channel("general"), playground.user("ann"), "commands"
    )
    uploads = [file.upload_path for file in playground.files()]
    pages = [f"/page/{name}" for name in ("screen", "say", "click", "submit", "clock", "files/F1", "page.css")]
    return [*(f"/api/{method}" for method in METHODS), *pages, *pages, told.path, "/files-pri/T1-F1/a.png", *uploads]
