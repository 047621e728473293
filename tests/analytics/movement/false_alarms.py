"""
How often a quiet week would be called more than usual, by simulation: docs/method.md has what it prints.

    .venv/bin/python -m tests.analytics.movement.false_alarms

Weeks are made in which nothing special happens, in two ways: a random walk with the spread of real weekly changes, and
weeks put together of real days drawn at random. Each begins with the real list of 7 August 2026.
"""

import gzip
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pandas as pd

from analytics.domain.staleness import WEEK
from analytics.movement.list_moves import FIRST
from analytics.movement.usual_turnover import LEAST, MOST, UsualTurnover

FILE = Path(__file__).parents[2] / "data" / "downloads_2026-08.csv.gz"
DAYS_A_WEEK = 7
STORED = (LEAST, 9, 10, 12, 14, 16, 20, 24, 28, 34, 40, 46, MOST)
HISTORIES = 4_000

Array = np.ndarray
Week = Callable[[Array], Array]
"""Logarithms of downloads, a row a history and a column a model -> those of a week later."""


def read_days() -> Array:
    """Read the logarithms of real downloads, a row a day and a column a model, the most downloaded first."""
    with gzip.open(FILE, "rt", encoding="utf-8") as file:
        return np.log(pd.read_csv(file, index_col="id").to_numpy(dtype=float).T)


def walk(days: Array, chance: np.random.Generator) -> Week:
    """Change each model by chance, as much as real ones changed in a week."""
    spread = float((days[DAYS_A_WEEK:] - days[:-DAYS_A_WEEK]).std())
    return lambda models: models + chance.normal(0, spread, models.shape)


def draw_days(days: Array, chance: np.random.Generator) -> Week:
    """Change all models as on seven real days drawn at random, but for what each did in the mean."""
    steps = np.diff(days, axis=0)
    steps = steps - steps.mean(axis=0)

    def week(models: Array) -> Array:
        drawn = chance.integers(0, len(steps), (DAYS_A_WEEK, len(models)))
        return models + steps[drawn].sum(axis=0)

    return week


KINDS = {"random walk": walk, "real days drawn": draw_days}


def simulate(kind: str, histories: int, seed: int = 1) -> Array:
    """Give the turnovers of weeks, a row a week and a column a history."""
    days, chance = read_days(), np.random.default_rng(seed)
    change = KINDS[kind](days, chance)
    models = np.tile(days[0], (histories, 1))
    turnovers = []
    for _ in range(MOST + 1):
        before, models = _first(models), change(models)
        turnovers.append((_first(models) & ~before).sum(axis=1))
    return np.array(turnovers)


def _first(models: Array) -> Array:
    """Mark the first thirty of each history."""
    places = np.argpartition(-models, FIRST, axis=1)[:, :FIRST]
    marks = np.zeros(models.shape, dtype=bool)
    np.put_along_axis(marks, places, values=True, axis=1)
    return marks


def rate(turnovers: Array, stored: int) -> float:
    """Give the share of histories in which the week after so many stored ones is called more than usual."""
    histories = turnovers.T.tolist()
    return sum(UsualTurnover(WEEK, tuple(one[:stored])).is_unusual(one[stored]) for one in histories) / len(histories)


def report() -> Iterator[str]:
    """Give the lines of a table: false alarms a week by the number of weeks stored."""
    yield f"| weeks stored | {' | '.join(map(str, STORED))} | new in the mean |"
    yield f"| --- |{' ---: |' * (len(STORED) + 1)}"
    for kind in KINDS:
        turnovers = simulate(kind, HISTORIES)
        rates = " | ".join(f"{100 * rate(turnovers, stored):.1f} %" for stored in STORED)
        yield f"| {kind} | {rates} | {turnovers.mean():.1f} |"


if __name__ == "__main__":
    print("\n".join(report()))  # noqa: T201 - a report
