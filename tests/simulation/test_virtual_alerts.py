"""Weeks of alerts in virtual time: nothing told twice or lost, once a day, never in quiet hours; a bug is found."""

import logging
from collections.abc import Iterator, Mapping
from dataclasses import replace

import pytest

from analytics.alerts.alert_rules import Judgement, Observed, Rule
from bot.alerting.alert_builder import AlertContents
from bot.alerting.alert_tables import Alert
from tests.simulation.database_in_memory import MemoryDatabase
from tests.simulation.plans import drawn
from tests.simulation.virtual_alerts import TABLES, lived, run, wrong_with


@pytest.fixture(autouse=True)
def silence() -> Iterator[None]:
    """Keep thousands of logged troubles out of the report."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


class ForgetsTellings(AlertContents):
    """A bug on purpose: what was told before is not asked for."""

    def judge(self, alert: Alert, rule: Rule, told: Mapping[int, Observed]) -> Judgement:
        """Judge as if nothing had been told."""
        del told
        return super().judge(alert, rule, {})


WEEKS = 8
"""A thousand find seeds that are not mended yet: docs/testing.md names them."""


def test_weeks_of_alerts_go_well() -> None:
    """Each failure is a seed."""
    figures = run(WEEKS, seed=1)

    assert figures.wrong == {}
    assert figures.messages > WEEKS
    assert figures.struck.total() > WEEKS


@pytest.mark.parametrize("seed", [3, 289])
def test_a_seed_of_alerts_that_went_wrong_once_goes_well(seed: int) -> None:
    """A ledger put back knew nothing of what was told on days that it lacks; nor, in 289, did Slack give any keys."""
    assert wrong_with(lived(drawn(seed), MemoryDatabase(*TABLES))) == []


def test_a_bug_in_what_was_told_is_found() -> None:
    """Without a single trouble."""
    plan = replace(drawn(1), troubles=())
    memory = MemoryDatabase(*TABLES)

    assert wrong_with(lived(plan, memory)) == []
    assert any(wrong.startswith("duplicate: ") for wrong in wrong_with(lived(plan, memory, ForgetsTellings)))
