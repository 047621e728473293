"""The lines of the Procfile as real processes: they serve, they stand by, and they end when told to."""

import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import httpx2
import pytest

from playground.server import Playground
from playground.signed_requests import SignedRequests
from tests.few_certificates import FEW_CERTIFICATES
from tests.forked_command import forked
from tests.loopback import postgres
from tests.patient_slack import patient_slack

ROOT = Path(__file__).parents[2]
SECRET = "a-signing-secret-of-tests"


def free_port() -> int:
    """Find a port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])


@contextmanager
def process(playground: Playground, what: str | None, home: Path, **settings: str) -> Iterator[subprocess.Popen[str]]:
    """Start `python -m bot WHAT`, forked, on the playground; whatever happens it is gone afterwards."""
    environment = FEW_CERTIFICATES | {
        "PATH": "/usr/bin:/bin",
        "SLACK_BOT_TOKEN": playground.bot_token,
        "SLACK_SIGNING_SECRET": SECRET,
        "SLACK_API_URL": playground.api_url,
        "FRAMEWORKS_HOME": str(home),
        "HF_ENDPOINT": "http://127.0.0.1:9",
        "COLLECT": "off",
        "WEB_HOST": "127.0.0.1",
    }
    command = [*forked("bot", "tests.preloaded"), *filter(None, [what])]
    running = subprocess.Popen(command, env=environment | settings, cwd=ROOT, stderr=subprocess.PIPE, text=True)
    try:
        yield running
    finally:
        running.terminate()  # a supervisor that is killed leaves its processes behind, and they hold the pipe
        try:
            running.communicate(timeout=30)
        except subprocess.TimeoutExpired:
            running.kill()
            running.communicate()


def looks(seconds: float = 60.0) -> Iterator[None]:
    """Look now and again: whoever is waited for is a process that tells nobody, and needs the processor itself."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        yield
        time.sleep(0.05)  # no clock is waited for, as said above
    raise TimeoutError("it did not come")


def await_ready(port: int) -> None:
    """Ask until it serves."""
    for _ in looks():
        with suppress(httpx2.TransportError):
            if httpx2.get(f"http://127.0.0.1:{port}/readyz").status_code == 200:
                return


def await_metric(port: int, name: str, least: float) -> None:
    """Read the metrics until one is as high."""
    next(None for _ in looks() if read_metrics(port)[name] >= least)


@pytest.mark.parametrize("processes", ["1", "2"])
def test_web_answers_by_http_and_ends_when_told_to(tmp_path: Path, postgres_server: str, processes: str) -> None:
    """One process with SQLite, two on a PostgreSQL."""
    port = free_port()
    database = {} if processes == "1" else {"DATABASE_URL": postgres.fresh_database(postgres_server)}
    with ExitStack() as stack:
        playground = stack.enter_context(patient_slack())
        more = database | {"PORT": str(port), "WEB_CONCURRENCY": processes}
        running = stack.enter_context(process(playground, "web", tmp_path, **more))
        await_ready(port)
        playground.site.deliveries.send_by(SignedRequests(f"http://127.0.0.1:{port}/slack/events", SECRET))
        assert playground.command("/frameworks top30").wait().outcome == "acked"
        playground.wait_for_message("of the top 30 models")

        running.send_signal(signal.SIGTERM)
        _, said = running.communicate(timeout=30)
        assert "Traceback" not in said


def test_web_without_a_secret_says_what_is_missing(tmp_path: Path) -> None:
    """In one sentence, status 2."""
    lacking = {"SLACK_SIGNING_SECRET": "", "SLACK_APP_TOKEN": "xapp-1-A1-1-x"}
    with (
        patient_slack() as playground,
        process(playground, "web", tmp_path, **lacking) as running,
    ):
        _, said = running.communicate(timeout=60)

    assert running.returncode == 2
    assert "\nSLACK_SIGNING_SECRET is missing" in f"\n{said}"  # the log may speak first
    assert "Traceback" not in said


