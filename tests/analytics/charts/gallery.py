"""
Every chart there is: each question that is offered and more, asked of what is embedded, stored, real and extreme.

The questions come from the grammar and the answers through the front door, so a new one is looked at from its first
day. A world is a folder with something stored in it; what it cannot answer, it has no picture of.
"""

import datetime as dt
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from analytics import grammar
from analytics.analyst import Analyst
from analytics.attribution import METHOD
from analytics.charts import fingerprint
from analytics.context import Context
from analytics.domain.answer import Answer
from analytics.domain.observations import Model, Ranking, TopList
from analytics.domain.quarters import span
from analytics.errors import AnalyticsError
from analytics.storage.readings import Reading
from tests.analytics.attribution.accuracy import top_2024
from tests.analytics.questions.test_totals import row
from tests.reworded.stock import COLUMNS, DAY, ORIGIN, PAPERS, WEEK, fill

NOWHERE = "http://127.0.0.1:9"
OFFERED = tuple(dict.fromkeys([words for words, _ in grammar.EXAMPLES] + [topic.first for topic in grammar.TOPICS]))
FURTHER = (
    *("top1", "top10", "top13", "top50", "top100", "top1000", "top30 declared", "top100 declared", "top50 by likes"),
    *("totals declared", "totals declared since 2022", "totals task fill-mask", "totals reach task fill-mask"),
    *("top10 in tensorflow", "trend declared", "changes", "papers official", "papers per repository", "papers archive"),
    *("papers successor", "papers hub", "papers overlap", "official pytorch", "official tensorflow"),
    *("trend by downloads declared",),
    *("model google-bert/bert-base-uncased in onnx", "model google-bert/bert-base-uncased"),
    *("model openai/whisper-large-v3", "compare openai/whisper-large-v3 google-bert/bert-base-uncased"),
    *("model openai/whisper-large-v3 in onnx", "formats openai/whisper-large-v3"),
)
"""What no example of the help asks for, and yet is drawn otherwise."""

SAME = ("model", "compare", "official", "formats", "load")
"""First words of questions that no list and no census changes: they are asked in the first world alone."""

Fill = Callable[[Context], None]


def a_list(models: tuple[Model, ...], day: dt.datetime = DAY, **ranking: Any) -> TopList:
    """Make a list that ends where its models end."""
    return TopList(Ranking(**ranking), day, models, 1000, complete=True, origin=ORIGIN)


LONGEST = "an-account-as-long-as-the-Hub-allows-them/" + "W" * 20 + "-a-model-with-a-name-of-96-letters-gguf-awq-4bit"


def generated(number: int, name: str = "lab/model-{}", **evidence: Any) -> tuple[Model, ...]:
    """Make so many models of one evidence."""
    return tuple(Model(name.format(at), 10**9 - at, 10**6 - at, task="fill-mask", **evidence) for at in range(number))


ONE_SIDE = generated(1000, tags=("pytorch",), files=("pytorch_model.bin",))
OTHER_SIDE = generated(1000, tags=("tf",), files=("tf_model.h5",))
NOTHING = generated(1000, LONGEST + "{}", tags=(), files=())
UNREAD = generated(1000, LONGEST + "{}", library="transformers")


