"""What becomes of a question whose process was killed: by its age, what stands there, and how often it was tried."""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from analytics.analyst import Analyst
from bot.asking import Question
from bot.fair_shares import FairShares
from bot.lost_questions import LostQuestions
from bot.messages import Message
from bot.open_questions import OpenQuestions
from bot.open_rows import OpenRow, OpenRows, keep_place
from bot.place import Place
from bot.posted_replies import PostedReplies
from bot.seen import Seen
from bot.slack_errors import TooFast
from bot.turns import Turns

NOW = dt.datetime(2026, 11, 27, 17, tzinfo=dt.UTC)
PLACE = Place("C1", "U1", thread_ts="1.2", team="T1", work="0123abcd")
POSTED = {"words": "top30", "wanted": "ANSWER", "privately": False, "shown": None, "as_of": None}
PRIVATE = POSTED | {"privately": True}
ABSENT, THERE, BEING_LOOKED_UP = PostedReplies(False, ()), PostedReplies(True, ()), PostedReplies(False, ("5.6",))  # noqa: FBT003 - whether an answer is there


@dataclass
class QuietSlack:
    """Shows what stands in the channel; remembers what is told, taken back and asked again."""

    stands: PostedReplies | None = ABSENT
    heard: list[str] = field(default_factory=list)

    def look_for(self, *_: object) -> dict[str, PostedReplies] | None:
        """Look."""
        return None if self.stands is None else {PLACE.work: self.stands}

    def tell(self, _: Place, *forms: Message) -> None:
        """Remember."""
        self.heard.append(forms[0].text)

    def take_back(self, _: Place, ts: str) -> None:
        """Remember."""
        self.heard.append(f"took back {ts}")

    def ask(self, question: Question) -> None:
        """Remember."""
        self.heard.append(f"asked {question.request.words} of {question.place.work}")


Settle = Callable[..., list[str]]


@pytest.fixture
def settle(tmp_path: Path) -> Iterator[Settle]:
    """Give what leaves a question behind, has it looked after, and gives what was heard of it."""
    shares, analyst = FairShares(), Analyst(tmp_path, "http://127.0.0.1:9", clock=lambda: NOW)
    database = analyst.context.database

    def leave_and_look(slack: QuietSlack, minutes: float = 1, tries: int = 0, **body: Any) -> list[str]:
        asked_at = NOW - dt.timedelta(minutes=minutes)
        row = OpenRow("T1", PLACE.work, asked_at, {"place": keep_place(PLACE)} | body)
        rows = [OpenRows(database, lambda _: NOW, f"dead {number}", is_alone=True) for number in range(tries + 2)]
        rows[0].write([row], (), renews=False)
        for process in rows[1 : tries + 1]:
            assert process.take_up(process.list_lost("T1")[0])
        kept = OpenQuestions(rows[-1], lambda: NOW)
        told: Any = slack
        turns = Turns(shares, told, kept=kept.of("T1"))
        LostQuestions(kept.of("T1"), told, told, turns, lambda: NOW, Seen(float).first_time).look_after()
        assert shares.wait_until_idle(30)
        kept.close()
        assert OpenRows(database, lambda _: NOW, "the next", is_alone=True).list_lost("T1") == []
        return slack.heard

    yield leave_and_look
    shares.close()
    analyst.close()


@pytest.mark.parametrize("body", [POSTED, POSTED | {"sending": True}, PRIVATE])
def test_what_is_young_and_not_there_is_asked_again(settle: Settle, body: dict[str, Any]) -> None:
    """Under the same id, so that its answer is known again."""
    assert settle(QuietSlack(), **body) == ["asked top30 attributed of 0123abcd"]


@pytest.mark.parametrize("minutes", [1, 16, 20_000])
@pytest.mark.parametrize("tries", [0, 1])
def test_what_stands_there_is_left_alone(settle: Settle, minutes: float, tries: int) -> None:
    """Whatever its age."""
    assert settle(QuietSlack(THERE), minutes, tries, **POSTED, sending=True) == []


