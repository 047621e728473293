"""What a contract needs of Slack: a client, one channel to post in, a person to ask, and a way to clean up."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Protocol

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x04\xb0\x00\x00\x03\x20" + b"\x00" * 32
"""What a stand-in takes for a picture; a real Slack gets one that can be drawn."""

Json = dict[str, Any]
PROCESSED_WITHIN, SHARED_WITHIN = 30, 30


class Person(Protocol):
    """Somebody at a screen."""

    id: str

    def sees(self, words: str, *, elsewhere: bool = False) -> bool | None:
        """Say whether a message with these words is to be seen, its picture too, from there; None: no answer."""

    def types(self) -> Json | None:
        """Type the slash command; give what the bot was told of it, None if nobody does."""

    def submits(self) -> bool | None:
        """Fill in the form that is open and send it off."""


@dataclass
class SlackDoor:
    """Slack behind a token, by one channel; `wait` lets seconds pass."""

    client: WebClient
    app_token: str
    channel: str
    person: Person
    wait: Callable[[float], None]
    picture: bytes = PNG
    posted: list[str] = field(default_factory=list)
    uploaded: list[str] = field(default_factory=list)

    def post(self, words: str, **more: Any) -> Json:
        """Post in the channel, at a pace that Slack bears; it is taken back in the end."""
        self.wait(1.2)
        sent: Any = self.client.chat_postMessage(channel=self.channel, text=words, **more)
        self.posted.append(str(sent["ts"]))
        return dict(sent.data)

    def refusal(self, method: str, **arguments: Any) -> str:
        """Give the word with which a call is refused, or nothing if it is not."""
        self.wait(1.2)
        try:
            told: Any = self.client.api_call(method, json=arguments)
        except SlackApiError as refused:
            return str(refused.response.get("error"))
        if method == "chat.postMessage":
            self.posted.append(str(told["ts"]))
        return ""

    def upload(self) -> str:
        """Upload the picture, to no channel."""
        file_id = str(
            self.client.files_upload_v2(file=self.picture, filename="live.png", title="live")["files"][0]["id"]
        )
        self.uploaded.append(file_id)
        return file_id

    def file_when(self, file_id: str, ready: Callable[[Json], bool], seconds: int) -> Json | None:
        """Ask for a file every second until it is so."""
        for _ in range(seconds):
            file = dict(self.client.files_info(file=file_id)["file"])
            if ready(file):
                return file
            self.wait(1)
        return None

    def clean_up(self) -> None:
        """Take back what was posted and uploaded."""
        for ts in reversed(self.posted):
            self.wait(1.2)
            with suppress(SlackApiError):
                self.client.chat_delete(channel=self.channel, ts=ts)
        for file_id in self.uploaded:
            with suppress(SlackApiError):
                self.client.api_call("files.delete", json={"file": file_id})
