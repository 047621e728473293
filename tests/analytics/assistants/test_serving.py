"""`frameworks mcp` as it is typed: on the streams, over HTTP, wrongly, and where its extra is not installed."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from tests.analytics.at_the_terminal import settings, type_words
from tests.loopback.mcp_door import ROOT, TOKEN, over_http, run
from tests.processes import start

OUT_OF_REACH = "http://127.0.0.1:9"


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (["mcp", "5"], 2, "“mcp” takes --http PORT or nothing; “5” came."),
        (["mcp", "--http"], 2, "“mcp” takes --http PORT or nothing"),
        (["mcp", "--json"], 2, "“--json” came"),
        (["mcp", "--http", "8000"], 1, "MCP_TOKEN is not set, so the door for assistants stays shut."),
        (["mcp", "--http", "port"], 2, "“--http” takes a port, such as 8000"),
        (["mcp", "--http=0"], 2, "“--http” takes a port, such as 8000"),
        (["mcp", "--http", "99999"], 2, "“--http” takes a port, such as 8000"),
    ],
)
def test_what_is_typed_wrongly_is_said(tmp_path: Path, words: list[str], status: int, said: str) -> None:
    """One sentence, and the status of the terminal."""
    typed = type_words(settings(OUT_OF_REACH, tmp_path, columns=200), words)

    assert (typed.returncode, typed.stdout) == (status, "")
    assert said in typed.stderr


@pytest.mark.parametrize("missing", ["mcp", "uvicorn", "jsonschema"])
def test_without_the_extra_it_says_what_to_install(tmp_path: Path, missing: str) -> None:
    """Production goes without; the sentence names the command."""
    code = f"import sys; sys.modules[{missing!r}] = None; from analytics.__main__ import main; sys.exit(main(['mcp']))"
    ended = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env=settings(OUT_OF_REACH, tmp_path),
        check=False,
    )

    assert (ended.returncode, ended.stdout) == (1, "")
    assert 'pip install ".[mcp]"' in ended.stderr
    assert "Traceback" not in ended.stderr


def test_the_terminal_needs_nothing_of_the_extra() -> None:
    """What only assistants need is not imported for a question."""
    heavy = ["mcp", "mcp_types", "starlette", "uvicorn", "jsonschema"]
    code = f"import sys, analytics.__main__, bot.app; print([name for name in {heavy} if name in sys.modules])"

    assert subprocess.check_output([sys.executable, "-c", code], text=True, cwd=ROOT).strip() == "[]"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGTERM to send")
def test_it_serves_alone_and_ends_when_told_to(tmp_path: Path) -> None:
    """A process of its own answers the official client over HTTP, and a SIGTERM ends it in order, with 0."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    environment = settings(OUT_OF_REACH, tmp_path) | {"MCP_TOKEN": TOKEN}
    with start([sys.executable, "-m", "analytics", "mcp", "--http", str(port)], env=environment, cwd=ROOT) as program:
        _await_port(port)

        async def talk() -> Any:
            async with over_http(f"http://127.0.0.1:{port}/mcp") as client:
                return await client.call_tool("official", {})

        answered = run(talk)
        program.send_signal(signal.SIGTERM)
        assert program.wait(30) == 0

    assert answered.structured_content["question"] == "official"


def _await_port(port: int) -> None:
    until = time.monotonic() + 60
    while True:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except OSError:
            assert time.monotonic() < until
            time.sleep(0.05)  # a process of its own is waited for, not a clock; it tells nobody when it listens
        else:
            return
