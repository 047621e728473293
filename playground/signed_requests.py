"""
Slack's other way to reach an app: each payload posted to a Request URL, signed, three seconds to answer.

docs.slack.dev/apis/events-api/using-http-request-urls: a command is a form of its fields, a click or a form a form with
the field `payload`, an event JSON; 200 within three seconds acknowledges, and its JSON body is the answer to a payload.
Any other status, and nobody at the address, is known at once, and Slack's next try says which it was.
"""

import hashlib
import hmac
import json
import threading
import time
import urllib.error
import urllib.request
from http.client import HTTPException
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from playground.state import Json
from playground.world import RESPOND_WITHIN

if TYPE_CHECKING:
    from collections.abc import Callable

FORM, JSON_TYPE = "application/x-www-form-urlencoded", "application/json"


def encode(envelope: Json) -> tuple[bytes, str]:
    """Give the body of a request, and its content type."""
    payload = envelope["payload"]
    match envelope["type"]:
        case "slash_commands":
            return urlencode(payload).encode(), FORM
        case "interactive":
            return urlencode({"payload": json.dumps(payload)}).encode(), FORM
        case _:
            return json.dumps(payload).encode(), JSON_TYPE


class SignedRequests:
    """Posts payloads in the place of the WebSockets, each in a thread; `url` is the app's Request URL."""

    def __init__(self, url: str, secret: str) -> None:
        self._url = url
        self._secret = secret
        self.respond_within = RESPOND_WITHIN
        self.on_ack: Callable[[str, Json | None], None] = lambda _id, _payload: None
        self.on_refusal: Callable[[str, str], None] = lambda _id, _reason: None

    def send(self, envelope: Json) -> bool:
        """Post it; what comes back in time is its acknowledgement."""
        threading.Thread(target=self._post, args=(envelope,), name="request-url", daemon=True).start()
        return True

    def _post(self, envelope: Json) -> None:
        body, content_type = encode(envelope)
        headers = {"Content-Type": content_type, **self.sign(body, time.time())}
        if envelope.get("retry_attempt"):
            headers |= {
                "X-Slack-Retry-Num": str(envelope["retry_attempt"]),
                "X-Slack-Retry-Reason": envelope.get("retry_reason") or "http_timeout",
            }
        request = urllib.request.Request(self._url, body, headers)  # noqa: S310 - the app under test, on this machine
        try:
            with urllib.request.urlopen(request, timeout=self.respond_within) as response:  # noqa: S310 - as above
                answer = response.read()
        except (OSError, HTTPException) as failure:
            if reason := name_reason(failure):
                self.on_refusal(envelope["envelope_id"], reason)
        else:
            self.on_ack(envelope["envelope_id"], _as_payload(answer))

    def sign(self, body: bytes, now: float) -> dict[str, str]:
        """Give the two headers by which an app knows Slack."""
        timestamp = str(int(now))
        base = b"v0:" + timestamp.encode() + b":" + body
        digest = hmac.new(self._secret.encode(), base, hashlib.sha256).hexdigest()
        return {"X-Slack-Request-Timestamp": timestamp, "X-Slack-Signature": "v0=" + digest}


def name_reason(failure: Exception) -> str:
    """Give Slack's word for a try that is over at once; nothing where it waits for the rest of its three seconds."""
    if isinstance(failure, urllib.error.HTTPError):
        return "http_error"
    refused = isinstance(failure, urllib.error.URLError) and isinstance(failure.reason, ConnectionRefusedError)
    return "connection_failed" if refused else ""


def _as_payload(answer: bytes) -> Json | None:
    """Read what an app answered; nothing, or words that are no JSON, acknowledge without a payload."""
    try:
        payload = json.loads(answer)
    except ValueError:
        return None
    return payload if isinstance(payload, dict) else None
