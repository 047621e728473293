"""Alerts as people use them: set in words or by form, tried on the past, told when the clock moves on, ended."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from analytics.attribution import METHOD
from analytics.domain.answer import Origin
from analytics.domain.observations import Model, Ranking, TopList
from bot.app import Bot
from bot.digest.poster import Pace
from playground.server import Playground
from playground.start import clock_of, live_by_its_clock
from tests.patient_slack import patient_slack
from tests.scenarios.conftest import OUT_OF_REACH, connected

MONDAY = dt.datetime(2026, 11, 30, 12, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)
ORIGIN = Origin("Hugging Face Hub", "list", "https://huggingface.co/models", "2026-11-30")
SET = "alert when TensorFlow enters or leaves the top 10"


@dataclass
class AlertScene:
    """The playground, the bot, and lists that a test stores."""

    playground: Playground
    bot: Bot

    def list_models(self, tensorflow: int, back: int = 0) -> None:
        """Store a list of ten models, so many of them in TensorFlow."""
        names = ["tf_model.h5"] * tensorflow + ["pytorch_model.bin"] * (10 - tensorflow)
        models = tuple(Model(f"lab/m{at}", 99 - at, tags=(), files=(name,)) for at, name in enumerate(names))
        moment = clock_of(self.playground)() - back * DAY
        found = TopList(Ranking(), moment, models, 10, complete=False, origin=ORIGIN)
        assert self.bot.analyst.context.top_lists.add(found, METHOD)

    def say(self, text: str, part: str) -> str:
        """Type a command and give what only Ann is told."""
        self.playground.command(f"/frameworks {text}")
        self.playground.settled()
        told = self.playground.ephemerals("general", "ann")[-1]
        assert part in told.text, told.text
        return f"{told.text} {told.blocks}"

    def change(self, text: str, part: str) -> None:
        """Type a command that changes something, which the whole channel is told."""
        self.playground.command(f"/frameworks {text}")
        self.playground.settled()
        told = self.playground.bot_messages()[-1].text
        assert part in told, told


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[AlertScene]:
    """Start on a Monday noon, with the Hub out of reach and two TensorFlow models in the list of now."""
    with (
        patient_slack(clock=MONDAY.timestamp) as playground,
        connected(
            playground, tmp_path, OUT_OF_REACH, clock_of(playground), Pace(playground.advance, playground.now)
        ) as bot,
    ):
        live_by_its_clock(playground, bot)
        playground.on_moved = bot.scheduler.digest
        scene = AlertScene(playground, bot)
        scene.list_models(2)
        yield scene


def test_an_alert_fires_when_the_clock_moves_on(scene: AlertScene) -> None:
    """Set in words; TensorFlow leaves the list; the channel is told once, and next day that it is back."""
    assert "TensorFlow is in 2 of the top 10" in scene.say(SET, "Alert 1")
    scene.playground.advance(DAY.total_seconds())
    scene.list_models(0)
    scene.playground.advance(600)
    scene.playground.wait_for_message("Alert: TensorFlow is in 0 of the top 10")
    scene.playground.advance(DAY.total_seconds())
    scene.list_models(4)
    scene.playground.advance(600)
    scene.playground.wait_for_message("Alert: Back to normal")
    scene.playground.settled()

    assert len([one for one in scene.playground.bot_messages() if one.text.startswith("Alert: ")]) == 2


def test_a_mention_sets_one_too(scene: AlertScene) -> None:
    """In a plain sentence."""
    scene.playground.mention("tell us when TensorFlow enters or leaves the top 10")
    scene.playground.wait_for_ephemeral("Alert 1")


def test_a_preview_says_what_the_past_would_have_said_and_sets_nothing(scene: AlertScene) -> None:
    """Five stored days, two of them news."""
    for back, number in ((4, 1), (3, 0), (2, 0), (1, 3)):
        scene.list_models(number, back)
    said = scene.say("alert preview when TensorFlow enters or leaves the top 10", "Nothing was set")

    assert "Tried on 5 stored days, 26 Nov 2026 to 30 Nov 2026: 2 messages" in said
    assert "27 Nov 2026: TensorFlow is in 0" in said
    assert "29 Nov 2026: Back to normal" in said
    assert "has no alerts" in scene.say("alerts", "no alerts")


def test_they_are_listed_paused_resumed_and_ended(scene: AlertScene) -> None:
    """By number; what is not there is said."""
    scene.say(SET, "Alert 1")
    assert "Normal. Now: TensorFlow is in 2" in scene.say("alerts", "has 1 alert")
    scene.change("alert pause 1", "ann paused alert 1 here")
    assert "Paused." in scene.say("alerts", "has 1 alert")
    scene.change("alert resume 1", "ann resumed alert 1 here")
    scene.say("alert off 2", "no alert 2")
    scene.change("alert off 1", "ann stopped alert 1 here")
    scene.say("alerts", "no alerts")


def test_quiet_hours_are_set_in_words(scene: AlertScene) -> None:
    """With a zone."""
    scene.say(SET, "Alert 1")

    scene.change("alert quiet 22:00-07:30 Europe/Berlin", "the quiet hours of the alerts here: from 22:00 to 07:30")
    assert "Quiet from 22:00 to 07:30, Europe/Berlin" in scene.say("alerts", "Quiet")


def test_the_same_time_twice_are_no_quiet_hours(scene: AlertScene) -> None:
    """And are called that wherever the hours stand; words without hours say how they are written."""
    scene.say(SET, "Alert 1")

    scene.change("alert quiet 00:00-00:00", "the quiet hours of the alerts here: none at all")
    assert "No quiet hours." in scene.say("alerts", "has 1 alert")
    assert "At most one message a day, at any hour." in scene.say(SET, "alert 1 already")
    scene.say("alert quiet", "Quiet hours are written as")
    scene.say("alert quiet off", "00:00-00:00 are none")
    scene.say("alert off", "such as “alert off 1”.")


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("alert when TensorFlow enters the top 0", "1 to 1,000 models"),
        ("alert when PyTorch's share of the top 100 moves by 101 points", "more than 0 and at most 100"),
        ("alert when PyTorch's share of the top 100 moves by 3 points", "cannot tell how it stands"),
        ("alert when PyTorch's share of the top 100 moves by 3 points", "Set the alert again after that"),
        ("alert when nobody/nothing changes framework", "Nothing was set"),
        ("alert when Torch Hubble changes state", "I know no official collection"),
        ("alert when an official collection changes state", "not counted yet"),
        ("alert off all", "has no alerts, so nothing was changed"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_kept(scene: AlertScene, text: str, part: str) -> None:
    """A sentence each."""
    scene.say(text, part)

    assert "has no alerts" in scene.say("alerts", "no alerts")


def test_the_form_sets_one_and_says_beside_the_field_what_is_wrong(scene: AlertScene) -> None:
    """`alert` alone opens it."""
    scene.playground.command("/frameworks alert")
    assert scene.playground.wait_for(scene.playground.modal)
    scene.playground.submit({"top": "0"}).wait()
    shown = scene.playground.site.modals.shown[scene.playground.user("ann").id]
    assert "1 to 1,000 models" in shown.errors["top"]
    scene.playground.submit({"top": "10"}).wait()
    scene.playground.wait_for_ephemeral("Alert 1")


def test_buttons_stop_and_list(scene: AlertScene) -> None:
    """Under the confirmation, after a restart too: their value is the number."""
    scene.say(SET, "Alert 1")
    scene.playground.click(scene.playground.wait_for_ephemeral("Alert 1"), "Stop")
    scene.playground.wait_for_message("ann stopped alert 1 here")


@pytest.mark.parametrize("words", ["alert off 1?", "alert off all?", "pause alert 1?"])
def test_an_alert_that_is_asked_about_stays(scene: AlertScene, words: str) -> None:
    """A question mark shows how it is."""
    scene.say(SET, "Alert 1")

    assert "Normal. Now" in scene.say(words, "has 1 alert")


def test_today_is_that_of_the_clock_at_hand(scene: AlertScene) -> None:
    """In a playground whose clock was moved, its today is not still to come."""
    scene.playground.command("/frameworks top10 on 2026-11-30")

    assert "in 8 of the top 10" in scene.playground.wait_for_message("of the top 10 models").text


def test_the_maker_hears_what_somebody_else_did(scene: AlertScene) -> None:
    """By direct message, once for each change; of one's own changes nobody is told there."""
    scene.say(SET, "Alert 1")
    for words, user in (("pause 1", "bob"), ("pause 1", "bob"), ("resume 1", "ann"), ("off all", "bob")):
        scene.playground.command(f"/frameworks alert {words}", user=user)
        scene.playground.settled()

    told = [one.text for one in scene.playground.bot_messages("dm")]
    assert ["bob paused alert 1" in told[0], "bob stopped alert 1" in told[-1], len(told)] == [True, True, 2]


