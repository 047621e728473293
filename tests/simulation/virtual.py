"""
Weeks of digests in virtual time: every trouble drawn from a seed, every failure one number and its shortest story.

    python -m tests.simulation.virtual --weeks 2000 --seed 1     # run; status 1 and the seeds if anything failed
    python -m tests.simulation.virtual --only 4711               # live through one seed again, and shrink it
    python -m tests.simulation.virtual --weeks 2000 --bug look   # the same with a bug put in: it must be found
    python -m tests.simulation.virtual --weeks 200000 --into F   # in pieces noted in a file; begun again it goes on
"""

import argparse
import itertools
import logging
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from tests.simulation.bugs import BUGS
from tests.simulation.database_in_memory import MemoryDatabase
from tests.simulation.figures import Figures
from tests.simulation.judge import wrong_in
from tests.simulation.plans import ScenarioPlan, drawn
from tests.simulation.virtual_world import VirtualWorld

A_PIECE = 2_000
"""Weeks after which a long run notes how it stands."""


def lived(plan: ScenarioPlan, memory: MemoryDatabase, bug: str = "none") -> VirtualWorld:
    """Live through a scenario."""
    world = VirtualWorld(plan, memory, **BUGS[bug])
    world.live()
    return world


def shrunk(plan: ScenarioPlan, memory: MemoryDatabase, kind: str, bug: str = "none") -> ScenarioPlan:
    """Leave out troubles, one after the other and again, while the same kind of wrong remains."""
    smaller = True
    while smaller:
        smaller = False
        for trouble in plan.troubles:
            tried = replace(plan, troubles=tuple(one for one in plan.troubles if one is not trouble))
            if any(wrong.startswith(kind) for wrong in wrong_in(lived(tried, memory, bug))):
                plan, smaller = tried, True
    return plan


def story(plan: ScenarioPlan, memory: MemoryDatabase, bug: str = "none") -> str:
    """Tell what a scenario is and what goes wrong in it, after shrinking it."""
    wrong = wrong_in(lived(plan, memory, bug))
    if wrong:
        plan = shrunk(plan, memory, wrong[0].split(":")[0], bug)
        wrong = wrong_in(lived(plan, memory, bug))
    lines = [
        f"seed {plan.seed}: {plan.weeks} weeks from {plan.start:%d %b %Y}, {len(plan.rhythms)} channels",
        *(f"  beside: {one}" for one in plan.beside),
        f"  clocks ahead by {plan.skews} s, client_msg_id {plan.ids}",
        *(f"  {trouble}" for trouble in plan.troubles),
        *(f"  -> {line}" for line in wrong),
    ]
    return "\n".join(lines)


def run(weeks: int, seed: int, bug: str = "none", most_stories: int = 5) -> Iterator[tuple[Figures, str]]:
    """Live through scenarios until there were so many weeks; give the figures and each failure's story."""
    figures, memory, told, began = Figures(), MemoryDatabase(), 0, time.process_time()
    for number in itertools.count(seed):
        if figures.weeks >= weeks:
            return
        world = lived(drawn(number), memory, bug)
        wrong = wrong_in(world)
        figures.count(world, wrong)
        figures.seconds = time.process_time() - began
        told += bool(wrong)
        yield figures, story(world.plan, memory, bug) if wrong and told <= most_stories else ""


def run_in_pieces(weeks: int, seed: int, bug: str, into: Path | None) -> Figures:
    """Run piece by piece, each noted as a line of a file; what is noted there already is not lived through again."""
    noted = into.read_text().splitlines() if into and into.exists() else []
    total = Figures()
    for line in noted:
        total.add(Figures.from_json(line))
    while total.weeks < weeks:
        piece = _run_piece(min(A_PIECE, weeks - total.weeks), seed + total.seeds, bug)
        total.add(piece)
        if into:
            with into.open("a") as file:
                file.write(piece.as_json() + "\n")
    return total


def _run_piece(weeks: int, seed: int, bug: str) -> Figures:
    figures = Figures()
    for figures, failure in run(weeks, seed, bug):  # noqa: B007 - the last are all
        if failure:
            print(failure, flush=True)  # noqa: T201 - what the command prints
    return figures


def main() -> int:
    """Run, print, and say by the status whether all was well."""
    parser = argparse.ArgumentParser(description="Weeks of digests in virtual time.")
    parser.add_argument("--weeks", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", type=int)
    parser.add_argument("--bug", choices=sorted(BUGS), default="none")
    parser.add_argument("--into", type=Path)
    options = parser.parse_args()
    logging.disable(logging.CRITICAL)
    if options.only is not None:
        told = story(drawn(options.only), MemoryDatabase(), options.bug)
        print(told)  # noqa: T201 - what the command prints
        return "-> " in told
    figures = run_in_pieces(options.weeks, options.seed, options.bug, options.into)
    print(figures)  # noqa: T201 - what the command prints
    return bool(figures.wrong.total())


if __name__ == "__main__":
    sys.exit(main())
