"""Sessions for every source but the Hub: opened for one request each, under our own name."""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.metadata import PackageNotFoundError, version

import httpx2

from analytics.sources.http import HttpReader
from analytics.sources.http_answers import retry_after


def user_agent() -> str:
    """Name ourselves; run from a checkout without being installed, there is no version to tell."""
    try:
        return f"frameworks-bot/{version('frameworks-bot')}"
    except PackageNotFoundError:
        return "frameworks-bot"


@cache
def _certificates() -> ssl.SSLContext:
    """Read the certificates once: it takes twenty times what the rest of a session does."""
    return httpx2.create_ssl_context()


@contextmanager
def _own_session() -> Iterator[httpx2.Client]:
    """Open a session for one request: nothing is shared, so nobody else can close it and nothing is left open."""
    with httpx2.Client(follow_redirects=True, verify=_certificates()) as session:
        yield session


WEB = HttpReader(_own_session, retry_after)
"""For every source but the Hub."""
