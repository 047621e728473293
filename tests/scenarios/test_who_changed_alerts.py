"""Whatever is changed of a channel's alerts is said there in one line, by name, and can be taken back from it."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from playground.server import Playground
from playground.start import clock_of
from playground.state import PostedMessage
from tests.patient_slack import patient_slack
from tests.scenarios.conftest import OUT_OF_REACH, connected
from tests.scenarios.test_alerts import MONDAY, SET, AlertScene

WORDS = "TensorFlow enters or leaves the top 10"


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[AlertScene]:
    """Start on a Monday noon with a list of now, and one alert of Ann's."""
    playground = patient_slack(clock=MONDAY.timestamp)
    with playground, start(playground, tmp_path) as scene:
        scene.list_models(2)
        say(scene, SET)
        yield scene


@contextmanager
def start(playground: Playground, home: Path) -> Iterator[AlertScene]:
    """Start the bot, or start it again."""
    with connected(playground, home, OUT_OF_REACH, clock_of(playground)) as bot:
        yield AlertScene(playground, bot)


def say(scene: AlertScene, words: str, user: str = "ann") -> None:
    """Type a command and wait until all is done."""
    scene.playground.command(f"/frameworks {words}", user=user)
    scene.playground.settled()


def lines(scene: AlertScene) -> list[str]:
    """Give what all read in the channel."""
    scene.playground.settled()
    return [message.text for message in scene.playground.bot_messages()]


def last(scene: AlertScene, channel: str = "general") -> PostedMessage:
    """Give the newest line."""
    scene.playground.settled()
    return scene.playground.bot_messages(channel)[-1]


def undo(scene: AlertScene, message: PostedMessage, user: str = "bob") -> None:
    """Click a line's button and wait until all is done."""
    scene.playground.click(message, "Undo", user=user)
    scene.playground.settled()


def private(scene: AlertScene, user: str = "ann") -> list[str]:
    """Give what one person alone was told in the channel."""
    scene.playground.settled()
    return [one.text for one in scene.playground.ephemerals(user=user)]


def listed(scene: AlertScene) -> str:
    """Give how the channel's alerts are listed."""
    say(scene, "alerts")
    return re.sub(r"'block_id': '\w+'", "", str(scene.playground.ephemerals()[-1].blocks))


CHANGES = {
    "alert pause 1": f"bob paused alert 1 here: {WORDS}.",
    "alert off 1": f"bob stopped alert 1 here: {WORDS}.",
    "alert pause all": f"bob paused alert 1 here: {WORDS}.",
    "alert quiet 22:00-07:30 Europe/Berlin": (
        "bob changed the quiet hours of the alerts here: from 22:00 to 07:30, Europe/Berlin, no longer from 20:00 to "
    ),
    "alert quiet 00:00-00:00": "bob changed the quiet hours of the alerts here: none at all, no longer from 20:00 to ",
    "alert edit 1 when TensorFlow enters or leaves the top 5": (
        "bob changed alert 1 here, which is alert 2 now: it says when TensorFlow enters or leaves the top 5, no longer "
        f"when {WORDS}."
    ),
    "alert when TensorFlow leaves the top 10": ("bob set up alert 2 here: it says when TensorFlow leaves the top 10."),
}


@pytest.mark.parametrize(("words", "line"), CHANGES.items())
def test_a_change_is_said_in_the_channel_by_name(scene: AlertScene, words: str, line: str) -> None:
    """One line, without a mention, which would ring the person's bell."""
    say(scene, words, "bob")

    made, changed = lines(scene)
    assert made == f"ann set up alert 1 here: it says when {WORDS}."
    assert changed.startswith(line)
    assert "<@" not in made + changed


def test_several_at_once_are_one_line(scene: AlertScene) -> None:
    """With the number of each; and leaving all of one's own is such a change."""
    say(scene, "alert when TensorFlow leaves the top 10")
    say(scene, "alert pause all", "bob")
    say(scene, "digest off all")

    assert lines(scene)[-2:] == ["bob paused 2 alerts here: 1 and 2.", "ann stopped 2 alerts here: 1 and 2."]


def test_who_reads_the_line_is_told_no_second_time_and_what_is_so_is_no_change(scene: AlertScene) -> None:
    """Pausing and ending are confirmed by the line alone; what is paused already is confirmed to who asked."""
    told = private(scene)
    say(scene, "alert pause 1")
    scene.playground.settled()
    assert private(scene) == told

    said = lines(scene)
    say(scene, "alert pause 1")
    say(scene, SET)
    assert lines(scene) == said
    assert private(scene)[len(told)] == f"Alert 1 is paused: {WORDS}."


