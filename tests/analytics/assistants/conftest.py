"""An analyst over a folder of its own and a Hub out of reach, so that the embedded sample answers."""

import datetime as dt
from collections.abc import Iterator

import pytest

from analytics.analyst import Analyst
from analytics.assistants.tool_calls import ToolCalls

OUT_OF_REACH = "http://127.0.0.1:9"
NOW = dt.datetime(2026, 11, 27, 9, tzinfo=dt.UTC)


@pytest.fixture(scope="module")
def analyst(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Analyst]:
    """Make one for a module: nothing that is asked here changes it."""
    made = Analyst(tmp_path_factory.mktemp("home"), OUT_OF_REACH, clock=lambda: NOW, seconds=0.5)
    yield made
    made.close()


@pytest.fixture
def calls(analyst: Analyst) -> ToolCalls:
    """Give its tools."""
    return ToolCalls(analyst)
