"""Who runs the workspace, as Slack tells it."""

import logging
from typing import Any

from slack_sdk import WebClient

from bot.slack_errors import SLACK_FAILURES, describe

log = logging.getLogger(__name__)


def is_admin(client: WebClient, user: str) -> bool:
    """Tell whether somebody runs the workspace; where Slack does not say, nobody does."""
    try:
        told: Any = client.users_info(user=user)["user"]
    except SLACK_FAILURES as failure:
        log.info("whether %s is an admin is not known: %s", user, describe(failure))
        return False
    return bool(told.get("is_admin") or told.get("is_owner"))
