"""Of a stored object the rows that are wanted are read, and what is not wanted is never there at once."""

import tracemalloc
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.storage.rows import pack, unpack, unpack_some

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
BODIES = st.fixed_dictionaries({"rows": st.lists(VALUES, max_size=5), 'odd ":[{': VALUES})


@given(BODIES, st.lists(st.sampled_from(["rows", "columns", "total"]), unique=True))
def test_the_rows_wanted_are_those_of_the_whole(body: dict[str, object], order: list[str]) -> None:
    """Whatever stands in them and beside them, and in whatever order."""
    body = {name: body.get(name, []) for name in order} | body
    whole = unpack(pack(body))

    assert unpack_some(pack(body), lambda _: True) == whole
    kept = [row for row in whole["rows"] if "a" in str(row)]
    assert unpack_some(pack(body), lambda row: "a" in str(row)) == whole | {"rows": kept}


def test_a_few_rows_of_many_take_little_more_than_their_text() -> None:
    """Of forty thousand those of one task, as many as a cube of the whole Hub has: all at once took 37 MB."""
    packed = pack(
        {"rows": [["attributed", f"2026Q{n % 4}", f"task {n % 50}", f"library {n}", n] for n in range(40_000)]}
    )
    tracemalloc.start()
    found = unpack_some(packed, lambda row: "task 7" in row)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert len(found["rows"]) == 800
    assert most < 8_000_000


@pytest.mark.parametrize("damaged", ["[1]", "{", '{"rows":[1', '{"rows":[1}', "", "null"])
def test_what_is_no_such_object_is_told(damaged: str) -> None:
    """By the errors that pass a reading over."""
    with pytest.raises((ValueError, IndexError)):
        unpack_some(zlib.compress(damaged.encode()), lambda _: True)
