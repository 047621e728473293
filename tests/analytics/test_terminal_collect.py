"""`frameworks collect …` in a terminal: what it prints, and with which exit status it ends."""

import datetime as dt
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from analytics.analyst import utc_now
from analytics.storage.locks import collecting
from tests.analytics.at_the_terminal import Typed, settings, type_words
from tests.analytics.census.hubs import items, parquet, serving
from tests.loopback.hub import LoopbackHub
from tests.programs import ended

MODELS = items(1500, until=utc_now())


@pytest.fixture
def hub() -> Iterator[LoopbackHub]:
    """Serve a daily snapshot made this very day."""
    with serving(MODELS, daily=parquet(MODELS)) as running:
        running.renewed = f"{utc_now() - dt.timedelta(minutes=5):%Y-%m-%dT%H:%M:%S.000Z}"
        yield running


def frameworks(words: str, endpoint: str, home: Path) -> Typed:
    """Run the program in an environment that has nothing but these settings."""
    return type_words(settings(endpoint, home, columns=200), words.split())


def in_a_process(words: str, endpoint: str, home: Path, room: str = "unlimited") -> subprocess.CompletedProcess[str]:
    """Run it as it is started, with `room` blocks of 512 bytes a file."""
    bounded = ("/bin/sh", "-c", 'ulimit -f "$0"; exec "$@"', room)
    command = (*bounded, sys.executable, "-m", "analytics", *words.split())
    # What is compiled anew must not be cut at the same bound: half a .pyc would break every later start.
    environment = settings(endpoint, home, columns=200) | {"PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(command, capture_output=True, text=True, env=environment, timeout=60, check=False)


def test_a_census_is_collected_and_answers(hub: LoopbackHub, tmp_path: Path) -> None:
    """One sentence says what came from where; totals then counts it, with no source but the store."""
    environment = settings(hub.endpoint, tmp_path, columns=200)
    collected = ended("analytics", "collect", "census", folder=tmp_path, environment=environment)
    answer = json.loads(frameworks("totals declared --json", "http://127.0.0.1:9", tmp_path).stdout)

    assert collected.returncode == 0
    assert collected.stdout.startswith("1,500 models of ")
    assert sum(answer["counts"].values()) == 1500


def test_a_list_in_one_framework_goes_on_in_the_census(hub: LoopbackHub, tmp_path: Path) -> None:
    """A thousand of the Hub's listing hold too few: the census answers, and says out of how many, when, from where."""
    frameworks("collect census", hub.endpoint, tmp_path)
    answer = frameworks("top900 in tensorflow --json", hub.endpoint, tmp_path)

    told = json.loads(answer.stdout)
    assert "of the top 1,500 models" in told["headline"]
    assert "1,500 models from the daily Parquet snapshot of the Hub" in answer.stdout


def test_in_a_pipe_every_step_is_a_line(tmp_path: Path) -> None:
    """A log shows what a collector is at, below the step before."""
    with LoopbackHub([]) as hub:
        done = in_a_process("collect top", hub.endpoint, tmp_path)

    assert [line for line in done.stderr.splitlines() if "Reading the first 1,000 by" in line] == [
        f"Reading the first 1,000 by {by}…" for by in ("downloads", "likes", "trending")
    ]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("collect", "Say what to collect. What can be:"),
        ("collect cenus", "“cenus” cannot be collected. What can be:"),
        ("collect top twice", "“collect top” takes no options; “twice” came."),
        (
            "collect census --from moon",
            "“collect census” takes from daily, from weekly, from crawl and accept; “from moon” is",
        ),
        ("collect history --from 2024-13-01", "“2024-13-01” is no day such as 2024-07-24."),
        ("collect history --every 4d", "“4d” is no number of weeks from 1w to 99w, such as 4w."),
        ("collect history --every 0w", "“0w” is no number of weeks from 1w to 99w, such as 4w."),
        ("collect history --every", "“” is no number of weeks from 1w to 99w, such as 4w."),
        ("collect history --from=2024-13-01", "“2024-13-01” is no day such as 2024-07-24."),
        ("collect history --from", "“” is no day such as 2024-07-24."),
        ("collect top --json", "“collect top” takes no options; “--json” came."),
        ("collect census --from", "and accept; “from” is not one of them."),
        ("collect census accept accept", "and accept; “accept accept” is not one of them."),
        ("collect census daily weekly", "and accept; “daily weekly” is not one of them."),
        ("collect history --every 4w --every 8w", "takes --every once."),
        ("collect history accept accept", "--from DAY and --every 4w; “accept” is not one of them."),
        ("collect census --as-of 2026-08-22", "and accept; “--as-of” is not one of them."),
        ("collect papers --chart papers.png", "“collect papers” takes no options; “--chart” came."),
        ("collect official --csv official.csv", "“collect official” takes “accept” or nothing; “--csv” came."),
        ("collect history --json --csv weeks.csv", "--from DAY and --every 4w; “--json” is not one of them."),
    ],
)
def test_words_it_does_not_take_are_handed_back(words: str, said: str, tmp_path: Path) -> None:
    """Status 2, before anything is asked outside."""
    done = frameworks(words, "http://127.0.0.1:9", tmp_path)

    assert done.returncode == 2
    assert said in done.stderr


def test_a_second_collector_is_told_to_wait(hub: LoopbackHub, tmp_path: Path) -> None:
    """It says who works and what to do, not that the disk is full."""
    with collecting(tmp_path / "census", utc_now()):
        done = frameworks("collect census", hub.endpoint, tmp_path)

    assert done.returncode == 1
    assert done.stderr.startswith("The census is being collected already by process ")
    assert "Wait until it is done" in done.stderr


def test_no_source_at_all_is_status_4(tmp_path: Path) -> None:
    """Each source is named with its reason."""
    done = frameworks("collect census --from daily", "http://127.0.0.1:9", tmp_path)

    assert done.returncode == 4
    assert "\nNot collected: no source gave a census. Not from the daily snapshot: " in done.stderr
    assert "What was stored before stays in use" in done.stderr


@pytest.mark.parametrize("source", ["daily", "crawl"])
def test_a_disk_without_room_is_said_and_the_next_run_goes_on(hub: LoopbackHub, tmp_path: Path, source: str) -> None:
    """The file system refuses a file of more than 40 blocks: a sentence, no traceback, nothing half-written in use."""
    full = in_a_process(f"collect census --from {source}", hub.endpoint, tmp_path, room="40")
    with_room = frameworks(f"collect census --from {source}", hub.endpoint, tmp_path)

    assert full.returncode == 1
    assert "Choose another place, or make room." in full.stderr
    assert "Traceback" not in full.stderr
    assert with_room.stdout.startswith("1,500 models of ")
