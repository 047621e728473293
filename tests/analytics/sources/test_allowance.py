"""One library that an index drips out keeps no other waiting, nor does a round wait for ever: by a clock handed in."""

import sys
from pathlib import Path

import pytest

from analytics.sources.allowance import Allowance, TookTooLong
from analytics.sources.installer import Bounds
from analytics.sources.wheels import Wheels


class Clock:
    """A clock on which every look takes as long as it is told."""

    def __init__(self, seconds: float) -> None:
        self.now, self.seconds = 0.0, seconds

    def __call__(self) -> float:
        """Say what time it is."""
        self.now += self.seconds
        return self.now


def test_what_steps_take_is_taken_off_what_is_left() -> None:
    """Of one library first, then of all; a library that had its time is not begun again, another one is."""
    allowance, left = Allowance(300, 500, Clock(200)), []
    for name in ("a", "a", "b"):
        with allowance.spend(name, "index") as seconds:
            left.append(seconds)

    assert left == [300, 100, 100]
    with pytest.raises(TookTooLong, match="a took all of its 300 s"), allowance.spend("a", "index"):
        pass
    with pytest.raises(TookTooLong, match="others took all of the 500 s of this round"), allowance.spend("c", "index"):
        pass


def test_a_step_that_fails_is_taken_off_too() -> None:
    """An index that drips ends in an error, and that is what must not be waited for again."""
    allowance = Allowance(300, 900, Clock(300))
    with pytest.raises(OSError, match="slow"), allowance.spend("a", "index"):
        raise OSError("slow")

    assert allowance.spent == {"a": 300}


def test_the_installer_is_not_started_for_a_library_that_had_its_time(tmp_path: Path) -> None:
    """Both Pythons are asked within one time; the second asking finds none left and starts nothing."""
    started = tmp_path / "started"
    word = f"open({str(started)!r}, 'a').write('x'); print('{{}}')"
    wheels = Wheels(tmp_path, command=(sys.executable, "-c", word), bounds=Bounds(library=300), clock=Clock(300))

    with pytest.raises(TookTooLong, match="timm took all of its 300 s"):
        wheels.find("timm")
    assert started.read_text(encoding="utf-8") == "x"
