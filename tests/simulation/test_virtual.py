"""Weeks in virtual time: nothing posted twice or lost, and a bug put in is found and told as a short story."""

import logging
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.simulation.database_in_memory import MemoryDatabase
from tests.simulation.figures import Figures
from tests.simulation.plans import ADDED, KINDS, REFUSED_IDS, STEPS, drawn
from tests.simulation.virtual import lived as live
from tests.simulation.virtual import run, run_in_pieces, story

NAMED = {
    *("set clock", "stop", "kill", "restore", "429", "lost request", "lost answer", "cut answer", "late"),
    *("history off", "words off", "metadata off", "post deleted", "PostgreSQL restarted", "take", "everything off"),
}
"""What must be among the troubles: clocks, stops, restores, 429, answers, history, threads, databases, owners."""


@pytest.fixture(autouse=True)
def silence() -> Iterator[None]:
    """Keep thousands of logged troubles out of the report."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


def lived(weeks: int, seed: int) -> tuple[Figures, list[str]]:
    """Live through weeks; give the figures and the stories of what failed."""
    figures, stories = Figures(), []
    for figures, failure in run(weeks, seed, most_stories=1):  # noqa: B007 - the last are all
        stories += [failure] if failure else []
    return figures, stories


LONG = [pytest.param(500, seed, marks=pytest.mark.simulation) for seed in (1, 161, 321, 481)]
"""2,000 weeks in parts: on a crowded machine all in one take longer than a test may."""


@pytest.mark.parametrize(("weeks", "seed"), [(300, 1), *LONG])
def test_weeks_go_well(weeks: int, seed: int) -> None:
    """
    No duplicate, none lost, each skip with its reason, one word a day, few calls; each failure is a seed.

    Meanwhile something struck at each step that a process passes: none is only written down.
    """
    figures, stories = lived(weeks, seed)

    assert stories == []
    assert (figures.wrong["duplicate"], figures.wrong["lost"], figures.wrong.total()) == (0, 0, 0)
    assert figures.became["skipped"] + figures.became["unknown"] + figures.became["failed"] == figures.reasons.total()
    assert "" not in figures.reasons
    assert figures.most_words == 1
    assert 10 < figures.most_calls <= 100
    assert 10 < figures.most_other_calls <= 200
    assert figures.posted > weeks
    assert {name.split(" at ")[1] for name in figures.struck if " at " in name} >= set(STEPS) - {"telling"}


def test_everything_that_the_list_names_is_drawn() -> None:
    """Each trouble."""
    assert KINDS.keys() >= NAMED
    drawn_kinds = {trouble.kind for seed in range(200) for trouble in drawn(seed).troubles}
    assert drawn_kinds == {*KINDS, *ADDED}
    assert {drawn(seed).ids for seed in range(200)} >= {*REFUSED_IDS, "ignored"}


def test_one_seed_is_one_history() -> None:
    """The same messages at the same instants every time, which says more than equal figures of many weeks."""
    worlds = [live(drawn(seed), MemoryDatabase()) for seed in (4, 5, 4, 5)]
    one, two, *again = [[(said.channel, said.at, said.said) for said in world.slack.posted] for world in worlds]

    assert [one, two] == again
    assert one
    assert two


def test_a_run_that_was_killed_goes_on_where_it_was(tmp_path: Path) -> None:
    """Noted piece by piece: what is noted is not lived through again, and adds up to what one run counts."""
    whole = run_in_pieces(12, 1, "none", None)
    run_in_pieces(6, 1, "none", tmp_path / "pieces")
    rest = run_in_pieces(12, 1, "none", tmp_path / "pieces")

    assert len((tmp_path / "pieces").read_text().splitlines()) == 2
    whole.seconds = rest.seconds = 0.0
    assert rest == whole


@pytest.mark.parametrize("seed", [4496, 5529, 6498, 9165, 27031, 61800])
def test_a_seed_that_went_wrong_once_goes_well(seed: int) -> None:
    """Words said twice after a copy was put back, a database that hung up on the world itself, news grown old."""
    assert "-> " not in story(drawn(seed), MemoryDatabase())


@pytest.mark.parametrize(
    ("bug", "seed", "wrong", "troubles"),
    [
        ("look", 8, "duplicate", {"lost answer"}),
        ("look", 26, "duplicate", {"set back"}),
        ("first", 66, "duplicate", {"restore"}),
        ("cannot tell", 170, "duplicate", {"metadata off", "database cut before"}),
        ("told", 378, "words", {"late", "archived", "words off"}),
        ("mark", 5529, "words", {"words off", "history off", "Slack away", "set back"}),
    ],
)
def test_a_bug_is_found_and_told_by_what_it_takes(bug: str, seed: int, wrong: str, troubles: set[str]) -> None:
    """A look switched off, or taken for more than it shows: found, and only what it takes is left after shrinking."""
    told = story(drawn(seed), MemoryDatabase(), bug)

    assert told.startswith(f"seed {seed}: ")
    assert set(re.findall("kind='([^']+)'", told)) == troubles, told
    assert told.count("Trouble(") == len(troubles)
    assert f"-> {wrong}: " in told
