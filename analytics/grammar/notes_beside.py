"""What is said beside an answer that is a little other than was asked: of all versions, and not of one. Pure."""

from collections.abc import Callable
from dataclasses import replace

from analytics.domain.requests import Definition, LoadModel, Totals, Trend
from analytics.grammar.interpretation import Interpretation
from analytics.grammar.pieces import Sentence
from analytics.grammar.uncounted import versions_of

BY_QUARTER = "New models are told by quarter, not by {}."
BY_TAGS = "Then and now are counted by the Hub's tags, as the article of 2022 did."
COMPARING = ("compare", "changes", "since", "share", "percent", "relative", "this_year")
"""Concepts by which then and now are asked for, as the article counted both."""

ANY_VERSION = "Versions of TensorFlow are all counted as one."


def add_notes(reading: Interpretation, sentence: Sentence) -> Interpretation:
    """Give a reading with what has to be said beside it."""
    notes = (reading.note, *(find(reading, sentence) for find in NOTES))
    return replace(reading, note=" ".join(filter(None, notes)))


def _of_any_version(reading: Interpretation, sentence: Sentence) -> str:
    of_target = not isinstance(reading.request, LoadModel) or reading.request.framework == "TensorFlow"
    return ANY_VERSION if reading.request is not None and of_target and versions_of(sentence) else ""


def _by_quarter(reading: Interpretation, sentence: Sentence) -> str:
    """Say that new models are told by quarter to who asks by month; their downloads are by month."""
    request, spans = reading.request, sentence.values("by_span")
    return BY_QUARTER.format(spans[0]) if isinstance(request, Trend) and not request.downloads and spans else ""


def _by_tags(reading: Interpretation, sentence: Sentence) -> str:
    """Say that then and now go by the tags to who names a year alone, and neither the tags nor the article."""
    request = reading.request
    then = isinstance(request, Totals) and request.since is not None and request.definition is Definition.DECLARED
    return BY_TAGS if then and not sentence.has("definition", "article", *COMPARING) else ""


NOTES: tuple[Callable[[Interpretation, Sentence], str], ...] = (_of_any_version, _by_quarter, _by_tags)
"""Each gives its sentence; empty where there is nothing to say."""
