"""`top400 in tensorflow`: more than the first thousand models hold, so they come out of the census."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from analytics.analyst import Analyst
from analytics.attribution import Certainty, Tier, attribute
from analytics.census.framework_lists import WantedModels, select
from analytics.domain.answer import Answer, Origin
from analytics.domain.counts import Bracket
from analytics.domain.observations import Ranking
from analytics.domain.requests import Top
from analytics.sources.hub.items import model_of
from tests.analytics.census.hubs import items, parquet, serving
from tests.loopback.hub import LoopbackHub

DAY = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)
MODELS = [one | {"likes": (number * 7919) % 104_729} for number, one in enumerate(items(3000))]
ASKED = Top(400, framework="TensorFlow")


def expected(request: Top) -> list[tuple[int, str]]:
    """Select in plain Python: each model judged alone by the rule, with its rank among all."""
    seen = [model for model in map(model_of, MODELS) if model]
    seen = [one for one in seen if request.task in (None, one.task)]
    seen = [one for one in seen if not request.author or one.author.casefold() == request.author.casefold()]
    measure = {"downloads": lambda one: one.downloads_30d, "likes": lambda one: one.likes}[request.by]
    seen.sort(key=lambda one: (-(measure(one) or 0), one.id))
    verdicts = [(rank, one.id, attribute(one)) for rank, one in enumerate(seen, start=1)]
    others = {"TensorFlow"} if request.only else {"TensorFlow", "PyTorch"}
    fitting = [(rank, name, {"PyTorch", "TensorFlow"} & {*verdict.frameworks}) for rank, name, verdict in verdicts]
    return [(rank, name) for rank, name, there in fitting if "TensorFlow" in there and there <= others][: request.n]


def found(answer: Answer) -> list[tuple[object, object]]:
    """Give the ranks of all and the models of the table."""
    assert answer.table
    places = [answer.table.names.index(name) for name in ("rank of all", "model")]
    return [(row[places[0]], row[places[1]]) for row in answer.table.rows]


@pytest.fixture(scope="module")
def hub() -> Iterator[LoopbackHub]:
    """Serve the listing and a daily snapshot of the same models."""
    with serving(MODELS, daily=parquet(MODELS)) as running:
        yield running


@pytest.mark.parametrize(
    "request_",
    [
        ASKED,
        replace(ASKED, only=True),
        replace(ASKED, by="likes"),
        replace(ASKED, task="text-generation", n=1000),
        replace(ASKED, task="text-generation", by="likes", n=1000),
    ],
    ids=lambda request: request.words,
)
def test_the_models_and_their_ranks_equal_an_independent_selection(door: Analyst, request_: Top) -> None:
    """Each judged alone, sorted in plain Python: whole, `only`, by likes, within a task."""
    assert found(door.answer(request_)) == expected(request_)


@pytest.mark.parametrize(("name", "only"), [("GGUF", False), ("GGUF", True), ("ONNX", False), ("Keras", True)])
def test_a_format_is_selected_as_the_rule_judges_each_alone(door: Analyst, name: str, only: bool) -> None:  # noqa: FBT001 - a case
    """`top1000 in gguf` is no “None”: exports are looked for where frameworks are."""
    ranked = sorted(filter(None, map(model_of, MODELS)), key=lambda one: (-(one.downloads_30d or 0), one.id))
    judged = [(rank, one.id, attribute(one)) for rank, one in enumerate(ranked, start=1)]
    held = [(rank, model, one.frameworks, one.conversions) for rank, model, one in judged]
    wanted = [
        (rank, model) for rank, model, made, to in held if ((made or to) == (name,) if only else name in (*made, *to))
    ]

    answer = door.answer(Top(1000, framework=name, only=only))
    assert (found(answer) if answer.table else []) == wanted[:1000]


@pytest.mark.parametrize("narrowed", [{"author": "GOOGLE"}, {"task": "fill-mask", "author": "google"}], ids=str)
def test_an_account_in_any_case_is_selected_too(door: Analyst, narrowed: dict[str, str]) -> None:
    """Out of the file itself, for no account has more models than a list holds."""
    wanted = WantedModels(Ranking("downloads", narrowed.get("task"), narrowed["author"]), "TensorFlow")
    (cache,) = (door.context.home / "census").glob("*.parquet")
    selection = select(cache, wanted, None, DAY, Origin("", "", "", ""))

    selected = [*zip(selection.ranks, (one.id for one in selection.top_list.models), strict=True)]
    assert selected
    assert selected == expected(Top(1000, framework="TensorFlow", **narrowed))


def test_a_first_look_ends_with_those_level_with_its_last(door: Analyst) -> None:
    """Ranks are those among all, though only some of the models were gone through."""
    (cache,) = (door.context.home / "census").glob("*.parquet")
    selection = select(cache, WantedModels(Ranking(), "TensorFlow"), 500, DAY, Origin("", "", "", ""))

    assert 500 < selection.among < 600
    assert not selection.top_list.complete
    assert [*selection.ranks] == [rank for rank, _ in expected(replace(ASKED, n=1000)) if rank <= selection.among]


def test_population_day_source_and_number_are_said(door: Analyst) -> None:
    """What it was selected out of stands in the answer; the list alone would have held too few."""
    answer = door.answer(ASKED)

    assert any(
        "the census of 23 Nov 2026, 3,000 models from the daily Parquet snapshot" in line for line in answer.doubts
    )
    assert answer.origins[0].title == "daily Parquet snapshot of the Hub"
    assert answer.headline.startswith("The first 400 TensorFlow models stand at ranks ")
    assert answer.headline.endswith("of the top 3,000 models")
    assert answer.as_of == DAY


def test_a_list_that_holds_enough_answers_itself(door: Analyst) -> None:
    """The first of all are in the listing of today, which is newer than any census."""
    answer = door.answer(replace(ASKED, n=5))

    assert "top 1,000 models" in answer.headline
    assert not any("census" in line for line in answer.doubts)


def test_fewer_than_asked_are_all_there_are(door: Analyst) -> None:
    """The census was gone through to its end: nothing may come below it."""
    answer = door.answer(replace(ASKED, n=1000))

    assert found(answer) == expected(replace(ASKED, n=1000))
    assert answer.headline == f"Only {len(found(answer))} of the top 3,000 models are in TensorFlow"
    assert not any("may be more below" in line for line in answer.doubts)


def test_it_is_given_again_later_without_hub_and_file(tmp_path: Path) -> None:
    """The same words and moment give the same JSON, when the file has made way for the next census."""
    with serving(MODELS, daily=parquet(MODELS)) as running:
        analyst = Analyst(tmp_path, running.endpoint, clock=lambda: DAY)
        analyst.collect("census")
        first = analyst.answer(ASKED)
    for file in (tmp_path / "census").glob("*.parquet"):
        file.unlink()
    assert analyst.answer(ASKED, as_of=first.as_of).as_json() == first.as_json()


def test_without_a_census_the_list_says_that_more_may_come(tmp_path: Path, hub: LoopbackHub) -> None:
    """Nothing is made up: so many of the thousand at hand."""
    answer = Analyst(tmp_path, hub.endpoint, clock=lambda: DAY).answer(ASKED)

    assert answer.headline.endswith("of the top 1,000 models are in TensorFlow")
    assert any("may be more below" in line for line in answer.doubts)


def test_who_may_not_wait_is_sent_to_the_line_of_those_who_may(tmp_path: Path, hub: LoopbackHub) -> None:
    """To go through a census takes seconds; the second time it is stored."""
    analyst = Analyst(tmp_path, hub.endpoint, clock=lambda: DAY)
    analyst.collect("census")
    analyst.answer(Top(1000))

    assert analyst.answer_at_once(ASKED) is None
    analyst.answer(ASKED)
    assert analyst.answer_at_once(ASKED)


@pytest.mark.parametrize("asked", [ASKED, replace(ASKED, only=True), replace(ASKED, framework="JAX", n=40)], ids=str)
def test_how_sure_a_selection_is_equals_an_independent_count(door: Analyst, asked: Top) -> None:
    """Proven, with the assumed, at most: each model down to the last one shown judged alone, as a notebook would."""
    answer = door.answer(asked)
    (told,) = answer.brackets.values()
    ranked = sorted(filter(None, map(model_of, MODELS)), key=lambda one: (-(one.downloads_30d or 0), one.id))
    verdicts = [attribute(one) for one in ranked[: told.total]]
    rivals = {"PyTorch"} if asked.only else set()
    there = [one for one in verdicts if asked.framework in one.frameworks and not rivals & {*one.frameworks}]
    proven = [one for one in there if one.certainty(asked.framework or "") is Certainty.PROVEN]
    maybe = [one for one in verdicts if one.tier is Tier.UNKNOWN]
    maybe += [
        one
        for one in verdicts
        if asked.only
        and {"TensorFlow", "PyTorch"} <= {*one.frameworks}
        and one.certainty("PyTorch") is Certainty.ASSUMED
    ]

    assert told == Bracket(len(proven), len(there), len(there) + len(maybe), told.total)
