"""What nobody counts here, though its words are known: one conference or version, how frameworks differ. Pure."""

import re

from analytics.domain.requests import LoadModel, Papers, Totals, Why
from analytics.grammar.interpretation import Interpretation
from analytics.grammar.pieces import Sentence

OF_VENUE = "Papers are counted by quarter, not by where they were published; “{}” is passed over in what is offered."
OF_VERSION = "Versions of {} are not counted apart; what is offered is of all of them."
OF_DIFFERENCE = (
    "I cannot tell how frameworks differ, only how many models each of them has and how often they are downloaded."
)

VERSION = re.compile(r"(?<![\w.])(?:[^\W\d]+[ -]?)?v?(?P<major>\d)(?:\.\w+)*$")
"""The version at the end of a framework's name: `tf2`, `tensorflow 1.x`."""

CURRENT = "2"
"""The version of TensorFlow that all files of transformers are of: only who counts asks something else by it."""

COUNTING = ("howmany", "more", "most", "share", "percent", "measure", "year", "article", "changes", "trend")
"""Concepts of what may differ by a number."""


def asks_for_one_venue(reading: Interpretation, sentence: Sentence) -> str:
    """Find the conference whose papers alone are asked for."""
    named = [piece.text for piece in sentence.pieces if piece.may_be("venue")]
    return OF_VENUE.format(named[0][:40]) if named and isinstance(reading.request, Papers) else ""


def asks_for_one_version(reading: Interpretation, sentence: Sentence) -> str:
    """Find a framework's version where models of it would be counted or looked for, whatever their version."""
    if isinstance(reading.request, Why):
        counts = sentence.has("howmany") and sentence.has("framework_version") and sentence.has("models")
        return OF_VERSION.format("Keras") if counts and reading.request.topic == "keras3" else ""
    versions = versions_of(sentence)
    if not versions or (isinstance(reading.request, LoadModel) and reading.request.framework != "TensorFlow"):
        return ""
    counts = versions != {CURRENT} or sentence.has("howmany")
    return OF_VERSION.format("TensorFlow") if counts else ""


def versions_of(sentence: Sentence) -> set[str]:
    """Give the versions of TensorFlow that are named, by their first figure."""
    named = (piece.text for piece in sentence.pieces if piece.concepts.get("framework") == "TensorFlow")
    return {found["major"] for text in named if (found := VERSION.search(text))}


def asks_how_they_differ(reading: Interpretation, sentence: Sentence) -> str:
    """Find who asks how frameworks differ, and not by what number."""
    asks = sentence.has("difference") and len(sentence.values("framework")) > 1 and not sentence.has(*COUNTING)
    return OF_DIFFERENCE if asks and isinstance(reading.request, Totals) else ""
