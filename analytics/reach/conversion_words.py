"""What converts on load, in words and in the lines to run; "loads through", never "has"."""

import re
import shlex
from collections.abc import Iterable, Mapping, Sequence

from analytics.domain.observations import Configuration
from analytics.domain.wording import clause, listing, verb
from analytics.reach.class_evidence import find_class
from analytics.reach.class_names import has_class
from analytics.reach.conversion_tables import (
    PLAIN,
    TIMM,
    Load,
    Part,
    Result,
    find_last_loads,
    find_loads,
    find_tried,
    read_shipped_listings,
)
from analytics.reach.loaders import NAMES
from analytics.reach.outcomes import Conversion, Obstacle, Reach, Sureness

PARTS: Mapping[Part, str] = {
    Part.WHOLE: "whole model",
    Part.BACKBONE: "backbone only, its head is lost",
    Part.TEXT: "its text part only",
}

NO_HEAD: Mapping[Part, str] = {**PARTS, Part.BACKBONE: "backbone, all that this class has"}
"""The same of a bare model, which has no head to lose."""

OLD = "the last version with these classes, no longer maintained"
"""What is to be known of the old transformers, which other than KerasHub converts the head."""

MOST_WRONG = 12
"""Settings named that gave other numbers; the table has them all, and no type that many today."""


def name_library(library: str, version: str) -> str:
    """Name a library with its version: KerasHub 0.32."""
    return f"{NAMES[library]} {version.removesuffix('.0')}"


def name_converter(conversion: Conversion) -> str:
    """Name the library alone: KerasHub."""
    return NAMES[conversion.row.library]


def name_loader(conversion: Conversion) -> str:
    """Say through what it loads and how much of it: `KerasHub 0.32, whole model`."""
    through = name_library(conversion.row.library, conversion.row.version)
    listed = "" if conversion.sureness is Sureness.PROVEN else f"; {conversion.sureness}"
    return f"{through}, {_part(conversion)}{listed}"


def _part(conversion: Conversion) -> str:
    if conversion.row.library == "transformers":
        return f"{'head included' if conversion.has_head else 'whole model'}; {OLD}"
    return (PARTS if conversion.has_head else NO_HEAD)[conversion.part]


def describe(reach: Reach, base: str | None) -> Iterable[str]:
    """Say what loads it, how sure that is and what was not looked at; where nothing does, why."""
    if reach.best is None:
        yield _say_obstacle(reach, base)
        return
    yield _say_best(reach.framework, reach.best)
    for other in reach.conversions[1:2]:
        is_wrong = other.sureness is Sureness.WRONG
        yield _say_best(reach.framework, other) if is_wrong else f"Also through {name_loader(other)}."
    if base and reach.best.eight_bits_of:
        yield ASK.format(base=base)
    if reach.pools:
        yield "What is loaded gives hidden states: its pooling, and what comes after, is not part of it."
    yield from _say_doubts([one for one in reach.conversions[:2] if one.sureness is not Sureness.WRONG])


def say_outdated(reach: Reach) -> Iterable[str]:
    """Of files that only the old transformers loads: say so, and what a maintained library makes of the others."""
    last = _last_transformers(reach.framework)
    yield f"transformers {last} is the last version that loads them; it is no longer maintained."
    maintained = next((one for one in reach.conversions if one.row.library != "transformers"), None)
    if maintained is None:
        return
    if maintained.sureness is Sureness.WRONG:
        yield _say_wrong(maintained, "its PyTorch files")
        return
    yield f"Its PyTorch files load through {name_loader(maintained)}."
    yield from _say_doubts([maintained])


def _last_transformers(framework: str) -> str:
    """Give the last version with classes for a framework, which is the one the table lists."""
    return {library: version for library, version, _ in read_shipped_listings().releases(framework)}["transformers"]


def _say_best(framework: str, best: Conversion) -> str:
    through = name_library(best.row.library, best.row.version)
    match best.sureness:
        case Sureness.PROVEN:
            how = f" ({best.quantised})" if best.quantised else ""
            tried = f"tried by us for this type{how}, not for this repository"
            return f"Loads in {framework} through {through}, {_part(best)}; {tried}."
        case Sureness.WRONG:
            return _say_wrong(best, "it")
        case Sureness.NOT_CHECKED:
            return f"{through} lists its type, but it brings code of its own, which would be ignored: not checked."
        case _:
            return f"{through} lists its type for {framework}; {_say_seen(best)}."


