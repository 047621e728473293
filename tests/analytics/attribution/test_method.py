"""The rule's data and its version change together."""

import hashlib

from analytics.attribution import METHOD, file_names, order, rule
from analytics.attribution.library_table import DATED, table_text

PINNED = {"2026-11.6": "16f2d1743ae6c695"}
"""
The digest of the rule's data under each version.

When it differs: give METHOD a new value if any verdict can move, and pin the new digest under it.
"""


def digest() -> str:
    """Sum up patterns, tags, dates, the order of evidence and the library table."""
    named = (vars(rule) | vars(file_names)).items()
    data = {name: value for name, value in named if name.isupper() and name != "METHOD"}
    stable = {name: sorted(value) if isinstance(value, frozenset) else value for name, value in data.items()}
    summed = repr((sorted(stable.items()), order.LAYERS, order.SETTLING, dict(DATED), table_text()))
    return hashlib.sha256(summed.encode()).hexdigest()[:16]


def test_data_and_version_change_together() -> None:
    """Whoever changes what can move a verdict is told to change METHOD."""
    assert {METHOD: digest()} == PINNED
