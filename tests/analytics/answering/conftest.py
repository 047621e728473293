"""A door to a folder in which the census of a module's own Hub was collected, once."""

import datetime as dt
from collections.abc import Iterator

import pytest

from analytics.analyst import Analyst
from tests.loopback.hub import LoopbackHub

DAY = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)


@pytest.fixture(scope="module")
def door(hub: LoopbackHub, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Analyst]:
    """Collect the census that the module's fixture `hub` serves."""
    analyst = Analyst(tmp_path_factory.mktemp("home"), hub.endpoint, clock=lambda: DAY)
    analyst.collect("census")
    yield analyst
    analyst.close()
