"""The monthly digest, and the picture of the twelve weeks beside what changed, through the front door."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.scenarios.test_digest import SATURDAY, DigestStage, fields, set_stage

FIRST_OF_DECEMBER = "2026-12-01T09:01"


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[DigestStage]:
    """Give the stage to a test."""
    with set_stage(tmp_path) as stage:
        yield stage


def store_weeks(stage: DigestStage, weeks: int) -> None:
    """Store lists of earlier weeks, beside the two there are; each brings one model more."""
    for back in range(2, weeks + 1):
        names = [f"lab/m{number + back}" for number in range(40)]
        stage.store(SATURDAY - dt.timedelta(weeks=back), names)


def images(message: Any) -> list[str]:
    """Give the alternative texts of a message's pictures."""
    return [block["alt_text"] for block in message.blocks if block["type"] == "image"]


def test_monthly_on_the_first_it_comes_once_and_tells_the_month(stage: DigestStage) -> None:
    """Confirmed with the next three times; compared with a month before, not with last week."""
    store_weeks(stage, 6)
    told = stage.say("digest on monthly on the 1st at 9 UTC", "gets a digest on the 1st of every month at 09:00, UTC")
    assert "Tue 1 Dec 2026, 09:00 UTC; Fri 1 Jan 2027, 09:00 UTC; Mon 1 Feb 2027, 09:00 UTC" in str(told.blocks)

    stage.tick_at("2026-11-30T09:01")
    assert stage.digests() == []
    for _ in range(3):
        stage.tick_at(FIRST_OF_DECEMBER)

    (digest,) = stage.digests()
    assert "since 31 Oct 2026" in digest.text
    assert "spans of this length" in str(digest.blocks)


def test_the_next_month_is_told_since_the_last_post(stage: DigestStage) -> None:
    """Quiet months are summed up as months, in the one after them."""
    store_weeks(stage, 6)
    stage.say("digest on monthly 1st 09:00 UTC only if it matters", "gets a digest on the 1st")
    stage.tick_at(FIRST_OF_DECEMBER)
    same = ["new/star", *(f"lab/m{number}" for number in range(40))]
    stage.store(dt.datetime(2026, 12, 30, tzinfo=dt.UTC), same)
    stage.tick_at("2027-01-01T09:01")
    assert len(stage.digests()) == 1

    stage.store(dt.datetime(2027, 1, 30, tzinfo=dt.UTC), ["new/two", *same])
    stage.tick_at("2027-02-01T09:01")
    assert "It sums up 1 quiet month before." in str(stage.digests()[1].blocks)
    assert "since 28 Nov 2026" in stage.digests()[1].text


def test_missed_for_days_it_is_skipped_and_told_of_as_monthly(stage: DigestStage) -> None:
    """The bot was away over the 1st; the next one comes as planned."""
    stage.say("digest on monthly 1st 09:00 UTC", "gets a digest")
    stage.tick_at("2026-12-05T09:01")

    assert stage.digests() == []
    assert stage.playground.wait_for_message("The monthly digest in", channel="dm").text.count("was skipped") == 1
    stage.tick_at("2027-01-01T09:01")
    assert len(stage.digests()) == 1


def test_a_change_of_rhythm_is_said_and_undone(stage: DigestStage) -> None:
    """From weekly to monthly by words, and back by Undo."""
    stage.say("digest on mon 09:00 UTC", "gets a digest every Monday")
    stage.playground.command("/frameworks digest on first monday")
    line = stage.playground.wait_for_message(
        "changed the monthly digest here: it comes on the first Monday of every month"
    )
    stage.playground.click(line, "Undo")

    stage.playground.wait_for_message("undid the last change: the weekly digest here comes every Monday at 09:00")


def test_the_form_has_the_rhythms(stage: DigestStage) -> None:
    """Weekly is chosen; the last Friday of the month is one choice and a day."""
    stage.playground.command("/frameworks digest on")
    view = stage.playground.wait_for(stage.playground.modal)
    assert fields(view)["rhythm"]["initial_option"]["value"] == "weekly"

    stage.playground.submit({"rhythm": "last", "day": "4", "time": "16:30"}).wait()
    assert stage.playground.wait_for_ephemeral(
        "gets a digest on the last Friday of every month at 16:30, Europe/Berlin"
    )


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("send us a monthly digest on the 1st at 9", "gets a digest on the 1st of every month at 09:00"),
        ("digest every month", "gets a digest on the 1st of every month at 09:00"),
        ("a digest on the last friday of every month at 16:00", "on the last Friday of every month at 16:00"),
        ("send us a digest every second monday", "may be every second week"),
        ("monthly digest on the 31st", "Not every month has a day 31"),
    ],
)
def test_in_ones_own_words_it_is_set_or_asked_back(stage: DigestStage, sentence: str, said: str) -> None:
    """Understood whole it is set, else nothing is."""
    stage.say(sentence, said)


def test_a_sentence_that_may_mean_a_second_one_is_asked_back(stage: DigestStage) -> None:
    """The weekly one stays as it is; both ways are offered in words that work."""
    stage.say("digest on mon 09:00 UTC", "gets a digest")
    stage.say("send us a monthly digest", "makes another beside it. Nothing was changed.")

    assert "every Monday" in stage.say("digest list", "This channel's digest comes").text
    assert stage.say("digest on named monthly monthly 1st", "gets a digest “monthly” on the 1st of every month")


def test_what_is_asked_back_keeps_the_day_that_was_said(stage: DigestStage) -> None:
    """The 15th stays the 15th in both ways; the 31st, which not every month has, is refused as without a digest."""
    stage.say("digest on mon 09:00 UTC", "gets a digest")

    asked = stage.say("send us a monthly digest on the 15th", "makes another beside it. Nothing was changed.")

    assert asked.text.count("monthly on the 15th`") == 2
    assert stage.say("monthly digest on the 31st", "Not every month has a day 31")


def test_the_twelve_weeks_stand_beside_the_change(stage: DigestStage) -> None:
    """Two pictures, each with its numbers in words; and a line for those who see none."""
    store_weeks(stage, 12)
    stage.say("digest on mon 09:00 UTC", "gets a digest")
    stage.tick_at("2026-11-30T09:01")

    (digest,) = stage.digests()
    change, weeks = images(digest)
    assert "week by week · 28 Nov 2026." in weeks
    assert weeks.startswith("In the top 30 since 5 Sep 2026: PyTorch still 30, TensorFlow still 0; 1 to 2 new a week.")
    assert change != weeks
    assert "• In the top 30 since 5 Sep 2026" in str(digest.blocks)


def test_with_two_lists_it_is_said_that_the_picture_comes(stage: DigestStage) -> None:
    """One picture, and a line."""
    stage.say("digest on mon 09:00 UTC", "gets a digest")
    stage.tick_at("2026-11-30T09:01")

    (digest,) = stage.digests()
    assert len(images(digest)) == 1
    assert "2 weekly lists of them are stored; their picture begins with 3." in str(digest.blocks)
