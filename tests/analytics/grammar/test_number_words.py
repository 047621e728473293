"""Numbers of several words are one number."""

import datetime as dt

import pytest

from analytics.grammar import understand

TODAY = dt.date(2026, 11, 26)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("top thirty-five", "top35"),
        ("top forty two models", "top42"),
        ("top one hundred fifty", "top150"),
        ("top two hundred and five", "top205"),
        ("top two dozen", "top24"),
        ("top 2 dozen", "top24"),
        ("top fünfunddreißig", "top35"),
        ("top treinta y cinco", "top35"),
        ("топ тридцать пять", "top35"),
        ("前三十五个模型", "top35"),
        ("changes in the last thirty-one days", "changes since 2026-10-26"),
    ],
)
def test_a_number_of_several_words_is_read_whole(text: str, words: str) -> None:
    """In five languages, with a hyphen, a space, or an `and`."""
    assert understand(text, TODAY).words == words


@pytest.mark.parametrize("text", ["top ten twenty", "top thirty forty models", "top five two"])
def test_two_numbers_are_not_added(text: str) -> None:
    """What is no one number is handed back."""
    assert understand(text, TODAY).words is None
