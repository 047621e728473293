"""
A Slack of many workspaces that keeps its limits and remembers every post: `python -m benchmarks.rig.paced_slack PORT`.

One message a second in a channel with a burst of three; fifty calls a minute of each other method for a workspace
(`/make?history=1`: what Slack allows apps that are sold outside its Marketplace, one look into a history a minute). A
token is `xoxb-` and its workspace's id. `/told` gives what came; `/make` makes a workspace slow or refuses its token.
"""

import asyncio
import json
import sys
import time
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from aiohttp import web

BURST, A_MINUTE = 3, 60.0
OTHERS = 50
"""Calls a minute of a method of the third tier."""

PACED = "chat.postMessage"


@dataclass(slots=True)
class Limits:
    """Says of each call whether it comes too fast; gives the seconds to wait."""

    calls: defaultdict[tuple[str, str], deque[float]] = field(default_factory=lambda: defaultdict(deque))
    full: dict[str, float] = field(default_factory=dict)

    def of_channel(self, channel: str) -> int:
        """Take a message into a channel, whose bucket is emptied by one each second."""
        now = time.monotonic()
        full = max(self.full.get(channel, now), now)
        if full - now > BURST - 1:
            return 1
        self.full[channel] = full + 1.0
        return 0

    def of_method(self, team: str, method: str, most: int = OTHERS) -> int:
        """Take a call of a method by a workspace."""
        now, calls = time.monotonic(), self.calls[team, method]
        while calls and now - calls[0] > A_MINUTE:
            calls.popleft()
        if len(calls) >= most:
            return int(A_MINUTE - (now - calls[0])) + 1
        calls.append(now)
        return 0


@dataclass(slots=True)
class PacedSlack:
    """What it remembers."""

    limits: Limits = field(default_factory=Limits)
    posts: list[tuple[float, str, str, str, bool]] = field(default_factory=list)
    """When, workspace, channel, key, and whether it is in a thread."""

    channels: defaultdict[str, list[dict[str, Any]]] = field(default_factory=lambda: defaultdict(list))
    sent: dict[str, str] = field(default_factory=dict)
    calls: Counter[str] = field(default_factory=Counter)
    slow: dict[str, float] = field(default_factory=dict)
    refused: set[str] = field(default_factory=set)
    histories: int = OTHERS
    serial: "count[int]" = field(default_factory=count)

    async def take(self, request: web.Request) -> web.Response:
        """Answer one method of the Web API."""
        method, body = request.match_info["method"], await _read(request)
        team = request.headers.get("Authorization", "").partition("xoxb-")[2]
        self.calls[method] += 1
        await asyncio.sleep(self.slow.get(team, 0.0))
        if team in self.refused:
            self.calls["refused"] += 1
            return web.json_response({"ok": False, "error": "token_revoked"})
        if seconds := self._is_too_fast(team, method, body):
            self.calls[f"429 {method}"] += 1
            told = {"Retry-After": str(seconds)}
            return web.json_response({"ok": False, "error": "ratelimited"}, status=429, headers=told)
        return web.json_response(self._do(request, team, method, body))

    def _is_too_fast(self, team: str, method: str, body: Mapping[str, Any]) -> int:
        if method == PACED:
            return self.limits.of_channel(str(body["channel"]))
        return self.limits.of_method(team, method, self.histories if method == "conversations.history" else OTHERS)

    def _do(self, request: web.Request, team: str, method: str, body: Mapping[str, Any]) -> dict[str, Any]:
        number = next(self.serial)
        file = {"id": f"F{number}", "mimetype": "image/png", "shares": {"public": {"C1": [{}]}}}
        answers: dict[str, Callable[[], dict[str, Any]]] = {
            "auth.test": lambda: {"team_id": team, "team": team, "user_id": "UBOT", "user": "bot", "bot_id": "B1"},
            "files.getUploadURLExternal": lambda: {
                "upload_url": f"http://{request.host}/upload/{number}",
                "file_id": file["id"],
            },
            "files.completeUploadExternal": lambda: {"files": [file]},
            "files.info": lambda: {"file": file},
            "conversations.history": lambda: {"messages": self._list(body), "has_more": False},
            "conversations.replies": lambda: {"messages": self._list(body), "has_more": False},
            PACED: lambda: self._post(team, body),
        }
        others = {"channel": {"id": f"D{team}"}, "user": {"id": "U1", "tz": "UTC"}}
        return {"ok": True} | (answers[method]() if method in answers else others)

    def _list(self, body: Mapping[str, Any]) -> list[dict[str, Any]]:
        """Give a channel's messages, newest first, or those of a thread."""
        root = body.get("ts")
        there = self.channels[str(body["channel"])]
        if root:
            return [one for one in there if root in (one["ts"], one.get("thread_ts"))]
        return [one for one in reversed(there) if not one.get("thread_ts") and one["ts"] > str(body.get("oldest", ""))]

    def _post(self, team: str, body: Mapping[str, Any]) -> dict[str, Any]:
        """Keep a message; one of a client_msg_id that is known is there already."""
        known = f"{body['channel']} {body.get('client_msg_id')}"
        if body.get("client_msg_id") and known in self.sent:
            self.calls["sent again"] += 1
            return {"ok": False, "error": "duplicate_client_msg_id"}
        now = time.time()
        ts = f"{int(now)}.{next(self.serial) % 1_000_000:06d}"
        self.sent[known] = ts
        kept = {"type": "message", "ts": ts, "thread_ts": body.get("thread_ts"), "text": body.get("text")}
        kept |= {"bot_id": "B1", "user": "UBOT", "metadata": body.get("metadata") or {}}
        self.channels[str(body["channel"])].append(kept)
        key = str((body.get("metadata") or {}).get("event_payload", {}).get("slot", ""))
        self.posts.append((now, team, str(body["channel"]), key, bool(body.get("thread_ts"))))
        return {"ts": ts, "channel": body["channel"]}

    async def tell(self, _: web.Request) -> web.Response:
        """Tell what came."""
        return web.json_response({"posts": self.posts, "calls": self.calls})

    async def make(self, request: web.Request) -> web.Response:
        """Make a workspace slow (`slow=T1&seconds=20`), refuse its token (`refuse=T2`), or `history=1`."""
        wanted = request.query
        if team := wanted.get("slow"):
            self.slow[team] = float(wanted["seconds"])
        if team := wanted.get("refuse"):
            self.refused.add(team)
        self.histories = int(wanted.get("history", self.histories))
        return web.Response(text="OK")


async def upload(request: web.Request) -> web.Response:
    """Take a picture."""
    await request.read()
    return web.Response(text="OK")


async def _read(request: web.Request) -> dict[str, Any]:
    if request.content_type == "application/json":
        return dict(json.loads(await request.read() or b"{}"))
    return dict(await request.post())


def main() -> None:
    """Serve until ended."""
    slack, application = PacedSlack(), web.Application(client_max_size=10**7)
    application.add_routes(
        [
            web.post("/api/{method}", slack.take),
            web.post("/upload/{number}", upload),
            web.get("/told", slack.tell),
            web.get("/make", slack.make),
        ]
    )
    web.run_app(application, host="127.0.0.1", port=int(sys.argv[1]), access_log=None, print=None)


if __name__ == "__main__":
    main()
