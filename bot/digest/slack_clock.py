"""
What time it is at Slack: read from the `Date` of its replies, carried on by a clock that nobody sets.

Two bots on one database compare the times of their claims, and a post is searched for from a time on. Both go wrong
when a machine's clock is minutes off or set back in mid-run, so neither relies on it once Slack has answered. A
proxy's page has a Date of its own: only what is in Slack's form is believed.
"""

import datetime as dt
import email.utils
import logging
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from slack_sdk.errors import SlackApiError

from analytics.storage.lease_time import steady_seconds
from bot.slack_errors import is_from_slack

log = logging.getLogger(__name__)

WARN_FROM = dt.timedelta(seconds=30)
"""A machine's clock further off than this is worth a warning."""

STALE_AFTER = dt.timedelta(days=1)
UNANSWERED = 900.0
"""Seconds for which Slack is not asked for its time again after it told none; any other call may tell it meanwhile."""

STEPPED = dt.timedelta(seconds=5)
"""The machine's clock has been set, or the machine slept, if it moved by this much more or less than the steady one."""

A_SECOND = dt.timedelta(seconds=1)
"""`Date` says whole seconds."""

NONE = dt.timedelta()
Reply = TypeVar("Reply")


@dataclass(frozen=True, slots=True)
class SkewMeasure:
    """What one reply told: Slack's time at a steady second, and how far ahead the machine's clock was then."""

    slack: dt.datetime
    steady: float
    skew: dt.timedelta


class SlackClock:
    """Slack's time once it has answered, before that the machine's. Safe to use from several threads."""

    def __init__(self, wall: Callable[[], dt.datetime], steady: Callable[[], float] = steady_seconds) -> None:
        self._wall = wall
        self._steady = steady
        self._lock = threading.Lock()
        self._measure: SkewMeasure | None = None
        self._warned = False
        self._unanswered: float | None = None

    def now(self) -> dt.datetime:
        """Give the time at Slack, as well as it is known."""
        measure = self._measure
        return self._wall() if measure is None else self._carry_on(measure)

    @property
    def skew(self) -> dt.timedelta | None:
        """How far the machine's clock is ahead of Slack's (behind if negative); None if Slack was never heard."""
        return None if self._measure is None else self._measure.skew

    @property
    def is_stale(self) -> bool:
        """
        Whether Slack should be heard anew: never, long ago, or the machine's clock was set or slept since.

        Not where it was asked a moment ago and told nothing.
        """
        if self._unanswered is not None and self._steady() - self._unanswered < UNANSWERED:
            return False
        measure = self._measure
        if measure is None:
            return True
        now = self._carry_on(measure)
        return now - measure.slack > STALE_AFTER or abs(self._wall() - now - measure.skew) > STEPPED

    def heard(self, call: Callable[[], Reply]) -> Reply:
        """Make one call and read the time off its reply, refusals included."""
        sent, started = self._wall(), self._steady()
        try:
            reply = call()
        except SlackApiError as failure:
            self._read(failure.response, sent, started)
            raise
        except Exception:
            self._unanswered = started
            raise
        self._read(reply, sent, started)
        return reply

    def _carry_on(self, measure: SkewMeasure) -> dt.datetime:
        return measure.slack + dt.timedelta(seconds=self._steady() - measure.steady)

    def _read(self, reply: Any, sent: dt.datetime, started: float) -> None:
        told = _date(reply.headers or {}) if is_from_slack(reply) else None
        self._unanswered = started if told is None else None
        if told is None:
            return
        steady = self._steady()
        received = sent + dt.timedelta(seconds=steady - started)
        # Slack wrote the second `told` somewhere between sent and received: only what lies outside is skew.
        skew = max(sent - told - A_SECOND, NONE) + min(received - told, NONE)
        with self._lock:
            self._measure = SkewMeasure(received - skew, steady, skew)
            self._warn(skew)

    def _warn(self, skew: dt.timedelta) -> None:
        """Say once that the clock is off, and again only after it was right."""
        off = abs(skew) > WARN_FROM
        if off and not self._warned:
            side = "ahead of" if skew > NONE else "behind"
            log.warning(
                "this machine's clock is %.0f s %s Slack's; digests go by Slack's. Set the clock, or let NTP do it.",
                abs(skew.total_seconds()),
                side,
            )
        self._warned = off


def _date(headers: Mapping[str, Any]) -> dt.datetime | None:
    """Read the header `Date`; None where it is missing or no date."""
    text = next((value for name, value in headers.items() if name.lower() == "date"), None)
    try:
        told = email.utils.parsedate_to_datetime(str(text))
    except ValueError:
        return None
    return told if told.tzinfo else told.replace(tzinfo=dt.UTC)
