"""
What Slack remembers, as small records: workspaces, people, channels, messages, files, tokens.

The shapes sent over the wire are made here too, one method a record, so that a message looks the same in a reply,
in a channel's history and in an event. Fields as on docs.slack.dev/reference/objects.
"""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

Json = dict[str, Any]

IMAGE_TYPES = {"image/png", "image/jpeg", "image/gif"}
"""What an image block may show (docs.slack.dev/reference/block-kit/blocks/image-block)."""

INTERACTIVE = re.compile(r"button|overflow|checkboxes|radio_buttons|\w+_select|\w+picker|\w+_input|feedback_buttons")
"""The types of elements that send block_actions when used."""


def interactive(value: Any) -> Iterator[Json]:
    """Give the elements in a block, however deep, that can be used."""
    if isinstance(value, dict) and INTERACTIVE.fullmatch(str(value.get("type"))):
        yield value
        return
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from interactive(inner)


def find_pictures(value: Any) -> Iterator[Json]:
    """Give every `slack_file` in a block, however deep."""
    if isinstance(value, dict) and isinstance(value.get("slack_file"), dict):
        yield value["slack_file"]
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from find_pictures(inner)


@dataclass(slots=True, eq=False)
class User:
    """Somebody in a workspace: a person or a bot."""

    id: str
    name: str
    real_name: str
    team_id: str
    tz: str = "Europe/Berlin"
    is_bot: bool = False
    deleted: bool = False
    is_admin: bool = False

    def as_json(self, now: float) -> Json:
        """Give the shape of users.info; the offset is today's, so it moves with daylight saving."""
        local = dt.datetime.fromtimestamp(now, ZoneInfo(self.tz))
        offset = local.utcoffset() or dt.timedelta()
        return {
            "id": self.id,
            "team_id": self.team_id,
            "name": self.name,
            "deleted": self.deleted,
            "real_name": self.real_name,
            "tz": self.tz,
            "tz_label": local.tzname(),
            "tz_offset": int(offset.total_seconds()),
            "is_bot": self.is_bot,
            "is_admin": self.is_admin,
            "is_owner": False,
            "profile": {"real_name": self.real_name, "display_name": self.name},
        }


@dataclass(slots=True, eq=False)
class File:
    """
    An upload. It has bytes after step 2, is `completed` by step 3 and `ready` once Slack has processed it.

    It is private until a message shows it (`shown_in`); files.info tells of that a little later (`shares`).
    """

    id: str
    team_id: str
    user: str
    name: str
    length: int
    alt_text: str
    url: str
    upload_path: str
    created: float
    title: str = ""
    content: bytes | None = None
    completed: bool = False
    ready: bool = False
    deleted: bool = False
    mimetype: str = "application/octet-stream"
    width: int = 0
    height: int = 0
    shares: list["PostedMessage"] = field(default_factory=list)
    shown_in: list["PostedMessage"] = field(default_factory=list)

    def is_seen_by(self, user_id: str) -> bool:
        """Whether a person may see it: where a message to all shows it, its uploader always."""
        if self.deleted:
            return False
        return user_id == self.user or any(user_id in shown.channel.members for shown in self.shown_in)

    @property
    def is_there(self) -> bool:
        """Whether its upload was completed, and it was not deleted since."""
        return self.completed and not self.deleted

    @property
    def is_image(self) -> bool:
        """Whether an image block may show it."""
        return self.mimetype in IMAGE_TYPES

    def as_json(self) -> Json:
        """Give the shape of files.info; type, thumbnails and shares are known only after processing."""
        known: Json = {
            "id": self.id,
            "created": int(self.created),
            "timestamp": int(self.created),
            "name": self.name,
            "title": self.title or self.name,
            "user": self.user,
            "user_team": self.team_id,
            "size": self.length,
            "alt_txt": self.alt_text,
            "mode": "hosted",
            "url_private": self.url,
            "url_private_download": f"{self.url}?download=1",
            "permalink": self.url,
            "channels": [],
            "groups": [],
            "ims": [],
        }
        return {**known, **self._describe_found()} if self.ready else known

    def _describe_found(self) -> Json:
        found: Json = {
            "mimetype": self.mimetype,
            "filetype": self.mimetype.rpartition("/")[2],
            "shares": self._describe_shares(),
        }
        for kind, key in (("public", "channels"), ("private", "groups"), ("im", "ims")):
            found[key] = sorted({share.channel.id for share in self.shares if share.channel.kind == kind})
        if self.is_image:
            scale = min(1.0, 360 / max(self.width, self.height, 1))
            found |= {"original_w": self.width, "original_h": self.height, "thumb_360": f"{self.url}?size=360"}
            found |= {"thumb_360_w": round(self.width * scale), "thumb_360_h": round(self.height * scale)}
        return found

    def _describe_shares(self) -> Json:
        shared: Json = {}
        for share in self.shares:
            kind = "public" if share.channel.kind == "public" else "private"
            entry = {"ts": share.ts, **({"thread_ts": share.thread_ts} if share.thread_ts else {})}
            shared.setdefault(kind, {}).setdefault(share.channel.id, []).append(entry)
        return shared


