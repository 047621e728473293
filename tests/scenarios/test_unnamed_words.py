"""A digest is found by what it is called, also where nobody says `named`; and never is another ended in its place."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.digest.store import DigestStore
from playground.server import Playground
from tests.scenarios.test_digest import DigestStage, set_stage


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[DigestStage]:
    """Make a plain digest, one called Mobile, and one whose name has two words."""
    with set_stage(tmp_path) as stage:
        for words in ("on mon 09:00 UTC", "on named Mobile tue 09:00 UTC", 'on named "Big list" wed 09:00 UTC'):
            say(stage, f"digest {words}")
        yield stage


def say(stage: DigestStage, words: str) -> str:
    """Type a command; give what the channel and the person read of it."""
    stage.playground.advance(10)  # or Slack asks for a pause, and the line is not said
    stage.playground.settled()
    before = len(stage.playground.bot_messages()), len(stage.playground.ephemerals())
    stage.playground.command(f"/frameworks {words}")
    stage.playground.settled()
    told = [*stage.playground.bot_messages()[before[0] :], *stage.playground.ephemerals()[before[1] :]]
    assert told, f"{words}: silence"
    return str([(one.text, one.blocks) for one in told])


def left(stage: DigestStage) -> set[str]:
    """Give the names of the digests that still come."""
    stage.playground.settled()
    return {one.name for one in DigestStore(stage.bot.analyst.context.database).active()}


@pytest.mark.parametrize(
    "words",
    [
        "digest off mobile",
        "digest mobile off",
        "unsubscribe mobile",
        "digest stop the Mobile digest",
        "digest off MOBILE please",
        "stop the mobile digest",
        "please end our Mobile digest",
        "cancel the digest mobile",
        "unsubscribe us from the mobile digest",
    ],
)
def test_the_one_of_that_name_ends(stage: DigestStage, words: str) -> None:
    """In any case, before or behind the action, in a sentence."""
    assert "ann stopped the weekly digest “Mobile” here" in say(stage, words)
    assert left(stage) == {"", "Big list"}


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("stop the tuesday digest", "Mobile"),
        ("please cancel our Monday's digest", ""),
        ("unsubscribe from mobile", "Mobile"),
    ],
)
def test_the_one_that_comes_so_ends(stage: DigestStage, words: str, name: str) -> None:
    """Where it alone does."""
    assert "ann stopped the weekly digest" in say(stage, words)
    assert left(stage) == {"", "Mobile", "Big list"} - {name}


@pytest.mark.parametrize(
    ("words", "said", "offered"),
    [
        ("stop the monthly digest", "No digest here is monthly.", ["", "Mobile", "Big list"]),
        ("stop the friday digest", "No digest here comes on Friday.", ["", "Mobile", "Big list"]),
        ("digest off wednesday", "One digest here comes on Wednesday.", ["Big list"]),
        ("pause the weekly digest", "I am not certain which digest you mean", ["", "Mobile", "Big list"]),
        ("stop the digest in random", "The digests of another channel (random)", ["", "Mobile", "Big list"]),
        ("digest off not mobile", "I end or change only what is named", ["", "Big list"]),
        ("stop all digests but mobile", "I end or change only what is named", ["", "Big list"]),
        ("unsubscribe me from mobile", "I am not certain which digest you mean", ["Mobile"]),
    ],
)
def test_what_fits_none_or_several_or_says_not_is_asked(
    stage: DigestStage, words: str, said: str, offered: list[str]
) -> None:
    """With a button for each that is there, and nothing has changed."""
    told = say(stage, words)

    action = "pause" if "pause" in words else "off"
    buttons = [f"'value': 'digest {action}{f' named {name}' if name else ''}'" for name in offered]
    assert said in told
    assert [button in told for button in buttons] == [True] * len(buttons)
    assert told.count("'value'") == len(buttons)
    assert left(stage) == {"", "Mobile", "Big list"}


def test_where_there_is_none_it_is_said(playground: Playground) -> None:
    """Nothing is offered that would end nothing."""
    playground.command("/frameworks stop the monthly digest")

    assert "digest" in playground.wait_for_ephemeral("has no digest").text


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("digest pause mobile", "ann paused the weekly digest “Mobile” here"),
        ("digest pause big list", "ann paused the weekly digest “Big list” here"),
        ("pause the big list digest", "ann paused the weekly digest “Big list” here"),
        ("digest now mobile", "“Mobile”: 1 new in the top 30"),
        ("digest test mobile", "TEST: “Mobile”: 1 new in the top 30"),
        ("digest preview mobile", "TEST: “Mobile”: 1 new in the top 30"),
        ("digest mobile", "digest “Mobile” comes every Tuesday"),
        ("digest list big list", "digest “Big list” comes every Wednesday"),
        ("digest history mobile", "Nothing was due"),
        ("digest on mobile fri 16:00", "ann changed the weekly digest “Mobile” here: it comes every Friday at 16:00"),
        ("digest off mobile?", "digest “Mobile” comes every Tuesday"),
    ],
)
def test_each_action_takes_a_name(stage: DigestStage, words: str, said: str) -> None:
    """What ends nothing leaves all there."""
    assert said in say(stage, words)


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("digest off mobil", "digest off named Mobile"),
        ("digest off big", "digest off named Big list"),
        ("digest pause moblie", "digest pause named Mobile"),
    ],
)
def test_what_is_only_near_a_name_is_asked(stage: DigestStage, words: str, offered: str) -> None:
    """With a button that does it."""
    assert "I am not certain which digest you mean, so nothing was changed." in say(stage, words)
    assert left(stage) == {"", "Mobile", "Big list"}

    stage.playground.click(stage.playground.ephemerals()[-1], offered)
    stage.playground.settled()
    assert stage.playground.bot_messages()[-1].text.startswith(f"ann {'paused' if 'pause' in words else 'stopped'} ")
    assert "" in left(stage)
    assert len(left(stage)) == 2


@pytest.mark.parametrize("words", ["digest off weather", "digest off mon", "digest pause weather"])
def test_what_is_no_name_there_ends_nothing(stage: DigestStage, words: str) -> None:
    """It is refused as before, with what can be said."""
    assert "Nothing was changed." in say(stage, words)
    assert left(stage) == {"", "Mobile", "Big list"}


def test_a_name_that_is_courtesy_too_is_asked(stage: DigestStage) -> None:
    """`digest off now` may end the plain one or the one called Now."""
    say(stage, "digest on named now thu 09:00 UTC")

    asked = say(stage, "digest off now")

    assert "`/frameworks digest off named now` or `/frameworks digest off`?" in asked
    assert left(stage) == {"", "Mobile", "Big list", "now"}


def test_plain_words_are_about_the_plain_one(stage: DigestStage) -> None:
    """As ever."""
    assert "ann stopped the weekly digest here" in say(stage, "digest off")
    assert left(stage) == {"Mobile", "Big list"}
