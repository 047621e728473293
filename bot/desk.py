"""
What serves one workspace, put together: its client, its stores, its handlers. Nothing here is shared with another.

`House` is what all workspaces of a process share: readings, threads, clock, settings. A bot with a token of its own has
one desk for good; one that is installed into many makes each when it is needed (`reception.py`).
"""

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from slack_bolt import App
from slack_bolt.authorization import AuthorizeResult
from slack_sdk import WebClient

from analytics.analyst import Analyst
from analytics.answering.alert_evidence import AlertEvidence
from analytics.answering.freshness import freshness
from analytics.context import Clock
from bot.alerting.alert_builder import AlertContents
from bot.alerting.alert_commands import Alerting
from bot.alerting.alert_delivery import Alerts
from bot.alerting.alert_store import AlertStore
from bot.answer_ledger import AnswerLedger
from bot.asking import Memory
from bot.commands import MOMENT, Commands
from bot.config import Settings
from bot.counted_app import CountedApp
from bot.delivery import Delivery
from bot.desk_memory import DeskMemories
from bot.digest.builder import Contents
from bot.digest.digest_commands import Alongside, Reports, Subscribing
from bot.digest.digests import Digests
from bot.digest.poster import Pace, SlackPoster
from bot.digest.preparation import Preparation
from bot.digest.slack_clock import SlackClock
from bot.digest.store import DigestStore
from bot.drawn_lately import DrawnLately
from bot.fair_shares import FairShares
from bot.first_contact import FirstContact
from bot.home_pages import HomePages
from bot.home_tab import HomeTab
from bot.later_answers import LaterAnswers
from bot.moved_channels import MovedChannels
from bot.observer import Observer
from bot.open_questions import OpenQuestions
from bot.payload_shapes import refuse_misshapen
from bot.persons import Persons
from bot.previews.link_previews import LinkPreviews
from bot.previews.preview_commands import PreviewCommands
from bot.previews.preview_doors import Previews
from bot.previews.preview_store import PreviewStore
from bot.runtime.work_pool import InPlace
from bot.shared_marks import SharedMarks
from bot.shared_pictures import SharedPictures
from bot.shared_turns import SharedTurns
from bot.slack_client import reply_once
from bot.steps.step_store import StepStore
from bot.steps.workflow_step import WorkflowStep
from bot.uploads import Uploads
from bot.workspaces.installed import Installed

FindFaults = Callable[[], Sequence[str]]


@dataclass(frozen=True, slots=True)
class House:
    """
    What all workspaces of a process share.

    `listen` registers what Slack can send with an app; `warn` gives what is wrong with us, for `status`.
    """

    settings: Settings
    analyst: Analyst
    shares: FairShares
    clock: Clock
    slack_clock: SlackClock
    marks: SharedMarks
    kept: OpenQuestions
    observer: Observer
    owner: str
    preparation: Preparation | None
    listen: Callable[[App, Commands], None]
    pace: Pace | None = None
    moment: float = MOMENT
    warn: Callable[[], Iterable[str]] = tuple
    drawn: DrawnLately | None = None
    """The last pictures, where there are many workspaces that may want the same; one alone uploads each once."""


@dataclass(frozen=True, slots=True)
class Desk:
    """One workspace's."""

    home: str
    app: CountedApp
    commands: Commands
    digests: Digests
    alerts: Alerts
    step: WorkflowStep
    store: DigestStore


Authorized = Callable[[str | None], AuthorizeResult]
"""Says whose a payload is that is handed to a desk; without one Slack is asked, once, whose the client's token is."""


def authorize_as(installed: Installed, user_id: str | None) -> AuthorizeResult:
    """Say of a payload that was handed to a workspace's desk that it is that workspace's."""
    return AuthorizeResult(
        enterprise_id=installed.enterprise or None,
        team_id=None if installed.is_org else installed.home,
        bot_user_id=installed.bot_user or None,
        bot_id=installed.bot or None,
        bot_token=installed.token,
        user_id=user_id,
    )


def make_app(house: House, client: WebClient, authorize: Authorized | None = None) -> CountedApp:
    """Make what routes payloads to handlers."""
    app = CountedApp(
        house.observer,
        client=client,
        name="frameworks",
        authorize=authorize,
        token_verification_enabled=authorize is None,
        logger=logging.getLogger("bot.bolt"),
        listener_executor=InPlace(),
    )
    app.use(reply_once(house.observer))
    app.use(refuse_misshapen)
    return app


