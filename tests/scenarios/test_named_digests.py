"""Several digests in one channel, each under its name, through the front door."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.scenarios.test_digest import DigestStage, fields, set_stage

MONDAY = "2026-11-30T09:01"


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[DigestStage]:
    """Give the stage to a test."""
    with set_stage(tmp_path) as stage:
        yield stage


def two(stage: DigestStage) -> None:
    """Make the plain digest and one called Mobile, due in the same minute."""
    stage.say("digest on mon 09:00 UTC", "gets a digest every Monday")
    stage.say("digest on named Mobile mon 09:00 UTC top", "gets a digest “Mobile” every Monday")


def buttons(message: Any) -> list[str]:
    """Give the values of a message's buttons."""
    return [
        str(element.get("value"))
        for block in message.blocks
        for element in block.get("elements", ())
        if element["type"] == "button"
    ]


def test_two_due_in_one_minute_are_two_posts_and_each_is_one(stage: DigestStage) -> None:
    """Each with its own key, its own sections and a thread of its own, however often the clock ticks."""
    two(stage)
    for _ in range(3):
        stage.tick_at(MONDAY)

    plain, named = sorted(stage.digests(), key=lambda digest: "Mobile" in digest.text)
    assert "Mobile" not in str(plain.blocks)
    assert named.text.startswith("“Mobile”: 1 new in the top 30")
    assert "`/frameworks digest off named Mobile`" in str(named.blocks)
    assert len({str(digest.metadata) for digest in stage.digests()}) == 2
    stage.playground.settled()
    for digest in stage.digests():
        assert len([reply for reply in stage.playground.messages(thread_ts=digest.ts) if reply.ts != digest.ts]) == 2


def test_the_list_shows_each_and_its_buttons_act_on_that_one(stage: DigestStage) -> None:
    """Pause under the second pauses the second."""
    two(stage)
    listed = stage.say("digest list", "This channel has 2 digests")
    assert "digest “Mobile” comes every Monday" in str(listed.blocks)

    pauses = [value for value in buttons(listed) if value.endswith("Mobile")]
    assert len(pauses) == 3
    stage.playground.click(listed, f"digest-pause:{stage.playground.channel('general').id} Mobile")
    line = stage.playground.wait_for_message("ann paused the weekly digest “Mobile” here")
    assert "every Monday" in line.text
    stage.tick_at(MONDAY)
    assert [digest.text.startswith("“Mobile”") for digest in stage.digests()] == [False]


def test_words_without_a_name_are_about_the_plain_one(stage: DigestStage) -> None:
    """`digest off` ends it, and says that the channel has another only where it is asked for."""
    two(stage)
    stage.playground.command("/frameworks digest off")
    stage.playground.wait_for_message("ann stopped the weekly digest here (every Monday")
    asked = stage.say("digest pause", "This channel has no digest without a name")

    assert "It has “Mobile”. Say which is meant: `/frameworks digest list named Mobile`." in asked.text
    stage.tick_at(MONDAY)
    assert [digest.text[:8] for digest in stage.digests()] == ["“Mobile”"]


@pytest.mark.parametrize("typed", ["named mobile", "named MOBILE", "called Mobile", 'named "mobile"', "named ｍobile"])
def test_a_name_is_found_in_any_case(stage: DigestStage, typed: str) -> None:
    """And in letters of full width; one of another name is not touched."""
    two(stage)
    stage.playground.command(f"/frameworks digest off {typed}")

    assert stage.playground.wait_for_message("ann stopped the weekly digest “Mobile” here")
    assert "every Monday" in stage.say("digest list", "This channel's digest comes").text


def test_changing_one_by_its_name_leaves_the_other(stage: DigestStage) -> None:
    """The line says whose day changed; undo puts that one back, and once."""
    two(stage)
    stage.playground.command("/frameworks digest on named mobile fri 10:00")
    line = stage.playground.wait_for_message("changed the weekly digest “mobile” here: it comes every Friday at 10:00")
    assert "every Monday at 09:00" in str(stage.say("digest list", "2 digests").blocks)

    stage.playground.click(line, "Undo")
    stage.playground.wait_for_message("ann undid the last change: the weekly digest “mobile” here comes every Monday")


def test_a_name_is_shown_as_it_was_typed_and_rings_nobodys_bell(stage: DigestStage) -> None:
    """Any script, signs and all; what Slack would read as a command of its own is escaped."""
    told = stage.say('digest on named "Größe <!channel> & 日本" mon 09:00 UTC', "gets a digest “Größe")

    assert "<!channel>" not in str(told.blocks[0])
    assert "日本”" in told.text
    stage.tick_at(MONDAY)
    shown = [block for block in stage.digests()[0].blocks if block["type"] != "actions"]
    assert "<!channel>" not in f"{stage.digests()[0].text} {shown}"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (f"digest on named {'x' * 41} mon", "A name has at most 40 characters"),
        ("digest on named mobile team mon", "I know no day, time or zone “team”"),
        ("digest on named", "A name has a letter or a digit"),
        ("digest off named nobody", "This channel has no digest “nobody”"),
        ("digest second on monday", "One more digest of a channel takes a name"),
        ("second digest for jax models", "One more digest of a channel takes a name"),
        ("digest on mon top task text-generation", "not of one task, framework or account"),
    ],
)
def test_what_is_not_understood_whole_changes_nothing(stage: DigestStage, words: str, said: str) -> None:
    """It is said what is wrong; the digests there are stay."""
    two(stage)
    stage.say(words, said)

    assert stage.say("digest list", "This channel has 2 digests")


