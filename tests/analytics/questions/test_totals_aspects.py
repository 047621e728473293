"""Downloads, libraries and what nobody downloads: every number said is recomputed from the rows of the cube."""

import datetime as dt
import re
from collections import Counter

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.domain.answer import Answer, Origin
from analytics.domain.chart_specs import Bars
from analytics.domain.counts import Bracket
from analytics.domain.requests import NAMED, Aspect, Definition, Totals
from analytics.questions.totals_dead import totals_dead
from analytics.questions.totals_downloads import totals_downloads
from analytics.questions.totals_named import NAMES, totals_named
from analytics.ranking.census_groups import Census, CensusCircumstances
from analytics.ranking.census_rows import CensusRow, read_rows

DAY = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)
ORIGIN = Origin("cfahlgren1/hub-stats", "daily Parquet snapshot of the Hub", "https://example.org", "2026-11-23")
COLUMNS = ("split", "task", "library", "derivative", "remark", "band", "models", "downloads")
ROWS = st.lists(
    st.tuples(
        st.sampled_from(["pytorch_only", "tensorflow_only", "both", "neither"]),
        st.sampled_from(["fill-mask", "(none)"]),
        st.sampled_from(["transformers", "keras", "timm", "flair", "nemo", "gliner", "(other)", "(none)"]),
        st.sampled_from(["original", "finetune", "quantised"]),
        st.sampled_from(["", "unknown", "no-weights"]),
        st.sampled_from([-1, 0, 1, 7]),
        st.integers(1, 900),
        st.integers(0, 10**9),
    ),
    min_size=1,
    max_size=12,
).map(lambda rows: pd.DataFrame([_without(row) for row in rows], columns=list(COLUMNS)))


def _without(row: tuple[object, ...]) -> tuple[object, ...]:
    """Give no downloads to what was not downloaded."""
    return (*row[:-1], 0) if row[5] in (-1, 0) else row


def read(frame: pd.DataFrame) -> tuple[CensusRow, ...]:
    """Read the rows of a frame as those of a stored census are; what is told of them here is recounted in the frame."""
    told = frame.to_dict("split")
    return read_rows({"columns": told["columns"], "rows": told["data"]})


def census(frame: pd.DataFrame) -> Census:
    """Make a census of rows that are attributed, and proven unless they say otherwise."""
    return Census(read(pd.DataFrame({"definition": "attributed", "assumed": ""} | dict(frame))), {}, DAY, (ORIGIN,))


def own(frame: pd.DataFrame, task: str | None = None) -> pd.DataFrame:
    """Choose the originals and fine-tunes with weights, as a notebook would."""
    kept = frame[frame["derivative"].isin(["original", "finetune"]) & (frame["remark"] != "no-weights")]
    return kept[kept["task"] == task] if task else kept


def add(frame: pd.DataFrame, measure: str, *splits: str) -> int:
    """Add a measure up over some parts of the split."""
    return int(frame.loc[frame["split"].isin(splits), measure].sum())


IN_PYTORCH, IN_TENSORFLOW = ("pytorch_only", "both"), ("tensorflow_only", "both")


def numbers(said: str) -> list[int]:
    """Read the numbers of a sentence."""
    return [int(one.replace(",", "")) for one in re.findall(r"\d[\d,]*", said)]


@given(ROWS, st.sampled_from([None, "fill-mask"]))
def test_downloads_are_those_of_the_rows(frame: pd.DataFrame, task: str | None) -> None:
    """The four parts, their sum, the models they are of; and the shares told add up to 100."""
    request, mine = Totals(task=task, aspect=Aspect.DOWNLOADS), own(frame, task)
    if not mine["downloads"].sum():
        with pytest.raises(ValueError, match="download"):
            totals_downloads(request, census(frame), CensusCircumstances())
        return
    answer = totals_downloads(request, census(frame), CensusCircumstances())

    four = [add(mine, "downloads", split) for split in ("pytorch_only", "tensorflow_only", "both", "neither")]
    assert numbers(answer.counted)[:5] == [sum(four), *four]
    assert answer.table is not None
    assert answer.table.rows[0][1:6] == (*four, sum(four))
    assert answer.table.rows[-1][5] == int(mine["models"].sum())
    assert f"{int(mine['models'].sum()):,} " in answer.headline
    plain = [part for part in re.findall(r"((?:under|over) )?(\d+) %", answer.counted) if not part[0]]
    assert sum(int(part) for _, part in plain) in (100, 0), "some are under 1, one over 99 beside them"