@pytest.mark.parametrize(("minutes", "tries"), [(16, 0), (1, 1), (10_079, 0)])
def test_what_is_old_or_was_tried_again_is_told(settle: Settle, minutes: float, tries: int) -> None:
    """With words that ask it again; and that it is looked up stands there no more."""
    took_back, told = settle(QuietSlack(BEING_LOOKED_UP), minutes, tries, **POSTED)

    assert took_back == "took back 5.6"
    assert "that answer is lost. Please ask again" in told
    assert "`top30 attributed`" in told


def test_after_a_week_nobody_is_reminded(settle: Settle) -> None:
    """Of what they have long forgotten."""
    assert settle(QuietSlack(), 10_081, **POSTED) == []


@pytest.mark.parametrize("body", [PRIVATE, POSTED])
def test_where_it_cannot_be_seen_whether_it_was_answered_it_is_not_answered_again(
    settle: Settle, body: dict[str, Any]
) -> None:
    """A private answer, or a channel that may not be read."""
    (told,) = settle(QuietSlack(None), **body, sending=True)

    assert "If you do not see it, ask again" in told


def test_what_was_to_be_posted_and_told_to_one_person_is_not_told_again(settle: Settle) -> None:
    """Of a private model, or since Slack took no post: the channel shows nothing, and they may have seen it."""
    (told,) = settle(QuietSlack(ABSENT), **POSTED, sending=True, alone=True)

    assert "If you do not see it, ask again" in told


@pytest.mark.parametrize("body", [{}, POSTED | {"words": "a question of a later version"}])
def test_what_was_no_question_is_told(settle: Settle, body: dict[str, Any]) -> None:
    """Or was not understood yet."""
    (told,) = settle(QuietSlack(), **body)

    assert "cannot tell whether it was done" in told


def test_whether_a_file_came_is_not_seen_and_told(settle: Settle) -> None:
    """The answer stands there, and its rows were to follow."""
    (told,) = settle(QuietSlack(THERE), **POSTED | {"wanted": "BOTH"}, sending=True)

    assert "while my answer to `top30 attributed as csv`" in told
    assert "If you do not see it, ask again" in told


class Crowd:
    """What a killed process left behind, and a line whose jobs and pauses are begun by hand."""

    def __init__(self, analyst: Analyst, slack: QuietSlack, *places: Place) -> None:
        self.slack, self.jobs, self.pauses = slack, list[Callable[[], None]](), list[float]()
        rows = [OpenRow("T1", place.work, NOW, {"place": keep_place(place)} | POSTED) for place in places]
        OpenRows(analyst.context.database, lambda _: NOW, "dead", is_alone=True).write(rows, (), renews=False)
        self.kept = OpenQuestions(OpenRows(analyst.context.database, lambda _: NOW, "next", is_alone=True), lambda: NOW)
        told: Any = slack
        line: Any = self
        self.lost = LostQuestions(
            self.kept.of("T1"), told, told, line, lambda: NOW, Seen(float).first_time, later=self.wait
        )
        self.ready = list[Callable[[], None]]()

    def quietly(self, *work: Any) -> None:
        """Put a job into the line."""
        self.jobs.append(work[-1])

    def submit(self, _: Place, ask: Callable[[], None]) -> bool:
        """Ask at once."""
        ask()
        return True

    def wait(self, seconds: float, work: Callable[[], None]) -> None:
        """Remember the pause, and what comes after it."""
        self.pauses.append(seconds)
        self.ready.append(work)

    def work_on(self) -> list[str]:
        """Do what is in the line, then what waited for it; give what was heard of that."""
        before = len(self.slack.heard)
        jobs, self.jobs = self.jobs, []
        for job in jobs:
            job()
        ready, self.ready = self.ready, []
        for work in ready:
            work()
        return self.slack.heard[before:]


@pytest.fixture
def analyst(tmp_path: Path) -> Iterator[Analyst]:
    """Open a folder."""
    opened = Analyst(tmp_path, "http://127.0.0.1:9", clock=lambda: NOW)
    yield opened
    opened.close()