@pytest.mark.parametrize("words", CHANGES)
def test_a_change_is_undone_by_anybody_there_once(scene: AlertScene, words: str) -> None:
    """It is as before, and who undid it is said; a second click says that nothing was done."""
    before = listed(scene)
    say(scene, words, "bob")
    line = last(scene)
    undo(scene, line, "chie")
    said = lines(scene)
    undo(scene, line, "bob")

    assert said[-1].startswith("chie undid the last change of alerts here: ")
    assert lines(scene) == said
    assert "so nothing was undone" in private(scene, "bob")[-1]
    assert listed(scene) == before


def test_an_undo_is_undone(scene: AlertScene) -> None:
    """It is a change like others."""
    say(scene, "alert off 1", "bob")
    undo(scene, last(scene))
    undo(scene, last(scene), "ann")

    assert lines(scene)[-1] == f"ann undid the last change of alerts here: alert 1 has ended ({WORDS})."


@pytest.mark.parametrize("since", ["alert resume 1", "alert off 1"])
def test_what_was_changed_since_is_not_undone(scene: AlertScene, since: str) -> None:
    """Kindly: it says so, and what shows how things are."""
    say(scene, "alert pause 1", "bob")
    line = last(scene)
    say(scene, since)
    said = lines(scene)
    undo(scene, line)

    assert lines(scene) == said
    assert "“alerts” shows how they are now" in private(scene, "bob")[-1]


def test_what_was_set_again_meanwhile_is_not_doubled(scene: AlertScene) -> None:
    """An alert that ended is not put back beside another that waits for the same."""
    say(scene, "alert off 1", "bob")
    line = last(scene)
    say(scene, SET)
    undo(scene, line)

    assert "so nothing was undone" in private(scene, "bob")[-1]
    assert "has 1 alert" in listed(scene)


def test_another_alerts_change_is_no_change_of_this_one(scene: AlertScene) -> None:
    """The line of one can be taken back though another was changed since."""
    say(scene, "alert pause 1", "bob")
    line = last(scene)
    say(scene, "alert when TensorFlow leaves the top 10")
    undo(scene, line)

    assert lines(scene)[-1] == f"bob undid the last change of alerts here: alert 1 waits again ({WORDS})."


def test_an_undo_works_after_a_restart(tmp_path: Path) -> None:
    """What it puts back stands in the button."""
    with patient_slack(clock=MONDAY.timestamp) as playground:
        with start(playground, tmp_path) as scene:
            scene.list_models(2)
            say(scene, SET)
            say(scene, "alert off 1", "bob")
        with start(playground, tmp_path) as again:
            undo(again, last(again))
            assert lines(again)[-1].startswith("bob undid the last change of alerts here: alert 1 waits again")


def test_the_maker_hears_and_can_take_it_back_from_there(scene: AlertScene) -> None:
    """By direct message, with the same button; the channel is told who did."""
    say(scene, "alert off 1", "bob")
    told = last(scene, "dm")
    assert f"bob stopped alert 1 in <#{scene.playground.channel('general').id}> that you made: {WORDS}." == told.text
    undo(scene, told, "ann")

    assert lines(scene)[-1] == f"ann undid the last change of alerts here: alert 1 waits again ({WORDS})."
    assert "its channel was told" in str([one.text for one in scene.playground.ephemerals("dm")])


def test_an_alert_comes_not_back_where_it_could_not_be_told(scene: AlertScene) -> None:
    """The channel was archived meanwhile: it would be promised and not kept."""
    say(scene, "alert pause 1", "bob")
    line = last(scene)
    scene.playground.archive("general")
    undo(scene, line)

    assert "It was not undone. Slack does not let me post here: the channel is archived." in private(scene, "bob")[-1]
    scene.playground.channel("general").archived = False
    assert "Paused." in listed(scene)


@pytest.mark.parametrize(
    "value", ["", "x", "[1]", '[1,"x",null]', '[9,[[1,1,"off"]],null]', "[1,[],null]", '[1,[],[1,"x"]]', '{"a":1}']
)
def test_a_button_of_another_version_undoes_nothing(scene: AlertScene, value: str) -> None:
    """Whatever it bears; the alerts stay as they are."""
    line = last(scene)
    line.blocks[0]["accessory"]["value"] = value
    undo(scene, line)

    assert len(lines(scene)) == 1
    assert "nothing was undone" in private(scene, "bob")[-1]
