"""What is said beside an answer that is a little other than was asked: of all versions, and not of one. Pure."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from analytics.domain.requests import Aspect, Definition, LoadModel, Papers, Request, Share, Top, Totals, Trend
from analytics.domain.wording import listing
from analytics.grammar.interpretation import Interpretation
from analytics.grammar.pieces import Sentence
from analytics.grammar.read_lists import TWO
from analytics.grammar.uncounted import versions_of

BY_QUARTER = "New models are told by quarter, not by {}."
BY_TAGS = "Then and now are counted by the Hub's tags, as the article of 2022 did."
COMPARING = ("compare", "changes", "since", "share", "percent", "relative", "this_year")
"""Concepts by which then and now are asked for, as the article counted both."""

ANY_VERSION = "Versions of TensorFlow are all counted as one."


def add_notes(reading: Interpretation, sentence: Sentence) -> Interpretation:
    """Give a reading with what has to be said beside it."""
    notes = (reading.note, *(find(reading, sentence) for find in NOTES))
    return _answer_for_others(replace(reading, note=" ".join(filter(None, notes))), sentence)


OF_OTHERS = "{}: counted in the line on other frameworks, if any model comes in it."
APART = "{}: only {} are counted apart here; a list shows what comes in others."
ONE_SHARE = "{}: the share of one is told at a time."
ALONE = "How many come in {0} and in nothing else is not counted; those that come in it stand in the line on others."


def _answer_for_others(reading: Interpretation, sentence: Sentence) -> Interpretation:
    """Say what becomes of frameworks that are named and that the question does not part by, and offer their lists."""
    request, named = reading.request, sentence.values("framework")
    parted = _list_parted(request)
    others = [name for name in named if name not in parted] if parted else []
    if not others:
        return reading
    if isinstance(request, Share):
        return _with_offers(reading, ONE_SHARE.format(listing(others)), [Share(name).words for name in others])
    counts_them = _counts_others(request)
    alone = counts_them and isinstance(request, Totals) and sentence.has("only") and others == named
    note = ALONE if alone else OF_OTHERS if counts_them else APART
    ranked = request if isinstance(request, Top) else Top(task=getattr(request, "task", None))
    ranked = replace(ranked, definition=Definition.ATTRIBUTED, reach=False)
    lists = [replace(ranked, framework=name, only=alone).short_words for name in others]
    told = _with_offers(reading, note.format(listing(others), listing(parted)), lists)
    return replace(told, named=tuple(named) if counts_them and not alone else ())


def _with_offers(reading: Interpretation, note: str, offered: Sequence[str]) -> Interpretation:
    others = tuple(dict.fromkeys((*offered, *reading.others)))
    return replace(reading, note=f"{reading.note} {note}".strip(), others=others)


def _list_parted(request: Request | None) -> tuple[str, ...]:
    """Give the frameworks by which a question parts what it counts; none where it chooses one, or counts nothing."""
    match request:
        case Share(wanted=str(wanted)):
            return (wanted,)
        case Papers() | Share():
            return (*TWO, "JAX")
        case Top(framework=None) | Totals() | Trend():
            return TWO
        case _:
            return ()


def _counts_others(request: Request | None) -> bool:
    """Tell whether other frameworks are counted in a line of their own, beside the two."""
    if isinstance(request, Totals):
        narrowed = request.since or request.task or request.reach or request.aspect is not Aspect.MODELS
        return not narrowed and request.definition is Definition.ATTRIBUTED
    return isinstance(request, Top)


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
