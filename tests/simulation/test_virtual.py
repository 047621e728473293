"""Weeks in virtual time: nothing posted twice or lost, and a bug put in is found and told as a short story."""

import logging
from collections.abc import Iterator

import pytest

from tests.simulation.virtual import Figures, run


@pytest.fixture(autouse=True)
def silence() -> Iterator[None]:
    """Keep thousands of logged troubles out of the report."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


def lived(weeks: int, seed: int, bug: str = "none") -> tuple[Figures, list[str]]:
    """Live through weeks; give the figures and the stories of what failed."""
    figures, stories = Figures(), []
    for figures, story in run(weeks, seed, bug, most_stories=1):  # noqa: B007 - the last are all
        stories += [story] if story else []
    return figures, stories


def test_hundreds_of_weeks_go_well() -> None:
    """No duplicate, none lost, every skip with its reason, one word a day, few calls; each failure is a seed."""
    figures, stories = lived(300, seed=1)

    assert stories == []
    assert figures.posts > 300


def test_one_seed_is_one_history() -> None:
    """The same figures every time."""
    assert lived(30, seed=4)[0] == lived(30, seed=4)[0]


@pytest.mark.parametrize(("bug", "seed", "trouble"), [("look", 1825, "lost answer"), ("first", 765, "restore")])
def test_a_bug_is_found_and_told_by_what_it_takes(bug: str, seed: int, trouble: str) -> None:
    """Look or first look switched off: a duplicate, by one trouble that is left after shrinking."""
    _, (story,) = lived(1, seed, bug)

    assert story.startswith(f"seed {seed}: ")
    assert (story.count("Trouble("), f"kind='{trouble}'" in story) == (1, True), story
    assert "-> duplicate: " in story
