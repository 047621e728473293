"""One bot's alerts against the stand-in, over lists that a test stores, with a clock moved by hand."""

import datetime as dt
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

from analytics.alerts.alert_rules import Presence, Rule, ShareMove
from analytics.analyst import Analyst
from analytics.answering.alert_evidence import AlertEvidence
from analytics.attribution import METHOD
from analytics.domain.answer import Origin
from analytics.domain.observations import Model, Ranking, TopList
from bot.alerting.alert_builder import AlertContents
from bot.alerting.alert_delivery import Alerts
from bot.alerting.alert_store import AlertStore
from bot.alerting.alert_tables import AlertChannel
from bot.digest.poster import Pace, SlackPoster
from bot.digest.records import LedgerEntry
from bot.digest.slot_delivery import nothing
from playground.server import Playground
from playground.state import PostedMessage
from tests.patient_slack import impatient_client

NOON = dt.datetime(2026, 11, 30, 12, tzinfo=dt.UTC)
HOUR, MINUTE, DAY = dt.timedelta(hours=1), dt.timedelta(minutes=1), dt.timedelta(days=1)
TEN = Presence("TensorFlow", 10)
SHARE = ShareMove("PyTorch", 10, Fraction(20))
ORIGIN = Origin("Hugging Face Hub", "list", "https://huggingface.co/models", "2026-11-30")


@dataclass
class AlertWatch:
    """A workspace, a folder with lists, a clock; one channel with alerts."""

    home: Path
    now: dt.datetime = NOON - DAY
    playground: Playground = field(init=False)

    def __post_init__(self) -> None:
        self.playground = Playground(clock=self.seconds, processing_seconds=0.0, rate_limits=False)
        self.playground.start()
        self.analyst = Analyst(self.home, "http://127.0.0.1:9", clock=lambda: self.now)
        self.store = AlertStore(self.analyst.context.database, self.playground.workspace.id)
        self.evidence = AlertEvidence(self.analyst.context)
        self.channel = self.playground.channel("general").id

    def seconds(self) -> float:
        """Give the time as the stand-in wants it."""
        return self.now.timestamp()

    def close(self) -> None:
        """Close both."""
        with closing(self.analyst):
            self.playground.close()

    def list_models(self, tensorflow: int, pytorch: int = 0) -> None:
        """Store a list of now of ten models: some in TensorFlow, some in PyTorch, the rest in neither."""
        files = ["tf_model.h5"] * tensorflow + ["pytorch_model.bin"] * pytorch
        files += ["model.gguf"] * (10 - len(files))
        models = tuple(Model(f"lab/m{at}", 99 - at, tags=(), files=(name,)) for at, name in enumerate(files))
        found = TopList(Ranking(), self.now, models, 10, complete=True, origin=ORIGIN)
        assert self.analyst.context.top_lists.add(found, METHOD)

    def wait_for(self, *rules: Rule) -> AlertChannel:
        """Set alerts on the list of now, with quiet hours from eight to eight, UTC."""
        ann = self.playground.user("ann").id
        wanted = AlertChannel(self.store.home, self.channel, 0, dt.time(8), "UTC", ann, self.now, self.now)
        channel = self.store.open_channel(wanted)
        for rule in rules:
            start = self.evidence.observe(rule)
            self.store.add_alert(channel, rule.words, start, ann, self.now)  # type: ignore[arg-type]  # it was stored
        return channel

    def process(self, owner: str = "a", at: Callable[[str], None] = nothing) -> Alerts:
        """Start a process."""
        client = impatient_client(self.playground)
        contents = AlertContents(self.store, self.evidence, lambda: self.now)
        poster = SlackPoster(client, Pace(self.pass_time))
        more = {"wait": self.pass_time, "at": at, "at_once": 1}
        return Alerts(self.store, poster, contents, lambda: self.now, owner, contents=contents, **more)

    def pass_time(self, seconds: float) -> None:
        """Let time pass."""
        self.now += dt.timedelta(seconds=seconds)

    def posts(self) -> list[PostedMessage]:
        """Give the messages in the channel."""
        return [one for one in self.playground.bot_messages("general") if not one.thread_ts]

    def entry(self) -> LedgerEntry:
        """Give the newest line of the ledger."""
        return self.store.history(1)[0]
