"""The Hub's listing arrives as observations; all else is one of three errors, in time and in plain words."""

import datetime as dt
import math
import time
from collections.abc import Iterator
from dataclasses import replace

import pytest

from analytics.attribution.file_names import UNREADABLE
from analytics.domain.observations import Model, Ranking, TopList
from analytics.errors import Changed, RateLimited, Unreachable
from analytics.sources.hub.client import HubClient
from tests.loopback import hub_faults as faults
from tests.loopback.hub import LoopbackHub
from tests.loopback.hub_items import Item, model

NOW = dt.datetime(2026, 11, 2, 9, 0, tzinfo=dt.UTC)


def listed(name: str, downloads: int = 0, likes: int = 0, **fields: object) -> Item:
    """Make a model as the Hub lists it."""
    return model(name, **{"downloads": downloads, "likes": likes, "tags": []} | fields)


@pytest.fixture
def hub() -> Iterator[LoopbackHub]:
    """Serve five models, three of one task and two of one account."""
    models = [
        listed("google/a", 500, 1, tags=["pytorch"], pipeline_tag="fill-mask", siblings=["pytorch_model.bin", "a.txt"]),
        listed("org/b", 400, 9, tags=["tf"], pipeline_tag="fill-mask", library_name="transformers"),
        listed("Google/c", 300, 5, createdAt="2024-01-01T00:00:00.000Z", gated="manual", trendingScore=2.5),
        listed("org/d", 200, 7, pipeline_tag="fill-mask"),
        listed("org/e", 100, 8),
    ]
    with LoopbackHub(models) as served:
        yield served


def top(hub: LoopbackHub, n: int = 100, *, token: str | None = None, seconds: float = 5, **ranking: str) -> TopList:
    """Read a ranking from the stand-in."""
    return HubClient(hub.endpoint, token).top(Ranking(**ranking), n, seconds=seconds, now=lambda: NOW)


def ids(top_list: TopList) -> list[str]:
    """Name the models in order."""
    return [one.id for one in top_list.models]


def test_an_item_arrives_as_it_was_said(hub: LoopbackHub) -> None:
    """Every field has its place, files are reduced to those that tell, and what was not said is unknown."""
    first, second, third, *_ = top(hub).models

    told = Model("google/a", 500, 1, None, None, "fill-mask", None, None, ("pytorch",), ("pytorch_model.bin",))
    assert first == replace(told, number=hub.models[0]["_id"])
    assert (second.library, second.files) == ("transformers", None)
    assert (third.created_at, third.gated, third.trending) == ("2024-01-01T00:00:00.000Z", "manual", 2.5)


@pytest.mark.parametrize(
    ("ranking", "found"),
    [
        ({"by": "likes"}, ["org/b", "org/e", "org/d", "Google/c", "google/a"]),
        ({"task": "fill-mask"}, ["google/a", "org/b", "org/d"]),
        ({"author": "google"}, ["google/a"]),
        ({"task": "no-such-task"}, []),
    ],
)
def test_a_ranking_is_narrowed_by_the_hub(hub: LoopbackHub, ranking: dict[str, str], found: list[str]) -> None:
    """Measure, task and author are asked of the Hub, not filtered here."""
    assert ids(top(hub, **ranking)) == found


def test_one_call_reads_a_whole_page(hub: LoopbackHub) -> None:
    """A thousand models cost one request, and nothing else is asked of anybody."""
    hub.models = [listed(f"org/m{i:04}", 5000 - i) for i in range(1200)]

    found = top(hub, 1000)

    assert len(found.models) == 1000
    assert [(asked.path, asked.all("limit")) for asked in hub.requests] == [("/api/models", ["1000"])]


def test_pages_are_followed_until_enough(hub: LoopbackHub) -> None:
    """A Hub that gives less a page than asked is asked for the next, and no model comes twice."""
    hub.most_a_page = 2

    found = top(hub, 5)

    assert ids(found) == ["google/a", "org/b", "Google/c", "org/d", "org/e"]
    assert len(hub.requests) == 3


def test_a_ranking_that_ends_is_complete_and_a_cut_one_is_not(hub: LoopbackHub) -> None:
    """Fewer than asked with nothing behind is all there is."""
    assert top(hub, 100).complete
    assert not top(hub, 5).complete


def test_equal_measures_go_by_id(hub: LoopbackHub) -> None:
    """Two readings of the same numbers give the same order."""
    hub.models = [listed(name, 7) for name in ("z/z", "a/a", "m/m")]

    assert ids(top(hub)) == ["a/a", "m/m", "z/z"]


def test_base_models_become_tags(hub: LoopbackHub) -> None:
    """What the Hub says of derivation stands with the tags, once."""
    base = {"relation": "quantized", "models": [{"_id": "1", "id": "org/base"}]}
    hub.models = [listed("a/a", tags=["gguf", "base_model:quantized:org/base"], baseModels=base)]

    assert top(hub).models[0].tags == ("gguf", "base_model:quantized:org/base")


