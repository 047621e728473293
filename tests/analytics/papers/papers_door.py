"""A data folder, a successor and an archive of our own, and the door they are asked through."""

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from analytics.analyst import Analyst
from tests.loopback.papers_api import ListedPaper, PapersApi

NOW = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)
OPEN = Callable[..., Analyst]


def published(quarter_month: str, *frameworks: str, n: int = 1) -> list[ListedPaper]:
    """Make `n` papers of a month."""
    return [ListedPaper(f"{quarter_month}-15", frameworks)] * n


@pytest.fixture
def api() -> Iterator[PapersApi]:
    """Start a successor: 2026 Q1 has 10 papers, 2026 Q2 none, 2026 Q3 20, of which some in PyTorch, JAX and both."""
    papers = [
        *published("2023-02", "PyTorch", n=3),
        *published("2026-02", "PyTorch", n=4),
        *published("2026-03", n=6),
        *published("2026-08", "PyTorch", n=5),
        *published("2026-09", "PyTorch", "JAX", n=2),
        *published("2026-09", "vLLM", n=13),
        *published("2026-11", "PyTorch", n=99),
    ]
    with PapersApi(papers, ("pytorch", "JAX", "vLLM")) as started:
        yield started


@pytest.fixture
def opened(tmp_path: Path, api: PapersApi) -> Iterator[OPEN]:
    """Give a maker of doors to the same data folder, of whatever Hub and at whatever time."""
    doors: list[Analyst] = []

    def opening(endpoint: str, now: dt.datetime = NOW) -> Analyst:
        doors.append(Analyst(tmp_path, endpoint, clock=lambda: now, papers_api_url=api.address))
        return doors[-1]

    yield opening
    for door in doors:
        door.close()
