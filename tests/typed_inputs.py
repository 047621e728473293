"""What people may type after the command, from one seed: questions, questions with slips, and what is no question."""

import random
from collections.abc import Iterator

from analytics.grammar import EXAMPLES
from tests.worst_texts import ENDS, STARTS, UNITS, text_of

DIGEST = (
    *(
        "digest",
        "digest on",
        "digest on mon 9 am",
        "digest off",
        "digest pause",
        "digest resume",
        "digest list",
        "digest now",
    ),
    *(
        "digest on tue 25:00",
        "digest on fri noon Europe/Berlin top papers",
        "digest why",
        "subscribe",
        "unsubscribe",
        "status",
    ),
)
RIGHT = (*(words for words, _ in EXAMPLES), *DIGEST, "help", "", "privately top10", "top1000 declared", "compare a b")
STRANGE = (
    *("\u202etop30", "top30\x00", "<!channel>", "<@U1> top30", "`top30`", "top30; drop table", "=1+1", "😀" * 300),
    *(
        "model ../../etc/passwd",
        "model a/b/c",
        "model " + "x" * 290,
        "model <https://huggingface.co/google>",
        "{}",
        "%s%n",
    ),
    *(
        "top30 author \ud800",
        "&lt;b&gt; &amp;",
        "null",
        "top-1",
        "top1e9",
        "totals since 1066",
        "trend 9999",
        "a\nb\nc",
    ),
)
LENGTHS = (1, 40, 300, 301, 2_000, 2_001, 40_000)


def typed_inputs(count: int, seed: int) -> Iterator[str]:
    """Give so many; the first are one of each kind."""
    chance = random.Random(seed)  # noqa: S311 - chance, not secrecy
    known = [*RIGHT, *STRANGE]
    chance.shuffle(known)
    yield from known[:count]
    for _ in range(count - len(known)):
        yield _make(chance)


def _make(chance: random.Random) -> str:
    kind = chance.random()
    if kind < 0.3:
        return text_of(chance.choice(STARTS), chance.choice(UNITS), chance.choice(ENDS), chance.choice(LENGTHS))
    if kind < 0.5:
        return " ".join(chance.choice(chance.choice(RIGHT).split() or ["top"]) for _ in range(chance.randrange(1, 12)))
    return _slip(chance, chance.choice(RIGHT if kind < 0.8 else STRANGE))


def _slip(chance: random.Random, words: str) -> str:
    """Leave a letter out, double it, or put another in its place; type in capitals now and then."""
    at = chance.randrange(len(words) + 1)
    put = chance.choice(("", words[at : at + 1] * 2, chance.choice(UNITS)))
    slipped = words[:at] + put + words[at + 1 :]
    return slipped.upper() if chance.random() < 0.2 else slipped
