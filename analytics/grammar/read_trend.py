"""Sentences about the course of things: new models by quarter, who still makes them, and how a share developed."""

from dataclasses import replace

from analytics.domain.requests import YEAR_OF_ARTICLE, Aspect, Changes, Totals, Trend
from analytics.grammar.accounts import takes
from analytics.grammar.interpretation import Interpretation, ask
from analytics.grammar.pieces import ASKER, Sentence
from analytics.grammar.read_lists import (
    STILL,
    TWO,
    aspect_of,
    counts_every,
    definition_of,
    fits_definition,
    is_only_loose,
    measure_of,
    year_of,
)


def read_trend(sentence: Sentence) -> Interpretation | None:
    """Read what is asked of the course of things."""
    tasks = sentence.values("task")
    counts_new = sentence.has("howmany") and sentence.has("new") and sentence.has("quarter_span")
    counts_new = counts_new or _asks_in_which_quarter(sentence)
    goes_on, over_years = _asks_whether_still(sentence), _is_of_years(sentence)
    asks = sentence.has("trend") or counts_new or goes_on or over_years
    if not asks or len(tasks) > 1 or aspect_of(sentence) is Aspect.DEAD:
        return None
    definition, years = definition_of(sentence), sentence.values("year")
    when = " and ".join(years) or ("that time" if sentence.has("span") and not sentence.has("week") else "")
    note = f"What there is of {when} stands among all that is shown." if when else ""
    told = ("since", "from", "year", "number", *year_of(sentence)) if years else ()
    others = [Totals().words] if len(sentence.values("framework")) > 1 else []
    told = (*takes("trend"), *told, *measure_of(sentence, "downloads"), *_refers_back(sentence))
    told += ("new", "quarter_span", "relative", "period") if counts_new or goes_on else ()
    told += ("before", "more", "nobody") if goes_on else ()  # `nobody makes them any more`
    told += ("why",) if over_years else ()
    told += ("span", "since") if not sentence.has("week") else ()  # `since last year`: the quarters stand among all
    downloads = _measures(sentence) == ["downloads"] and not is_only_loose(sentence)
    told += ("measure",) if downloads else ()
    request = Trend(definition, sentence.only("task"), counts_every(sentence, definition), downloads)
    others += [replace(request, downloads=False).words] if downloads else []
    days = (
        sentence.values("day") if sentence.has("trend") and sentence.has("since") and not sentence.has("span") else []
    )
    if days:
        others = [Changes(days[0]).words, *others]
        note, told = OF_QUARTERS, (*told, "since", "day", "relative", "period")
    # Then and now is what is known of the article's year.
    certain = YEAR_OF_ARTICLE not in years and fits_definition(sentence, definition)
    certain = certain and not days and not _asks_of_now(sentence) and not _tells_own_move(sentence)
    return ask(request, told, others, note, certain=certain)


def _measures(sentence: Sentence) -> list[str]:
    """Give the measures that are named; a word that says trend, too, is that here: `趋势`."""
    return [
        piece.concepts["measure"] for piece in sentence.pieces if piece.may_be("measure") and not piece.may_be("trend")
    ]


OF_QUARTERS = "A trend is told by quarter, from the first one on; what moved since a day is known of the top 30."


def _is_of_years(sentence: Sentence) -> bool:
    """Tell whether years are asked of: `tf's share over the last 2 years`, `a chart of tf vs pt since 2020`."""
    if sentence.has("since") and sentence.has("year") and set(TWO) <= set(sentence.values("framework")):
        return not sentence.has("papers", "official", "model", "article", "digest") and _is_all_since(sentence)
    stretch = sentence.has("span") and not sentence.has("month_span", "week")
    if len(sentence.values("year")) > 1 and sentence.has("new") and sentence.has("framework"):
        return not sentence.has("papers", "model", "digest")  # `new models in 2025 vs 2024`
    return stretch and sentence.has("share") and sentence.has("framework") and not sentence.has("papers")


def _asks_of_now(sentence: Sentence) -> bool:
    """Tell whether numbers of today answer it as well: `is tf still relevant, by number of models`."""
    relevant = any("relevan" in piece.text.casefold() for piece in sentence.pieces)
    return relevant and sentence.has("howmany", "compare")


def _tells_own_move(sentence: Sentence) -> bool:
    """Tell whether the asker moves, and not everybody: `we are migrating to jax, what is there`."""
    moves = (at for at, piece in enumerate(sentence.pieces) if piece.may_be("trend") and piece.text[-3:] == " to")
    before = {word for at in moves for piece in sentence.pieces[:at] for word in piece.text.casefold().split()}
    return any(word.partition("'")[0] in ASKER or word == "my" for word in before)


def _is_all_since(sentence: Sentence) -> bool:
    """Tell whether the year is not the article's, of which then and now is known."""
    return YEAR_OF_ARTICLE not in sentence.values("year")


def _asks_whether_still(sentence: Sentence) -> bool:
    """Tell whether it is asked if models in a framework are made at all any more: `does anyone still upload TF`."""
    if not sentence.has("framework") or sentence.has("which", "top", "howmany", "model", "official", "papers"):
        return False
    if sentence.has("ever") and sentence.has("more") and len(sentence.values("framework")) > 1:
        return True  # `did tensorflow ever have more models`
    goes_on = sentence.has("before") or any(piece.text.casefold() in STILL for piece in sentence.pieces)
    return sentence.has("new") and goes_on


def _asks_in_which_quarter(sentence: Sentence) -> bool:
    """Tell whether it is asked when most were made: `which quarter had the most new tensorflow models`."""
    pairs = zip(sentence.pieces, sentence.pieces[1:], strict=False)
    when = any(one.may_be("which") and two.may_be("period") for one, two in pairs)
    return when and sentence.has("new", "models") and sentence.has("more", "most") and not sentence.has("papers")


def _refers_back(sentence: Sentence) -> tuple[str, ...]:
    """Account for an `it` that stands after the framework it means: `is TF still falling, or has it stopped`."""
    named, pronoun = sentence.place("framework"), sentence.place("pronoun")
    return ("pronoun",) if named is not None and pronoun is not None and named < pronoun else ()
