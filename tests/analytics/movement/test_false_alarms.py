"""Quiet weeks are rarely called news, and not never: measured on simulated ones, here fewer than docs/method.md has."""

import numpy as np
import pytest

from tests.analytics.movement.false_alarms import KINDS, rate, simulate


@pytest.fixture(scope="module", params=KINDS)
def turnovers(request: pytest.FixtureRequest) -> np.ndarray:
    """Make a thousand histories of quiet weeks."""
    return simulate(request.param, 1_000)


@pytest.mark.parametrize("stored", [8, 14, 20, 28, 40, 52])
def test_two_to_six_in_a_hundred_quiet_weeks_raise_an_alarm(turnovers: np.ndarray, stored: int) -> None:
    """Whether few weeks are stored or many."""
    assert 0.02 <= rate(turnovers, stored) <= 0.06


def test_below_eight_weeks_there_is_no_alarm(turnovers: np.ndarray) -> None:
    """Nothing is claimed."""
    assert rate(turnovers, 7) == 0
