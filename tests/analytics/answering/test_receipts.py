"""What stands under “Again” gives the same bytes, wherever the data folder is, whenever it is asked, with no Hub."""

import datetime as dt
import io
import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import redirect_stdout
from dataclasses import replace
from pathlib import Path
from typing import get_args

import pytest

from analytics.__main__ import main
from analytics.analyst import Analyst
from analytics.attribution import METHOD
from analytics.domain import requests
from analytics.domain.observations import Model, Ranking, TopList
from analytics.domain.reading_kinds import HEADER, OFFICIAL
from analytics.domain.requests import Changes, Request, Top
from analytics.errors import NothingStored
from analytics.grammar import parse
from analytics.storage.readings import Reading
from tests.analytics.answering.test_answer_models import BERT, KERAS, QWEN, ROBERTA, TF_COPY
from tests.loopback.hub import LoopbackHub
from tests.reworded.stock import DAY, ORIGIN, fill, top_list

A_YEAR_LATER = DAY + dt.timedelta(days=366)
QUESTIONS: dict[type, tuple[str, ...]] = {
    requests.Top: (
        "top30",
        "top30 declared",
        "top10 task fill-mask",
        "top100",
        "top5 in tensorflow",
        "top30 originals",
        "top30 reach",
        "top10 by alltime",
    ),
    requests.Totals: (
        *("totals", "totals declared", "totals since 2022", "totals task fill-mask", "totals all"),
        *("totals by downloads", "totals by library", "totals by licence", "totals dead"),
    ),
    requests.Trend: (
        *("trend", "trend declared", "trend all", "trend task fill-mask", "trend all task fill-mask"),
        *("trend by downloads", "trend all by downloads"),
    ),
    requests.Papers: ("papers", "papers archive", "papers hub", "papers successor", "papers overlap", "papers 2021Q4"),
    requests.Official: ("official", "official pytorch"),
    requests.OneModel: (
        *("model google-bert/bert-base-uncased", "model FacebookAI/roberta-base in tf"),
        "model keras/bert_base_en_uncased in jax",
    ),
    requests.Compare: ("compare google-bert/bert-base-uncased Qwen/Qwen3-8B",),
    requests.New: ("new",),
    requests.Share: ("share", "share in gguf"),
    requests.Formats: ("formats google-bert/bert-base-uncased",),
    requests.LoadModel: ("load google-bert/bert-base-uncased in tensorflow", "load in onnx"),
    requests.Why: ("why method", "why papers"),
    requests.Changes: ("changes", "changes since 2026-11-01", "changes since 2026-11-16T09:00:00Z"),
}
"""Questions of every kind there is."""

ASKED = [words for of_kind in QUESTIONS.values() for words in of_kind]
Opening = Callable[[object], Analyst]


def test_every_kind_of_request_is_tried_here() -> None:
    """Who adds a question is told to add it here."""
    assert set(QUESTIONS) == set(get_args(Request))
    assert all(isinstance(parse(words), kind) for kind, of_kind in QUESTIONS.items() for words in of_kind)


def stock(analyst: Analyst) -> None:
    """Fill a folder; later than the lists a model's header was read, and papers could not be read again."""
    fill(analyst)
    context, hour = analyst.context, dt.timedelta(hours=1)
    whole = replace(top_list(DAY, 1), ranking=Ranking("alltime"))
    models = tuple(replace(model, downloads_all=model.downloads_30d) for model in whole.models)
    context.top_lists.add(replace(whole, models=models), METHOD)
    body = {"id": "lab/m2", "header": "tf"}
    context.readings.add(Reading(HEADER, "lab/m2", DAY + 2 * hour, METHOD, body))
    context.readings.add(Reading("papers_trouble", "papers_live", DAY + hour, METHOD, {"why": "it answered 500"}))
    counted = {
        "number": 7,
        "version": "1",
        "counted": "2026-11-20",
        "released": None,
        "unread": 0,
        "parts": {},
        "names": [],
    }
    shelves = {"torchvision": {"now": counted, "then": None, "trouble": ""}}
    context.readings.add(Reading(OFFICIAL, "", DAY, "official-2", {"collections": shelves, "listings": {}}, (ORIGIN,)))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a data folder in which every question was asked, three hours after the lists, of a Hub that was there."""
    home = tmp_path_factory.mktemp("asked")
    with LoopbackHub([BERT, QWEN, KERAS, ROBERTA, TF_COPY]) as hub:
        analyst = Analyst(home, hub.endpoint, clock=lambda: DAY + dt.timedelta(hours=3, milliseconds=400))
        stock(analyst)
        answers = {words: analyst.answer(parse(words)).as_json() for words in ASKED}
        analyst.close()
    (home / "answers.json").write_text(json.dumps(answers, ensure_ascii=False), encoding="utf-8")
    return home


@pytest.fixture(scope="module")
def moved(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Carry the folder elsewhere."""
    return shutil.copytree(folder, tmp_path_factory.mktemp("moved") / "home")


