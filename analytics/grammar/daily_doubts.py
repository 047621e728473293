"""What asks for a digest every day, which comes once a week or once a month: `every morning`, `every weekday`. Pure."""

from itertools import pairwise

from analytics.grammar.interpretation import Intent, Interpretation
from analytics.grammar.pieces import EACH, Sentence

RHYTHM = "A digest comes once a week or once a month, not “{}”."

DAILY = ("weekday", "mornings")
"""Words of every day that stand without an `every`."""


def asks_for_every_day(reading: Interpretation, sentence: Sentence) -> str:
    """Find what a digest shall come on that is no day of the week; where it is one, nothing is doubted."""
    if reading.kind is not Intent.DIGEST or not reading.words.startswith("digest on"):
        return ""
    for one, two in pairwise(sentence.pieces):
        if one.text.casefold() in EACH and not two.may_be("weekday", "weekly", "digest"):
            return RHYTHM.format(f"{one.text} {two.text}"[:40])
    bare = [] if sentence.has("weekday") else [piece.text for piece in sentence.pieces]
    return next((RHYTHM.format(text[:40]) for text in bare if text.casefold() in DAILY), "")
