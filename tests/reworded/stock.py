"""What there is to ask about: lists of weeks, two censuses, papers and a few models, and every kind of question."""

import datetime as dt
from dataclasses import replace
from typing import Any

from analytics import grammar
from analytics.analyst import Analyst
from analytics.attribution import METHOD
from analytics.census.cube import DIMENSIONS, MEASURES
from analytics.domain.answer import Origin
from analytics.domain.observations import Model, Ranking, TopList
from analytics.storage.readings import Reading
from tests.analytics.questions.test_totals import ROWS, row

DAY = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)
WEEK = dt.timedelta(weeks=1)
ORIGIN = Origin("Hugging Face Hub", "listing", "https://example.org", "2026-11-23")
COLUMNS = [*DIMENSIONS, *MEASURES]
QUESTIONS = (
    *("top30", "top30 declared", "top10 task fill-mask", "top1", "top100 by downloads", "changes"),
    *("totals", "totals declared", "totals since 2022", "totals task fill-mask", "totals all"),
    *("papers", "papers 2021Q4"),
    *("trend", "trend declared", "trend all", "trend task fill-mask", "trend by downloads"),
    *("totals by downloads", "totals dead", "totals by library", "totals by licence"),
    *("official", "official pytorch", "model google-bert/bert-base-uncased", "model FacebookAI/roberta-base in tf"),
    *("model keras/bert_base_en_uncased in jax", "compare google-bert/bert-base-uncased Qwen/Qwen3-8B"),
)
REFUSED = (
    *(
        "top30 task fill-mas",
        "top30 task object-detection",
        "top30 author lba",
        "model google-bert/bert-base-uncasd",
        "model nobody/knows",
    ),
    *("totals task text-generation", "tpo30"),
)
SEEDS = (1, 2, 3)


def top_list(day: dt.datetime, new: int) -> TopList:
    """Make a list of 120 models of every kind, the first `new` of them seen for the first time."""
    files = (
        ("pytorch_model.bin",),
        ("tf_model.h5",),
        ("pytorch_model.bin", "tf_model.h5"),
        ("model.safetensors",),
        None,
    )
    names = [*(f"star/new{day:%m%d}{n}" for n in range(new)), *(f"lab/m{n}" for n in range(120 - new))]
    models = tuple(
        Model(name, 10**6 - at, at, task="fill-mask", tags=("x", "pytorch", "gguf")[at % 3 :], files=files[at % 5])
        for at, name in enumerate(names)
    )
    return TopList(Ranking(), day, models, 1000, complete=True, origin=ORIGIN)


def census(more: int) -> dict[str, Any]:
    """Make the body of a census: a cube with totals and quarters."""
    quarters = ("2022Q1", "2025Q3", "2026Q2", "2026Q3")
    tasks = [*ROWS, row("attributed", "pytorch_only", 100 + more), row("declared", "both", more)]
    rows = [
        row(definition, split, 9 + 2 * n, quarter=at, task="fill-mask")
        for n, at in enumerate(quarters)
        for definition in ("attributed", "declared")
        for split in ("both", "neither")
    ]
    idle = [row("attributed", "pytorch_only", 30, band=0), row("attributed", "tensorflow_only", 1, band=-1)]
    libraries = [row("attributed", "pytorch_only", 70, library="timm"), row("attributed", "both", 5, library="(none)")]
    cube = {"tasks": tasks, "quarters": rows, "idle": idle, "libraries": libraries}
    faces = {face: [[one[name] for name in COLUMNS] for one in found] for face, found in cube.items()}
    licences = {"columns": [name.replace("library", "licence") for name in COLUMNS], "rows": faces["libraries"]}
    told = {face: {"columns": COLUMNS, "rows": found} for face, found in faces.items()}
    return {"frameworks": {"PyTorch": 9, "MLX": 5}, "licences": licences} | told


PAPERS = {
    "papers_archive": {
        "rows": [
            ["pair", False, at, *counted]
            for at in ("2021Q3", "2021Q4")
            for counted in (("pytorch", 60), ("tf", 9), ("none", 40))
        ],
        "undated": 1,
        "left_out": 2,
        "future": 0,
    },
    "papers_live": {
        "rows": [["2026Q3", "(all)", 20], ["2026Q3", "PyTorch", 7]],
        "missing": ["TensorFlow"],
        "names": ["PyTorch", "vLLM"],
        "new": ["vLLM"],
    },
    "hub_papers": {"rows": [["2021Q4", "both", 15], ["2026Q2", "pytorch_only", 50], ["2026Q3", "neither", 5]]},
}


def fill(analyst: Analyst) -> None:
    """Store lists of eleven weeks in which always one model is new, two censuses and the papers."""
    context = analyst.context
    for week, new in enumerate((1, 1, 0, 1, 0, 1, 1, 0, 1, 0, 1)):
        context.top_lists.add(top_list(DAY - week * WEEK, new), METHOD)
    context.top_lists.add(replace(top_list(DAY, 1), ranking=Ranking(task="fill-mask")), METHOD)
    for week in range(2):
        moment = DAY - 5 * week * WEEK
        sums = {one: {"pytorch_only": [5, 9 - week], "neither": [1, 1]} for one in ("attributed", "declared")}
        context.readings.add(Reading("census", "", moment, METHOD, body := census(9 - week), (ORIGIN,)))
        context.readings.add(Reading("hub_cube", "", moment, METHOD, body["quarters"]))
        context.readings.add(Reading("hub_sums", "", moment, METHOD, sums))
    for kind, body in PAPERS.items():
        context.readings.add(Reading(kind, "", DAY, METHOD, body, (ORIGIN,)))


def request(words: str) -> Any:
    """Read a question."""
    return grammar.parse(words)
