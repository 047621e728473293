"""
What is counted, for Prometheus: questions, acknowledgements, calls to Slack and to the Hub.

Each process counts for itself in a registry of its own; where several serve one port they share a folder, and whichever
answers gives the sum of all (prometheus_client's way for several processes). Every label is one of a few known words.
"""

from pathlib import Path

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from bot.observer import Outcome

SHARED = "PROMETHEUS_MULTIPROC_DIR"
"""The variable by which prometheus_client learns of the folder; `serving.serve` sets it before its processes start."""

SOON = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 3.0)
"""Seconds of acknowledgements: Slack gives up after three."""

LATER = (0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 60.0)
"""Seconds from a question to its answer."""


LONG = (1.0, 10.0, 60.0, 300.0, 900.0, 1800.0, 3600.0, 7200.0)
"""Seconds of a collection: a list takes some, the census half an hour."""


class Metrics:
    """Counts what an `Observer` hears. `shared`: the folder of several processes, if there are several."""

    def __init__(self, shared: Path | None = None) -> None:
        self._shared = shared
        ours = self._registry = CollectorRegistry()
        starts = Counter("frameworks_starts", "Processes that began to count", registry=ours)
        self._acks = Histogram(
            "frameworks_acknowledgement_seconds",
            "Seconds in which a payload of Slack's was handled and acknowledged",
            ["kind", "outcome"],
            buckets=SOON,
            registry=ours,
        )
        self._questions = Counter("frameworks_questions", "Questions, by outcome", ["kind", "outcome"], registry=ours)
        self._answers = Histogram(
            "frameworks_answer_seconds",
            "Seconds from a question that was heard to its answer in Slack",
            ["kind"],
            buckets=LATER,
            registry=ours,
        )
        self._slack = Counter("frameworks_slack_calls", "Calls to Slack", ["method", "outcome"], registry=ours)
        self._collections = Histogram(
            "frameworks_collection_seconds",
            "Seconds of a collection, by what was collected and how it ended",
            ["what", "outcome"],
            buckets=LONG,
            registry=ours,
        )
        self._too_often = Counter(
            "frameworks_too_often", "Requests refused since too many came of one of these", ["whose"], registry=ours
        )
        self._hub = Counter("frameworks_hub_calls", "Calls to the Hub", ["outcome"], registry=ours)
        # With a label it does not exist, rather than being nought, until the Hub has said something.
        self._quota = Gauge(
            "frameworks_quota_left",
            "Calls that a source says are left in its window",
            ["source"],
            registry=ours,
            multiprocess_mode="mostrecent",
        )
        starts.inc()

    def note_ack(self, kind: str, outcome: str, seconds: float) -> None:
        """Count a payload of Slack's."""
        self._acks.labels(kind, outcome).observe(seconds)

    def note_question(self, kind: str, outcome: Outcome, seconds: float) -> None:
        """Count a question; the time of one that was answered is kept."""
        self._questions.labels(kind, outcome.value).inc()
        if outcome in (Outcome.ANSWERED, Outcome.SAMPLE):
            self._answers.labels(kind).observe(seconds)

    def note_slack(self, method: str, outcome: str, seconds: float) -> None:
        """Count a call to Slack."""
        del seconds  # a trace tells it
        self._slack.labels(method, outcome).inc()

    def note_collection(self, what: str, outcome: str, seconds: float) -> None:
        """Count a collection with its time."""
        self._collections.labels(what, outcome).observe(seconds)

    def note_drawing(self, seconds: float) -> None:
        """Keep nothing: a trace tells it."""

    def note_too_often(self, whose: str) -> None:
        """Count a request that was one too many."""
        self._too_often.labels(whose).inc()

    def hear_hub(self, outcome: str, quota_left: int | None, seconds: float) -> None:
        """Count a call to the Hub, and keep what it says is left."""
        del seconds  # a trace tells it
        self._hub.labels(outcome).inc()
        if quota_left is not None:
            self._quota.labels("hub").set(quota_left)

    def write(self, *more: Collector) -> bytes:
        """Write everything as Prometheus reads it, with what `more` measure at this moment."""
        page = CollectorRegistry()
        if self._shared:
            MultiProcessCollector(page, str(self._shared))  # type: ignore[no-untyped-call]  # published without types
        else:
            page.register(self._registry)
        for each in more:
            page.register(each)
        return generate_latest(page)

    def list_processes(self) -> list[int]:
        """List the processes that share the folder, those that have ended among them; none where there is one alone."""
        files = self._shared.glob("counter_*.db") if self._shared else ()
        return sorted(int(file.stem.rpartition("_")[2]) for file in files)
