"""Slack's time, from the Date of its replies, whatever is done to the machine's clock."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.utils import format_datetime

import pytest
from slack_sdk.errors import SlackApiError

from bot.digest.slack_clock import SlackClock

NOON = dt.datetime(2026, 11, 30, 12, tzinfo=dt.UTC)
SECOND, HOUR = dt.timedelta(seconds=1), dt.timedelta(hours=1)


@dataclass
class HeaderReply:
    """What a client gives: its headers, and that it is Slack's."""

    headers: Mapping[str, str] = field(default_factory=dict)
    data: object = field(default_factory=lambda: {"ok": True})


class MachineAhead:
    """A machine `ahead` of Slack, and Slack."""

    def __init__(self, ahead: dt.timedelta) -> None:
        self.seconds, self.ahead = 0.0, ahead
        self.clock = SlackClock(self.wall, lambda: self.seconds)

    def slack(self) -> dt.datetime:
        """Say what time it is."""
        return NOON + dt.timedelta(seconds=self.seconds)

    def wall(self) -> dt.datetime:
        """Say what the machine shows."""
        return self.slack() + self.ahead

    def hear(self, takes: float = 0.2) -> None:
        """Make a call that takes so long; Slack dates its reply in the middle."""

        def call() -> HeaderReply:
            self.seconds += takes / 2
            reply = HeaderReply({"Date": format_datetime(self.slack(), usegmt=True)})
            self.seconds += takes / 2
            return reply

        self.clock.heard(call)


def fail() -> HeaderReply:
    """Break off."""
    raise ConnectionError


def throw(failure: Exception) -> HeaderReply:
    """Fail in a certain way."""
    raise failure


@pytest.mark.parametrize("ahead", [360, -360, 40, -7200, 86400 * 3])
def test_a_machine_that_is_off_goes_by_slack(ahead: int) -> None:
    """To the second that Date can tell."""
    machine = MachineAhead(ahead * SECOND)
    machine.hear()

    assert abs(machine.clock.now() - machine.slack()) < 2 * SECOND
    assert machine.clock.skew is not None
    assert abs(machine.clock.skew - ahead * SECOND) < 2 * SECOND


def test_a_slow_reply_is_no_skew() -> None:
    """Twenty seconds on the way are no twenty seconds of skew."""
    machine = MachineAhead(dt.timedelta())
    machine.hear(takes=20.0)

    assert (machine.clock.skew, machine.clock.now()) == (dt.timedelta(), machine.slack())


def test_unheard_it_is_the_machines_time_and_stale() -> None:
    """Before the first reply nothing better is known."""
    machine = MachineAhead(HOUR)

    assert (machine.clock.now(), machine.clock.skew, machine.clock.is_stale) == (machine.wall(), None, True)


def test_set_back_two_hours_it_goes_on_and_asks_anew() -> None:
    """The steady clock carries it; the step is seen, and the next reply measures it."""
    machine = MachineAhead(dt.timedelta())
    machine.hear()
    machine.ahead = -2 * HOUR
    machine.seconds += 60

    assert abs(machine.clock.now() - machine.slack()) < 2 * SECOND
    assert machine.clock.is_stale
    machine.hear()
    assert not machine.clock.is_stale


@pytest.mark.parametrize("headers", [{}, {"Date": "yesterday"}, {"Date": ""}])
def test_a_reply_without_a_date_changes_nothing(headers: dict[str, str]) -> None:
    """A proxy may drop it."""
    machine = MachineAhead(HOUR)
    machine.clock.heard(lambda: HeaderReply(headers))

    assert machine.clock.skew is None


YESTERDAY = {"Date": format_datetime(NOON - 24 * HOUR, usegmt=True)}


@pytest.mark.parametrize(
    "data",
    [
        *({"ok": False, "error": "a page of a proxy's"}, {"ok": False}, {"ok": 1}, {"error": "is_archived"}, {}),
        *([1], b"zip", None, "ok"),
    ],
)
def test_only_what_slack_says_tells_its_time(data: object) -> None:
    """A proxy's error page has a Date of its own, perhaps of a day ago; then nobody was heard."""
    machine = MachineAhead(HOUR)
    machine.hear()
    machine.clock.heard(lambda: HeaderReply(YESTERDAY, data))
    assert abs(machine.clock.now() - machine.slack()) < 2 * SECOND

    failure = SlackApiError("no", HeaderReply(YESTERDAY, data))
    with pytest.raises(SlackApiError):
        machine.clock.heard(lambda: throw(failure))
    assert abs(machine.clock.now() - machine.slack()) < 2 * SECOND


def test_a_refusal_in_slacks_words_tells_its_time() -> None:
    """It is Slack that speaks."""
    machine = MachineAhead(HOUR)
    reply = HeaderReply({"Date": format_datetime(machine.slack(), usegmt=True)}, {"ok": False, "error": "is_archived"})
    with pytest.raises(SlackApiError):
        machine.clock.heard(lambda: throw(SlackApiError("no", reply)))

    assert abs(machine.clock.now() - machine.slack()) < 2 * SECOND


def test_a_slack_that_told_no_time_is_asked_again_a_quarter_of_an_hour_later() -> None:
    """Each tick would ask, every minute of an outage; a reply of any call ends the wait."""
    machine = MachineAhead(HOUR)
    with pytest.raises(ConnectionError):
        machine.clock.heard(fail)
    assert not machine.clock.is_stale
    machine.seconds += 901
    assert machine.clock.is_stale

    machine.clock.heard(HeaderReply)
    machine.hear()
    machine.ahead += HOUR
    assert machine.clock.is_stale


def test_a_clock_that_is_off_is_said_once_until_it_was_right(caplog: pytest.LogCaptureFixture) -> None:
    """Above thirty seconds, with what to do."""
    machine = MachineAhead(SECOND)
    for ahead in (25, 60, 90, 0, 120):
        machine.ahead = ahead * SECOND
        machine.hear(takes=0.0)

    assert [record.message.split(";")[0] for record in caplog.records] == [
        "this machine's clock is 59 s ahead of Slack's",
        "this machine's clock is 119 s ahead of Slack's",
    ]


@pytest.mark.parametrize(("seconds", "stale"), [(86_395, False), (86_405, True)])
def test_slack_is_heard_anew_once_a_day(seconds: int, *, stale: bool) -> None:
    """The steady clock of a machine drifts by a second or two a day: what was measured yesterday serves until then."""
    machine = MachineAhead(dt.timedelta())
    machine.hear()
    machine.seconds += seconds

    assert machine.clock.is_stale == stale
