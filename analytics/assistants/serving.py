"""`frameworks mcp`: on standard streams for a desktop assistant or an editor; `--http PORT` for others."""

import logging
import re
import signal
import threading

import anyio
import uvicorn
from mcp.server.stdio import stdio_server

from analytics.analyst import Analyst
from analytics.assistants.http_door import NotOpen, create_mcp_app
from analytics.assistants.protocol import make_server
from analytics.assistants.tool_calls import ToolCalls
from analytics.settings import AnalyticsSettings

log = logging.getLogger(__name__)

HERE = "127.0.0.1"
ADDRESS = re.compile(r"(?:(?P<host>[A-Za-z0-9.-]+|\[[0-9a-fA-F:]+\]):)?(?P<port>[0-9]{1,5})")
LAST_PORT = 65_535


class NoSuchAddress(ValueError):
    """Words after `--http` that are no port and no HOST:PORT."""


def serve_streams(analyst: Analyst) -> None:
    """Answer on standard input and output until the other side closes them; only the protocol is written there."""
    _warm_up(analyst)
    anyio.run(_serve_streams, analyst)


async def _serve_streams(analyst: Analyst) -> None:
    server = make_server(ToolCalls(analyst))
    async with stdio_server() as (reading, writing):
        await server.run(reading, writing, server.create_initialization_options())


def serve_http(analyst: Analyst, settings: AnalyticsSettings, address: str) -> None:
    """Serve `/mcp` until stopped. Raises NotOpen without a token, NoSuchAddress."""
    host, port = _read_address(address)
    app = create_mcp_app(analyst, settings)
    _warm_up(analyst)
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # uvicorn raises it again when all is closed
    uvicorn.run(app, host=host, port=port, log_config=None, access_log=False, server_header=False, lifespan="on")


def _read_address(typed: str) -> tuple[str, int]:
    """Read `8000` (this machine alone) or `0.0.0.0:8000`."""
    parts = ADDRESS.fullmatch(typed)
    if not parts or not 0 < int(parts["port"]) <= LAST_PORT:
        raise NoSuchAddress("“--http” takes a port, such as 8000, or an address and a port, such as 0.0.0.0:8000.")
    return (parts["host"] or HERE).strip("[]"), int(parts["port"])


def _warm_up(analyst: Analyst) -> None:
    """Load beside all else what the first answer would have to wait for."""
    threading.Thread(target=_load, args=(analyst,), name="warm-up", daemon=True).start()


def _load(analyst: Analyst) -> None:
    try:
        analyst.warm_up()
    except Exception:  # the first call will meet the same trouble, and tell its asker
        log.exception("warming up failed")


__all__ = ["NoSuchAddress", "NotOpen", "serve_http", "serve_streams"]
