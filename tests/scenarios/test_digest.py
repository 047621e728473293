"""The weekly digest through the front door: subscribed, previewed, delivered, paused, explained."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from analytics.domain.answer import Origin
from analytics.domain.observations import Model, Ranking, TopList
from bot.app import Bot
from bot.digest.poster import Pace
from playground.server import Playground
from playground.start import clock_of
from playground.state import PostedMessage
from tests.bot.digest.test_damage import spoil
from tests.patient_slack import patient_slack
from tests.scenarios.conftest import connected, is_scheduled

SATURDAY = dt.datetime(2026, 11, 28, 12, tzinfo=dt.UTC)
ORIGIN = Origin("Hugging Face Hub", "listing", "https://huggingface.co/api/models", "2026-11-28T12:00:00Z")


@dataclass
class DigestStage:
    """The bot in a playground whose clock is moved by hand; lists are stored as if collected daily."""

    playground: Playground
    bot: Bot

    def store(self, day: dt.datetime, names: list[str], method: str = "m") -> None:
        """Store a list of models that are all PyTorch's, in place of one of the same moment and another method."""
        models = tuple(Model(name, 1000 - at, tags=("pytorch",)) for at, name in enumerate(names))
        read = TopList(Ranking(), day, models, 1000, complete=True, origin=ORIGIN)
        self.bot.analyst.context.top_lists.add(read, method)

    def say(self, words: str, containing: str, channel: str = "general") -> PostedMessage:
        """Type a command and wait for what only the person sees."""
        self.playground.command(f"/frameworks {words}", channel=channel)
        return self.playground.wait_for_ephemeral(containing, channel=channel)

    def tick_at(self, moment: str) -> None:
        """Move the clock to a moment (UTC) while nothing is under way, and let the digests tick."""
        self.playground.settled()
        target = dt.datetime.fromisoformat(moment).replace(tzinfo=dt.UTC).timestamp()
        self.playground.advance(target - self.playground.now())
        self.bot.scheduler.digest()

    def digests(self, channel: str = "general") -> list[PostedMessage]:
        """Give what was posted by the schedule, all of it, threads left out."""
        self.playground.settled()
        return [message for message in self.playground.bot_messages(channel) if is_scheduled(message)]


