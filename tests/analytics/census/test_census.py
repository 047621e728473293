"""Every model on the Hub, from each of the three sources, on good days and on bad ones."""

import datetime as dt
import shutil
from collections import Counter
from contextlib import closing
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pytest

from analytics.analyst import Analyst
from analytics.attribution import attribute_all
from analytics.domain.answer import Answer
from analytics.domain.chart_specs import Bars, Panels
from analytics.domain.observations import Model
from analytics.domain.reading_kinds import CENSUS, CENSUS_CUBE
from analytics.domain.requests import Aspect, Definition, Totals, Trend
from analytics.errors import Changed, NotCollected
from analytics.storage.locks import collecting
from tests.analytics.attribution.twin import remark_of
from tests.analytics.census.hubs import Change, items, parquet, serving
from tests.loopback.hub import LoopbackHub

DAY = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)
ALL = items()
FEW = items(2500)


def analyst(hub: LoopbackHub, home: Path, day: dt.datetime = DAY) -> Analyst:
    """Open the door on this Hub."""
    return Analyst(home, hub.endpoint, clock=lambda: day)


def independent(models: list[Any]) -> dict[str, int]:
    """Count the tags pytorch and tf with pandas, as a notebook would."""
    frame = pd.DataFrame({"tags": [model["tags"] for model in models]})
    pytorch, tensorflow = (frame["tags"].apply(lambda tags, tag=tag: tag in tags) for tag in ("pytorch", "tf"))
    return {
        "pytorch_only": int((pytorch & ~tensorflow).sum()),
        "tensorflow_only": int((tensorflow & ~pytorch).sum()),
        "both": int((pytorch & tensorflow).sum()),
        "neither": int((~pytorch & ~tensorflow).sum()),
    }


def judge(models: list[Any]) -> list[tuple[str, bool]]:
    """Give the split of each by the rule in Python, model by model, and whether it is an own one with weights."""
    known = [
        Model(
            one["id"],
            library=one.get("library_name"),
            tags=tuple(one["tags"]),
            created_at=one["createdAt"],
        )
        for one in models
    ]
    return [
        (v.split.value, v.derivative in ("original", "finetune") and remark_of(v) != "no-weights")
        for v in attribute_all(known)
    ]


def attributed(models: list[Any]) -> Counter[str]:
    """Count originals and fine-tunes with weights."""
    return Counter(split for split, is_own in judge(models) if is_own)


