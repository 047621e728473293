"""Whatever one person types, and however much of it, everybody else goes on being answered."""

import asyncio
import math
import re
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
from aiohttp import web
from aiohttp.typedefs import Handler

from playground.server import Playground
from tests.loopback.hub import LoopbackHub
from tests.loopback.hub_items import model
from tests.scenarios.test_digest import fields

Start = Callable[..., Playground]
MANY = 12
"""Questions of one person: more than the three that one may have under way, and than the line has threads."""

PATIENCE, BESIDE = 30.0, 4.5
"""Seconds that the Hub is silent, and within which comes what does not wait for it; who does gives up after five."""


@dataclass
class SlowHub:
    """A Hub that keeps everybody waiting for single models until it is let go."""

    hub: LoopbackHub
    asked: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))
    gate: threading.Event = field(default_factory=threading.Event)

    async def waits(self, request: web.Request, answer: Handler) -> web.StreamResponse:
        """Answer once the gate is open."""
        self.asked.release()
        await asyncio.get_running_loop().run_in_executor(None, self.gate.wait, PATIENCE)
        return await answer(request)


@pytest.fixture
def slow() -> Iterator[SlowHub]:
    """Serve a list at once and single models only when let go."""
    models = [model(f"lab/m{i}", downloads=1000 - i, tags=["pytorch"], siblings=["a.bin"]) for i in range(100)]
    with LoopbackHub(models) as hub:
        made = SlowHub(hub)
        hub.faults.put(made.waits, "/api/models/*", times=math.inf)
        yield made
        made.gate.set()


@pytest.fixture
def crowded(start: Start, slow: SlowHub) -> Playground:
    """Have Bob's answer stored, then Ann ask many questions for which the Hub has to be waited for."""
    playground = start(hub=slow.hub.endpoint, rate_limits=False)
    playground.command("/frameworks top10", user="bob")
    playground.wait_for_message("top 10")
    for number in range(MANY):
        playground.command(f"/frameworks model lab/m{number}")
    for _ in range(3):
        assert slow.asked.acquire(timeout=PATIENCE)
    return playground


def test_one_persons_slow_questions_keep_nobody_from_stored_answers(crowded: Playground, slow: SlowHub) -> None:
    """Neither others nor the one who asks: only three of the many are under way."""
    crowded.command("/frameworks top20", user="bob")
    crowded.command("/frameworks top30")

    assert crowded.wait_for_message("top 20", timeout=BESIDE)
    assert crowded.wait_for_message("top 30", timeout=BESIDE)
    assert not slow.asked.acquire(blocking=False)


@pytest.mark.parametrize(
    ("words", "said"),
    [("help", "Ask me"), ("status", "How things stand"), ("digest list", "no digest"), ("tpo30", "no question")],
)
@pytest.mark.parametrize("user", ["ann", "bob"])
def test_words_that_need_no_looking_are_answered_beside_it(
    crowded: Playground, words: str, said: str, user: str
) -> None:
    """Help, status, digest and what is not understood never stand behind a wait for the Hub."""
    crowded.command(f"/frameworks {words}", user=user)

    assert crowded.wait_for_ephemeral(said, user=user, timeout=BESIDE)


def test_the_one_who_asks_much_hears_how_many_wait_and_gets_them_all(crowded: Playground, slow: SlowHub) -> None:
    """Nine of twelve wait; each is answered in the end, once."""
    waiting = "You have 8 questions waiting. I look up 3 at once for each person"
    told = crowded.wait_for_ephemeral(waiting, timeout=BESIDE)
    slow.gate.set()

    crowded.wait_for(lambda: len([m for m in crowded.bot_messages() if "lab/m" in m.text]) == MANY, timeout=30)

    assert told
    assert crowded.wait_for_ephemeral("You have 1 question waiting.")
    crowded.settled()
    assert len(slow.hub.asked("/api/models/lab/m11")) == 1


