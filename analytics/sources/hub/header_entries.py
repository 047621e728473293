"""
The entries of a safetensors header, as the library that opens such files reads them.

What it refuses was tried with safetensors 0.8.0: any JSON but strict UTF-8, metadata or a field that stands twice,
metadata that is no object of texts, and tensors that do not follow one another without a gap, each as long as its shape
and type of number say.
"""

import json
from collections.abc import Iterable, Mapping
from typing import Any

Entries = Mapping[str, Any]

METADATA = "__metadata__"

BITS = {
    **dict.fromkeys(("F4",), 4),
    **dict.fromkeys(("F6_E2M3", "F6_E3M2"), 6),
    **dict.fromkeys(("BOOL", "U8", "I8", "F8_E5M2", "F8_E4M3", "F8_E8M0", "F8_E4M3FNUZ", "F8_E5M2FNUZ"), 8),
    **dict.fromkeys(("I16", "U16", "F16", "BF16"), 16),
    **dict.fromkeys(("I32", "U32", "F32"), 32),
    **dict.fromkeys(("I64", "U64", "F64", "C64"), 64),
}
"""Bits of one number by its type. A type not among them may be a younger one: how long it is nobody knows here."""


ONCE = {METADATA, "dtype", "shape", "data_offsets"}
"""What may not stand twice in one object; of a tensor that does, the last counts."""

TOO_MANY = 2**64
"""No count is that large, nor the numbers or bits of one tensor."""


def parse_entries(header: bytes) -> Entries | None:
    """Read the JSON of a header; None where it is none, or deeper than can be read."""
    try:
        found = json.loads(header.decode(), parse_constant=_refuse, object_pairs_hook=_take_once)
        if not isinstance(found, dict):
            return None
        "".join(found).encode()  # half of a surrogate pair, written as \ud800, is no text
    except (ValueError, RecursionError):
        return None
    return found


def are_sound(entries: Entries, numbers: int | None) -> bool:
    """Tell whether a file with these entries opens; `numbers`: the bytes behind them, None where that is not known."""
    if not _is_metadata(entries.get(METADATA)):
        return False
    tensors = [one for name, one in entries.items() if name != METADATA]
    if not all(map(_is_tensor, tensors)):
        return False
    end = _find_end(one["data_offsets"] for one in tensors)
    return end is not None and numbers in (None, end)


def name_dtypes(entries: Entries) -> tuple[str, ...]:
    """Name the types of the numbers, each once."""
    tensors = (one for name, one in entries.items() if name != METADATA and isinstance(one, dict))
    return tuple(sorted({dtype for one in tensors if isinstance(dtype := one.get("dtype"), str)}))


def _refuse(constant: str) -> Any:
    raise ValueError(constant)


def _take_once(pairs: list[tuple[str, Any]]) -> Entries:
    """Make an object of its members. Raises ValueError, where one stands twice that may not."""
    found, names = dict(pairs), [name for name, _ in pairs]
    if len(found) < len(names) and (twice := [name for name in ONCE if names.count(name) > 1]):
        raise ValueError(*twice)
    return found


def _is_metadata(value: Any) -> bool:
    return value is None or (isinstance(value, dict) and all(isinstance(one, str) for one in value.values()))


def _is_tensor(value: Any) -> bool:
    if not isinstance(value, dict):
        return False
    dtype, shape, places = value.get("dtype"), _read_counts(value.get("shape")), _read_counts(value.get("data_offsets"))
    if not isinstance(dtype, str) or shape is None or places is None or len(places) != BEGIN_AND_END:
        return False
    begin, end = places
    bits = _multiply([*shape, BITS.get(dtype, 1)])
    return bits is not None and (dtype not in BITS or bits == 8 * (end - begin))


BEGIN_AND_END = 2


def _read_counts(value: Any) -> list[int] | None:
    is_counts = isinstance(value, list) and all(type(one) is int and 0 <= one < TOO_MANY for one in value)
    return value if is_counts else None


def _multiply(counts: Iterable[int]) -> int | None:
    """Give the product; None where it becomes too many on the way, though a nought may follow, as the library does."""
    product = 1
    for one in counts:
        product *= one
        if product >= TOO_MANY:
            return None
    return product


def _find_end(places: Iterable[list[int]]) -> int | None:
    """Give where the last tensor ends; None where one does not begin where the one before ends."""
    end = 0
    for begin, finish in sorted(places):
        if begin != end or finish < begin:
            return None
        end = finish
    return end
