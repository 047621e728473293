"""The last pictures of a process: drawn once for all workspaces, kept while there is room."""

from types import SimpleNamespace
from typing import Any

from bot.drawn_lately import DrawnLately
from bot.uploads import Uploads
from tests.bot.test_uploads import ReadyFiles


def test_two_workspaces_upload_what_is_drawn_once() -> None:
    """Each has a file of its own in Slack; the picture is the same."""
    lately, drawn = DrawnLately(), list[str]()
    answer: Any = SimpleNamespace(title="t", alt_text="a")

    def draw() -> bytes:
        drawn.append("once")
        return b"png"

    for _ in range(2):
        slack: Any = ReadyFiles()
        assert Uploads(slack, wait=lambda _seconds: None, drawn=lately).upload(answer, draw, "p") == ("p.png", "")

    assert drawn == ["once"]


def test_the_oldest_picture_makes_room() -> None:
    """A process that runs for a year keeps no more than its last few."""
    lately = DrawnLately(most=2)
    for name in ("a", "b", "c"):
        lately.give(name, name.encode)

    assert [lately.give(name, lambda: b"anew") for name in ("c", "b", "a")] == [b"c", b"b", b"anew"]


def test_a_drawing_that_fails_is_tried_again() -> None:
    """Memory was short, say; the next one draws."""
    lately = DrawnLately()

    def fail() -> bytes:
        raise MemoryError

    answer: Any = SimpleNamespace(title="t", alt_text="a")
    slack: Any = ReadyFiles()
    uploads = Uploads(slack, wait=lambda _seconds: None, drawn=lately)

    assert uploads.upload(answer, fail, "p") == ("", "it could not be drawn")
    assert uploads.upload(answer, lambda: b"png", "p") == ("p.png", "")
