"""A stand-in for Slack, for whatever speaks to it."""

from collections.abc import Iterator

import pytest

from playground.server import Playground


@pytest.fixture
def playground() -> Iterator[Playground]:
    """Start a stand-in without limits of its own."""
    with Playground(rate_limits=False) as running:
        yield running
