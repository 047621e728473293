"""Pictures on their way into Slack: how many are remembered."""

from types import SimpleNamespace
from typing import Any

from bot.uploads import Uploads


class ReadyFiles:
    """A Slack that takes every file and has it ready at once; the file is called by its name."""

    def files_upload_v2(self, *, filename: str, **_rest: Any) -> dict[str, Any]:
        """Take it."""
        return {"files": [{"id": filename}]}

    def files_info(self, **_rest: Any) -> dict[str, Any]:
        """Show it."""
        return {"file": {"mimetype": "image/png"}}


def test_two_hundred_pictures_are_remembered() -> None:
    """The one before them is forgotten: a bot that runs for a year keeps no list of all it ever drew."""
    uploads = Uploads(ReadyFiles(), wait=lambda _seconds: None)  # type: ignore[arg-type]  # only what is called
    answer: Any = SimpleNamespace(title="t", alt_text="a")
    for number in range(201):
        uploads.upload(answer, lambda: b"png", f"p{number}")

    assert [uploads.recall(f"p{number}") for number in (0, 1, 200)] == ["", "p1.png", "p200.png"]