def test_the_clock_ends_when_told_to_and_wants_a_shared_database(tmp_path: Path, postgres_server: str) -> None:
    """Status 0; with SQLite status 2 and the way out."""
    with patient_slack() as playground:
        url = postgres.fresh_database(postgres_server)
        with process(playground, "clock", tmp_path, DATABASE_URL=url, LOG_LEVEL="INFO") as running:
            assert running.stderr
            while "keeping the time" not in running.stderr.readline():
                assert running.poll() is None
            running.send_signal(signal.SIGTERM)
            assert running.wait(30) == 0
        with process(playground, "clock", tmp_path) as alone:
            _, said = alone.communicate(timeout=60)

    assert alone.returncode == 2
    assert "With SQLite one process does all" in said


def read_metrics(port: int) -> dict[str, float]:
    """Read what the process that happens to answer tells, each value under its name and labels."""
    with httpx2.Client() as fresh:  # a connection of its own: the next one may reach the other process
        page = fresh.get(f"http://127.0.0.1:{port}/metrics").text
    lines = [line for line in page.splitlines() if line.startswith("frameworks_")]
    return {name: float(value) for name, _, value in (line.rpartition(" ") for line in lines)}


def test_whichever_process_answers_tells_the_counts_of_all(tmp_path: Path, postgres_server: str) -> None:
    """Two processes behind one port: twelve commands are twelve at every look, and memory is that of both."""
    port, url = free_port(), postgres.fresh_database(postgres_server)
    more = {"DATABASE_URL": url, "PORT": str(port), "WEB_CONCURRENCY": "2", "METRICS": "on"}
    acknowledged = 'frameworks_acknowledgement_seconds_count{kind="command",outcome="ok"}'
    with patient_slack() as playground, process(playground, "web", tmp_path, **more):
        await_ready(port)
        await_metric(port, "frameworks_starts_total", 2)
        playground.site.deliveries.send_by(SignedRequests(f"http://127.0.0.1:{port}/slack/events", SECRET))
        for _ in range(12):
            assert playground.command("/frameworks help").wait().outcome == "acked"
        looks = [read_metrics(port) for _ in range(8)]

    assert {look[acknowledged] for look in looks} == {12}
    assert {look["frameworks_processes"] for look in looks} == {2}
    assert len(set(looks[0]) & {"frameworks_resident_memory_bytes", 'frameworks_part_well{part="database"}'}) == 2


def test_the_clock_tells_on_its_port_that_it_leads(tmp_path: Path, postgres_server: str) -> None:
    """Where HEALTH_PORT is set: ready from its start on, and in the metrics a one as soon as it leads."""
    port, url = free_port(), postgres.fresh_database(postgres_server)
    more = {"DATABASE_URL": url, "HEALTH_PORT": str(port), "METRICS": "on"}
    with patient_slack() as playground, process(playground, "clock", tmp_path, **more):
        await_ready(port)
        await_metric(port, "frameworks_leads", 1)


@pytest.mark.parametrize("what", [None, "clock"])
def test_a_process_that_waits_for_slack_lives_and_is_not_ready(
    tmp_path: Path, postgres_server: str, what: str | None
) -> None:
    """Whoever asks whether it lives would end it, and the next one, as long as Slack is away."""
    port, nobody = free_port(), f"http://127.0.0.1:{free_port()}"
    away = {"SLACK_API_URL": f"{nobody}/api/", "SLACK_APP_TOKEN": "xapp-1-A1-1-x", "HEALTH_PORT": str(port)}
    away |= {"DATABASE_URL": postgres.fresh_database(postgres_server), "METRICS": "on"}
    with Playground(processing_seconds=0.0) as playground, process(playground, what, tmp_path, **away):
        for _ in looks():
            with suppress(httpx2.TransportError):
                if httpx2.get(f"http://127.0.0.1:{port}/healthz").status_code == 200:
                    break
        ready = httpx2.get(f"http://127.0.0.1:{port}/readyz")

        assert (ready.status_code, ready.json()["parts"]["slack"]["well"]) == (503, False)
        assert httpx2.get(f"http://127.0.0.1:{port}/metrics").status_code == 200