def _say_seen(best: Conversion) -> str:
    """Say what was seen of a class that is only listed."""
    if (tried := find_tried(best.row, best.architecture)) != best.row.version:
        return f"we loaded it with {name_library(best.row.library, tried)}, which the lines install"
    if _is_uncompared(best):
        return "it loaded, and its numbers could not be compared"
    if best.odd_form:
        return f"we have seen it load as {_part(best)}, in this form only: {best.odd_form}"
    return "we have not seen this form of it load"


def _is_uncompared(best: Conversion) -> bool:
    """Tell whether its class as it is saved loaded without anything to hold its numbers against."""
    plain = (load for load in find_loads(best.row) if (load.architecture, load.variant) == (best.architecture, PLAIN))
    return any(load.result is Result.NOT_COMPARED for load in plain)


def _say_wrong(conversion: Conversion, what: str) -> str:
    """Warn of what loads without an error and gives other numbers, and say why."""
    through = name_library(conversion.row.library, conversion.row.version)
    why = "what we loaded of its kind gave other numbers without an error"
    if seen := conversion.eight_bits_of:
        why = f"it loads eight-bit weights without an error and gives other numbers (seen with {seen})"
    return f"Do not load {what} through {through}: {why}."


def _say_doubts(offered: Sequence[Conversion]) -> Iterable[str]:
    """Say of each library that is offered what it refused and got wrong, and of which that is, where there are two."""
    if not offered:
        return
    yield "Details of its configuration (ropes, activation, eps) were not read."
    if any(one.names_unread for one in offered):
        yield "The names of its tensors were not read either: whether those it asks for are there is not known."
    elif any(one.weights_unread for one in offered):
        yield "Its weights were not looked into either: whether they are whole and not quantised is not known."
    for one in offered:
        through = f", through {name_library(one.row.library, one.row.version)}" if len(offered) > 1 else ""
        if refused := sorted({load.written_by for load in one.refused}):
            yield f"Files of this class were refused when written by {listing(refused)}{through}."
        if settings := list(dict.fromkeys(_name_setting(load, one) for load in one.wrong)):
            more = f" and {len(settings) - MOST_WRONG} more" if len(settings) > MOST_WRONG else ""
            told = f"{', '.join(settings[:MOST_WRONG])}{more}"
            yield f"Loads of this type that gave other numbers without an error{through}: {told}."


def _name_setting(load: Load, best: Conversion) -> str:
    """Name what was odd of a wrong load: a setting, another class, or who wrote what others wrote well."""
    if load.variant == PLAIN and load.architecture != best.architecture:
        return f"the class {load.architecture}"
    alike = [one for one in find_last_loads(best.row) if one.variant == load.variant and one.result is Result.EQUAL]
    well = {one.written_by for one in alike if one.architecture == load.architecture}
    return load.odd if load.variant == PLAIN or not well else f"{load.variant} in files written by {load.written_by}"


ASK = "Its base model {base} may: ask for that."
"""Where a copy does not convert, what it was made from may."""

OBSTACLES: Mapping[Obstacle, str] = {
    Obstacle.QUANTISED: "Its quantised weights do not convert into {framework}.{ask}",
    Obstacle.NOT_QUANTISED: "Its weights are not quantised, as its type's are, and do not convert into {framework}.",
    Obstacle.QUANTISED_UNTRIED: (
        "Whether {there} would load its quantised weights is not known: such were not tried with this type.{ask}"
    ),
    Obstacle.OTHER_FILES: "Its files ({detail}) do not convert into {framework} on load.{ask}",
    Obstacle.ADAPTER: "It is an adapter, which nothing loads into {framework} alone.{ask}",
    Obstacle.ODD_NUMBERS: "Among its numbers are {detail}, unlike in weights as trained: not known to convert.{ask}",
    Obstacle.NO_NUMBERS: "{there} {do} not read its numbers, which are {detail}.",
    Obstacle.DISABLED: "Nothing loads it from the Hub, which has disabled it and serves no file of it.",
    Obstacle.DAMAGED: "{there} would refuse it or load it wrongly: {detail}.",
    Obstacle.NO_CLASS: "{there} {have} no class {detail}.",
    Obstacle.NOT_LISTED: "{there} {do} not load the type {detail} into {framework}.",
    Obstacle.NO_TYPE: "Its configuration names no model type and class that {there} could load.",
    Obstacle.NO_SUCH_FILE: "{there} {do} not load weights that lie as these do: {detail} is looked for.",
    Obstacle.TENSOR_MISSING: "{there} would refuse it: no tensor's name begins with {detail}.",
    Obstacle.REFUSED: "{there} refused this class when we tried it: {detail}.",
    Obstacle.WRITES_NOTHING: (
        "{there} {do} not load what writes no text, as {detail}: each such class was refused when we tried."
    ),
    Obstacle.NOT_DESCRIBED: "Whether {there} would load it is not known: its configuration was not read.",
}


