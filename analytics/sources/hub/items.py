"""One item of the Hub's answers -> `Model`: whatever is missing or of another type than agreed is unknown."""

import datetime as dt
import re
from typing import Any

from analytics.attribution.telling_names import keep_telling
from analytics.domain.answer import Origin
from analytics.domain.observations import MOST_COUNTED, Model, Repository
from analytics.domain.repository_ids import is_repository_id
from analytics.domain.wording import iso
from analytics.sources.addresses import LONGEST_PATH, make_address
from analytics.sources.hub.configurations import configuration_of, load
from analytics.sources.hub.header_entries import METADATA, parse_entries

FIELDS = (
    *("author", "baseModels", "createdAt", "downloads", "gated", "library_name", "likes", "pipeline_tag", "private"),
    *("siblings", "tags", "trendingScore"),
)
"""What is asked for with `expand`; the Hub answers 400 to a name it does not know."""

LONGEST = LONGEST_PATH
"""Characters of one text (a tag, a task, a file); what is longer is none, and would not fit into an index."""

MOST_PARAMETERS = 2**63 - 1
"""A larger number does not fit into a column."""

SOME_GATE = "auto or manual"
"""Said where the Hub tells that a model is gated and not how."""


def model_of(item: Any) -> Model | None:
    """Reduce one item; whatever is missing or of another type than agreed is unknown."""
    fields = fields_of(item)
    return Model(**fields) if fields else None


def fields_of(item: Any) -> dict[str, Any] | None:
    """Do the same without making a `Model`: of millions, only the fields are wanted."""
    name = text(item.get("id")) if isinstance(item, dict) else None
    if not name or not is_repository_id(name):
        return None
    tags = texts(item.get("tags"))
    return {
        "id": name,
        "downloads_30d": count(item.get("downloads")),
        "downloads_all": count(item.get("downloadsAllTime")),
        "likes": count(item.get("likes")),
        "trending": _score(item.get("trendingScore")),
        "library": text(item.get("library_name")),
        "task": text(item.get("pipeline_tag")),
        "created_at": _moment(item.get("createdAt")),
        "gated": _gate(item),
        "tags": None if tags is None else tuple(dict.fromkeys([*tags, *_relations(item.get("baseModels"))])),
        "files": telling_files(item.get("siblings")),
        "number": _object_id(item.get("_id")),
    }


def is_private(item: Any) -> bool:
    """Tell whether only our token shows a model."""
    return _is_said(item, "private")


def is_disabled(item: Any) -> bool:
    """Tell whether the Hub still lists a model but serves no file of it."""
    return _is_said(item, "disabled")


def _is_said(item: Any, field: str) -> bool:
    """Tell whether a field says yes; whatever is said beside a plain no does, for the Hub may find a word for it."""
    return isinstance(item, dict) and item.get(field) not in (None, False)


def _gate(item: Any) -> str | None:
    """Say who is let in to the files, None where anybody is."""
    return (text(item.get("gated")) or SOME_GATE) if _is_said(item, "gated") else None


def repository_of(item: Any, asked: str, moment: dt.datetime, endpoint: str) -> Repository | None:
    """Reduce what the Hub says of one model; None if it is no model at all."""
    model = model_of(item)
    if model is None:
        return None
    licences = (tag.removeprefix("license:") for tag in model.tags or () if tag.startswith("license:"))
    sha = _revision(item.get("sha"))
    origin = Origin("Hugging Face Hub", f"model {model.id}", make_address(endpoint, model.id), iso(moment), sha)
    return Repository(
        model=model,
        asked=asked,
        as_of=moment,
        origin=origin,
        licence=next(filter(None, licences), None),
        last_modified=_moment(item.get("lastModified")),
        sha=sha,
        parameters=_parameters(item.get("safetensors")),
        disabled=is_disabled(item),
        private=is_private(item),
        configuration=configuration_of(item),
    )


def _parameters(weights: Any) -> int | None:
    """Take how many numbers the weights hold; where the sum is not told, it is that of the kinds of numbers."""
    if not isinstance(weights, dict):
        return None
    total, kinds = count(weights.get("total"), MOST_PARAMETERS), weights.get("parameters")
    if total is not None or not isinstance(kinds, dict):
        return total
    parts = [count(part, MOST_PARAMETERS) for part in kinds.values()]
    return count(sum(part or 0 for part in parts), MOST_PARAMETERS) if parts and None not in parts else None


