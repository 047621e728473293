"""The stand-in's single models, its quota and what stands on every answer, as the Hub was seen to give them."""

import time
from collections.abc import Iterator

import pytest

from tests.loopback.hub import LoopbackHub
from tests.loopback.hub_items import model
from tests.loopback.plain_get import get

BERT = "google-bert/bert-base-uncased"
SHA = "86b5e0934494bd15c9632b12f734a8a67f723594"


@pytest.fixture
def hub() -> Iterator[LoopbackHub]:
    """Serve an open, a gated, a disabled and a private model; the open one had another name."""
    files = ["config.json", {"rfilename": "pytorch_model.bin", "size": 440_000_000}]
    bert = model(BERT, sha=SHA, siblings=files, tags=["pytorch"], baseModels={"models": []}, **{"model-index": None})
    others = [model("org/gated", gated="manual"), model("org/off", disabled=True), model("solo")]
    models = [bert, *others, model("org/secret", private=True)]
    with LoopbackHub(models, moved={"bert-base-uncased": BERT}, clock=lambda: 0.0) as served:
        yield served


# -------------------------------------------------------------------------------------------------------- one model


def test_a_model_tells_most_of_itself(hub: LoopbackHub) -> None:
    """Without `expand`, all but what has to be asked for; of the files, their names."""
    item = get(hub, f"/api/models/{BERT}").json

    assert set(item) == {"_id", "id", "modelId", "author", "sha", "siblings", "tags", "private"}
    assert item["siblings"] == [{"rfilename": "config.json"}, {"rfilename": "pytorch_model.bin"}]


def test_a_model_tells_what_it_is_asked_for(hub: LoopbackHub) -> None:
    """With `expand`, those fields, and what was left out before."""
    assert set(get(hub, f"/api/models/{BERT}?expand=tags&expand[]=baseModels").json) == {
        *("_id", "id", "tags", "baseModels"),
    }


def test_blobs_tell_sizes(hub: LoopbackHub) -> None:
    """`blobs=true` adds blob and size to each file, and `lfs` to a large one."""
    small, large = get(hub, f"/api/models/{BERT}?blobs=true").json["siblings"]

    assert set(small) == {"rfilename", "blobId", "size"}
    assert (large["size"], set(large["lfs"])) == (440_000_000, {"sha256", "size", "pointerSize"})


@pytest.mark.parametrize("name", ["org/gated", "org/off", "solo", f"{BERT}/revision/main", f"{BERT}/revision/{SHA}"])
def test_what_may_be_seen_is_shown(hub: LoopbackHub, name: str) -> None:
    """Gated and disabled models are described to anybody; a model may stand in no organisation."""
    assert get(hub, f"/api/models/{name}").status == 200


@pytest.mark.parametrize("name", ["org/none", "none", "org/secret"])
def test_a_stranger_is_not_told_what_is_missing(hub: LoopbackHub, name: str) -> None:
    """Missing or private, the answer is 401; over plain HTTP it carries the code that the client library needs."""
    answer = get(hub, f"/api/models/{name}")

    assert (answer.status, answer.json) == (401, {"error": "Invalid username or password."})
    assert answer.headers["X-Error-Message"] == "Invalid username or password."
    assert answer.headers["X-Error-Code"] == "RepoNotFound"
    assert answer.headers["WWW-Authenticate"].startswith("Bearer ")


def test_somebody_with_a_token_is(hub: LoopbackHub) -> None:
    """404 for what is not there, 200 for a private model."""
    missing = get(hub, "/api/models/org/none", token="hf_made_up")

    assert (missing.status, missing.headers["X-Error-Code"]) == (404, "RepoNotFound")
    assert get(hub, "/api/models/org/secret", token="hf_made_up").status == 200


def test_an_unknown_token_is_refused() -> None:
    """A stand-in that knows its tokens answers 401 to any other."""
    with LoopbackHub([model("a/b")], tokens=frozenset({"hf_good"})) as hub:
        assert get(hub, token="hf_bad").status == 401
        assert get(hub, token="hf_good").status == 200
        assert get(hub).status == 200


