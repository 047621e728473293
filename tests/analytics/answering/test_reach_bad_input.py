"""Whatever configuration, files and headers a repository has: refused in words or unknown, soon, in little memory."""

import datetime as dt
import json
import time
import tracemalloc
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from analytics.analyst import Analyst
from analytics.domain.answer import Answer
from analytics.domain.requests import OneModel
from analytics.errors import NothingStored
from tests.loopback.hub import LoopbackHub
from tests.loopback.hub_faults import says
from tests.loopback.hub_files import safetensors
from tests.loopback.hub_items import model

NAME, SHA = "lab/odd", "86b5e0934494bd15c9632b12f734a8a67f723594"
DAY = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)
ONE_FILE = ("config.json", "model.safetensors")
LLAMA = {"model_type": "llama", "architectures": ["LlamaForCausalLM"]}
SOUND = safetensors("pt", names=["model.embed_tokens.weight", "lm_head.weight"])
SECONDS, MEGABYTES = 20.0, 150.0
"""What an answer may take of the processor and of memory at most, the stand-in for the Hub included."""


@dataclass
class Told:
    """What came of a question, and what it took."""

    answer: Answer | None
    refused: str
    seconds: float
    megabytes: float


@pytest.fixture
def ask(tmp_path: Path) -> Iterator[Callable[..., Told]]:
    """Ask for a repository of this configuration, files and header, in TensorFlow."""
    opened: list[Analyst] = []

    def about(config: Any, siblings: Any = ONE_FILE, header: bytes = SOUND, body: bytes | None = None) -> Told:
        told = {"config": config, "library_name": "transformers", "tags": ["transformers", "safetensors", "llama"]}
        item = model(NAME, **told, siblings=list(siblings), sha=SHA)
        with LoopbackHub([item], contents={(NAME, "model.safetensors"): header}) as hub:
            if body is not None:
                hub.faults.put(says(body), f"/api/models/{NAME}", times=9)
            opened.append(Analyst(tmp_path, hub.endpoint, clock=lambda: DAY, seconds=60.0))
            return _measure(opened[-1])

    yield about
    for analyst in opened:
        analyst.close()


def _measure(analyst: Analyst) -> Told:
    tracemalloc.start()
    began = time.process_time()
    answer, refused = None, ""
    try:
        answer = analyst.answer(OneModel(NAME, "TensorFlow"))
    except NothingStored as nothing:
        refused = nothing.why
    took, (_, peak) = time.process_time() - began, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return Told(answer, refused, took, peak / 2**20)


def is_bounded(told: Told) -> bool:
    """Say whether it took no longer, and no more, than it may."""
    return told.seconds < SECONDS and told.megabytes < MEGABYTES


def test_a_sound_repository_converts(ask: Callable[..., Told]) -> None:
    """So that the others are not refused for something else."""
    told = ask(LLAMA)

    assert told.answer
    assert told.answer.headline == f"No TensorFlow files in {NAME}; it converts on load"


@pytest.mark.parametrize(
    "kind", [["llama"], 7, "l" * 10_000, {"llama": 1}, "", True, None, "$(touch x)"], ids=lambda kind: str(kind)[:12]
)
def test_a_model_type_that_is_none_is_unknown(ask: Callable[..., Told], kind: Any) -> None:
    """A list, a number, 10,000 characters: nothing is promised, and why stands in the answer."""
    told = ask(LLAMA | {"model_type": kind})

    assert told.answer
    assert told.answer.headline == f"No: {NAME} is not in TensorFlow"
    assert any("names no model type" in line for line in told.answer.detail)
    assert told.answer.commands == ()
    assert is_bounded(told)


@pytest.mark.parametrize("config", [[], "x", 7, None, {"model_type": "llama", "architectures": {"a": 1}}])
def test_a_configuration_that_is_none_is_unknown(ask: Callable[..., Told], config: Any) -> None:
    """No object at all, or classes that are no list."""
    told = ask(config)

    assert told.answer
    assert told.answer.commands == ()
    assert is_bounded(told)


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b'{"id": "lab/odd", "config": {"x": "' + b"a" * (50 * 2**20) + b'"}}', "more than 16 MB"),
        (b"<html>", "a web page instead of data"),
        (b'{"id": "lab/odd", "config": ' + b"[" * 200_000 + b"]" * 200_000 + b"}", "cut off or is no data"),
        (b'{"id": "lab/odd", "config": {"model_type": ', "cut off or is no data"),
    ],
    ids=["50 MB", "not JSON", "200,000 deep", "cut off"],
)
def test_an_answer_that_cannot_be_read_is_refused_in_words(ask: Callable[..., Told], body: bytes, why: str) -> None:
    """Too long, no JSON, nested deeper than can be read."""
    told = ask({}, body=body)

    assert told.answer is None
    assert told.refused.startswith(("The Hub could not be asked just now", "The Hub gave nothing to answer with"))
    assert why in told.refused
    assert is_bounded(told)


def test_a_hundred_thousand_files_are_read(ask: Callable[..., Told]) -> None:
    """The one file of weights among them is found."""
    told = ask(LLAMA, siblings=[*(f"data/{n}.pt" for n in range(100_000)), *ONE_FILE])

    assert told.answer
    assert told.answer.headline == f"No TensorFlow files in {NAME}; it converts on load"
    assert is_bounded(told)


def _claim(length: int, content: bytes = b"{}") -> bytes:
    return length.to_bytes(8, "little") + content


@pytest.mark.parametrize(
    "header",
    [
        b"",
        b"\xff" * 7,
        _claim(2**64 - 1),
        _claim(10**6, b"[" * 10**6),
        _claim(50, b'{"a": '),
        _claim(2),
        _claim(2, b"[]"),
        _claim(30 * 2**20, b'{"model.embed_tokens.weight": 1, "x": "' + b"a" * (30 * 2**20)),
        _claim(9, b'{"a": NaN'),
        _claim(4, b"\xff\xfe\x00\x00"),
        safetensors("pt", names=[f"layer{n}.weight" for n in range(20_000)]),
        safetensors("pt", names=["a" * 90_000]),
    ],
    ids=lambda header: f"{len(header)} bytes",
)
def test_a_header_of_any_size_or_damage_ends_in_an_answer(ask: Callable[..., Told], header: bytes) -> None:
    """What cannot be read is not checked; what is read and lacks the tensor is refused; nothing fails."""
    told = ask(LLAMA, header=header)

    assert told.answer
    assert told.answer.headline in (
        f"No TensorFlow files in {NAME}; it converts on load",
        f"No: {NAME} is not in TensorFlow",
    )
    assert is_bounded(told)


def test_the_answer_is_json_whatever_came(ask: Callable[..., Told]) -> None:
    """What was odd is in no field of the contract as anything but text."""
    told = ask({"model_type": "llama", "architectures": ["x; rm -rf ~", 3, None], "auto_map": [1], "peft": "no"})

    assert told.answer
    assert "rm -rf" not in json.dumps(told.answer.as_json())
