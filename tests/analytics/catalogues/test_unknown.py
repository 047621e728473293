"""The bounds on what is worked out of a foreign file."""

from typing import Any

import pytest

from analytics.catalogues.unknown import Unreadable, bound


@pytest.mark.parametrize(
    "value", ["x" * 2_000, [0] * 50_000, dict.fromkeys(range(50_000))], ids=["text", "list", "dict"]
)
def test_what_is_large_is_read(value: Any) -> None:
    """Two thousand letters and fifty thousand entries are no reason to give up."""
    assert bound(value) is value


@pytest.mark.parametrize("value", ["x" * 2_001, [0] * 50_001, set(range(50_001))], ids=["text", "list", "set"])
def test_what_is_larger_is_given_up(value: Any) -> None:
    """A file that doubles a list sixty times must not take the memory of the machine."""
    with pytest.raises(Unreadable):
        bound(value)
