"""
response_urls: the way back to one command or click, five uses within thirty minutes.

docs.slack.dev/interactivity/handling-user-interaction#message_responses
"""

import secrets
from dataclasses import dataclass
from typing import Any

from playground.state import Channel, Json, PostedMessage, User, Workspace
from playground.world import World

USES = 5
LIFETIME = 30 * 60.0
BAD_REQUEST, NOT_FOUND, DONE = 400, 404, 200


@dataclass(eq=False, slots=True)
class ResponseUrl:
    """
    One such address.

    `original` is the message that replace_original and delete_original speak of: the one that was clicked. A slash
    command has none: nothing that its address showed can be changed or taken back
    (github.com/slackapi/bolt-python/issues/1268, bolt-js/issues/2287).
    """

    path: str
    workspace: Workspace
    channel: Channel
    user: User
    born: float
    typed: str = ""
    original: PostedMessage | None = None
    used: int = 0

    def refusal(self, now: float) -> tuple[int, Any] | None:
        """Say why it no longer works, if so."""
        if now - self.born > LIFETIME:
            return NOT_FOUND, {"ok": False, "error": "expired_url"}
        if self.used >= USES:
            return NOT_FOUND, {"ok": False, "error": "used_url"}
        return None


class ResponseUrls:
    """Gives the addresses out, and turns what is sent to them into messages."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._known: dict[str, ResponseUrl] = {}

    def new(self, workspace: Workspace, channel: Channel, user: User, kind: str) -> ResponseUrl:
        """Make an address for a command (`commands`) or a click (`actions`)."""
        path = f"/response/{kind}/{workspace.id}/{secrets.token_hex(12)}"
        self._known[path] = ResponseUrl(path, workspace, channel, user, self._world.now())
        return self._known[path]

    def find(self, path: str) -> ResponseUrl | None:
        """Give the address of this path, if there ever was one."""
        return self._known.get(path)

    def apply(self, url: ResponseUrl, said: Json) -> None:
        """Do what a reply asks: delete or replace the original, or post something new. The blocks are judged before."""
        original = url.original
        if said.get("delete_original") and original:
            self._remove(original)
            url.original = None
        elif said.get("replace_original") and original:
            # The visibility stays: an ephemeral message cannot be made public by replacing it.
            original.text, original.blocks = str(said.get("text") or ""), list(said.get("blocks") or [])
            self._world.touch(original)
        elif said.get("text") or said.get("blocks"):
            self.post(url, said)

    def post(self, url: ResponseUrl, said: Json) -> PostedMessage:
        """Post a reply as a new message: for the asker alone unless it says in_channel."""
        public = said.get("response_type") == "in_channel"
        if public and url.typed:
            typed = PostedMessage(self._world.next_ts(url.channel), url.channel, url.user.id, url.typed)
            self._world.add(typed)
            url.typed = ""
        message = PostedMessage(
            self._world.next_ts(url.channel),
            url.channel,
            url.workspace.bot_user.id,
            str(said.get("text") or ""),
            list(said.get("blocks") or []),
            thread_ts=said.get("thread_ts"),
            metadata=said.get("metadata"),
            visible_to=None if public else url.user.id,
            bot_id=url.workspace.bot_id,
            app_id=self._world.app_id,
        )
        if public:
            self._world.add(message)
        else:
            self._world.add_if_shown(message)
        return message

    @staticmethod
    def _remove(message: PostedMessage) -> None:
        for kept in (message.channel.messages, message.channel.ephemerals):
            if message in kept:
                kept.remove(message)
