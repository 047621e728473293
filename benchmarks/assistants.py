"""
How long does an assistant wait for a warm answer? `.venv/bin/python -m benchmarks.assistants [--calls N]`

`frameworks mcp` in processes of its own, once on its streams and once over HTTP on loopback, a Hub on loopback behind
both; each tool is called once to warm it, then N times in turn. What is measured is the wire: a line or a request sent
to its answer read, without the client's own checks. Beside it the call alone, in this process.
"""

import argparse
import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import httpx2

from analytics.analyst import Analyst
from analytics.assistants.tool_calls import ToolCalls
from tests.loopback.hub import LoopbackHub
from tests.loopback.hub_items import model

ROOT = Path(__file__).parents[1]
TOKEN = "a-token-of-loopback-benchmarks"  # noqa: S105 - made up, for a server on loopback
TAGS = (["pytorch"], ["pytorch", "tf"], ["safetensors"], ["tf"], [])
CALLS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("ask", {"question": "PyTorch or TensorFlow, who has more pre-trained models?"}),
    ("top", {"n": 30}),
    ("totals", {}),
    ("model", {"id": "org/m001"}),
    ("compare", {"first": "org/m001", "second": "org/m003"}),
    ("papers", {}),
    ("official", {}),
    ("changes", {}),
    ("check_claim", {"claim": "85 % of models are PyTorch-only"}),
)
Send = Callable[[dict[str, Any]], Any]


def main() -> None:
    """Print a line for each tool: the median and the 99th percentile of each door, in milliseconds."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--calls", type=int, default=200)
    calls = parser.parse_args().calls
    models = [model(f"org/m{i:03}", downloads=10_000 - i, tags=TAGS[i % 5], library_name="timm") for i in range(200)]
    with LoopbackHub(models) as hub, tempfile.TemporaryDirectory() as home:
        settings = {"HF_ENDPOINT": hub.endpoint, "FRAMEWORKS_HOME": home, "MCP_TOKEN": TOKEN}
        with in_process(settings) as here, streams(settings) as piped, http(settings) as asked:
            doors = {"the call alone": here, "streams": piped, "HTTP": asked}
            print(f"load {os.getloadavg()[0]:.1f}, {calls} calls each: median and 99th percentile in ms")
            for name, arguments in CALLS:
                print(
                    f"{name:12}", "  ".join(measure(door, send, name, arguments, calls) for door, send in doors.items())
                )


def measure(door: str, send: Send, name: str, arguments: dict[str, Any], calls: int) -> str:
    """Call a tool and tell how long it took."""
    call = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": name, "arguments": arguments}}
    took = []
    for _ in range(calls + 1):
        begun = time.perf_counter()
        send(call)
        took.append(1000 * (time.perf_counter() - begun))
    warm = sorted(took[1:])
    return f"{door} {statistics.median(warm):5.1f} {warm[int(len(warm) * 0.99)]:6.1f}"


@contextmanager
def in_process(settings: dict[str, str]) -> Iterator[Send]:
    """Call the tools without a door."""
    with closing(Analyst(Path(settings["FRAMEWORKS_HOME"]), settings["HF_ENDPOINT"])) as analyst:
        tools = ToolCalls(analyst)
        yield lambda call: tools.call(call["params"]["name"], call["params"]["arguments"], {})


@contextmanager
def streams(settings: dict[str, str]) -> Iterator[Send]:
    """Start it on its streams and shake hands."""
    typed = [sys.executable, "-m", "analytics", "mcp"]
    piped = subprocess.Popen(
        typed, cwd=ROOT, env={**os.environ, **settings}, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    hello = {"protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": {"name": "b", "version": "0"}}
    with piped:
        assert piped.stdin and piped.stdout  # noqa: S101, PT018 - both are pipes
        into, out = piped.stdin, piped.stdout

        def send(call: dict[str, Any]) -> str:
            into.write(json.dumps(call) + "\n")
            into.flush()
            return out.readline() if "id" in call else ""

        send({"jsonrpc": "2.0", "id": 0, "method": "initialize", "params": hello})
        send({"jsonrpc": "2.0", "method": "notifications/initialized"})
        yield send
        into.close()


@contextmanager
def http(settings: dict[str, str]) -> Iterator[Send]:
    """Start it over HTTP; one connection is kept."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    serving = subprocess.Popen(
        [sys.executable, "-m", "analytics", "mcp", "--http", str(port)], cwd=ROOT, env={**os.environ, **settings}
    )
    headers = {"Authorization": f"Bearer {TOKEN}", "Accept": "application/json, text/event-stream"}
    with serving, httpx2.Client(headers=headers, trust_env=False, timeout=60) as client:
        address = f"http://127.0.0.1:{port}/mcp"
        while True:
            try:
                client.get(address)
                break
            except httpx2.ConnectError:
                time.sleep(0.05)
        yield lambda call: client.post(address, json=call).raise_for_status()
        serving.terminate()


if __name__ == "__main__":
    main()
