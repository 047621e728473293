"""
What one model shows: the signals the order of evidence asks for, and the proof of each in a word.

A signal that is absent is False, so the empty model needs no special case.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise

from analytics.attribution import rule
from analytics.attribution.file_names import (
    DOUBTFUL,
    FORMATS,
    INSIDE_CORE_ML,
    LEFTOVERS,
    SAFETENSORS_BY,
    SIGNALS,
    WEIGHTLESS,
    Names,
)
from analytics.attribution.letters import lower, say
from analytics.attribution.library_table import Library, library_of, look_up, opening_libraries, opening_tags, spell
from analytics.attribution.verdicts import PYTORCH, TENSORFLOW
from analytics.domain.observations import Model
from analytics.domain.repository_ids import is_repository_id

Signals = dict[str, str]
"""The signals that hold, each with what shows it: a file, a tag, a library, a header format."""


def read(model: Model, base_counts_in: Iterable[str] = ()) -> Signals:
    """Read all signals of `model`; `base_counts_in` are the frameworks of the model it was made from."""
    library = library_of(model)
    row = look_up(library, model.created_at)
    signals = _tags(model) | _library(library, row, model) | _age(model)
    if model.files is not None:
        signals |= read_files(model.files)
    signals |= _wrote(row, signals) | _exports(model, row, signals)
    if model.header and model.header in rule.HEADERS:
        signals |= {"header": model.header, f"header:{rule.HEADERS[model.header]}": model.header}
    return signals | {f"base:{name}": bases(model)[0] for name in base_counts_in if bases(model)}


# -------------------------------------------------------------------------------------------------------------- files


def read_files(names: Iterable[str]) -> Signals:
    """Say what each name shows; the first that does is the proof. What an export explains is no other weight."""
    found = {"files": "files"}
    small = {name: lower(name) for name in names}
    there = frozenset(small.values())
    for name, low in small.items():
        fitting = [(signal, kind) for signal, kind in _accept(low) if _fits(kind, low, there)]
        exported = any(signal.startswith("to:") for signal, _ in fitting)
        for signal, kind in fitting:
            if not (exported and signal == "weights"):
                found.setdefault(signal, name)
            if signal == "weights" and not exported:
                found |= {f"by:{framework}": name for framework in kind.by if f"by:{framework}" not in found}
        if not fitting and (doubt := _doubt(low)):
            found.setdefault(doubt, name)
    return found


_ACCEPTED = tuple((signal, kind, re.compile(kind.at)) for signal, kind in SIGNALS)
_known = tuple(map(re.compile, (LEFTOVERS, INSIDE_CORE_ML, WEIGHTLESS)))


@lru_cache(maxsize=50_000)
def _accept(low: str) -> tuple[tuple[str, Names], ...]:
    """Name the kinds that a name may be of; remembered, for the same few names come again and again."""
    return tuple(
        (signal, kind)
        for signal, kind, at in _ACCEPTED
        if at.fullmatch(low) and not any(re.fullmatch(but, low) for but in kind.but)
    )


def _fits(kind: Names, low: str, there: frozenset[str]) -> bool:
    if not kind.beside and not kind.unless:
        return True
    own = {"path": low, "stem": re.sub(r"\.[^./]*\Z", "", low), "folder": low[: low.rfind("/") + 1]}
    has_one = not kind.beside or any(asked.format_map(own) in there for asked in kind.beside)
    return has_one and not any(asked.format_map(own) in there for asked in kind.unless)


def _doubt(low: str) -> str | None:
    """Tell a name that nothing is known of from one that is known to hold no weights."""
    if re.fullmatch(DOUBTFUL, low):
        return "doubtful"
    return None if any(known.fullmatch(low) for known in _known) else "strange"


# --------------------------------------------------------------------------------------------------------------- tags


def own_run(model: Model) -> tuple[str, ...]:
    """
    Give the tags the Hub set itself: the first, and those for files and formats that follow it unbroken.

    None, where the first is neither a file's nor a library: then it is the author's, and so is what follows.
    """
    tags = model.tags or ()
    if not tags or not _opens_run(tags[0], model.library):
        return ()
    end = next((at for at, (before, tag) in enumerate(pairwise(tags), 1) if _ends_run(before, tag)), len(tags))
    return tags[:end]


def _opens_run(first: str, library: str | None) -> bool:
    """Tell whether the first tag is the Hub's: of a library that nobody knows it is the library, where one is named."""
    if first in opening_tags() or spell(first) in opening_libraries():
        return True
    return bool(library) and (look_up(library, None) is None or spell(first) == spell(library or ""))


