"""Who somebody is, as Slack tells: how they are called in the words of a channel, and whether they have left."""

import logging
from collections.abc import Mapping
from typing import Any

from slack_sdk import WebClient

from bot.blocks import escape
from bot.slack_errors import SLACK_FAILURES, describe, pick_object, word_of

log = logging.getLogger(__name__)

LEFT = {"user_not_found", "users_not_found", "user_disabled"}
"""Slack's words for somebody who is in the workspace no more."""

PARTNERS = {"user_not_found", "user_not_visible"}
"""Slack's words for people of another workspace, who are in a channel that is shared with it."""

THEIRS_OR_OURS = "account_inactive"
"""Slack's word for an account that was switched off: theirs, unless it is our own."""


def is_person(address: str) -> bool:
    """Tell a person's id from a conversation's."""
    return not address.startswith(("C", "D", "G"))


def runs_workspace(told: Mapping[str, Any]) -> bool:
    """Tell from what Slack says of somebody whether they run the workspace; where it says nothing, nobody does."""
    return bool(told.get("is_admin") or told.get("is_owner"))


class Persons:
    """Asks through one client."""

    def __init__(self, client: WebClient) -> None:
        self._client = client

    def describe(self, user: str) -> Mapping[str, Any]:
        """Give what Slack tells of somebody; nothing where it tells nothing now, or not to us."""
        try:
            return pick_object(self._client.users_info(user=user), "user")
        except SLACK_FAILURES as failure:
            log.info("who %s is is not known: %s", user, describe(failure))
            return {}

    def is_admin(self, user: str) -> bool:
        """Tell whether somebody runs the workspace; where Slack does not say, nobody does."""
        return runs_workspace(self.describe(user))

    def name(self, user: str) -> str:
        """
        Name somebody in mrkdwn by the name that they show, which rings nobody's bell as a mention would.

        Where Slack does not tell it, by a mention: of the one who did it, so that nobody else is called.
        """
        told = self.describe(user)
        profile = told.get("profile") or {}
        names = (profile.get("display_name"), profile.get("real_name"), told.get("real_name"), told.get("name"))
        known = next((" ".join(str(name).split()) for name in names if name and str(name).strip()), "")
        return escape(known) or f"<@{user}>"

    def is_of_a_partner(self, user: str) -> bool:
        """Tell whether somebody in a channel shared with others is theirs; where Slack does not say, they are not."""
        try:
            told: Any = self._client.users_info(user=user)["user"]
        except SLACK_FAILURES as failure:
            return word_of(failure) in PARTNERS
        return bool(isinstance(told, dict) and told.get("is_stranger"))

    def has_left(self, user: str) -> bool:
        """Tell whether somebody is in the workspace no more; where Slack does not say, they are there."""
        try:
            return bool(pick_object(self._client.users_info(user=user), "user").get("deleted"))
        except SLACK_FAILURES as failure:
            word = word_of(failure)
            return word in LEFT or (word == THEIRS_OR_OURS and self._are_we_there())

    def _are_we_there(self) -> bool:
        """Tell whether our own account is sound, so that the word is about theirs."""
        try:
            self._client.auth_test()
        except SLACK_FAILURES:
            return False
        return True
