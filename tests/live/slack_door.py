"""What a contract needs of Slack: a client, one channel to post in, a person to ask, and a way to clean up."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Protocol

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.webhook import WebhookClient, WebhookResponse

from bot.runtime.credentials import say_why
from bot.slack_errors import SLACK_FAILURES, Refused, RefusedForNow, interpret, word_of
from bot.slack_words import meaning_of
from tests.live.contracts import NotTried

SDK_FAILURES = (*SLACK_FAILURES, AttributeError, ValueError)
"""What the SDK's own client raises: it stumbles over half an answer, and over a list as answer."""

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x04\xb0\x00\x00\x03\x20" + b"\x00" * 32
"""What a stand-in takes for a picture; a real Slack gets one that can be drawn."""

Json = dict[str, Any]
PROCESSED_WITHIN, SHARED_WITHIN = 30, 30


ABOUT_THE_QUESTION = {
    "cannot_reply_to_message",
    "duplicate_channel_not_found",
    "duplicate_message_not_found",
    "thread_not_found",
}
"""Words with which Slack judges what it was asked, though the bot sorts them otherwise."""

ABOUT_THE_PLACE = {
    "unknown_method",
    "user_not_in_channel",
    "user_not_found",
    "forbidden_team",
    "user_removed_from_team",
    "team_not_found",
    "app_not_installed",
    "file_uploads_disabled",
    "file_uploads_except_images_disabled",
    "storage_limit_reached",
}
"""Words that say nothing of the question: who asks, where, whether the workspace allows or has it at all."""

TOO_MANY, BROKEN = 429, 500


def judged(failure: Exception) -> str:
    """Give the word with which Slack judged a question. Raises NotTried where it did not: no access, too fast, down."""
    word, meaning = word_of(failure), interpret(failure)
    is_new = isinstance(meaning, RefusedForNow) and meaning_of(word) is None and word not in ABOUT_THE_PLACE
    if word and (isinstance(meaning, Refused) or is_new or word in ABOUT_THE_QUESTION):
        return word
    raise NotTried(say_why(failure)) from failure


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
            return judged(refused)
        if method == "chat.postMessage":
            self.posted.append(str(told["ts"]))
        return ""

    @staticmethod
    def answer(url: str, **said: Any) -> WebhookResponse:
        """Answer by a response_url. Raises NotTried where Slack is too busy or down."""
        reply = WebhookClient(url, retry_handlers=[]).send_dict(said)
        if reply.status_code == TOO_MANY or reply.status_code >= BROKEN:
            raise NotTried(f"the response_url was answered {reply.status_code}")
        return reply

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
            with suppress(*SDK_FAILURES):
                self.client.chat_delete(channel=self.channel, ts=ts)
        for file_id in self.uploaded:
            with suppress(*SDK_FAILURES):
                self.client.api_call("files.delete", json={"file": file_id})
