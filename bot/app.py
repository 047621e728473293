"""The composition root: the bot of one process is put together here, what serves one workspace in `desk.py`."""

import datetime as dt
import logging
import os
import secrets
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from socket import gethostname as socket_name

from slack_sdk import WebClient

from analytics import grammar
from analytics.analyst import Analyst, analyst_of, utc_now
from analytics.child_work import ChildWork, do_here
from analytics.context import Clock
from analytics.domain.collectors import Collector
from analytics.domain.staleness import COLLECTED
from analytics.settings import own_environment
from analytics.single_flight import Turn, begin_at_once
from analytics.storage.database import Database
from analytics.storage.lease_time import lease_clock
from bot.all_desks import AllDesks
from bot.collecting import Collecting
from bot.collecting_apart import CollectedApart, CollectedHere
from bot.commands import MOMENT
from bot.config import Settings
from bot.counted_app import CountedApp
from bot.courtesy import importing_courteously
from bot.desk import FindFaults, House, make_app, make_desk
from bot.digest.poster import Pace
from bot.digest.preparation import Preparation
from bot.digest.slack_clock import SlackClock
from bot.digest.store import DigestStore
from bot.drawn_lately import DrawnLately
from bot.fair_shares import FairShares, Lane
from bot.observer import UNOBSERVED, Observer
from bot.open_questions import OpenQuestions
from bot.open_rows import OpenRows
from bot.payload_routes import listen_to
from bot.reception import Reception
from bot.runtime.connection import SlackLine
from bot.runtime.credentials import home_of
from bot.runtime.listening import Listening
from bot.runtime.unconnected import Unconnected
from bot.scheduler import Scheduler
from bot.shared_marks import SharedMarks
from bot.shared_turns import SharedTurns
from bot.slack_client import slack_client
from bot.slack_errors import foreign
from bot.turns import nothing

log = logging.getLogger(__name__)

AT_ONCE = 20
"""Payloads taken at once. Each is acknowledged in a moment, but a form may be held open for two seconds and a half."""


@dataclass(frozen=True, slots=True)
class Bot:
    """A bot that is put together: `start` connects it, `close` takes it down, letting answers under way finish."""

    app: CountedApp | Reception
    analyst: Analyst
    shares: FairShares
    socket: Listening | Unconnected

    scheduler: Scheduler
    when_warm: Callable[[], None] = nothing
    """What is done once when all that the first answer needs is loaded."""

    keeps_time: bool = True
    """Whether it brings the digests and collects; if not, another process of the same database does."""

    end_runs: Callable[[], None] = nothing
    """What ends the runs of a workflow's step that nobody will work on any more."""

    forget_answered: Callable[[], None] = nothing
    """What writes that the last questions are answered."""

    count_slots: Callable[[], Mapping[str, int]] = dict
    """Counts the digests that were due, by what became of them."""

    def start(self, *, warm: bool = True) -> None:
        """Connect as soon as there are threads to hear people; then, if `warm`, load what the first answer needs."""
        self.shares.start()
        self.socket.connect()
        if warm:
            self.shares.aside("", self._warm_up, Lane.STORED)
        if self.keeps_time:
            self.scheduler.start()
        if not warm:
            self._collect()

    def _warm_up(self) -> None:
        try:
            with importing_courteously(self.shares.courtesy.wait):
                self.analyst.warm_up()
        except Exception:  # the first question will meet the same trouble and tell its asker
            log.exception("warming up failed")
        self.when_warm()
        self._collect()  # from now on it takes nothing from the first answer

    def _collect(self) -> None:
        if self.keeps_time:
            self.shares.aside("", self.scheduler.ask_again, Lane.LOOKED_UP)
        if self.keeps_time and self.scheduler.collecting:
            self.scheduler.collecting.start()

    @property
    def is_collecting(self) -> bool:
        """Whether a collection is still under way, which a program that ends must not wait for."""
        return bool(self.scheduler.collecting and self.scheduler.collecting.is_alive)

    def answers_from_sample(self, words: str) -> bool:
        """Tell whether a question is answered from the embedded sample now, because its source cannot be reached."""
        request = grammar.parse(words)
        answer = None if isinstance(request, grammar.Unclear) else self.analyst.answer_at_once(request)
        return answer is not None and answer.sample

    def wait_until_idle(self, seconds: float) -> bool:
        """Wait until all that was acknowledged is done with, answered or left alone; tell whether it is."""
        return self.shares.wait_until_idle(seconds)

    def close(self) -> None:
        """Stop listening, finish what is under way, close what is open; last what may take long, a collection."""
        self.scheduler.pause()
        try:
            self.socket.close()
        except Exception:  # the SDK stumbles when Slack hangs up at the same moment; the rest must still be closed
            log.exception("the connection did not close in order")
        self.shares.close()
        self.end_runs()

        self.scheduler.stop()
        self.forget_answered()
        self.analyst.close()