@cache
def few() -> bytes:
    """Write the few once."""
    return parquet(FEW)


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a data folder with a census of the few, to be copied."""
    home = tmp_path_factory.mktemp("stored")
    with serving(FEW, daily=few()) as hub, closing(analyst(hub, home)) as door:
        door.collect("census")
    return home


@pytest.fixture(scope="module")
def counted(tmp_path_factory: pytest.TempPathFactory) -> dict[Definition, Answer]:
    """Collect the whole list from the daily Parquet once, and ask for both definitions."""
    with serving(ALL, daily=parquet(ALL)) as hub:
        door = analyst(hub, tmp_path_factory.mktemp("census"))
        door.collect("census")
        return {definition: door.answer(Totals(definition)) for definition in Definition}


def test_declared_totals_equal_an_independent_count(counted: dict[Definition, Answer]) -> None:
    """Every repository counts, by its tags, as the article counted; its readings stand beside."""
    answer = counted[Definition.DECLARED]

    assert answer.counts
    assert answer.counts.as_json() == independent(ALL)
    assert any("In March 2022 the article read" in line and "85 % only PyTorch" in line for line in answer.detail)


def test_attributed_totals_equal_the_rule_model_by_model(counted: dict[Definition, Answer]) -> None:
    """Originals and fine-tunes are the headline; adapters, copies and merges stand apart."""
    answer = counted[Definition.ATTRIBUTED]

    assert answer.counts
    by_the_rule = attributed(ALL)
    assert answer.counts.as_json() == {key: by_the_rule[key] for key in answer.counts.as_json()}
    assert isinstance(answer.chart, Bars)
    # This snapshot tells no files, so of none is it known that it has no weights.
    assert [bar.label for bar in answer.chart.bars] == ["models", "adapters", "quantised copies", "merges"]


@pytest.mark.parametrize("source", ["daily", "weekly", "crawl"])
def test_each_source_alone_gives_the_same_census_and_is_named(tmp_path: Path, source: str) -> None:
    """One method for all three; the answer says which it was."""
    with serving(FEW, daily=few(), weekly={"2026-11-18": few()}) as hub:
        door = analyst(hub, tmp_path)
        door.collect("census", ("from", source))
        answer = door.answer(Totals(Definition.DECLARED))

    assert answer.counts
    assert answer.counts.as_json() == independent(FEW)
    assert {"daily": "daily", "weekly": "weekly", "crawl": "listing"}[source] in answer.origins[0].title


def test_what_is_gone_is_said_and_the_next_source_is_used(tmp_path: Path) -> None:
    """No daily snapshot any more: the weekly one answers."""
    with serving(FEW, weekly={"2026-11-11": parquet(FEW[:99]), "2026-11-18": few()}) as hub:
        sentences = analyst(hub, tmp_path).collect("census")

    assert sentences[0].startswith("Not from the daily snapshot: it answered 401")
    assert sentences[1].startswith("2,500 models of 18 Nov 2026 from the weekly Parquet snapshot")


def test_only_the_wanted_columns_travel(tmp_path: Path) -> None:
    """The fat column nobody reads stays where it is."""
    content = parquet(FEW, fat=400)
    with serving(FEW, daily=content) as hub:
        told: list[str] = []
        analyst(hub, tmp_path).collect("census", (), lambda line, _=None: told.append(line))

    assert len(content) > 20_000_000
    fetched = next(line for line in told if line.startswith("2,500 models read with"))
    assert float(fetched.split()[-2]) * 1e6 < len(content) / 20


def emptied(table: pa.Table) -> pa.Table:
    """Empty all tags."""
    return table.set_column(4, "tags", pa.array([[]] * len(table), pa.list_(pa.string())))


def as_text(table: pa.Table) -> pa.Table:
    """Make downloads a text."""
    return table.set_column(2, "downloads", pc.cast(table["downloads"], pa.string()))


def as_numbers(table: pa.Table) -> pa.Table:
    """Make tags lists of numbers."""
    return table.set_column(4, "tags", pa.array([[1]] * len(table), pa.list_(pa.int64())))


def nothing_in(name: str) -> Change:
    """Empty a column, keeping its type."""

    def change(table: pa.Table) -> pa.Table:
        place = table.schema.get_field_index(name)
        return table.set_column(place, name, pa.nulls(len(table), table.schema.field(place).type))

    return change


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda table: table.slice(0, 250), "90 % fewer than the last one (2,500): part of it is missing upstream"),
        (emptied, "100 % of the models have no tags: the column was emptied upstream"),
        (nothing_in("createdAt"), "100 % of the models have no created_at"),
        (nothing_in("downloads"), "100 % of the models have no downloads"),
        (lambda table: table.drop_columns(["pipeline_tag"]), "100 % of the models have no task"),
        (as_numbers, "columns have changed their type: tags is now list<element: int64>"),
        (as_text, "columns have changed their type: downloads is now string"),
        (lambda table: table.drop_columns(["tags"]), "it has no column tags any more"),
        (lambda table: table.slice(0, 0), "It holds no models"),
        (lambda table: pa.concat_tables([table, table.slice(0, 99)]), "99 ids come twice"),
    ],
)
def test_a_broken_snapshot_is_refused_and_the_old_census_stays(
    stored: Path, tmp_path: Path, change: Change, said: str
) -> None:
    """The message says what probably happened upstream; the totals answer as before."""
    shutil.copytree(stored, tmp_path, dirs_exist_ok=True)
    with serving(FEW, daily=parquet(FEW, change)) as hub:
        later = analyst(hub, tmp_path, DAY + dt.timedelta(days=7))
        hub.renewed = "2026-11-30T08:00:00.000Z"
        with pytest.raises(Changed, match="no source gave a census") as refused:
            later.collect("census", ("from", "daily"))
        answer = later.answer(Totals(Definition.DECLARED))

    assert said in refused.value.why
    assert answer.as_of == DAY


def test_the_refused_file_is_kept_aside(tmp_path: Path) -> None:
    """For a person to look at."""
    with serving(FEW, daily=parquet(FEW, emptied)) as hub, pytest.raises(Changed):
        analyst(hub, tmp_path).collect("census", ("from", "daily"))

    assert (tmp_path / "census" / "refused-daily.parquet").exists()


def test_two_collectors_do_not_work_at_once(tmp_path: Path) -> None:
    """The second is told who works."""
    with (
        serving(FEW, daily=few()) as hub,
        collecting(tmp_path / "census", DAY),
        pytest.raises(BlockingIOError, match="collected already by process"),
    ):
        analyst(hub, tmp_path).collect("census")


def test_of_a_day_of_which_nothing_was_collected_the_article_is_named(tmp_path: Path) -> None:
    """What is known, and no command: what is collected now is of now. The sample was nobody's knowledge then."""
    with serving([]) as hub, pytest.raises(NotCollected) as missing:
        analyst(hub, tmp_path).answer(Totals(), as_of=dt.datetime(2026, 11, 1, tzinfo=dt.UTC))

    assert missing.value.by_hand == ""
    assert "85 % only PyTorch, 8 % only TensorFlow" in missing.value.why


