"""A setting is changed only by words understood whole, and never by their opposite."""

import datetime as dt

import pytest

from analytics.grammar import Intent, understand

TODAY = dt.date(2026, 11, 26)


@pytest.mark.parametrize(
    "text",
    [
        *("don't post if it matters", "never post if it matters", "don't only post if it matters"),
        *("only post if nothing changed", "send the digest if nothing changed", "digest on when nothing changes"),
        *("digest on quiet weeks", "send the digest only in quiet weeks", "digest on not if it matters"),
        *("digest on mon only if it matters not", "post the digest unless something changed"),
    ],
)
def test_a_condition_that_is_turned_round_sets_nothing(text: str) -> None:
    """What comes in quiet weeks alone cannot be set, and is not taken for the opposite."""
    told = understand(text, TODAY)

    assert told.kind is Intent.HELP
    assert "quiet weeks" in told.note


@pytest.mark.parametrize("text", ["don't post if nothing changed", "no digest unless something changes"])
def test_one_no_turns_quiet_weeks_round(text: str) -> None:
    """Nothing in weeks in which nothing changed is `only if it matters`."""
    assert understand(text, TODAY).words == "digest on only if it matters"


@pytest.mark.parametrize(
    "text",
    [
        *("stop the wednesday digest", "cancel the friday report", "stop the monthly digest", "end the papers digest"),
        *("pause the friday digest", "pause the mobile digest", "resume the tuesday digest"),
    ],
)
def test_a_digest_of_several_is_not_taken_for_the_plain_one(text: str) -> None:
    """Which one is meant cannot be told from words: what a channel has is offered, and no change of another."""
    told = understand(text, TODAY)

    assert told.words is None
    assert told.also == ("digest list",)


@pytest.mark.parametrize(
    "text", ["send the tuesday digest now", "post the friday digest now", "send the friday digest again"]
)
def test_a_digest_that_is_sent_now_gets_no_other_day(text: str) -> None:
    """The day names which one is meant, and sets none."""
    assert not (understand(text, TODAY).words or "").startswith("digest on")


@pytest.mark.parametrize("text", ["what happens if I pause the digest", "what if i turn the digest off"])
def test_what_a_setting_would_do_is_help(text: str) -> None:
    """Supposing changes nothing, and how things stand is no answer to it."""
    assert understand(text, TODAY).words == "help digest"


@pytest.mark.parametrize(
    "text",
    [
        *("digest every weekday at 9", "digest every morning", "digest each morning", "digest every morning at 9"),
        *("digest every day", "digest every evening", "digest every night at 8", "digest every noon", "digest daily"),
        *(
            "send us the digest every morning",
            "subscribe every morning at 9",
            "digest every 9am",
            "digest mornings at 9",
        ),
        *(
            "digest on weekday at 9",
            "digest jeden Morgen",
            "digest cada mañana",
            "digest каждое утро",
            "digest 每天早上",
        ),
    ],
)
def test_what_should_come_every_day_sets_no_weekly_digest(text: str) -> None:
    """A digest comes once a week or once a month, so nothing is set by words of every day."""
    assert understand(text, TODAY).words is None


def test_why_no_digest_comes_every_morning_is_said() -> None:
    """The reason names the words, and a weekday stays one, also in the morning."""
    told = understand("digest every morning at 9", TODAY)

    assert "not “every morning”" in told.problem
    assert "digest on 09:00" in told.also
    assert understand("digest every monday morning at 9", TODAY).words == "digest on mon 09:00"
