"""Each test of a source has a session of its own."""

from tests.loopback.own_session import own_session

__all__ = ["own_session"]
