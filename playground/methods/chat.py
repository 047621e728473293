"""The chat.* methods (docs.slack.dev/reference/methods, chat.postMessage and its siblings)."""

from functools import partial

from playground.calls import Call, Method, MethodError, Reply
from playground.faults import ClientMsgId
from playground.methods.message_checks import (
    blocks_of,
    check_files,
    check_posting,
    metadata_of,
    place,
    text_of,
    thread_of,
)
from playground.state import Channel, PostedMessage

TOO_MANY = 429
UPDATED_TEXT = 4_000
"""chat.update refuses longer texts (`msg_too_long`) where chat.postMessage cuts."""


def post_message(call: Call) -> Reply:
    """Post a message that everybody in the channel sees."""
    channel = place(call)
    blocks, metadata = blocks_of(call), metadata_of(call)
    text = text_of(call, blocks)
    check_files(call, channel, blocks)
    thread_ts = thread_of(call, channel)
    _hold_to_the_rate(call, channel)
    world = call.site.world
    earlier = _earlier(call, channel)
    if earlier:
        return {"channel": channel.id, "ts": earlier.ts, "message": earlier.as_json(with_metadata=True)}
    message = PostedMessage(
        world.next_ts(channel),
        channel,
        call.workspace.bot_user.id,
        text,
        blocks,
        thread_ts=thread_ts,
        metadata=metadata,
        bot_id=call.workspace.bot_id,
        app_id=world.app_id,
        broadcast=call.flag("reply_broadcast") and thread_ts is not None,
        client_msg_id=call.text("client_msg_id"),
    )
    call.site.announce(world.add(message))
    _share_pictures(call, message)
    return {"channel": channel.id, "ts": message.ts, "message": message.as_json(with_metadata=True)}


def _share_pictures(call: Call, message: PostedMessage) -> None:
    """
    Share the files that a message shows where it stands, as Slack is said to when it renders the block.

    files.info tells of it a little later. What chat.update puts in is never shared: people see "file not found".
    """
    for file in call.site.files_in(message.blocks):
        file.shown_in.append(message)
        if not call.site.faults.shares_never_appear:
            call.site.agenda.later(call.site.faults.processing_seconds, partial(file.shares.append, message))


def _earlier(call: Call, channel: Channel) -> PostedMessage | None:
    """Give the message that was posted under the same client_msg_id, where that counts for anything."""
    sent, meaning = call.text("client_msg_id"), call.site.faults.client_msg_id
    if sent and call.site.faults.ids_refused:
        raise MethodError(call.site.faults.ids_refused)
    if not sent or meaning is ClientMsgId.IGNORED:
        return None
    earlier = next((message for message in channel.messages if message.client_msg_id == sent), None)
    if earlier and meaning is ClientMsgId.DUPLICATE_ERROR:
        raise MethodError("duplicate_message_not_found")
    return earlier


def post_ephemeral(call: Call) -> Reply:
    """
    Post a message that one member of the channel sees.

    In a thread that has no reply yet nobody sees it, and Slack says ok all the same
    (docs.slack.dev/reference/methods/chat.postEphemeral: "only shown if there is already an active thread").
    """
    channel = call.channel()
    check_posting(call, channel, as_member=True)
    if call.need("user") not in channel.members:
        raise MethodError("user_not_in_channel")
    blocks = blocks_of(call)
    world = call.site.world
    message = PostedMessage(
        world.next_ts(channel),
        channel,
        call.workspace.bot_user.id,
        text_of(call, blocks),
        blocks,
        thread_ts=thread_of(call, channel),
        visible_to=call.text("user"),
        bot_id=call.workspace.bot_id,
        app_id=world.app_id,
    )
    world.add_if_shown(message)
    return {"message_ts": message.ts}


def update(call: Call) -> Reply:
    """Change a message of the bot's own; metadata that is not mentioned stays."""
    message = _own_message(call, "cant_update_message")
    if message.channel.archived:
        raise MethodError("is_inactive")
    if len(call.text("text")) > UPDATED_TEXT:
        raise MethodError("msg_too_long")
    blocks = blocks_of(call)
    message.text, message.blocks = text_of(call, blocks), blocks
    message.metadata = metadata_of(call) or message.metadata
    message.edited = True
    call.site.world.touch(message)
    return {
        "channel": message.channel.id,
        "ts": message.ts,
        "text": message.text,
        "message": message.as_json(with_metadata=True),
    }


def delete(call: Call) -> Reply:
    """Delete a message of the bot's own."""
    message = _own_message(call, "cant_delete_message")
    message.channel.messages.remove(message)
    return {"channel": message.channel.id, "ts": message.ts}


def get_permalink(call: Call) -> Reply:
    """Give a message's address."""
    channel = call.channel()
    message = call.site.world.message(channel, call.need("message_ts"))
    if message is None:
        raise MethodError("message_not_found")
    domain = call.workspace.domain
    permalink = f"https://{domain}.slack.com/archives/{channel.id}/p{message.ts.replace('.', '')}"
    return {"channel": channel.id, "permalink": permalink}


def _own_message(call: Call, refusal: str) -> PostedMessage:
    """Find a message that a history holds and the bot wrote; ephemeral ones cannot be found at all."""
    message = call.site.world.message(call.channel(), call.need("ts"))
    if message is None:
        raise MethodError("message_not_found")
    if message.user != call.workspace.bot_user.id:
        raise MethodError(refusal)
    return message


def _hold_to_the_rate(call: Call, channel: Channel) -> None:
    wait = call.site.rates.wait_for_message(channel.id, channel.team_id, call.site.world.now())
    if wait:
        raise MethodError("ratelimited", status=TOO_MANY, retry_after=wait)


METHODS = {
    "chat.postMessage": Method(post_message),
    "chat.postEphemeral": Method(post_ephemeral, 4),
    "chat.update": Method(update, 3),
    "chat.delete": Method(delete, 3),
    "chat.getPermalink": Method(get_permalink),
}
