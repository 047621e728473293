"""What is said beside an answer that is a little other than was asked: of all versions, and not of one. Pure."""

from collections.abc import Callable
from dataclasses import replace

from analytics.domain.requests import LoadModel
from analytics.grammar.interpretation import Interpretation
from analytics.grammar.pieces import Sentence
from analytics.grammar.uncounted_doubts import versions_of

ANY_VERSION = "Versions of TensorFlow are not told apart."


def add_notes(reading: Interpretation, sentence: Sentence) -> Interpretation:
    """Give a reading with what has to be said beside it."""
    notes = (reading.note, *(find(reading, sentence) for find in NOTES))
    return replace(reading, note=" ".join(filter(None, notes)))


def _of_any_version(reading: Interpretation, sentence: Sentence) -> str:
    of_target = not isinstance(reading.request, LoadModel) or reading.request.framework == "TensorFlow"
    return ANY_VERSION if reading.request is not None and of_target and versions_of(sentence) else ""


NOTES: tuple[Callable[[Interpretation, Sentence], str], ...] = (_of_any_version,)
"""Each gives its sentence; empty where there is nothing to say."""
