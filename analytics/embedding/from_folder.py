"""
From a folder of dated public data to embedded readings: what is counted from them, and three short lists.

The folder holds `hf_top9715_2024-09`, `hf_daily_top_2026-08`, `hf_most_liked_2025-11` and `pwc_links_sample_2024-09`,
as analytics/sample/README.md names their sources. Nothing of the raw files is kept but what is counted and listed here.
"""

import ast
import datetime as dt
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pandas as pd

from analytics import sample
from analytics.attribution import METHOD
from analytics.attribution.library_table import library_of
from analytics.census import cube, schema
from analytics.collect.papers_collector import count_archive
from analytics.domain.answer import Origin
from analytics.domain.observations import Model
from analytics.domain.wording import count, day
from analytics.papers import METHOD as PAPERS_METHOD
from analytics.sample.embedded import CENSUS, EARLIER, LATER, LIKES, PAPERS, THEN, Embedded, as_rows
from analytics.sources.papers_archive import PaperLink

MOST_DOWNLOADED = "hf_top9715_2024-09/hf_models_2024-09-20.csv.gz"
DAYS = "hf_daily_top_2026-08/snapshots_2026-08-07_16.csv.gz"
LIKED = "hf_most_liked_2025-11/models_2025-11-06.json"
LINKS = "pwc_links_sample_2024-09/pwc_links_sample.csv"

OF_2024 = dt.datetime(2024, 9, 20, tzinfo=dt.UTC)
OF_LIKES = dt.datetime(2025, 11, 6, tzinfo=dt.UTC)
OF_LINKS = dt.datetime(2024, 9, 8, tzinfo=dt.UTC)
WEEK = ("2026-08-09", "2026-08-16")
"""Two days a week apart."""
LONGEST, FIRST = 100, 30
"""Models kept of a list, and of the one of which only the first thirty are told."""

HUB = "Hugging Face Hub"
NONE = "none stated"


def make(folder: Path) -> Iterator[tuple[str, Embedded]]:
    """Make every embedded reading that the folder tells."""
    downloaded = pd.read_csv(folder / MOST_DOWNLOADED, keep_default_na=False)
    downloaded["tags"] = [ast.literal_eval(tags) for tags in downloaded["tags"]]
    yield CENSUS, _count_census(downloaded)
    yield THEN, _list_2024(downloaded)
    yield PAPERS, _count_papers(folder / LINKS)
    yield LIKES, _list_liked(folder / LIKED)
    known = _tags_by_id(downloaded)
    yield from zip((EARLIER, LATER), _list_days(folder / DAYS, known), strict=True)


# ------------------------------------------------------------------------------------------------- the list of 2024

DROPPED = "Models that were last changed before 21 September 2021 are missing from it."


def _origin_of_2024() -> Origin:
    revision = "076657247d7bdce41b912d59456677c193aa9f57"
    return Origin(
        producer=HUB,
        title="the 9,715 most downloaded models, without those unchanged for three years",
        address=f"https://github.com/enochlev/CS573_Documentation_Quality/blob/{revision}/hf_models.csv",
        accessed="2024-09-20",
        revision=revision,
        licence=NONE,
    )


def _count_census(downloaded: pd.DataFrame) -> Embedded:
    """Count the list by the rule for millions of rows, through the shape that a census has."""
    import pyarrow as pa

    columns = downloaded.rename(columns={"modelId": "id"})[["id", "downloads", "tags", "pipeline_tag"]]
    columns["library_name"] = columns["tags"].map(lambda tags: library_of(Model("", tags=tuple(tags))))
    table = pa.Table.from_pandas(columns, preserve_index=False)
    with TemporaryDirectory() as folder:
        cache = Path(folder) / "list.parquet"
        schema.write(pa.RecordBatchReader.from_batches(table.schema, table.to_batches()), cache)
        body = cube.faces(cube.count(cache, OF_2024))
    population = f"the {len(downloaded):,} most downloaded models"
    return Embedded(OF_2024, population, (_origin_of_2024(),), body, METHOD, (DROPPED, FILES_UNREAD, LIBRARIES_OF_TAGS))


FILES_UNREAD = "No list of files was read: the Hub's tags are used for them."
LIBRARIES_OF_TAGS = "Libraries are those that the tags name."


def _list_2024(downloaded: pd.DataFrame) -> Embedded:
    ranked = downloaded.sort_values(["downloads", "modelId"], ascending=[False, True]).head(FIRST)
    models = [
        Model(row["modelId"], int(row["downloads"]), task=row["pipeline_tag"] or None, tags=keep_tags(row["tags"]))
        for _, row in ranked.iterrows()
    ]
    origins = (_origin_of_2024(),)
    return Embedded(OF_2024, f"the {FIRST} most downloaded models", origins, as_rows(models), notes=(DROPPED,))


