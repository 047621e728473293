"""A bot that is killed by SIGKILL in the middle of something: the next one answers, once, or says that it is lost."""

import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import select

from analytics.analyst import utc_now
from analytics.storage.database import Database
from analytics.storage.lease_time import lease_clock
from bot.concern import handling
from bot.counted_app import name_event
from bot.messages import ANSWERS, REPLY
from bot.open_rows import OpenRow, OpenRows, keep_place, open_questions
from bot.place import Place
from playground import payloads
from playground.deliveries import Dispatch
from playground.server import Playground
from playground.state import PostedMessage
from tests.bot.set_up import environment
from tests.patient_slack import patient_slack
from tests.programs import PATIENCE, started
from tests.scenarios.conftest import connected

UPLOAD, POST = "files.getUploadURLExternal", "chat.postMessage"

HANGS = 12.0
"""Seconds that Slack takes to answer: far longer than it takes to kill who waits for it."""


@dataclass
class Deathbed:
    """The stand-in, and the folder of one bot after the other."""

    slack: Playground
    folder: Path

    def kill_when(self, comes: Callable[[], object], ask: Callable[[], object]) -> None:
        """Start a process, ask, and kill it when something has come."""
        with started("bot", folder=self.folder, environment=environment(self.slack, self.folder, {})) as program:
            self.slack.wait_for_connection(timeout=PATIENCE)
            ask()
            self.slack.wait_for(comes)
            program.kill()
        self.slack.wait_for(lambda: not self.slack.site.sockets.connections)
        self.slack.faults.clear()

    def kill_at(self, method: str, ask: Callable[[], object]) -> None:
        """Kill it while it waits for Slack's answer to a call."""
        self.slack.faults.delay_after(method, HANGS)
        calls = lambda: len(self.slack.requests(method))  # noqa: E731 - looked at until it changes
        before = calls()
        self.kill_when(lambda: calls() > before, ask)

    def has_written(self) -> bool:
        """Tell whether what it has in hand is written: within a tenth of a second, if nothing else is done."""
        with closing(Database(self.folder / "home", utc_now)) as database:
            return bool(database.run(lambda connection: connection.execute(select(open_questions)).first()))

    def begin_anew(self) -> None:
        """Let the next bot take up what is left, and stop."""
        with connected(self.slack, self.folder / "home"):
            self.slack.settled(PATIENCE)

    def answers(self) -> list[PostedMessage]:
        """List the answers in the channel."""
        return [said for said in self.slack.bot_messages() if "of the top 30 models" in said.text]

    def told(self) -> str:
        """Give what Ann alone was told last."""
        return self.slack.ephemerals()[-1].text


@pytest.fixture
def bed(tmp_path: Path) -> Iterator[Deathbed]:
    """Start the stand-in alone."""
    with patient_slack() as slack:
        yield Deathbed(slack, tmp_path)


@pytest.mark.parametrize("ways", ["mention", "command", "direct_message"])
def test_what_was_not_answered_is_answered_by_the_next_process(bed: Deathbed, ways: str) -> None:
    """Killed with its picture on the way: asked once, answered once, where it was asked."""
    words, where = ("/frameworks top30" if ways == "command" else "top30"), ("dm" if "direct" in ways else "general")
    bed.kill_at(UPLOAD, lambda: getattr(bed.slack, ways)(words))

    bed.begin_anew()

    (answer,) = [said for said in bed.slack.bot_messages(where) if "of the top 30 models" in said.text]
    assert bool(answer.thread_ts) is (ways == "mention")


@pytest.mark.parametrize("when", ["before it is taken up", "after"])
def test_an_event_that_comes_again_is_answered_once(bed: Deathbed, when: str) -> None:
    """Slack delivers it anew where the killed process acknowledged too late; the next one has the question, too."""
    sent = list[Dispatch]()
    bed.kill_at(UPLOAD, lambda: sent.append(bed.slack.mention("top30")))

    with connected(bed.slack, bed.folder / "home"):
        if when == "after":
            bed.slack.settled(PATIENCE)
        bed.slack.resend(sent[0])
        bed.slack.settled(PATIENCE)

    assert len(bed.answers()) == 1


