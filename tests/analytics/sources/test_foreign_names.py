"""What strangers call their models and files chooses no request of ours: checked and quoted before it is asked for."""

import datetime as dt
import math
from urllib.parse import unquote

import pytest

from analytics.domain.observations import Model, Repository
from analytics.errors import Changed, Missing
from analytics.sources.addresses import make_address
from analytics.sources.github import Archives
from analytics.sources.hub.client import HubClient
from analytics.sources.hub.crawl import ModelListing
from analytics.sources.hub.datasets import pin
from tests.analytics.sources.reading import NOON, TEN, ids, top
from tests.loopback import hub_faults as faults
from tests.loopback.hub import LoopbackHub
from tests.loopback.hub_datasets import COMMIT
from tests.loopback.hub_files import safetensors
from tests.loopback.hub_items import model

TOKEN = "hf_secret"
FIELDS = {"createdAt": "2024-01-01T00:00:00.000Z", "downloads": 1}
LEADING_AWAY = ("../../whoami-v2", "..", ".", "a/../b", "/whoami-v2", "a//b", "a/", "", "a\nb", "a\x00", "a\u202eb")
NO_IDS = (
    *LEADING_AWAY,
    "a?expand=x",
    "a#b",
    "a%2f..%2fwhoami-v2",
    "a/b/c",
    "a b",
    "a\\b",
    "org/x.git",
    "m" * 1_000_000,
)


@pytest.mark.parametrize("path", LEADING_AWAY)
def test_a_name_that_leads_elsewhere_makes_no_address(path: str) -> None:
    """Empty parts, dots and control characters are refused in whatever place they stand."""
    with pytest.raises(Changed, match="cannot be asked for"):
        make_address("https://hub.example", "api/models", path)


@pytest.mark.parametrize("name", ["a?b=c", "a#b", "a%2f..%2fb", "a b", "ä;x", "a\\..\\b", "a@b:80", "Q4 (1).gguf"])
def test_a_name_stays_one_part_of_its_address(name: str) -> None:
    """Whatever means something in an address is quoted, so that it means only itself."""
    quoted = make_address("https://hub.example", "org/m", name).removeprefix("https://hub.example/org/m/")

    assert not set("?#/\\ @:") & set(quoted)
    assert unquote(quoted) == name


@pytest.mark.parametrize("name", NO_IDS)
def test_what_is_no_id_is_not_asked_for(name: str) -> None:
    """A base model that a stranger named sends our token nowhere."""
    with LoopbackHub(TEN) as hub:
        with pytest.raises(Missing):
            HubClient(hub.endpoint, TOKEN).one(name, seconds=5, now=lambda: NOON)

        assert hub.requests == []


@pytest.mark.parametrize("name", ["../../api/whoami-v2", "..", "a//b.safetensors", "\x1b[2J.safetensors"])
def test_a_file_name_that_leads_elsewhere_is_not_asked_for(name: str) -> None:
    """The header of such a file is not read."""
    with LoopbackHub(TEN) as hub:
        client = HubClient(hub.endpoint, TOKEN)
        repository = client.one("org/m0", seconds=5, now=lambda: NOON)
        with pytest.raises(Changed):
            client.header(repository, name, seconds=5)

        assert len(hub.requests) == 1


@pytest.mark.parametrize("name", ["a?b=c.safetensors", "a#b.safetensors", "a%2f..%2fb.safetensors"])
def test_a_file_is_asked_for_by_its_own_name(name: str) -> None:
    """Question marks and the like in it are part of the name."""
    with LoopbackHub([model("org/m")], contents={("org/m", name): safetensors("pt")}) as hub:
        client = HubClient(hub.endpoint, TOKEN)
        stated = client.header(client.one("org/m", seconds=5, now=lambda: NOON), name, seconds=5).format

        assert stated == "pt"
        assert (hub.requests[1].path, hub.requests[1].query) == (f"/org/m/resolve/main/{name}", ())


