"""One question through every door gives the same numbers and the same receipt."""

import json
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import httpx2
import pytest

from analytics.analyst import analyst_of
from analytics.assistants.http_door import create_mcp_app
from analytics.pages.page_addresses import address_to_ask, form_address
from analytics.settings import AssistantSettings
from bot.next_steps import read_button
from tests.analytics.at_the_terminal import settings, type_words
from tests.loopback.hub import LoopbackHub
from tests.loopback.hub_items import model
from tests.loopback.mcp_door import TOKEN, over_http, over_streams, run, served
from tests.patient_slack import patient_slack
from tests.scenarios.conftest import OUT_OF_REACH, connected
from tests.scenarios.test_by_http import join

TAGS = [["pytorch"], ["pytorch", "tf"], ["safetensors"], ["tf"], []]
MODELS = [model(f"org/m{i:03}", downloads=10_000 - i, tags=TAGS[i % 5], library_name="timm") for i in range(40)]

ASKED = (
    ("top30", "top", {}),
    ("top10 declared", "top", {"n": 10, "definition": "declared"}),
    ("model org/m001", "model", {"id": "org/m001"}),
    ("compare org/m001 org/m003", "compare", {"first": "org/m001", "second": "org/m003"}),
    ("totals", "totals", {}),
    ("papers 2021Q4", "papers", {"quarter": "2021Q4"}),
    ("official", "official", {}),
)
"""A question in words, and the tool and arguments that ask the same."""

FIGURES = ("question", "headline", "as_of", "definition", "method", "sample", "stale", "counts", "frameworks", "table")


def in_slack(home: Path, hub: str, words: str, **more: Any) -> tuple[str, str, list[list[Any]]]:
    """Ask with the slash command: the receipt that the answer's buttons carry, its question, and its table's rows."""
    with patient_slack() as playground, connected(playground, home, hub, **more):
        playground.command(f"/frameworks {words}")
        playground.settled()
        message = next(one for one in reversed(playground.messages()) if one.blocks)
        buttons = [one for block in message.blocks if block["type"] == "actions" for one in block["elements"]]
        moment, question = read_button(buttons[-1]["value"])
        assert moment is not None
        tables = [block for block in message.blocks if block["type"] == "data_table"]
        cells = [[cell.get("value", cell["text"]) for cell in row] for row in tables[0]["rows"][1:]] if tables else []
        return f"{moment:%Y-%m-%dT%H:%M:%SZ}", question, cells


def test_the_sample_gives_slack_and_the_terminal_the_same_figures(tmp_path: Path) -> None:
    """Both doors at a time at which no source can be reached; all doors below, with a Hub."""
    _, question, rows = in_slack(tmp_path, OUT_OF_REACH, "top10", pictures="off")
    typed = json.loads(type_words(settings(OUT_OF_REACH, tmp_path), ["top10", "--json"], patience=0.1).stdout)

    assert typed["question"] == question
    assert len(rows) == 10
    assert rows == shown(typed, rows)


@pytest.mark.parametrize(("words", "tool", "arguments"), ASKED)
def test_every_door_gives_the_same_figures(tmp_path: Path, words: str, tool: str, arguments: dict[str, Any]) -> None:
    """Slash command, terminal, page, and an assistant over the streams and over HTTP, by words and by its tool."""
    with LoopbackHub(MODELS) as hub:
        moment, question, rows = in_slack(tmp_path, hub.endpoint, words)
        given = settings(hub.endpoint, tmp_path)
        typed = json.loads(type_words(given, [*words.split(), "--json"]).stdout)
        # The receipt of a single model is the moment of asking, which here is that of the terminal.
        when = {"as_of": typed["reproduce"].split()[-1]} if tool in ("model", "compare") else {}
        asked = (("ask", {"question": words} | when), (tool, arguments | when))
        told = run(lambda: ask_assistants(given, hub.endpoint, tmp_path, asked))
        told += by_the_web_process(hub.endpoint, tmp_path, words, asked[:1])

    assert (typed["question"], typed["as_of"]) == (question, moment)
    assert rows == shown(typed, rows)
    assert len(told) == 6
    for answer in told:
        assert {key: answer[key] for key in FIGURES} == {key: typed[key] for key in FIGURES}
        assert answer["reproduce"] == typed["reproduce"]


def by_the_web_process(hub: str, home: Path, words: str, asked: "Calls") -> list[Any]:
    """Ask the web process: its page, as JSON, and its door for assistants."""
    wanted = {"hf_endpoint": hub, "mcp_token": TOKEN, "pages": True}
    with ExitStack() as stack:
        playground = stack.enter_context(patient_slack())
        address, _ = join(stack, playground, home, **wanted)
        moved = httpx2.get(address + address_to_ask(words)).headers["location"]
        past = {"as-of": when} if (when := asked[0][1].get("as_of")) else {}
        page = httpx2.get(address + form_address("data", moved), params=past, timeout=30).json()
        return [page, *run(lambda: ask_one(over_http(f"{address}/mcp"), asked))]


async def ask_one(door: Any, asked: "Calls") -> list[Any]:
    """Ask at one door."""
    async with door as client:
        return [(await client.call_tool(name, arguments)).structured_content for name, arguments in asked]


def shown(typed: dict[str, Any], rows: list[list[Any]]) -> list[list[Any]]:
    """Give the terminal's rows as Slack shows them: as many rows and columns, and a dash for what could not be had."""
    width = len(rows[0]) if rows else 0
    return [["–" if cell is None else cell for cell in row[:width]] for row in typed["table"]["rows"][: len(rows)]]


Calls = tuple[tuple[str, dict[str, Any]], ...]


async def ask_assistants(given: dict[str, str], hub: str, home: Path, asked: Calls) -> list[Any]:
    """Ask both doors for assistants, in words and by the tool."""
    wanted = AssistantSettings(_env_file=None, frameworks_home=home, hf_endpoint=hub, mcp_token=TOKEN)
    analyst = analyst_of(wanted)
    told = []
    with served(create_mcp_app(analyst, wanted)) as address:
        for door in (over_streams(given), over_http(address)):
            told += await ask_one(door, asked)
    analyst.close()
    return told
