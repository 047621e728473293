"""The side of a worker: answers jobs, one line of JSON each, within a limit of memory."""

import json
import os
import resource
import sys
import traceback
from collections.abc import Callable, Mapping
from typing import Any

MEMORY = 16 * 1024**3
"""Of addresses, not of pages: TensorFlow and JAX reserve far more than they use."""

Job = Mapping[str, Any]


def serve(load: Callable[[Job], Any], run: Callable[[Any, Job], Mapping[str, Any]]) -> None:
    """Answer each job on the real standard output; what libraries print goes to the log."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    for line in sys.stdin:
        answers.write(json.dumps(_answer(load, run, json.loads(line))) + "\n")
        answers.flush()


def _answer(load: Callable[[Job], Any], run: Callable[[Any, Job], Mapping[str, Any]], job: Job) -> Mapping[str, Any]:
    """Load and run; a load that fails is refused, one that cannot be run proves nothing either way."""
    failure = "refused"
    try:
        loaded = load(job)
        failure = "not compared"
        return run(loaded, job)
    except (Exception, SystemExit) as error:  # noqa: BLE001  # whatever a library raises is what was to be found out
        traceback.print_exc()
        return {"failure": failure, "detail": _first_line(error, str(job["folder"]))}


def _first_line(error: BaseException, folder: str) -> str:
    """Keep the first line that says something, without the name of a folder here."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()] or [""]
    return f"{type(error).__name__}: {lines[0]}".replace(folder, "the folder")[:200].rstrip(": ")
