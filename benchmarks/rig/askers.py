"""People who ask once each: a signed command of theirs as it goes over the wire, and whose an answer is."""

import asyncio
import re
import time
from dataclasses import dataclass, field
from urllib.parse import quote_plus, urlencode

from playground.signed_requests import SignedRequests

ASKER = re.compile(r"<@(U[0-9]{7})>|%3C%40(U[0-9]{7})%3E")
"""How an answer names who asked, in JSON or in a form."""

NO_ANSWER = 10.0
"""Seconds after which an acknowledgement counts as never given."""


def find_asker(text: str) -> str:
    """Find whose answer a message is; nothing where it names nobody."""
    found = ASKER.search(text)
    return next(filter(None, found.groups()), "") if found else ""


@dataclass(slots=True)
class TimedCommand:
    """One command: when it was due, when it was sent, how long its acknowledgement took and what that was."""

    asker: str
    due: float
    sent: float = 0.0
    seconds: float = NO_ANSWER
    status: str = "none"

    @property
    def late(self) -> float:
        """How much later than due it was sent: what the sender, and not the bot, is to blame for."""
        return self.sent - self.due


@dataclass(slots=True)
class Askers:
    """Sends commands to the Request URL of an app, each over a connection of its own, as a new person's."""

    port: int
    secret: str
    slack: str
    count: int = 0
    asked: list[TimedCommand] = field(default_factory=list)

    def write(self, asker: str, words: str) -> bytes:
        """Write one command with its signature."""
        fields = {
            "command": "/frameworks",
            "text": words,
            "team_id": "T1",
            "channel_id": "C1",
            "channel_name": "general",
            "user_id": asker,
            "trigger_id": f"1.{asker}",
            "response_url": f"{self.slack}/response/{asker}",
        }
        body = urlencode(fields, quote_via=quote_plus).encode()
        signed = SignedRequests("", self.secret).sign(body, time.time())
        told = signed | {"Host": "bot", "Connection": "close", "Content-Length": str(len(body))}
        told |= {"Content-Type": "application/x-www-form-urlencoded"}
        head = "".join(f"{name}: {value}\r\n" for name, value in told.items())
        return f"POST /slack/events HTTP/1.1\r\n{head}\r\n".encode() + body

    async def ask(self, words: str, due: float) -> None:
        """Ask at this moment of the clock, and note what came of it."""
        self.count += 1
        one = TimedCommand(f"U{self.count:07d}", due)
        self.asked.append(one)
        await asyncio.sleep(max(0.0, due - time.monotonic()))
        one.sent = time.monotonic()
        try:
            async with asyncio.timeout(NO_ANSWER):
                one.status = await self._send(self.write(one.asker, words))
        except TimeoutError:
            one.status = "timeout"
        except OSError as trouble:
            one.status = type(trouble).__name__
        one.seconds = time.monotonic() - one.sent

    async def _send(self, raw: bytes) -> str:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        try:
            writer.write(raw)
            first = await reader.readline()
            return first.split(b" ")[1].decode() if first.startswith(b"HTTP/") else "closed"
        finally:
            writer.close()

    async def keep_asking(self, words: "list[str]", a_second: float, seconds: float) -> list[TimedCommand]:
        """Ask so many times a second whether or not anybody answers; gives what came of these."""
        before, began = len(self.asked), time.monotonic() + 0.05
        dues = (began + number / a_second for number in range(round(a_second * seconds)))
        await asyncio.gather(*(self.ask(words[at % len(words)], due) for at, due in enumerate(dues)))
        return self.asked[before:]