def printed(home: Path, words: str) -> str:
    """Give what the terminal prints for words, a year later, with no Hub."""

    def open_analyst(settings: object) -> Analyst:
        del settings
        return Analyst(home, "http://127.0.0.1:9", clock=lambda: A_YEAR_LATER, seconds=0.5)

    with redirect_stdout(io.StringIO()) as out:
        assert main([*words.split(), "--json"], open_analyst) == 0
    return out.getvalue()


@pytest.mark.parametrize("words", ASKED)
def test_again_gives_the_same_bytes(folder: Path, moved: Path, words: str) -> None:
    """The JSON of then and that of the receipt, which is its own receipt."""
    first = json.loads((folder / "answers.json").read_text(encoding="utf-8"))[words]

    again = printed(moved, first["reproduce"].removeprefix("frameworks "))

    assert again == json.dumps(first, ensure_ascii=False, indent=2) + "\n"
    assert first["method"] or words.startswith("why"), "a fact is counted by no rule"


@pytest.mark.parametrize(
    "words",
    [
        "totals",
        "totals since 2022",
        "trend",
        "trend task fill-mask",
        "papers",
        "papers archive",
        "official",
        "changes",
        "top10 by alltime",
    ],
)
def test_a_stale_answer_is_asked_again_as_of_when_it_was_stale(moved: Path, words: str) -> None:
    """Forty days after the readings; a reading is as old as the moment asked for, not as today."""
    later = Analyst(moved, "http://127.0.0.1:9", clock=lambda: DAY + dt.timedelta(days=40, milliseconds=3), seconds=0.5)
    first = later.answer(parse(words)).as_json()
    later.close()

    assert first["stale"]
    assert first["reproduce"].endswith(" --as-of 2027-01-02T09:00:00Z")
    again = printed(moved, first["reproduce"].removeprefix("frameworks "))
    assert again == json.dumps(first, ensure_ascii=False, indent=2) + "\n"


@pytest.mark.parametrize(
    "words",
    [
        *("top30", "top30 declared", "top10 task fill-mask", "top100", "top5 in tensorflow"),
        *("model google-bert/bert-base-uncased", "model FacebookAI/roberta-base in tf", "model lab/m3"),
        "compare google-bert/bert-base-uncased Qwen/Qwen3-8B",
    ],
)
def test_an_answer_given_without_the_hub_is_given_again_as_it_was(moved: Path, words: str) -> None:
    """Stale, with the reason why the Hub could not be asked; a day later it was another moment."""
    later = Analyst(moved, "http://127.0.0.1:9", clock=lambda: DAY + dt.timedelta(days=3, milliseconds=3), seconds=0.5)
    first = later.answer(parse(words)).as_json()
    later.close()

    assert first["stale"]
    assert any("The Hub could not be asked just now" in caveat for caveat in first["caveats"])
    again = printed(moved, first["reproduce"].removeprefix("frameworks "))
    assert again == json.dumps(first, ensure_ascii=False, indent=2) + "\n"
    a_day_later = json.loads(printed(moved, f"{first['question']} --as-of 2026-11-27T09:00:00Z"))
    assert not a_day_later["stale"]


@pytest.fixture
def analyst(tmp_path: Path) -> Iterator[Analyst]:
    """Ask of a Hub that is not there."""
    analyst = Analyst(tmp_path, "http://127.0.0.1:9", clock=lambda: A_YEAR_LATER, seconds=0.5)
    yield analyst
    analyst.close()


