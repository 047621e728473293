"""Fields of the Hub that come in more than one kind: each is read, and what is neither is never taken for a no."""

import datetime as dt
from typing import Any

import pytest

from analytics.sources.hub.client import HubClient
from analytics.sources.hub.items import repository_of
from tests.analytics.sources.reading import ids, read_item, top
from tests.loopback import hub_faults as faults
from tests.loopback.hub import LoopbackHub

NOON = dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC)


def read_alone(**item: Any) -> Any:
    """Read one model as the Hub tells it alone."""
    return repository_of({"id": "o/m"} | item, "o/m", NOON, "https://hub")


@pytest.mark.parametrize(
    ("told", "read"),
    [(False, None), (None, None), (0, None), ("auto", "auto"), ("manual", "manual")]
    + [(odd, "auto or manual") for odd in (True, "", 1, "x" * 2_000, ["auto"], {"by": "manual"})],
)
def test_a_gate_of_another_kind_is_a_gate(told: object, read: str | None) -> None:
    """The Hub has said true and a word; whatever stands beside a plain no is a yes, as it is of `private`."""
    assert read_item(gated=told).gated == read


@pytest.mark.parametrize(
    ("told", "is_disabled"), [(True, True), ("true", True), (1, True), (False, False), (None, False)]
)
def test_disabled_in_another_kind_is_disabled(told: object, *, is_disabled: bool) -> None:
    """No line is offered that would load it: of one model, and in a search for others like it."""
    assert read_alone(disabled=told).disabled is is_disabled
    with LoopbackHub() as hub:
        hub.faults.put(faults.says_json([{"id": "o/m", "disabled": told}, {"id": "o/n"}]))
        found = HubClient(hub.endpoint).search([], 9, seconds=5.0)
    assert [one.id for one in found] == (["o/n"] if is_disabled else ["o/m", "o/n"])


@pytest.mark.parametrize(
    ("told", "read"),
    [(7, 7), (7.0, 7), (0, 0), (10**12, 10**12)]
    + [(odd, None) for odd in (-1, 7.5, 10**12 + 1, -0.5, 1e300, True, "7", [7])],
)
def test_a_number_is_whole_and_not_below_zero(told: object, read: int | None) -> None:
    """JSON has one kind of number; a negative one would be taken off the downloads of others."""
    one = read_item(downloads=told, likes=told, downloadsAllTime=told)

    assert [one.downloads_30d, one.likes, one.downloads_all] == [read] * 3


@pytest.mark.parametrize(
    ("told", "parameters", "dtypes"),
    [
        ({"total": 9, "parameters": {"F32": 9}}, 9, ("F32",)),
        ({"total": 9}, 9, ()),
        ({"parameters": {"F32": 4, "I64": 5}}, 9, ("F32", "I64")),
        ({"parameters": {"F32": 4, "I64": None}}, None, ("F32", "I64")),
        ({"parameters": {}}, None, ()),
        ({"total": 2 * 10**12}, 2 * 10**12, ()),
        *((odd, None, ()) for odd in (None, [], {"total": -9}, {"total": "9", "parameters": 3})),
    ],
)
def test_safetensors_with_and_without_their_parts(
    told: object, parameters: int | None, dtypes: tuple[str, ...]
) -> None:
    """A sum that is not told is added up where all of its parts are; the largest models have more than a trillion."""
    read = read_alone(safetensors=told, config={"model_type": "t5"})

    assert (read.parameters, read.configuration.dtypes) == (parameters, dtypes)


@pytest.mark.parametrize(
    ("told", "read"),
    [(one, one) for one in ("2024-05-06T07:08:09.000Z", "2024-05-06T07:08:09Z", "2024-05-06")]
    + [(odd, None) for odd in ("yesterday", "0001-01-01T00:00:00Z", "1969-12-31", "10000-01-01", 1714979289, None)],
)
def test_a_date_is_one_with_or_without_its_milliseconds(told: object, read: str | None) -> None:
    """Of its creation and of its last change; a day before there were computers to write it is none."""
    assert read_item(createdAt=told).created_at == read
    assert read_alone(lastModified=told).last_modified == read


@pytest.mark.parametrize("field", ["pipeline_tag", "library_name", "config", "baseModels", "cardData", "safetensors"])
def test_null_is_not_told(field: str) -> None:
    """The same as a field that is left out."""
    assert read_alone(**{field: None}) == read_alone()


@pytest.mark.parametrize("base", ["org/b", ["org/b"], {"base_model": ["org/b"]}])
def test_what_the_card_says_of_a_base_is_not_asked_for(base: object) -> None:
    """It comes as a text or a list; the Hub repeats it in its tags, which are read."""
    with LoopbackHub() as hub:
        item = {"id": "o/m", "cardData": {"base_model": base}, "tags": ["base_model:org/b"]}
        hub.faults.put(faults.says_json([item]))
        read = top(hub)
    assert ids(read) == ["o/m"]
    assert read.models[0].tags == ("base_model:org/b",)


@pytest.mark.parametrize(
    ("told", "read"), [(3, 3.0), (2.5, 2.5), (-1, -1.0)] + [(odd, None) for odd in (10**400, -(10**400), 1e13, True)]
)
def test_a_score_fits_into_a_column(told: object, read: float | None) -> None:
    """JSON ends no number: one of 400 digits cost the whole list."""
    assert read_item(trendingScore=told).trending == read


def test_a_licence_without_a_name_is_none() -> None:
    """A card may hold the key and nothing behind it."""
    assert read_alone(tags=["license:"]).licence is None
    assert read_alone(tags=["license:", "license:mit"]).licence == "mit"


def test_a_relation_and_a_base_together_are_no_longer_than_a_tag() -> None:
    """Each may be as long as a text, and what is made of both is one too."""
    bases = [{"id": f"org/{'x' * 900}"}, {"id": "org/b"}]

    read = read_item(tags=[], baseModels={"relation": "r" * 200, "models": bases})

    assert read.tags == (f"base_model:{'r' * 200}:org/b",)
