"""Every finding is short, and says of tags that tags were counted: of lists drawn at random and of every question."""

import random
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from analytics import grammar
from analytics.analyst import Analyst
from analytics.domain.answer import Answer
from analytics.domain.observations import Model
from analytics.domain.requests import Definition
from analytics.errors import AnalyticsError
from analytics.movement.usual_turnover import UsualTurnover
from analytics.questions.changes import ChangesCircumstances, changes
from analytics.questions.top import top
from analytics.ranking.classified import TopCircumstances
from bot import answer_forms
from tests.analytics.charts.gallery import DAY, NOWHERE, WEEK, WORLDS, a_list

EVIDENCE: tuple[dict[str, tuple[str, ...]], ...] = (
    {"tags": ("pytorch",), "files": ("pytorch_model.bin",)},
    {"tags": ("pytorch", "tf"), "files": ("pytorch_model.bin", "tf_model.h5")},
    {"tags": ("tf",), "files": ("tf_model.h5",)},
    {"tags": (), "files": ("model.safetensors",)},
    {"tags": (), "files": ()},
    {},
)
A_SHARE = re.compile(r"(?:under |over )?[\d.,]+ %")
"""A number and its sign are one word."""
TAGS = re.compile(r"\btag(s|ged)?\b")
DECLARED = (
    *("top1 declared", "top30 declared", "top100 declared", "top10 by likes declared", "top10 author google declared"),
    *("top30 originals declared", "top10 task text-generation declared", "trend declared"),
    *("trend task fill-mask declared", "totals declared", "totals declared since 2022", "totals dead declared"),
    *("totals by downloads declared", "totals task fill-mask declared", "totals all declared"),
)


def words(text: str) -> int:
    """Count the words as one reads them."""
    return len(A_SHARE.sub("share", text).split())


def drawn(chance: random.Random) -> tuple[Model, ...]:
    """Draw up to forty models with names of up to 96 characters."""
    names = [f"lab/{'n' * chance.randint(1, 90)}{place}" for place in range(40)]
    chance.shuffle(names)
    models = [Model(name, 10**6 - at, task="fill-mask", **chance.choice(EVIDENCE)) for at, name in enumerate(names)]
    return tuple(models[: chance.randint(1, 40)])


@pytest.mark.parametrize("seed", range(40))
def test_what_changed_between_any_two_lists_is_said_in_25_words(seed: int) -> None:
    """However many entered and however unsure the counts are; the title has ten."""
    chance = random.Random(seed)  # noqa: S311 - no secrets
    usual = UsualTurnover(WEEK, tuple(chance.randint(0, 9) for _ in range(chance.choice((0, 30)))))
    old, new = a_list(drawn(chance), DAY - WEEK), a_list(drawn(chance))

    answer = changes(new, old, ChangesCircumstances(usual))

    assert (words(answer.headline) <= 25, words(answer.title) <= 10) == (True, True), (answer.headline, answer.title)


@pytest.mark.parametrize("seed", range(20))
def test_any_top_list_is_said_in_25_words(seed: int) -> None:
    """By both definitions, of one model and of forty."""
    listed = a_list(drawn(random.Random(seed)))  # noqa: S311 - no secrets
    for definition in Definition:
        request = grammar.parse(f"top30 {definition.value}")
        assert not isinstance(request, grammar.Unclear)
        answer = top(request, listed, TopCircumstances())  # type: ignore[arg-type]  # these words are a Top

        assert (words(answer.headline) <= 25, words(answer.title) <= 10) == (True, True), (
            answer.headline,
            answer.title,
        )


@pytest.fixture(scope="module", params=["embedded", "stock", "0 percent", "one row"])
def answers(request: pytest.FixtureRequest) -> Iterator[list[Answer]]:
    """Ask one world everything that is counted by tags."""
    with tempfile.TemporaryDirectory() as folder:
        analyst = Analyst(Path(folder), NOWHERE, seconds=0.2, clock=lambda: DAY)
        WORLDS[request.param](analyst.context)
        yield [answer for asked in DECLARED if (answer := _ask(analyst, asked))]
        analyst.close()


def _ask(analyst: Analyst, asked: str) -> Answer | None:
    request = grammar.parse(asked)
    assert not isinstance(request, grammar.Unclear), request
    try:
        return analyst.answer(request)
    except AnalyticsError:
        return None


def test_whatever_is_counted_by_tags_says_so(answers: list[Answer]) -> None:
    """Headline, title, the sentence of counts, the counts in the alternative text and the notification."""
    assert answers
    for answer in answers:
        counts = [part for part in re.split(r"(?<=\.) ", answer.alt_text) if part.startswith("Of ")]
        for said in (answer.headline, answer.title, answer.counted, *counts, answer_forms.text_only(answer, None).text):
            assert not said or TAGS.search(said.lower()), (answer.question, said)


def test_whatever_is_counted_by_tags_is_short(answers: list[Answer]) -> None:
    """At most 25 words in the headline, ten in the title."""
    for answer in answers:
        assert (words(answer.headline) <= 25, words(answer.title) <= 10) == (True, True), (
            answer.headline,
            answer.title,
        )
