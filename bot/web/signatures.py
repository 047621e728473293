"""
Slack's signature on its HTTP requests, checked over the raw bytes before anything of them is read.

docs.slack.dev/authentication/verifying-requests-from-slack: HMAC-SHA256 of `v0:{timestamp}:{body}` with the signing
secret, not older than five minutes. Bolt parses first and checks afterwards, stumbles over a timestamp that is no
number, and logs a forged body; so this stands before it.
"""

import hashlib
import hmac
import re
from collections.abc import Mapping

TIMESTAMP, SIGNATURE = "x-slack-request-timestamp", "x-slack-signature"

OLDEST_SECONDS = 300
"""Older, or further ahead, may be a recording played again (Slack's page: five minutes)."""

VERSION = b"v0"


def is_slacks(secret: str, headers: Mapping[str, str], body: bytes, now: float) -> bool:
    """
    Tell whether a request is Slack's and fresh.

    `headers` by names in small letters, `now` in Unix seconds. Without a secret nothing is Slack's.
    """
    timestamp, signature = headers.get(TIMESTAMP, ""), headers.get(SIGNATURE, "")
    if not secret or not re.fullmatch(r"[0-9]{1,12}", timestamp) or abs(now - int(timestamp)) > OLDEST_SECONDS:
        return False
    return hmac.compare_digest(sign(secret, timestamp, body).encode(), signature.encode("utf-8", "replace"))


def sign(secret: str, timestamp: str, body: bytes) -> str:
    """Give the signature that Slack would send."""
    text = b":".join((VERSION, timestamp.encode(), body))
    return "v0=" + hmac.new(secret.encode(), text, hashlib.sha256).hexdigest()