def test_within_a_task_only_its_models_count(tmp_path: Path) -> None:
    """Equal to an independent count of the task."""
    with serving(FEW, daily=few()) as hub:
        door = analyst(hub, tmp_path)
        door.collect("census")
        answer = door.answer(Totals(Definition.DECLARED, task="fill-mask"))

    assert answer.counts
    assert answer.counts.as_json() == independent([one for one in FEW if one.get("pipeline_tag") == "fill-mask"])


LICENCES = ("apache-2.0", "mit", "other", "llama3", None)


def test_the_first_licence_that_a_repository_names_is_counted(tmp_path: Path) -> None:
    """Whatever stands before or behind it; equal to a count of the tags, and those that name none are a class."""
    named = [LICENCES[at % len(LICENCES)] for at in range(len(FEW))]
    bare = [[tag for tag in one["tags"] if not tag.startswith("license:")] for one in FEW]
    found = [
        {**one, "tags": [*tags, *([f"license:{name}", "license:gpl-3.0", "extra"] if name else [])]}
        for one, tags, name in zip(FEW, bare, named, strict=True)
    ]
    with serving(found, daily=parquet(found)) as hub, closing(analyst(hub, tmp_path)) as door:
        door.collect("census")
        answer, whole = door.answer(Totals(aspect=Aspect.LICENCE)), door.answer(Totals()).counts

    assert answer.table
    assert whole
    total = answer.table.names.index("total")
    told = {str(row[0]).strip("“”"): int(str(row[total])) for row in answer.table.rows}
    assert told.pop("all") == whole.total == sum(told.values())
    own = Counter(name or "none named" for (_, is_own), name in zip(judge(found), named, strict=True) if is_own)
    assert told == own


def test_a_census_of_before_licences_were_kept_says_so(tmp_path: Path) -> None:
    """The next one tells them; what it holds of libraries is told as ever."""
    with serving(FEW, daily=parquet(FEW)) as hub, closing(analyst(hub, tmp_path)) as door:
        door.collect("census")
        kept = door.context.readings.newest(CENSUS)
        assert kept is not None
        faces = {name: face for name, face in kept.body.items() if name != "licences"}
        older = kept.as_of - dt.timedelta(hours=1)
        door.context.readings.add(replace(kept, as_of=older, body=faces))
        with pytest.raises(NotCollected, match="does not include it; the next one will"):
            door.answer(Totals(aspect=Aspect.LICENCE), older)


def test_what_nobody_downloads_is_told_of_older_censuses_too(tmp_path: Path) -> None:
    """Those were kept without this face, and have it in their cube; equal to a count of the rows by their tags."""
    found = [{**one, "downloads": at % 3 * one["downloads"]} for at, one in enumerate(FEW)]
    with serving(found, daily=parquet(found)) as hub, closing(analyst(hub, tmp_path)) as door:
        door.collect("census")
        now = [door.answer(Totals(definition, aspect=Aspect.DEAD)) for definition in Definition]
        libraries = door.answer(Totals(aspect=Aspect.LIBRARY))
        kept = door.context.readings.newest(CENSUS)
        assert kept is not None
        faces = {name: face for name, face in kept.body.items() if name not in ("idle", "libraries")}
        later = replace(kept, as_of=kept.as_of + dt.timedelta(hours=1), body=faces)
        whole = door.context.readings.newest(CENSUS_CUBE)
        assert whole is not None
        door.context.readings.add(replace(whole, as_of=later.as_of))
        door.context.readings.add(later)
        then = [door.answer(Totals(definition, aspect=Aspect.DEAD), later.as_of) for definition in Definition]
        assert door.answer(Totals(aspect=Aspect.LIBRARY), later.as_of).table == libraries.table

    assert [one.table for one in then] == [one.table for one in now]
    dead = found[::3]
    assert now[1].frameworks["PyTorch"] == sum("pytorch" in one["tags"] for one in dead)
    assert now[1].frameworks["TensorFlow"] == sum("tf" in one["tags"] for one in dead) > 0


