"""How many workers share the tests."""

import pytest

from tests.workers import count_cores, count_workers, measure_memory


@pytest.mark.parametrize(
    ("cores", "gigabytes", "workers"),
    [(2, 23.5, 4), (2, 8.0, 4), (2, 7.9, 3), (2, 3.0, 2), (4, 0.0, 4), (1, 4.0, 2)],
)
def test_there_are_two_workers_a_core_where_memory_allows(cores: int, gigabytes: float, workers: int) -> None:
    """Two gigabytes each; never fewer than there are cores, whatever the memory."""
    assert count_workers(cores, gigabytes) == workers


def test_the_machine_is_measured() -> None:
    """There is a core, and memory is no less than nothing where the system does not tell it."""
    assert count_cores() >= 1
    assert measure_memory() >= 0
