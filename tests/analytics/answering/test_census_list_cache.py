"""`top30 by alltime`: the order that the Hub's listing cannot give, from the newest census."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from analytics.analyst import Analyst
from analytics.domain.answer import Answer
from analytics.domain.requests import Top
from analytics.errors import NoSuchAuthor, NoSuchTask, NotCollected
from tests.analytics.census.hubs import items, parquet, serving
from tests.loopback.hub import LoopbackHub

DAY = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)
MODELS = items(2500)
EVER = {one["id"]: (number * 7919) % 104_729 for number, one in enumerate(MODELS)}
"""Downloads of all time, in another order than those of 30 days."""


def with_ever(table: pa.Table) -> pa.Table:
    """Add the column the snapshots have for it."""
    ever = [EVER[name] for name in table["id"].to_pylist()]
    return table.append_column("downloadsAllTime", pa.array(ever, pa.int64()))


def expected(n: int, **narrowed: str) -> list[str]:
    """Sort the models in plain Python."""
    author = narrowed.get("author")
    kept = [one for one in MODELS if not author or one["id"].lower().startswith(f"{author.lower()}/")]
    kept = [one for one in kept if one.get("pipeline_tag") == narrowed.get("task", one.get("pipeline_tag"))]
    return sorted((one["id"] for one in kept), key=lambda name: (-EVER[name], name))[:n]


def models(answer: Answer) -> list[Any]:
    """Give the models of the table, in order."""
    assert answer.table
    return [row[answer.table.names.index("model")] for row in answer.table.rows]


@pytest.fixture(scope="module")
def hub() -> Iterator[LoopbackHub]:
    """Serve a daily snapshot that tells downloads of all time."""
    with serving(MODELS, daily=parquet(MODELS, with_ever)) as running:
        yield running


@pytest.mark.parametrize(
    "narrowed", [{}, {"task": "fill-mask"}, {"author": "GOOGLE"}, {"task": "fill-mask", "author": "google"}], ids=str
)
def test_the_order_equals_an_independent_sort(door: Analyst, narrowed: dict[str, str]) -> None:
    """Of all models, within a task, an account in any case, and both; told as what it is, with its number."""
    answer = door.answer(Top(20, "alltime", **narrowed))

    assert models(answer) == expected(20, **narrowed)
    assert answer.table
    assert answer.table.rows[0][answer.table.names.index("downloads_all")] == EVER[models(answer)[0]]
    assert "All-time downloads" in answer.subtitle
    assert "sorted by downloadsAllTime" in answer.origins[0].title
    assert any("cannot be sorted by downloads of all time" in caveat for caveat in answer.caveats)


def test_it_is_given_again_later_with_the_hub_gone(door: Analyst, hub: LoopbackHub) -> None:
    """The same words and moment give the same JSON; the Hub is not even asked."""
    asked = len(hub.requests)
    first = door.answer(Top(20, "alltime", task="fill-mask"))

    again = door.answer(Top(20, "alltime", task="fill-mask"), as_of=first.as_of)

    assert again.as_json() == first.as_json()
    assert len(hub.requests) == asked


def test_a_name_nobody_has_is_said(door: Analyst) -> None:
    """An empty list is no answer."""
    with pytest.raises(NoSuchAuthor):
        door.answer(Top(20, "alltime", author="nobody-at-all"))
    with pytest.raises(NoSuchTask):
        door.answer(Top(20, "alltime", task="magic"))


def test_an_old_census_is_marked(tmp_path: Path, hub: LoopbackHub) -> None:
    """Three weeks later nobody has collected another."""
    now = DAY
    analyst = Analyst(tmp_path, hub.endpoint, clock=lambda: now)
    analyst.collect("census")
    now += dt.timedelta(weeks=3)

    assert analyst.answer(Top(20, "alltime")).stale


def test_where_the_file_is_not_here_the_stored_thousand_answer(tmp_path: Path, hub: LoopbackHub) -> None:
    """Another machine of the same database has the census and not its file: it says how far its list reaches."""
    analyst = Analyst(tmp_path, hub.endpoint, clock=lambda: DAY)
    analyst.collect("census")
    for file in (tmp_path / "census").glob("*.parquet"):
        file.unlink()

    assert models(analyst.answer(Top(30, "alltime"))) == expected(30)
    answer = analyst.answer(Top(5, "alltime", task="fill-mask"))
    assert models(answer) == expected(5, task="fill-mask")
    assert any("Only its first 1,000 models" in caveat for caveat in answer.caveats)
    with pytest.raises(NotCollected, match="not on this machine"):
        analyst.answer(Top(5, "alltime", author="nobody-at-all"))


@pytest.mark.parametrize("kept", [0, 100, 1000])
def test_where_the_file_is_damaged_the_stored_thousand_answer(tmp_path: Path, hub: LoopbackHub, kept: int) -> None:
    """Whether its beginning or its whole content is rubbish: as if it were not here."""
    analyst = Analyst(tmp_path, hub.endpoint, clock=lambda: DAY)
    analyst.collect("census")
    (file,) = (tmp_path / "census").glob("*.parquet")
    content = file.read_bytes()
    file.write_bytes(content[:4] + b"\xff" * (len(content) - 4 - kept) + content[len(content) - kept :])

    answer = analyst.answer(Top(5, "alltime", task="fill-mask"))
    assert models(answer) == expected(5, task="fill-mask")
    assert any("Only its first 1,000 models" in caveat for caveat in answer.caveats)


def test_without_a_census_it_is_said_what_there_is_instead(tmp_path: Path) -> None:
    """Nothing is guessed from another measure."""
    with serving([]) as hub, pytest.raises(NotCollected, match="none has been collected yet"):
        Analyst(tmp_path, hub.endpoint, clock=lambda: DAY).answer(Top(30, "alltime"))


def test_a_census_that_does_not_tell_it_is_no_list_of_noughts(tmp_path: Path) -> None:
    """Older snapshots have no such column."""
    with serving(MODELS, daily=parquet(MODELS)) as hub:
        analyst = Analyst(tmp_path, hub.endpoint, clock=lambda: DAY)
        analyst.collect("census")
        with pytest.raises(NotCollected, match="no such column"):
            analyst.answer(Top(30, "alltime"))
