"""
What people type is read right, or handed back; it is never taken for another question.

`asked_by_people.csv` holds questions in seven languages with the canonical words of a right answer (`words`, empty
where nothing is to be done: out of scope, a follow-up without what it follows, a setting not understood whole).
"""

import csv
import datetime as dt
import random
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path

import pytest

from analytics.grammar import Intent, Understood, understand

TODAY = dt.date(2026, 11, 26)
FILE = Path(__file__).parent / "asked_by_people.csv"


@cache
def asked() -> tuple[tuple[str, str], ...]:
    """Give the questions with the canonical words of a right answer."""
    with FILE.open(encoding="utf-8") as file:
        return tuple((row["text"], row["words"]) for row in csv.DictReader(file, delimiter=";"))


@cache
def read(text: str) -> Understood:
    """Understand a text on the day that the file counts from."""
    return understand(text, TODAY)


PARTS = 4
"""Parts of the file, each of which holds what is claimed. Its tests follow one another, so one worker reads it."""


@pytest.fixture(scope="module", params=range(PARTS))
def part(request: pytest.FixtureRequest) -> Iterator[tuple[tuple[str, str], ...]]:
    """Give a part of the questions; what was read of it is forgotten after its tests."""
    yield asked()[request.param :: PARTS]
    read.cache_clear()


def is_right(understood: Understood, words: str) -> bool:
    """Tell whether it is what was meant; where nothing is to be done, help is no wrong."""
    if not words:
        return understood.words is None or understood.kind is Intent.HELP
    return understood.words == read(words).words is not None


def is_wrong(understood: Understood, words: str) -> bool:
    """Tell whether something else is answered or done with confidence."""
    return understood.words is not None and not is_right(understood, words) and read(words).words not in understood.also


def test_there_is_enough_to_read() -> None:
    """Thousands of questions, so that a share of them says something."""
    assert len(asked()) > 3_600


def test_what_people_ask_is_read_right(part: Sequence[tuple[str, str]]) -> None:
    """At least 97 of a hundred, in each part; what is not is handed back."""
    right = [is_right(read(text), words) for text, words in part]

    assert sum(right) >= 0.97 * len(right)


def test_nothing_is_taken_for_another_question(part: Sequence[tuple[str, str]]) -> None:
    """Not one: a wrong answer is worse than none."""
    assert [(text, read(text).words) for text, words in part if is_wrong(read(text), words)] == []


def test_what_is_offered_is_another_question(part: Sequence[tuple[str, str]]) -> None:
    """Nothing offers itself, also where its words are read as something else."""
    told = ((text, read(text)) for text, _ in part)
    offered = ((text, one.words, other) for text, one in told if one.words for other in one.also)

    assert [each for each in offered if read(each[2]).words == each[1]] == []


@pytest.mark.parametrize("words", sorted({words for _, words in asked() if words}))
def test_the_canonical_words_mean_themselves(words: str) -> None:
    """What is shown as understood can be typed and is understood as the same."""
    understood = read(words)

    assert understood.words is not None
    assert read(understood.words).words == understood.words


# ---------------------------------------------------------------------------------------------------------- mutations

SEED = 17
EMOJI = ("👋", "🙏", "🔥", "😀", ":wave:", "🤖")
POLITE_BEFORE = ("hi, ", "please ", "hello! ", "hey bot, ", "could you tell me: ", "quick question: ")
POLITE_AFTER = (" please", " thanks", " pls", ", thank you!", "?", " ...", "!!")


def with_slip(chance: random.Random, text: str) -> str:
    """Exchange two letters, leave one out or double one, in a long word that is no name of a model."""
    words = text.split(" ")
    places = [at for at, word in enumerate(words) if len(word) > 5 and word.isalpha() and word.isascii()]
    if not places:
        return text
    at = chance.choice(places)
    word, spot = words[at], chance.randrange(1, len(words[at]) - 1)
    slips = (
        word[:spot] + word[spot + 1] + word[spot] + word[spot + 2 :],
        word[:spot] + word[spot + 1 :],
        word[: spot + 1] + word[spot:],
    )
    return " ".join([*words[:at], chance.choice(slips), *words[at + 1 :]])


def in_other_order(chance: random.Random, text: str) -> str:
    """Exchange two neighbouring words; two words alone keep their order."""
    words = text.split(" ")
    if len(words) < 3:
        return text
    at = chance.randrange(len(words) - 1)
    return " ".join([*words[:at], words[at + 1], words[at], *words[at + 2 :]])


MUTATIONS: dict[str, Callable[[random.Random, str], str]] = {
    "slip": with_slip,
    "order": in_other_order,
    "capitals": lambda _, text: text.upper() if "/" not in text else text,
    "polite before": lambda chance, text: chance.choice(POLITE_BEFORE) + text,
    "polite after": lambda chance, text: text.rstrip("?!. ") + chance.choice(POLITE_AFTER),
    "emoji": lambda chance, text: f"{chance.choice(EMOJI)} {text} {chance.choice(EMOJI)}",
    "spaces": lambda _, text: "  ".join(text.split(" ")).replace(",", " ,"),
    "quotes": lambda _, text: f"“{text}”",
}


MOST_WRONG = {"slip": 0.004, "order": 0.02}
"""The share that may be taken for another question: what another order says is often a question of its own."""


@pytest.mark.parametrize("mutation", MUTATIONS)
def test_carelessness_costs_little(part: Sequence[tuple[str, str]], mutation: str) -> None:
    """Of what was read right, nine of ten are still with slips, courtesy, capitals, emoji and spaces; none is wrong."""
    chance = random.Random(SEED)  # noqa: S311 - chance, not secrecy
    right = [(text, words) for text, words in part if words and is_right(read(text), words)]
    mutated = [(MUTATIONS[mutation](chance, text), words) for text, words in right]
    still = [is_right(read(text), words) for text, words in mutated]
    wrong = [(text, read(text).words, words) for text, words in mutated if is_wrong(read(text), words)]

    assert sum(still) >= 0.9 * len(right)
    assert len(wrong) <= MOST_WRONG.get(mutation, 0.01) * len(right), wrong
