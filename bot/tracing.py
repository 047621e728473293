"""
Traces of questions by OpenTelemetry, where an address for them is set: from Slack's payload to the post.

Whatever is told to the observer becomes a span of the work it belongs to: the trace's id is made of the id that the log
writes (`concern.py`), and the question is the parent of what was done for it. A span says a few known words and its
duration; no person, channel, model, typed word or text of an error.
"""

import hashlib
import logging
import threading
import time
from collections.abc import Mapping

from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.sdk.trace.id_generator import IdGenerator, RandomIdGenerator
from opentelemetry.trace import NonRecordingSpan, SpanContext, TraceFlags, set_span_in_context

from bot.concern import name_work
from bot.observer import Observer, Outcome

logging.getLogger("opentelemetry").setLevel(logging.ERROR)

A_SECOND = 1_000_000_000
SERVICE = "frameworks-bot"


class IdsOfWork(IdGenerator):
    """Gives the next span of this thread the ids that were set for it, if any were."""

    def __init__(self) -> None:
        self._random = RandomIdGenerator()
        self.next = threading.local()

    def generate_trace_id(self) -> int:
        """Give the trace's id."""
        return getattr(self.next, "trace", None) or self._random.generate_trace_id()

    def generate_span_id(self) -> int:
        """Give the span's id."""
        return getattr(self.next, "span", None) or self._random.generate_span_id()


def trace_of(work: str) -> int:
    """Give the id of the trace of a work, by the id that its lines in the log have."""
    return int(hashlib.sha256(work.encode()).hexdigest()[:32], 16)


def question_of(work: str) -> int:
    """Give the id of the span that stands for a question as a whole."""
    return int(hashlib.sha256(work.encode()).hexdigest()[32:48], 16)


class Traced(Observer):
    """Makes spans of what it hears, sends them to a collector (OTLP by HTTP), and lets `inside` hear it too."""

    def __init__(self, inside: Observer, address: str) -> None:
        self._inside = inside
        self._ids = IdsOfWork()
        self._provider = TracerProvider(
            resource=Resource({"service.name": SERVICE}), id_generator=self._ids, shutdown_on_exit=True
        )
        exporter = OTLPSpanExporter(endpoint=f"{address.rstrip('/')}/v1/traces", timeout=5.0)
        self._provider.add_span_processor(BatchSpanProcessor(exporter))
        self._tracer = self._provider.get_tracer(SERVICE)

    def note_ack(self, kind: str, outcome: str, seconds: float) -> None:
        """Hear that a payload of Slack's was handled."""
        self._span("payload", seconds, {"kind": kind, "outcome": outcome})
        self._inside.note_ack(kind, outcome, seconds)

    def note_question(self, kind: str, outcome: Outcome, seconds: float) -> None:
        """Hear what became of a question: the span that all others of its work stand under."""
        self._span("question", seconds, {"kind": kind, "outcome": outcome.value}, whole=True)
        self._inside.note_question(kind, outcome, seconds)

    def note_collection(self, what: str, outcome: str, seconds: float) -> None:
        """Hear that a collection ended; it is no question's work, and has no trace."""
        self._inside.note_collection(what, outcome, seconds)

    def note_drawing(self, seconds: float) -> None:
        """Hear that a picture was drawn."""
        self._span("draw", seconds, {})
        self._inside.note_drawing(seconds)

    def note_slack(self, method: str, outcome: str, seconds: float) -> None:
        """Hear how a call to Slack ended."""
        self._span(f"slack {method}", seconds, {"outcome": outcome})
        self._inside.note_slack(method, outcome, seconds)

    def note_too_often(self, whose: str) -> None:
        """Hear that a request was refused as too many; it is no work, and has no trace."""
        self._inside.note_too_often(whose)

    def hear_hub(self, outcome: str, quota_left: int | None, seconds: float) -> None:
        """Hear how a call to the Hub ended."""
        self._span("hub", seconds, {"outcome": outcome})
        self._inside.hear_hub(outcome, quota_left, seconds)

    def flush(self) -> None:
        """Send what has not been sent yet."""
        self._provider.force_flush()

    def _span(self, name: str, seconds: float, words: Mapping[str, str], *, whole: bool = False) -> None:
        """Make a span that ends now; nothing of what is nobody's work."""
        if not (work := name_work()):
            return
        parent = SpanContext(trace_of(work), question_of(work), is_remote=True, trace_flags=TraceFlags(1))
        context = None if whole else set_span_in_context(NonRecordingSpan(parent))
        self._ids.next.trace, self._ids.next.span = trace_of(work), question_of(work) if whole else None
        now = time.time_ns()
        span = self._tracer.start_span(
            name, context, attributes={**words, "work": work}, start_time=now - int(seconds * A_SECOND)
        )
        span.end(now)
