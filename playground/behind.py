"""Behind the page: what the bot asked and was answered, what it was sent, and what goes wrong on purpose."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from playground.deliveries import Dispatch
from playground.faults import Faults
from playground.people import NotThere
from playground.state import Json
from playground.world import Request

if TYPE_CHECKING:
    from playground.control import Control

TOLD = 100
"""Requests and payloads that are told of: the newest."""

POST = "chat.postMessage"
TIMES = 3


@dataclass(frozen=True, slots=True)
class BadTurn:
    """Something that goes wrong with the next posts, and how."""

    label: str
    begin: Callable[[Faults], None]


SWITCHES: Mapping[str, str] = {
    "uploads_disabled": "No files: uploads are refused",
    "shares_never_appear": "Uploads are taken and never appear",
    "refuse_charts": "Slack's own charts are refused",
    "metadata_lost": "The history gives no metadata",
    "connect_blocks_files": "Channels shared with others take no files",
}
"""Bad days that last until they are switched off, by the names of `Faults`."""

TURNS: Mapping[str, BadTurn] = {
    "too_fast": BadTurn("Too fast (429)", lambda faults: faults.rate_limit(POST, TIMES, 5)),
    "away": BadTurn("Slack stumbles (500)", lambda faults: faults.server_error(POST, TIMES)),
    "lost": BadTurn("Answer lost after posting", lambda faults: faults.drop_after(POST)),
    "proxy": BadTurn("A proxy's page instead", lambda faults: faults.garble(POST, "<h1>Bad gateway</h1>", 502)),
}
"""What happens to the next posts, once."""


def look_behind(control: "Control") -> Json:
    """Give what was sent either way, newest first, and how the bad days stand."""
    names = {channel.id: f"#{channel.name}" for channel in control.world.channels.values() if channel.name}
    asked = [(request.at, _tell_request(request, names)) for request in control.requests()[-TOLD:]]
    sent = [(delivery.sent_at, _tell_delivery(delivery)) for delivery in control.deliveries()[-TOLD:]]
    told = sorted(asked + sent, key=lambda one: one[0], reverse=True)[:TOLD]
    faults = control.faults
    return {
        "lines": [{"at": at, **line} for at, line in told],
        "switches": [{"name": name, "label": label, "on": getattr(faults, name)} for name, label in SWITCHES.items()],
        "turns": [{"name": name, "label": turn.label} for name, turn in TURNS.items()],
    }


def _tell_request(request: Request, names: Mapping[str, str]) -> Json:
    reply = request.reply if isinstance(request.reply, dict) else {}
    refused = str(reply.get("error") or "") or ("" if request.status < 400 else f"status {request.status}")  # noqa: PLR2004 - HTTP
    where = str(request.arguments.get("channel") or request.arguments.get("user_id") or "")
    return {
        "from": "bot",
        "what": request.method,
        "where": names.get(where, where),
        "went": refused or "ok",
        "refused": bool(refused),
    }


def _tell_delivery(delivery: Dispatch) -> Json:
    payload = delivery.payload
    event = payload.get("event")
    what = payload.get("command") or (event or payload).get("type") or delivery.kind
    refused = delivery.outcome not in ("acked", "waiting")
    return {"from": "Slack", "what": str(what), "where": delivery.kind, "went": delivery.outcome, "refused": refused}


def switch(control: "Control", name: str, *, on: bool) -> None:
    """Begin or end a bad day. Raises NotThere."""
    if name not in SWITCHES:
        raise NotThere(f"no switch {name}")
    with control.world.changing():
        setattr(control.faults, name, on)


def begin_turn(control: "Control", name: str) -> None:
    """Let the next posts go wrong. Raises NotThere."""
    if name not in TURNS:
        raise NotThere(f"no trouble {name}")
    with control.world.changing():
        TURNS[name].begin(control.faults)
