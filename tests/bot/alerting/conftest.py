"""A watched channel for the tests of alerts."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bot.alerting.watching import Watch


@pytest.fixture
def watch(tmp_path: Path) -> Iterator[Watch]:
    """Give a workspace with a clock."""
    watch = Watch(tmp_path)
    yield watch
    watch.close()
