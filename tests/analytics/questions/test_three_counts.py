"""Every count of a framework comes as three: proven, with what is assumed, at most; whatever is asked."""

import csv
import datetime as dt
import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import get_args

import pytest
from matplotlib.text import Text

from analytics import grammar
from analytics.analyst import Analyst
from analytics.answering.answer_weeks import look_back
from analytics.attribution import METHOD
from analytics.charts import lay_out
from analytics.domain import requests
from analytics.domain.answer import Answer
from analytics.domain.chart_specs import Bands, Bars, Moves, Panels, ReachBars, Tiles
from analytics.domain.counts import Bracket
from analytics.domain.observations import Model, Ranking
from analytics.domain.requests import Definition, Request
from analytics.errors import AnalyticsError
from analytics.pages.model_badge import draw_badge
from analytics.storage.readings import Reading
from tests.analytics.answering.test_receipts import ASKED, stock
from tests.analytics.charts.gallery import FURTHER, OFFERED
from tests.analytics.questions.test_totals import row
from tests.reworded.stock import COLUMNS, DAY, ORIGIN, WEEK, census, top_list

WORDS = tuple(dict.fromkeys([*OFFERED, *FURTHER, *ASKED]))
"""What help offers, what the gallery draws and what the receipts' tests ask, which know of every kind of question."""

OF_NO_FRAMEWORK = (requests.OneModel, requests.LoadModel, requests.Formats, requests.Why, requests.Official)
OF_PAPERS = (requests.Papers,)
"""Questions that count no models of a framework: of one model, of collections in units of their own, of papers."""


def unsure(number: int, day: dt.datetime, **more: object) -> Model:
    """Make a model: every second proven, the others assumed, unknown, an author's word, or a download of the young."""
    kinds = (
        {"files": ("pytorch_model.bin",)},
        {"tags": (), "files": ("model.safetensors",)},
        {"files": ("tf_model.h5",)},
        {"tags": ("x",), "files": None},
        {"files": ("pytorch_model.bin", "flax_model.msgpack")},
        {"tags": ("x", "tf"), "files": ("weights.zip",)},
    )
    created = (day - dt.timedelta(hours=number)).isoformat()
    return Model(
        f"lab/u{number}", 10**6 - number, 900 - number, created_at=created, **kinds[number % len(kinds)], **more
    )


def store_unsure(analyst: Analyst) -> None:
    """Fill a folder in which so much is assumed or unknown that every range is wide."""
    stock(analyst)
    context = analyst.context
    for week in range(12):
        day = DAY - week * WEEK
        models = tuple(unsure(number + week, day, task="fill-mask") for number in range(120))
        for ranking in (Ranking(), Ranking(task="fill-mask"), Ranking("likes"), Ranking("created"), Ranking("alltime")):
            told = replace(top_list(day, 0), ranking=ranking, models=models, as_of=day + dt.timedelta(minutes=1))
            context.top_lists.add(told, METHOD)
    body, more = census(9), {"task": "fill-mask", "quarter": "2026Q3"}
    for at in (DAY - 5 * WEEK, DAY):
        parts = [
            row("attributed", "pytorch_only", 4000, assumed="PyTorch", library="timm", **more),
            row("attributed", "both", 900, assumed="both", library="timm", **more),
            row("attributed", "neither", 3000, remark="unknown", library="(none)", **more),
            row("attributed", "pytorch_only", 500, assumed="PyTorch", library="timm", band=0, **more),
        ]
        rows = [[one[name] for name in COLUMNS] for one in parts]
        faces = {
            face: {**body[face], "rows": body[face]["rows"] + (rows[-1:] if face == "idle" else rows)}
            for face in ("tasks", "quarters", "libraries", "idle", "licences")
        }
        body |= faces | {"frameworks": {"PyTorch": 9, "MLX": 50}, "proven": {"PyTorch": 9, "MLX": 5}}
        context.readings.add(Reading("census", "", at + dt.timedelta(minutes=1), METHOD, body, (ORIGIN,)))
        context.readings.add(Reading("hub_sums", "", at + dt.timedelta(minutes=1), METHOD, SUMS))


