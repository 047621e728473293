"""
How long does the bot take to read what somebody typed? `.venv/bin/python -m benchmarks.typed_words`

22,000 texts of up to 40,000 characters, seeded: the hand-made worst ones, mixtures of their parts and any characters at
all, of lengths within and beyond the bounds. Each goes through every reader of typed words; an error other than words
for the person ends the run. Processor time of one thread, so that other programs do not count.
"""

import random
import statistics
from collections.abc import Callable, Iterator
from contextlib import suppress

from analytics import grammar
from bot import typed_words
from bot.digest import parsing
from tests.worst_texts import BEARABLE, ENDS, LENGTH, STARTS, UNITS, seconds_of, text_of, worst_texts

TEXTS, SEED = 22_000, 14
LENGTHS = (5, 40, 300, 2_000, LENGTH)


def front_door(text: str) -> None:
    """Read a text as the bot does: bounded, then as settings or as a question."""
    typed = typed_words.read(text)
    if isinstance(typed, grammar.Unclear):
        return
    if typed.settings is not None:
        action, rest = parsing.action_of(typed.settings)
        parsing.read_wanted(rest if action == "on" else [])
    grammar.parse(typed.words)


READERS: dict[str, Callable[[str], object]] = {
    "command, mention, message, button": front_door,
    "a question (terminal)": grammar.parse,
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


def _heard(read: Callable[[str], object], text: str) -> None:
    with suppress(parsing.UnclearSetting):
        read(text)


if __name__ == "__main__":
    main()
