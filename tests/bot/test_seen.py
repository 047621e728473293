"""What was handled in the last minutes is not handled again."""

import pytest

from bot.seen import Seen, name_gesture


@pytest.mark.parametrize(("later", "first"), [(0, False), (600, False), (601, True)])
def test_an_event_is_remembered_for_ten_minutes(later: int, *, first: bool) -> None:
    """Slack delivers again at once, after one and after five minutes; twice as long is remembered."""
    seconds = [1000.0]
    seen = Seen(lambda: seconds[0])
    assert seen.first_time("Ev1", "C1 1.0")
    seconds[0] += later

    assert seen.first_time("Ev1") == first


def test_any_of_its_marks_tells() -> None:
    """As a mention and as a message one thing has two event ids, and one place and time."""
    seen = Seen(lambda: 1000.0)
    seen.first_time("Ev1", "C1 1.0")

    assert not seen.first_time("Ev2", "C1 1.0")
    assert seen.first_time("Ev3", "C1 2.0")


CLICKED = ("U1", "C1", "1.0", "ask:top30", "top30")
"""Who clicked, where, under which message, which button, with which value."""


def name(user: str, channel: str, message: str, button: str, value: str) -> str:
    """Name a click as Slack sends it."""
    body = {"user": {"id": user}, "channel": {"id": channel}, "container": {"message_ts": message}}
    return name_gesture(body, {"action_id": button, "value": value})


@pytest.mark.parametrize("place", range(5))
def test_another_person_place_or_button_is_another_click(place: int) -> None:
    """Two people who click the same button at once both get their answer."""
    other = [*CLICKED[:place], "another", *CLICKED[place + 1 :]]

    assert name(*CLICKED) == name(*CLICKED)
    assert name(*other) != name(*CLICKED)
