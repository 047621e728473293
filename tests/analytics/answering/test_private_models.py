"""A model that only the Hub token shows is told of to the token's owner, and to nobody else by whatever way."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from analytics.analyst import Analyst
from analytics.domain.requests import Compare, OneModel, Top
from analytics.errors import NoSuchModel, NothingStored
from analytics.sources.hub.crawl import ModelListing
from tests.analytics.answering.test_answer_models import DAY, SHA
from tests.loopback import hub_faults as faults
from tests.loopback.hub import LoopbackHub
from tests.loopback.hub_items import model

SECRET = model("lab/secret", siblings=["tf_model.h5"], tags=["tf"], private=True, sha=SHA)
DERIVED = model("lab/derived", siblings=["pytorch_model.bin"], tags=["pytorch", "base_model:lab/secret"])
OPEN = model("lab/open", siblings=["pytorch_model.bin"], tags=["pytorch"])
TOKEN = "hf_secret"


@pytest.fixture
def hub() -> Iterator[LoopbackHub]:
    """Serve a private model, a public one made of it, and one that has nothing to do with it."""
    with LoopbackHub([SECRET, DERIVED, OPEN]) as running:
        yield running


def analyst(hub: LoopbackHub, home: Path, *, shows: bool) -> Analyst:
    """Make the analyst of the token's owner, or of others."""
    return Analyst(home, hub.endpoint, TOKEN, clock=lambda: DAY, seconds=2.0, shows_private=shows)


def test_its_owner_is_told_and_the_answer_says_so(hub: LoopbackHub, tmp_path: Path) -> None:
    """Alone and beside another; what is public is not said to be private."""
    with closing(analyst(hub, tmp_path, shows=True)) as mine:
        assert mine.answer(OneModel("lab/secret")).private
        assert mine.answer(Compare("lab/open", "lab/secret")).private
        assert not mine.answer(OneModel("lab/open")).private


@pytest.mark.parametrize("is_stored", [False, True])
def test_others_are_told_what_a_missing_model_is_told_with(
    hub: LoopbackHub, tmp_path: Path, *, is_stored: bool
) -> None:
    """Also where its owner asked first, so that a reading of it is stored."""
    if is_stored:
        with closing(analyst(hub, tmp_path, shows=True)) as mine:
            mine.answer(OneModel("lab/secret"))
    with closing(analyst(hub, tmp_path, shows=False)) as others:
        with pytest.raises(NoSuchModel) as secret:
            others.answer(OneModel("lab/secret"))
        with pytest.raises(NoSuchModel) as missing:
            others.answer(OneModel("lab/nowhere"))

    assert secret.value.why == missing.value.why
    assert "lab/secret" not in (*secret.value.near, *missing.value.near)


def test_no_stored_reading_stands_in_for_others(hub: LoopbackHub, tmp_path: Path) -> None:
    """Neither when the Hub is down nor for an earlier day."""
    with closing(analyst(hub, tmp_path, shows=True)) as mine:
        mine.answer(OneModel("lab/secret"))
    hub.faults.put(faults.BAD_GATEWAY, "/api/models/*", times=9)
    with closing(analyst(hub, tmp_path, shows=False)) as others:
        with pytest.raises(NothingStored):
            others.answer(OneModel("lab/secret"))
        with pytest.raises(NothingStored):
            others.answer(OneModel("lab/secret"), DAY)


def test_a_base_is_not_shown_through_what_was_made_of_it(hub: LoopbackHub, tmp_path: Path) -> None:
    """Its owner sees it as a twin, in an answer for the owner; others do not, though the twin is stored."""
    with closing(analyst(hub, tmp_path, shows=True)) as mine:
        told = mine.answer(OneModel("lab/derived", "TensorFlow"))
        assert told.private
        assert any("lab/secret" in line and "tf_model.h5" in line for line in told.detail)
    with closing(analyst(hub, tmp_path, shows=False)) as others:
        told = others.answer(OneModel("lab/derived", "TensorFlow"))

    assert not told.private
    assert "tf_model.h5" not in str(told)


@pytest.mark.parametrize("shows", [True, False])
@pytest.mark.parametrize("said", [True, "true", 1])
def test_lists_hold_public_models_only(tmp_path: Path, said: object, *, shows: bool) -> None:
    """They are stored for everybody, whoever reads them; so is a crawl."""
    fields = {"tags": [], "createdAt": "2024-01-01T00:00:00.000Z", "downloads": 1}
    items = [fields | {"id": "lab/secret", "private": said}, fields | {"id": "lab/open", "private": False}]
    with LoopbackHub() as hub, closing(analyst(hub, tmp_path, shows=shows)) as asked:
        hub.faults.put(faults.says_json(items), times=2)
        table = asked.answer(Top(10, author="lab")).table
        crawled = ModelListing(hub.endpoint, TOKEN, lambda _: None).page(f"{hub.endpoint}/api/models")

    assert table
    assert "lab/secret" not in str(table.rows)
    assert [one["id"] for one in crawled.models] == ["lab/open"]
    assert "private" in hub.requests[0].all("expand")