def _census(**models: int) -> dict[str, Any]:
    """Make a census of so many models of each part, under both definitions, in each quarter since the Hub has times."""
    parts = {split: n for split, n in models.items() if n}
    tasks = [
        row(by, split, n, task="fill-mask", derivative="original" if by == "attributed" else "")
        for by in ("attributed", "declared")
        for split, n in parts.items()
    ]
    periods = span("2022Q1", "2026Q3")
    quarters = [one | {"quarter": at, "models": -(-one["models"] // 19)} for one in tasks for at in periods]
    faces = {"tasks": tasks, "quarters": quarters}
    body: dict[str, Any] = {"frameworks": {"PyTorch": 9, "MLX": 5}}
    for face, found in faces.items():
        body[face] = {"columns": COLUMNS, "rows": [[one[name] for name in COLUMNS] for one in found]}
    return body


def _store(lists: tuple[TopList, ...], census: Mapping[str, int]) -> Fill:
    def storing(context: Context) -> None:
        for one in lists:
            for ranking in (one.ranking, replace(one.ranking, task="fill-mask"), replace(one.ranking, by="likes")):
                context.top_lists.add(replace(one, ranking=ranking), METHOD)
        for week in range(60):
            moment = DAY - week * WEEK
            sums = {"attributed": {split: [n, n] for split, n in census.items()}}
            context.readings.add(Reading("hub_sums", "", moment, METHOD, sums))
        context.readings.add(Reading("census", "", DAY, METHOD, _census(**census), (ORIGIN,)))
        for kind, body in PAPERS.items():
            context.readings.add(Reading(kind, "", DAY, METHOD, body, (ORIGIN,)))

    return storing


def _fill_stock(context: Context) -> None:
    class Answering:
        def __init__(self) -> None:
            self.context = context

    fill(Answering())  # type: ignore[arg-type]  # it looks at the context alone


def _turned(models: tuple[Model, ...]) -> tuple[TopList, TopList]:
    """Give two lists a week apart of which the second begins where the first ends."""
    return a_list(models[:500], DAY - WEEK), a_list(models[500:])


FIRST = "embedded"
WORLDS: Mapping[str, Fill] = {
    FIRST: lambda _: None,
    "stock": _fill_stock,
    "real list of 2024": lambda context: context.top_lists.add(a_list(top_2024()[:1000]), METHOD) and None,
    "100 percent": _store((a_list(ONE_SIDE, DAY - WEEK), a_list(ONE_SIDE)), {"pytorch_only": 3_100_000}),
    "0 percent": _store((a_list(OTHER_SIDE, DAY - WEEK), a_list(ONE_SIDE)), {"tensorflow_only": 1}),
    "longest names, nothing in it": _store(_turned(NOTHING), {"neither": 999_999}),
    "longest names, nothing read": _store(
        _turned(UNREAD), {"pytorch_only": 999_999, "both": 1, "tensorflow_only": 1, "neither": 2_000_000}
    ),
    "one row": _store((a_list(ONE_SIDE[:1], DAY - WEEK), a_list(OTHER_SIDE[:1])), {"both": 1}),
}


def hang(world: str, folder: Path) -> Iterator[tuple[str, Answer]]:
    """Give every picture of one world by the question it answers, each picture once."""
    seen: set[str] = set()
    for words, answer in answer_all(world, folder):
        if answer.chart and (name := fingerprint(answer)) not in seen:
            seen.add(name)
            yield words, answer


def answer_all(world: str, folder: Path) -> Iterator[tuple[str, Answer]]:
    """Give every answer of one world by its question; what no world changes is asked in the first alone."""
    analyst = Analyst(folder, NOWHERE, seconds=0.2, clock=lambda: DAY)
    WORLDS[world](analyst.context)
    asked = [words for words in dict.fromkeys((*OFFERED, *FURTHER)) if world == FIRST or not words.startswith(SAME)]
    yield from ((words, answer) for words in asked if (answer := ask_or_none(analyst, words)))
    analyst.close()


def ask_or_none(analyst: Analyst, words: str) -> Answer | None:
    """Answer a question; None where it cannot be."""
    request = grammar.parse(words)
    assert not isinstance(request, grammar.Unclear), request
    try:
        return analyst.answer(request)
    except AnalyticsError:
        return None


def hang_all(worlds: Iterable[str] = WORLDS) -> Iterator[tuple[str, str, Answer]]:
    """Give every picture of some worlds: world, question, answer."""
    for world in worlds:
        with tempfile.TemporaryDirectory() as folder:
            yield from ((world, words, answer) for words, answer in hang(world, Path(folder)))
