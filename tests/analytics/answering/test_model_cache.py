"""Single models: how long one question asks the Hub altogether, and which names are suggested."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from analytics.analyst import Analyst
from analytics.answering.model_cache import ModelCache
from analytics.context import Context
from analytics.domain.observations import Model, Ranking
from analytics.domain.requests import LISTED
from analytics.errors import Missing, NoSuchModel, Unreachable


@dataclass
class OtherHub:
    """A Hub that has other models than the one asked for, and notes how many seconds it is given."""

    names: tuple[str, ...] = ()
    downloads: dict[str, int] = field(default_factory=dict)
    seconds: list[float] = field(default_factory=list)
    token_is_refused: bool = False

    def one(self, name: str, **_rest: Any) -> None:
        """Have no such model."""
        raise Missing(name, "there is none")

    def search(self, _wanted: object, _limit: int, *, seconds: float) -> list[Model]:
        """Find them all."""
        self.seconds.append(seconds)
        return [Model(name, downloads_30d=self.downloads.get(name)) for name in self.names]


@pytest.fixture
def context(tmp_path: Path) -> Iterator[Context]:
    """Give the context of an analyst that waits five seconds for a call."""
    with closing(Analyst(tmp_path, "http://127.0.0.1:9", seconds=5.0)) as analyst:
        yield analyst.context


def suggested(context: Context, name: str, *there: str) -> tuple[str, ...]:
    """Ask for a name that does not exist where others do."""
    with pytest.raises(NoSuchModel) as missing:
        ModelCache(replace(context, hub=OtherHub(there))).read(name)  # type: ignore[arg-type]  # only what is called
    return missing.value.near


@pytest.mark.parametrize(("same", "alike"), [(12, True), (11, False)])
def test_what_is_six_tenths_alike_is_suggested(context: Context, same: int, *, alike: bool) -> None:
    """Of twenty letters twelve; below that it is another name, and a suggestion would be a guess."""
    other = f"lab/{'z' * same}{'k' * (20 - same)}"

    assert suggested(context, "lab/" + "z" * same + "q" * (20 - same), other) == ((other,) if alike else ())


def test_three_names_are_suggested(context: Context) -> None:
    """As many as fit beside one another as buttons; the likest first."""
    there = [f"lab/zzzzqqqqjjjj{end}" for end in ("", "k", "kk", "kkk", "kkkk")]

    assert suggested(context, "lab/zzzzqqqqjjjj", *reversed(there)) == tuple(there[:3])


def test_the_same_author_comes_first_then_downloads(context: Context) -> None:
    """Who mistypes the name seldom mistypes the account; a copy that nobody takes stands behind."""
    downloads = {"lab/zzzzqqqqjjj": 5, "lab/zzzzqqqqj": 7, "copy/zzzzqqqqjjjj": 900}
    hub = OtherHub(tuple(downloads), downloads)

    with pytest.raises(NoSuchModel) as missing:
        ModelCache(replace(context, hub=hub)).read("lab/zzzzqqqqjjjj")  # type: ignore[arg-type]  # only what is called

    assert missing.value.near == ("lab/zzzzqqqqj", "lab/zzzzqqqqjjj", "copy/zzzzqqqqjjjj")


@pytest.mark.parametrize(("copied", "asked"), [(100, "lab/zzz"), (400, None)])
def test_a_bare_name_with_one_outstanding_owner_is_answered(context: Context, copied: int, asked: str | None) -> None:
    """Five times the downloads of the next are outstanding; else both are offered."""
    there: list[str] = []

    class Owned(OtherHub):
        def one(self, name: str, **_rest: Any) -> None:
            there.append(name)
            raise Missing(name, "there is none")

    hub = Owned(("lab/zzz", "copy/zzz"), {"lab/zzz": 1_000, "copy/zzz": copied})
    with pytest.raises(NoSuchModel):
        ModelCache(replace(context, hub=hub)).read("zzz")  # type: ignore[arg-type]  # only what is called

    assert there == ["zzz", *([asked] if asked else [])]


@pytest.mark.parametrize(("spent", "left"), [(0, 5.0), (4, 5.0), (9, 1.0)])
def test_one_question_asks_for_ten_seconds_altogether(context: Context, spent: float, left: float) -> None:
    """Twice as long as for one call; the last call gets what is left."""
    hub, now = OtherHub(), [1000.0]
    cache = ModelCache(replace(context, hub=hub), lambda: now[0])  # type: ignore[arg-type]  # only what is called
    now[0] += spent
    cache.search([], 1)

    assert hub.seconds == [left]


def test_after_ten_seconds_the_hub_is_left_alone(context: Context) -> None:
    """The question is answered from what is stored."""
    hub, now = OtherHub(), [1000.0]
    cache = ModelCache(replace(context, hub=hub), lambda: now[0])  # type: ignore[arg-type]  # only what is called
    now[0] += 10

    with pytest.raises(Unreachable, match="it took more than 10 s"):
        cache.search([], 1)
    assert hub.seconds == []


def test_one_question_reads_each_stored_list_once(context: Context) -> None:
    """However often it looks through them: for the model, its base, its twins and what is alike; a later one anew."""
    read: list[str] = []

    class Noting:
        def newest(self, ranking: Ranking) -> None:
            read.append(ranking.by)

    lists = replace(context, top_lists=Noting())  # type: ignore[arg-type]  # only what is called
    for _ in "ab":
        cache = ModelCache(lists)
        assert list(cache.list_models()) == list(cache.list_models())

    assert read == [*LISTED, *LISTED]
