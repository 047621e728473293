"""Machines that lack something: each question is answered at least in Slack's own blocks, never with an apology."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import matplotlib as mpl
import pytest

from playground.server import Playground
from tests.patient_slack import patient_slack
from tests.scenarios.conftest import OUT_OF_REACH

ROOT = Path(__file__).parents[2]
MEGABYTE = 2**20
OWN = ("data_table", "context", "actions")
"""What every answer ends with."""

READ_ONLY = (
    'for one in /tmp /var/tmp /dev/shm "$0"; do '
    'mount --bind "$one" "$one" && mount -o remount,bind,ro "$one" || exit 9; done'
)
NO_LETTERS = f'mount -t tmpfs none "{Path(mpl.get_data_path(), "fonts", "ttf")}" || exit 9'
ASKED = ("top10", "totals", "digest on mon 09:00 UTC")


def ask(folder: Path, *before: str, **environment: str) -> list[dict[str, Any]]:
    """Run the bot in the playground, a process of its own; give what it told of each question."""
    around = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "HOME": str(folder), "FOLDER": str(folder)}
    command = [*before, sys.executable, "-m", "tests.scenarios.small_machine", str(folder / "home"), *ASKED]
    done = subprocess.run(
        command, cwd=ROOT, env=around | environment, capture_output=True, text=True, timeout=180, check=False
    )
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def may_mount() -> bool:
    """Tell whether a process here can have mounts of its own."""
    if not shutil.which("unshare"):
        return False
    tried = subprocess.run(["unshare", "-rm", "mount", "-t", "tmpfs", "none", "/tmp"], capture_output=True, check=False)  # noqa: S607, S108 - the mount is its own
    return tried.returncode == 0


def apart(mounts: str) -> tuple[str, ...]:
    """Give the command that makes these mounts for one process alone."""
    return "unshare", "-rm", "sh", "-c", f'{mounts}; cd "$0" && exec "$@"', str(ROOT)


OWN_MOUNTS = pytest.mark.skipif(not may_mount(), reason="a process here can have no mounts of its own (unshare -rm)")


@OWN_MOUNTS
def test_without_letters_the_chart_is_slacks(tmp_path: Path) -> None:
    """Matplotlib's fonts are gone: the answer says that the picture could not be drawn, and blames nobody else."""
    top, totals, digest, _ = ask(tmp_path, *apart(NO_LETTERS))

    for answer in (top, totals):
        assert answer["text"].startswith("SAMPLE, not live: PyTorch is in ")
        assert answer["blocks"] == ["section", "data_visualization", *OWN]
        assert "The picture is missing (it could not be drawn)" in answer["said"]
    assert "weekly digest here" in digest["text"]


@OWN_MOUNTS
def test_where_nothing_can_be_written_every_question_is_answered(tmp_path: Path) -> None:
    """Data folder, home, temporary folders, the program's own: a digest, which could not be kept, is not promised."""
    top, totals, digest, _ = ask(tmp_path, *apart(READ_ONLY))

    for answer in (top, totals):
        assert answer["text"].startswith("SAMPLE, not live: PyTorch is in ")
        assert answer["blocks"][-3:] == list(OWN)
    assert digest["text"].startswith("Digests need a data folder that can be written")


def test_a_home_that_cannot_be_used_costs_nothing(tmp_path: Path) -> None:
    """The answer has its picture: what matplotlib would keep there is made anew."""
    top, totals, digest, _ = ask(tmp_path, HOME="/dev/null")

    assert "image" in top["blocks"]
    assert "image" in totals["blocks"]
    assert "weekly digest here" in digest["text"]


@contextmanager
def starved(playground: Playground, home: Path, megabytes: int) -> Iterator[None]:
    """Connect a bot, in a process of its own, that gets no more memory than this; stacks of threads are counted."""
    tokens = {"SLACK_BOT_TOKEN": playground.bot_token, "SLACK_APP_TOKEN": playground.app_token}
    around = {"PATH": os.environ["PATH"], "HOME": str(home), "FRAMEWORKS_HOME": str(home), "PYTHONPATH": str(ROOT)}
    around |= {"SLACK_API_URL": playground.api_url, "HF_ENDPOINT": OUT_OF_REACH, "OPENBLAS_NUM_THREADS": "1"}
    limits = ["prlimit", f"--data={megabytes * MEGABYTE}", f"--stack={MEGABYTE}"]
    with subprocess.Popen([*limits, sys.executable, "-m", "bot"], cwd=home, env=around | tokens) as process:
        try:
            playground.wait_for_connection(120)
            yield
        finally:
            process.terminate()


@pytest.mark.skipif(not shutil.which("prlimit"), reason="no prlimit here, by which memory is bounded")
def test_256_megabytes_are_enough_to_answer(tmp_path: Path) -> None:
    """Not always for the picture: what cannot be drawn is shown in Slack's own blocks."""
    with patient_slack() as playground, starved(playground, tmp_path, 256):
        for words, containing in (("top30", "top 30"), ("totals", "originals and fine-tunes"), ("papers", "pairs of")):
            playground.command(f"/frameworks {words}")
            answer = playground.wait_for_message(containing, timeout=120)
            assert [block["type"] for block in answer.blocks][-3:] == list(OWN)
        playground.settled(120)
        assert "Something went wrong" not in str(playground.ephemerals())
