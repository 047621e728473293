"""The two shipped tables hold together: whatever was loaded is listed, and whatever is promised was seen."""

import re

import pytest

from analytics.reach import conversion_tables
from analytics.reach.conversion_tables import PLAIN, Listed, Result, find_loads, read_shipped_listings
from analytics.reach.loading_rule import WHAT_IT_READS

ROWS = read_shipped_listings().rows


def test_each_library_is_known_to_read_some_files() -> None:
    """A row for a library and framework of which nothing is known would end in an error."""
    assert {(row.library, row.framework) for row in ROWS} == set(WHAT_IT_READS)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.library}-{row.framework}-{row.model_type}")
def test_each_row_can_be_put_into_a_line(row: Listed) -> None:
    """The class is an identifier, also with an architecture put in; the type finds its own row."""
    assert re.fullmatch(r"[A-Za-z_][A-Za-z0-9_.]*", row.loader.format(architecture="BertModel"))
    assert row in read_shipped_listings().find(row.framework, row.model_type)


def test_what_loads_is_listed() -> None:
    """
    A load of a type that no row lists would never be found; only what refused may be missing.

    KerasHub on PyTorch itself is tried too, though nobody asks what converts into it: its rows are evidence alone.
    """
    keys = {(row.library, row.version, row.framework, row.model_type) for row in ROWS}
    loads = {key: seen for key, seen in conversion_tables.loads_by_type().items() if key[2] != "PyTorch"}
    beyond = [load for key, seen in loads.items() if key not in keys for load in seen]

    assert {load.result for load in beyond} <= {Result.REFUSED}


def test_the_longest_prefix_of_timm_decides() -> None:
    """mobilenetv5 is another architecture than mobilenet."""
    assert read_shipped_listings().find("TensorFlow", "timm:mobilenetv5_base")[0].model_type == "timm:mobilenetv5*"
    assert read_shipped_listings().find("TensorFlow", "timm:mobilenetv3_small_100")[0].model_type == "timm:mobilenet*"
    assert read_shipped_listings().find("TensorFlow", "timm:no_such") == ()


def test_each_framework_has_something_proven() -> None:
    """An empty table of loads would promise nothing, quietly."""
    for framework in read_shipped_listings().frameworks:
        seen = [load for row in ROWS if row.framework == framework for load in find_loads(row)]
        assert any(load.result is Result.EQUAL and load.variant == PLAIN for load in seen)
