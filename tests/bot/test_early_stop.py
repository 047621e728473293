"""SIGTERM in the first moments of a process: it is gone at once, and what would have been served says nothing odd."""

import signal
import subprocess
import time
from contextlib import suppress
from pathlib import Path

import pytest

from tests.bot.test_processes import free_port, process
from tests.loopback import postgres
from tests.patient_slack import patient_slack

TEN_SECONDS = 10.0


@pytest.mark.parametrize("moment", [0.0, 0.1, 0.3])
@pytest.mark.parametrize("what", ["web", "clock"])
def test_a_stop_at_the_start_is_heard(tmp_path: Path, postgres_server: str, what: str, moment: float) -> None:
    """Within ten seconds, without a traceback; nothing was begun that could be lost."""
    more = {"DATABASE_URL": postgres.fresh_database(postgres_server), "PORT": str(free_port()), "WEB_CONCURRENCY": "2"}
    with patient_slack() as playground, process(playground, what, tmp_path, **more) as running:
        with suppress(subprocess.TimeoutExpired):
            running.wait(moment)
        began = time.monotonic()
        running.send_signal(signal.SIGTERM)
        _, said = running.communicate(timeout=30)

        assert time.monotonic() - began < TEN_SECONDS
        assert running.returncode in (0, -signal.SIGTERM)
        assert "Traceback" not in said
