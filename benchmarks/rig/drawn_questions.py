"""
What people of a soak ask.

Mostly the same again and again, a third hardly ever asked before; or all that can be asked.
"""

import random

from analytics.attribution import FRAMEWORKS
from analytics.grammar import EXAMPLES

TASKS = ("fill-mask", "text-generation", "image-classification", "automatic-speech-recognition", "text-classification")
QUARTERS = [f"{year}Q{quarter}" for year in range(2018, 2026) for quarter in (1, 2, 3, 4)]
ODD = ("help", "status", "changes", "digest list", "topp 30", "official", "totals", "papers")

Chance = random.Random


def draw_common(chance: Chance, models: int) -> str:
    """Draw a question on lists and models."""
    kind = chance.random()
    if kind < 0.5:
        return f"top{chance.choice((10, 20, 30, 50, 100))}"
    if kind < 0.65:
        return chance.choice(ODD)
    if kind < 0.8:
        return f"model org/m{chance.randrange(models)}"
    return f"top{chance.randrange(10, 1000)}"


def draw_any(chance: Chance, models: int) -> str:
    """Draw of all that can be asked: two in five as above, else on a census and its file, papers, what changed."""
    kind = chance.random()
    if kind < 0.4:
        return draw_common(chance, models)
    if kind < 0.6:
        return chance.choice(EXAMPLES)[0]
    if kind < 0.8:
        return _on_a_census(chance)
    if kind < 0.9:
        return _one(chance, f"papers {chance.choice(QUARTERS)}", "papers archive", "papers successor", "papers overlap")
    if kind < 0.96:
        return _one(chance, "changes", "share", "official", f"top{chance.randrange(10, 300)} reach", "why method")
    framework = chance.choice(FRAMEWORKS)
    beyond = f"top{chance.randrange(10, 60)} {chance.choice(('in', 'only'))} {framework}"
    return _one(chance, beyond, f"top30 by alltime task {chance.choice(TASKS)}")


def _on_a_census(chance: Chance) -> str:
    task = chance.choice(TASKS)
    return _one(
        chance,
        *("totals", "totals all", "totals declared", "totals by library", "totals by licence", "totals dead"),
        *(f"totals since {chance.randrange(2018, 2026)}", f"totals task {task}", f"totals by downloads task {task}"),
        *("totals reach", "trend", "trend all", "trend by downloads", f"trend task {task}"),
        f"trend by downloads task {task}",
    )


def _one(chance: Chance, *questions: str) -> str:
    return chance.choice(questions)