def test_of_a_crowd_in_one_channel_everybody_gets_a_post(bed: Deathbed) -> None:
    """More than Slack takes at once, so that they come a second apart; nobody is told alone that it was too fast."""
    channel, ann = bed.slack.channel("general"), bed.slack.user("ann")
    asked = {"words": "top30", "wanted": "ANSWER", "privately": False, "shown": None, "as_of": None}
    places = [Place(channel.id, ann.id, team=ann.team_id, work=f"asked {number}") for number in range(6)]
    rows = [OpenRow(ann.team_id, place.work, utc_now(), {"place": keep_place(place)} | asked) for place in places]
    with closing(Database(bed.folder / "home", utc_now)) as database:
        OpenRows(database, lease_clock(utc_now), "the killed one", is_alone=True).write(rows, (), renews=False)

    with connected(bed.slack, bed.folder / "home"):
        bed.slack.wait_for(lambda: len(bed.answers()) == 6)
        bed.slack.settled(PATIENCE)

    assert [said.text for said in bed.slack.ephemerals() if "Looking up" not in said.text] == []


def test_what_a_killed_process_left_behind_is_answered_by_the_next(bed: Deathbed) -> None:
    """Where it was asked, once, however many begin after it."""
    ann = bed.slack.user("ann")
    place = Place(bed.slack.channel("general").id, ann.id, team=ann.team_id, work="asked")
    asked = {"words": "top30", "wanted": "ANSWER", "privately": False, "shown": None, "as_of": None}
    row = OpenRow(ann.team_id, place.work, utc_now(), {"place": keep_place(place)} | asked)
    with closing(Database(bed.folder / "home", utc_now)) as database:
        OpenRows(database, lease_clock(utc_now), "the killed one", is_alone=True).write([row], (), renews=False)

    for _ in range(2):
        with connected(bed.slack, bed.folder / "home", pictures="off"):
            bed.slack.settled(PATIENCE)
    assert len(bed.answers()) == 1


def test_what_stands_there_is_not_said_again(bed: Deathbed) -> None:
    """Killed after its post and before it knew of that."""
    bed.slack.faults.delay_after(POST, HANGS, times=5)
    bed.kill_when(bed.answers, lambda: bed.slack.mention("top30"))

    bed.begin_anew()
    bed.begin_anew()

    assert len(bed.answers()) == 1


def test_what_stands_there_is_seen_by_a_machine_whose_clock_is_ahead(tmp_path: Path) -> None:
    """When it was asked is told by Slack's time; by its own nothing would have been said since."""
    with patient_slack(clock=lambda: time.time() - 3600) as slack:
        bed = Deathbed(slack, tmp_path)
        slack.faults.delay_after(POST, HANGS, times=5)
        bed.kill_when(bed.answers, lambda: slack.command("/frameworks top30"))

        bed.begin_anew()

        assert len(bed.answers()) == 1


def test_looking_up_does_not_stay(bed: Deathbed) -> None:
    """The line that said so is taken back by the next process."""
    bed.slack.faults.delay_after(UPLOAD, HANGS)
    looking = lambda: [said for said in bed.slack.bot_messages() if "Looking up" in said.text]  # noqa: E731 - a look
    bed.kill_when(looking, lambda: bed.slack.mention("top30"))

    bed.begin_anew()

    assert len(bed.slack.bot_messages()) == len(bed.answers()) == 1


def test_what_one_person_may_have_been_shown_is_asked_again_by_a_button(bed: Deathbed) -> None:
    """Nobody can look whether it was seen."""
    bed.slack.faults.delay_after("response_url", HANGS, times=5)
    shown = lambda: "of the top 30 models" in "".join(told.text for told in bed.slack.ephemerals())  # noqa: E731 - a look
    bed.kill_when(shown, lambda: bed.slack.command("/frameworks privately top30"))

    bed.begin_anew()

    assert "while my answer to `top30" in bed.told()
    assert "If you do not see it, ask again" in bed.told()


