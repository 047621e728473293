"""Traces and reports of errors, as a collector and Sentry get them from the real SDKs."""

import logging
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from bot.app import Bot, build
from bot.config import Settings
from bot.observer import UNOBSERVED
from bot.outlets import report_errors, trace
from bot.tracing import Traced, trace_of
from playground.server import Playground
from playground.start import connect_to
from tests.loopback.hub import LoopbackHub
from tests.loopback.hub_items import model
from tests.loopback.telemetry_sink import SunkBodies, collector
from tests.patient_slack import patient_slack

ROOT = Path(__file__).parents[2]
TYPED = "zebra-typed-by-ann"


@pytest.fixture
def traced(tmp_path: Path) -> Iterator[tuple[Playground, SunkBodies, Traced]]:
    """Start a bot on a Hub, traced."""
    with ExitStack() as stack:
        playground, collected = (
            stack.enter_context(patient_slack()),
            stack.enter_context(collector()),
        )
        hub = stack.enter_context(LoopbackHub([model(f"org/m{n}", tags=["pytorch"], downloads=n) for n in range(40)]))
        wanted = {"frameworks_home": tmp_path, "hf_endpoint": hub.endpoint, "collect": False}
        settings = Settings(_env_file=None, otel_exporter_otlp_endpoint=collected.address + "/", **wanted)
        observer = trace(UNOBSERVED, settings)
        assert isinstance(observer, Traced)
        bot: Bot = build(connect_to(playground, settings), rhythms={}, observer=observer)
        playground.on_settling = bot.wait_until_idle
        bot.start(warm=False)
        stack.callback(bot.close)
        yield playground, collected, observer


def test_a_question_is_one_trace_from_payload_to_post(traced: tuple[Playground, SunkBodies, Traced]) -> None:
    """Payload, Hub, drawing and Slack's calls stand under the question, in the trace of the id that is logged."""
    playground, collected, observer = traced
    playground.mention("top30").wait()
    playground.settled()
    observer.flush()
    spans = {span.name: span for span in collected.spans()}
    whole = spans.pop("question")
    (work,) = [word.value.string_value for word in whole.attributes if word.key == "work"]

    assert {"payload", "hub", "draw", "slack chat.postMessage", "slack files.getUploadURLExternal"} <= set(spans)
    assert {span.parent_span_id for span in spans.values()} == {whole.span_id}
    assert {span.trace_id for span in spans.values()} == {trace_of(work).to_bytes(16)}
    assert all(span.end_time_unix_nano > span.start_time_unix_nano for span in spans.values())


def test_two_questions_are_two_traces_and_nothing_of_anybody_is_in_them(
    traced: tuple[Playground, SunkBodies, Traced],
) -> None:
    """Each attribute is one of three; no person, channel, model or typed word."""
    playground, collected, observer = traced
    for words in (f"model org/{TYPED}", TYPED, "top30"):
        playground.command(f"/frameworks {words}").wait()
    playground.settled()
    observer.flush()
    spans = collected.spans()
    people = (playground.user("ann").id, playground.channel("general").id, playground.workspace.id)

    assert len({span.trace_id for span in spans}) == 3
    assert {word.key for span in spans for word in span.attributes} == {"kind", "outcome", "work"}
    assert [word for word in (*people, TYPED, "org/") if word in collected.everything()] == []


def test_both_are_off_without_their_setting_and_refused_if_they_are_no_address() -> None:
    """Nothing is made, nothing is sent."""
    settings, before = Settings(_env_file=None), list(logging.getLogger().handlers)
    report_errors(settings)

    assert trace(UNOBSERVED, settings) is UNOBSERVED
    assert logging.getLogger().handlers == before
    for wrong in ({"sentry_dsn": "https://sentry.example.com/7"}, {"otel_exporter_otlp_endpoint": "localhost"}):
        with pytest.raises(ValueError, match="1 validation error"):
            Settings(_env_file=None, **wrong)


WITHOUT = """
import sys
sys.modules["sentry_sdk"] = sys.modules["opentelemetry"] = None
from bot.config import Settings
from bot.observer import UNOBSERVED
from bot.outlets import report_errors, trace
settings = Settings(_env_file=None, sentry_dsn="https://a@sentry.example.com/7", otel_exporter_otlp_endpoint="http://x")
report_errors(settings)
assert trace(UNOBSERVED, settings) is UNOBSERVED
"""


def test_without_what_sends_them_a_sentence_says_so() -> None:
    """The bot runs all the same, and the log names the extra that is missing."""
    done = subprocess.run([sys.executable, "-c", WITHOUT], capture_output=True, text=True, check=True, cwd=ROOT)

    assert "nothing is reported" in done.stderr
    assert "pip install '.[sentry]'" in done.stderr
    assert "pip install '.[traces]'" in done.stderr
    assert "sentry.example.com" not in done.stderr
