"""The stand-in for the Hub says what the real one was seen to say; each rule is asked for over HTTP."""

import gc
import socket
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest

from tests.loopback.hub import LoopbackHub
from tests.loopback.hub_answers import EXPANDABLE
from tests.loopback.hub_items import model
from tests.loopback.plain_get import get, walk


@pytest.fixture
def hub() -> Iterator[LoopbackHub]:
    """Serve four public models and a private one."""
    models = [
        model("google-bert/bert-base-uncased", downloads=50, likes=9, tags=["pytorch", "tf"], pipeline_tag="fill-mask"),
        model("openai-community/gpt2", downloads=70, likes=8, tags=["pytorch"], createdAt="2022-03-02T23:29:05.000Z"),
        model("org/young", downloads=2, trendingScore=99, createdAt="2026-08-15T00:00:00.000Z", siblings=["a.bin"]),
        model("org/gated", downloads=50, gated="manual", tags=["tf"], createdAt="2024-01-01T00:00:00.000Z"),
        model("org/secret", private=True),
    ]
    with LoopbackHub(models, moved={"gpt2": "openai-community/gpt2"}) as served:
        yield served


# ------------------------------------------------------------------------------------------------- what a listing holds


def test_a_listing_is_an_array_of_default_items(hub: LoopbackHub) -> None:
    """Without `expand` an item holds the eleven default fields, those that have a value."""
    answer = get(hub, "/api/models?search=bert")

    assert answer.headers["Content-Type"] == "application/json; charset=utf-8"
    assert [set(item) for item in answer.json] == [
        {"_id", "id", "modelId", "private", "downloads", "likes", "tags", "pipeline_tag"}
    ]


@pytest.mark.parametrize("spelling", ["expand", "expand[]", "expand%5B%5D"])
def test_expand_gives_what_was_asked_for_and_no_more(hub: LoopbackHub, spelling: str) -> None:
    """Both spellings give `_id`, `id` and the fields asked for that have a value."""
    first, *_, last = get(hub, f"/api/models?sort=downloads&{spelling}=tags&{spelling}=siblings").json

    assert (set(first), first["tags"]) == ({"_id", "id", "tags"}, ["pytorch"])
    assert (set(last), last["siblings"]) == ({"_id", "id", "siblings"}, [{"rfilename": "a.bin"}])


@pytest.mark.parametrize("name", ["_id", "files", "cardData.license"])
def test_an_unknown_field_is_refused(hub: LoopbackHub, name: str) -> None:
    """`_id`, nested and made-up names are 400, on the listing and on a single model, and the answer names the good."""
    for path in ("/api/models", "/api/models/org/young"):
        answer = get(hub, f"{path}?expand=tags&expand={name}")

        assert answer.status == 400
        assert '"baseModels"' in answer.json["error"] == answer.headers["X-Error-Message"]


def test_a_listing_may_not_know_base_models() -> None:
    """In 2025 the listing refused baseModels, which the single model knew."""
    with LoopbackHub([model("a/b", baseModels={})], expandable=EXPANDABLE - {"baseModels"}) as hub:
        assert get(hub, "/api/models?expand=baseModels").status == 400
        assert get(hub, "/api/models/a/b?expand=baseModels").status == 200


def test_private_models_are_not_listed(hub: LoopbackHub) -> None:
    """Not even for somebody with a token."""
    assert "org/secret" not in get(hub, token="hf_made_up").ids


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("filter=pytorch", {"google-bert/bert-base-uncased", "openai-community/gpt2"}),
        ("filter=pytorch&filter=tf", {"google-bert/bert-base-uncased"}),
        ("pipeline_tag=fill-mask", {"google-bert/bert-base-uncased"}),
        ("author=org", {"org/young", "org/gated"}),
        ("author=org&filter=tf", {"org/gated"}),
        ("search=GPT", {"openai-community/gpt2"}),
        ("gated=true", {"org/gated"}),
        ("filter=tf&library=pytorch", {"google-bert/bert-base-uncased", "org/gated"}),
        ("filter=no-such-tag", set()),
    ],
)
def test_a_listing_is_narrowed(hub: LoopbackHub, query: str, found: set[str]) -> None:
    """Every parameter narrows further, a repeated filter too; `library` alone is ignored."""
    assert set(get(hub, f"/api/models?{query}").ids) == found


# ---------------------------------------------------------------------------------------------------- order and pages


