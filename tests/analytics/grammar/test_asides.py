"""What may restrict a question is not left aside with a reason: a day, a licence, a negation."""

import datetime as dt

import pytest

from analytics import grammar

TODAY = dt.date(2026, 11, 27)


@pytest.mark.parametrize(
    "typed",
    [
        "how many pytorch models since we started in 2024",
        "who has more models since i checked on 2026-11-01",
        "changes since we met on monday",
        "top 30 as my boss saw it last week",
        "totals because apache licence only",
        "totals because i want it declared",
        "top 30 as i am not interested in gated models",
        "how many models, since i want text-generation",
        "I mean the ones with apache license. How many pytorch models?",
    ],
)
def test_what_restricts_is_no_reason(typed: str) -> None:
    """It is handed back instead of being answered without it."""
    assert grammar.understand(typed, TODAY).request is None


@pytest.mark.parametrize("lead", ["because", "since", "as", "asking because"])
def test_a_mere_reason_is_left_aside(lead: str) -> None:
    """And it is said what was read."""
    told = grammar.understand(f"who has more models {lead} my boss wants to know", TODAY)

    assert told.request
