"""
The embedded sample: what can be answered with no network and nothing stored, always labelled as a sample.

What it holds, from whom and under which licence stands in README.md beside this file.
"""

import datetime as dt
from functools import cache

from analytics.domain.answer import Origin
from analytics.domain.observations import Model, Ranking, TopList
from analytics.domain.wording import iso
from analytics.sample.embedded import LIKES, read_list
from analytics.shipped_tables import read_rows

AS_OF = dt.datetime(2026, 8, 22, 1, 15, tzinfo=dt.UTC)
"""When the list was fetched from the Hub; its tags are joined from dumps of up to two years before."""

ORIGIN = Origin(
    producer="Hugging Face Hub",
    title="120 models with the most 30-day downloads; tags joined from dumps of 2024 to 2026",
    address="https://github.com/namhyeokwoo/huggingface-trending/blob/99ceca72e61ee90e07248b445f3179c03511dd4f/"
    "data/snapshots/2026-08-22.json",
    accessed=iso(AS_OF),
    revision="99ceca72e61ee90e07248b445f3179c03511dd4f",
    licence="none stated; tags of 48 models, reduced, from HF//RADAR (radar-huggingface.686f6c61.dev), CC BY 4.0",
)

ARTICLE = Origin(
    producer="AssemblyAI",
    title="Does PyTorch or TensorFlow Have More Pre-trained Deep Learning Models?",
    address="https://www.assemblyai.com/blog/p/cf5d4a00-a802-4eec-803b-d55ff97b861d",
    accessed="2022-03",
)
"""The article of March 2022 that this project repeats. Its figures are rounded and of the declared definition."""


@cache
def top_list() -> TopList:
    """Read the 120 most downloaded models of 22 August 2026; the ranking goes on beyond them."""
    models = tuple(_model(row) for row in read_rows(__name__, "top_models_2026-08-22.csv"))
    return TopList(Ranking(), AS_OF, models, asked=len(models), complete=False, origin=ORIGIN)


@cache
def top_lists() -> tuple[TopList, ...]:
    """Read every list that stands in for a ranking: by downloads, then by likes."""
    return (top_list(), read_list(LIKES, Ranking("likes")))


@cache
def article_top30() -> dict[str, int]:
    """Read what the article printed of its top 30: models in PyTorch, only in TensorFlow, a bound of those in it."""
    figures = [row for row in read_rows(__name__, "article_2022.csv") if row["subject"].startswith("top 30")]
    wanted = {
        "available in this framework": "in",
        "only in this framework": "only",
        "available in this framework (upper bound: fewer than this)": "fewer than in",
    }
    return {
        f"{wanted[row['measure']]} {row['framework']}": int(row["value"]) for row in figures if row["measure"] in wanted
    }


@cache
def article_totals() -> dict[str, float]:
    """Read what the article printed of the whole Hub, percent of its models: `only PyTorch`, `in TensorFlow`, ..."""
    wanted = {"available in this framework": "in", "only in this framework": "only"}
    return {
        f"{wanted[row['measure']]} {row['framework']}": float(row["value"])
        for row in read_rows(__name__, "article_2022.csv")
        if row["subject"] == "Hugging Face Hub models" and row["measure"] in wanted
    }


@cache
def article_papers() -> dict[str, float]:
    """Read what the article printed of Papers with Code for 2021 Q4: `all` repositories, percent of each framework."""
    return {
        row["framework"]: float(row["value"])
        for row in read_rows(__name__, "article_2022.csv")
        if row["subject"] == "Papers with Code repositories"
    }


def _model(row: dict[str, str]) -> Model:
    return Model(
        id=row["id"],
        downloads_30d=int(row["downloads_30d"]),
        likes=int(row["likes"]),
        library=row["library"] or None,
        task=row["task"] or None,
        created_at=row["created_at"],
        tags=tuple(row["tags"].split()) if row["tags_as_of"] else None,
    )