def test_without_sort_a_listing_is_by_trend(hub: LoopbackHub) -> None:
    """The trending score, descending; those without one come last."""
    assert get(hub).ids[0] == "org/young"


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("sort=downloads", ["openai-community/gpt2", "google-bert/bert-base-uncased", "org/gated", "org/young"]),
        ("sort=likes&limit=2", ["google-bert/bert-base-uncased", "openai-community/gpt2"]),
        ("sort=createdAt&limit=2", ["org/young", "org/gated"]),
        ("sort=createdAt&direction=-1&limit=1", ["org/young"]),
        ("sort=createdAt&direction=1&limit=2", ["google-bert/bert-base-uncased", "openai-community/gpt2"]),
        ("sort=id&limit=2", ["org/young", "org/gated"]),
    ],
)
def test_a_listing_is_sorted(hub: LoopbackHub, query: str, found: list[str]) -> None:
    """Descending, createdAt alone ascending too; equal values go by `_id`."""
    assert get(hub, f"/api/models?{query}").ids == found


@pytest.mark.parametrize("sort", ["lastModified", "likes30d", "num_parameters", "mainSize"])
def test_further_sorts_are_known(hub: LoopbackHub, sort: str) -> None:
    """What no model has a value for can be sorted by, and walked to the end."""
    assert sum(map(len, walk(hub, f"/api/models?sort={sort}&limit=3"))) == 4


@pytest.mark.parametrize(
    "query",
    ["sort=created_at", "sort=stars", "sort=downloads&direction=1", "sort=likes&direction=1", "limit=0", "cursor=%21"],
)
def test_what_the_listing_does_not_understand_is_refused(hub: LoopbackHub, query: str) -> None:
    """Unknown sorts, ascending counters, empty pages and made-up cursors are 400."""
    assert get(hub, f"/api/models?{query}").status == 400


@pytest.mark.parametrize(("query", "shown"), [("limit=5000", 1000), ("", 1000), ("limit=7", 7), ("limit=1000", 1000)])
def test_a_page_holds_a_thousand_at_most(hub: LoopbackHub, query: str, shown: int) -> None:
    """A larger `limit` is clamped without a word, and a thousand is what comes without one."""
    hub.models = [model(f"org/m{i}") for i in range(1001)]

    assert len(get(hub, f"/api/models?expand=tags&{query}").ids) == shown


def test_the_next_link_repeats_the_request(hub: LoopbackHub) -> None:
    """It is absolute, names the stand-in, holds all parameters and an opaque cursor, and is absent on the last page."""
    first = get(hub, "/api/models?sort=downloads&limit=3&expand=tags&expand=likes")

    assert first.next.startswith(f"{hub.endpoint}/api/models?sort=downloads&limit=3&expand=tags&expand=likes&cursor=ey")
    assert get(hub, first.next).next == ""


@pytest.mark.parametrize("sort", ["createdAt", "downloads", "likes", "trendingScore", "id", "createdAt&direction=1"])
def test_a_walk_sees_every_model_once(hub: LoopbackHub, sort: str) -> None:
    """Page after page gives what one large page gives, equal and missing values included."""
    hub.models += [model(name, downloads=50) for name in ("a", "ab", "abc")]

    pages = walk(hub, f"/api/models?sort={sort}&limit=2")

    assert [len(page) for page in pages] == [2, 2, 2, 1]
    assert [name for page in pages for name in page] == get(hub, f"/api/models?sort={sort}").ids


def test_a_walk_by_creation_is_not_shifted_by_newcomers(hub: LoopbackHub) -> None:
    """The cursor names a place among the ids and no number of items to skip."""
    first = get(hub, "/api/models?sort=createdAt&limit=2")
    hub.models.append(model("org/newest", createdAt="2026-11-01T00:00:00.000Z"))

    assert get(hub, first.next).ids == ["openai-community/gpt2", "google-bert/bert-base-uncased"]


def test_a_walk_by_downloads_repeats_what_fell_behind(hub: LoopbackHub) -> None:
    """A counter that changes between two pages moves its model across the cursor, as on the Hub."""
    first = get(hub, "/api/models?sort=downloads&limit=1")
    hub.models[1]["downloads"] = 3

    assert first.ids == ["openai-community/gpt2"]
    assert "openai-community/gpt2" in [name for page in walk(hub, first.next) for name in page]


def test_what_connects_at_the_last_moment_is_closed() -> None:
    """Who connects right before it stops leaves nothing open: Python would tell it of whichever test comes after."""
    with LoopbackHub([]) as hub:
        at = urlsplit(hub.endpoint)
        lines = [socket.create_connection((at.hostname, at.port)) for _ in range(30)]

    for line in lines:
        line.close()
    gc.collect()  # what is told here of the open fails this test: warnings are errors
