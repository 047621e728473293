"""The child that collects: it ends with whoever started it, and says so to nobody."""

import json
import subprocess
import sys
from pathlib import Path

from analytics.analyst import Analyst
from tests.few_certificates import FEW_CERTIFICATES
from tests.loopback.papers_api import ListedPaper, PapersApi

PATIENCE = 60
COMMAND = (sys.executable, "-m", "analytics.collecting_child")


def environment(folder: Path, api: str = "http://127.0.0.1:9") -> dict[str, str]:
    """Give the settings of a child, of a Hub that is down."""
    wanted = {"FRAMEWORKS_HOME": str(folder), "HF_ENDPOINT": "http://127.0.0.1:9", "PAPERS_API_URL": api}
    return {"PYTHONPATH": str(Path(__file__).parents[2]), **FEW_CERTIFICATES, **wanted}


def test_it_ends_when_whoever_started_it_is_gone(tmp_path: Path) -> None:
    """In the middle of a request that is never answered; no failure of the source is stored for that."""
    with PapersApi([ListedPaper("2026-08-15", ("PyTorch",))], ("PyTorch",)) as api:
        api.gate.clear()
        words, pipe = (*COMMAND, "papers"), subprocess.PIPE
        with subprocess.Popen(words, env=environment(tmp_path, api.address), stdin=pipe, stdout=pipe) as child:
            try:
                assert api.reached.wait(PATIENCE)
                child.stdin.close()  # type: ignore[union-attr]  # it is a pipe
                assert child.wait(PATIENCE) == 1
            finally:
                child.kill()

    assert Analyst(tmp_path, "http://127.0.0.1:9").tell_last_collection("papers") == (None, None)


def test_its_last_word_says_what_went_wrong(tmp_path: Path) -> None:
    """Its standard output holds lines of JSON alone; a mistake of ours is told too, and ends it in order."""
    words, pipe = (*COMMAND, "no collector"), subprocess.PIPE
    with subprocess.Popen(words, env=environment(tmp_path), stdin=pipe, stdout=pipe) as child:
        said = [json.loads(line) for line in child.stdout or ()]
        assert child.wait(PATIENCE) == 0

    assert [word["log"][:2] for word in said[:-1]] == [["analytics.collecting_child", 40]]
    assert "'no collector' is not a valid Collector" in said[0]["log"][2]
    assert said[-1] == {"failed": "the program made a mistake in reading it (ValueError)"}
