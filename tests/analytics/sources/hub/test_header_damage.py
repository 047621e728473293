"""The header of a safetensors file, of any size or damage: a format, none stated, or nothing readable; no error."""

import json
from time import process_time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.sources.hub.configurations import find_flaw, is_damaged, read_index, read_stems
from analytics.sources.hub.items import read_format


def as_file(header: bytes, length: int | None = None) -> bytes:
    """Write the beginning of a file with this header, or one that claims another length."""
    return (len(header) if length is None else length).to_bytes(8, "little") + header


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=300), st.integers(0, 2**64 - 1))
def test_whatever_bytes_come_are_read(header: bytes, length: int) -> None:
    """Cut off, random, or claiming to be 18 exabytes long."""
    for start in (header, as_file(header), as_file(header, length)):
        assert read_format(start) is None or isinstance(read_format(start), str)


@pytest.mark.parametrize("odd", [["pt"], 5, None, {"a": "pt"}, "x" * 10_000, "p\x00t", True])
def test_a_format_that_is_none_states_none(odd: object) -> None:
    """A list, a number, a novel."""
    assert read_format(as_file(json.dumps({"__metadata__": {"format": odd}}).encode())) == ""


@pytest.mark.parametrize("header", [b"[" * 200_000, b"{}" * 9, b'{"__metadata__": 5}', b"1" * 5000, b'{"a": NaN}'])
def test_a_header_deep_long_or_of_another_kind_is_no_error(header: bytes) -> None:
    """Nested 200,000 deep, twice an object, metadata that is a number."""
    assert read_format(as_file(header)) in (None, "")


ASKED = 100_000
TENSOR = '{"dtype": "F32", "shape": [1], "data_offsets": [0, 4]}'
STATED = '"__metadata__": {"format": "pt"}'


def tensor(**fields: Any) -> str:
    """Write a tensor of four bytes, some fields otherwise."""
    return json.dumps(json.loads(TENSOR) | fields)


@pytest.mark.parametrize(
    "header",
    [
        f'{{{STATED}, "a": {TENSOR}}}'.encode("utf-16"),
        f'{{{STATED}, "a": {TENSOR}}}'.encode("utf-16-le"),
        f'{{{STATED}, "a": {TENSOR}}}'.encode("utf-32"),
        f'{{{STATED}, "a": {TENSOR}}}'.encode("utf-8-sig"),
        f'{{{STATED}, {STATED}, "a": {TENSOR}}}'.encode(),
        f'{{{STATED}, "a": {TENSOR[:-1]}, "dtype": "F32"}}}}'.encode(),
        f'{{{STATED}, "a": {TENSOR[:-1]}, "shape": [1]}}}}'.encode(),
        f'{{{STATED}, "\\ud800": {TENSOR}}}'.encode(),
        f'{{{STATED}, "a": {tensor(shape=[2**62, 2**62, 0], data_offsets=[0, 0])}}}'.encode(),
        f'{{{STATED}, "a": {tensor(shape=[2**64, 0], data_offsets=[0, 0])}}}'.encode(),
        f'{{{STATED}, "a": {tensor(shape=[2**62], dtype="F6_E2M3")}}}'.encode(),
        f'{{{STATED}, "a": {TENSOR}}}//'.encode(),
        f'{{{STATED}, "a": {TENSOR}}}\0'.encode(),
        f'{{{STATED}, "a\1": {TENSOR}}}'.encode(),
        f'{{{STATED}, "a": {tensor(shape=[1.0])}}}'.encode(),
        f'{{{STATED}, "a": {tensor(shape=[True])}}}'.encode(),
    ],
)
def test_a_header_that_the_library_refuses_says_nothing(header: bytes) -> None:
    """Tried with safetensors 0.8.0, which opens none: in another encoding, a field twice, more numbers than are."""
    start = as_file(header) + bytes(4)

    assert is_damaged(start, ASKED)
    # What the entries alone are wrong in is said beside them; what cannot be read has no format to prove anything by.
    assert read_format(start) is None or read_stems(start)


@pytest.mark.parametrize(
    "header",
    [
        f'  {{{STATED}, "a": {TENSOR}}}\n ',
        f'{{{STATED}, "a": {TENSOR}, "a": {TENSOR}}}',
        f'{{"__metadata__": {{"format": "tf", "format": "pt"}}, "a": {TENSOR}}}',
        f'{{{STATED}, "": {TENSOR}}}',
        f'{{{STATED}, "dtype": {TENSOR}}}',
        f'{{{STATED}, "a\\u0001": {TENSOR}}}',
        f'{{{STATED}, "a": {tensor(shape=[])}}}',
        f'{{{STATED}, "a": {TENSOR}, "b": {tensor(shape=[0], data_offsets=[4, 4])}}}',
        f'{{{STATED}, "a": {TENSOR[:-1]}, "note": "x"}}}}',
        f'{{{STATED}, "a": {tensor(dtype="F4", shape=[8])}}}',
    ],
)
def test_a_header_that_the_library_opens_is_sound(header: str) -> None:
    """Tried with the same: blanks around it, a tensor twice, without a name or with an odd one, a scalar, nothing."""
    start = as_file(header.encode()) + bytes(4)

    assert not is_damaged(start, ASKED)
    assert read_format(start) == "pt"
    assert "" not in (read_stems(start) or ())


def test_a_shape_without_end_is_given_up() -> None:
    """Ninety thousand dimensions of the largest number: multiplied to the end, they took minutes of the processor."""
    began = process_time()

    assert is_damaged(as_file(f'{{"a": {tensor(shape=[2**64 - 1] * 90_000)}}}'.encode()), 3_000_000)
    assert process_time() - began < 1


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32", "utf-8-sig", "latin-1"])
def test_an_index_in_another_encoding_is_damaged(encoding: str) -> None:
    """What opens it reads strict UTF-8."""
    index = '{"weight_map": {"é.b": "m.safetensors"}}'

    assert find_flaw(index.encode(encoding), frozenset({"m.safetensors"})) == "is damaged"
    assert read_index(index.encode(encoding)) is None
    assert find_flaw(index.encode(), frozenset({"m.safetensors"})) == ""