def test_a_bad_revision_is_named(hub: LoopbackHub) -> None:
    """404 with its own code."""
    answer = get(hub, f"/api/models/{BERT}/revision/badrev")

    assert (answer.status, answer.headers["X-Error-Code"]) == (404, "RevisionNotFound")
    assert answer.json == {"error": "Invalid rev id: badrev"}


@pytest.mark.parametrize("behind", ["", "?expand=tags&expand=likes", "/revision/main?blobs=true"])
@pytest.mark.parametrize("name", ["bert-base-uncased", "Google-BERT/bert-base-uncased"])
def test_an_old_name_leads_to_the_new(hub: LoopbackHub, name: str, behind: str) -> None:
    """Renamed or written in another case: 307, a relative address, the same query."""
    answer = get(hub, f"/api/models/{name}{behind}")

    assert (answer.status, answer.headers["Location"]) == (307, f"/api/models/{BERT}{behind}")


# ------------------------------------------------------------------------------------------- quota, and every answer


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/api/models", 200),
        ("/api/models/bert-base-uncased", 307),
        ("/api/models?sort=stars", 400),
        ("/api/models/org/none", 401),
        ("/api/agent-harnesses", 404),
    ],
)
def test_every_answer_tells_the_quota(hub: LoopbackHub, path: str, status: int) -> None:
    """Errors and redirects cost as much as answers, and each has a name for the exchange."""
    get(hub)
    answer = get(hub, path)

    assert answer.status == status
    assert answer.headers["RateLimit"] == '"api";r=498;t=300'
    assert answer.headers["RateLimit-Policy"] == '"fixed window";"api";q=500;w=300'
    assert answer.headers["X-Request-Id"].startswith("Root=1-")


def test_pages_of_the_site_have_a_bucket_of_their_own(hub: LoopbackHub) -> None:
    """What is asked of the API does not count there."""
    get(hub)

    assert get(hub, "/models").headers["RateLimit"] == '"pages";r=99;t=300'
    assert get(hub, "/org/a/resolve/main/x").headers["RateLimit"] == '"resolvers";r=2999;t=300'


def test_an_empty_bucket_refuses_until_the_window_ends() -> None:
    """429 with nothing left and the seconds to wait, then all is well again."""
    seconds = [0.0]
    with LoopbackHub([model("a/b")], quota=2, window=300, clock=lambda: seconds[0]) as hub:
        assert [get(hub).status for _ in range(3)] == [200, 200, 429]

        seconds[0] = 298.0
        refused = get(hub)
        assert (refused.status, refused.headers["RateLimit"]) == (429, '"api";r=0;t=2')
        assert refused.json["error"].startswith("We had to rate limit you, you hit the quota of 2 api requests")

        seconds[0] = 300.0
        assert get(hub).headers["RateLimit"] == '"api";r=1;t=300'


def test_requests_are_on_record(hub: LoopbackHub) -> None:
    """What was asked, in which order, with which headers."""
    get(hub, "/api/models?filter=a&filter=b&limit=3", token="hf_made_up")
    get(hub, "/api/models/solo")
    first, second = hub.requests

    assert (first.method, first.path, first.all("filter")) == ("GET", "/api/models", ["a", "b"])
    assert first.query == (("filter", "a"), ("filter", "b"), ("limit", "3"))
    assert (first.headers["authorization"], "authorization" in second.headers) == ("Bearer hf_made_up", False)
    assert hub.asked("/api/models/solo") == [second]


def test_it_listens_to_this_machine_alone_and_not_for_ever() -> None:
    """Two have two ports; once closed, at once, nobody answers."""
    with LoopbackHub() as one, LoopbackHub() as other:
        assert one.endpoint != other.endpoint
        assert one.endpoint.startswith("http://127.0.0.1:")
        began = time.monotonic()
    assert time.monotonic() - began < 10
    with pytest.raises(OSError, match="refused"):
        get(one)
