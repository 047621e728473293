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
from dataclasses import dataclass
from functools import partial
from socket import gethostname as socket_name
from typing import Any

from slack_bolt import App, BoltResponse, Respond
from slack_sdk import WebClient

from analytics import grammar
from analytics.analyst import Analyst, analyst_of, utc_now
from analytics.answering.alert_evidence import AlertEvidence
from analytics.answering.freshness import freshness
from analytics.context import Clock
from analytics.domain.collectors import Collector
from analytics.domain.staleness import COLLECTED
from bot import messages, troubles
from bot.alerting import alert_form
from bot.alerting.alert_builder import AlertContents
from bot.alerting.alert_commands import Alerting
from bot.alerting.alert_delivery import Alerts
from bot.alerting.alert_store import AlertStore
from bot.answer_ledger import AnswerLedger
from bot.asking import Memory
from bot.collecting import Collecting
from bot.commands import Commands
from bot.config import Settings
from bot.counted_app import CountedApp
from bot.delivery import Delivery
from bot.digest import modal
from bot.digest.builder import Contents
from bot.digest.digest_commands import Reports, Subscribing
from bot.digest.digests import Digests
from bot.digest.poster import Pace, SlackPoster
from bot.digest.preparation import Preparation
from bot.digest.slack_clock import SlackClock
from bot.digest.store import DigestStore
from bot.fair_shares import FairShares, Full, Lane, Stopped
from bot.first_contact import FirstContact
from bot.home_tab import HomeTab
from bot.later_answers import LaterAnswers
from bot.message_shortcut import LOOK_UP
from bot.observer import UNOBSERVED, Observer
from bot.persons import Persons
from bot.previews.link_previews import LinkPreviews
from bot.previews.preview_commands import PreviewCommands
from bot.previews.preview_doors import Previews
from bot.previews.preview_store import PreviewStore
from bot.runtime.connection import SlackLine
from bot.runtime.credentials import home_of
from bot.runtime.listening import Listening
from bot.runtime.unconnected import Unconnected
from bot.runtime.work_pool import InPlace
from bot.scheduler import Scheduler
from bot.shared_marks import SharedMarks
from bot.shared_pictures import SharedPictures
from bot.shared_turns import SharedTurns
from bot.slack_client import reply_once, slack_client
from bot.slack_errors import foreign
from bot.steps.step_manifest import OFFER, POST
from bot.steps.step_store import StepStore
from bot.steps.workflow_step import WorkflowStep
from bot.turns import nothing
from bot.uploads import Uploads

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

    app: App
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
    if not settings.slack_bot_token:
        raise ValueError("SLACK_BOT_TOKEN is needed to speak to Slack")
    analyst = analyst or analyst_of(settings, clock, ear=observer)
    client = client or slack_client(settings.slack_bot_token.get_secret_value(), settings.slack_api_url, observer)
    home = home_of(client.auth_test())
    shares = FairShares()
    app = CountedApp(
        observer,
        client=client,
        name="frameworks",
        token_verification_enabled=True,
        logger=logging.getLogger("bot.bolt"),
        listener_executor=InPlace(),
    )
    app.use(reply_once(observer))
    marks = SharedMarks(analyst.context.database, clock)
    uploads = None
    if settings.database_url:
        turns, shelf = SharedTurns(marks), SharedPictures(analyst.context.readings, clock, home)
        analyst.context.flights.turn = turns.take
        uploads = Uploads(app.client, shelf=shelf, turn=turns.take)
    delivery = Delivery(app.client, pictures=settings.slack_pictures, uploads=uploads)
    slack_clock = SlackClock(clock)
    poster = SlackPoster(app.client, pace, slack_clock)
    line = _connection(settings, app, foreign(home))
    store = DigestStore(analyst.context.database, home)
    alert_store, evidence = AlertStore(analyst.context.database, home), AlertEvidence(analyst.context)
    alert_contents = AlertContents(alert_store, evidence, analyst.context.clock)
    alerting = Alerting(alert_store, alert_contents, evidence, delivery, app.client, analyst.context.clock)
    reports = Reports(lambda: freshness(analyst.context), lambda: filter(None, [line.warn_of_others()]))
    contents = Contents(analyst, delivery, store, analyst.context.clock)
    subscribing = Subscribing(
        store, contents, poster, delivery, app.client, clock=analyst.context.clock, reports=reports
    )
    shared = marks if settings.database_url else None
    collecting = Collecting(analyst, clock, rhythms, by_button=by_button, marks=shared) if settings.collect else None
    owner = f"{socket_name()}-{os.getpid()}-{secrets.token_hex(4)}"
    preparation = Preparation(collecting) if collecting else None
    persons = Persons(app.client)
    digests = Digests(
        store, poster, contents, slack_clock.now, owner, preparation=preparation, has_left=persons.has_left
    )
    ledger = AnswerLedger(analyst.context.database, clock, home)
    alerts = Alerts(alert_store, poster, alert_contents, slack_clock.now, owner, contents=alert_contents)
    memory = Memory(ledger, LaterAnswers(analyst, marks, clock, home))
    subscribing.leave_more, subscribing.tell_more = alerting.leave_all, alerting.tell_status
    home_tab = HomeTab(store, subscribing, app.client, analyst.context.clock, reports, delivery, alerting=alerting)
    wanted = PreviewStore(analyst.context.database, clock, home)
    links = LinkPreviews(analyst, app.client, wanted, marks, clock)
    step = WorkflowStep(analyst, delivery, StepStore(analyst.context.database, clock, home), marks, clock)
    subscribing.changes.renew = home_tab.renew
    is_first = find_faults and not store.has_any() and not ledger.has_any()
    greeting = FirstContact(persons, delivery, marks, home, find_faults) if is_first and find_faults else None
    commands = Commands(
        analyst,
        delivery,
        shares,
        subscribing=subscribing,
        shared=shared,
        memory=memory,
        home=home_tab,
        previews=Previews(PreviewCommands(wanted, delivery, app.client), links),
        step=step,
        first_contact=greeting,
        alerting=alerting,
        observer=observer,
    )
    for kind, what, handler in ROUTES:
        listen = partial(app.function, auto_acknowledge=False) if kind == HELD else getattr(app, kind)
        listen(what)(handler(commands))
    app.error(own_up_through(shares))
    scheduler = Scheduler(analyst, digests, clock, collecting, answer_later=commands.answer_later, alerts=alerts)
    return Bot(app, analyst, shares, line, scheduler, end_runs=step.close, count_slots=store.count_states)


def _connection(settings: Settings, app: App, home: str) -> Listening | Unconnected:
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
