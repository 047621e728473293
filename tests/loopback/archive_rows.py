"""
The archive of Papers with Code as it lies on the Hub: two datasets of Parquet files in its own schema.

    LoopbackHub(datasets=papers_archive.datasets(papers_archive.real_links()))
"""

import csv
import gzip
import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

LINKS, PAPERS = "pwc-archive/links-between-paper-and-code", "pwc-archive/papers-with-abstracts"
EXTRACT = Path(__file__).parent.parent / "data" / "papers_2024-09-08.csv.gz"
SHARDS = 4
TEXT = pa.string()
ABSTRACT = "An abstract that nobody asked for. " * 200
"""What must not travel: 7,000 characters a paper, written uncompressed."""

Row = dict[str, Any]
Datasets = dict[str, dict[str, bytes]]


def real_links() -> list[Row]:
    """Read 400 real links (tests/data/README.md); `paper_quarter` is a reference made by others, not served."""
    with gzip.open(EXTRACT, "rt", encoding="utf-8", newline="") as file:
        return [row | {"is_official": row["is_official"] == "true"} for row in csv.DictReader(file)]


def link(paper: str, repository: str, framework: str | None = "pytorch", **more: Any) -> Row:
    """Make one link of the archive's."""
    address = f"https://paperswithcode.com/paper/{paper}"
    row = {"paper_url": address, "repo_url": f"https://github.com/{repository}", "framework": framework}
    return row | {"paper_arxiv_id": None, "is_official": False} | more


def datasets(
    links: Sequence[Row],
    dates: Mapping[str, Any] | None = None,
    *,
    dated: pa.DataType = TEXT,
    without: str = "",
    shards: int = SHARDS,
    typed: Mapping[str, pa.DataType] | None = None,
) -> Datasets:
    """
    Write both datasets; `dates` maps addresses of papers to what their column `date` holds, of type `dated`.

    `without` leaves out a column, `typed` gives columns of the links another type: an archive that changed.
    """
    found = dates or {}
    urls = list(dict.fromkeys([row["paper_url"] for row in links] + list(found)))
    names = [f"data/train-{shard:05d}-of-{shards:05d}.parquet" for shard in range(shards)]
    papers = {name: _written(_papers(urls[shard::shards], found, dated), without) for shard, name in enumerate(names)}
    return {LINKS: {"data/train-00000-of-00001.parquet": _written(_links(links, typed or {}), without)}, PAPERS: papers}


def _links(rows: Sequence[Row], typed: Mapping[str, pa.DataType]) -> pa.Table:
    columns: dict[str, pa.Array] = {
        name: pa.array([row.get(name) or None for row in rows], typed.get(name, TEXT))
        for name in ("paper_url", "paper_title", "paper_arxiv_id", "paper_url_abs", "paper_url_pdf", "repo_url")
    }
    for name in ("is_official", "mentioned_in_paper", "mentioned_in_github"):
        columns[name] = pa.array([row.get(name, False) for row in rows], typed.get(name, pa.bool_()))
    frameworks = pa.array([row["framework"] for row in rows], typed.get("framework", TEXT))
    return pa.table(columns | {"framework": frameworks})


def _papers(urls: Sequence[str], dates: Mapping[str, Any], dated: pa.DataType) -> pa.Table:
    abstracts = [f"{url} {ABSTRACT}" for url in urls]
    return pa.table(
        {
            "paper_url": pa.array(urls, TEXT),
            "abstract": pa.array(abstracts, TEXT),
            "date": pa.array([dates.get(url) for url in urls], dated),
        }
    )


def _written(table: pa.Table, without: str) -> bytes:
    kept = table.drop_columns([without]) if without in table.schema.names else table
    file = io.BytesIO()
    pq.write_table(kept, file, row_group_size=50, compression="none", use_dictionary=False)
    return file.getvalue()
