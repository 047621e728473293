"""
The three steps of an upload, and files.info (docs.slack.dev/messaging/working-with-files).

Step 2, the bytes themselves, goes to another path and is served in `playground/downloads.py`.
"""

import mimetypes
import re
import secrets
import struct

from playground.calls import Call, Method, MethodError, Reply
from playground.methods.message_checks import check_posting, judge_blocks, thread_of
from playground.state import Channel, File, PostedMessage

ALT_TEXT = 1_000
MOST_CHANNELS = 100
CONVERSATION = re.compile(r"[CGD][A-Z0-9]{6,}")
PNG = b"\x89PNG\r\n\x1a\n"


def get_upload_url(call: Call) -> Reply:
    """Step 1: announce a file of so many bytes, and get an address for them."""
    if call.site.faults.uploads_disabled:
        raise MethodError("file_uploads_disabled")
    name, length = call.text("filename"), call.whole("length", 0)
    if not name or length <= 0:
        raise MethodError("missing_argument")
    if len(call.text("alt_txt")) > ALT_TEXT:
        raise MethodError("alt_txt_too_large")
    world, team = call.site.world, call.workspace
    file_id = world.new_id("F")
    url = f"{call.site.base_url}/files-pri/{team.id}-{file_id}/{name}"
    path = f"/upload/v1/{file_id}/{secrets.token_hex(12)}"
    alt_text, now = call.text("alt_txt"), world.now()
    world.files[file_id] = File(file_id, team.id, team.bot_user.id, name, length, alt_text, url, path, now)
    return {"upload_url": f"{call.site.base_url}{path}", "file_id": file_id}


def complete_upload(call: Call) -> Reply:
    """Step 3: say that the bytes are there, and in which channels to show them once they are processed."""
    listed = call.read_nested("files", "invalid_arguments")
    if not isinstance(listed, list) or not listed or not all(map(_is_an_entry, listed)):
        raise MethodError("invalid_arguments")
    files = [_find_upload(call, str(entry.get("id"))) for entry in listed]
    channels = _channels(call)
    blocks = judge_blocks(call.site, call.read_nested("blocks", "invalid_blocks_format"), call.workspace.id)
    if any(block["type"] == "markdown" for block in blocks):
        raise MethodError("internal_error")  # reported: github.com/slackapi/python-slack-sdk/issues/1756
    thread_ts = _thread(call, channels)
    for file, entry in zip(files, listed, strict=True):
        file.title, file.completed = str(entry.get("title") or file.name), True
    shares = [
        PostedMessage(
            "",
            channel,
            call.workspace.bot_user.id,
            call.text("initial_comment"),
            blocks,
            thread_ts=thread_ts,
            files=files,
            bot_id=call.workspace.bot_id,
            app_id=call.site.world.app_id,
        )
        for channel in channels
    ]
    call.site.agenda.later(call.site.faults.processing_seconds, lambda: _process(call, files, shares))
    return {"files": [file.as_json() for file in files]}


def info(call: Call) -> Reply:
    """Describe a file, with its type and its thumbnails once it is processed."""
    file = call.site.world.files.get(call.need("file"))
    if file is None or file.team_id != call.workspace.id or not file.completed:
        raise MethodError("file_not_found")
    if file.deleted:
        raise MethodError("file_deleted")
    return {"file": file.as_json(), "comments": []}


def delete(call: Call) -> Reply:
    """Delete a file of the bot's own."""
    file = call.site.world.files.get(call.need("file"))
    if file is None or file.team_id != call.workspace.id:
        raise MethodError("file_not_found")
    if file.deleted:
        raise MethodError("file_deleted")
    file.deleted, file.content = True, None
    return {}


def _is_an_entry(entry: object) -> bool:
    """Tell whether it is an object whose id and title are words."""
    return isinstance(entry, dict) and all(isinstance(entry.get(name, ""), str | None) for name in ("id", "title"))


def _find_upload(call: Call, file_id: str) -> File:
    """Find a file of this workspace whose bytes have come and which was not completed before."""
    file = call.site.world.files.get(file_id)
    if file is None or file.team_id != call.workspace.id or file.content is None or file.completed:
        raise MethodError("file_not_found")
    return file


def _channels(call: Call) -> list[Channel]:
    """Give the channels to show the files in; only ids, and only where the bot is a member."""
    given = call.text("channel_id") or call.text("channels")
    names = [name.strip() for name in given.split(",") if name.strip()]
    if len(names) > MOST_CHANNELS or not all(CONVERSATION.fullmatch(name) for name in names):
        raise MethodError("invalid_arguments")
    channels = []
    for name in names:
        channel = call.site.world.visible(name, call.token) if call.token else None
        if channel is None:
            raise MethodError("channel_not_found")
        check_posting(call, channel, as_member=True)
        if channel.externally_shared and call.site.faults.connect_blocks_files:
            raise MethodError("slack_connect_file_upload_sharing_blocked")
        channels.append(channel)
    return channels


def _thread(call: Call, channels: list[Channel]) -> str | None:
    """Give the thread to show the files in, which stands in one channel."""
    if call.text("thread_ts") and len(channels) != 1:
        raise MethodError("invalid_arguments")
    return thread_of(call, channels[0]) if channels else None


def _process(call: Call, files: list[File], shares: list[PostedMessage]) -> None:
    """Finish: type and size are known, and the channels show the file (unless they are told not to)."""
    world = call.site.world
    for file in files:
        file.mimetype, file.width, file.height = _look_into(file)
        file.ready = True
    for share in [] if call.site.faults.shares_never_appear else shares:
        share.ts = world.next_ts(share.channel)
        for file in files:
            file.shares.append(share)
            file.shown_in.append(share)
        call.site.announce(world.add(share))


def _look_into(file: File) -> tuple[str, int, int]:
    """Tell a picture by its first bytes, anything else by its name; the size is read from a PNG's header."""
    content = file.content or b""
    if content.startswith(PNG) and len(content) > 24:  # noqa: PLR2004 - where the header's width and height end
        width, height = struct.unpack(">II", content[16:24])
        return "image/png", width, height
    for magic, mimetype in ((b"\xff\xd8\xff", "image/jpeg"), (b"GIF8", "image/gif")):
        if content.startswith(magic):
            return mimetype, 0, 0
    guessed = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    return ("application/octet-stream" if guessed.startswith("image/") else guessed), 0, 0


METHODS = {
    "files.getUploadURLExternal": Method(get_upload_url, 4),
    "files.completeUploadExternal": Method(complete_upload, 4),
    "files.delete": Method(delete, 3),
    "files.info": Method(info, 4),
}
