"""The data folder: how much room is little."""

import shutil
from pathlib import Path

from bot.runtime.folder import has_little_room


def test_two_hundred_megabytes_are_little_room(tmp_path: Path) -> None:
    """Of this disk, whatever it has: less than that and the next collection may not fit."""
    assert has_little_room(tmp_path) == (shutil.disk_usage(tmp_path).free < 209_715_200)
