"""One question in the place of another is the one that is answered; what was said not to be wanted never is."""

import datetime as dt

import pytest

from analytics.grammar import understand

TODAY = dt.date(2026, 11, 26)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("not the top 30, the totals", "totals attributed"),
        ("no top 30, just totals", "totals attributed"),
        ("forget the top 30, show me the trend", "trend attributed"),
        ("i don't want the trend, i want the papers", "papers per pair"),
        ("not the papers but the official collections", "official"),
        ("never mind the digest, totals please", "totals attributed"),
        ("top 20 rather than top 30", "top20"),
        ("totals instead of the trend", "totals attributed"),
        ("top 10 by likes instead of downloads", "top10 by likes"),
    ],
)
def test_what_is_wanted_instead_is_answered(text: str, words: str) -> None:
    """The whole question behind or before the one that is not wanted is read by itself."""
    assert understand(text, TODAY).words == words


@pytest.mark.parametrize(
    "text",
    [
        "don't tell me how you count",
        "don't show me declared, attributed please",
        "not attributed, declared totals",
        "not google models, the top 30",
        "not tensorflow, pytorch",
        "not the trend, the trend by downloads",
        "not the papers, digest off",
        "i did not ask for the top 30",
        *("top 30 and the trend please", "top 30 and trend", "top 30, trend"),
    ],
)
def test_what_is_denied_or_two_things_is_handed_back(text: str) -> None:
    """A denied choice is no whole question, a setting is none either, and `trend` beside a list is a second one."""
    assert understand(text, TODAY).words is None