def make_desk(
    house: House,
    app: CountedApp,
    client: WebClient,
    home: str,
    find_faults: FindFaults | None = None,
    memories: DeskMemories | None = None,
) -> Desk:
    """
    Put together what serves a workspace through `client`, whose token is `home`'s.

    `memories`: what is known of workspaces whose desks come and go.
    """
    settings, analyst, clock = house.settings, house.analyst, house.clock
    database, stored_at = analyst.context.database, analyst.context.clock
    marks = house.marks.of(home)
    shared = marks if settings.database_url else None
    memory = (memories or DeskMemories(database)).of(home, shared)
    kept, uploads = house.kept.of(home), _open_uploads(house, client, home)
    delivery = Delivery(client, pictures=settings.slack_pictures, uploads=uploads, may_tell=kept.begin_telling)
    ledger = AnswerLedger(database, clock, home)
    poster = SlackPoster(
        client,
        house.pace,
        house.slack_clock,
        lambda channel, ts, subject: ledger.begin(channel, ts, subject.words, subject.read_at),
    )
    store = DigestStore(database, home)
    alert_store, evidence = AlertStore(database, home), AlertEvidence(analyst.context)
    alert_contents = AlertContents(alert_store, evidence, stored_at)
    reports = Reports(lambda: freshness(analyst.context), house.warn)
    pages = HomePages(store, alert_store, client, stored_at, reports)
    alerting = Alerting(alert_store, alert_contents, evidence, delivery, client, stored_at, renew=pages.renew)
    contents = Contents(analyst, delivery, store, stored_at)
    alongside = Alongside(alerting.leave_all, alert_store.list_makers, alerting.tell_status, pages.renew)
    subscribing = Subscribing(
        store, contents, poster, delivery, client, clock=stored_at, reports=reports, alongside=alongside
    )
    persons = Persons(client)

    def is_alone() -> bool:
        """Tell whether no other folder's process uses our app token."""
        return not any(house.warn())

    digests = Digests(
        store,
        poster,
        contents,
        house.slack_clock.now,
        house.owner,
        preparation=house.preparation,
        has_left=persons.has_left,
        adopts=not settings.is_for_many,
        memory=memory.digests,
        is_alone=is_alone,
    )
    alerts = Alerts(
        alert_store,
        poster,
        alert_contents,
        house.slack_clock.now,
        house.owner,
        contents=alert_contents,
        has_left=persons.has_left,
        memory=memory.alerts,
        is_alone=is_alone,
    )
    wanted = PreviewStore(database, clock, home)
    links = LinkPreviews(analyst, client, wanted, marks, clock)
    step = WorkflowStep(analyst, delivery, StepStore(database, clock, home), marks, clock)
    is_first = find_faults and not store.has_any() and not ledger.has_any()
    greeting = FirstContact(persons, delivery, marks, home, find_faults) if is_first and find_faults else None
    commands = Commands(
        analyst,
        delivery,
        house.shares,
        lambda: house.slack_clock.now().timestamp(),
        house.moment,
        subscribing,
        shared=shared,
        memory=Memory(ledger, LaterAnswers(analyst, clock, home, memory.asked_here), kept),
        lately=memory.lately,
        home=HomeTab(pages, store, subscribing, alerting, client, delivery, shared=shared),
        previews=Previews(PreviewCommands(wanted, delivery, client), links),
        step=step,
        first_contact=greeting,
        alerting=alerting,
        observer=house.observer,
        moved=MovedChannels(database, home),
    )
    house.listen(app, commands)
    return Desk(home, app, commands, digests, alerts, step, store)


def _open_uploads(house: House, client: WebClient, home: str) -> Uploads:
    """Make what uploads pictures; of several processes one finds, or waits for, what another uploads."""
    if not house.settings.database_url:
        return Uploads(client, drawn=house.drawn)
    shelf = SharedPictures(house.analyst.context.readings, house.clock, home)
    return Uploads(client, shelf=shelf, turn=SharedTurns(house.marks.of(home)).take, drawn=house.drawn)
