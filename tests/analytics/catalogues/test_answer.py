"""`official`, asked through the door with nothing collected: the embedded counts, each with its own date."""

import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from analytics.analyst import Analyst
from analytics.domain.answer import Answer
from analytics.domain.chart_specs import Camps
from analytics.domain.requests import Official
from analytics.errors import NotCollected
from analytics.grammar import parse

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


def test_every_collection_has_a_row_with_unit_state_and_dates(door: Analyst) -> None:
    """None is left out, none is without its unit, its address among the sources and how it was counted."""
    answer = door.answer(Official())

    found = rows(answer)
    assert {"PyTorch Hub", "TorchVision", "timm", "TorchText", "TorchAudio", "SpeechBrain"} <= set(found)
    assert {"TensorFlow Hub", "MediaPipe", "Keras Applications", "KerasHub"} <= set(found)
    for name, row in found.items():
        assert row["unit"], name
        assert row["state"], name
        assert row["how"], name
        assert (row["count"] is None) == (row["counted on"] is None), name
    unread = [name for name, row in found.items() if row["count"] is None]
    assert f"No count can be shown of {', '.join(unread)}: it was never read." in answer.caveats
    assert len(answer.origins) == len(found) - len(unread)


def test_counts_of_the_article_s_time_stand_beside_where_they_can_be_had(door: Analyst) -> None:
    """TorchVision 0.11.2 had 81 weights by the same count; timm's old releases count something else, in words."""
    found = rows(door.answer(Official()))

    assert (found["TorchVision"]["early 2022"], found["TorchVision"]["version then"]) == (81, "0.11.2 (2021-12-15)")
    assert "architectures" in str(found["timm"]["early 2022"])


def test_unlike_units_are_never_added(door: Analyst) -> None:
    """There is no total in the answer, the alternative text or the data, and the reader is told why."""
    answer = door.answer(Official())

    total = sum(int(str(row["count"])) for row in rows(answer).values() if row["count"] is not None)
    said = json.dumps(answer.as_json()) + answer.alt_text
    assert f"{total:,}" not in said
    assert str(total) not in said
    assert any("no sum or ratio" in caveat for caveat in answer.caveats)


@pytest.mark.parametrize(
    ("camp", "inside", "outside"),
    [("pytorch", "TorchVision", "MediaPipe"), ("tensorflow", "MediaPipe", "TorchVision")],
)
def test_one_camp_is_shown_with_what_serves_any_backend(door: Analyst, camp: str, inside: str, outside: str) -> None:
    """Its own collections and KerasHub, not the other side's; the words ask for the same again."""
    answer = door.answer(Official(camp))

    assert inside in rows(answer)
    assert "KerasHub" in rows(answer)
    assert outside not in rows(answer)
    assert parse(answer.question) == Official(camp)


def test_the_picture_says_in_words_what_it_shows(door: Analyst) -> None:
    """Camp by camp, every count with its unit; marked as a sample, for nothing was collected."""
    answer = door.answer(Official())

    assert isinstance(answer.chart, Camps)
    assert [camp.name for camp in answer.chart.camps][:2] == ["PyTorch", "TensorFlow"]
    assert answer.sample
    assert "TorchVision" in answer.alt_text
    assert len(answer.alt_text) <= 1000
    assert len(answer.title.split()) <= 10


def test_a_day_before_anything_was_stored_has_no_answer(door: Analyst) -> None:
    """The embedded counts are of today and do not stand in for a past day."""
    with pytest.raises(NotCollected, match="No counts of 1 Mar 2024"):
        door.answer(Official(), as_of=dt.datetime(2024, 3, 1, tzinfo=dt.UTC))
