"""Runs of the workflow step that no front door can bring about: our own failures, and lines that are closed."""

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

from analytics.analyst import Analyst
from analytics.domain.answer import Answer
from analytics.domain.requests import Request
from bot.delivery import Delivery
from bot.fair_shares import FairShares
from bot.shared_marks import Alone
from bot.steps.step_manifest import add_step
from bot.steps.step_store import StepStore
from bot.steps.workflow_step import WorkflowStep
from bot.turns import Turns

ROOT = Path(__file__).parents[3]
NOON = dt.datetime(2026, 11, 27, 12, tzinfo=dt.UTC)
EVENT = {"function_execution_id": "Fx1", "inputs": {"question": "top30", "channel": "C1"}}


class FallingAnalyst(Analyst):
    """An analyst that falls over each question."""

    def answer(self, request: Request, as_of: dt.datetime | None = None) -> Answer:
        """Fall over."""
        raise RuntimeError("a fault of ours")


class RunsEnded:
    """Takes the end of a run."""

    def __init__(self) -> None:
        self.ends: list[str] = []

    def functions_completeError(self, *, error: str, **more: Any) -> None:  # noqa: N802 - as the SDK calls it
        """Remember it."""
        self.ends.append(error)


@pytest.fixture
def step(tmp_path: Path) -> tuple[WorkflowStep, Delivery]:
    """Give a step whose analyst is broken."""
    analyst = FallingAnalyst(tmp_path, "http://127.0.0.1:9")
    client: Any = RunsEnded()
    delivery = Delivery(client)
    store = StepStore(analyst.context.database, lambda: NOON, "T1")
    return WorkflowStep(analyst, delivery, store, Alone(), lambda: NOON), delivery


def test_a_fault_of_ours_ends_the_run_with_a_reference(step: tuple[WorkflowStep, Delivery]) -> None:
    """What to quote stands in the sentence."""
    shares, client = FairShares(), RunsEnded()
    shares.start()
    step[0].post_answer(Turns(shares, step[1]), EVENT, {}, client)  # type: ignore[arg-type]
    shares.wait_until_idle(30)
    shares.close()
    step[0].close()

    assert len(client.ends) == 1
    assert client.ends[0].startswith("Something went wrong on my side.")


def test_runs_that_nobody_will_work_on_end_when_the_bot_is_closed(step: tuple[WorkflowStep, Delivery]) -> None:
    """Once, however often it is closed."""
    client = RunsEnded()
    step[0].post_answer(Turns(FairShares(), step[1]), EVENT, {}, client)  # type: ignore[arg-type]
    step[0].close()
    step[0].close()

    assert client.ends == ["I am being stopped, so this is not begun. Please try again in a minute."]


def test_the_second_manifest_is_the_first_with_the_step() -> None:
    """Written by docs/write_manifests.py: what is asked for beside the first is what the step needs."""
    first, second = (
        json.loads((ROOT / name).read_text(encoding="utf-8")) for name in ("manifest.json", "manifest.workflow.json")
    )

    assert second == add_step(first)
    assert {key for key in second if second[key] != first.get(key)} == {"functions", "settings"}
    assert second["oauth_config"] == first["oauth_config"]
    settings = second["settings"]
    assert (settings["org_deploy_enabled"], settings["function_runtime"]) == (True, "remote")
    assert set(settings["event_subscriptions"]["bot_events"]) - set(
        first["settings"]["event_subscriptions"]["bot_events"]
    ) == {"function_executed"}
