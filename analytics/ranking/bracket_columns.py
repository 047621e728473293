"""Both ends of a count as columns of a table whose rows are counts: what every such table ends in, for programs."""

from collections.abc import Iterable, Mapping

from analytics.domain.counts import Bracket
from analytics.domain.table import Column, ColumnKind, ColumnRole

ENDS = ("proven", "at most")
"""What stands behind the name of a framework; the count between them is told by the columns people see."""
TWO = ("PyTorch", "TensorFlow")


def make_columns(names: Iterable[str] = TWO) -> tuple[Column, ...]:
    """Make the columns: both ends of each name."""
    return tuple(Column(f"{name} {end}", ColumnKind.COUNT, ColumnRole.PROGRAM) for name in names for end in ENDS)


def list_ends(brackets: Mapping[str, Bracket], names: Iterable[str] = TWO) -> tuple[int | None, ...]:
    """Give the values under these columns; of what is not known, as of tags, which are there or not, there are none."""
    found = [brackets.get(name) for name in names]
    return tuple(end for one in found for end in ((one.proven, one.most) if one else (None, None)))
