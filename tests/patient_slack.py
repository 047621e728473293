"""
The stand-in for Slack as most tests want it: it waits longer than three seconds, and shows a picture at once.

Three seconds run by the real clock, and on a crowded machine a process may wait as long for the processor alone. That
the bot keeps to them is tried where it is the claim (`test_bad_days.py`), and that the stand-in does in
`tests/playground/`.
"""

from typing import Any

from bot.observer import UNOBSERVED
from bot.slack_client import CountedClient
from playground.server import Playground

PATIENCE = 30.0
"""Seconds that the bot has to acknowledge, to open a modal, to show details."""


def patient_slack(**keywords: Any) -> Playground:
    """Make one that is not begun yet; keywords are the playground's."""
    return Playground(**({"processing_seconds": 0.0, "respond_within": PATIENCE} | keywords))


def impatient_client(playground: Playground) -> CountedClient:
    """Make the bot's own client, but one that waits out no 429: what follows from one is the claim."""
    options: dict[str, Any] = {"base_url": playground.api_url, "retry_handlers": [], "timeout": int(PATIENCE)}
    return CountedClient(playground.bot_token, UNOBSERVED, **options)
