"""What the stand-in serves: model repositories as dictionaries, exactly as the Hub spells their fields."""

import ast
import csv
import datetime as dt
import gzip
import itertools
from importlib.resources import files as package_files
from pathlib import Path
from typing import Any

Item = dict[str, Any]

FLOOR = "2022-03-02T23:29:04.000Z"
"""The creation time the Hub gives to everything older than its present database."""

FORMATS = frozenset({"pytorch", "tf", "jax", "safetensors", "onnx", "gguf", "coreml", "rust", "openvino", "tflite"})
"""Tags that name a framework or file format; the rest of the first tags name a library."""

_serial = itertools.count(1)


def model(name: str, **fields: Any) -> Item:
    """
    Make one public model; `fields` in the Hub's spelling, a list of file names is enough for `siblings`.

    Its `_id` is an ObjectId: four bytes of creation time in seconds, then a serial number.
    """
    item: Item = {"_id": _object_id(fields.get("createdAt", FLOOR)), "id": name, "private": False} | fields
    if "/" in name:
        item.setdefault("author", name.partition("/")[0])
    if "siblings" in fields:
        item["siblings"] = [{"rfilename": file} if isinstance(file, str) else file for file in fields["siblings"]]
    return item


def _object_id(created_at: str) -> str:
    return f"{int(dt.datetime.fromisoformat(created_at).timestamp()):08x}{next(_serial):016x}"


def models_of_2024_09(path: Path) -> list[Item]:
    """
    Read a gzip CSV of the Hub's most downloaded models of 20 September 2024.

    Columns: modelId, author, downloads (30 days), lastModified, tags (the text of a Python list), pipeline_tag, sha.
    Creation time, likes and file list are not in it and are left out. The library is inferred: the Hub puts it first
    among the tags.
    """
    known = _libraries()
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        return [_from_row(row, known) for row in csv.DictReader(file)]


def _from_row(row: dict[str, str], known: frozenset[str]) -> Item:
    tags = ast.literal_eval(row["tags"])
    fields: Item = {
        "downloads": int(row["downloads"]),
        "lastModified": f"{row['lastModified'][:19].replace(' ', 'T')}.000Z",
        "tags": tags,
        "pipeline_tag": row["pipeline_tag"],
        "library_name": tags[0] if tags and tags[0] in known else "",
        "sha": row["sha"],
        "gated": False,
    }
    return model(row["modelId"], **{name: value for name, value in fields.items() if value != ""})


def _libraries() -> frozenset[str]:
    table = package_files("analytics.attribution").joinpath("libraries.csv").read_text(encoding="utf-8")
    return frozenset(row["key"] for row in csv.DictReader(table.splitlines())) - FORMATS
