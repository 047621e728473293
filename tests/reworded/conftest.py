"""A data folder with an answer to every question, and doors to it in our words and in another author's."""

import math
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from analytics.analyst import Analyst
from analytics.domain.answer import Answer
from tests.analytics.answering.test_answer_models import BERT, KERAS, QWEN, ROBERTA, TF_COPY
from tests.loopback.hub import LoopbackHub
from tests.loopback.hub_faults import BAD_GATEWAY
from tests.reworded.rewording import RewordedAnalyst, in_other_words
from tests.reworded.stock import DAY, QUESTIONS, fill, request


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    """Serve five models; of a sixth nothing can be learnt."""
    with LoopbackHub([BERT, QWEN, KERAS, ROBERTA, TF_COPY]) as hub:
        hub.faults.put(BAD_GATEWAY, "/api/models/nobody/knows", times=math.inf)
        yield hub.endpoint


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, endpoint: str) -> Path:
    """Make a data folder with something to answer every question from."""
    folder = tmp_path_factory.mktemp("reworded")
    analyst = Analyst(folder, endpoint, clock=lambda: DAY)
    fill(analyst)
    for words in QUESTIONS:
        analyst.answer(request(words))
    analyst.close()
    return folder


@pytest.fixture(scope="module")
def answers(home: Path, endpoint: str) -> dict[str, Answer]:
    """Answer every question in our own words."""
    analyst = Analyst(home, endpoint, clock=lambda: DAY)
    found = {words: analyst.answer(request(words)) for words in QUESTIONS}
    analyst.close()
    return found


@pytest.fixture
def opened(home: Path, endpoint: str) -> Iterator[Callable[[int | None], Analyst]]:
    """Give a maker of doors to that folder: in our words, or with a seed in another author's."""
    doors: list[Analyst] = []

    def opening(seed: int | None) -> Analyst:
        door = (RewordedAnalyst if seed else Analyst)(home, endpoint, clock=lambda: DAY, seconds=2.0)
        if isinstance(door, RewordedAnalyst):
            door.reword = in_other_words(seed or 0)
        doors.append(door)
        return door

    yield opening
    for door in doors:
        door.close()