# -------------------------------------------------------------------------------------------------------- the papers


def _count_papers(file: Path) -> Embedded:
    links = pd.read_csv(file, keep_default_na=False)
    columns = (
        pd.factorize(links["paper_url"])[0].tolist(),
        pd.factorize(links["repo_url"].str.strip().str.rstrip("/").str.casefold())[0].tolist(),
        (links["is_official"].astype(str).str.casefold() == "true").tolist(),
        links["framework"].str.strip().str.lower().replace("", "none").tolist(),
        [quarter or None for quarter in links["paper_quarter"]],
    )
    rows = list(map(PaperLink, *columns))
    revision = "f3b7c6c0d1fd93a901d5f5a490aa857b9f9a609a"
    origin = Origin(
        producer="Papers with Code archive",
        title=f"{count(len(rows), 'link')} between papers and repositories, 0.4 % of the archive",
        address=f"https://github.com/rockett-m/grimrepor/blob/{revision}/data/paper_repo_info.csv",
        accessed="2024-09-08",
        revision=revision,
        licence="CC BY-SA 4.0",
    )
    population = f"{count(len(rows), 'link')}, a part of the archive, not drawn at random"
    return Embedded(OF_LINKS, population, (origin,), count_archive(rows) | {"doubles": 0}, PAPERS_METHOD)


# --------------------------------------------------------------------------------------------------------- the lists


def _list_liked(file: Path) -> Embedded:
    found = sorted(json.loads(file.read_text(encoding="utf-8")), key=lambda one: (-one["likes"], one["id"]))
    models = [
        Model(
            one["id"],
            one["downloads"],
            one["likes"],
            task=one["task"] or None,
            tags=keep_tags(one["tags"]),
        )
        for one in found
    ]
    revision = "057ce22d8da70d1f810102d239523d5041ab5a10"
    origin = Origin(
        producer=HUB,
        title=f"the {len(models)} most liked models",
        address=f"https://github.com/mosesy5688-cell/ai-nexus/blob/{revision}/public/models.json",
        accessed="2025-11-06",
        revision=revision,
        licence=NONE,
    )
    return Embedded(OF_LIKES, f"the {len(models)} most liked models", (origin,), as_rows(models))


def _list_days(file: Path, known: Mapping[str, tuple[str, ...]]) -> Iterator[Embedded]:
    days = pd.read_csv(file, keep_default_na=False)
    for wanted in WEEK:
        rows = days[days["snapshot_date"] == wanted]
        ranked = rows.sort_values(["downloads", "id"], ascending=[False, True]).head(LONGEST)
        moment = dt.datetime.fromisoformat(rows["fetched_at"].iloc[0]).astimezone(dt.UTC).replace(microsecond=0)
        models = [_model_of_day(row, known) for _, row in ranked.iterrows()]
        yield Embedded(moment, f"the {LONGEST} most downloaded models", (_origin_of_day(wanted),), as_rows(models))


def _model_of_day(row: "pd.Series[Any]", known: Mapping[str, tuple[str, ...]]) -> Model:
    return Model(
        row["id"],
        int(row["downloads"]),
        int(row["likes"]),
        library=row["library_name"] or None,
        task=row["pipeline_tag"] or None,
        created_at=row["createdAt"] or None,
        tags=known.get(row["id"]),
    )


def _origin_of_day(wanted: str) -> Origin:
    revision = "99ceca72e61ee90e07248b445f3179c03511dd4f"
    return Origin(
        producer=HUB,
        title=f"{LONGEST} models with the most 30-day downloads on {day(dt.date.fromisoformat(wanted))}; tags joined",
        address=f"https://github.com/namhyeokwoo/huggingface-trending/blob/{revision}/data/snapshots/{wanted}.json",
        accessed=wanted,
        revision=revision,
        licence=NONE,
    )


def _tags_by_id(downloaded: pd.DataFrame) -> dict[str, tuple[str, ...]]:
    """Give the tags of models, the newer reading where there are two."""
    older = {name: keep_tags(tags) for name, tags in zip(downloaded["modelId"], downloaded["tags"], strict=True)}
    newer = {model.id: model.tags for model in sample.top_list().models if model.tags is not None}
    return older | newer


LEAST_LETTERS = 3
BASE = "base_model:"


def keep_tags(tags: Iterable[str]) -> tuple[str, ...]:
    """Keep what may bear on frameworks, formats, types and bases; languages, licences, papers, data sets do not."""
    return tuple(
        tag for tag in tags if tag.startswith(BASE) or (":" not in tag and (len(tag) >= LEAST_LETTERS or tag == "tf"))
    )