def _object_id(value: Any) -> str | None:
    """Take the Hub's number of a repository: 24 hexadecimal digits and nothing else."""
    return value if isinstance(value, str) and re.fullmatch("[0-9a-f]{24}", value) else None


def _revision(value: Any) -> str | None:
    """Take a commit, which goes into an address: 40 hexadecimal digits and nothing else."""
    return value if isinstance(value, str) and re.fullmatch("[0-9a-f]{40}", value) else None


def header_size(start: bytes) -> int:
    """Give how many bytes a safetensors file holds before its numbers: the first eight, and as many as they say."""
    return 8 + int.from_bytes(start[:8], "little")


def read_format(start: bytes) -> str | None:
    """
    Read `__metadata__.format` from the first bytes of a safetensors file; empty if it states none.

    Eight bytes hold the length N of the header (little-endian), then N bytes of JSON. None: no such file, or a header
    too long to be read whole whose metadata does not stand at its beginning.
    """
    length, header = int.from_bytes(start[:8], "little"), start[8:]
    if len(header) < length:
        found = re.match(rb'\s*\{\s*"__metadata__"\s*:\s*(\{[^{}]*\})', header)
        metadata = load(found.group(1)) if found else None
        return text(metadata.get("format")) or "" if isinstance(metadata, dict) else None
    whole = parse_entries(header[:length])
    if whole is None:
        return None
    metadata = whole.get(METADATA)
    return (text(metadata.get("format")) if isinstance(metadata, dict) else None) or ""


def _relations(base: Any) -> list[str]:
    """Write `baseModels` as the tags it is usually repeated in: base_model:<relation>:<id>."""
    if not isinstance(base, dict) or not isinstance(base.get("models"), list):
        return []
    relation = text(base.get("relation"))
    ids = (text(model.get("id")) for model in base["models"] if isinstance(model, dict))
    stated = (":".join(filter(None, ("base_model", relation, one))) for one in ids if one)
    return [tag for tag in stated if text(tag)]


def telling_files(siblings: Any) -> tuple[str, ...] | None:
    """
    Reduce a file list (`[{"rfilename": "config.json"}]`) to the names that can bear on the framework.

    None: the files were not told. A file whose name cannot be read is there all the same, and may be anything.
    """
    if not isinstance(siblings, list):
        return None
    return tuple(keep_telling(one.get("rfilename") if isinstance(one, dict) else one for one in siblings))


def text(value: Any) -> str | None:
    """Take a text of a bearable length without what no name has: control characters, halves of surrogate pairs."""
    return value if isinstance(value, str) and 0 < len(value) <= LONGEST and value.isprintable() else None


def texts(value: Any) -> list[str] | None:
    """Take a list of texts, leaving out what is none; None if it is no list."""
    if not isinstance(value, list):
        return None
    try:
        joined = "".join(value)
        # Nearly always, and at once: all of them together are no longer than one may be.
        sound = "" not in value and len(joined) <= LONGEST and joined.isprintable()
    except TypeError:
        sound = False
    return value if sound else [one for one in value if text(one)]


def count(value: Any, most: int = MOST_COUNTED) -> int | None:
    """Take a whole number from 0 to `most`; JSON as Python reads it tells 7.0 from 7, and takes true for one too."""
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return int(value) if is_number and 0 <= value <= most and value == int(value) else None


A_DAY = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
FIRST_YEAR = "1970"
"""A moment before is none, in a census too: computers begin to count there."""


def _moment(value: Any) -> str | None:
    """Take a moment as the Hub writes it: the rule compares its day, so that anything else would be young or old."""
    told = text(value)
    if told is None or not A_DAY.match(told) or told < FIRST_YEAR:
        return None
    try:
        dt.datetime.fromisoformat(told)
    except ValueError:
        return None
    return told


def _score(value: Any) -> float | None:
    """Take a number; JSON as Python reads it has NaN, which no order can be made of, and numbers without end."""
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return value if number and abs(value) <= MOST_COUNTED else None
