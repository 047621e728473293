"""A picture is shown with what the machine has, or it is said where it is."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from analytics.picture_viewer import place_for, show
from analytics.settings import find_screens

if TYPE_CHECKING:
    from collections.abc import Sequence

PICTURE = Path("chart.png")


def there(name: str) -> str:
    """Find every program."""
    return f"/usr/bin/{name}"


def missing(name: str) -> str | None:
    """Find no program."""
    del name


@pytest.mark.parametrize(
    ("system", "screens", "opener"),
    [("linux", (":0",), "xdg-open"), ("darwin", (), "open"), ("win32", (), "cmd")],
)
def test_a_picture_is_opened_by_what_the_system_has(system: str, screens: tuple[str, ...], opener: str) -> None:
    """The file is the last word of what is started."""
    started: list[Sequence[str]] = []

    said = show(PICTURE, screens, system, there, started.append)

    assert [(words[0], words[-1]) for words in started] == [(opener, "chart.png")]
    assert said == "The chart is in chart.png."


@pytest.mark.parametrize(("screens", "why"), [((), "this machine has no screen"), ((":0",), "xdg-open is not there")])
def test_without_a_screen_it_is_said_where_the_picture_is(screens: tuple[str, ...], why: str) -> None:
    """Nothing is started."""
    started: list[Sequence[str]] = []

    said = show(PICTURE, screens, "linux", missing, started.append)

    assert started == []
    assert said == f"The chart is in chart.png; it is not shown, because {why}."


def test_a_picture_that_no_file_is_named_for_has_a_folder_of_its_own() -> None:
    """Two questions do not write over one another."""
    first, second = place_for(None), place_for(None)

    assert first != second
    assert place_for(PICTURE) == PICTURE
    assert first.parent.is_dir()
    first.parent.rmdir()
    second.parent.rmdir()


@pytest.mark.parametrize(
    ("environment", "screens"),
    [({}, ()), ({"DISPLAY": ""}, ()), ({"DISPLAY": ":0"}, (":0",)), ({"WAYLAND_DISPLAY": "wayland-0"}, ("wayland-0",))],
)
def test_screens_are_those_the_environment_names(environment: dict[str, str], screens: tuple[str, ...]) -> None:
    """An empty name is none."""
    assert find_screens(environment) == screens
