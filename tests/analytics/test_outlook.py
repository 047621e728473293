"""When what is collected will be there: foreseen from what is done, known to a terminal beside the bot."""

import datetime as dt
from pathlib import Path

import pytest

from analytics.analyst import utc_now
from analytics.domain.collectors import Collector
from analytics.outlook import FILE, Outlook, Plan, Stage
from tests.analytics.at_the_terminal import settings, type_words

NOW = dt.datetime(2026, 11, 27, 17, tzinfo=dt.UTC)
OUT_OF_REACH = "http://127.0.0.1:9"
CENSUS, PAPERS, TOP = Collector.CENSUS, Collector.PAPERS, Collector.TOP


def after(minutes: float) -> dt.datetime:
    """Give a moment later."""
    return NOW + dt.timedelta(minutes=minutes)


class Steady:
    """A steady clock that is moved by hand."""

    seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def steady() -> Steady:
    """Start it."""
    return Steady()


def test_what_is_done_says_how_long_the_rest_takes(steady: Steady) -> None:
    """A quarter in two minutes: six more, whatever it took the last time."""
    outlook = Outlook(steady=steady)
    outlook.begin(Plan(current=CENSUS, seconds={CENSUS: 3600.0}), NOW)
    assert outlook.expect(CENSUS, NOW).at == after(60)

    steady.seconds = 120.0
    outlook.hear("1 of 4 pages", 0.25, after(2))
    assert outlook.expect(CENSUS, after(2)).at == after(8)


def test_what_takes_longer_than_expected_takes_half_as_long_again(steady: Steady) -> None:
    """Without a share there is nothing better; and it is never promised for a moment gone by."""
    outlook = Outlook(steady=steady)
    outlook.begin(Plan(current=PAPERS, seconds={PAPERS: 60.0}), NOW)
    steady.seconds = 240.0
    outlook.hear("still reading", None, after(4))

    assert outlook.expect(PAPERS, after(4)).at == after(6)
    assert outlook.expect(PAPERS, after(9)).at == after(10)


def test_what_waits_in_line_comes_after_what_is_before_it() -> None:
    """Each takes as long as it took last."""
    outlook = Outlook()
    seconds = {TOP: 60.0, PAPERS: 120.0, CENSUS: 300.0}
    outlook.begin(Plan(current=TOP, queue=(PAPERS, CENSUS), seconds=seconds), NOW)

    assert outlook.expect(PAPERS, NOW).at == after(3)
    assert outlook.expect(CENSUS, NOW).at == after(8)
    assert outlook.expect(Collector.OFFICIAL, NOW).stage is Stage.UNKNOWN


def test_what_failed_before_is_promised_for_no_moment(tmp_path: Path) -> None:
    """It may fail again: that it is tried again is all that is known, also beside the bot."""
    outlook = Outlook(tmp_path)
    outlook.begin(Plan(current=TOP, queue=(PAPERS, CENSUS), failed={PAPERS: "it answered 502"}), NOW)

    assert (
        outlook.expect(PAPERS, NOW).say() == "The papers: read next, again, for the last try failed (it answered 502)."
    )
    assert "ready about" in outlook.expect(CENSUS, NOW).say()
    assert "Then: " in outlook.plan(NOW).tell(NOW)[0]
    assert ", ready about" not in outlook.plan(NOW).tell(NOW)[0].partition("Then: ")[2]
    assert Outlook(tmp_path).plan(NOW).failed == {PAPERS: "it answered 502"}


def test_another_process_reads_it_in_the_folder_while_it_is_renewed(tmp_path: Path) -> None:
    """A terminal beside the bot; the word of a bot that was killed is forgotten after a while."""
    plan = Plan(current=CENSUS, queue=(PAPERS,), resting={TOP: (after(5), "it answered 502")}, by_button=frozenset())
    ours, theirs = Outlook(tmp_path), Outlook(tmp_path)
    ours.begin(plan, NOW)

    assert theirs.plan(NOW) == ours.plan(NOW)
    assert (tmp_path / FILE).stat().st_mode & 0o077 == 0
    assert theirs.plan(after(13)) == Plan()
    ours.forget()
    assert theirs.plan(NOW) == Plan()


@pytest.mark.parametrize("content", [b"", b"{}", b"[]", b'{"told": 1}', b"\xff", b'{"resting": [1]}'])
def test_a_file_of_another_version_is_no_plan(tmp_path: Path, content: bytes) -> None:
    """Nothing is known then, and nothing fails."""
    (tmp_path / FILE).write_bytes(content)

    assert Outlook(tmp_path).plan(NOW) == Plan()


def test_a_terminal_says_what_the_bot_reads_and_when_a_refusal_ends(tmp_path: Path) -> None:
    """In `status` and where something is missing."""
    Outlook(tmp_path).begin(Plan(current=PAPERS, queue=(CENSUS,)), utc_now())
    status = type_words(settings(OUT_OF_REACH, tmp_path), ["status"])
    refused = type_words(settings(OUT_OF_REACH, tmp_path, columns=200), ["papers", "successor"])

    assert status.stdout.startswith("The papers: being read now, ready about ")
    assert "Census (count of the whole Hub): none stored yet; it is read next, ready about " in status.stdout
    assert "The papers: being read now, ready about " in refused.stderr


def test_what_is_switched_off_is_said_to_be(tmp_path: Path) -> None:
    """Nobody waits for what never comes."""
    status = type_words(settings(OUT_OF_REACH, tmp_path) | {"COLLECT": "off"}, ["status"])

    assert "Nothing is collected: it is switched off (COLLECT=off)." in status.stdout
    assert (
        "Census (count of the whole Hub): none stored yet; collecting is switched off (COLLECT=off)." in status.stdout
    )


def test_what_a_button_starts_is_promised_by_no_clock() -> None:
    """In the playground nobody makes a census weekly; where a bot has tokens, it does."""
    outlook = Outlook()
    assert outlook.say_rhythm(CENSUS, "the bot makes one weekly", NOW) == "the bot makes one weekly"

    outlook.begin(Plan(by_button=frozenset({CENSUS})), NOW)

    assert "presses its button on the playground's page" in outlook.say_rhythm(CENSUS, "the bot makes one weekly", NOW)
    assert outlook.say_rhythm(PAPERS, "the bot collects them weekly", NOW) == "the bot collects them weekly"