def _ends_run(before: str, tag: str) -> bool:
    """Tell whether a tag is the author's, by itself and by what stands directly before it."""
    if tag in rule.ONLY_IN_THE_RUN and before not in rule.RUN_OF_FILE_TAGS:
        return True
    return tag not in rule.RUN_OF_FILE_TAGS or (tag in rule.WRITTEN_FIRST and before in rule.WRITTEN_LATER)


def _tags(model: Model) -> Signals:
    tags = model.tags or ()
    own, said = own_run(model), say(tags)
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
    if "mlx" in say(model.tags) or (row and row.key == "mlx"):
        found["mlx"] = "mlx"
    if row and row.frameworks:
        found["library named"] = row.key
    if row and row.framework:
        found[f"library:{row.framework}"] = row.key
    if not (row and row.key in rule.CONFIG_ONLY) or model.tags is None:
        found["library says"] = library or ""
    return found


def _wrote(row: Library | None, signals: Signals) -> Signals:
    """Say whether the library's frameworks write files like those at hand; what an author named may not."""
    if not row or not row.frameworks:
        return {}
    found = {"library writes safetensors": row.key} if set(row.frameworks) & set(SAFETENSORS_BY) else {}
    if any(f"by:{framework}" in signals for framework in row.frameworks):
        found["library wrote"] = row.key
    return found | ({} if PYTORCH in row.frameworks else {"library foreign": row.key})


def _age(model: Model) -> Signals:
    if not model.created_at:
        return {}
    return {"before Keras 3" if model.created_at[:10] < rule.KERAS_3_RELEASED else "since Keras 3": model.created_at}


# ------------------------------------------------------------------------------------------------------------ exports


def _exports(model: Model, row: Library | None, signals: Signals) -> Signals:
    """Tell exports, and whether it is known that there is nothing else."""
    there = _formats(model, row, signals)
    if not there:
        return {}
    found = {"conversion": there[0]} | {f"to:{name}": name for name in there}
    return found | ({"converted": there[0]} if _nothing_else(model, row, signals) else {})


def _formats(model: Model, row: Library | None, signals: Signals) -> tuple[str, ...]:
    """Name the export formats there, by files or, where those were not read, by tags; then by library."""
    if model.files is not None:
        there = {name for name in FORMATS if f"to:{name}" in signals}
    else:
        tags = model.tags or ()
        own, said = own_run(model), say(tags)
        there = {name for tag, name in rule.CONVERSION_TAGS if tag in (own if tag in rule.LANGUAGES else said)}
    if row and _by_library(model, row, signals):
        there.add(row.conversion)
    return tuple(name for name in FORMATS if name in there)


def _by_library(model: Model, row: Library, signals: Signals) -> bool:
    return bool(row.conversion) and (model.files is None or "weights" in signals)


def _nothing_else(model: Model, row: Library | None, signals: Signals) -> bool:
    """Files not told: the Hub's own tag for an export stands where it would name other files too."""
    if row and _by_library(model, row, signals):
        return True
    if model.files is not None:
        return "weights" not in signals and "strange" not in signals
    return bool({tag for tag, _ in rule.CONVERSION_TAGS} & set(own_run(model)))


def exports(signals: Signals) -> tuple[str, ...]:
    """Name the export formats there."""
    return tuple(name for name in FORMATS if f"to:{name}" in signals)


def bases(model: Model) -> tuple[str, ...]:
    """Name the models it was made from, as its tags say; what is no id, and its own, names none."""
    stated = (tag for tag in model.tags or () if tag.startswith(rule.BASE))
    named = dict.fromkeys(re.sub("^" + rule.BASE_MODEL, "", tag) for tag in stated)
    return tuple(one for one in named if is_repository_id(one) and lower(one) != lower(model.id))
