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


@pytest.mark.parametrize(
    "text",
    [
        *("don't post if nothing changed", "no digest unless something changes", "post only when it matters"),
        *(
            "only post the digest when it matters",
            "send the digest whenever it matters",
            "don't post unless it matters",
        ),
    ],
)
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
        *("remove me from the digest", "delete me from the digest", "please delete me from our weekly digest"),
        *("take me off the newsletter", "can you remove me from the weekly report"),
    ],
)
def test_who_is_to_be_taken_out_alone_ends_nobody_elses_digest(text: str) -> None:
    """What shall end is asked, as of `unsubscribe me from the digest`."""
    told = understand(text, TODAY)

    assert told.words is None
    assert "digest off all" in told.also


@pytest.mark.parametrize(
    "text",
    [
        *("the digest comes at 9", "we get the digest on fridays", "the digest comes on fridays now"),
        *("we have the digest on fridays at 9", "I get the digest on mondays", "the digest comes weekly"),
        *("we post the digest on fridays at 9", "we get the digest now", "I need the digest by monday 9:00"),
        *("дайджест приходит по понедельникам", "der Digest kommt montags um 9"),
    ],
)
def test_how_a_digest_is_sets_nothing(text: str) -> None:
    """A statement is no wish, and is not offered as one."""
    told = understand(text, TODAY)

    assert not (told.words or "").startswith(("digest on", "digest now"))
    assert not [also for also in told.also if also.startswith(("digest on", "digest now"))]


@pytest.mark.parametrize(
    "text",
    [
        *("thanks for the digest on monday", "danke für den Digest am Montag", "gracias por el resumen del lunes"),
        *("谢谢周一的周报", "thanks for the weekly digest at 9", "thanks for sending the digest on monday"),
    ],
)
def test_thanks_for_a_digest_are_thanks(text: str) -> None:
    """Whoever is grateful for what came wants nothing else."""
    assert understand(text, TODAY).kind is Intent.THANKS


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("thanks, digest on mon 9:00", "digest on mon 09:00"),
        ("digest on mon 9:00, thanks", "digest on mon 09:00"),
        ("thanks, stop the digest", "digest off"),
        ("can we have the digest on mondays", "digest on mon"),
        ("I'd like to get this digest every friday at 4pm", "digest on fri 16:00"),
        ("we want the digest on fridays", "digest on fri"),
        ("make the digest come on tuesdays", "digest on tue"),
        ("weekly digest mondays 9:00", "digest on mon 09:00"),
    ],
)
def test_a_wish_and_bare_words_set_it_still(text: str, words: str) -> None:
    """Beside courtesy, too."""
    assert understand(text, TODAY).words == words


@pytest.mark.parametrize(
    "text",
    [
        *("start the digest with the chart please", "start the digest with a summary", "send the digest with charts"),
        *("start the digest with the numbers", "start the digest with hello", "send us the digest with the list"),
        *("start the digest with the summary on monday", "start the digest and the chart on monday"),
        *("starte den Digest mit dem Diagramm am Montag", "send the digest now with the chart"),
    ],
)
def test_what_is_to_be_in_a_digest_is_not_dropped(text: str) -> None:
    """A digest has its own sections: with other words about them nothing is set."""
    assert understand(text, TODAY).words in (None, "help digest")


@pytest.mark.parametrize(
    "text",
    [
        *("skip the next digest", "pause the next digest", "hold the next digest", "skip the digest"),
        *("cancel the next digest", "pausiere den nächsten Digest", "pausa el próximo resumen", "skip the next weekly"),
    ],
)
def test_one_digest_alone_is_not_left_out_by_ending_all(text: str) -> None:
    """A pause has no end: it is help, as of `skip the digest this week`."""
    told = understand(text, TODAY)

    assert told.words in (None, "help digest")
    assert not [also for also in told.also if also.startswith(("digest off", "digest pause"))]


@pytest.mark.parametrize("text", ["thanks for nothing, stop the digest", "thanks for your work, pause the digest"])
def test_what_is_bid_beside_thanks_is_not_lost(text: str) -> None:
    """It is done, or offered; nobody is told that they are welcome and keeps the digest."""
    told = understand(text, TODAY)

    assert {told.words, *told.also} & {"digest off", "digest pause"}


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


@pytest.mark.parametrize(
    "text",
    [
        "digest of the top 10 on mondays",
        "weekly top 20 digest fridays",
        "subscribe us to the top 10 mondays",
        "digest los 10 mejores los lunes",
    ],
)
def test_a_number_of_models_is_no_time_of_a_digest(text: str) -> None:
    """`top 10` set the digest to ten o'clock: it is handed back."""
    assert understand(text, TODAY).words is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("digest on mon 12 am", "digest on mon 00:00"),
        ("digest um 12 am montag", "digest on mon 12:00"),
        ("digest freitags um 8 uhr abends", "digest on fri 20:00"),
        ("digest cada viernes a las 8 de la tarde", "digest on fri 20:00"),
        ("включи дайджест по понедельникам в 9 утра", "digest on mon 09:00"),
        ("digest on mon 20:00 in the morning", None),
        ("digest on mon 9 am abends", None),
    ],
)
def test_the_half_of_the_day_is_part_of_a_time(text: str, words: str | None) -> None:
    """In five languages; two halves are none."""
    assert understand(text, TODAY).words == words


@pytest.mark.parametrize(
    "text", ["leave the digest", "leave all digests", "please get out of all these digests", "exit the digest"]
)
def test_who_leaves_digests_is_asked_what_shall_end(text: str) -> None:
    """No list of digests is shown instead, and nothing ends unasked."""
    told = understand(text, TODAY)

    assert told.words is None
    assert "digest off all" in told.also


@pytest.mark.parametrize(
    "text",
    [
        "how does the digest work",
        "what can the digest do",
        "what is the digest",
        "hi, how does the weekly digest work?",
        "explain the digest",
        "what's in the digest",
        "was ist der digest",
    ],
)
def test_what_a_digest_is_tells_the_help_on_it(text: str) -> None:
    """How this channel's is set, which `digest list` shows, is another question."""
    assert understand(text, TODAY).words == "help digest"


@pytest.mark.parametrize(
    "text", ["what is the digest set to", "how often does the digest come", "what digests are there"]
)
def test_how_a_digest_is_set_stays_a_list(text: str) -> None:
    """It is asked of this channel."""
    assert understand(text, TODAY).words == "digest list"