def test_ten_are_as_many_as_a_channel_has(stage: DigestStage) -> None:
    """The eleventh is refused in a sentence, in words and in the form; a stopped one makes room."""
    for number in range(10):
        stage.say(f"digest on named d{number} mon 09:00 UTC", f"“d{number}”")
        stage.playground.settled()
        stage.playground.advance(10)  # or Slack asks for a pause, and the line is not said
    stage.say("digest on named d10 mon 09:00 UTC", "This channel has 10 digests, as many as one can have")
    stage.say("digest on", "This channel has 10 digests")
    stage.playground.advance(10)

    stage.playground.command("/frameworks digest off named d3")
    stage.playground.wait_for_message("ann stopped the weekly digest “d3”")
    assert stage.say("digest on named d10 mon 09:00 UTC", "gets a digest “d10”")
    stage.playground.settled()
    undone = next(line for line in stage.playground.bot_messages() if "stopped the weekly digest “d3”" in line.text)
    stage.playground.click(undone, "Undo")
    assert stage.playground.wait_for_ephemeral("It was not undone. This channel has 10 digests")


def test_the_form_makes_another_by_its_name(stage: DigestStage) -> None:
    """Opened for the plain one, a new name makes one beside it; a name that is taken is refused beside the field."""
    two(stage)
    stage.playground.command("/frameworks digest on")
    stage.playground.wait_for(stage.playground.modal)
    stage.playground.submit({"name": "mobile"}).wait()
    stage.playground.settled()
    modal = stage.playground.site.modals.shown[stage.playground.user("ann").id]
    assert "This channel has a digest “Mobile” already." in modal.errors["name"]

    stage.playground.submit({"name": "Papers", "day": "3", "sections": ["papers"]}).wait()
    stage.playground.wait_for_ephemeral("gets a digest “Papers” every Thursday")
    assert stage.say("digest list", "This channel has 3 digests")


def test_manage_opens_the_form_of_that_digest(stage: DigestStage) -> None:
    """The button under a digest carries its name."""
    two(stage)
    stage.say("digest on named mobile mon 11:30 UTC", "“mobile”")
    stage.tick_at("2026-11-30T11:31")
    named = next(digest for digest in stage.digests() if "mobile" in digest.text)
    stage.playground.click(named, "Manage")
    view = stage.playground.wait_for(stage.playground.modal)

    assert fields(view)["name"]["initial_value"] == "mobile"
    assert fields(view)["time"]["initial_time"] == "11:30"


def test_the_home_tab_acts_on_the_right_one(stage: DigestStage) -> None:
    """Both are listed; Leave under the second ends the second."""
    two(stage)
    stage.playground.open_home()
    stage.playground.settled()
    home = stage.playground.home()
    assert "“Mobile” every Monday" in str(home)
    stage.playground.click_home(f"home-leave:{stage.playground.channel('general').id} Mobile")

    assert stage.playground.wait_for_message("ann stopped the weekly digest “Mobile” here")
    assert "every Monday" in stage.say("digest list", "This channel's digest comes").text


@pytest.mark.parametrize("name", ["&lt;b&gt;", "R&amp;D &amp;", "a &gt;"])
def test_a_name_that_ends_in_a_sign_is_stopped_as_it_is_typed(stage: DigestStage, name: str) -> None:
    """Slack escapes it, and its semicolon goes with the full stops at the end of what is typed."""
    stage.say(f'digest on named "{name}" mon 09:00 UTC', f"gets a digest “{name}” every Monday")
    stage.playground.command(f"/frameworks digest off named {name}")

    assert stage.playground.wait_for_message(f"ann stopped the weekly digest “{name}” here")


@pytest.mark.parametrize("words", ["cancel every digest", "stop each digest", "stop all digests"])
def test_a_sentence_about_all_ends_none_alone(stage: DigestStage, words: str) -> None:
    """Which of them is meant cannot be told; how to say it is shown."""
    two(stage)
    stage.say(words, "What can be said about digests")

    assert stage.say("digest list", "This channel has 2 digests")


def test_leaving_all_where_one_has_made_none_ends_nothing(stage: DigestStage) -> None:
    """And says so."""
    assert stage.say("digest off all", "You have made no digest and no alert that waits, so nothing has ended.")


def test_leaving_all_leaves_every_one(stage: DigestStage) -> None:
    """Of all names; each of them is said in the channel."""
    two(stage)
    stage.say("digest off all", "You made 2 digests; all have ended.")

    assert stage.playground.wait_for_message("ann stopped the weekly digest “Mobile” here")
    assert stage.say("digest list", "This channel has no digest")


def test_one_that_was_missed_is_told_of_by_its_name(stage: DigestStage) -> None:
    """Both were missed for a day: one message names both."""
    two(stage)
    stage.tick_at("2026-12-02T09:01")

    told = stage.playground.wait_for_message("were not posted as planned", channel="dm")
    assert "“Mobile” was skipped" in told.text
    assert told.text.count("was skipped") == 2
