"""A process in another environment that answers jobs; one that hangs or dies is replaced."""

import json
import os
import select
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
SECONDS = 300
"""For one job, the start of its libraries included."""

QUIET = {
    "OMP_NUM_THREADS": "2",
    "TF_NUM_INTRAOP_THREADS": "2",
    "TF_NUM_INTEROP_THREADS": "1",
    "TF_CPP_MIN_LOG_LEVEL": "3",
}
OFFLINE = {"HF_HUB_OFFLINE": "1", "CUDA_VISIBLE_DEVICES": "", "JAX_PLATFORMS": "cpu"}


@dataclass(slots=True)
class Worker:
    """Starts at the first job."""

    python: Path
    module: str
    environment: Mapping[str, str]
    log: Path
    _process: subprocess.Popen[bytes] | None = field(default=None, init=False)

    def ask(self, job: Mapping[str, Any]) -> dict[str, Any]:
        """Give the answer; of a process that is gone or too slow that it told nothing."""
        process = self._process or self._start()
        assert process.stdin
        assert process.stdout
        process.stdin.write(json.dumps(job).encode() + b"\n")
        process.stdin.flush()
        ready, _, _ = select.select([process.stdout], [], [], SECONDS)
        line = process.stdout.readline() if ready else b""
        return json.loads(line) if line else self._replace(in_time=bool(ready))

    def stop(self) -> None:
        """End the process, if there is one."""
        if self._process:
            self._process.kill()
            self._process.wait()
            self._process = None

    def _start(self) -> subprocess.Popen[bytes]:
        environment = {**os.environ, **QUIET, **OFFLINE, **self.environment}
        command = ["nice", "-n", "10", str(self.python), "-m", self.module]
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                command, cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log
            )
        return self._process

    def _replace(self, *, in_time: bool) -> dict[str, Any]:
        """Stop it; the next job starts another."""
        self.stop()
        detail = "the process ended (out of memory, or a crash)" if in_time else f"not done after {SECONDS} seconds"
        return {"failure": "not compared", "detail": detail}
