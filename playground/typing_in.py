"""The box under the messages: what is typed there becomes a command, a message the bot hears, or just a message."""

import re
from typing import TYPE_CHECKING

from playground.settling import slackbot_says

if TYPE_CHECKING:
    from playground.control import Control

ADDRESS = re.compile(r"(https?://[^\s<>|&]+(?:&amp;[^\s<>|&]+)*)")
"""What Slack makes a link of in what is typed."""

INVITE, REMOVE = "/invite", "/remove"


def type_in(control: "Control", text: str, channel_id: str, user_id: str, thread_ts: str | None = None) -> None:
    """Do with typed words what Slack does; `thread_ts`: they were typed as a reply, where there are no commands."""
    if text.startswith("/"):
        _command(control, text, channel_id, user_id, in_thread=thread_ts is not None)
        return
    channel, bot = control.channel(channel_id), control.bot_user
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    said = ADDRESS.sub(r"<\1>", escaped.replace(f"@{bot.name}", f"<@{bot.id}>"))
    if channel.kind == "im" and bot.id in channel.members:
        control.direct_message(said, user_id, thread_ts=thread_ts)
    elif f"<@{bot.id}>" in said:
        control.mention(said, channel, user_id, thread_ts=thread_ts)
    else:
        control.write(said, channel, user_id, thread_ts=thread_ts)
    control.share_links(channel.messages[-1])


def _command(control: "Control", text: str, channel_id: str, user_id: str, *, in_thread: bool) -> None:
    """Send a slash command to the bot; /invite and /remove are Slack's own, and others do not exist."""
    name, _, words = text.partition(" ")
    channel = control.channel(channel_id)
    if in_thread:
        answer = f"{name} is not supported in threads. Sorry!"
    elif name in (INVITE, REMOVE) and words.strip().removeprefix("@") == control.bot_user.name:
        if name == INVITE:
            control.invite_bot(channel, user_id)
        else:
            control.remove_bot(channel)
        done = "was added to" if name == INVITE else "was removed from"
        answer = f"<@{control.bot_user.id}> {done} <#{channel.id}>."
    elif name not in control.world.commands:
        answer = f"{name} is not a valid command. Here there are {', '.join(sorted(control.world.commands))}, {INVITE} "
        answer += f"@{control.bot_user.name} and {REMOVE} @{control.bot_user.name}."
    else:
        control.command(text, channel, user_id)
        return
    with control.world.changing():
        slackbot_says(control.world, channel, control.user(user_id).id, answer)
