"""
The composition root: everything is put together here, and nowhere else.

`ROUTES` is the list of what Slack can send us and who takes it.
"""

import datetime as dt
import logging
import os
import re
import secrets
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from socket import gethostname as socket_name
from typing import Any

from slack_bolt import App, BoltResponse, Respond
from slack_sdk import WebClient

from analytics import grammar
from analytics.analyst import Analyst, analyst_of, utc_now
from analytics.context import Clock
from analytics.domain.collectors import Collector
from analytics.domain.staleness import COLLECTED
from analytics.errors import DatabaseTrouble, DatabaseUnusable
from bot import messages, troubles
from bot.alerting import alert_form
from bot.collecting import Collecting
from bot.commands import Commands
from bot.config import Settings
from bot.counted_app import CountedApp
from bot.desk import Desk, FindFaults, House, authorize_as, make_app, make_desk
from bot.desk_memory import DeskMemories
from bot.digest import modal
from bot.digest.poster import Pace
from bot.digest.preparation import Preparation
from bot.digest.slack_clock import SlackClock
from bot.digest.store import DigestStore
from bot.drawn_lately import DrawnLately
from bot.fair_shares import FairShares, Full, Lane, Stopped
from bot.message_shortcut import LOOK_UP
from bot.observer import UNOBSERVED, Observer
from bot.reception import Desks, Reception
from bot.rounds import Rounds
from bot.runtime.connection import SlackLine
from bot.runtime.credentials import home_of
from bot.runtime.listening import Listening
from bot.runtime.unconnected import Unconnected
from bot.scheduler import Scheduler
from bot.shared_marks import SharedMarks
from bot.shared_turns import SharedTurns
from bot.slack_client import doubting_client, slack_client
from bot.slack_errors import foreign
from bot.steps.step_manifest import OFFER, POST
from bot.turns import nothing
from bot.visits import AT_ONCE as VISITS_AT_ONCE
from bot.visits import Visits
from bot.workspaces.busy_homes import BusyHomes
from bot.workspaces.departures import GONE, CannotAsk, Departures
from bot.workspaces.installation_store import Installations
from bot.workspaces.installed import Installed
from bot.workspaces.team_access import TeamAccess
from bot.workspaces.token_seal import seal_of

log = logging.getLogger(__name__)

AT_ONCE = 20
"""Payloads taken at once. Each is acknowledged in a moment, but a form may be held open for two seconds and a half."""

HELD = "function_held"
"""A function of a menu: it is acknowledged when the menu is filled, not before."""