@pytest.mark.parametrize("name", ["../x", "org/m?x", "a/b/c"])
def test_an_answer_under_a_name_that_is_none_is_refused(name: str) -> None:
    """The id of the answer becomes the next request and a link that people follow."""
    with LoopbackHub(TEN) as hub:
        hub.faults.put(faults.says_json({"id": name}), "/api/models/*")
        with pytest.raises(Changed, match="something else than a model"):
            HubClient(hub.endpoint, TOKEN).one("org/m0", seconds=5, now=lambda: NOON)


@pytest.mark.parametrize("target", ["/api/whoami-v2?x=1", "/settings/tokens", "../whoami-v2"])
def test_a_next_page_of_another_list_is_not_asked_for(target: str) -> None:
    """Neither by questions nor by the crawl: the next page of a list has the list's own path."""
    with LoopbackHub([one | FIELDS for one in TEN], most_a_page=4) as hub:
        hub.faults.put(faults.links_to(target), times=math.inf)
        with pytest.raises(Changed, match="next page"):
            top(hub, token=TOKEN)
        listing = ModelListing(hub.endpoint, TOKEN, lambda _: None)
        with pytest.raises(Changed, match="next page"):
            listing.page(listing.first)

        assert {request.path for request in hub.requests} == {"/api/models"}


def test_no_reader_believes_another_host_in_the_hubs_place() -> None:
    """The crawl and the datasets neither send their token after a redirect nor take what comes from there."""
    with LoopbackHub(TEN, datasets={"d/x": {}}) as stranger, LoopbackHub(TEN) as hub:
        hub.faults.put(faults.sends_on_to(f"{stranger.endpoint}/api/models"))
        hub.faults.put(faults.sends_on_to(f"{stranger.endpoint}/api/datasets/d/x"), "/api/datasets/*")
        with pytest.raises(Changed, match="another host"):
            ModelListing(hub.endpoint, TOKEN, lambda _: None).page(f"{hub.endpoint}/api/models?sort=createdAt")
        with pytest.raises(Changed, match="another host"):
            pin("d/x", hub.endpoint, TOKEN)

        assert [request.headers.get("authorization") for request in stranger.requests] == [None, None]


@pytest.mark.parametrize("path", ["../../../api/whoami-v2", "models/../../x", "m" * 1_000_000, "other/2026.parquet"])
def test_a_listing_leads_to_no_file_outside_its_folder(path: str) -> None:
    """A path of a listing is that of a file in the listed folder, or makes no request."""
    with LoopbackHub(datasets={"d/x": {"models/a.parquet": b""}}) as hub:
        dataset = pin("d/x", hub.endpoint, TOKEN)
        entries = [{"type": "file", "path": f"{path}.parquet"}]
        hub.faults.put(faults.says_json(entries), f"/api/datasets/d/x/tree/{COMMIT}/models")
        for found in dataset.parquet_files("models"):
            with pytest.raises(Changed):
                dataset.parquet(found)

        assert not hub.asked("/api/whoami-v2")
        assert len(hub.requests) == 2


@pytest.mark.parametrize("sha", ["../../x", "main?x", "a" * 1_000_000, "A" * 40])
def test_a_commit_that_is_none_pins_nothing(sha: str) -> None:
    """It would stand in every address that follows."""
    with LoopbackHub() as hub:
        hub.faults.put(faults.says_json({"sha": sha}), "/api/datasets/*")
        with pytest.raises(Changed, match="its commit"):
            pin("d/x", hub.endpoint, TOKEN)


def test_an_archive_says_no_path_of_its_own_choosing() -> None:
    """A commit comes from an archive's comment, a path from a page: neither leads elsewhere."""
    with LoopbackHub() as hub, pytest.raises(Changed, match="cannot be asked for"):
        Archives(hub.endpoint, hub.endpoint).page("keras-team/keras-io", "../../x", "a.md", seconds=5)


def test_the_link_to_a_model_is_quoted_too() -> None:
    """What was asked is what is linked to."""
    with LoopbackHub(TEN) as hub:
        seen: Repository = HubClient(hub.endpoint).one("org/m0", seconds=5, now=lambda: dt.datetime.now(dt.UTC))

        assert isinstance(seen.model, Model)
        assert seen.origin.address == f"{hub.endpoint}/org/m0"
        assert ids(top(hub))