@given(ROWS, st.sampled_from([None, "fill-mask"]))
def test_the_dead_are_those_of_band_nought(frame: pd.DataFrame, task: str | None) -> None:
    """How many of how many in either framework; those not told are counted, and are not dead."""
    mine, idle = own(frame, task), frame[frame["band"] <= 0]
    request = Totals(task=task, aspect=Aspect.DEAD)
    if mine.empty:
        return
    answer = totals_dead(request, census(frame), census(idle), CensusCircumstances())

    dead = mine[mine["band"] == 0]
    told = [add(part, "models", *splits) for splits in (IN_PYTORCH, IN_TENSORFLOW) for part in (dead, mine)]
    said = re.sub(r"\([^)]*\)", "", answer.headline)
    there = [n for dead_of, every in (told[:2], told[2:]) if every for n in (dead_of, every)]
    assert numbers(said) == ([*there, 30] if there else [])
    assert ("is in" in said) == (len(there) < len(told)), "a framework without a model has no number"
    assert said.count(task or "model") >= 1
    assert any(f"Of all {int(mine['models'].sum()):,} model" in line for line in answer.further)
    assert answer.frameworks == {"PyTorch": told[0], "TensorFlow": told[2]}
    untold = int(mine.loc[mine["band"] == -1, "models"].sum())
    assert any("not known" in doubt for doubt in answer.doubts) == bool(untold)
    assert answer.table is not None
    rows = {row[0]: row[5] for row in answer.table.rows}
    assert rows["no download"] + rows.get("downloaded", 0) + rows.get("not known", 0) == rows["all"]


@pytest.mark.parametrize("aspect", NAMED)
@given(frame=ROWS)
def test_the_name_that_most_models_give_is_the_largest_of_the_rows(aspect: Aspect, frame: pd.DataFrame) -> None:
    """With its number, and all that are level with it; the table adds up to all models."""
    mine = own(frame)
    if mine.empty:
        return
    frame = frame.rename(columns={"library": NAMES[aspect].one})
    answer = totals_named(Totals(aspect=aspect), census(frame), CensusCircumstances())

    for splits, where in ((IN_PYTORCH, "PyTorch"), (IN_TENSORFLOW, "TensorFlow")):
        inside = mine[mine["split"].isin(splits)]
        named = Counter({str(n): int(part["models"].sum()) for n, part in inside.groupby("library") if n[0] != "("})
        most = max(named.values(), default=0)
        whole = int(inside["models"].sum())
        rest = f"none by {where}’s {whole:,}" if whole else f"no model is in {where}"
        level = [name for name, n in named.items() if n == most > 0]
        nothing = answer.title.startswith("No ")
        assert most == 0 if nothing else (f"{most:,} of {where}’s {whole:,}" if most else rest) in answer.headline
        assert all(name in answer.title for name in level) or f"{len(level)} level" in answer.title
    assert answer.table is not None
    *libraries, every = [row[1:6] for row in answer.table.rows]
    assert tuple(map(sum, zip(*libraries, strict=True))) == every


@pytest.mark.parametrize("aspect", NAMED)
def test_as_many_that_are_level_are_not_the_same(aspect: Aspect) -> None:
    """Two names are first in either framework, only one of them in both: they are not told as if they were the same."""
    names = [
        ("pytorch_only", "transformers-of-a-long-name"),
        ("both", "keras-of-a-long-name"),
        ("tensorflow_only", "timm"),
    ]
    rows = [(split, "", name, "original", "", 1, 1, 1) for split, name in names]
    frame = pd.DataFrame(rows, columns=list(COLUMNS)).rename(columns={"library": NAMES[aspect].one})
    answer = totals_named(Totals(aspect=aspect), census(frame), CensusCircumstances())

    assert answer.title.endswith("2 level in PyTorch, 2 level in TensorFlow")


@pytest.mark.parametrize("aspect", NAMED)
def test_the_name_in_the_headline_has_its_range(aspect: Aspect) -> None:
    """Of 900 by one name 300 are proven, 600 assumed, and 100 more show no framework; the other name is sure."""
    rows = [
        ("pytorch_only", "", "one", "original", "", 1, 300, 1),
        ("pytorch_only", "", "one", "original", "", 1, 600, 1),
        ("neither", "", "one", "original", "unknown", 1, 100, 1),
        ("tensorflow_only", "", "two", "original", "", 1, 1000, 1),
    ]
    frame = pd.DataFrame(rows, columns=list(COLUMNS)).rename(columns={"library": NAMES[aspect].one})
    whole = census(frame.assign(assumed=["", "PyTorch", "", ""]))
    told = totals_named(Totals(aspect=aspect), whole, CensusCircumstances()).further

    assert [line for line in told if "by their" in line] == [
        f"How sure that is, in models by their {NAMES[aspect].one}: one in PyTorch 900 (300 proven, at most 1,000)."
    ]


