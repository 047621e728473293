"""What is said where a list is cut through models that are level: which of them are in it says nothing."""

from collections.abc import Sequence

from analytics.domain.observations import Model
from analytics.domain.requests import SORTS
from analytics.domain.wording import count, verb

MEASURES = {"downloads": "downloads_30d", "likes": "likes", "trending": "trending", "alltime": "downloads_all"}
"""The field of a model that a list is ranked by."""


def say_ties_of(by: str, models: Sequence[Model], n: int, *, complete: bool) -> str:
    """Say the same of models."""
    return say_ties(by, [getattr(model, MEASURES[by]) for model in models], n, complete=complete)


def say_ties(by: str, values: Sequence[float | None], n: int, *, complete: bool) -> str:
    """
    Say how many of the first `n` places are arbitrary: how many level models; nothing where the cut parts no level.

    `values`: the measure of every model that is known of the ranking, best first; `complete`: there are no others.
    """
    if not values or (last := values[min(n, len(values)) - 1]) is None:
        return ""
    places, level = (list(values[:end]).count(last) for end in (n, None))
    goes_on = not complete and values[-1] == last
    if level == places and not (goes_on and places > 1):
        return ""
    first = f"The last {'place' if places == 1 else count(places, 'place')} {verb(places, 'is', 'are')} arbitrary:"
    measure = f"{SORTS[by]} ({last:,.10g})"
    if not goes_on:
        return f"{first} {count(level, 'model')} tie on {measure}."
    known = f"at least {level:,}" if level > places else "an unknown number of"
    return f"{first} {known} models tie on {measure}; the Hub was not asked for all of them."
