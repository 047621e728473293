"""No button does the opposite of what is meant, or sets what is another person's or another channel's."""

import datetime as dt

import pytest

from analytics.grammar import understand

TODAY = dt.date(2026, 11, 26)


@pytest.mark.parametrize(
    "text",
    [
        *("don't turn off the digest", "不要关闭周报", "the digest should not be off", "digest off? no wait, keep it"),
        *("the digest is off", "please unsubscribe john", "digest off for #random", "bob wants the digest off"),
        *("unsubscribe me from alerts not the digest", "pls dont pause the digest", "no digest on monday"),
        *("digest now in #ml", "nicht abbestellen"),
    ],
)
def test_a_change_beside_a_no_or_somebody_else_is_not_offered(text: str) -> None:
    """How the digest is set is offered, and help; a button that ends or posts something is none of them."""
    told = understand(text, TODAY)

    assert told.words in (None, "digest list")
    assert {"digest off", "digest pause", "digest on mon", "digest now"}.isdisjoint(told.also)
    assert "digest list" in (told.words, *told.also)


@pytest.mark.parametrize(
    ("text", "offered"),
    [("maybe stop the digest", "digest off"), ("exit the digest", "digest off")],
)
def test_a_change_that_may_be_meant_is_offered(text: str, offered: str) -> None:
    """A slip, a doubt and a wish without a no still have their button."""
    assert offered in understand(text, TODAY).also


@pytest.mark.parametrize("text", ["never alert me at night", "don't stop the alerts", "no alerts on gpt2 please"])
def test_a_no_beside_alerts_ends_not_all_of_them(text: str) -> None:
    """The list is offered first, and not the end of all."""
    told = understand(text, TODAY)

    assert told.words is None
    assert told.also[0] == "alerts"
    assert "alert off all" not in told.also
