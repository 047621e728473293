"""Slackbot gets an answer in Slack's blocks beside it: of kinds it shows, within its limits, and it alone."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from analytics import grammar
from analytics.analyst import Analyst
from analytics.assistants.http_door import create_mcp_app
from analytics.errors import AnalyticsError
from analytics.grammar import EXAMPLES
from analytics.settings import AnalyticsSettings
from bot.slackbot import ALLOWED, TOOL_META, add_blocks, as_blocks
from tests.loopback.mcp_door import TOKEN, over_http, run, served

CALLED_BY_SLACK = {"slack": {"user_id": "U1", "team_id": None}}


@pytest.fixture(scope="module")
def analyst(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Analyst]:
    """Answer from the embedded sample."""
    made = Analyst(tmp_path_factory.mktemp("home"), "http://127.0.0.1:9", seconds=0.5)
    yield made
    made.close()


def blocks_of(analyst: Analyst, words: str) -> list[dict[str, Any]]:
    """Ask, and give the answer's blocks; none where there is no answer here."""
    request = grammar.parse(words)
    assert not isinstance(request, grammar.Unclear)
    try:
        return as_blocks(analyst.answer(request))
    except AnalyticsError:
        return []


@pytest.mark.parametrize("words", [words for words, _ in EXAMPLES])
def test_every_answer_is_within_what_slackbot_shows(analyst: Analyst, words: str) -> None:
    """One wrong block would drop all: kinds, number, charts, characters of tables, one button a block."""
    blocks = blocks_of(analyst, words)
    tables = [block for block in blocks if block["type"] == "data_table"]
    rows = [block["elements"] for block in blocks if block["type"] == "actions"]

    assert {block["type"] for block in blocks} <= ALLOWED
    assert len(blocks) <= 50
    assert sum(block["type"] == "data_visualization" for block in blocks) <= 2
    assert sum(len(cell["text"]) for table in tables for row in table["rows"] for cell in row) <= 20_000
    assert all(len(row) == 1 and row[0]["action_id"] == "tool:ask" for row in rows)
    assert all(len(row[0]["value"]) <= 2_000 for row in rows)


def test_an_answer_comes_with_its_chart_and_its_table(analyst: Analyst) -> None:
    """As it does in a channel, where no picture can be."""
    kinds = [block["type"] for block in blocks_of(analyst, "top30")]

    assert kinds[:4] == ["section", "data_visualization", "data_table", "context"]


def test_a_button_calls_the_tool_with_its_question(analyst: Analyst) -> None:
    """Its value is JSON, and what it asks is a question."""
    asked = [
        json.loads(block["elements"][0]["value"])["question"]
        for block in blocks_of(analyst, "totals")
        if block["type"] == "actions"
    ]

    assert asked
    assert not any(isinstance(grammar.parse(words), grammar.Unclear) for words in asked)


def test_other_clients_get_no_blocks(analyst: Analyst) -> None:
    """Who does not name a Slack user gets the answer alone; what is no user is no fault."""
    answer = analyst.answer(grammar.parse("official"))  # type: ignore[arg-type]  # canonical words

    assert add_blocks(answer, CALLED_BY_SLACK)["slack"]["blocks"]
    assert [add_blocks(answer, asked) for asked in ({}, {"slack": []}, {"slack": None})] == [{}, {}, {}]


def test_over_the_wire(analyst: Analyst, tmp_path: Path) -> None:
    """Tools say that they answer in blocks, and the result carries them in `_meta`, for Slackbot alone."""
    settings = AnalyticsSettings(_env_file=None, mcp_token=TOKEN, frameworks_home=tmp_path)

    async def talk(address: str) -> Any:
        async with over_http(address) as client:
            tools = (await client.list_tools()).tools
            plain = await client.call_tool("official", {})
            slack = await client.call_tool("official", {}, meta=CALLED_BY_SLACK)
            return tools, plain, slack

    with served(create_mcp_app(analyst, settings, extras=add_blocks, tool_meta=TOOL_META)) as address:
        tools, plain, slack = run(lambda: talk(address))

    assert all(tool.meta == TOOL_META for tool in tools)
    assert "slack" not in (plain.meta or {})
    assert slack.meta["slack"]["blocks"][0]["type"] == "section"
    assert slack.structured_content == plain.structured_content
