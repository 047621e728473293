"""A name of a megabyte is none: the item is passed over, or the answer refused in words; nothing goes wrong here."""

import math
from pathlib import Path

import pytest

from analytics.analyst import Analyst
from analytics.attribution.file_names import UNREADABLE
from analytics.domain.requests import OneModel, Top
from analytics.errors import Changed, NoSuchModel
from analytics.sources.hub.client import HubClient
from analytics.sources.hub.crawl import ModelListing
from tests.analytics.sources.reading import NOON, TEN, ids, read_item, top
from tests.loopback import hub_faults as faults
from tests.loopback.hub import LoopbackHub

LONG = "m" * 1_000_000


def test_an_item_with_such_an_id_is_passed_over() -> None:
    """By a list and by the crawl; the others are read."""
    with LoopbackHub() as hub:
        items = [{"id": name, "tags": [], "createdAt": "x", "downloads": 1} for name in (LONG, f"a/{LONG}", "org/m")]
        hub.faults.put(faults.says_json(items), times=2)

        assert ids(top(hub)) == ["org/m"]
        page = ModelListing(hub.endpoint, None, lambda _: None).page(f"{hub.endpoint}/api/models")
        assert [one["id"] for one in page.models] == ["org/m"]


@pytest.mark.parametrize("field", ["library_name", "pipeline_tag", "createdAt"])
def test_such_a_text_is_unknown(field: str) -> None:
    """The model is read without it."""
    read = read_item(**{field: LONG})

    assert (read.id, read.library, read.task, read.created_at) == ("org/m", None, None, None)


def test_such_tags_and_files_are_left_out() -> None:
    """Those beside them stay; so do many short ones, which are longer together."""
    many = [f"language:{number}" for number in range(2_000)]
    files = [{"rfilename": name} for name in (f"{LONG}.safetensors", "tf_model.h5")]
    base = {"models": [{"id": LONG}], "relation": "quantized"}

    read = read_item(tags=["tf", LONG, *many], siblings=files, baseModels=base)

    assert read.tags == ("tf", *many)
    assert read.files == (UNREADABLE, "tf_model.h5")


def test_one_model_with_such_an_id_is_refused() -> None:
    """It is no model that can be asked for."""
    with LoopbackHub(TEN) as hub:
        hub.faults.put(faults.says_json({"id": LONG}), "/api/models/*")
        with pytest.raises(Changed, match="something else than a model"):
            HubClient(hub.endpoint).one("org/m0", seconds=5, now=lambda: NOON)


def test_an_address_too_long_to_be_asked_has_changed() -> None:
    """A next page of a megabyte is refused in words, and the words are short."""
    with LoopbackHub(TEN) as hub, pytest.raises(Changed, match="no address") as caught:
        ModelListing(hub.endpoint, None, lambda _: None).page(f"{hub.endpoint}/api/models?cursor={LONG}")

    assert len(str(caught.value)) < 1000


def test_questions_through_the_door_get_words(tmp_path: Path) -> None:
    """A model whose base, library and tags are such names is told of; one asked by such a name is no model."""
    with LoopbackHub([], site_total=1) as hub:
        odd = {"id": "org/m", "library_name": LONG, "tags": ["pytorch", f"base_model:{LONG}"], "siblings": []}
        hub.faults.put(faults.says_json(odd), "/api/models/org/m")
        hub.faults.put(faults.says_json([odd | {"id": f"{LONG}/m"}, odd]), times=math.inf)
        analyst = Analyst(tmp_path, hub.endpoint, clock=lambda: NOON)

        assert "PyTorch" in analyst.answer(OneModel("org/m", "PyTorch")).headline
        assert analyst.answer(Top(10)).table
        with pytest.raises(NoSuchModel):
            analyst.answer(OneModel(f"org/{LONG}"))
        analyst.close()
