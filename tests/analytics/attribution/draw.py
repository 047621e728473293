"""
Draw models at random to be labelled by hand: not chosen, so that the agreement on them is that of ordinary lists.

    python -m tests.analytics.attribution.draw FOLDER > drawn.jsonl

`FOLDER` holds the four public lists named in tests/data/README.md. The seed and the numbers are fixed, so whoever has
the same lists draws the same models; models of the hard set are left out. Each line is the evidence of one model, to
which a person adds `frameworks`, `remark` and `why`, without running the rule; they stand in `random.jsonl`.
"""

import csv
import gzip
import json
import random
import re
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

SEED = 20261126
HARD = Path(__file__).parent / "labelled.jsonl"
DAY = "2026-08-16"

Row = Mapping[str, Any]


def top_2024(folder: Path) -> list[Row]:
    """Read the most downloaded of September 2024: tags, no libraries, no files."""
    with gzip.open(folder / "hf_top9715_2024-09" / "hf_models_2024-09-20.csv.gz", "rt", encoding="utf-8") as text:
        return [{"id": row["modelId"], "source": "top_2024-09-20"} for row in csv.DictReader(text)]


def liked_2025(folder: Path) -> list[Row]:
    """Read the most liked of November 2025: tags."""
    text = (folder / "hf_most_liked_2025-11" / "models_2025-11-06.json").read_text(encoding="utf-8")
    return [{"id": row["id"], "source": "liked 2025-11-06", "tags": row["tags"]} for row in json.loads(text)]


def single_2025(folder: Path) -> list[Row]:
    """Read the single models of late 2025: tags, libraries and files, of names that differ in digits the first."""
    text = (folder / "hf_modelinfo_raw_2025-11" / "model_info_34.jsonl").read_text(encoding="utf-8")
    return [_single(json.loads(line)) for line in text.strip().split("\n")]


def _single(row: Row) -> Row:
    files = re.findall(r"rfilename='([^']*)'", "\n".join(row["siblings"]))
    library = {"library": row["library_name"]} if row["library_name"] else {}
    made = {"created_at": row["created_at"].replace(" ", "T")}
    return {
        "id": row["id"],
        "source": "model info 2025",
        **library,
        **made,
        "tags": row["tags"],
        "files": list({re.sub("[0-9]+", "0", name): name for name in reversed(files)}.values())[::-1],
    }


def daily_2026(folder: Path) -> list[Row]:
    """Read the most downloaded and most liked of one day of August 2026: libraries, neither tags nor files."""
    name = folder / "hf_daily_top_2026-08" / "snapshots_2026-08-07_16.csv.gz"
    with gzip.open(name, "rt", encoding="utf-8") as text:
        rows = [row for row in csv.DictReader(text) if row["snapshot_date"] == DAY]
    return [
        {"id": row["id"], "source": f"daily {DAY}", "created_at": row["createdAt"]}
        | ({"library": row["library_name"]} if row["library_name"] else {})
        for row in rows
    ]


DRAWN: tuple[tuple[Callable[[Path], list[Row]], int], ...] = (
    (top_2024, 100),
    (daily_2026, 36),
    (liked_2025, 24),
    (single_2025, 12),
)
"""How many of which list."""


def draw(folder: Path) -> list[Row]:
    """Draw from each list, without what the hard set labels already and without any model twice."""
    seen = {json.loads(line)["id"] for line in HARD.read_text(encoding="utf-8").splitlines()}
    lot = random.Random(SEED)  # noqa: S311 - nothing secret; the same draw for everybody
    drawn: list[Row] = []
    for read, number in DRAWN:
        rows = [row for row in read(folder) if row["id"] not in seen]
        chosen = lot.sample(sorted(rows, key=lambda row: str(row["id"])), number)
        seen |= {str(row["id"]) for row in chosen}
        drawn += chosen
    return drawn


if __name__ == "__main__":
    sys.stdout.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in draw(Path(sys.argv[1])))