def test_history_fills_past_weeks_once_and_the_trend_shows_them(tmp_path: Path) -> None:
    """Every fourth week, resumable; the share of downloads gets a line, new models a quarter another."""
    weeks = {
        day: parquet(ALL[:count]) for day, count in (("2024-07-24", 5000), ("2024-07-31", 5100), ("2024-08-21", 5200))
    }
    with serving(ALL, daily=parquet(ALL), weekly=weeks) as hub:
        door = analyst(hub, tmp_path)
        door.collect("census")
        first = door.collect("history", ("from", "2024-07-24", "every", "4w"))
        second = door.collect("history", ("from", "2024-07-24", "every", "4w"))
        answer = door.answer(Trend(Definition.DECLARED))

    assert [sentence[:27] for sentence in first] == ["5,000 models of 24 Jul 2024", "5,200 models of 21 Aug 2024"]
    assert second == ("All these weeks are stored already.",)
    totals = door.answer(Totals(Definition.DECLARED))
    assert any(line.startswith("Since the census of 21 Aug 2024: PyTorch +") for line in totals.detail)
    assert isinstance(answer.chart, Panels)
    (growth,) = answer.chart.panels
    downloads = next(series for series in answer.series if series.name == "PyTorch, share of downloads")
    assert [month for month, _ in downloads.points] == ["2024-07", "2024-08", "2026-11"]
    assert growth.lines[0].points[0][0] == "2022Q2"
    assert answer.table
    assert answer.table.rows[0][0] == "up to 2022Q1"


def test_new_models_by_quarter_equal_an_independent_count(tmp_path: Path) -> None:
    """PyTorch's of every quarter, by pandas."""
    with serving(FEW, daily=few()) as hub:
        door = analyst(hub, tmp_path)
        door.collect("census")
        series = {series.name: dict(series.points) for series in door.answer(Trend(Definition.DECLARED)).series}

    frame = pd.DataFrame(FEW)
    quarter = pd.to_datetime(frame["createdAt"]).dt.tz_localize(None).dt.to_period("Q").astype(str)
    frame, quarter = frame[quarter != "2026Q4"], quarter[quarter != "2026Q4"]  # which is not over
    expected = frame[frame["tags"].apply(lambda tags: "pytorch" in tags)].groupby(quarter).size().to_dict()
    assert {at.removeprefix("up to "): int(n) for at, n in series["PyTorch"].items() if n} == expected


def copies(models: list[Any]) -> list[Any]:
    """Make all of them quantised copies of one model."""
    return [{**one, "tags": ["gguf", "base_model:quantized:org/base"], "pipeline_tag": "graph-ml"} for one in models]


@pytest.mark.parametrize(
    ("request_", "as_of", "said"),
    [
        (Totals(task="graph-ml"), None, "knows no original or fine-tune with weights of the task graph-ml"),
        (
            Totals(),
            dt.datetime(2024, 1, 1, tzinfo=dt.UTC),
            "No census of 1 Jan 2024 or earlier is stored; the first is",
        ),
        (Trend(), dt.datetime(2024, 1, 1, tzinfo=dt.UTC), "No census of 1 Jan 2024 or earlier is stored; the first is"),
    ],
)
def test_what_a_census_cannot_answer_is_said(
    tmp_path: Path, request_: Totals | Trend, as_of: dt.datetime | None, said: str
) -> None:
    """A task of copies alone, a day before the first census: a sentence with a way on, never an empty picture."""
    with serving(FEW, daily=parquet(copies(FEW[:100]) + FEW[100:])) as hub:
        door = analyst(hub, tmp_path)
        door.collect("census")
        with pytest.raises(NotCollected) as missing:
            door.answer(request_, as_of=as_of)

    assert said in missing.value.why


def test_a_hub_younger_than_a_quarter_has_no_trend_yet(tmp_path: Path) -> None:
    """All of its models are of the running quarter."""
    young = [{**one, "createdAt": "2026-11-20T00:00:00.000Z"} for one in FEW[:50]]
    with serving(young, daily=parquet(young)) as hub:
        door = analyst(hub, tmp_path)
        door.collect("census")
        with pytest.raises(NotCollected, match="in a quarter that is over"):
            door.answer(Trend())
