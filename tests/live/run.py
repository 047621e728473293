"""
`make live`: the first day with a network. Tries every contract against the real services, and says what came of it.

It reads from the environment, and starts nothing without all of it. The Hub, the papers' API and the archive are only
read. In Slack it posts into the one channel that is named, asks a person to look, and takes back what it posted.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from queue import Empty, Queue
from typing import Any

from slack_sdk import WebClient
from slack_sdk.http_retry import RateLimitErrorRetryHandler
from slack_sdk.socket_mode import SocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse

from bot.runtime.credentials import say_why
from tests.live.contracts import ContractOutcome, NotTried, report
from tests.live.hub_contracts import HUB
from tests.live.hub_door import HubDoor
from tests.live.slack_contracts import SLACK
from tests.live.slack_door import SDK_FAILURES, SlackDoor

NEEDED = {
    "LIVE_SLACK_BOT_TOKEN": "the bot's token (xoxb-...) of a workspace that is there to be tried in",
    "LIVE_SLACK_APP_TOKEN": "the app's token (xapp-...) with connections:write; stop the bot meanwhile",
    "LIVE_SLACK_CHANNEL": "the id (C...) of a channel that is there to be tried in, with the bot inside",
    "LIVE_SLACK_PERSON": "the id (U...) of whoever sits at this terminal",
}
HUB_ADDRESS, PAPERS_ADDRESS = "https://huggingface.co", "https://paperswithcode.co/api/v1"
SLACK_ADDRESS = "https://slack.com/api/"
MINUTE = 60.0
COLLECTED_WITHIN = 6 * 3600
"""Seconds: a crawl of the whole Hub takes more than an hour."""

ROOT = Path(__file__).parents[2]
PICTURE = ROOT / "docs/top30.png"

Say = Callable[[str], object]
Ask = Callable[[str], str]


def lacking(environment: Mapping[str, str]) -> list[str]:
    """Give, in words, what is missing to start."""
    return [f"{name} is not set: {what}." for name, what in NEEDED.items() if not environment.get(name)]


class AtTheTerminal:
    """The person at this terminal: asked in words, heard by Socket Mode, or not at all where `deaf` says why."""

    def __init__(self, user: str, socket: SocketModeClient, ask: Ask = input, say: Say = print) -> None:
        self.id = user
        self._ask, self._say = ask, say
        self._heard: Queue[tuple[str, Any]] = Queue()
        self._socket = socket
        self.deaf = ""
        socket.socket_mode_request_listeners.append(self._hear)  # type: ignore[arg-type]  # a plain function will do

    def _hear(self, client: SocketModeClient, request: SocketModeRequest) -> None:
        client.send_socket_mode_response(SocketModeResponse(envelope_id=request.envelope_id))
        self._heard.put((request.type, request.payload))

    def sees(self, words: str, *, elsewhere: bool = False) -> bool | None:
        """Ask; anything but y and n is no answer."""
        where = "from a second account (a guest and a phone too, if there are any)" if elsewhere else "in Slack"
        answer = self._ask(f'Look {where}: is "{words}" to be seen, picture included? [y/n, Enter if you cannot look] ')
        return {"y": True, "n": False}.get(answer.strip().casefold()[:1])

    def types(self) -> Any:
        """Ask for the command, and wait a minute."""
        return self._wait("slash_commands", "Type /frameworks live in the channel, within a minute.")

    def submits(self) -> bool | None:
        """Ask for the form, and wait a minute."""
        return self._wait("interactive", "Press Send in the form, within a minute.") is not None

    def _wait(self, kind: str, wish: str) -> Any:
        if self.deaf:
            raise NotTried(self.deaf)
        self._say(wish)
        until = time.monotonic() + MINUTE
        while (left := until - time.monotonic()) > 0:
            try:
                heard, payload = self._heard.get(timeout=left)
            except Empty:
                return None
            if heard == kind:
                return payload
        return None


def try_slack(
    environment: Mapping[str, str], say: Say = print, ask: Ask = input, wait: Callable[[float], None] = time.sleep
) -> list[ContractOutcome]:
    """Try what we believe of Slack, and clean up whatever came of it."""
    address, token = environment.get("SLACK_API_URL", SLACK_ADDRESS), environment["LIVE_SLACK_APP_TOKEN"]
    patient = RateLimitErrorRetryHandler(max_retry_count=3)
    client = WebClient(environment["LIVE_SLACK_BOT_TOKEN"], base_url=address, retry_handlers=[patient])
    socket = SocketModeClient(app_token=token, web_client=WebClient(base_url=address))
    person = AtTheTerminal(environment["LIVE_SLACK_PERSON"], socket, ask, say)
    door = SlackDoor(client, token, environment["LIVE_SLACK_CHANNEL"], person, wait, PICTURE.read_bytes())
    try:
        person.deaf = _connect(socket)
        return [_say_each(say, line, finding.outcome) for line, finding in report(SLACK, door)]
    finally:
        door.clean_up()
        socket.close()


def _connect(socket: SocketModeClient) -> str:
    """Connect; give the reason where nothing of what a person types will be heard."""
    try:
        socket.connect()
    except SDK_FAILURES as failure:
        return f"no connection by LIVE_SLACK_APP_TOKEN: {say_why(failure)}"
    return ""


def hub_door(environment: Mapping[str, str], home: Path) -> HubDoor:
    """Open the door to the Hub; what is collected goes into a folder of its own."""

    def collect(word: str) -> tuple[int, str]:
        command = (sys.executable, "-m", "analytics", "collect", word)
        surroundings = {**environment, "FRAMEWORKS_HOME": str(home)}
        done = subprocess.run(
            command, capture_output=True, text=True, cwd=ROOT, env=surroundings, timeout=COLLECTED_WITHIN, check=False
        )
        return done.returncode, done.stdout + done.stderr

    endpoint = environment.get("HF_ENDPOINT", HUB_ADDRESS).rstrip("/")
    papers = environment.get("PAPERS_API_URL", PAPERS_ADDRESS).rstrip("/")
    return HubDoor(endpoint, papers, collect, environment.get("HF_TOKEN", ""))


def try_hub(door: HubDoor, say: Say = print) -> list[ContractOutcome]:
    """Try what we believe of the Hub, the papers' API and the archive."""
    return [_say_each(say, line, finding.outcome) for line, finding in report(HUB, door)]


def main(environment: Mapping[str, str], home: Path, say: Say = print) -> int:
    """Try everything; 0 if nothing differs, 1 if something does, 2 if it cannot start."""
    missing = lacking(environment)
    if missing:
        say("\n".join([*missing, "Nothing was asked. docs/unverified.md says what `make live` tries, and how."]))
        return 2
    outcomes = try_slack(environment, say)
    outcomes += try_hub(hub_door(environment, home), say)
    say(", ".join(f"{outcomes.count(one)} {one}" for one in ContractOutcome) + ".")
    return 1 if ContractOutcome.DIFFERS in outcomes else 0


def _say_each(say: Say, line: str, outcome: ContractOutcome) -> ContractOutcome:
    say(line)
    return outcome


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        sys.exit(main(os.environ, Path(folder)))
