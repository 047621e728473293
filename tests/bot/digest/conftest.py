"""What tests of the digest share: a harness with a workspace, a folder and a clock."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bot.digest.harness import Harness


@pytest.fixture
def harness(tmp_path: Path) -> Iterator[Harness]:
    """Set up a harness on Monday, an hour before a digest is due."""
    harness = Harness(tmp_path)
    yield harness
    harness.close()