def build(
    settings: Settings,
    analyst: Analyst | None = None,
    client: WebClient | None = None,
    clock: Clock = utc_now,
    pace: Pace | None = None,
    *,
    rhythms: Mapping[Collector, dt.timedelta] = COLLECTED,
    by_button: Iterable[Collector] = (),
    find_faults: Callable[[], Sequence[str]] | None = None,
    observer: Observer = UNOBSERVED,
    run_apart: bool = False,
    moment: float = MOMENT,
) -> Bot:
    """
    Put the bot together from its settings; tests hand in parts of their own.

    `find_faults`: what tells the installer what needs mending; without it nobody is greeted, as in the playground.
    `rhythms`: what is collected how often; `by_button`: of it, what only a button starts (the playground's census).
    `run_apart`: whether what is large is collected, and read out of a census's file, in a process of its own, which has
    the settings and the true clock; who hands in an analyst has let it read so.
    `moment`: seconds of a question's work after which its asker is told that it is looked up.
    `observer` hears of the work; who hands in an analyst or a client has let it hear of theirs.

    Raises:  ValueError without tokens; slack_sdk's SlackApiError when Slack does not know the bot token.
    """
    if not settings.has_slack:
        raise ValueError("SLACK_BOT_TOKEN is needed to speak to Slack")
    take_turns, do_heavy = partial(_take_turns, settings, clock), ChildWork(own_environment()) if run_apart else do_here
    analyst = analyst or analyst_of(settings, clock, ear=observer, take_turns=take_turns, do_heavy=do_heavy)
    marks = SharedMarks(analyst.context.database, lease_clock(clock))
    shared = marks if settings.database_url else None
    collecting = None
    if settings.collect:
        runner = CollectedApart(analyst, settings) if run_apart else CollectedHere(analyst)
        collecting = Collecting(
            analyst, clock, rhythms, by_button=by_button, marks=shared, observer=observer, runner=runner
        )
    shares = FairShares()
    owner = f"{socket_name()}-{os.getpid()}-{secrets.token_hex(4)}"
    rows = OpenRows(analyst.context.database, lease_clock(clock), owner, is_alone=not settings.database_url)
    slack_clock = SlackClock(clock)
    house = House(
        settings,
        analyst,
        shares,
        clock,
        slack_clock,
        marks,
        OpenQuestions(rows, slack_clock.now),
        observer,
        owner,
        Preparation(collecting) if collecting else None,
        partial(listen_to, shares),
        pace,
        moment,
        drawn=DrawnLately() if settings.is_for_many else None,
    )
    return (
        _serve_many(house, collecting) if settings.is_for_many else _serve_one(house, collecting, client, find_faults)
    )


def _take_turns(settings: Settings, clock: Clock, database: Database) -> Turn:
    """Let several processes of one database do the same work in turn."""
    return SharedTurns(SharedMarks(database, lease_clock(clock))).take if settings.database_url else begin_at_once


def _serve_one(
    house: House, collecting: Collecting | None, client: WebClient | None, find_faults: FindFaults | None
) -> Bot:
    """Serve the workspace of one token, with one desk for good."""
    settings, analyst = house.settings, house.analyst
    token = settings.slack_bot_token.get_secret_value() if settings.slack_bot_token else ""
    client = client or slack_client(token, settings.slack_api_url, house.observer)
    home = home_of(house.slack_clock.heard(client.auth_test))
    app = make_app(house, client)
    line = _connection(settings, app, foreign(home))
    desk = make_desk(replace(house, warn=lambda: filter(None, [line.warn_of_others()])), app, client, home, find_faults)
    later = desk.commands.answer_later
    ask_again = desk.commands.ask_again
    scheduler = Scheduler(
        *(analyst, desk.digests, house.clock, collecting),
        answer_later=later,
        alerts=desk.alerts,
        ask_again=ask_again,
    )
    return Bot(
        *(app, analyst, house.shares, line, scheduler),
        end_runs=desk.step.close,
        forget_answered=house.kept.close,
        count_slots=desk.store.count_states,
    )


def _serve_many(house: House, collecting: Collecting | None) -> Bot:
    """Serve every workspace that installed the app, by HTTP."""
    desks, analyst = AllDesks(house), house.analyst
    scheduler = Scheduler(
        *(analyst, desks.digests, house.clock, collecting),
        answer_later=desks.answer_later,
        alerts=desks.alerts,
        erase_again=desks.erase_again,
        ask_again=desks.ask_again,
    )
    count_slots = DigestStore(analyst.context.database).count_states
    return Bot(
        *(desks.reception, analyst, house.shares, Unconnected(), scheduler),
        end_runs=desks.close,
        forget_answered=house.kept.close,
        count_slots=count_slots,
    )


def _connection(settings: Settings, app: CountedApp, home: str) -> Listening | Unconnected:
    """Make the line of Socket Mode, where there is an app token for it; else Slack posts, or nobody is listened to."""
    if not settings.slack_app_token:
        return Unconnected()
    token, alone = settings.slack_app_token.get_secret_value(), not settings.database_url
    return Listening(app, SlackLine(token, app.client, AT_ONCE, home=home, alone=alone))