def fields(view: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Give the fields of the form by their blocks."""
    return {block["block_id"]: block["element"] for block in view["blocks"]}


@contextmanager
def set_stage(tmp_path: Path) -> Iterator[DigestStage]:
    """Set the stage on a Saturday noon, with two lists a week apart; pauses move its clock, nobody waits."""
    with (
        patient_slack(clock=SATURDAY.timestamp) as playground,
        connected(
            playground, tmp_path, clock=clock_of(playground), pace=Pace(playground.advance, playground.now)
        ) as bot,
    ):
        stage = DigestStage(playground, bot)
        stage.store(SATURDAY - dt.timedelta(days=7), [f"lab/m{number}" for number in range(40)])
        stage.store(SATURDAY, ["new/star", *(f"lab/m{number}" for number in range(40))])
        yield stage


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[DigestStage]:
    """Give the stage to a test."""
    with set_stage(tmp_path) as stage:
        yield stage


def test_subscribed_in_words_it_arrives_on_monday_at_nine_once(stage: DigestStage) -> None:
    """Confirmed with the next three times; then one message, however often the clock ticks."""
    told = stage.say("digest on mon 09:00 Europe/Berlin", "gets a digest every Monday at 09:00, Europe/Berlin")
    assert "Mon 30 Nov 2026, 09:00 CET; Mon 7 Dec 2026, 09:00 CET; Mon 14 Dec 2026, 09:00 CET" in str(told.blocks)

    stage.tick_at("2026-11-30T07:59")
    assert stage.digests() == []
    for _ in range(3):
        stage.tick_at("2026-11-30T08:01")

    (digest,) = stage.digests()
    assert "1 new in the top 30 since 21 Nov 2026, PyTorch still 30" in digest.text
    assert "Entered: new/star at 1" in str(digest.blocks)
    assert [block["type"] for block in digest.blocks] == ["section", "image", "section", "context", "actions"]


def test_a_damaged_database_is_told_of_where_the_digest_is_listed(stage: DigestStage, tmp_path: Path) -> None:
    """It was met while the bot ran; the digest is there, and the channel that may have lost its own is told so."""
    stage.say("digest on mon 09:00 UTC", "gets a digest")
    spoil(tmp_path, "slots")
    stage.tick_at("2026-11-30T09:01")

    assert len(stage.digests()) == 1
    stage.say("digest list", "The bot's database was damaged on 30 Nov 2026; this digest is set up")


def test_details_follow_in_the_thread(stage: DigestStage) -> None:
    """The table, how it was counted, and a CSV."""
    stage.say("digest on mon 09:00 UTC", "gets a digest")
    stage.tick_at("2026-11-30T09:01")

    (digest,) = stage.digests()
    stage.playground.settled()
    replies = [m for m in stage.playground.messages(thread_ts=digest.ts) if m.ts != digest.ts]
    assert any("The first 30, then and now" in reply.text for reply in replies)
    assert any(file.name == "changes-2026-11-28.csv" for file in stage.playground.files())


def test_the_zone_is_the_persons_own_unless_another_is_said(stage: DigestStage) -> None:
    """Ann lives in Berlin, as her profile says."""
    assert stage.say("digest on fri 16:30", "every Friday at 16:30, Europe/Berlin")


def test_a_second_subscription_changes_the_first(stage: DigestStage) -> None:
    """A channel has one plain digest."""
    stage.say("digest on mon 09:00", "gets a digest")
    stage.say("subscribe tue 10am America/New_York", "This channel's digest comes every Tuesday at 10:00")

    stage.playground.settled()
    assert len(stage.playground.requests("chat.postMessage")) == 2, "a line for each change, and no digest"
    assert "every Tuesday" in stage.say("digest list", "The next times").text


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        ("digest on someday", "I know no day, time or zone “someday”"),
        ("digest on mon 25:00", "“25:00” is no time"),
        ("digest on mon 9 Europe/Berlim", "Did you mean Europe/Berlin?"),
        ("digest of", "Did you mean off?"),
        ("digest on mon tue 09:00", "comes on one day, and I read two: Monday and Tuesday"),
        ("digest pause", "This channel has no digest"),
    ],
)
def test_what_cannot_be_meant_is_named(stage: DigestStage, words: str, problem: str) -> None:
    """A sentence says what is wrong and what can be said."""
    assert stage.say(words, problem)


def test_paused_it_does_not_come_and_resumed_it_does(stage: DigestStage) -> None:
    """By a button of the digest and by words."""
    stage.say("digest on mon 09:00 UTC", "gets a digest")
    stage.tick_at("2026-11-30T09:01")
    stage.playground.click(stage.digests()[0], "Pause")
    stage.playground.wait_for_message("ann paused the weekly digest here")
    stage.tick_at("2026-12-07T09:01")
    assert len(stage.digests()) == 1

    stage.playground.command("/frameworks digest resume")
    assert "14 Dec 2026, 09:00 UTC" in stage.playground.wait_for_message("ann resumed the weekly digest here").text
    stage.tick_at("2026-12-14T09:01")
    assert len(stage.digests()) == 2


def test_a_quiet_week_is_said_or_kept_silent_and_summed_up(stage: DigestStage) -> None:
    """Nothing moved: “only if it matters” posts nothing, and the next post counts the quiet weeks."""
    told = stage.say("digest on mon 09:00 UTC only if it matters", "gets a digest")
    assert "only in weeks in which something changes" in str(told.blocks)
    stage.tick_at("2026-11-30T09:01")
    stage.store(dt.datetime(2026, 12, 6, tzinfo=dt.UTC), ["new/star", *(f"lab/m{number}" for number in range(40))])
    stage.tick_at("2026-12-07T09:01")
    assert len(stage.digests()) == 1

    stage.store(dt.datetime(2026, 12, 13, tzinfo=dt.UTC), ["new/two", "new/star", *(f"lab/m{n}" for n in range(40))])
    stage.tick_at("2026-12-14T09:01")

    assert "It sums up 1 quiet week before." in str(stage.digests()[1].blocks)
    assert "quiet" in str(stage.say("digest history", "The newest digest").blocks)


def test_a_quiet_week_is_said_to_be_one(stage: DigestStage) -> None:
    """Without the condition it is posted, and says that nothing changed."""
    stage.say("digest on mon 09:00 UTC", "gets a digest")
    stage.tick_at("2026-11-30T09:01")
    stage.store(dt.datetime(2026, 12, 6, tzinfo=dt.UTC), ["new/star", *(f"lab/m{number}" for number in range(40))])
    stage.tick_at("2026-12-07T09:01")

    assert "The same 30 models lead as on 28 Nov 2026" in stage.digests()[1].text


@pytest.mark.parametrize("words", ["thanks", "top30 as csv", "digest list", "weather"])
def test_what_is_said_after_it_was_due_keeps_no_late_digest_from_its_channel(stage: DigestStage, words: str) -> None:
    """Later than two minutes the channel is searched for a post of before, and none of our other words is one."""
    playground = stage.playground
    playground.direct_message("digest on mon 09:00 UTC")
    playground.wait_for_message("gets a digest", channel="dm")
    playground.settled()
    target = dt.datetime(2026, 11, 30, 9, 3, tzinfo=dt.UTC).timestamp()
    playground.advance(target - playground.now())
    playground.direct_message(words)

    playground.settled()
    stage.bot.scheduler.digest()

    assert len(stage.digests("dm")) == 1


def test_late_by_hours_it_says_so_and_by_a_day_it_is_skipped_and_told(stage: DigestStage) -> None:
    """The laptop slept: three hours late is posted as LATE, three days is skipped with a word to Ann."""
    stage.say("digest on mon 09:00 UTC", "gets a digest")
    stage.tick_at("2026-11-30T12:00")
    assert stage.digests()[0].text.startswith("LATE: ")

    stage.tick_at("2026-12-10T12:00")

    assert len(stage.digests()) == 1
    told = stage.playground.wait_for_message("was skipped", channel="dm")
    assert "did not get to it when it was due" in told.text
    assert "skipped" in str(stage.say("digest history", "The newest digest").blocks)


def test_an_archived_channel_pauses_it_and_ann_is_told_once(stage: DigestStage) -> None:
    """A permanent refusal: paused with its reason, one direct message that says what helps."""
    stage.say("digest on mon 09:00 UTC", "gets a digest")
    stage.playground.archive("general")
    stage.tick_at("2026-11-30T09:01")
    stage.tick_at("2026-12-07T09:01")

    stage.playground.settled()
    told = [m for m in stage.playground.bot_messages("dm") if "is paused" in m.text]
    assert len(told) == 1
    assert "the channel is archived. Subscribe another channel" in told[0].text


def test_why_it_is_paused_stands_in_brackets_without_a_full_stop(stage: DigestStage) -> None:
    """Its sentence has one of its own."""
    stage.say("digest on mon 09:00 UTC", "gets a digest")
    stage.playground.archive("general")
    stage.tick_at("2026-11-30T09:01")
    stage.playground.channel("general").archived = False

    assert "is paused (the channel is archived)." in stage.say("digest list", "is paused").text


def test_a_test_post_is_marked_and_takes_no_slot(stage: DigestStage) -> None:
    """The real one still comes."""
    told = stage.say("digest on mon 09:00 UTC", "gets a digest")
    stage.playground.click(told, "Post a TEST")
    assert stage.playground.wait_for_message("TEST: 1 new in the top 30")
    stage.tick_at("2026-11-30T09:01")

    assert len(stage.digests()) == 1


def test_preview_shows_it_to_the_asker_alone(stage: DigestStage) -> None:
    """Nothing is posted."""
    stage.say("digest on mon 09:00 UTC", "gets a digest")

    assert stage.say("digest preview", "TEST: 1 new in the top 30")
    stage.playground.settled()
    (line,) = stage.playground.bot_messages()
    assert "set up the weekly digest" in line.text


def test_status_says_how_fresh_everything_is(stage: DigestStage) -> None:
    """Each source with its day, or the command that fills it."""
    shown = str(stage.say("status", "How things stand").blocks)

    assert "Top list by downloads: of 28 Nov 2026" in shown
    assert "Census (count of the whole Hub): none stored yet" in shown
    assert "Digests of the last week: none was due" in shown


def test_the_second_issue_is_not_called_the_first(stage: DigestStage) -> None:
    """Over a sample neither can be compared with anything; which sections could not be told is said in both."""
    stage.say("digest on mon 09:00 UTC", "gets a digest")
    database = stage.bot.analyst.context.database
    database.run(lambda connection: connection.execute(text("DELETE FROM top_lists")))
    for day in ("2026-11-30T09:01", "2026-12-07T09:01"):
        stage.tick_at(day)

    first, second = stage.digests()
    assert first.text.startswith("FIRST ISSUE · SAMPLE, not live: ")
    assert second.text.startswith("SAMPLE, not live: ")
    assert "There is no list to compare with, so this is the list itself." in str(second.blocks)
    assert "Not collected yet, so not told: all models of the Hub, papers' code and official collections." in str(
        second
    )


def test_a_section_that_fails_becomes_a_line_and_the_rest_is_posted(stage: DigestStage) -> None:
    """No list is stored any more and the Hub does not answer: the first issue comes, a sample, and says both."""
    stage.say("digest on mon 09:00 UTC", "gets a digest")
    database = stage.bot.analyst.context.database
    database.run(lambda connection: connection.execute(text("DELETE FROM top_lists")))
    stage.tick_at("2026-11-30T09:01")

    (digest,) = stage.digests()
    assert digest.text.startswith("FIRST ISSUE · SAMPLE, not live: ")
    assert "SAMPLE, not live" in str(digest.blocks)
    assert "The Hub was asked for the list of now and did not answer." in str(digest.blocks)


@pytest.mark.parametrize("words", ["", "named mobile ", "monthly 1st "])
def test_a_change_is_news_once_though_nothing_newer_can_be_read(stage: DigestStage, words: str) -> None:
    """The second issue says since when, and no change; the third, with a new list, what changed since the first."""
    stage.say(f"digest on {words}{'' if 'monthly' in words else 'mon '}09:00 UTC", "gets a digest")
    days = (
        ["2026-12-01", "2027-01-01", "2027-02-01"] if "monthly" in words else ["2026-11-30", "2026-12-07", "2026-12-14"]
    )
    for day in days[:2]:
        stage.tick_at(f"{day}T09:01")

    first, second = stage.digests()
    assert "1 new in the top 30" in first.text
    assert "Nothing newer could be read since 28 Nov 2026." in second.text
    assert "what had changed until then was told before" in str(second.blocks)
    assert "new/star" not in second.text + str(second.blocks)

    stage.store(
        dt.datetime.fromisoformat(f"{days[2]}T08:00Z"), ["newer/star", "new/star", *(f"lab/m{n}" for n in range(40))]
    )
    stage.tick_at(f"{days[2]}T09:01")
    third = stage.digests()[-1]
    assert "1 new in the top 30 since 28 Nov 2026" in third.text


def test_a_corrected_reading_is_corrected_in_the_thread(stage: DigestStage) -> None:
    """The stored list turns out otherwise: the digest that showed it gets a correction, once. Another list is none."""
    stage.say("digest on mon 09:00 UTC", "gets a digest")
    stage.tick_at("2026-11-30T09:01")
    (digest,) = stage.digests()
    stage.store(SATURDAY - dt.timedelta(days=7, hours=-1), [f"other/m{number}" for number in range(40)])
    stage.bot.scheduler.correct()
    stage.playground.settled()
    assert not [m for m in stage.playground.messages(thread_ts=digest.ts) if m.text.startswith("Correction")]

    stage.store(SATURDAY - dt.timedelta(days=7), [f"other/m{number}" for number in range(40)], method="n")
    stage.bot.scheduler.correct()
    stage.bot.scheduler.correct()

    stage.playground.settled()
    thread = [m.text for m in stage.playground.messages(thread_ts=digest.ts)]
    assert len([text for text in thread if text.startswith("Correction: a reading was replaced.")]) == 1


def test_the_form_subscribes_with_what_was_chosen(stage: DigestStage) -> None:
    """`digest on` opens it, filled with Monday 09:00 in Ann's zone; a wrong zone is said beside its field."""
    stage.playground.command("/frameworks digest on")
    view = stage.playground.wait_for(stage.playground.modal)
    assert view["submit"]["text"] == "Subscribe"
    assert fields(view)["zone"]["initial_value"] == "Europe/Berlin"

    stage.playground.submit({"zone": "Europe/Berlim"}).wait()
    modal = stage.playground.site.modals.shown[stage.playground.user("ann").id]
    assert "Did you mean Europe/Berlin?" in modal.errors["zone"]

    stage.playground.submit({"day": "4", "time": "16:30", "zone": "Asia/Tokyo", "matters": ["only"]}).wait()
    told = stage.playground.wait_for_ephemeral("gets a digest every Friday at 16:30, Asia/Tokyo")
    assert "only in weeks in which something changes" in str(told.blocks)
    stage.playground.settled()
    assert stage.playground.modal() is None


def test_submitted_twice_it_is_one_subscription(stage: DigestStage) -> None:
    """A double click, or Slack sending the same again."""
    stage.playground.command("/frameworks digest on")
    stage.playground.wait_for(stage.playground.modal)
    delivery = stage.playground.submit().wait()
    stage.playground.resend(delivery).wait()
    stage.playground.wait_for_ephemeral("gets a digest")

    stage.tick_at("2026-11-30T08:01")
    stage.tick_at("2026-11-30T08:02")

    assert len(stage.digests()) == 1


def test_manage_opens_the_form_with_what_is_set(stage: DigestStage) -> None:
    """From the digest itself."""
    stage.say("digest on tue 10:15 UTC", "gets a digest")
    stage.tick_at("2026-12-01T10:16")
    stage.playground.click(stage.digests()[0], "Manage")

    view = stage.playground.wait_for(stage.playground.modal)

    assert view["submit"]["text"] == "Change"
    assert fields(view)["day"]["initial_option"]["value"] == "1"
    assert fields(view)["time"]["initial_time"] == "10:15"