@dataclass(slots=True, eq=False)
class PostedMessage:
    """
    One message. `visible_to` names the only reader of an ephemeral one, which no history ever holds.

    `revision` rises with every change, so that the page redraws only what changed.
    """

    ts: str
    channel: "Channel"
    user: str
    text: str
    blocks: list[Json] = field(default_factory=list)
    attachments: list[Json] = field(default_factory=list)
    thread_ts: str | None = None
    metadata: Json | None = None
    files: list[File] = field(default_factory=list)
    visible_to: str | None = None
    bot_id: str | None = None
    app_id: str | None = None
    subtype: str | None = None
    broadcast: bool = False
    client_msg_id: str = ""
    edited: bool = False
    revision: int = 0

    @property
    def by_bot(self) -> bool:
        """Whether an app posted it."""
        return self.bot_id is not None

    def elements(self) -> list[Json]:
        """Give everything in it that can be clicked, each with the `block_id` of the block it stands in."""
        return [
            {**element, "block_id": block.get("block_id")} for block in self.blocks for element in interactive(block)
        ]

    def as_json(self, *, with_metadata: bool = False) -> Json:
        """Give the shape of a message in a reply or a history."""
        optional: Json = {
            "subtype": self.subtype,
            "bot_id": self.bot_id,
            "app_id": self.app_id,
            "client_msg_id": self.client_msg_id,
            "thread_ts": self.thread_ts,
            "blocks": self.blocks,
            "attachments": self.attachments,
            "files": [file.as_json() for file in self.files],
            "edited": {"user": self.user, "ts": self.ts} if self.edited else None,
            "metadata": self.metadata if with_metadata else None,
        }
        shape: Json = {"type": "message", "user": self.user, "text": self.text, "ts": self.ts}
        return shape | {"team": self.channel.team_id} | {key: value for key, value in optional.items() if value}


@dataclass(slots=True, eq=False)
class Channel:
    """A conversation: `kind` is public, private, im (two people, or a person and the bot) or mpim (several people)."""

    id: str
    name: str
    team_id: str
    kind: str
    members: set[str]
    archived: bool = False
    externally_shared: bool = False
    posting_restricted: bool = False
    frozen: bool = False
    messages: list[PostedMessage] = field(default_factory=list)
    ephemerals: list[PostedMessage] = field(default_factory=list)
    last_ts: int = 0

    @property
    def name_in_payloads(self) -> str:
        """The name that commands carry, which for conversations without a public name is a kind."""
        return {"im": "directmessage", "private": "privategroup"}.get(self.kind, self.name)

    def as_json(self, bot_user: str, *, with_members: bool = False) -> Json:
        """Give the shape of conversations.info, as `bot_user` sees it."""
        shape: Json = {
            "id": self.id,
            "is_channel": self.kind == "public",
            "is_group": self.kind == "private",
            "is_im": self.kind == "im",
            "is_mpim": self.kind == "mpim",
            "is_private": self.kind != "public",
            "is_archived": self.archived,
            "is_ext_shared": self.externally_shared,
            "is_frozen": self.frozen,
            "is_read_only": self.posting_restricted,
            "is_member": bot_user in self.members,
            "context_team_id": self.team_id,
        }
        if self.kind == "im":
            shape["user"] = next(iter(self.members - {bot_user}), "")
        else:
            shape["name"] = self.name
        return shape | ({"num_members": len(self.members)} if with_members else {})


@dataclass(slots=True, eq=False)
class Token:
    """An access token: a bot's in one workspace (`xoxb-`), or the app's own for Socket Mode (`xapp-`)."""

    value: str
    scopes: frozenset[str]
    workspace: "Workspace | None" = None
    revoked: bool = False

    @property
    def kind(self) -> str:
        """What the token begins with: `xoxb`, `xapp`, or `xwfp` of one run of a workflow's step."""
        return self.value.partition("-")[0]


@dataclass(slots=True, eq=False)
class Workspace:
    """A team and the bot installed in it."""

    id: str
    name: str
    domain: str
    bot_user: User
    bot_id: str
    bot_token: str = ""
    views: dict[str, Json] = field(default_factory=dict)
