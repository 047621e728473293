"""What can go wrong on the network has each its own true sentence, and "in a minute" only where that helps."""

import json
import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.analytics.at_the_terminal import Typed, settings, type_words
from tests.loopback import hub_faults as faults
from tests.loopback.hub import LoopbackHub
from tests.loopback.hub_items import model

MODELS = [model(f"org/m{place}", downloads=100 - place, tags=["pytorch"]) for place in range(10)]
GATEWAY = faults.says(b"", 504)
NEW = "top10 author org"
"""A question that neither a stored list nor the sample can answer."""


@pytest.fixture
def hub() -> Iterator[LoopbackHub]:
    """Serve ten models."""
    with LoopbackHub(MODELS, tokens=frozenset({"hf_right"})) as running:
        yield running


def typed(hub: LoopbackHub, home: Path, words: str, **environment: str) -> Typed:
    """Type words at a terminal that asks this Hub."""
    return type_words(settings(hub.endpoint, home, columns=400) | environment, words.split())


def told(hub: LoopbackHub, home: Path, words: str = "top10", **environment: str) -> dict[str, Any]:
    """Give the answer as JSON."""
    done = typed(hub, home, f"{words} --json", **environment)
    assert done.returncode == 0, done.stderr
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (faults.says(b"", 401), "The Hub gave nothing to answer with: it answered 401 (it wants a token in HF_TOKEN"),
        (faults.says(b"", 403), "The Hub gave nothing to answer with: it answered 403 (it lets us read no lists)."),
        (faults.says(b"", 404), "The Hub gave nothing to answer with: it answered 404 (HF_ENDPOINT leads to no list"),
        (GATEWAY, "The Hub could not be asked just now: it answered 504 (it was too slow itself), twice."),
        (faults.BAD_GATEWAY, "The Hub could not be asked just now: it answered 502."),
        (faults.says_json([]), "The Hub gave nothing to answer with: it lists no models at all."),
        (faults.rate_limited(90), "The Hub could not be asked just now: it asks for a pause."),
        (faults.links_to_itself, "The Hub gave nothing to answer with: its list of pages runs in a circle."),
        (faults.goes_on_empty(), "The Hub gave nothing to answer with: its pages go on without end and bring nothing"),
    ],
)
def test_the_sample_answers_and_says_why(hub: LoopbackHub, tmp_path: Path, fault: faults.Fault, said: str) -> None:
    """What may pass is told from what is for good."""
    hub.faults.put(fault, times=math.inf)

    answer = told(hub, tmp_path)

    assert answer["sample"]
    assert answer["caveats"][0].startswith(said)
    assert ("Asking again will not help" in answer["caveats"][0]) == ("gave nothing" in said)


@pytest.mark.parametrize(
    ("fault", "advice"),
    [
        (faults.BAD_GATEWAY, "either. Please try again in a minute."),
        (faults.rate_limited(90), "either. Please try again in 2 minutes."),
        (faults.says(b"", 403), "Asking again will not help. Nothing is stored for the ranking by downloads either."),
    ],
)
def test_again_in_a_minute_only_where_that_helps(
    hub: LoopbackHub, tmp_path: Path, fault: faults.Fault, advice: str
) -> None:
    """With nothing stored the refusal says when to come back, or that it is of no use."""
    hub.faults.put(fault, times=math.inf)

    refused = typed(hub, tmp_path, NEW)

    assert refused.returncode == 4
    assert refused.stderr.strip().endswith(advice)


def test_a_gateway_that_was_too_slow_once_is_asked_once_more(hub: LoopbackHub, tmp_path: Path) -> None:
    """504 often passes at once."""
    hub.faults.put(GATEWAY)

    assert not told(hub, tmp_path)["sample"]
    assert len(hub.asked()) == 2


def test_a_refused_token_is_named_and_public_data_asked_for_without_it(hub: LoopbackHub, tmp_path: Path) -> None:
    """The list is live, and where it comes from says that the token was of no use."""
    answer = told(hub, tmp_path, HF_TOKEN="hf_wrong")

    assert not answer["sample"]
    assert "asked without HF_TOKEN, which the Hub does not take" in answer["origins"][0]["title"]
    assert [asked.headers.get("authorization") for asked in hub.asked()] == ["Bearer hf_wrong", None]


def test_a_mirror_that_passes_on_the_hubs_links_is_asked_and_no_other(hub: LoopbackHub, tmp_path: Path) -> None:
    """Every next page is asked for at HF_ENDPOINT."""
    hub.most_a_page = 3
    hub.faults.put(faults.links_as("https://huggingface.example"), times=math.inf)

    answer = told(hub, tmp_path)

    assert not answer["sample"]
    assert len(hub.asked()) == 4
