"""
Slack's requests by HTTP: bounded, verified, and only then handed to Bolt, in a thread.

Bolt's own adapters block the event loop while a handler acknowledges, and parse before anybody has verified; both are
seen to here.
"""

import json
import logging
import time
from collections.abc import Callable, Mapping
from typing import Any, Protocol
from urllib.parse import parse_qs

from slack_bolt import BoltRequest, BoltResponse
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from analytics.bounded_body import SentTooMuch, SentTooSlowly, read_body
from bot.observer import UNOBSERVED, Observer
from bot.payload_shapes import tidy
from bot.web.rate_limits import Buckets, refuse_too_often
from bot.web.signatures import is_slacks

log = logging.getLogger(__name__)

PATH = "/slack/events"
"""Where commands, clicks and events come in: one address for all three."""


LONGEST_ID = 64
"""Letters of a workspace's id that are looked at; Slack's have eleven."""

NO_PAYLOAD = "This is no payload of Slack's."


class Dispatching(Protocol):
    """Handles one payload: Bolt's app of one workspace, or what finds the right one of many."""

    def dispatch(self, req: BoltRequest) -> BoltResponse:
        """Handle it, and give what Slack is answered."""


class SlackRequests:
    """Takes what Slack posts. `clock` gives Unix seconds; `turns` counts by workspace."""

    def __init__(
        self,
        app: Dispatching,
        signing_secret: str,
        clock: Callable[[], float] = time.time,
        *,
        turns: Buckets,
        observer: Observer = UNOBSERVED,
    ) -> None:
        self._app = app
        self._secret = signing_secret
        self._clock = clock
        self._turns = turns
        self._observer = observer

    async def take(self, request: Request) -> Response:
        """Answer one request: 413, 408, 401 for what is not Slack's, 429 for too much; no word of it is logged."""
        try:
            body = await read_body(request)
        except SentTooMuch:
            return _refuse(413, "This is larger than anything Slack sends.")
        except SentTooSlowly:
            return _refuse(408, "The request did not come within its time.")
        if not is_slacks(self._secret, request.headers, body, self._clock()):
            return _refuse(401, "The signature or its time is not Slack's: is SLACK_SIGNING_SECRET that of this app?")
        return await run_in_threadpool(self._hand_on, body, dict(request.headers))

    def _hand_on(self, body: bytes, headers: dict[str, str]) -> Response:
        """Let Bolt handle what is verified; signed junk is refused as such."""
        try:
            fields = read_fields(body)
        except (ValueError, RecursionError):
            return _refuse(400, NO_PAYLOAD)
        if fields.get("type") == "url_verification":
            return PlainTextResponse(str(fields.get("challenge", "")))
        if seconds := self._turns.take(name_workspace(fields)):
            self._observer.note_too_often("workspace")
            return refuse_too_often(seconds, "workspace")
        try:
            return _as_http(self._app.dispatch(BoltRequest(body=tidy(fields), headers={**headers}, mode="socket_mode")))
        except (
            AttributeError,
            LookupError,
            TypeError,
            ValueError,
        ) as failure:  # Bolt reads fields before any handler of ours
            log.warning("a signed request has not the form of Slack's: %s", type(failure).__name__)
            return _refuse(400, NO_PAYLOAD)


def read_fields(body: bytes) -> dict[str, Any]:
    """
    Read what Slack posts: JSON of an event, the JSON in the field `payload` of a click, the form of a command.

    Bolt gets the fields, not the text: it takes any form that has the letters "payload" in it for one with a field of
    that name, and loses the command.

    Raises:  ValueError, for what is none of the three.
    """
    text = body.decode("utf-8")
    if text.startswith("{"):
        return dict(json.loads(text))
    form = {name: values[0] for name, values in parse_qs(text, keep_blank_values=True, strict_parsing=True).items()}
    if set(form) == {"payload"}:
        return _mapping(json.loads(form["payload"]))
    if "command" not in form and form.get("ssl_check") != "1":
        raise ValueError("a form that is neither a command nor a click")
    return form


def name_workspace(fields: Mapping[str, Any]) -> str:
    """Name the workspace, or else the organisation, that a request of Slack's is of."""
    for single, whole in (("team_id", "team"), ("enterprise_id", "enterprise")):
        nested = fields.get(whole)
        named = fields.get(single) or (nested.get("id") if isinstance(nested, dict) else None)
        if named:
            return str(named)[:LONGEST_ID]
    return ""


def _mapping(read: object) -> dict[str, Any]:
    if not isinstance(read, dict):
        raise ValueError("no object")  # noqa: TRY004 - to the reader it is one kind of junk
    return read


def _as_http(answer: BoltResponse) -> Response:
    return Response(answer.body, answer.status, headers=answer.first_headers_without_set_cookie())


def _refuse(status: int, why: str) -> Response:
    log.info("a request was refused with %d", status)
    return PlainTextResponse(why + "\n", status)