def test_leaving_all_leaves_alerts(scene: AlertScene) -> None:
    """`digest off all` ends what one made, digests and alerts."""
    scene.say(SET, "Alert 1")
    scene.say("digest off all", "0 digests and 1 alert")
    scene.say("alerts", "no alerts")


def test_status_names_them(scene: AlertScene) -> None:
    """How many wait, in how many channels."""
    scene.say(SET, "Alert 1")
    assert "1 alert in 1 channel" in scene.say("status", "How things stand")


def test_the_home_tab_shows_changes_and_leaves_ones_alerts(scene: AlertScene) -> None:
    """Beside the digests: paused, resumed, changed by the form, left; each is shown at once."""
    scene.say(SET, "Alert 1")
    scene.playground.open_home()
    scene.playground.settled()
    assert "TensorFlow enters or leaves the top 10" in str(scene.playground.home())
    for label, part in (("Pause", "*paused*"), ("Resume", "waits again"), ("Leave", "Alert 1 has ended")):
        scene.playground.click_home(label)
        scene.playground.settled()
        assert part in str(scene.playground.home())
    assert "Your alerts" not in str(scene.playground.home())


def test_changing_one_in_the_home_tab_puts_another_in_its_place(scene: AlertScene) -> None:
    """By the form; the old one ends with it, and its number is not given again."""
    scene.say(SET, "Alert 1")
    scene.playground.open_home()
    scene.playground.settled()
    scene.playground.click_home("Change")
    scene.playground.wait_for(scene.playground.modal)
    scene.playground.submit({"top": "5"}).wait()
    scene.playground.settled()

    assert "*Alert 2:* TensorFlow enters or leaves the top 5" in scene.say("alerts", "has 1 alert")


