"""Times as people write them."""

import datetime as dt

import pytest

from bot.digest.parsing import UnclearSetting, time_of


@pytest.mark.parametrize(
    ("text", "hour", "minute"),
    [
        ("9", 9, 0),
        ("09:30", 9, 30),
        ("9.05", 9, 5),
        ("0:00", 0, 0),
        ("23:59", 23, 59),
        ("9am", 9, 0),
        ("9pm", 21, 0),
        ("12am", 0, 0),
        ("12pm", 12, 0),
        ("12:30 am", 0, 30),
    ],
)
def test_a_time_is_read(text: str, hour: int, minute: int) -> None:
    """Twelve at night is nought, twelve at noon is twelve."""
    assert time_of(text) == dt.time(hour, minute)


@pytest.mark.parametrize("text", ["24:00", "9:60", "99", "nine", "9:5:3"])
def test_what_is_no_time_is_refused(text: str) -> None:
    """With the way to write one."""
    with pytest.raises(UnclearSetting, match="is no time; write it as 09:00"):
        time_of(text)