SUMS = {
    one: {"pytorch_only": [5, 9], "both": [2, 4], "neither": [1, 1]} for one in ("attributed", "declared", "originals")
}


@pytest.fixture(scope="module", params=["unsure", "stock", "sample"])
def answers(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Answer]]:
    """Give what is answered of a world, by the words that ask for it: all that counts models by evidence."""
    analyst = Analyst(
        tmp_path_factory.mktemp("three"), "http://127.0.0.1:9", clock=lambda: DAY + dt.timedelta(hours=1), seconds=0.2
    )
    {"unsure": store_unsure, "stock": stock, "sample": lambda _: None}[request.param](analyst)
    found = {words: answer for words in WORDS if (answer := _ask(analyst, words))}
    if weeks := look_back(analyst.context, DAY + dt.timedelta(hours=1)).answer:
        found["twelve weeks"] = weeks
    yield found
    analyst.close()


def _ask(analyst: Analyst, words: str) -> Answer | None:
    asked = grammar.parse(words)
    assert isinstance(asked, get_args(Request))
    if isinstance(asked, (*OF_NO_FRAMEWORK, *OF_PAPERS)):
        return None
    try:
        answer = analyst.answer(asked)
    except AnalyticsError:
        return None
    return answer if answer.definition is Definition.ATTRIBUTED else None


def test_every_kind_of_question_counts_or_is_known_not_to() -> None:
    """Who adds a question either has it tried here or says why not."""
    tried = {type(grammar.parse(words)) for words in WORDS}
    assert tried == set(get_args(Request))


def test_each_count_is_in_json_as_three(answers: dict[str, Answer]) -> None:
    """Each framework that is counted has its three, in order."""
    for words, answer in answers.items():
        told = json.loads(json.dumps(answer.as_json()))["brackets"]
        lacking = set(answer.frameworks) - {*told, "MLX"} if "totals" in words else set(answer.frameworks) - set(told)
        assert told, words
        assert not _wanted(answer, lacking), (words, lacking)
        assert all(
            one["proven"] <= one["with_assumed"] <= one["at_most"] <= max(one["of"], one["at_most"])
            for one in told.values()
        )


def _wanted(answer: Answer, lacking: set[str]) -> set[str]:
    """Of a list in one framework that one is counted; the others are told of what was chosen."""
    asked = getattr(answer.request, "framework", None)
    return {name for name in lacking if asked in (None, name)}


def test_what_is_declared_has_no_three(tmp_path: Path) -> None:
    """What an author declares is neither proven nor assumed, whatever is asked: no face has ends of it."""
    analyst = Analyst(tmp_path, "http://127.0.0.1:9", clock=lambda: DAY + dt.timedelta(hours=1), seconds=0.2)
    store_unsure(analyst)
    asked = [words for words in ("top30 declared", *WORDS) if "declared" in grammar.parse(words).words]
    for words in asked:
        with suppress(AnalyticsError):
            answer = analyst.answer(grammar.parse(words))
            assert answer.as_json()["brackets"] == {}, words
            for row in csv.DictReader(answer.as_csv().splitlines()):
                assert not any(row[name] for name in row if name.endswith((" proven", " at most"))), (words, row)
            assert "proven, at most" not in answer.alt_text, words
    assert len(asked) > 1
    analyst.close()


def test_papers_say_why_they_have_no_three(tmp_path: Path) -> None:
    """A paper is counted by its models' verdicts, and how sure these were is not kept."""
    analyst = Analyst(tmp_path, "http://127.0.0.1:9", clock=lambda: DAY + dt.timedelta(hours=1), seconds=0.2)
    stock(analyst)
    answer = analyst.answer(grammar.parse("papers hub"))
    assert not answer.as_json()["brackets"]
    assert "no three counts" in " ".join(answer.caveats)
    analyst.close()


