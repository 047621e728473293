"""The tools over the Model Context Protocol, by the official SDK: its low-level server, so that every word is ours."""

from collections.abc import Mapping
from functools import partial
from typing import Any

import anyio
from anyio.to_thread import run_sync
from mcp.server.context import ServerRequestContext
from mcp.server.lowlevel.server import Server
from mcp_types import (
    CallToolRequestParams,
    CallToolResult,
    ListToolsResult,
    PaginatedRequestParams,
    Tool,
    ToolAnnotations,
)

from analytics.assistants.answer_schema import answer_schema, ask_schema, claim_schema
from analytics.assistants.tool_calls import ToolCalls
from analytics.assistants.tool_list import CHECK, CHECK_INPUT, CHECK_SAYS, CHECK_TITLE, QUESTIONS
from analytics.invocation import own_version

NAME = "frameworks"
AT_ONCE = 8
"""Calls that are worked on at once; more of them wait."""

INSTRUCTIONS = (
    "Counts pre-trained models by framework: PyTorch or TensorFlow, on the Hugging Face Hub, in papers, in official "
    "collections. Every number has a definition (attributed: by files, library and tags; declared: by the Hub's tags "
    "alone), a date, an n and a receipt: give them with the number, and never mix the two definitions. SAMPLE and "
    "STALE must be said. Do not fill in what is refused or missing."
)

Extra = Mapping[str, Any]


def make_server(calls: ToolCalls, tool_meta: Extra | None = None) -> Server[Any]:
    """Make the server; `tool_meta` stands at each tool for one kind of client."""
    tools = _list_tools(tool_meta)
    line = anyio.CapacityLimiter(AT_ONCE)

    async def list_tools(_: ServerRequestContext[Any], __: PaginatedRequestParams | None) -> ListToolsResult:
        return ListToolsResult(tools=tools)

    async def call_tool(_: ServerRequestContext[Any], params: CallToolRequestParams) -> CallToolResult:
        work = partial(calls.call, params.name, params.arguments or {}, dict(params.meta or {}))
        return await run_sync(work, limiter=line)

    return Server(
        NAME,
        version=own_version(),
        title="Frameworks: PyTorch or TensorFlow?",
        instructions=INSTRUCTIONS,
        on_list_tools=list_tools,
        on_call_tool=call_tool,
    )


def _list_tools(meta: Extra | None) -> list[Tool]:
    asking = [
        _tool(tool.name, tool.title, tool.says, (tool.input_schema, _output_of(tool.name)), meta) for tool in QUESTIONS
    ]
    return [*asking, _tool(CHECK, CHECK_TITLE, CHECK_SAYS, (CHECK_INPUT, claim_schema()), meta)]


def _output_of(name: str) -> dict[str, Any]:
    return ask_schema() if name == "ask" else answer_schema()


def _tool(name: str, title: str, says: str, schemas: tuple[dict[str, Any], dict[str, Any]], meta: Extra | None) -> Tool:
    """Describe a tool: it only reads, may be called again, and asks the Hub where nothing fresh is stored."""
    reading = ToolAnnotations(
        title=title, read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=True
    )
    return Tool(
        name=name,
        title=title,
        description=says,
        input_schema=schemas[0],
        output_schema=schemas[1],
        annotations=reading,
        _meta=dict(meta) if meta else None,
    )
