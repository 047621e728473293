"""
Links in messages: what an app is told of them, what it shows under them, and what opens from there.

docs.slack.dev/messaging/unfurling-links-in-messages, .../work-objects-implementation.
"""

import re
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from playground.state import Channel, Json, PostedMessage, User

HISTORY, COMPOSER = "conversations_history", "composer"
LINK = re.compile(r"<(https?://[^<>|]+)(?:\|[^<>]*)?>")


@dataclass(eq=False)
class SharedLinks:
    """The links of one message, sent or still being written, under the name that an app answers by."""

    unfurl_id: str
    source: str
    channel: Channel
    message: PostedMessage | None
    urls: tuple[str, ...]


@dataclass(eq=False)
class DetailsTrigger:
    """What opening a preview gives the app, so that it may show details once."""

    issued: float
    user: User
    entity: Json
    message: PostedMessage
    used: bool = False


def find_links(text: str, domains: Sequence[str]) -> tuple[str, ...]:
    """Give the links of a text to some domains, each once, as they were written."""
    found = (url.replace("&amp;", "&") for url in LINK.findall(text))
    return tuple(dict.fromkeys(url for url in found if _domain_of(url, domains)))


def _domain_of(url: str, domains: Sequence[str]) -> str:
    host = urlsplit(url).hostname or ""
    return next((domain for domain in domains if host == domain or host.endswith(f".{domain}")), "")


def new_links(message: PostedMessage | None, channel: Channel, urls: tuple[str, ...], source: str) -> SharedLinks:
    """Name the links of a message anew."""
    return SharedLinks(f"U{uuid.uuid4()}", source, channel, message, urls)


def link_shared(shared: SharedLinks, user: User, domains: Sequence[str], bot: str, moment: str) -> Json:
    """Give the event of links in a message; of one that is not sent yet the channel is not told."""
    sent = shared.message is not None
    thread = shared.message.thread_ts if shared.message else None
    return {
        "type": "link_shared",
        "channel": shared.channel.id if sent else "COMPOSER",
        "is_bot_user_member": bot in shared.channel.members,
        "user": user.id,
        "message_ts": shared.message.ts if shared.message else shared.unfurl_id,
        **({"thread_ts": thread} if thread else {}),
        "unfurl_id": shared.unfurl_id,
        "source": shared.source,
        "links": [{"domain": _domain_of(url, domains), "url": url} for url in shared.urls],
        "user_locale": "en-US",
        "event_ts": moment,
    }


def details_requested(trigger: str, asked: DetailsTrigger, moment: str) -> Json:
    """Give the event of somebody's opening a preview."""
    entity, message = asked.entity, asked.message
    posted = str(entity["app_unfurl_url"])
    return {
        "type": "entity_details_requested",
        "user": asked.user.id,
        "external_ref": entity["external_ref"],
        "entity_url": entity["url"],
        "link": {"url": posted, "domain": urlsplit(posted).hostname},
        "app_unfurl_url": posted,
        "trigger_id": trigger,
        "user_locale": "en-US",
        "channel": message.channel.id,
        "message_ts": message.ts,
        **({"thread_ts": message.thread_ts} if message.thread_ts else {}),
        "event_ts": moment,
    }


def preview_action(attachment: Json, action: Json, message: PostedMessage) -> Json:
    """Give what a click on a button of a preview says of where it stands, in the place of a message."""
    named = {"id": attachment["id"], "app_unfurl_url": attachment["app_unfurl_url"]}
    return {
        "container": {
            "type": "message_attachment",
            "message_ts": message.ts,
            "attachment_id": attachment["id"],
            "channel_id": message.channel.id,
            "is_ephemeral": False,
            "is_app_unfurl": True,
            "app_unfurl_url": attachment["app_unfurl_url"],
            **({"thread_ts": message.thread_ts} if message.thread_ts else {}),
        },
        "app_unfurl": named | {"is_app_unfurl": True, "blocks": attachment.get("blocks", [])},
        "actions": [{"type": "button", "block_id": "entity", "action_ts": message.ts, **action}],
    }
