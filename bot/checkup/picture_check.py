"""
One picture tried in a channel, in the way that SLACK_PICTURES says: only a person with another account can see the end.

Whether Slack shares a picture that stands in a message and was uploaded to no channel is written nowhere; files.info
tells after the post (`shares`), and who looks from a second account knows for certain.
"""

import io
import re
import time
from collections.abc import Callable
from typing import Any

from slack_sdk import WebClient

from bot.config import Pictures
from bot.runtime.credentials import say_why
from bot.runtime.doctor import Health, Symptom
from bot.slack_errors import NOT_A_MEMBER, NOT_VISIBLE, SLACK_FAILURES, pick, pick_object, word_of
from bot.slack_words import meaning_of
from bot.uploads import FILE_WAITS, StillProcessing, why_not_uploaded

WORDS = "The doctor was here"
SHARE_WAITS = (1.0,) * 30
LOOK = (
    f"Now look at that message from a second account, a guest's and a telephone's too: “{WORDS}” must be readable in "
    "the picture. Where it is not, set SLACK_PICTURES={other} and try again."
)


class PictureTrial:
    """Tries one picture; `wait` is for tests."""

    def __init__(self, client: WebClient, wait: Callable[[float], None] = time.sleep) -> None:
        self._client = client
        self._wait = wait

    def run(self, channel: str, pictures: Pictures) -> Symptom:
        """Try it, and say what is to be looked at."""
        where = re.search(r"\b[CGD][A-Z0-9]{2,}\b", channel)
        if not where:
            advice = "Give its id, C and so on: it stands at the end of the channel's details, and in its address."
            return _finding(Health.MEND, f"{channel!r} is no channel's id.", advice)
        if pictures is Pictures.OFF:
            return _finding(Health.SKIPPED, "SLACK_PICTURES is off: no picture is uploaded.")
        try:
            return self._share(where[0]) if pictures is Pictures.SHARE else self._show(where[0])
        except SLACK_FAILURES as failure:
            return _explain(failure)

    def _show(self, channel: str) -> Symptom:
        """Upload to nowhere, and let it stand in a message."""
        file_id = self._upload()
        self._await(file_id, FILE_WAITS, lambda file: bool(file.get("mimetype")))
        picture = {"type": "image", "alt_text": WORDS, "slack_file": {"id": file_id}}
        ts = str(pick(self._client.chat_postMessage(channel=channel, text=WORDS, blocks=[picture]), "ts"))
        try:
            self._await(file_id, SHARE_WAITS, lambda file: _is_shared(file, channel, ts))
        except StillProcessing:
            return _finding(
                Health.MEND,
                f"The message stands in {channel}, yet Slack did not share its picture in 30 s: others may see none.",
                "Set SLACK_PICTURES=share in .env and try again.",
            )
        return _finding(Health.WELL, f"The picture was posted in {channel}, and Slack shared it.", _look("share"))

    def _share(self, channel: str) -> Symptom:
        """Share the file itself."""
        file_id = self._upload(channel=channel)
        try:
            self._await(file_id, SHARE_WAITS, lambda file: _is_shared(file, channel))
        except StillProcessing:
            return _finding(
                Health.MEND, f"Slack did not show the file in {channel} in 30 s.", "Set SLACK_PICTURES=off in .env."
            )
        return _finding(Health.WELL, f"The picture was shared in {channel}.", _look("off"))

    def _upload(self, channel: str | None = None) -> str:
        sent: Any = self._client.files_upload_v2(
            file=_draw(), filename="doctor.png", title=WORDS, alt_txt=WORDS, channel=channel
        )
        return str(pick(sent, "files", 0, "id"))

    def _await(self, file_id: str, waits: tuple[float, ...], is_so: Callable[[Any], bool]) -> None:
        for seconds in waits:
            if is_so(pick_object(self._client.files_info(file=file_id), "file")):
                return
            self._wait(seconds)
        raise StillProcessing


def _finding(state: Health, sentence: str, advice: str = "") -> Symptom:
    return Symptom("picture", state, sentence, advice)


def _look(other: str) -> str:
    return LOOK.format(other=other)


def _is_shared(file: Any, channel: str, ts: str = "") -> bool:
    """Tell whether a file is in the channel: by the message that shows it, or by the list of where it is."""
    shares = (file.get("shares") or {}).values()
    posts = [post for kind in shares for post in kind.get(channel, [])]
    listed = any(channel in (file.get(kind) or []) for kind in ("channels", "groups", "ims"))
    return listed or any(not ts or post.get("ts") == ts for post in posts)


def _explain(failure: Exception) -> Symptom:
    """Say why it could not be tried: of the message if Slack has a word for that, else of the upload."""
    if isinstance(failure, StillProcessing):
        return _finding(Health.MEND, "Slack is still processing the picture after 30 s.", "Try again in a minute.")
    if meaning := meaning_of(word_of(failure)):
        is_outside = word_of(failure) in NOT_A_MEMBER | NOT_VISIBLE
        advice = "Type `/invite @frameworks` there." if is_outside else meaning.asker
        return _finding(Health.MEND, f"It could not be posted: {meaning.why}", advice)
    advice = "If uploads are not allowed here, set SLACK_PICTURES=off in .env: Slack's own charts stand in."
    return _finding(Health.MEND, f"It could not be tried: {why_not_uploaded(failure)} ({say_why(failure)}).", advice)


def _draw() -> bytes:
    """Draw a small picture, ink on paper, with words to look for."""
    from PIL import Image, ImageDraw, ImageFont

    image = Image.new("L", (600, 160), 255)
    ImageDraw.Draw(image).text((30, 55), WORDS, fill=0, font=ImageFont.load_default(48))
    png = io.BytesIO()
    image.save(png, "PNG")
    return png.getvalue()
