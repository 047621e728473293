"""What `model X` has read of a header is known to lists and to the census; both say the same at once."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pytest

from analytics.attribution import METHOD
from analytics.census import cube, schema
from analytics.domain.observations import Model, Ranking
from analytics.domain.reading_kinds import HEADER, MODEL
from analytics.domain.requests import OneModel, Top
from analytics.storage.readings import Reading
from tests.analytics.answering.test_answer_models import BARE, DAY, SHA, ModelDoor, serving
from tests.loopback.hub_faults import says_json
from tests.loopback.hub_files import safetensors
from tests.loopback.hub_items import model

OTHER = model("lab/other", tags=["safetensors"], siblings=["model.safetensors"], downloads=1)


@pytest.fixture
def door(tmp_path: Path) -> Iterator[ModelDoor]:
    """Open the door on a Hub of two models that hold safetensors and nothing else; the first are MLX's."""
    with serving([BARE, OTHER], {("lab/bare", "model.safetensors"): safetensors("mlx")}) as hub:
        door = ModelDoor(hub, tmp_path)
        yield door
        door.analyst.close()


def test_a_list_says_what_the_model_said_a_moment_before(door: ModelDoor) -> None:
    """The list was counted before and is remembered; a header read since counts all the same."""
    before = door.analyst.answer(Top(n=10)).as_json()
    assert door.rows("lab/bare")["MLX"] == "yes"

    after = door.analyst.answer(Top(n=10)).as_json()
    assert before != after
    assert "MLX" in str(after)


def test_a_list_of_an_earlier_day_does_not_know_a_later_header(door: ModelDoor) -> None:
    """The same question as of a day gives the same answer for ever."""
    door.analyst.answer(Top(n=10))
    before = door.analyst.answer(Top(n=10), as_of=DAY).as_json()
    door.now += dt.timedelta(minutes=1)
    door.ask("lab/bare")

    assert door.analyst.answer(Top(n=10), as_of=DAY).as_json() == before


def test_a_header_that_cannot_be_read_now_is_still_known(door: ModelDoor) -> None:
    """The Hub shuts the file away: what it said is not forgotten; told otherwise, it is."""
    door.ask("lab/bare")
    door.hub.faults.put(says_json({"error": "Access is restricted"}, 403), f"/lab/bare/resolve/{SHA}/model.safetensors")
    door.now += dt.timedelta(days=1)

    assert door.rows("lab/bare")["MLX"] == "yes"
    door.hub.models[0]["siblings"] = [{"rfilename": "model.pt"}]
    door.now += dt.timedelta(days=1)
    door.ask("lab/bare")
    newest = door.analyst.context.readings.newest(HEADER, "lab/bare")
    assert newest
    assert newest.body["header"] is None


def test_the_census_counts_by_the_headers_that_were_read(tmp_path: Path) -> None:
    """Two repositories of which the rule sees the same, but for one's header."""
    files = pa.array([["model.safetensors"]] * 2, pa.list_(pa.string()))
    rows = {"id": ["lab/bare", "lab/other"], "createdAt": ["2025-01-01"] * 2, "downloads": [1] * 2}
    table = pa.table(rows | {"tags": [["safetensors"]] * 2, "siblings": files})
    schema.write(table.to_reader(), tmp_path / "cache.parquet")

    counted = cube.count(tmp_path / "cache.parquet", DAY, {"lab/bare": "mlx"})
    assert counted["frameworks"] == {"MLX": 1, "PyTorch": 1}


@pytest.mark.parametrize(("method", "asked"), [("2026-11.2", 2), (METHOD, 1)])
def test_a_reading_by_an_older_rule_is_not_fresh(door: ModelDoor, method: str, asked: int) -> None:
    """The names of files it kept were fewer."""
    door.ask("lab/bare")
    kept = door.analyst.context.readings.newest(MODEL, "lab/bare")
    assert kept
    door.now += dt.timedelta(minutes=1)
    door.analyst.context.readings.add(Reading(MODEL, "lab/bare", door.now, method, kept.body, kept.origins))

    door.ask("lab/bare")
    assert door.asked("lab/bare") == asked


def test_what_an_older_rule_kept_is_told_of_and_no_weights_is_not_said_of_it(door: ModelDoor) -> None:
    """model.pt2 was left out then; an empty list of kept names says nothing."""
    top = door.analyst.context.hub.top(Ranking(), 100, seconds=5, now=lambda: DAY)
    bare = (Model("lab/bare", files=(), downloads_30d=5),)
    door.analyst.context.top_lists.add(
        type(top)(Ranking(), DAY, bare, 100, complete=True, origin=top.origin), "2026-11.2"
    )

    answer = door.analyst.answer(Top(n=1), as_of=DAY)
    assert any("Version 2026-11.2 of the rule kept fewer file names" in caveat for caveat in answer.caveats)
    assert "no weights" not in str(answer.as_json())


def test_a_list_read_anew_by_today_s_rule_replaces_the_older_one(door: ModelDoor) -> None:
    """A census of the same moment is collected again when the rule changes, and its list with it."""
    context = door.analyst.context
    top = context.hub.top(Ranking(), 100, seconds=5, now=lambda: DAY)
    for method in ("2026-11.2", METHOD, "2026-11.2"):
        context.top_lists.add(top, method)
        newest = context.top_lists.newest(Ranking())
        assert newest
        assert newest.method == method


KERAS_3 = model(
    "lab/keras3", tags=["keras", "pytorch", "jax", "tf"], siblings=["model.keras"], createdAt="2025-01-01T00:00:00.000Z"
)


@pytest.mark.parametrize("framework", ["TensorFlow", "PyTorch", "JAX"])
def test_honest_tags_do_not_hide_keras_3(tmp_path: Path, framework: str) -> None:
    """The author tags what Keras 3 runs on; that no such file is there hides nothing, and is no conflict."""
    with serving([KERAS_3], {}) as hub:
        door = ModelDoor(hub, tmp_path)
        answer = door.analyst.answer(OneModel("lab/keras3", framework))
        door.analyst.close()

    assert answer.headline.startswith("Yes, through Keras 3")
    assert not [caveat for caveat in answer.caveats if "Conflict" in caveat]


def test_a_tag_that_does_not_count_does_not_make_the_unknown_a_no(tmp_path: Path) -> None:
    """Files of a kind nobody knows and an author's tag: TensorFlow stays unknown."""
    odd = model("lab/odd", tags=["pytorch"], siblings=["model.xyz"])
    with serving([odd], {}) as hub:
        door = ModelDoor(hub, tmp_path)
        rows = door.rows("lab/odd")
        door.analyst.close()

    assert (rows["PyTorch"], rows["TensorFlow"]) == ("declared", "unknown")


def test_an_item_without_files_is_one_whose_files_are_not_told(tmp_path: Path) -> None:
    """Never one without weights."""
    with serving([model("lab/silent", library_name="kernels", tags=["kernels"])], {}) as hub:
        hub.models[0].pop("siblings", None)
        door = ModelDoor(hub, tmp_path)
        answer = door.ask("lab/silent")
        door.analyst.close()

    assert answer.headline == "Nothing in lab/silent shows its framework"
    assert any("lab/silent, whose files the Hub does not list, goes by its tags" in caveat for caveat in answer.caveats)
