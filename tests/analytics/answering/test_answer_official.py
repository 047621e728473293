"""`official`, asked through the door with nothing collected: the embedded counts, each with its own date."""

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from analytics.analyst import Analyst
from analytics.answering.freshness import freshness
from analytics.catalogues.stored_counts import METHOD, as_json, sample_shelves
from analytics.domain.answer import Answer
from analytics.domain.chart_specs import Camps
from analytics.domain.reading_kinds import OFFICIAL
from analytics.domain.requests import Official
from analytics.domain.wording import day, minute
from analytics.errors import NotCollected
from analytics.grammar import parse
from analytics.storage.readings import Reading

DAY = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)


@pytest.fixture
def door(tmp_path: Path) -> Iterator[Analyst]:
    """Open the door on a Hub that is not there: the question asks nobody."""
    analyst = Analyst(tmp_path, "http://127.0.0.1:9", clock=lambda: DAY)
    yield analyst
    analyst.close()


def rows(answer: Answer) -> dict[str, dict[str, object]]:
    """Give the table by collection."""
    assert answer.table
    return {str(row[0]): dict(zip(answer.table.names, row, strict=True)) for row in answer.table.rows}


def test_every_collection_has_a_row_with_unit_and_state(door: Analyst) -> None:
    """None is left out; the table has four columns, the sources how, where and of which version was counted."""
    answer = door.answer(Official())

    found = rows(answer)
    assert answer.table
    assert answer.table.names == ("collection", "now", "early 2022", "state")
    assert {"PyTorch Hub (pages)", "TorchVision (weights)", "timm (weights)", "TorchText (bundles)"} <= set(found)
    assert {"TensorFlow Hub (modules)", "MediaPipe (model links)", "KerasHub (presets)"} <= set(found)
    assert all(row["state"] for row in found.values())
    sources = {(origin.address, origin.revision) for origin in answer.origins}
    assert len(sources) == len(answer.origins), "each source stands once"
    assert any("modeling_tf_*.py" in origin.title for origin in answer.origins)


def test_embedded_counts_say_on_which_days_they_were_made(door: Analyst) -> None:
    """The head has room for the last of them only."""
    counted = {shelved.now.counted for shelved in sample_shelves().values() if shelved.now}
    first, last = (day(dt.date.fromisoformat(of(counted))) for of in (min, max))

    (told,) = (said for said in door.answer(Official()).caveats if "embedded" in said)
    assert f"from {first} to {last}" in told


def test_what_was_never_read_is_not_called_active(door: Analyst) -> None:
    """SpeechBrain is listed on the Hub, and nobody has asked it yet."""
    answer = door.answer(Official())

    speechbrain = rows(answer)["SpeechBrain (repositories)"]
    assert (speechbrain["now"], speechbrain["state"]) == (None, "never read")
    assert "No count can be shown of SpeechBrain: it was never read." in answer.caveats
    assert isinstance(answer.chart, Camps)
    assert {shelf.name: shelf.note for camp in answer.chart.camps for shelf in camp.shelves}[
        "SpeechBrain"
    ] == "never read"


def test_what_others_publish_is_not_pytorch_s_own(door: Analyst) -> None:
    """Both timm and SpeechBrain stand apart, and are not among PyTorch's four."""
    answer = door.answer(Official())

    assert answer.headline.startswith("1 of PyTorch’s 4 own collections is active; both of TensorFlow’s own have moved")
    assert isinstance(answer.chart, Camps)
    camps = {camp.name: [shelf.name for shelf in camp.shelves] for camp in answer.chart.camps}
    assert camps["For PyTorch, by others"] == ["timm", "SpeechBrain"]
    assert camps["PyTorch"] == ["PyTorch Hub", "TorchVision", "TorchText", "TorchAudio"]


def test_transformers_is_counted_in_model_folders_with_its_keys_beside(door: Analyst) -> None:
    """531 against 81 of early 2022; keys name parts of models too."""
    answer = door.answer(Official())

    found = rows(answer)["transformers in PyTorch (architectures)"]
    assert (found["now"], found["early 2022"]) == (531, 81)
    assert any("74 → 622 in PyTorch, 39 → 0 in TensorFlow" in line for line in answer.detail)


