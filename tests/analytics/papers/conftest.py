"""A session of its own for each test, and what papers are asked of."""

from tests.analytics.papers.papers_door import api, opened
from tests.loopback.own_session import own_session

__all__ = ["api", "opened", "own_session"]
