"""`top30 reach`, `totals reach`: files and, beside them, what converts on load; never one number."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from analytics.domain.answer import Answer, Origin
from analytics.domain.observations import Model, Ranking, TopList
from analytics.domain.reach_counts import ReachCounts, Reached
from analytics.domain.requests import Top, Totals
from analytics.questions.top import top
from analytics.questions.top_reach import top_reach
from analytics.questions.totals_reach import ReachCensus, totals_reach
from analytics.ranking.classified import TopCircumstances
from analytics.ranking.reach_words import title_in_numbers

DAY = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)
ORIGIN = Origin("Hugging Face Hub", "listing", "https://example.org", "2026-11-23")
LLAMA = ("transformers", "safetensors", "llama")
MODELS = (
    Model("o/converts", tags=LLAMA, task="text-generation"),
    Model("o/listed", tags=LLAMA, task="text-ranking"),
    Model("o/old", tags=("transformers", "tf", "x")),
    Model("o/rescued", tags=("transformers", "pytorch", "tf", "safetensors", "bert"), task="fill-mask"),
    Model("o/saved", tags=("tf-keras",), files=("saved_model.pb",)),
    Model("o/keras", library="keras", tags=("keras",), files=("m.keras",)),
    Model("o/gguf", tags=("gguf",), files=("m.gguf",)),
    Model("o/quantised", tags=(*LLAMA, "awq"), task="text-generation"),
    Model("o/nothing", tags=("x",)),
)


def listed(models: tuple[Model, ...] = MODELS) -> TopList:
    """Make a list of these."""
    return TopList(Ranking(), DAY, models, len(models), complete=True, origin=ORIGIN)


def asked(**changes: Any) -> Answer:
    """Ask the list."""
    return top_reach(replace(Top(n=9, reach=True), **changes), listed(), TopCircumstances())


def face() -> dict[str, Any]:
    """Make what a census keeps."""
    rows = [["text-generation", "TCCC", 900], ["text-generation", "tLLN", 50], ["fill-mask", "TRoN", 30]]
    rows += [["(none)", "XXXX", 10], ["(none)", "UUUU", 10]]
    through = {"TensorFlow": [["KerasHub", "0.32.0", "2026-09-18"]]}
    return {"frameworks": ["PyTorch", "TensorFlow", "JAX", "MLX"], "rows": rows, "through": through}


def totals_asked(task: str | None = None) -> Answer:
    """Ask the census."""
    return totals_reach(Totals(task=task, reach=True), ReachCensus(face(), DAY, (ORIGIN,)))


@pytest.mark.parametrize(("name", "status"), [("o/old", Reached.OLD), ("o/rescued", Reached.OLD_CONVERTS)])
def test_old_files_beside_weights_that_convert_are_rescued(name: str, status: Reached) -> None:
    """Each alone: counted together, one taken for the other would not show."""
    alone = tuple(model for model in MODELS if model.id == name)
    told = top_reach(Top(n=9, reach=True), listed(alone), TopCircumstances())
    found = next(one for one in told.reach if one.framework == "TensorFlow")

    assert [one for one, n in found.found.items() if n] == [status]


def test_each_model_is_in_one_status_of_each_framework() -> None:
    """Files that load, old files, Keras 3, what converts, what may, exports, unknown: nine models, nine places."""
    found = next(one for one in asked().reach if one.framework == "TensorFlow")

    assert found.total == 9
    assert {status: n for status, n in found.found.items() if n} == {
        Reached.CONVERTS: 1,
        Reached.LISTED: 1,
        Reached.OLD: 1,
        Reached.OLD_CONVERTS: 1,
        Reached.TODAY: 1,
        Reached.KERAS: 1,
        Reached.EXPORTS: 1,
        Reached.NONE: 1,
        Reached.UNKNOWN: 1,
    }


@pytest.mark.parametrize(
    ("places", "said"),
    [
        ((4,), "has files in the top model, which load today"),
        ((2,), "has files in the top model, which do not load today"),
        ((8,), "has no files in the top model"),
        ((2, 8), "has files in 1 of the top 2 models, none of which loads today"),
        ((2, 4), "has files in 2 of the top 2 models, 1 of which loads today"),
        ((8, 0), "has files in none of the top 2 models; by tags 1 more converts"),
    ],
)
def test_none_and_one_of_the_files_are_said_as_people_say_them(places: tuple[int, ...], said: str) -> None:
    """“0 of which load” and “1 of which load” are no sentences."""
    models = tuple(MODELS[place] for place in places)
    answer = top_reach(Top(n=len(models), reach=True), listed(models), TopCircumstances())

    assert said in answer.headline


def test_what_converts_is_added_to_no_count_of_files() -> None:
    """The counts are those of the same list asked without reach."""
    plain = top(Top(n=9), listed(), TopCircumstances())

    assert asked().counts == plain.counts
    assert {one.framework: one.files for one in asked().reach}["TensorFlow"] == plain.frameworks["TensorFlow"]


@pytest.mark.parametrize("answer", [asked(), totals_asked(), totals_asked("fill-mask")])
def test_the_finding_is_short_and_every_number_has_its_circumstances(answer: Answer) -> None:
    """Ten words at most; the table has denominator, definition, day and library of each row."""
    assert len(answer.title.split()) <= 10
    assert answer.table
    for row in answer.table.rows:
        told = dict(zip(answer.table.names, row, strict=True))
        assert told["of"] == sum(told[status.value] or 0 for status in Reached)  # type: ignore[misc]  # counts are numbers
        assert (told["definition"], told["as of"]) == ("attributed", "2026-11-23")
    assert "KerasHub 0.32.0 (2026-09-18)" in answer.table.as_csv()


def test_json_and_the_alternative_text_carry_it() -> None:
    """A key of its own, and every number that the picture shows."""
    answer = asked()
    told = answer.as_json()["reach"]["TensorFlow"]

    assert (told["files"], told["converts_on_load"], told["old_files_that_convert"], told["of"]) == (3, 1, 1, 9)
    assert told["through"][0] == {"library": "KerasHub", "version": "0.32.0", "released": "2026-09-18"}
    assert "converts on load 1" in answer.alt_text


def test_a_census_is_added_up_by_its_letters() -> None:
    """Small letters are files that are assumed; a task alone is told of itself."""
    answer = totals_asked()
    pytorch, tensorflow = answer.reach[:2]

    assert (pytorch.files, pytorch.assumed, tensorflow.files, tensorflow.of(Reached.CONVERTS)) == (980, 50, 30, 900)
    assert answer.title == "Old TensorFlow files: 3 %, by tags 90 % convert"
    assert totals_asked("fill-mask").reach[2].assumed == 30


def test_nothing_is_answered_of_nothing() -> None:
    """An empty list and a task nobody counted."""
    with pytest.raises(ValueError, match="empty"):
        top_reach(Top(reach=True), listed(()), TopCircumstances())
    with pytest.raises(ValueError, match="empty"):
        totals_asked("no-such-task")


@pytest.mark.parametrize(
    ("found", "title"),
    [
        ({Reached.OLD: 9, Reached.CONVERTS: 1, Reached.NONE: 20}, "Old TensorFlow files: 9 of 30, by tags 1 converts"),
        (
            {Reached.OLD: 9, Reached.CONVERTS: 1, Reached.UNTOLD: 20},
            "Old TensorFlow files: 9 of 30, by tags 1 converts",
        ),
        ({Reached.OLD: 8, Reached.TODAY: 1, Reached.NONE: 21}, "TensorFlow files: 9 of 30, no other converts"),
    ],
)
def test_a_title_does_not_hide_that_none_of_the_files_load_today(found: dict[Reached, int], title: str) -> None:
    """The finding says “none of which loads today”: ten words have room for “old”."""
    told = title_in_numbers(ReachCounts("TensorFlow", found))

    assert told.replace("files in", "files:") == title
    assert len(told.split()) <= 10
