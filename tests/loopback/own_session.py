"""The client library's shared session, opened anew for every test, never through a proxy: for a room's conftest."""

from collections.abc import Iterator

import pytest
from huggingface_hub import close_session


@pytest.fixture(autouse=True)
def own_session(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Close what a test before left open, and what this one does."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1,localhost")
    close_session()
    yield
    close_session()
