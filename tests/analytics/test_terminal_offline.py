"""A newcomer without a network at the terminal: what a sample cannot tell is not told, and what was meant is found."""

import os
import re
import subprocess
import sys
from pathlib import Path
from threading import Timer

import pytest

from analytics import grammar
from tests.analytics.at_the_terminal import settings, type_words

NOWHERE = "http://127.0.0.1:9"


@pytest.mark.parametrize(
    ("typed", "status", "said"),
    [
        ("new in tensorflow", 0, "Of the 120 models most downloaded on 22 Aug 2026, none in TensorFlow were created"),
        ("trend", 0, "Top 30 of Sep 2024 and Aug 2026: PyTorch in 29 and 28"),
        ("top10 author google", 0, "8 of the 8 models of google among the stored top 120"),
        ("model Qwen/Qwen3-0.6B in tensorflow", 0, "whether it converts on load is not known"),
        ("compare openai-community/gpt2 google-bert/bert-base-uncased", 0, "downloads, 30 days"),
        ("top30 on 2026-08-22", 0, "PyTorch is in 28 of the top 30 models"),
        ("top30 on 2026-02-01", 4, "Of 22 Aug 2026 there is a sample."),
        ("changes since 2026-11-16", 4, "No list of the most downloaded models of "),
        ("model opnai/whisper-large-v3", 4, "model openai/whisper-large-v3"),
        (
            "model opnai/whisper-large-v3",
            4,
            "Whether there is a model “opnai/whisper-large-v3” cannot be said now. The Hub",
        ),
        ("model nobody/zzz", 4, "The Hub could not be asked just now"),
    ],
)
def test_offline_a_finding_is_of_what_was_looked_at(tmp_path: Path, typed: str, status: int, said: str) -> None:
    """By status and sentence."""
    done = type_words(settings(NOWHERE, tmp_path, columns=200), typed.split())

    assert (done.returncode, said in f"{done.stdout}{done.stderr}") == (status, True), done


def test_a_day_is_offered_only_where_it_can_be_answered(tmp_path: Path) -> None:
    """Of no day of that month anything is known, so the list of now is all that is offered."""
    done = type_words(settings(NOWHERE, tmp_path, columns=200), ["top30", "in", "february", "2026"])

    assert done.stderr.splitlines()[-1].endswith("analytics top30")
    assert "2026-02" not in done.stderr


@pytest.mark.parametrize(
    "words",
    [
        "totals", "totals by library", "totals dead", "trend", "trend by downloads", "trend task fill-mask", "changes",
        "what changed yesterday", "papers hub", "top30 by alltime", "totals --as-of 2025-01-01",
    ],
)  # fmt: skip
def test_where_nothing_is_collected_nobody_promises_that_the_bot_will(tmp_path: Path, words: str) -> None:
    """COLLECT=off is the user's own switch: the answer or refusal names it, and says of no rhythm that there is one."""
    for setting, promised in (("off", False), ("on", True)):
        done = type_words(settings(NOWHERE, tmp_path, columns=900) | {"COLLECT": setting}, words.split())
        said = done.stdout + done.stderr

        assert ("ollecting is switched off here (COLLECT=off)" in said) is not promised
        assert any(f"he bot {does}" in said for does in ("makes", "stores", "collects")) is promised


def test_what_cannot_be_collected_now_is_not_to_be_tried_later(tmp_path: Path) -> None:
    """A setting stays what it is until somebody mends it; a network may come back."""
    offline = type_words(settings(NOWHERE, tmp_path, 900) | {"ALL_PROXY": "ftp://127.0.0.1:9"}, ["collect", "top"])
    away = type_words(settings(NOWHERE, tmp_path, columns=900), ["collect", "top"])

    assert (offline.returncode, "later" in offline.stderr) == (4, False)
    assert (away.returncode, "later" in away.stderr) == (4, True)


def test_what_a_refusal_waits_for_is_named_as_a_command(tmp_path: Path) -> None:
    """Downloads of all time come from the census too."""
    done = type_words(settings(NOWHERE, tmp_path, columns=200), ["top30", "by", "alltime"])

    assert "To collect it now: " in done.stderr
    assert "collect census" in done.stderr


def test_the_answer_does_not_wait_for_its_picture(tmp_path: Path) -> None:
    """It is read while the chart's file, a pipe here, has not been begun; what opens that has the whole picture."""
    chart = tmp_path / "x.png"
    os.mkfifo(chart)
    environment = {**settings(NOWHERE, tmp_path), "PATH": os.environ["PATH"]}
    command = [sys.executable, "-m", "analytics", "top5", "--chart", str(chart)]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:
        patience = Timer(30, process.kill)
        patience.start()
        said = process.stdout.read(40) if process.stdout else ""
        assert said.startswith("PyTorch is in 5 of the top 5 models")
        picture = chart.read_bytes()
        patience.cancel()

    assert picture.startswith(b"\x89PNG")
    assert picture.endswith(b"IEND\xaeB`\x82")
    assert process.returncode == 0


def test_into_a_pipe_no_id_is_broken(tmp_path: Path) -> None:
    """Without COLUMNS nothing says how wide a line may be: each row is one."""
    wide = {name: value for name, value in settings(NOWHERE, tmp_path).items() if name != "COLUMNS"}

    done = type_words(wide, ["top30"])

    assert "sentence-transformers/paraphrase-multilingual-MiniLM-L12-v2 " in done.stdout


def test_who_has_more_tells_the_ones_that_were_named(tmp_path: Path) -> None:
    """The most first, with their range, though the headline is of PyTorch and TensorFlow."""
    done = type_words(settings("http://127.0.0.1:9", tmp_path, 400), ["who has more, jax or tensorflow?"])

    assert done.returncode == 0
    assert re.search(r"Of 8,130 models: TensorFlow in \d+ \([^)]+\), JAX in \d+ \([^)]+\)\.", done.stdout)


EVERY = tuple(dict.fromkeys([*(words for words, _ in grammar.EXAMPLES), *(topic.first for topic in grammar.TOPICS)]))


@pytest.mark.parametrize("words", [*EVERY, "load in onnx", "help", "hello", "thanks"])
def test_a_file_that_was_asked_for_is_written_or_said_not_to_be(tmp_path: Path, words: str) -> None:
    """Of every question there is, and of what is none: never silence, whatever the exit status."""
    for option, name, none in (("--chart", "x.png", "no chart"), ("--csv", "x.csv", "no table")):
        file = tmp_path / name
        typed = type_words(settings(NOWHERE, tmp_path), [*words.split(), option, str(file)], patience=0.2)

        told = typed.returncode or none in typed.stderr or "so no file was written" in typed.stderr
        assert file.exists() != bool(told), typed
        assert typed.returncode == 0 or typed.stderr
