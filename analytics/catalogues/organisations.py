"""
An organisation on the Hub: its model repositories.

Repositories, not models of a library: demos and tests are included, weights that lie with another owner are not.
"""

from collections.abc import Sequence

from analytics.catalogues import Count, NotCounted


def count(ids: Sequence[str]) -> Count:
    """Count repositories by their ids."""
    names = tuple(sorted(set(ids)))
    if not names:
        raise NotCounted("the organisation has no repositories")
    return Count(len(names), names=names)
