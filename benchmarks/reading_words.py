"""
How long does the bot take to read what somebody typed? `.venv/bin/python -m benchmarks.reading_words`

22,000 texts of up to 40,000 characters, seeded: the hand-made worst ones, mixtures of their parts and any characters at
all, of lengths within and beyond the bounds. Each goes through every reader of typed words; an error other than words
for the person ends the run. Processor time of one thread, so that other programs do not count.
"""

import csv
import datetime as dt
import random
import statistics
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

from analytics import grammar
from analytics.digest_words import parsing, typed_words
from tests.worst_texts import BEARABLE, ENDS, LENGTH, STARTS, UNITS, seconds_of, text_of, worst_texts

TEXTS, SEED = 22_000, 14
TODAY = dt.date(2026, 11, 26)
QUESTIONS = Path(__file__).parents[1] / "tests/analytics/grammar/asked_by_people.csv"
LENGTHS = (5, 40, 300, 2_000, LENGTH)


def front_door(text: str) -> None:
    """Read a text as the bot does: bounded, then as settings or as a question."""
    typed = typed_words.read(text)
    if isinstance(typed, grammar.Unclear):
        return
    if typed.settings is not None:
        action, rest = parsing.action_of(typed.settings)
        parsing.read_wanted(rest if action == "on" else [])
    grammar.understand(typed.words, TODAY)


READERS: dict[str, Callable[[str], object]] = {
    "command, mention, message, button": front_door,
    "a question (terminal)": lambda text: grammar.understand(text, TODAY),
    "words after `digest`": lambda text: parsing.read_wanted(text.split()),
    "the form's time": parsing.time_of,
    "the form's zone": parsing.zone_of,
}


def texts() -> Iterator[str]:
    """Give the texts, always the same."""
    chance = random.Random(SEED)  # noqa: S311 - no secret
    made = worst_texts()
    yield from made
    for number in range(TEXTS - len(made)):
        length = chance.choices(LENGTHS, (30, 30, 20, 15, 5))[0]
        if number % 2:
            yield "".join(
                chr(chance.choice((chance.randrange(32, 127), chance.randrange(0x11_0000)))) for _ in range(length)
            )
        else:
            unit = "".join(chance.choices(UNITS, k=chance.randrange(1, 6)))
            yield text_of(chance.choice(STARTS), unit, chance.choice(ENDS), length)


def main() -> None:
    """Read everything once and print a line for each reader."""
    grammar.understand("is whispr in tf?", TODAY)  # the lists of words and names are read once
    _print_questions()
    took: dict[str, list[float]] = {name: [] for name in READERS}
    parsing.zone_of("UTC")  # the machine's zones are read once, at the first question about one
    for text in texts():
        for name, read in READERS.items():
            took[name].append(seconds_of(lambda read=read, text=text: _heard(read, text)))  # type: ignore[misc]  # bound by defaults
    for name, seconds in took.items():
        over = sum(one > BEARABLE for one in seconds)
        print(
            f"{name:36} median {statistics.median(seconds) * 1e3:7.3f} ms, slowest {max(seconds) * 1e3:7.1f} ms, "
            f"over {BEARABLE * 1e3:.0f} ms: {over} of {len(seconds):,}"
        )


def _print_questions() -> None:
    """Print how long what people really type takes to understand: each once, after the word lists are read."""
    with QUESTIONS.open(encoding="utf-8") as file:
        asked = [row["text"] for row in csv.DictReader(file, delimiter=";")]
    took = sorted(seconds_of(lambda text=text: grammar.understand(text, TODAY)) for text in asked)  # type: ignore[misc]  # bound by its default
    ninety_nine = took[int(0.99 * len(took))]
    print(
        f"{'what people ask':36} median {statistics.median(took) * 1e3:7.3f} ms, of a hundred 99 under "
        f"{ninety_nine * 1e3:.1f} ms, slowest {took[-1] * 1e3:.1f} ms, of {len(took):,}"
    )


def _heard(read: Callable[[str], object], text: str) -> None:
    with suppress(parsing.UnclearSetting):
        read(text)


if __name__ == "__main__":
    main()
