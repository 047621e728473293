"""What Slack does with words about a digest is what the terminal tells of them, in words that mean the same."""

import datetime as dt

import pytest

from analytics.digest_words import parsing, setting_words, typed_words
from analytics.told_reading import tell_reading

TODAY = dt.date(2026, 11, 26)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("digest on monthly 1st 9am", "digest on monthly 1st 09:00"),
        ("digest on noon", "digest on 12:00"),
        ("digest on weds 9:00 berlin if it matters top", "digest on wed 09:00 Europe/Berlin only if it matters top"),
        ("digest on named mobile fri 16:00", "digest on named mobile fri 16:00"),
        ('digest on named "mobile team" last day of the month', 'digest on named "mobile team" monthly last day'),
        ("digest on weekly monday everything always", "digest on weekly mon always all"),
        ("digest off named mobile", "digest off named mobile"),
        ("digest pause named mobile?", "digest list named mobile"),
        ("unsubscribe", "digest off"),
        ("digest off all", "digest off all"),
        ("send us a monthly digest on the last friday at 5pm", "digest on monthly last fri 17:00"),
        ("stop the digest named mobile", "digest off named mobile"),
    ],
)
def test_what_slack_takes_is_told_in_words_that_mean_the_same(typed: str, told: str) -> None:
    """Of each kind that the door of digests takes."""
    assert tell_reading(typed, TODAY)["words"] == told
    assert tell_reading(told, TODAY)["words"] == told
    assert _wanted(typed) == _wanted(told)


def _wanted(text: str) -> tuple[str, str, parsing.Wanted]:
    typed = typed_words.read(text)
    assert isinstance(typed, typed_words.TypedWords)
    read = setting_words.read_setting(typed)
    assert read
    name, words = parsing.part_name(list(read.words))
    action, rest = parsing.action_of(words)
    return name, action, parsing.read_wanted(rest if action == "on" else [])


@pytest.mark.parametrize(
    ("typed", "part"),
    [
        ("digest on mon, wed 9:00", "I read two: Monday and Wednesday"),
        ("digest on berlni", "Did you mean Europe/Berlin?"),
        ("digest of", "Did you mean off?"),
        ("digest off mon", "takes no more words"),
        ("send us a monthly digest on the 31st", "Not every month has a day 31"),
    ],
)
def test_what_is_wrong_with_a_setting_is_told_as_in_slack(typed: str, part: str) -> None:
    """In the sentence of the digest's own words."""
    told = tell_reading(typed, TODAY)

    assert (told["words"], part in told["note"]) == (None, True)


def test_words_of_no_digest_are_none_of_its_settings() -> None:
    """A question stays one, and who leaves is asked what ends."""
    texts = ("top30", "digest off me", "how many models are there each month")

    assert [setting_words.understand(text) for text in texts] == [None] * len(texts)


@pytest.mark.parametrize("text", ["digest on mon 09:00 EST", "send the digest on mondays at 9:00 MST"])
def test_a_zone_of_several_clocks_is_asked_about_everywhere(text: str) -> None:
    """In the terminal as in Slack, which asks back: nothing is told as if it could be set."""
    told = tell_reading(text, TODAY)

    assert told["words"] is None
    assert "write the one you mean" in told["note"]


@pytest.mark.parametrize(
    "text", ["top 10, only to me", "top 10, just for me", "top 10 nur für mich", "privately top10", "top 10 只给我看"]
)
def test_what_is_for_the_asker_alone_is_told_so(text: str) -> None:
    """The words that Slack answers to nobody else stand in the reading."""
    assert tell_reading(text, TODAY)["words"] == "privately top10"
