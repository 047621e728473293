"""
What one model shows: the signals the order of evidence asks for, and the proof of each in a word.

A signal that is absent is False, so the empty model needs no special case.
"""

import re
from collections.abc import Iterable
from functools import cache

from analytics.attribution import rule
from analytics.attribution.library_table import Library, library_of, look_up
from analytics.attribution.rule import Names
from analytics.attribution.verdicts import PYTORCH, TENSORFLOW
from analytics.domain.observations import Model

Signals = dict[str, str]
"""The signals that hold, each with what shows it: a file, a tag, a library, a header format."""


def read(model: Model, base_counts_in: Iterable[str] = ()) -> Signals:
    """Read all signals of `model`; `base_counts_in` are the frameworks of the model it was made from."""
    library = library_of(model)
    row = look_up(library, model.created_at)
    signals = _tags(model) | _library(library, row, model) | _age(model)
    if model.files is not None:
        signals |= _files(model.files)
    if conversions(model):
        signals["conversion"] = conversions(model)[0]
    if model.header and model.header in rule.HEADERS:
        signals |= {"header": model.header, f"header:{rule.HEADERS[model.header]}": model.header}
    return signals | {f"base:{name}": bases(model)[0] for name in base_counts_in if bases(model)}


def _files(names: tuple[str, ...]) -> Signals:
    found = {"files": "files"}
    for kind in (*rule.FILES, rule.LIGHTNING, rule.CLASSICAL, rule.HDF5):
        if proof := _first(kind, names):
            found.setdefault(f"file:{kind.shows}", proof)
    for kind in (rule.SAFETENSORS, rule.WEIGHTS):
        if proof := _first(kind, names):
            found[kind.shows] = proof
    return found


def _first(kind: Names, names: tuple[str, ...]) -> str | None:
    """Find the first of `names` that shows it, as `sql` does with a list filter."""
    return next((name for name in names if _shows(kind, name, names)), None)


def _shows(kind: Names, name: str, names: tuple[str, ...]) -> bool:
    return bool(
        _compiled(kind.at).fullmatch(name)
        and not (kind.but and _compiled(kind.but).fullmatch(name))
        and (kind.needs is None or _beside(name, kind.needs) in names)
        and (kind.spoilt_by is None or _beside(name, kind.spoilt_by) not in names)
    )


def _beside(name: str, swap: tuple[str, str]) -> str:
    return name.removesuffix(swap[0]) + swap[1]


_compiled = cache(re.compile)


def own_run(tags: tuple[str, ...]) -> tuple[str, ...]:
    """Give the tags the Hub set itself: the first, and those for files and formats that follow it unbroken."""
    end = next((at for at, tag in enumerate(tags) if at and tag not in rule.RUN_OF_FILE_TAGS), len(tags))
    return tags[:end]


def _tags(model: Model) -> Signals:
    tags = model.tags or ()
    own, said = own_run(tags), {tag.lower() for tag in tags}
    found: Signals = {}
    for tag, framework in rule.HUB_TAGS:
        if tag in own:
            found.setdefault(f"hub:{framework}", tag)
    if "keras" in tags and model.created_at and model.created_at[:10] < rule.KERAS_TAG_CHANGED:
        found.setdefault(f"hub:{TENSORFLOW}", "keras")
    for tag, framework in rule.DECLARED_TAGS:
        if tag in said:
            found.setdefault(f"said:{framework}", tag)
    if "safetensors" in own and model.files is None:
        found["safetensors"] = "safetensors"
    return found


def _library(library: str | None, row: Library | None, model: Model) -> Signals:
    found = {"library": library} if library else {}
    if "mlx" in (model.tags or ()) or library == "mlx":
        found["mlx"] = "mlx"
    if row and row.frameworks:
        found["library named"] = row.key
    if row and row.frameworks and PYTORCH not in row.frameworks:
        found["library foreign"] = row.key
    if row and row.framework:
        found[f"library:{row.framework}"] = row.key
    if library not in rule.CONFIG_ONLY or model.tags is None:
        found["library says"] = library or ""
    if row and row.weightless:
        found["library weightless"] = row.key
    return found


def _age(model: Model) -> Signals:
    if not model.created_at:
        return {}
    return {"before Keras 3" if model.created_at[:10] < rule.KERAS_3_RELEASED else "since Keras 3": model.created_at}


def conversions(model: Model) -> tuple[str, ...]:
    """Name the export formats there, by files or, where those were not read, by tags; then by library."""
    if model.files is not None:
        there = {kind.shows for kind in rule.CONVERSIONS if _first(kind, model.files)}
    else:
        tags = model.tags or ()
        own = own_run(tags)
        there = {name for tag, name in rule.CONVERSION_TAGS if tag in (own if tag in rule.LANGUAGES else tags)}
    row = look_up(library_of(model), model.created_at)
    if row and row.conversion and (model.files is None or _first(rule.WEIGHTS, model.files)):
        there.add(row.conversion)
    return tuple(kind.shows for kind in rule.CONVERSIONS if kind.shows in there)


def bases(model: Model) -> tuple[str, ...]:
    """Name the models it was made from, as its tags say."""
    stated = (tag for tag in model.tags or () if tag.startswith(rule.BASE))
    return tuple(dict.fromkeys(re.sub("^" + rule.BASE_MODEL, "", tag) for tag in stated))
