"""
A Slack that takes everything at once and remembers who was answered: `python -m benchmarks.rig.quick_slack PORT`.

The playground looks at every block of every message, which is its worth in tests and would be the bottleneck here. This
one says yes in a fraction of a millisecond, in a process of its own. `/told` gives, by person, when each answer came.
"""

import sys
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable
from itertools import count

from aiohttp import web

from benchmarks.rig.askers import find_asker

TEAM = {"ok": True, "team_id": "T1", "team": "bench", "user_id": "UBOT", "user": "frameworks", "bot_id": "B1"}
serial = count(1)
told: defaultdict[str, list[float]] = defaultdict(list)


async def take(request: web.Request) -> web.Response:
    """Answer one method of the Web API."""
    method, text = request.match_info["method"], (await request.read()).decode("utf-8", "replace")
    number = next(serial)
    file = {"id": f"F{number}", "mimetype": "image/png", "shares": {"public": {"C1": [{}]}}}
    match method:
        case "auth.test":
            return web.json_response(TEAM, headers={"x-oauth-scopes": "chat:write,commands,files:write"})
        case "files.getUploadURLExternal":
            where = f"http://{request.host}/upload/{number}"
            return web.json_response({"ok": True, "upload_url": where, "file_id": file["id"]})
        case "files.completeUploadExternal":
            return web.json_response({"ok": True, "files": [file]})
        case "files.info":
            return web.json_response({"ok": True, "file": file})
        case "chat.postMessage":
            note(text)
    return web.json_response({"ok": True, "ts": f"{time.time():.6f}", "channel": "C1", "user": {"tz": "UTC"}})


def note(text: str) -> None:
    """Remember that somebody was answered; a notice that is taken away again is none."""
    if asker := find_asker(text):
        told[asker].append(time.time())


async def respond(request: web.Request) -> web.Response:
    """Take what is told to one person, whose the address is."""
    if b'"delete_original": true' not in await request.read():
        told[request.match_info["asker"]].append(time.time())
    return web.Response(text="ok")


async def upload(request: web.Request) -> web.Response:
    """Take a picture."""
    await request.read()
    return web.Response(text="OK")


async def tell(_: web.Request) -> web.Response:
    """Tell who was answered when."""
    return web.json_response(told)


ROUTES: tuple[tuple[str, str, Callable[[web.Request], Awaitable[web.Response]]], ...] = (
    ("*", "/api/{method}", take),
    ("POST", "/upload/{number}", upload),
    ("POST", "/response/{asker}", respond),
    ("GET", "/told", tell),
)


def main() -> None:
    """Serve until ended."""
    application = web.Application(client_max_size=10**7)
    for method, path, handler in ROUTES:
        application.router.add_route(method, path, handler)
    web.run_app(application, host="127.0.0.1", port=int(sys.argv[1]), access_log=None, print=None)


if __name__ == "__main__":
    main()
