"""The conversations.* methods (docs.slack.dev/reference/methods, conversations.info and its siblings)."""

import base64
import binascii
import re
from collections.abc import Callable, Sequence

from playground.calls import Call, Method, MethodError, Reply
from playground.state import Channel, PostedMessage

MOST_A_PAGE, MOST_REPLIES = 999, 1_000
"""conversations.history: "Maximum of 999"; conversations.replies gives 1,000 where no number is named."""

MOMENT = re.compile(r"[0-9]{1,12}(\.[0-9]{1,6})?")
"""A moment as Slack writes it: seconds and microseconds. Python reads more as a number: nan, 1_0, 1e9."""

CURSOR = "next_ts:"


def join(call: Call) -> Reply:
    """Let the bot into a public channel; it hears of its own arrival."""
    channel = call.channel()
    if channel.kind != "public":
        raise MethodError("method_not_supported_for_channel_type")
    if channel.archived:
        raise MethodError("is_archived")
    bot = call.workspace.bot_user.id
    if bot in channel.members:
        call.warnings.append("already_in_channel")
    else:
        call.site.let_in(channel)
    return {"channel": channel.as_json(bot)}


def info(call: Call) -> Reply:
    """Describe a conversation."""
    channel = call.conversation()
    bot = call.workspace.bot_user.id
    return {"channel": channel.as_json(bot, with_members=call.flag("include_num_members"))}


def history(call: Call) -> Reply:
    """Give messages, newest first and without thread replies; metadata only if asked for."""
    channel = call.conversation()
    if call.workspace.bot_user.id not in channel.members:
        raise MethodError("not_in_channel")
    wanted = _between(channel, call)
    limit = call.whole("limit", 100, most=MOST_A_PAGE)
    return _page(call, wanted, limit)


def replies(call: Call) -> Reply:
    """Give a thread between `oldest` and `latest`, in any case its first message; metadata only if asked for."""
    channel = call.conversation()
    if call.workspace.bot_user.id not in channel.members:
        raise MethodError("not_in_channel")
    ts = call.need("ts")
    thread = [message for message in channel.messages if ts in (message.ts, message.thread_ts)]
    if not thread:
        raise MethodError("thread_not_found")
    limit = call.whole("limit", MOST_REPLIES, most=MOST_REPLIES)
    after = _after(call.text("cursor"))
    first, is_meant = min(thread, key=lambda one: float(one.ts)), _read_bounds(call)
    wanted = [message for message in thread if (message is first or is_meant(message)) and float(message.ts) > after]
    return _page(call, sorted(wanted, key=lambda message: float(message.ts)), limit)


def _page(call: Call, wanted: Sequence[PostedMessage], limit: int) -> Reply:
    """Give the first of some messages, with metadata only if asked for, and where the next ones begin."""
    page = wanted[:limit]
    with_metadata = call.flag("include_all_metadata") and not call.site.faults.metadata_lost
    reply: Reply = {
        "messages": [message.as_json(with_metadata=with_metadata) for message in page],
        "has_more": len(wanted) > limit,
    }
    if reply["has_more"]:
        reply["response_metadata"] = {"next_cursor": _cursor_to(page[-1])}
    return reply


def _after(cursor: str) -> float:
    return _cursor(cursor) if cursor else 0.0


def _between(channel: Channel, call: Call) -> list[PostedMessage]:
    """Give the messages between `oldest` and `latest` and before the cursor, newest first."""
    is_meant, before = _read_bounds(call), _cursor(call.text("cursor"))
    shown = [
        message
        for message in channel.messages
        if (message.thread_ts in (None, message.ts) or message.broadcast)
        and is_meant(message)
        and float(message.ts) < before
    ]
    return sorted(shown, key=lambda message: float(message.ts), reverse=True)


def _read_bounds(call: Call) -> Callable[[PostedMessage], bool]:
    """Give what says of a message whether it lies between `oldest` and `latest`; on them, only if asked for."""
    oldest, latest = _moment(call, "oldest", 0.0), _moment(call, "latest", float("inf"))
    on_them = (oldest, latest) if call.flag("inclusive") else ()
    return lambda message: oldest < float(message.ts) < latest or float(message.ts) in on_them


def _moment(call: Call, name: str, default: float) -> float:
    written = call.text(name)
    if written and not MOMENT.fullmatch(written):
        raise MethodError(f"invalid_ts_{name}")
    return float(written or default)


def _cursor_to(message: PostedMessage) -> str:
    return base64.b64encode(f"{CURSOR}{message.ts}".encode()).decode()


def _cursor(cursor: str) -> float:
    """Read a cursor as `_cursor_to` writes them; anything else is none of ours."""
    if not cursor:
        return float("inf")
    try:
        read = base64.b64decode(cursor, validate=True).decode()
    except (ValueError, binascii.Error):
        raise MethodError("invalid_cursor") from None
    moment = read.removeprefix(CURSOR)
    if moment == read or not MOMENT.fullmatch(moment):
        raise MethodError("invalid_cursor")
    return float(moment)


def open_direct(call: Call) -> Reply:
    """Open the conversation between the bot and one person."""
    user = call.site.world.users.get(call.need("users"))
    if user is None or user.team_id != call.workspace.id:
        raise MethodError("user_not_found")
    if user.deleted:
        raise MethodError("user_disabled")
    return {"channel": {"id": call.site.world.direct_channel(call.workspace, user).id}}


METHODS = {
    "conversations.join": Method(join, 3),
    "conversations.info": Method(info, 3),
    "conversations.history": Method(history, 3),
    "conversations.replies": Method(replies, 3),
    "conversations.open": Method(open_direct, 3),
}