def _say_obstacle(reach: Reach, base: str | None) -> str:
    """Say why nothing converts it; what it was made from may convert all the same."""
    libraries = [name_library(library, version) for library, version, _ in reach.releases]
    words = OBSTACLES.get(reach.obstacle, "") if reach.obstacle else ""
    return words.format(
        framework=reach.framework,
        there=listing(libraries),
        do=verb(len(libraries), "does", "do"),
        have=verb(len(libraries), "has", "have"),
        detail=clause(reach.detail.removeprefix(TIMM)),
        ask=f" {ASK.format(base=base)}" if base else "",
    )


def write_lines(reach: Reach, model: str) -> tuple[str, ...]:
    """
    Give the lines that install and load: for a shell, with the concrete class; () where nothing is to be run.

    `model` and the class are checked names, so nothing in the lines is a stranger's.
    """
    best = reach.best
    if best is None or best.sureness in (Sureness.WRONG, Sureness.NOT_CHECKED):
        return ()
    match best.row.library:
        case "keras-hub":
            return _keras_hub(best, model)
        case "transformers":
            return _transformers(best, model)
        case _:
            return (f"pip install {_pin(best)}", f"mlx_lm.generate --model {model} --prompt Hello")


def _pin(best: Conversion) -> str:
    """Pin the version that the evidence is of: another may compute something else."""
    return f"{best.row.library}=={find_tried(best.row, best.architecture)}"


def _keras_hub(best: Conversion, model: str) -> tuple[str, ...]:
    jax = " jax" if best.row.framework == "JAX" else ""
    backend = best.row.framework.casefold()
    writes = best.loader.endswith("CausalLM")  # a backbone does not, whatever its type
    load = f'k.models.{best.loader}.from_preset("hf://{model}"' + (', dtype="bfloat16")' if writes else ")")
    shown = f'{load}.generate("Hello", max_length=30)' if writes else load
    code = f"import keras_hub as k; print({shown})"
    return (f"pip install {_pin(best)} safetensors{jax}", f"KERAS_BACKEND={backend} python -c {shlex.quote(code)}")


def _transformers(best: Conversion, model: str) -> tuple[str, ...]:
    if not find_class(best.row, best.architecture):
        return ()  # a later release, whose classes were not read
    needs = f"{OLD_NEEDS[best.row.framework]} torch"
    code = f'from transformers import {best.loader} as m; print(m.from_pretrained("{model}", from_pt=True))'
    return (f"pip install {_pin(best)} {needs}", f"python -c {shlex.quote(code)}")


OLD_NEEDS = {"TensorFlow": "tensorflow tf-keras", "JAX": "flax jax"}
OLD_CLASSES = {"TensorFlow": "TF", "JAX": "Flax"}


def write_old_lines(framework: str, described: Configuration | None, model: str) -> tuple[str, ...]:
    """
    Give the lines that load TensorFlow's or Flax's own files with the last transformers that does.

    () where it has no such class; where the class is not known, its general one.
    """
    architecture = next(iter(described.architectures), "AutoModel") if described else "AutoModel"
    rows = read_shipped_listings().find(framework, described.model_type) if described and described.model_type else ()
    is_listed = any(row.library == "transformers" for row in rows)
    name = OLD_CLASSES[framework] + re.sub(r"^(?:TF|Flax)(?=[A-Z])", "", architecture)
    last = _last_transformers(framework)
    if (described and described.model_type and not is_listed) or not has_class("transformers", last, name):
        return ()
    code = f'from transformers import {name} as m; print(m.from_pretrained("{model}"))'
    install = f"pip install 'transformers=={last}' {OLD_NEEDS[framework]}"
    return (install, f"python -c {shlex.quote(code)}")