@pytest.mark.parametrize(
    "broken",
    [{"tags": "pytorch"}, {"downloads": "many"}, {"siblings": [{"name": "x"}, None]}, {"likes": True}, {"_id": "7"}],
    ids=str,
)
def test_one_odd_item_does_not_cost_the_list(hub: LoopbackHub, broken: dict[str, object]) -> None:
    """A value of another type is unknown; the other models arrive."""
    hub.faults.put(faults.says_json([{"id": "a/a"}, {"id": "b/b"} | broken]))

    assert top(hub).models == (Model("a/a"), Model("b/b", files=(UNREADABLE,) if "siblings" in broken else None))


def test_items_without_an_id_are_left_out(hub: LoopbackHub) -> None:
    """Null, numbers and objects without an id are no models."""
    hub.faults.put(faults.says_json([None, 3, {"downloads": 5}, {"id": "a/a", "downloads": 1}]))

    assert ids(top(hub)) == ["a/a"]


# ----------------------------------------------------------------------------------------------------------- bad days


@pytest.mark.parametrize(
    ("fault", "error", "why"),
    [
        (faults.WEB_PAGE, Unreachable, "it answered with a web page instead of data"),
        (faults.UNNAMED_PAGE, Unreachable, "it answered with a web page instead of data"),
        (faults.CUT_JSON, Unreachable, "its answer was cut off or is no data"),
        (faults.NOTHING, Unreachable, "its answer was cut off or is no data"),
        (faults.shorter_than_promised, Unreachable, "the answer broke off"),
        (faults.BAD_GATEWAY, Unreachable, "it answered 502"),
        (faults.ERROR_IN_A_LIST, Unreachable, "it answered 500"),
        (faults.says_json({"error": "moved"}), Changed, "it answered with something else than a list"),
        (faults.rate_limited(2), RateLimited, "it asks for a pause"),
    ],
    ids=["web page", "unnamed page", "truncated", "empty", "broken off", "502", "500 array", "an object", "429"],
)
def test_what_is_no_list_is_an_error_in_plain_words(
    hub: LoopbackHub, fault: faults.Fault, error: type[Exception], why: str
) -> None:
    """People can be told why the Hub could not be asked, without a token or a stack trace in it."""
    hub.faults.put(fault, times=math.inf)

    with pytest.raises(error) as caught:
        top(hub, token="hf_secret")

    assert caught.value.why == why  # type: ignore[attr-defined]  # every SourceError has its reason
    assert "hf_secret" not in str(caught.value)


def test_an_unknown_field_is_a_change_that_a_person_must_look_at(hub: LoopbackHub) -> None:
    """When the Hub stops knowing a field (baseModels in 2025), the error quotes it."""
    hub.expandable -= {"baseModels"}

    with pytest.raises(Changed, match="it answered 400: Invalid option for expand: 'baseModels'"):
        top(hub)


@pytest.mark.parametrize(
    ("fault", "seconds"),
    [
        (faults.rate_limited(123), 123),
        (faults.asks_to_retry_after("45"), 45),
        (faults.asks_to_retry_after("soon"), 60),
    ],
    ids=["RateLimit", "Retry-After", "unreadable"],
)
def test_a_429_says_how_long_to_wait(hub: LoopbackHub, fault: faults.Fault, seconds: float) -> None:
    """The pause is read from whichever header names it, a minute if none does."""
    hub.faults.put(fault, times=math.inf)

    with pytest.raises(RateLimited) as caught:
        top(hub)

    assert caught.value.seconds == seconds


@pytest.mark.parametrize("fault", [faults.stalls(), faults.drips(0.1)], ids=["stalls", "drips"])
def test_a_slow_hub_is_given_up_at_the_deadline(hub: LoopbackHub, fault: faults.Fault) -> None:
    """Silence, and a byte every tenth of a second, both end when the time is up."""
    hub.faults.put(fault, times=math.inf)
    began = time.monotonic()

    with pytest.raises(Unreachable, match="did not answer"):
        top(hub, seconds=0.3)

    assert time.monotonic() - began < 10  # the Hub would take 30


def test_nobody_listening_is_said_so() -> None:
    """A refused connection is an answer, too."""
    with pytest.raises(Unreachable, match="no connection could be made"):
        HubClient("http://127.0.0.1:9").top(Ranking(), 10, seconds=5, now=lambda: NOW)


def test_the_token_goes_to_the_hub_and_to_no_other_host(hub: LoopbackHub) -> None:
    """Of a next link to another host, as a mirror passes them on, only the query is taken: nothing is sent there."""
    hub.most_a_page = 2
    with LoopbackHub() as stranger:
        hub.faults.put(faults.links_as(stranger.endpoint), times=math.inf)

        assert len(top(hub, token="hf_secret").models) == 5
        assert [asked.headers["authorization"] for asked in hub.requests] == ["Bearer hf_secret"] * 3
        assert stranger.requests == []


def test_pages_that_run_in_a_circle_are_noticed(hub: LoopbackHub) -> None:
    """The same next page again is no next page."""
    hub.faults.put(faults.links_to_itself, times=math.inf)

    with pytest.raises(Changed, match="in a circle"):
        top(hub)


def test_the_origin_can_be_opened_by_a_person(hub: LoopbackHub) -> None:
    """Where the list came from is an address without secrets."""
    origin = top(hub, token="hf_secret", task="fill-mask").origin

    assert origin.address == f"{hub.endpoint}/api/models?sort=downloads&limit=100&pipeline_tag=fill-mask"
    assert origin.accessed == "2026-11-02T09:00:00Z"