Route = tuple[str, Any, Callable[[Commands], Callable[..., None]]]
ROUTES: tuple[Route, ...] = (
    ("command", messages.COMMAND, lambda commands: commands.slash),
    ("event", "app_mention", lambda commands: commands.mention),
    ("event", "app_home_opened", lambda commands: commands.home_opened),
    ("event", "member_joined_channel", lambda commands: commands.greet_inviter),
    ("event", "message", lambda commands: commands.direct_message),
    ("action", re.compile(f"^{messages.ASK}:"), lambda commands: commands.clicks.ask_button),
    ("action", re.compile(f"^{messages.SHARE}:"), lambda commands: commands.clicks.share_button),
    ("action", re.compile(f"^{messages.HOW}:"), lambda commands: commands.clicks.how_button),
    ("action", re.compile(f"^{messages.CSV}:"), lambda commands: commands.clicks.csv_button),
    ("action", re.compile(f"^{messages.PREVIEWS}:"), lambda commands: commands.previews.undo_button),
    ("action", re.compile(f"^{messages.UNDO}:"), lambda commands: commands.clicks.undo_button),
    ("action", re.compile(f"^{messages.DIGEST_BUTTONS}"), lambda commands: commands.clicks.digest_button),
    ("action", re.compile(f"^{messages.ALERT_BUTTONS}"), lambda commands: commands.clicks.alert_button),
    ("action", re.compile(f"^{messages.ALERT_UNDO}:"), lambda commands: commands.clicks.alert_undo_button),
    ("view", alert_form.CALLBACK, lambda commands: commands.clicks.alert_form),
    ("action", re.compile(f"^{messages.HOME_BUTTONS}"), lambda commands: commands.clicks.home_button),
    ("function", POST, lambda commands: commands.step.post_answer),
    (HELD, OFFER, lambda commands: commands.step.offer_questions),
    ("function", re.compile(""), lambda commands: commands.step.refuse_unknown),
    ("event", "link_shared", lambda commands: commands.previews.link_shared),
    ("event", "entity_details_requested", lambda commands: commands.previews.details_requested),
    ("shortcut", LOOK_UP, lambda commands: commands.shortcut.look_up),
    ("shortcut", re.compile(""), lambda commands: commands.shortcut.refuse_unknown),
    ("view", modal.CALLBACK, lambda commands: commands.clicks.digest_form),
    ("action", re.compile(""), lambda commands: commands.clicks.dead_button),
)


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
            self.analyst.warm_up()
        except Exception:  # the first question will meet the same trouble and tell its asker
            log.exception("warming up failed")
        self.when_warm()
        self._collect()  # from now on it takes nothing from the first answer

    def _collect(self) -> None:
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
) -> Bot:
    """
    Put the bot together from its settings; tests hand in parts of their own.

    `find_faults`: what tells the installer what needs mending; without it nobody is greeted, as in the playground.
    `rhythms`: what is collected how often; `by_button`: of it, what only a button starts (the playground's census).
    `observer` hears of the work; who hands in an analyst or a client has let it hear of theirs.

    Raises:  ValueError without tokens; slack_sdk's SlackApiError when Slack does not know the bot token.
    """
    if not settings.has_slack:
        raise ValueError("SLACK_BOT_TOKEN is needed to speak to Slack")
    analyst = analyst or analyst_of(settings, clock, ear=observer)
    marks = SharedMarks(analyst.context.database, clock)
    if settings.database_url:
        analyst.context.flights.turn = SharedTurns(marks).take
    shared = marks if settings.database_url else None
    collecting = None
    if settings.collect:
        collecting = Collecting(analyst, clock, rhythms, by_button=by_button, marks=shared, observer=observer)
    shares = FairShares()
    house = House(
        settings,
        analyst,
        shares,
        clock,
        SlackClock(clock),
        marks,
        observer,
        f"{socket_name()}-{os.getpid()}-{secrets.token_hex(4)}",
        Preparation(collecting) if collecting else None,
        partial(_listen, shares),
        pace,
        drawn=DrawnLately() if settings.is_for_many else None,
    )
    return (
        _serve_many(house, collecting) if settings.is_for_many else _serve_one(house, collecting, client, find_faults)
    )


def _serve_one(
    house: House, collecting: Collecting | None, client: WebClient | None, find_faults: FindFaults | None
) -> Bot:
    """Serve the workspace of one token, with one desk for good."""
    settings, analyst = house.settings, house.analyst
    token = settings.slack_bot_token.get_secret_value() if settings.slack_bot_token else ""
    client = client or slack_client(token, settings.slack_api_url, house.observer)
    home = home_of(client.auth_test())
    app = make_app(house, client)
    line = _connection(settings, app, foreign(home))
    desk = make_desk(replace(house, warn=lambda: filter(None, [line.warn_of_others()])), app, client, home, find_faults)
    later = desk.commands.answer_later
    scheduler = Scheduler(analyst, desk.digests, house.clock, collecting, answer_later=later, alerts=desk.alerts)
    count_slots = desk.store.count_states
    return Bot(app, analyst, house.shares, line, scheduler, end_runs=desk.step.close, count_slots=count_slots)


