"""
Which classes a released library has: `classes.csv`, read as text in its wheel (`python -m tests.reach.read_classes`).

One row a file of the wheel, with the classes it exports that load a model. Those of transformers for TensorFlow and
Flax will not grow: of later releases only the line that is read has any.
"""

from functools import cache

from analytics.shipped_tables import read_rows


def has_class(library: str, version: str, name: str) -> bool | None:
    """Tell whether a release has a class; None where its list was not read."""
    names = _read_names(library, version)
    return name in names if names else None


@cache
def _read_names(library: str, version: str) -> frozenset[str]:
    """Read the table: late, because most questions name no class."""
    rows = read_rows("analytics.reach", "classes.csv")
    own = (row["classes"] for row in rows if (row["library"], row["version"]) == (library, version))
    return frozenset(name for names in own for name in names.split())
