"""`frameworks mcp` in a process of its own, asked by the official client over its streams."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.loopback.mcp_door import ERAS, ROOT, over_streams, run, text_of

OUT_OF_REACH = "http://127.0.0.1:9"
NAMES = ["ask", "top", "totals", "model", "compare", "papers", "official", "changes", "check_claim"]


def settings(home: Path, **more: str) -> dict[str, str]:
    """Give a near-empty environment, as a desktop assistant does."""
    return {"FRAMEWORKS_HOME": str(home), "HF_ENDPOINT": OUT_OF_REACH, "HF_HOME": str(home), **more}


@pytest.mark.parametrize("era", ERAS)
def test_a_session_of_the_official_client(tmp_path: Path, era: str) -> None:
    """Both eras of the protocol: the tools are listed as reading only, and each of them answers."""

    async def talk() -> Any:
        async with over_streams(settings(tmp_path), era) as client:
            listed = (await client.list_tools()).tools
            answered = await client.call_tool("top", {"n": 5})
            checked = await client.call_tool("check_claim", {"claim": "85 % of models are PyTorch-only"})
            refused = await client.call_tool("ask", {"question": "tpo30"})
            return client.protocol_version, listed, answered, checked, refused

    version, listed, answered, checked, refused = run(talk)

    assert version == era
    assert [tool.name for tool in listed] == NAMES
    assert all(tool.annotations.read_only_hint and not tool.annotations.destructive_hint for tool in listed)
    assert all(tool.output_schema["type"] == "object" for tool in listed)
    assert answered.structured_content["counts"] == {"pytorch_only": 2, "tensorflow_only": 0, "both": 3, "neither": 0}
    assert checked.structured_content["verdict"] == "cannot tell"
    assert (refused.is_error, "Try: top30" in text_of(refused)) == (True, True)


def test_only_the_protocol_is_written_to_standard_output(tmp_path: Path) -> None:
    """Each line there is JSON-RPC, whatever is logged; when the other side closes, the program ends with 0."""
    hello = {"protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": {"name": "t", "version": "0"}}
    sent = [
        {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": hello},
        {"jsonrpc": "2.0", "method": "notifications/initialized"},
        {"jsonrpc": "2.0", "id": 2, "method": "tools/call", "params": {"name": "official", "arguments": {}}},
    ]
    lines = "".join(f"{json.dumps(one)}\n" for one in sent) + "no json\n"
    typed = [sys.executable, "-m", "analytics", "mcp"]
    program = subprocess.Popen(
        typed,
        cwd=ROOT,
        env=settings(tmp_path, LOG_LEVEL="DEBUG"),
        text=True,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    with program:
        assert program.stdin
        assert program.stdout
        program.stdin.write(lines)
        program.stdin.flush()
        answers = [json.loads(program.stdout.readline()) for _ in range(2)]
        program.stdin.close()
        rest = program.stdout.read().splitlines()
        assert program.wait(30) == 0

    assert [one["id"] for one in answers] == [1, 2]
    assert all(json.loads(line)["jsonrpc"] == "2.0" for line in rest)
    assert answers[1]["result"]["structuredContent"]["question"] == "official"