def _serve_many(house: House, collecting: Collecting | None) -> Bot:
    """Serve every workspace that installed the app, by HTTP; each desk is made when it is needed."""
    settings, analyst, database = house.settings, house.analyst, house.analyst.context.database
    nobodys = slack_client(None, settings.slack_api_url, house.observer)
    installations = Installations(database, seal_of(settings), house.slack_clock.now)
    departures = Departures(
        database, installations, lambda token: nobodys.auth_test(token=token), house.slack_clock.now
    )

    def turn_to(home: str, word: str, refused: str) -> str:
        if word not in GONE:
            return ""
        if newer := desks.renew(home, refused):
            return newer
        with suppress(Full, Stopped):
            house.shares.aside("", partial(_look_whether_gone, departures, desks, home), Lane.LOOKED_UP)
        return ""

    def open_desk(installed: Installed) -> Desk:
        token, heard = installed.token, partial(turn_to, installed.home)
        client = doubting_client(token, settings.slack_api_url, house.observer, heard)
        app = make_app(house, nobodys, partial(authorize_as, installed))
        return make_desk(house, app, client, installed.home, memories=memories)

    memories, busy = DeskMemories(database), BusyHomes(database)
    desks = Desks(installations, open_desk, when_gone=memories.forget)
    at_once = VISITS_AT_ONCE if settings.database_url else 1  # SQLite takes one writer

    questions = Visits(desks.at, at_once)

    def answer_later() -> None:
        questions.make(busy.with_questions(house.clock()), lambda desk: desk.commands.answer_later())

    digests = Rounds(lambda: busy.with_digests(house.slack_clock.now()), desks.at, lambda desk: desk.digests, at_once)
    alerts = Rounds(busy.with_alerts, desks.at, lambda desk: desk.alerts, at_once)
    scheduler = Scheduler(
        *(analyst, digests, house.clock, collecting),
        answer_later=answer_later,
        alerts=alerts,
        erase_again=departures.erase_again,
    )

    def end_runs() -> None:
        desks.close()
        for visits in (questions, digests, alerts):
            visits.close()

    access = TeamAccess(database, house.slack_clock.now)
    reception = Reception(desks, departures, access, house.shares, house.observer, nobodys)
    count_slots = DigestStore(database).count_states
    return Bot(reception, analyst, house.shares, Unconnected(), scheduler, end_runs=end_runs, count_slots=count_slots)


def _look_whether_gone(departures: Departures, desks: Desks, home: str) -> None:
    try:
        if departures.doubt(home):
            desks.forget(home)
    except (CannotAsk, DatabaseTrouble, DatabaseUnusable) as trouble:
        log.warning("whether %s is gone is looked at another time: %s", home, trouble)


def _listen(shares: FairShares, app: App, commands: Commands) -> None:
    """Register what Slack can send with one workspace's app."""
    for kind, what, handler in ROUTES:
        listen = partial(app.function, auto_acknowledge=False) if kind == HELD else getattr(app, kind)
        listen(what)(handler(commands))
    app.error(own_up_through(shares))


def _connection(settings: Settings, app: CountedApp, home: str) -> Listening | Unconnected:
    """Make the line of Socket Mode, where there is an app token for it; else Slack posts, or nobody is listened to."""
    if not settings.slack_app_token:
        return Unconnected()
    token, alone = settings.slack_app_token.get_secret_value(), not settings.database_url
    return Listening(app, SlackLine(token, app.client, AT_ONCE, home=home, alone=alone))


def own_up_through(shares: FairShares) -> Callable[..., BoltResponse]:
    """
    Make what is called when a handler failed; the work behind a handler has its own net.

    Slack gets its acknowledgement all the same: an error behind `ack()` takes that back, and the person would see
    nothing but operation_timeout.
    """

    def own_up(error: Exception, body: dict[str, Any], respond: Respond) -> BoltResponse:
        reference = secrets.token_hex(4)
        log.error("reference %s: a handler failed", reference, exc_info=error)
        said = troubles.own_up(reference).as_arguments()

        def tell() -> None:
            respond(**said, response_type="ephemeral", replace_original=False)

        if body.get("response_url"):
            with suppress(Full, Stopped):
                shares.aside("", tell)
        return BoltResponse(status=200)

    return own_up
