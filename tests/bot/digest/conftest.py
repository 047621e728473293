"""What tests of the digest share: a desk with a workspace, a folder and a clock."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bot.digest.desk import Desk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Set up a desk on Monday, an hour before a digest is due."""
    desk = Desk(tmp_path)
    yield desk
    desk.close()
