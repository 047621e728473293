"""
The referee over whole folders of real lists: `python -m tests.analytics.charts.real_lists FOLDER RECORD`

`FOLDER` holds the public lists named in tests/data/README.md, and the census of July 2022. Of each list and of each
of its tasks the first 1, 10, 30, 50, 100 and 1,000 are drawn, by both definitions. `RECORD` is a file with a line for
each picture that was judged, by its fingerprint: stopped and started again, the run goes on where it was.
"""

import csv
import datetime as dt
import gzip
import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from analytics.charts import fingerprint
from analytics.domain.answer import Answer, Origin
from analytics.domain.observations import Model, Ranking, TopList
from analytics.domain.requests import Definition, Top
from analytics.questions.top import top
from analytics.ranking.classified import TopCircumstances
from tests.analytics.charts.drawings import figure
from tests.analytics.charts.referee import find_collisions, find_small_letters

ORIGIN = Origin("Hugging Face Hub", "a public list", "https://huggingface.co/models", "2026-08-16")
SIZES = (1, 10, 30, 50, 100, 1000)


def read_lists(folder: Path) -> Iterator[tuple[str, list[Model]]]:
    """Give every list by its name, best first."""
    rows = _rows(folder / "hf_top9715_2024-09" / "hf_models_2024-09-20.csv.gz")
    yield "2024-09-20", [_model(row["modelId"], row, json.loads(row["tags"].replace("'", '"'))) for row in rows]
    rows = _rows(folder / "hf_census_2022-07" / "models_with_downloads_2022-07.csv.gz")
    yield "2022-07-02", [_model(row["model"], row) for row in rows]
    daily = _rows(folder / "hf_daily_top_2026-08" / "snapshots_2026-08-07_16.csv.gz")
    for day in sorted({row["snapshot_date"] for row in daily}):
        found = [_model(row["id"], row) for row in daily if row["snapshot_date"] == day]
        yield day, sorted(found, key=lambda model: -(model.downloads_30d or 0))
    liked = json.loads((folder / "hf_most_liked_2025-11" / "models_2025-11-06.json").read_text(encoding="utf-8"))
    yield "2025-11-06", [_model(row["id"], row, row["tags"]) for row in liked]


def _rows(file: Path) -> list[dict[str, str]]:
    with gzip.open(file, "rt", encoding="utf-8") as text:
        return list(csv.DictReader(text))


def _model(name: str, row: Mapping[str, Any], tags: list[str] | None = None) -> Model:
    task = row.get("pipeline_tag") or row.get("task") or None
    known = None if tags is None else tuple(tags)
    return Model(name, int(row["downloads"]), task=task, library=row.get("library_name") or None, tags=known)


def hang_lists(folder: Path) -> Iterator[tuple[str, Answer]]:
    """Give every picture that can be drawn of the lists and of their tasks."""
    for day, models in read_lists(folder):
        as_of = dt.datetime.fromisoformat(day).replace(tzinfo=dt.UTC)
        for task in [None, *sorted({model.task for model in models if model.task})]:
            whole = TopList(Ranking(task=task), as_of, _first(models, task), 1000, complete=True, origin=ORIGIN)
            for n in [n for n in SIZES if n == 1 or n <= len(whole.models)]:
                for definition in Definition:
                    asked = Top(n, definition=definition, task=task)
                    yield f"{day} {asked.words}", top(asked, whole, TopCircumstances())


def _first(models: list[Model], task: str | None) -> tuple[Model, ...]:
    return tuple(model for model in models if task in (None, model.task))[:1000]


def read_record(record: Path) -> dict[str, str]:
    """Give what was found of each picture by its fingerprint: nothing where nothing is wrong."""
    lines = record.read_text(encoding="utf-8").splitlines() if record.exists() else []
    return {drawn: found for drawn, _, found in (line.split("\t") for line in lines if line.count("\t") == 2)}


def judge(answer: Answer) -> str:
    """Say in a line what collides or is too small."""
    picture = figure(answer)
    return "; ".join(" ".join(wrong.split()) for wrong in (find_collisions(picture) + find_small_letters(picture))[:3])


def main() -> None:
    """Judge every picture once, write each into the record, and say at the end what was found."""
    folder, record = map(Path, sys.argv[1:])
    known, met = read_record(record), dict[str, str]()
    with record.open("a", encoding="utf-8", buffering=1) as lines:
        for name, answer in hang_lists(folder):
            if (drawn := fingerprint(answer)) in met:
                continue
            met[drawn] = known[drawn] if drawn in known else judge(answer)
            if drawn not in known:
                lines.write(f"{drawn}\t{name}\t{met[drawn]}\n")
    wrong = sum(map(bool, met.values()))
    sys.stdout.write(f"{len(met):,} pictures, {wrong} with a collision or with letters under 8 px\n")


if __name__ == "__main__":
    main()
