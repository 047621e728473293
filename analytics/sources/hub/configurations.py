"""
The Hub's `config` and `safetensors` of one model, and the names in a safetensors header -> `Configuration`.

Whatever is missing or of another type than agreed is unknown. `config.json` itself is not read: that counts as a
download. The API's excerpt holds the model type, the classes and how it was quantised, and no more.
"""

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from analytics.domain.observations import Configuration
from analytics.sources.hub.header_entries import METADATA, Entries, are_sound, name_dtypes, parse_entries

LONGEST_NAME = 200
"""Characters of a model type, a class or a part of a tensor's name; what is longer is none."""
CLASS = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
KIND = re.compile(r"[A-Za-z0-9_.-]+")
"""What a class and a model type look like: they are put into lines that people run, so nothing else is one."""
MOST_NAMES = 20
MOST_STEMS = 400
"""What is kept of one model: beyond that it is no configuration any library writes."""


def configuration_of(item: Any) -> Configuration | None:
    """Reduce what the Hub says of one model; None where it says nothing of its configuration."""
    told, weights = item.get("config"), item.get("safetensors")
    if not isinstance(told, dict):
        return None
    parameters = weights.get("parameters") if isinstance(weights, dict) else None
    return Configuration(
        model_type=_kind(told.get("model_type")),
        architectures=tuple(name for name in _names(told.get("architectures")) if CLASS.fullmatch(name)),
        quantisation=_quantisation(told.get("quantization_config")),
        eight_bits=_has_eight_bits(told.get("quantization_config")),
        own_code=bool(told.get("auto_map")),
        adapter=bool(told.get("peft")),
        dtypes=tuple(sorted(_names(list(parameters)))) if isinstance(parameters, dict) else (),
    )


def stems_of(names: Iterable[Any]) -> tuple[str, ...]:
    """Give the first two parts of tensor names, each once: a few dozen of what may be a hundred thousand names."""
    stems = {".".join(name.split(".", 2)[:2]) for name in names if isinstance(name, str) and len(name) <= LONGEST_NAME}
    return tuple(sorted(stem for stem in stems if stem and stem.isprintable())[:MOST_STEMS])


def read_stems(start: bytes) -> tuple[str, ...] | None:
    """Read them from the first bytes of a safetensors file; None if its header is damaged or does not end in them."""
    return _stems_in(read_entries(start))


def read_dtypes(start: bytes) -> tuple[str, ...]:
    """Read the types of its numbers; () where its header could not be read whole."""
    entries = read_entries(start)
    return () if entries is None else tuple(filter(_name, name_dtypes(entries)[:MOST_NAMES]))


def read_entries(start: bytes) -> Entries | None:
    """Read the header out of the first bytes of a file; None if it is damaged or does not end in them."""
    length, header = int.from_bytes(start[:8], "little"), start[8:]
    return parse_entries(header[:length]) if length <= len(header) else None


def read_index(content: bytes) -> tuple[str, ...] | None:
    """Read them from `model.safetensors.index.json`; None if that is none."""
    found = load(content)
    return _stems_in(found.get("weight_map")) if isinstance(found, dict) else None


LARGEST_HEADER = 100_000_000
"""Bytes of a header from which on safetensors itself refuses a file (MAX_HEADER_SIZE)."""


def is_damaged(start: bytes, asked: int) -> bool:
    """Tell of the first bytes of a safetensors file, of which so many were asked, that no library would open it."""
    length, header = int.from_bytes(start[:8], "little"), start[8:]
    if len(start) < min(8 + length, asked) or length > LARGEST_HEADER:
        return True
    if length > len(header):
        return False
    entries = read_entries(start)
    is_whole = len(start) < asked  # what came is all of the file
    return entries is None or not are_sound(entries, len(header) - length if is_whole else None)


def find_flaw(index: bytes, files: frozenset[str] | None) -> str:
    """Say what is wrong with an index, in words behind its name; `files`: the repository's, None if cut short."""
    found = load(index)
    shards = found.get("weight_map") if isinstance(found, dict) else None
    if not isinstance(shards, dict) or not shards or not all(isinstance(file, str) for file in shards.values()):
        return "is damaged"
    if files is not None and not files.issuperset(shards.values()):
        return "names files that are not there"
    strange = any(not file.endswith(".safetensors") for file in shards.values())
    return "names files that are no safetensors" if strange else ""


def _stems_in(found: Any) -> tuple[str, ...] | None:
    return stems_of(name for name in found if name != METADATA) if isinstance(found, Mapping) else None


def load(data: bytes) -> Any:
    """Read JSON of a stranger; None where it is none, not in strict UTF-8, or deeper than can be read."""
    try:
        return json.loads(data.decode())
    except (ValueError, RecursionError):
        return None


def _name(value: Any) -> str | None:
    return value if isinstance(value, str) and 0 < len(value) <= LONGEST_NAME and value.isprintable() else None


def _kind(value: Any) -> str | None:
    name = _name(value)
    return name if name and KIND.fullmatch(name) else None


def _names(value: Any) -> tuple[str, ...]:
    return tuple(filter(None, map(_name, value[:MOST_NAMES]))) if isinstance(value, list) else ()


def _has_eight_bits(value: Any) -> bool:
    """Tell int8 of bitsandbytes and of compressed-tensors from what is packed, or of eight bits of floating point."""
    return isinstance(value, dict) and (value.get("load_in_8bit") is True or value.get("format") == "int-quantized")


def _quantisation(value: Any) -> str | None:
    """Give the method's name; that something is said at all already means that it was quantised."""
    if not value:
        return None
    return (_name(value.get("quant_method")) if isinstance(value, dict) else None) or ""
