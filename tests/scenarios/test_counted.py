"""What is counted and told at `/metrics`, of a whole bot by HTTP."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import httpx2
import pytest
from prometheus_client.parser import text_string_to_metric_families

from bot.app import build
from bot.config import Settings
from bot.web.hosting import application_of
from bot.web.metrics import Metrics
from playground.server import Playground
from playground.signed_requests import SignedRequests
from playground.start import connect_to
from tests.loopback.web_process import served
from tests.patient_slack import patient_slack
from tests.scenarios.conftest import OUT_OF_REACH

SECRET = "a-signing-secret-of-tests"


@pytest.fixture
def hosted(tmp_path: Path) -> Iterator[tuple[Playground, str]]:
    """Start a playground and one web process that counts; gives it and the process's address."""
    with ExitStack() as stack:
        playground, metrics = stack.enter_context(patient_slack()), Metrics()
        wanted = {"frameworks_home": tmp_path, "hf_endpoint": OUT_OF_REACH, "collect": False}
        settings = connect_to(playground, Settings(_env_file=None, slack_signing_secret=SECRET, **wanted))
        bot = build(settings.model_copy(update={"slack_app_token": None}), rhythms={}, observer=metrics)
        address = stack.enter_context(served(application_of(settings, lambda: bot, warm=False, metrics=metrics)))
        playground.on_settling = bot.wait_until_idle
        playground.site.deliveries.send_by(SignedRequests(address + "/slack/events", SECRET))
        yield playground, address


def read(address: str) -> dict[str, float]:
    """Read the page as Prometheus does: each sample's value under its name and labels."""
    page = httpx2.get(f"{address}/metrics").text
    samples = [sample for family in text_string_to_metric_families(page) for sample in family.samples]
    return {" ".join([sample.name, *sample.labels.values()]): sample.value for sample in samples}


def test_questions_are_counted_by_kind_and_outcome(hosted: tuple[Playground, str]) -> None:
    """Answered, not understood, of a name that nobody has; and each acknowledgement with its time."""
    playground, address = hosted
    for words in ("top30", "top30", "qwertz uiop", "top30 by task nonsense-task"):
        playground.command(f"/frameworks {words}").wait()
    playground.settled()
    told = read(address)

    assert told["frameworks_questions_total top answered from the sample"] == 2
    assert told["frameworks_answer_seconds_count top"] == 2
    assert told["frameworks_questions_total anything not understood"] >= 1
    assert told["frameworks_acknowledgement_seconds_count command ok"] == 4


def test_refusals_of_slack_are_counted_by_what_they_mean(hosted: tuple[Playground, str]) -> None:
    """Of each method; a reply to a response_url too."""
    playground, address = hosted
    playground.faults.error("chat.postMessage", "is_archived")
    playground.command("/frameworks top30").wait()
    playground.settled()
    told = read(address)

    assert told["frameworks_slack_calls_total chat.postMessage Forbidden"] == 1
    assert told["frameworks_slack_calls_total response_url ok"] >= 1
    assert told["frameworks_hub_calls_total Unreachable"] >= 1


def test_the_state_of_the_moment_is_told_beside(hosted: tuple[Playground, str]) -> None:
    """Parts, processes and their memory; a digest by what became of it."""
    playground, address = hosted
    playground.settled()
    told = read(address)

    assert told["frameworks_part_well database"] == 1
    assert told["frameworks_processes"] == 1
    assert told["frameworks_resident_memory_bytes"] > 10_000_000


def test_nothing_of_anybody_is_told(hosted: tuple[Playground, str]) -> None:
    """No person, channel, workspace, model or typed word is a label."""
    playground, address = hosted
    playground.command("/frameworks bert-base-uncased").wait()
    playground.mention("a-word-nobody-knows").wait()
    playground.settled()
    page = httpx2.get(f"{address}/metrics").text

    ids = (playground.user("ann").id, playground.channel("general").id, playground.workspace.id)
    assert "frameworks_questions_total" in page
    assert not [word for word in (*ids, "bert", "a-word-nobody-knows") if word in page]


def test_without_metrics_there_is_no_such_page(tmp_path: Path) -> None:
    """It may be asked by anybody who reaches the port, so it is off by default."""
    with patient_slack() as playground:
        wanted = {"frameworks_home": tmp_path, "hf_endpoint": OUT_OF_REACH, "collect": False}
        settings = connect_to(playground, Settings(_env_file=None, slack_signing_secret=SECRET, **wanted))
        bot = build(settings.model_copy(update={"slack_app_token": None}), rhythms={})
        with served(application_of(settings, lambda: bot, warm=False)) as address:
            assert httpx2.get(f"{address}/metrics").status_code == 404