def ask_by_tags(aspect: Aspect) -> Answer:
    """Ask by the tags of a cube in which one tagged pytorch is downloaded and one tagged tf is not."""
    rows = [("pytorch_only", "", "", "", "", 1, 1, 50), ("tensorflow_only", "", "", "", "", 0, 1, 0)]
    frame = pd.DataFrame(rows, columns=list(COLUMNS)).assign(definition="declared")
    whole, idle = (census(one) for one in (frame, frame[frame["band"] == 0]))
    request = Totals(Definition.DECLARED, aspect=aspect)
    if aspect is Aspect.DEAD:
        return totals_dead(request, whole, idle, CensusCircumstances())
    return totals_downloads(request, whole, CensusCircumstances())


def test_by_the_tags_every_sentence_says_so() -> None:
    """Pasted alone into a slide neither says that a model is in a framework."""
    downloads, dead = ask_by_tags(Aspect.DOWNLOADS), ask_by_tags(Aspect.DEAD)

    assert "tag pytorch only 100 %, tag tf only 0 %" in downloads.headline
    assert "by tags" in downloads.title
    said = "0 of 1 model of the Hub tagged pytorch (0 %) and 1 of 1 tagged tf (100 %) had no download in 30 days"
    assert dead.headline == said
    assert dead.title == "Not downloaded in 30 days: tagged pytorch 0 %, tf 100 %"


@given(ROWS, st.lists(st.sampled_from(["", "PyTorch", "TensorFlow", "both"]), min_size=12, max_size=12))
def test_every_aspect_says_how_sure_its_counts_are(frame: pd.DataFrame, assumed: list[str]) -> None:
    """Proven, with the assumed, with all that show nothing; hatched in the bars, and of the dead only theirs."""
    frame = frame.assign(assumed=assumed[: len(frame)])
    seen, idle, mine = census(frame), census(frame[frame["band"] <= 0]), own(frame)
    if mine.empty:
        return
    by_library = totals_named(Totals(aspect=Aspect.LIBRARY), seen, CensusCircumstances())
    dead = totals_dead(Totals(aspect=Aspect.DEAD), seen, idle, CensusCircumstances())

    for answer, rows in ((by_library, mine), (dead, mine[mine["band"] == 0])):
        for name, splits in (("PyTorch", IN_PYTORCH), ("TensorFlow", IN_TENSORFLOW)):
            inside = rows[rows["split"].isin(splits)]
            proven = int(inside.loc[~inside["assumed"].isin([name, "both"]), "models"].sum())
            counted, unknown = int(inside["models"].sum()), int(rows.loc[rows["remark"] == "unknown", "models"].sum())
            assert answer.brackets[name] == Bracket(proven, counted, counted + unknown, int(rows["models"].sum()))
        unsure = rows[(rows["assumed"] != "") | (rows["remark"] == "unknown")]
        assert isinstance(answer.chart, Bars)
        drawn = {bar.label: bar.unsure.total for bar in answer.chart.bars}
        assert drawn.get("all", drawn.get("no download", 0)) == int(unsure["models"].sum())


def test_a_row_of_the_table_and_a_bar_of_the_same_name_count_the_same() -> None:
    """The chart draws three names by themselves; what it adds up of all others is not what the table calls others."""
    names = ["transformers", "keras", "timm", "flair", "nemo", "(other)", "(none)"]
    told = [("pytorch_only", "fill-mask", name, "original", "", 1, 9 - at, 5) for at, name in enumerate(names)]
    frame = pd.DataFrame(told, columns=list(COLUMNS))
    answer = totals_named(Totals(aspect=Aspect.LIBRARY), census(frame), CensusCircumstances())

    assert isinstance(answer.chart, Bars)
    assert answer.table
    rows = {row[0]: row[5] for row in answer.table.rows}
    drawn = {bar.label: bar.counts.total for bar in answer.chart.bars}
    assert {name: rows.get(name, total) for name, total in drawn.items()} == drawn
    assert drawn["all others"] == 6 + 5 + 4