@pytest.mark.parametrize(
    "words",
    ["top30", "top10 task fill-mask", "model google-bert/bert-base-uncased", "official", "changes", "papers", "totals"],
)
def test_a_past_moment_is_never_answered_by_the_sample(analyst: Analyst, words: str) -> None:
    """Though the sample is older: nobody knew it then."""
    with pytest.raises(NothingStored):
        analyst.answer(parse(words), as_of=A_YEAR_LATER)


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("top30", "2026-08-22"),
        ("top30 in tensorflow", "2026-08-22"),
        ("top10 by likes", "2025-11-06"),
        ("share", "2026-08-22"),
        ("new", "2026-08-22"),
        ("model openai-community/gpt2", "2026-08-22"),
        ("totals", "2024-09-20"),
        ("papers", "2024-09-08"),
    ],
)
def test_the_sample_answers_for_its_own_day(analyst: Analyst, words: str, day: str) -> None:
    """It is of that day and says so, and its receipt names that day."""
    moment = dt.datetime.fromisoformat(f"{day}T23:59:59Z")
    answer = analyst.answer(parse(words), as_of=moment)

    assert (answer.sample, answer.stale) == (True, False)
    assert answer.as_of.date() == moment.date()
    assert answer.reproduce == f"{answer.question} --as-of {day}T23:59:59Z"
    with pytest.raises(NothingStored):
        analyst.answer(parse(words), as_of=moment + dt.timedelta(days=1))


def test_a_day_without_a_list_names_the_sample_s_day(analyst: Analyst) -> None:
    """Whoever asks for another day is told of the one there is."""
    with pytest.raises(NothingStored) as nothing:
        analyst.answer(parse("top30"), as_of=dt.datetime(2026, 2, 1, 23, 59, 59, tzinfo=dt.UTC))

    assert nothing.value.told == "No list of 1 Feb 2026 or earlier is stored. Of 22 Aug 2026 there is a sample."


@pytest.mark.parametrize("words", ["top30", "model google-bert/bert-base-uncased", "official"])
def test_the_sample_s_receipt_asks_the_sample(analyst: Analyst, words: str) -> None:
    """It names no moment of which nothing is stored."""
    answer = analyst.answer(parse(words))

    assert answer.sample
    assert analyst.answer(parse(answer.reproduce)).as_json() == answer.as_json()


def listed(n: int, moment: dt.datetime) -> TopList:
    """Make a list of so many models."""
    models = tuple(Model(f"lab/{n}-{place}", n, tags=("pytorch",)) for place in range(n))
    return TopList(Ranking(), moment, models, n, complete=False, origin=ORIGIN)


@pytest.mark.parametrize("apart", [0, 300], ids=["one moment", "one second"])
@pytest.mark.parametrize("sizes", [(40, 60), (60, 40)], ids=["longer later", "longer before"])
def test_of_two_lists_of_one_second_the_longer_answers(analyst: Analyst, sizes: tuple[int, int], apart: int) -> None:
    """A receipt is told to the second, and both are of it."""
    for n, late in zip(sizes, (0, apart), strict=True):
        analyst.context.top_lists.add(listed(n, DAY + dt.timedelta(milliseconds=late)), METHOD)

    found = analyst.answer(Top(), as_of=DAY)

    assert found.table
    assert found.table.rows[0][1] == "lab/60-0"


def test_a_receipt_of_a_digest_s_moment_finds_its_list(analyst: Analyst) -> None:
    """What a digest remembers is written to the second; the list was read a little later in it."""
    for days in (0, 7):
        analyst.context.top_lists.add(
            listed(40, DAY - dt.timedelta(days=days) + dt.timedelta(milliseconds=700)), METHOD
        )

    assert analyst.answer(Changes(), as_of=DAY).as_of.date() == DAY.date()


def test_an_older_list_counted_by_the_newer_rule_says_so(analyst: Analyst) -> None:
    """Under its own version in JSON the rule of today, beside it the one that chose the names of files."""
    analyst.context.top_lists.add(listed(40, DAY), "2026-10.1")

    answer = analyst.answer(Top(), as_of=DAY)

    assert answer.as_json()["method"] == METHOD
    assert any(caveat.startswith("Version 2026-10.1 of the rule kept fewer file names") for caveat in answer.caveats)
    assert answer.source_line.endswith(f", rule {METHOD}")
    assert answer.as_csv().splitlines()[1].endswith(f",2026-11-23T09:00:00Z,{METHOD}")
