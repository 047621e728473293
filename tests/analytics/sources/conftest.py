"""The client library's shared session, opened anew for every test and never through a proxy."""

from collections.abc import Iterator

import pytest
from huggingface_hub import close_session


@pytest.fixture(autouse=True)
def _own_session(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1,localhost")
    close_session()
    yield
    close_session()