def test_files_that_load_no_more_are_told_so_wherever_they_are_told(tmp_path: Path) -> None:
    """Picture, alternative text, title, JSON and sentence say before what the files of one model load."""
    analyst = Analyst(tmp_path, "http://127.0.0.1:9", clock=lambda: DAY, seconds=0.2)
    answer = analyst.answer(grammar.parse("model google-bert/bert-base-uncased"))
    told = json.loads(json.dumps(answer.as_json()))
    limits = {
        name: row[0]["limit"] for name, row in zip(told["chart"]["frameworks"], told["chart"]["cells"], strict=True)
    }
    assert [name for name, limit in limits.items() if limit] == ["TensorFlow", "JAX"]
    assert "only before transformers 5" in limits["TensorFlow"]
    for words in (answer.title, answer.alt_text, " ".join(answer.detail), draw_badge(answer)):
        assert "TensorFlow" in words
        assert "only before transformers 5" in words
    assert "OLD FILES" in {one.get_text() for one in lay_out(answer).artists if isinstance(one, Text)}
    analyst.close()


def test_each_count_is_in_csv_as_three(answers: dict[str, Answer]) -> None:
    """Both ends stand beside the count, in rows that are counts, or behind a list of models."""
    for words, answer in answers.items():
        if answer.table and not isinstance(answer.request, requests.Compare):  # there each cell says how sure it is
            rows = list(csv.DictReader(answer.as_csv().splitlines()))
            for name, one in answer.brackets.items():
                assert any(_tells(told, one) for told in rows), (words, name, one)


def _tells(told: dict[str, str], one: Bracket) -> bool:
    stems = [name.removesuffix(" proven") for name in told if name and name.endswith(" proven")]
    ends = ((told[f"{stem} proven"], told.get(f"{stem} at most")) for stem in stems)
    return (str(one.proven), str(one.most)) in ends


def test_each_wide_range_is_in_the_alternative_text(answers: dict[str, Answer]) -> None:
    """Who sees no picture hears both ends, of reach too."""
    for words, answer in answers.items():
        for name, one in answer.brackets.items() if answer.chart else ():
            told = f"{name} {one.counted:,} ({one})" if isinstance(answer.chart, ReachBars) else f"{name}: {one}"
            assert not one.differs or told in answer.alt_text, (words, told, answer.alt_text)


def test_each_wide_range_is_in_a_sentence(answers: dict[str, Answer]) -> None:
    """Where the ends lie more than a point apart the finding or a sentence beneath it has both."""
    for words, answer in answers.items():
        said = " ".join((answer.headline, *answer.detail))
        for name in _list_said(answer):
            one = answer.brackets[name]
            ways = {way.strip() for way in (one.aside, one.range, one.aside_in_shares, one.range_in_shares)}
            assert not one.is_wide or any(way in said for way in ways), (words, name, one, said)


def _list_said(answer: Answer) -> list[str]:
    """Name what a sentence has a number of: of shares only those asked for, of two models each by a word."""
    match answer.request:
        case requests.Compare():
            return []
        case requests.Share(wanted=wanted, of=of):
            return [wanted if of == "models" else f"downloads in {wanted}"] if wanted else ["downloads in PyTorch"]
        case _:
            return list(answer.brackets)


def test_what_is_unsure_is_drawn_apart(answers: dict[str, Answer]) -> None:
    """Wherever anything is assumed or unknown the picture has it pale."""
    for words, answer in answers.items():
        is_chosen = isinstance(answer.request, requests.Top) and answer.request.framework  # the unknown is left out
        if any(one.counted > one.proven or (one.differs and not is_chosen) for one in answer.brackets.values()):
            assert _draws_unsure(answer), words


def _draws_unsure(answer: Answer) -> bool:
    match answer.chart:
        case Tiles(tiles=tiles):
            return any(tile.assumed for tile in tiles)
        case Bands(bands=each) | Bars(bars=each):
            return any(one.unsure.total for one in each)
        case Moves(days=days):
            return any(one.unsure.total for one in days)
        case Panels(panels=panels):
            return any(panel.unsure for panel in panels)
        case _:
            return True
