"""Sentences that were false of some list: nothing read is not none, a part is not the whole, one is not many."""

import datetime as dt
import random

import pytest

from analytics import grammar
from analytics.domain.answer import Answer
from analytics.domain.counts import Counts
from analytics.domain.observations import Model
from analytics.domain.requests import Changes, New, Share, Top, Trend
from analytics.movement.usual_turnover import UsualTurnover
from analytics.questions.changes import ChangesCircumstances, changes
from analytics.questions.download_share import measure_share
from analytics.questions.new_models import list_new
from analytics.questions.top import top
from analytics.questions.top_in_framework import top_in_framework
from analytics.questions.top_reach import top_reach
from analytics.ranking.classified import TopCircumstances
from analytics.ranking.downloads_by_month import Week
from tests.analytics.charts.gallery import DAY, WEEK, a_list, generated
from tests.analytics.questions.test_short_and_tagged import drawn, words
from tests.analytics.questions.test_totals import row
from tests.analytics.questions.test_trend import ask

UNREAD = generated(30)
PYTORCH = generated(30, tags=("pytorch",), files=("pytorch_model.bin",))
KINDS = ("", " declared", " in tensorflow", " reach", " in tensorflow loadable")
SEVERAL_OF_ONE = ("the 1 ", "of 1 are", " 1 models", "None of the top model", "Only 1 of the top", "same 1 model")


def asked(text: str, models: tuple[Model, ...]) -> Answer:
    """Ask words of one list."""
    request = grammar.parse(text)
    assert isinstance(request, Top)
    listed = a_list(models)
    question = top_in_framework if request.framework else top_reach if request.reach else top
    return question(request, listed, TopCircumstances())


@pytest.mark.parametrize(
    ("text", "headline", "title"),
    [
        (
            "top30",
            "PyTorch is in 0 of the top 30 models (0 proven, at most 30), TensorFlow in 0 (0 proven, at most 30)",
            "No PyTorch or TensorFlow known in top 30",
        ),
        ("top1", "Of the top model no framework is known", "Of the top model no framework is known"),
        ("top30 declared", "The tags of the top 30 models are not known", "The tags of the top 30 are not known"),
        ("top1 declared", "The tags of the top model are not known", "The tags of the top model are not known"),
        (
            "top5 in jax",
            "None of the top 30 models are in JAX (0 proven, at most 30)",
            "None of top 30 known in JAX",
        ),
    ],
)
def test_what_was_not_read_is_not_none(text: str, headline: str, title: str) -> None:
    """A title stands alone in a slide: there too nothing is denied that nobody looked at."""
    answer = asked(text, UNREAD)

    assert (answer.headline, answer.title) == (headline, title)


def test_of_tags_that_are_known_in_part_how_many_are_not_is_said() -> None:
    """A number of those that carry one is no “only”."""
    answer = asked("top30 declared", (*PYTORCH[:4], *UNREAD[4:]))

    assert answer.headline == (
        "4 of the top 30 models carry the Hub's tag pytorch, none the tag tf; the tags of 26 are not known"
    )
    assert answer.title == "By known tags: PyTorch 4, TensorFlow 0 of top 30"


def test_new_models_are_told_of_the_list_they_were_looked_for_in() -> None:
    """Where the newest could not be read, none among the most downloaded is not none at all."""
    old = tuple(Model(f"lab/{at}", 9, created_at="2022-03-02T00:00:00Z") for at in range(40))
    answer = list_new(New(), a_list(old), DAY - WEEK, TopCircumstances())
    of_newest = list_new(New(), a_list(old, by="created"), DAY - WEEK, TopCircumstances())

    assert answer.headline == "Of the 40 models most downloaded on 23 Nov 2026, none were created since 16 Nov 2026"
    assert answer.title == "0 new models among 40 models"
    assert of_newest.headline == "No model was created since 16 Nov 2026"


def test_a_list_that_is_older_than_the_day_asked_about_says_so_beside_the_finding() -> None:
    """It can hold none: that would change a decision."""
    answer = list_new(New(), a_list(PYTORCH), DAY + WEEK, TopCircumstances())

    assert answer.warning == "The list was read on 23 Nov 2026, before that day: it can hold none."


def test_models_that_only_load_into_a_framework_are_in_the_other_all_the_same() -> None:
    """They are in PyTorch, though not in both."""
    tags = ("transformers", "safetensors", "llama")
    convert = tuple(Model(f"lab/{at}", 9 - at, tags=tags, task="text-generation") for at in range(5))
    answer = asked("top5 in tensorflow loadable", convert)

    assert answer.table is not None
    assert len(answer.table.rows) == 5
    assert "All of these 5 are in PyTorch too." in answer.further


@pytest.mark.parametrize("seed", range(12))
def test_one_is_not_many(seed: int) -> None:
    """Of a list of one: no verb, noun or number of several, in any sentence."""
    one, usual = drawn(random.Random(seed))[:1], ChangesCircumstances(UsualTurnover(WEEK))  # noqa: S311 - no secrets
    told = [asked(f"top30{kind}", one) for kind in KINDS]
    told += [changes(a_list(one), a_list(before, DAY - WEEK), usual) for before in (PYTORCH, one)]
    told += [measure_share(Share("GGUF", "models"), a_list(one), TopCircumstances())]

    for answer in told:
        said = " ".join((answer.headline, answer.title, answer.scope, *answer.detail, *answer.caveats))
        assert not [wrong for wrong in SEVERAL_OF_ONE if wrong in said], said
        assert (words(answer.headline) <= 25, words(answer.title) <= 10) == (True, True)


def test_a_short_list_is_called_by_its_own_length() -> None:
    """Three models are no top 30, and more than three of them cannot be new."""
    always = UsualTurnover(WEEK, (3,) * 20)
    answer = changes(a_list(PYTORCH[:3]), a_list(generated(3, "other/{}"), DAY - WEEK), ChangesCircumstances(always))

    assert isinstance(answer.request, Changes)
    assert answer.headline.startswith("3 new in the top 3 since")
    assert answer.title.startswith("3 new in top 3:")
    assert "any number would be usual" in answer.noise


def test_no_conversion_beside_the_files_is_said_as_none() -> None:
    """Not as “0 more”."""
    one = asked("top1 reach", PYTORCH).headline

    assert asked("top30 reach", PYTORCH).headline.endswith("; no other converts on load")
    assert one == "TensorFlow has no files in the top model; it does not convert on load"


def test_a_missing_share_of_downloads_names_what_is_missing() -> None:
    """Censuses of two months may be stored, and know no download of a task."""
    weeks = tuple(Week(DAY - dt.timedelta(days=40 * back), Counts()) for back in range(2))

    further = ask([row("attributed", "pytorch_only", 4, quarter="2026Q1")], Trend(), weeks).further

    assert any("fewer than two months have a last census" in line and "knows downloads" in line for line in further)
