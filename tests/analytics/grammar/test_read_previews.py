"""A setting of link previews is read where every word is understood, and offered where not."""

import datetime as dt

import pytest

from analytics.grammar import Intent, understand

TODAY = dt.date(2026, 11, 27)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("previews", "previews"),
        ("Previews on.", "previews on"),
        ("turn on link previews please", "previews on"),
        ("switch the link previews off", "previews off"),
        ("unfurl off", "previews off"),
        ("stop link previews", "previews off"),
        ("previews on everywhere", "previews on everywhere"),
        ("enable link previews for the whole workspace", "previews on everywhere"),
        ("link previews off in all channels", "previews off everywhere"),
        ("are link previews on?", "previews"),
        ("show previews", "previews"),
    ],
)
def test_it_is_read_in_several_words(typed: str, words: str) -> None:
    """A question about them changes nothing."""
    understood = understand(typed, TODAY)

    assert (understood.kind, understood.words) == (Intent.PREVIEWS, words)


@pytest.mark.parametrize(
    "typed",
    ["previews on off", "previews on in #general", "all previews off", "do you have previews?", "no link previews"],
)
def test_what_is_not_understood_whole_changes_nothing(typed: str) -> None:
    """It is said, and the words that would be are offered."""
    understood = understand(typed, TODAY)

    assert (understood.kind, understood.words) == (Intent.UNCLEAR, None)
    assert understood.also == ("previews on", "previews off", "previews")
    assert "nothing was changed" in understood.problem


@pytest.mark.parametrize("typed", ["digest preview", "preview", "top30", "preview the digest"])
def test_other_previews_are_not_meant(typed: str) -> None:
    """The digest's own, above all."""
    assert understand(typed, TODAY).kind is not Intent.PREVIEWS
