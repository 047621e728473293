"""What came in a month or on a day, where all since then would be told: `uploaded in march`, `on monday`. Pure."""

from analytics.domain.requests import Changes, New, Request, Totals
from analytics.grammar.interpretation import Interpretation
from analytics.grammar.pieces import Sentence

OF_SINCE = "I cannot tell what came in a month or on a day alone; I can tell what came since then, up to today."

MARKS = ("since", "from", "until", "than", "beside")
"""Concepts of words that make a beginning or an end of a day: `newer than 1 november`."""


def asks_for_a_stretch(reading: Interpretation, sentence: Sentence) -> str:
    """Find a stretch of days that is over, or one day, in the place of which all since its beginning would be told."""
    request = reading.request
    asks = isinstance(request, Changes | New) and request.since and not getattr(request, "until", None)
    within = sentence.has("month_end") and "week" in sentence.values("period")  # `in the first week of november`
    is_over = within or sentence.has("one_day", "month_over")  # yesterday nearly reaches up to today
    return OF_SINCE if asks and is_over and not sentence.has(*MARKS) else ""


def counts_what_came(request: Request | None, sentence: Sentence) -> bool:
    """Tell whether all models as of a day would be counted, where those are asked for that came on it."""
    return isinstance(request, Totals) and sentence.has("new") and sentence.has("howmany")


def asks_how_many_came(reading: Interpretation, sentence: Sentence) -> str:
    """Find who asks how many models came, where all models would be counted, or those that came be listed."""
    if isinstance(reading.request, New) and sentence.has("howmany"):
        return OF_NUMBER
    return OF_SINCE if sentence.has("day") and counts_what_came(reading.request, sentence) else ""


OF_NUMBER = "How many models came is counted by quarter, in the trend; which came since a day is a list."