def test_an_admin_sees_and_changes_the_alerts_of_others(scene: AlertScene) -> None:
    """Bob runs the workspace: paused, resumed, ended in his tab, and the channel is told; Chie does not see them."""
    scene.say(SET, "Alert 1")
    for user in ("bob", "chie"):
        scene.playground.open_home(user)
    scene.playground.settled()
    assert "Alerts of others" not in str(scene.playground.home("chie"))
    for label, part in (("Pause", "*paused*"), ("Resume", "waits again"), ("End", "Alert 1 has ended")):
        scene.playground.click_home(label, "bob")
        scene.playground.settled()
        assert part in str(scene.playground.home("bob"))
    assert "Alerts of others" not in str(scene.playground.home("bob"))
    assert "bob stopped alert 1 here" in scene.playground.bot_messages()[-1].text


MARKS = {
    "PyTorch drops below 80 % of the top 10": "PyTorch's share of the top 10 is below 80 %",
    "TensorFlow is in more than 2 of the top 10": "TensorFlow is in more than 2 of the top 10",
}


@pytest.mark.parametrize(("said", "words"), MARKS.items())
def test_a_mark_fires_at_the_crossing_once_and_back(scene: AlertScene, said: str, words: str) -> None:
    """Two of ten are TensorFlow's, then three, four, two; however often the clock ticks."""
    assert words in scene.say(f"tell us when {said}", "Alert 1")
    for tensorflow in (3, 4, 2):
        scene.playground.advance(DAY.total_seconds())
        scene.list_models(tensorflow)
        for _ in range(3):
            scene.playground.advance(600)
            scene.playground.settled()

    told = [one.text for one in scene.playground.bot_messages() if one.text.startswith("Alert: ")]
    assert ["Back to normal" in text for text in told] == [False, True]


def test_a_mark_is_tried_on_the_past(scene: AlertScene) -> None:
    """By words and when it is set; one that holds already says so."""
    for back, number in ((4, 1), (3, 3), (2, 4), (1, 1)):
        scene.list_models(number, back)
    said = scene.say("alert preview when TensorFlow is in more than 2 of the top 10", "Nothing was set")

    assert "Tried on 5 stored days, 26 Nov 2026 to 30 Nov 2026: 2 messages" in said
    assert "27 Nov 2026: TensorFlow is in 3" in said
    set_now = scene.say("alert when TensorFlow is in fewer than 3 of the top 10", "Alert 1")
    assert "It is so already; the next message says when it is not." in set_now


@pytest.mark.parametrize(
    ("kind", "points", "words"),
    [
        ("below", "75", "TensorFlow's share of the top 10 is below 75 %"),
        ("above", "75", "TensorFlow's share of the top 10 is above 75 %"),
        ("fewer", "3", "TensorFlow is in fewer than 3 of the top 10"),
        ("more", "9", "TensorFlow is in more than 9 of the top 10"),
    ],
)
def test_the_form_sets_a_mark(scene: AlertScene, kind: str, points: str, words: str) -> None:
    """And says beside the field what cannot be."""
    scene.playground.command("/frameworks alert")
    assert scene.playground.wait_for(scene.playground.modal)
    scene.playground.submit({"kind": kind, "top": "10", "points": "101"}).wait()
    shown = scene.playground.site.modals.shown[scene.playground.user("ann").id]
    assert "is so always or never" in shown.errors["points"]

    scene.playground.submit({"kind": kind, "top": "10", "points": points}).wait()
    assert words in str(scene.playground.wait_for_ephemeral("Alert 1").blocks)
