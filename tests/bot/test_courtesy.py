"""Work that lets those go first who are not yet heard: what a start imports stands aside too, but not for ever."""

import importlib
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.courtesy import MOST_OF_A_START, importing_courteously

MODULES = ("courteous_one", "courteous_two", "courteous_three")


@pytest.fixture(autouse=True)
def modules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Lay three modules where they are found, and forget them at the end."""
    monkeypatch.syspath_prepend(str(tmp_path))
    for name in MODULES:
        (tmp_path / f"{name}.py").write_text("")
    yield
    for name in MODULES:
        sys.modules.pop(name, None)


class BusyMoments:
    """Somebody asks at every moment, so that each wait takes its time."""

    def __init__(self, seconds: float) -> None:
        self.waits, self.time, self._seconds = 0, 0.0, seconds

    def wait(self) -> None:
        """Wait for a quiet moment."""
        self.waits += 1
        self.time += self._seconds

    def now(self) -> float:
        """Tell the seconds."""
        return self.time


def test_each_module_waits_for_a_quiet_moment() -> None:
    """So a crowd is heard between two of them, and not after the last."""
    crowd = BusyMoments(0.0)
    with importing_courteously(crowd.wait, crowd.now):
        for name in MODULES:
            importlib.import_module(name)

    assert crowd.waits == len(MODULES)
    importlib.import_module("json.tool")
    assert crowd.waits == len(MODULES)


def test_a_start_waits_not_for_ever() -> None:
    """Where somebody asks all the time, the first picture must come too."""
    crowd = BusyMoments(MOST_OF_A_START)
    with importing_courteously(crowd.wait, crowd.now):
        for name in MODULES:
            importlib.import_module(name)

    assert crowd.waits == 1


def test_others_import_without_waiting() -> None:
    """Whoever acknowledges is not kept by it."""
    crowd = BusyMoments(0.0)
    with importing_courteously(crowd.wait, crowd.now):
        other = threading.Thread(target=importlib.import_module, args=(MODULES[0],))
        other.start()
        other.join()

    assert MODULES[0] in sys.modules
    assert crowd.waits == 0
