"""A watched channel for the tests of alerts."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bot.alerting.watching import AlertWatch


@pytest.fixture
def watch(tmp_path: Path) -> Iterator[AlertWatch]:
    """Give a workspace with a clock."""
    watch = AlertWatch(tmp_path)
    yield watch
    watch.close()
