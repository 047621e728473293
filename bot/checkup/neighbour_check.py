"""
Who else is connected with the app token, as Slack counts: two processes with two folders post every digest twice.

Slack tells it in the hello of a new connection, so one is opened and closed again at once.
"""

import json
import threading

from slack_sdk import WebClient

from analytics.domain.wording import count
from analytics.storage.locks import RESIDENT
from bot.config import Settings
from bot.runtime.doctor import Health, Symptom
from bot.runtime.neighbours import ONE_DATABASE, name_others
from bot.runtime.single_instance import AnotherRuns, hold
from bot.runtime.wire import Wire
from bot.slack_client import SDK_LOG

HELLO_SECONDS = 5.0
NAME = "connections"


def check_neighbours(settings: Settings, client: WebClient, url: str) -> Symptom:
    """Connect to an address that Slack gave, and say what its hello tells of others."""
    others = count_others(client, url)
    if others is None:
        return Symptom(NAME, Health.SKIPPED, "Slack said no hello, so who else uses the app token is not known.")
    if others and settings.database_url:
        said = f"{count(others, 'other connection')} with this app token."
        return Symptom(NAME, Health.LOOK, said, "See to it that all of them use this DATABASE_URL.")
    if others == 1 and _is_running(settings):
        return Symptom(NAME, Health.WELL, "The bot of this folder is connected, and nothing else.")
    if others:
        return Symptom(NAME, Health.MEND, name_others(others), ONE_DATABASE)
    return Symptom(NAME, Health.WELL, "Nothing else is connected with the app token.")


def count_others(client: WebClient, url: str) -> int | None:
    """Count the other connections; None where Slack does not say."""
    heard: list[int] = []
    done = threading.Event()

    def on_frame(_: Wire, text: str) -> None:
        told = json.loads(text)
        if isinstance(told, dict) and told.get("type") == "hello":
            heard.append(int(told.get("num_connections") or 1))
            done.set()

    wire = Wire(url, SDK_LOG, on_frame, lambda _: done.set(), proxy=client.proxy, ssl_context=client.ssl)
    wire.connect()
    if wire.is_active():
        done.wait(HELLO_SECONDS)
    wire.disconnect()
    return heard[0] - 1 if heard else None


def _is_running(settings: Settings) -> bool:
    """Tell whether the bot of this folder runs: then one connection is its own."""
    if not (settings.frameworks_home / RESIDENT).exists():
        return False
    try:
        with hold(settings.frameworks_home):
            return False
    except AnotherRuns:
        return True
