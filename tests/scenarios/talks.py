"""
Ten talks of five turns, held with the whole bot: what was asked, how it was understood, what was answered.

    python -m tests.scenarios.talks        # writes docs/talks.md anew

Half of them are held in a thread, by mention, half in a direct message; the Hub is out of reach, so the embedded sample
answers and the table is the same everywhere.
"""

import datetime as dt
import re
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot import messages
from playground.server import Playground
from playground.state import PostedMessage
from tests.patient_slack import patient_slack
from tests.scenarios.conftest import connected

PAGE = Path(__file__).parents[2] / "docs/talks.md"
DIRECT, CHANNEL = "dm", "general"

TALKS: tuple[tuple[str, str, str, str, str], ...] = (
    ("top30", "and top 10?", "declared please", "by evidence", "why?"),
    ("model bert-base-uncased", "and in tf?", "what about jax", "how do I load it in tf", "which formats?"),
    ("top30", "only text-generation", "top 50 instead", "declared", "as csv"),
    ("totals", "only for image classification", "and over time?", "and papers?", "and 2021Q4?"),
    ("top30 by likes", "and by downloads please", "same for google", "top 50", "why?"),
    ("papers", "for 2020 q1", "only official ones", "and totals?", "only translation"),
    ("model whisper-large-v3", "is it in tf?", "what about bert-base-uncased?", "which formats?", "as csv"),
    ("official", "and pytorch?", "top of the pops by pytorch fans", "the first one", "as csv"),
    ("top30 in jax", "just google's", "and blorptastic?", "top30", "without copies"),
    ("share", "and gguf", "who has more models, torch or tf?", "since 2022", "thanks!"),
)
"""What people type, turn after turn. Some turns fit nowhere or are no question: what is said then is part of a talk."""


NOW = dt.datetime(2026, 12, 5, 9, tzinfo=dt.UTC)
"""The bot's clock, so that no day changes the table."""

SAMPLE = "SAMPLE, not live"

HEAD = """# Ten talks

What people ask on with, in talks of five turns with the whole bot on the playground: in a thread by mention, the first
turn by command, or in a direct message. Understood is what stands in the small print of the answer; a dash: no new
question (a file of the rows that stand there, thanks, a refusal). The Hub was out of reach, so every answer is of the
embedded sample, and said so; that is left out here.

Written by `.venv/bin/python -m tests.scenarios.talks`, and held to the bot by `tests/scenarios/test_talks.py`.
"""


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn of a talk as it went."""

    asked: str
    understood: str
    answered: str


def hold_all() -> list[list[Turn]]:
    """Hold every talk, one after the other, each with a bot that has heard none before."""
    return [list(hold(number, talk)) for number, talk in enumerate(TALKS)]


def hold(number: int, talk: tuple[str, ...]) -> Iterator[Turn]:
    """Hold one talk."""
    with (
        tempfile.TemporaryDirectory() as home,
        patient_slack(rate_limits=False) as playground,
        connected(playground, Path(home), clock=lambda: NOW),
    ):
        where = _place_of(number)
        root = None
        for words in talk:
            said, files = list_said(playground, where), len(playground.files())
            ask(playground, where, words, root)
            playground.settled()
            new = [one for one in list_said(playground, where) if one not in said]
            yield Turn(words, find_understood(new), say_answered(new, playground, files))
            root = root or next((one.ts for one in new), None)


def ask(playground: Playground, where: str, words: str, root: str | None) -> None:
    """Say the words where the talk is held: a command first in a channel, then mentions in its thread."""
    if where == DIRECT:
        playground.direct_message(words)
    elif root is None:
        playground.command(f"/frameworks {words}")
    else:
        playground.mention(words, thread_ts=root)


def list_said(playground: Playground, where: str) -> list[PostedMessage]:
    """Give what the bot has said there, also for one person's eyes, but for the word that it is looking."""
    looking = messages.looking("").text.split()[0]
    said = [*playground.bot_messages(where), *playground.ephemerals(where)]
    return [one for one in said if not one.text.startswith(looking)]


def find_understood(said: list[PostedMessage]) -> str:
    """Read the words in the small print of an answer; a dash where there is none."""
    small = [block for one in said for block in one.blocks if block["type"] == "context"]
    found = re.findall(rf"{messages.COMMAND} ([^`\"]+)`", str(small))
    return f"`{found[0]}`" if found else "–"


def say_answered(said: list[PostedMessage], playground: Playground, files: int) -> str:
    """Give the first line of what was said, and the file that came."""
    lines = [one.text.splitlines()[0].removeprefix(f"{SAMPLE}: ") for one in said if one.text]
    names = [one.name for one in playground.files()[files:] if one.name.endswith(".csv")]
    return " ".join([*lines, *(f"The file {name}" for name in names)])


def write_page(talks: Sequence[Sequence[Turn]]) -> str:
    """Write the page: a table for each talk."""
    return "\n".join([HEAD, *(_write_talk(number, talk) for number, talk in enumerate(talks))])


def _write_talk(number: int, talk: Sequence[Turn]) -> str:
    where = "a thread" if _place_of(number) == CHANNEL else "a direct message"
    rows = [f"| {one.asked} | {one.understood} | {one.answered} |".replace("\n", " ") for one in talk]
    return "\n".join(
        [f"## {number + 1}. In {where}", "", "| Asked | Understood | Answered |", "|---|---|---|", *rows, ""]
    )


def _place_of(number: int) -> str:
    return CHANNEL if number % 2 == 0 else DIRECT


if __name__ == "__main__":
    PAGE.write_text(write_page(hold_all()), encoding="utf-8")
    sys.stdout.write(f"{PAGE} written\n")
