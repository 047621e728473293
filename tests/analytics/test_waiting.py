"""A question is answered at once from what is stored, or nobody was asked about it yet."""

import datetime as dt
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from analytics.analyst import Analyst
from analytics.domain.requests import OneModel, Request, Top
from analytics.errors import AnalyticsError
from analytics.grammar import EXAMPLES, parse
from analytics.single_flight import SingleFlight
from analytics.waiting import WouldWait, about_to_wait, holding, without_waiting
from tests.loopback.hub import LoopbackHub
from tests.loopback.hub_faults import BAD_GATEWAY
from tests.loopback.hub_items import model

NOW = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)
NAMES = (
    "google/t5",
    "openai/whisper-large-v3",
    "bert-base-uncased",
    "google-bert/bert-base-uncased",
    "openai-community/gpt2",
    "Qwen/Qwen3-0.6B",
)


@pytest.fixture
def hub() -> Iterator[LoopbackHub]:
    """Serve the models that the examples name, one of them with a base."""
    models = [
        model(name, downloads=1000, tags=["pytorch"], siblings=["config.json"], pipeline_tag="text-generation")
        for name in NAMES
    ]
    with LoopbackHub(models) as running:
        yield running


@pytest.fixture
def analyst(hub: LoopbackHub, tmp_path: Path) -> Iterator[Analyst]:
    """Ask that Hub, at nine o'clock."""
    made = Analyst(tmp_path, hub.endpoint, clock=lambda: NOW)
    yield made
    made.close()


@pytest.mark.parametrize("words", [words for words, _ in EXAMPLES])
def test_at_once_nobody_is_asked_and_the_answer_is_the_same(analyst: Analyst, hub: LoopbackHub, words: str) -> None:
    """Whatever the question; once it was answered by asking, the same is answered from what that stored."""
    request = parse(words)
    assert not hub.requests
    first = answered(analyst, request, at_once=True)
    assert not hub.requests

    asked = answered(analyst, request)
    before = len(hub.requests)

    assert first in (None, asked)
    assert answered(analyst, request, at_once=True) == asked
    assert len(hub.requests) == before


def answered(analyst: Analyst, request: Request, *, at_once: bool = False) -> str | None:
    """Give the headline, or why there is none; None where somebody would have to be asked."""
    try:
        answer = analyst.answer_at_once(request) if at_once else analyst.answer(request)
    except AnalyticsError as refused:
        return str(refused)
    return answer and answer.headline


@pytest.mark.parametrize("request_", [Top(), OneModel("openai/whisper-large-v3")])
def test_nobody_waits_with_those_who_wait(analyst: Analyst, hub: LoopbackHub, request_: Request) -> None:
    """While another is asking the same, at once there is still no answer, and the other one is not disturbed."""
    asking, heard = threading.Event(), threading.Event()

    async def stalled(request: object, answer: object) -> object:
        asking.set()
        heard.wait(30)
        return await answer(request)  # type: ignore[operator]  # the good answer

    hub.faults.put(stalled, "/api/models*")  # type: ignore[arg-type]  # its types are aiohttp's
    answers: list[str | None] = []
    other = threading.Thread(target=lambda: answers.append(answered(analyst, request_)))
    other.start()
    assert asking.wait(30)

    assert analyst.answer_at_once(request_) is None
    heard.set()
    other.join(30)
    assert answers
    assert answers[0]


def test_while_the_hub_is_left_alone_what_is_stored_is_given_at_once(analyst: Analyst, hub: LoopbackHub) -> None:
    """It failed a moment ago: nobody would wait, so nobody is sent to those who do."""
    hub.faults.put(BAD_GATEWAY)
    analyst.answer(Top())

    at_once = analyst.answer_at_once(Top())

    assert at_once
    assert at_once.sample


def test_an_old_reading_is_no_excuse_for_not_asking() -> None:
    """What would wait is no error of a source, for which something old would stand in."""
    assert not issubclass(WouldWait, Exception)
    with pytest.raises(WouldWait), without_waiting():
        about_to_wait()
    about_to_wait()


def test_what_asks_nobody_outside_is_done_at_once() -> None:
    """A picture is drawn by one of many, and no source is asked for it; a list that many want is read from one."""
    with without_waiting():
        assert SingleFlight(asks_outside=False).do("picture", lambda: 1) == 1
        with pytest.raises(WouldWait):
            SingleFlight().do("list", lambda: 1)


def test_nobody_waits_for_what_is_held_by_one_who_waits() -> None:
    """A lock that is free is taken and given back; one that somebody holds is not waited for."""
    lock = threading.Lock()
    with without_waiting():
        with holding(lock):
            assert lock.locked()
        with lock, pytest.raises(WouldWait), holding(lock):
            pass
    assert not lock.locked()
