"""The header of a safetensors file, of any size or damage: a format, none stated, or nothing readable; no error."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

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
