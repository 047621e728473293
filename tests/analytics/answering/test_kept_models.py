"""Single models: what is kept of a reading, under which names, and what stands in for what cannot be read now."""

import datetime as dt
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from analytics.analyst import Analyst
from analytics.answering.model_cache import ModelCache
from analytics.attribution import METHOD
from analytics.context import Context
from analytics.domain.answer import Origin
from analytics.domain.observations import Configuration, Model, Ranking, Repository, TopList
from analytics.domain.reading_kinds import MODEL
from analytics.errors import Missing, NoSuchModel, NothingStored, SourceError, Unreachable
from analytics.sources.hub.client import Header
from analytics.storage.readings import Reading

DAY = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)
HOUR, WEEK = dt.timedelta(hours=1), dt.timedelta(weeks=1)
ORIGIN = Origin("Hugging Face Hub", "model", "http://hub", "now")
DOWN = Unreachable("http://hub", "it did not answer")
BARE = Model("lab/New", 5, tags=("safetensors",), files=("model.safetensors",))
"""Its only evidence is the header of its file."""


@dataclass
class OneHub:
    """A Hub of one model, or of none; its header can be read, or not. It notes what it is asked."""

    model: Model | None = BARE
    header_is: Header | SourceError = DOWN
    configuration: Configuration | None = None
    trouble: SourceError | None = None
    asked: list[Any] = field(default_factory=list)
    token_is_refused: bool = False

    def one(self, name: str, *, now: Any, **_rest: Any) -> Repository:
        """Give it, by whatever name."""
        self.asked.append(("one", name))
        if self.trouble or self.model is None:
            raise self.trouble or Missing(name, "there is none")
        return Repository(self.model, name, now(), ORIGIN, configuration=self.configuration)

    def header(self, _repository: Repository, file: str, **_rest: Any) -> Header:
        """Give its header, or refuse."""
        self.asked.append(("header", file))
        if isinstance(self.header_is, SourceError):
            raise self.header_is
        return self.header_is

    def search(self, wanted: Any, _limit: int, **_rest: Any) -> list[Model]:
        """Find nothing."""
        self.asked.append(("search", *wanted))
        return []


@dataclass
class ShelfInTime:
    """A context with a clock that is moved by hand."""

    context: Context
    now: dt.datetime = DAY

    def read(self, hub: OneHub, name: str = "lab/new") -> Any:
        """Ask for a model."""
        return ModelCache(self.on(hub)).read(name)

    def on(self, hub: OneHub) -> Context:
        """Put a Hub before the store."""
        return replace(self.context, hub=hub, clock=lambda: self.now)  # type: ignore[arg-type]  # only what is called

    def list_model(self, as_of: dt.datetime) -> None:
        """Store a top list that holds it."""
        self.context.top_lists.add(TopList(Ranking(), as_of, (BARE,), 30, complete=True, origin=ORIGIN), METHOD)


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[ShelfInTime]:
    """Open one with nothing on it, for people who may not see what is private."""
    with closing(Analyst(tmp_path, "http://127.0.0.1:9", clock=lambda: DAY, shows_private=False)) as analyst:
        yield ShelfInTime(analyst.context)


@pytest.mark.parametrize("said", [{}, {"private": None}, {"private": True}])
def test_a_reading_that_does_not_say_whether_it_is_private_is_not_shown(
    shelf: ShelfInTime, said: dict[str, Any]
) -> None:
    """Versions of before kept none of this: what they read may have been its owner's alone."""
    model = {"id": "lab/New", "downloads_30d": 5}
    shelf.context.readings.add(
        Reading(MODEL, "lab/new", DAY, METHOD, {"model": model, "asked": "x", **said}, (ORIGIN,))
    )

    with pytest.raises(NothingStored):
        shelf.read(OneHub(trouble=DOWN))
    with pytest.raises(NothingStored):
        ModelCache(shelf.on(OneHub(trouble=DOWN))).as_of("lab/new", DAY)


def test_a_model_is_kept_under_its_own_name_too(shelf: ShelfInTime) -> None:
    """Asked for by an old name, then by the new one: the Hub is asked once."""
    hub = OneHub(Model("lab/New", 5, tags=("pytorch",), files=("pytorch_model.bin",)))
    shelf.read(hub, "lab/old")
    shelf.read(hub, "Lab/NEW")
    shelf.read(hub, "LAB/old")

    assert hub.asked == [("one", "lab/old")]


def test_what_was_known_on_a_day_is_not_stale(shelf: ShelfInTime) -> None:
    """It was asked for as of that day, and a list of that day holds it."""
    shelf.list_model(DAY - WEEK)

    seen = ModelCache(shelf.on(OneHub(trouble=DOWN))).as_of("lab/new", DAY - HOUR)
    assert (seen.stale, seen.sample) == (False, False)
    assert shelf.read(OneHub(trouble=DOWN)).stale


def test_the_sample_is_called_so_and_not_stale(shelf: ShelfInTime) -> None:
    """Two words for one thing would be two caveats."""
    name = next(iter(ModelCache(shelf.on(OneHub(trouble=DOWN))).list_models())).id

    seen = shelf.read(OneHub(trouble=DOWN), name)
    assert (seen.stale, seen.sample) == (False, True)


def test_a_model_that_is_gone_was_shown_on_the_last_day_it_was_seen(shelf: ShelfInTime) -> None:
    """In the newest list, not in the oldest reading."""
    shelf.now = DAY - WEEK
    shelf.read(OneHub(header_is=Header("pt", None)))
    shelf.list_model(DAY - HOUR)
    shelf.now = DAY

    with pytest.raises(NoSuchModel) as gone:
        shelf.read(OneHub(model=None))
    assert "showed it on 23 Nov 2026" in gone.value.why


def test_the_longest_word_of_a_wrong_name_is_searched_for(shelf: ShelfInTime) -> None:
    """A mistyped word seldom is the longest, nor is it always the last."""
    hub = OneHub(model=None)
    with pytest.raises(NoSuchModel):
        shelf.read(hub, "lab/ab-abcdefgh_abc.d")

    assert hub.asked[-1] == ("search", ("search", "abcdefgh"))


def test_a_model_whose_files_are_closed_to_us_is_not_asked_for_more_of_them(shelf: ShelfInTime) -> None:
    """Its header was refused; the names in it would be refused as well, and each call costs seconds."""
    hub = OneHub(header_is=Missing("http://hub", "it wants a token"), configuration=Configuration("bert"))

    assert shelf.read(hub).repository.restricted
    assert hub.asked == [("one", "lab/new"), ("header", "model.safetensors")]


@pytest.mark.parametrize("trouble", [DOWN, Missing("http://hub", "it wants a token")])
def test_a_header_that_was_read_once_is_not_forgotten(shelf: ShelfInTime, trouble: SourceError) -> None:
    """It cannot be read now: the verdict stays what it was, and does not turn into a guess."""
    shelf.read(OneHub(header_is=Header("pt", None)))
    shelf.now += WEEK

    assert shelf.read(OneHub(header_is=trouble)).repository.model.header == "pt"
