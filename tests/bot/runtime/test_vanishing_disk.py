"""SQLite on a disk that vanishes is warned of, with what to set; one that stays is not."""

import logging
from pathlib import Path

import pytest

from bot.runtime.vanishing_disk import warn_of_vanishing

MOUNTS = """\
22 1 0:20 / / rw - overlay overlay rw
30 22 0:30 / /run rw - tmpfs tmpfs rw
31 22 0:31 / /old rw - aufs none rw
32 22 0:32 / /ram rw - ramfs ramfs rw
33 22 0:33 / /boot rw - rootfs rootfs rw
40 22 8:1 / /data rw - ext4 /dev/sda1 rw
"""


@pytest.mark.parametrize(
    ("folder", "variable", "told"),
    [
        ("/home/bot", "", "the layer of a container"),
        ("/run/bot", "", "memory"),
        ("/old/bot", "", "the layer of a container"),
        ("/ram/bot", "", "memory"),
        ("/boot/bot", "", "memory"),
        ("/data/bot", "DYNO", "a disk of Heroku"),
        ("/data/bot", "", ""),
    ],
)
def test_a_disk_that_vanishes_is_named_with_the_way_out(
    folder: str, variable: str, told: str, caplog: pytest.LogCaptureFixture
) -> None:
    """As an error in the log; a volume is silent."""
    warn_of_vanishing(Path(folder), {variable: "web.1"}, MOUNTS)

    said = [record.getMessage() for record in caplog.records if record.levelno == logging.ERROR]
    assert [told in one and "Set DATABASE_URL" in one for one in said] == [True] * bool(told)