def test_a_crowd_s_questions_are_a_second_apart_in_each_channel(analyst: Analyst) -> None:
    """The oldest first, channels beside one another; what stands there is looked at once for all."""
    one, other = [Place("C1", f"U{n}", team="T1", work=f"one{n}") for n in range(3)], Place("C2", "U1", work="other")
    looks = list[object]()
    slack = QuietSlack(ABSENT)
    slack.look_for = lambda *place: looks.append(place) or {}  # type: ignore[method-assign,func-returns-value]
    crowd = Crowd(analyst, slack, *one, other)
    crowd.lost.look_after()

    rounds = [crowd.work_on() for _ in range(4)]

    asked = [[line.rpartition(" ")[2] for line in heard] for heard in rounds]
    assert asked == [["one0", "other"], ["one1"], ["one2"], []]
    assert (crowd.pauses, len(looks)) == ([1.0] * 4, 2)
    crowd.kept.close()


def test_a_look_too_many_is_made_later(analyst: Analyst) -> None:
    """Slack says when; until then the question stays another's who may have it, and is answered after all."""
    slack, fast = QuietSlack(ABSENT), [TooFast(7.0)]
    look = slack.look_for

    def refuse_once(*place: object) -> dict[str, PostedReplies] | None:
        if fast:
            raise fast.pop()
        return look(*place)

    slack.look_for = refuse_once  # type: ignore[method-assign]  # what looks is the test's own
    crowd = Crowd(analyst, slack, PLACE)
    crowd.lost.look_after()

    assert crowd.work_on() == []
    assert (crowd.pauses, len(crowd.kept.rows.list_lost("T1"))) == ([7.0], 1)
    assert crowd.work_on() == ["asked top30 attributed of 0123abcd"]
    crowd.kept.close()


def test_what_has_come_again_is_left_for_one_look_and_then_taken_up(tmp_path: Path) -> None:
    """By then its event is answered, or was not: nothing of it is remembered longer."""
    analyst = Analyst(tmp_path, "http://127.0.0.1:9", clock=lambda: NOW)
    row = OpenRow("T1", PLACE.work, NOW, {"place": keep_place(PLACE)} | POSTED)
    OpenRows(analyst.context.database, lambda _: NOW, "dead", is_alone=True).write([row], (), renews=False)
    kept = OpenQuestions(OpenRows(analyst.context.database, lambda _: NOW, "next", is_alone=True), lambda: NOW)
    jobs: list[Callable[[], None]] = []
    slack: Any = QuietSlack()
    turns: Any = type("Line", (), {"quietly": lambda _, *work: jobs.append(work[-1]), "submit": lambda *_: True})()
    lost = LostQuestions(kept.of("T1"), slack, slack, turns, lambda: NOW, lambda _: False)

    for left in (1, 0):
        lost.look_after()
        jobs.pop()()
        assert len(kept.rows.list_lost("T1")) == left
    kept.close()
    analyst.close()


def test_what_waits_its_turn_does_not_get_into_the_line_again(tmp_path: Path) -> None:
    """The clock looks every half minute; of a thousand most wait longer."""
    analyst = Analyst(tmp_path, "http://127.0.0.1:9", clock=lambda: NOW)
    row = OpenRow("T1", PLACE.work, NOW, {"place": keep_place(PLACE)} | POSTED)
    OpenRows(analyst.context.database, lambda _: NOW, "dead", is_alone=True).write([row], (), renews=False)
    kept = OpenQuestions(OpenRows(analyst.context.database, lambda _: NOW, "next", is_alone=True), lambda: NOW)
    jobs: list[Callable[[], None]] = []
    slack: Any = QuietSlack()
    turns: Any = type("Line", (), {"quietly": lambda _, *work: jobs.append(work[-1]), "submit": lambda *_: True})()
    lost = LostQuestions(kept.of("T1"), slack, slack, turns, lambda: NOW, Seen(float).first_time)

    lost.look_after()
    lost.look_after()

    assert len(jobs) == 1
    jobs[0]()
    kept.close()
    analyst.close()
