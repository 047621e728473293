"""The data folder: how much room is little, and who else may use it."""

import errno
import shutil
from pathlib import Path

import pytest

from bot.checkup.machine_checks import check_folder
from bot.runtime.doctor import Health
from bot.runtime.folder import advise, has_little_room, refuse_unwritable, warn_of_others


def test_two_hundred_megabytes_are_little_room(tmp_path: Path) -> None:
    """Of this disk, whatever it has: less than that and the next collection may not fit."""
    assert has_little_room(tmp_path) == (shutil.disk_usage(tmp_path).free < 209_715_200)


@pytest.mark.parametrize(
    ("mode", "health", "said"),
    [
        (0o700, Health.WELL, "by its owner alone."),
        (0o750, Health.LOOK, "may see which files are in"),
        (0o705, Health.LOOK, "may see which files are in"),
        (0o755, Health.LOOK, "may see which files are in"),
        (0o710, Health.LOOK, "may see which files are in"),
        (0o770, Health.MEND, "may change what is in"),
        (0o777, Health.MEND, "may change what is in"),
        (0o702, Health.MEND, "may change what is in"),
    ],
)
def test_who_else_may_use_the_folder_is_told(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, mode: int, health: Health, said: str
) -> None:
    """By the doctor and at the start, with what to do; its rights stay as somebody gave them."""
    tmp_path.chmod(mode)
    found = check_folder(tmp_path)
    warn_of_others(tmp_path)

    assert found.state is health
    assert said in found.sentence
    assert (f"chmod 700 {tmp_path}" in found.advice) == (f"chmod 700 {tmp_path}" in caplog.text) == (mode != 0o700)
    assert tmp_path.stat().st_mode & 0o777 == mode


def test_a_folder_that_is_made_is_its_owners_alone(tmp_path: Path) -> None:
    """Whatever the one above it allows."""
    tmp_path.chmod(0o777)
    refuse_unwritable(tmp_path / "home")

    assert check_folder(tmp_path / "home").state is Health.WELL
    assert "by its owner alone" in check_folder(tmp_path / "home").sentence


@pytest.mark.parametrize("below", ["home", "a/b/home"])
def test_a_look_makes_no_folder(tmp_path: Path, below: str) -> None:
    """It says that the first start will; what stands in the way is said all the same."""
    found = check_folder(tmp_path / below)

    assert (found.state, "the first start makes it" in found.sentence) == (Health.WELL, True)
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "file").touch()
    assert check_folder(tmp_path / "file" / below).state is Health.MEND


@pytest.mark.parametrize(
    ("code", "said"), [("ENOSPC", "Make room on its disk"), ("EDQUOT", "Make room on its disk"), ("EACCES", "writable")]
)
def test_what_to_do_goes_by_what_is_the_matter(code: str, said: str) -> None:
    """A full disk is not mended by a right to write."""
    assert said in advise(OSError(getattr(errno, code), code))