def test_counts_of_the_article_s_time_stand_beside_where_they_can_be_had(door: Analyst) -> None:
    """TorchVision 0.11.2 had 81 weights by the same count; timm's old releases count something else, in words."""
    answer = door.answer(Official())

    assert rows(answer)["TorchVision (weights)"]["early 2022"] == 81
    assert rows(answer)["timm (weights)"]["early 2022"] is None
    assert any(caveat.startswith("timm of 0.5.4 is counted in architectures (592)") for caveat in answer.caveats)


def test_every_number_of_the_picture_is_in_the_table(door: Analyst) -> None:
    """Its counts and those of 2022."""
    answer = door.answer(Official())

    assert isinstance(answer.chart, Camps)
    told = {(row["now"], row["early 2022"]) for row in rows(answer).values()}
    assert {(shelf.count, shelf.then) for camp in answer.chart.camps for shelf in camp.shelves} <= told


def test_unlike_units_are_never_added(door: Analyst) -> None:
    """There is no total in the answer, the alternative text or the data, and the reader is told why."""
    answer = door.answer(Official())

    total = sum(int(str(row["now"])) for row in rows(answer).values() if row["now"] is not None)
    said = json.dumps(answer.as_json()) + answer.alt_text
    assert f"{total:,}" not in said
    assert str(total) not in said
    assert any("no sum or ratio" in caveat for caveat in answer.caveats)


@pytest.mark.parametrize(
    ("camp", "inside", "outside"),
    [
        ("pytorch", "TorchVision (weights)", "MediaPipe (model links)"),
        ("tensorflow", "MediaPipe (model links)", "TorchVision (weights)"),
    ],
)
def test_one_camp_is_shown_with_what_serves_any_backend(door: Analyst, camp: str, inside: str, outside: str) -> None:
    """Its own collections and KerasHub, not the other side's; the words ask for the same again."""
    answer = door.answer(Official(camp))

    assert inside in rows(answer)
    assert "KerasHub (presets)" in rows(answer)
    assert outside not in rows(answer)
    assert parse(answer.question) == Official(camp)


def test_the_picture_says_in_words_what_it_shows(door: Analyst) -> None:
    """Camp by camp, every count with its unit; marked as a sample, for nothing was collected."""
    answer = door.answer(Official())

    assert isinstance(answer.chart, Camps)
    assert [camp.name for camp in answer.chart.camps][:2] == ["PyTorch", "For PyTorch, by others"]
    assert answer.sample
    assert "TorchVision" in answer.alt_text
    assert len(answer.alt_text) <= 1000
    assert len(answer.title.split()) <= 10


def test_a_day_before_anything_was_stored_has_no_answer(door: Analyst) -> None:
    """The embedded counts are of today and do not stand in for a past day."""
    with pytest.raises(NotCollected, match="No counts of 1 Mar 2024"):
        door.answer(Official(), as_of=dt.datetime(2024, 3, 1, tzinfo=dt.UTC))


def test_status_names_the_counts_that_were_not_made_again(door: Analyst) -> None:
    """One day for all was untrue: beside it stands which are older, and of when."""
    first, *others = sample_shelves().values()
    kept = {first.collection.key: as_json(replace(first, trouble="it did not answer"))}
    body = {"collections": kept | {one.collection.key: as_json(one) for one in others}}
    door.context.readings.add(Reading(OFFICIAL, "", DAY, METHOD, body, ()))

    said = next(line for line in freshness(door.context) if line.startswith("Official collections"))

    assert first.now is not None
    older = f"{first.collection.full_name} (of {day(dt.date.fromisoformat(first.now.counted))})"
    told = f"but for {older}: 1 of {len(others) + 1} could not be read again then."
    assert said == f"Official collections: of {minute(DAY)}, {told}"