FREEZING = "a" + "_" * 12_000 + "b"


@pytest.mark.parametrize("text", [FREEZING, "<@A|" * 10_000, "digest on " + "Europe/Berlin " * 850], ids=len)
def test_a_line_that_froze_everything_is_refused_by_its_length(playground: Playground, text: str) -> None:
    """As a command, a mention and a direct message; six commands of a bystander are answered beside it."""
    said = f"{len(text.strip()):,} characters; a question needs no more than 300"
    playground.command(f"/frameworks {text}")
    playground.direct_message(text)
    deliveries = [playground.command("/frameworks help", user="bob") for _ in range(6)]

    playground.wait_for(lambda: len(playground.ephemerals(user="bob")) == 6, timeout=BESIDE)

    assert {delivery.outcome for delivery in deliveries} == {"acked"}
    assert playground.wait_for_ephemeral(said)
    assert playground.wait_for_message("characters; a question needs no more than 300", channel="dm")


def subscribed(playground: Playground, words: str, said: str) -> str:
    """Type what follows `digest`, and give all of the confirmation."""
    playground.command(f"/frameworks digest {words}")
    told = playground.wait_for_ephemeral(said)
    return told.text + str(told.blocks)


def test_changing_the_day_keeps_sections_and_condition(playground: Playground) -> None:
    """Only what is said is changed; `all` and `always` take the rest back."""
    subscribed(playground, "on mon 9 am UTC top papers top only if it matters", "every Monday at 09:00, UTC")

    assert "only in weeks in which something changes" in subscribed(playground, "on tue", "every Tuesday at 09:00, UTC")
    playground.command("/frameworks digest on")
    view = playground.wait_for(playground.modal)
    ticked = [option["value"] for option in fields(view)["sections"]["initial_options"]]
    assert ticked == ["top", "papers"]
    assert "only in weeks" not in subscribed(playground, "on wed always", "every Wednesday at 09:00, UTC")


def test_a_guessed_zone_is_said_to_be_guessed(playground: Playground) -> None:
    """Taken from the profile when nobody named one; said no more when somebody did, or when only the day changes."""
    assert "a guess: it is that of your Slack profile (Europe/Berlin)" in subscribed(
        playground, "on mon , 09:00", "every Monday at 09:00, Europe/Berlin"
    )
    assert "guess" not in subscribed(playground, "on tue noon new york", "every Tuesday at 12:00, America/New_York")
    assert "guess" not in subscribed(playground, "on wed", "every Wednesday at 12:00, America/New_York")


@pytest.mark.parametrize("refused", [0, 9])
def test_what_is_advised_against_a_guessed_zone_changes_it_and_works(playground: Playground, refused: int) -> None:
    """Guessed from the profile (Berlin) or not at all: the zone in the advice is another, and typed it is taken."""
    playground.faults.error("users.info", "user_not_visible", times=refused)
    guessed = "UTC" if refused else "Europe/Berlin"
    said = subscribed(playground, "on tue 10:30", f"every Tuesday at 10:30, {guessed}")

    words, zone = re.search(r"say which, as in `/frameworks digest (on (\S+))`", said).groups()  # type: ignore[union-attr]
    assert zone != guessed
    assert "a guess" not in subscribed(playground, words, f"every Tuesday at 10:30, {zone}")


def test_without_a_zone_in_the_profile_utc_is_said_to_be_a_guess(playground: Playground) -> None:
    """Slack did not say: in words and beside the form's field."""
    playground.faults.error("users.info", "user_not_visible", times=9)

    said = subscribed(playground, "on mon 0900", "every Monday at 09:00, UTC")
    playground.command("/frameworks digest on", channel="random")
    view = playground.wait_for(playground.modal)

    assert "Slack did not say yours, so it is UTC" in said
    (zone,) = [block for block in view["blocks"] if block["block_id"] == "zone"]
    assert "so it is UTC" in str(zone["hint"])