def test_why_there_is_no_answer_is_not_said_twice(bed: Deathbed) -> None:
    """It was shown to the asker alone, and the next process cannot see whether it was."""
    bed.slack.faults.delay_after("response_url", HANGS, times=5)
    shown = lambda: [told.text for told in bed.slack.ephemerals() if "Looking up" not in told.text]  # noqa: E731 - a look
    bed.kill_when(shown, lambda: bed.slack.command("/frameworks model a/b"))
    (why,) = shown()

    bed.begin_anew()

    assert shown().count(why) == 1
    assert "while my answer to `model a/b" in bed.told()


def test_a_setting_that_may_have_been_changed_is_told(bed: Deathbed) -> None:
    """It is not changed by itself: nobody knows how far that went."""
    bed.slack.faults.delay_after("conversations.info", HANGS)
    asked = lambda: bed.slack.requests("conversations.info") and bed.has_written()  # noqa: E731 - a look
    bed.kill_when(asked, lambda: bed.slack.command("/frameworks digest on mon 09:00 UTC"))

    bed.begin_anew()

    assert "cannot tell whether it was done" in bed.told()


def test_a_question_that_kills_is_asked_anew_once(bed: Deathbed) -> None:
    """The third process leaves it alone, and says so."""
    bed.kill_at(UPLOAD, lambda: bed.slack.mention("top30"))
    bed.kill_at(UPLOAD, lambda: None)

    bed.begin_anew()

    assert "`top30" in bed.told()
    assert "that answer is lost" in bed.told()
    assert bed.answers() == []


def come_again(bed: Deathbed, words: str, *, alone: bool, stands: bool = False) -> None:
    """Let an event come to a process that runs, whose answer another was sending when it was killed."""
    slack, ann = bed.slack, bed.slack.user("ann")
    root = slack.write("a thread")
    slack.write("and its first reply", thread_ts=root.ts)
    message = slack.write(f"<@{slack.bot_user.id}> {words}", thread_ts=root.ts)
    payload = payloads.event_envelope(slack.world, slack.workspace, payloads.mention(message))
    with handling(name_event(payload)):
        place = Place(message.channel.id, ann.id, thread_ts=root.ts, in_thread=True, team=ann.team_id)
    asked = {"words": "top30", "wanted": "ANSWER", "privately": alone, "shown": None, "as_of": None, "sending": True}
    body = {"place": keep_place(place)} | asked | ({"alone": True} if alone else {})
    with connected(slack, bed.folder / "home"):
        slack.settled(PATIENCE)
        if stands:
            said = slack.write("of the top 30 models", user=slack.bot_user.id, thread_ts=root.ts)
            said.bot_id, said.metadata = "B1", {**REPLY, "event_payload": {ANSWERS: place.work}}
        with closing(Database(bed.folder / "home", utc_now)) as database:
            row = OpenRow(ann.team_id, place.work, utc_now(), body)
            OpenRows(database, lease_clock(utc_now), "the killed one", is_alone=True).write([row], (), renews=False)
        slack.deliver(payload, "events_api")
        slack.settled(PATIENCE)


@pytest.mark.parametrize("words", ["privately top30", "privately model nobody/has-this"])
def test_what_may_have_been_told_alone_is_not_told_again_to_an_event_that_comes_again(
    bed: Deathbed, words: str
) -> None:
    """Nobody can see whether it was: its asker is told so, with a button that asks again, and nothing else."""
    come_again(bed, words, alone=True)

    (told,) = [said for said in bed.slack.ephemerals() if "Looking up" not in said.text]
    assert "my answer to `" in told.text
    assert "was on its way" in told.text
    assert bed.answers() == []


def test_what_was_on_its_way_to_a_channel_and_is_not_there_is_answered(bed: Deathbed) -> None:
    """That can be seen."""
    come_again(bed, "top30", alone=False)

    assert len(bed.answers()) == 1


def test_what_stands_in_a_channel_is_not_posted_again_for_an_event_that_comes_again(bed: Deathbed) -> None:
    """It is looked for before the answer leaves."""
    come_again(bed, "top30", alone=False, stands=True)

    assert len(bed.answers()) == 1
