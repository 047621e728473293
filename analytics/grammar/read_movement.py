"""Sentences about what has moved in the top 30, and about models created lately."""

from itertools import pairwise

from analytics.domain.requests import Changes, New, Top
from analytics.grammar.accounts import takes
from analytics.grammar.interpretation import Interpretation, ask
from analytics.grammar.pieces import Piece, Sentence
from analytics.grammar.read_lists import asks_who_made, measure_of

BOTH_ENDS = 2
"""Days that a span has: since one, until the other."""


def read_changes(sentence: Sentence) -> Interpretation | None:
    """Read what is asked of what entered and left the top 30."""
    listed = any(
        piece.may_be("top") and not piece.may_be("sort") for piece in sentence.pieces if not _bids(piece, sentence)
    )
    if not (_has_moved(sentence) or (sentence.has("new") and listed and not sentence.has("framework"))):
        return None
    if set(sentence.values("number")) - {"30"}:
        return None
    days = sentence.values("day")
    since, until = (sorted(days) if len(days) == BOTH_ENDS else (*days, None))[:2] if days else (None, None)
    if sentence.has("week") and until is None:
        since = None
    if since and until is None and sentence.has("month_over") and not sentence.has("since", "from", "until", "period"):
        until = sentence.only("month_end")  # `changes last month`
    told = (*takes("changes"), *_week(sentence), *measure_of(sentence, "downloads"), *(["until"] if until else []))
    pairs = pairwise(sentence.pieces)
    ranks_new = any(one.text.casefold() in ("top", "the top") and two.may_be("new") for one, two in pairs)
    ranks_new = ranks_new and not sentence.has("number")  # `top new models`
    return ask(Changes(since, until), told, certain=len(days) <= BOTH_ENDS and not ranks_new)


def _bids(piece: Piece, sentence: Sentence) -> bool:
    """Tell whether a word bids to list, and names no list: `list models released since november 20`."""
    first = next((one for one in sentence.pieces if not one.may_be("filler")), None)
    return piece is first and piece.may_be("listing")


def _has_moved(sentence: Sentence) -> bool:
    """Tell whether something is said to have moved, and not only to be new; or weeks are compared."""
    if any(piece.may_be("changes") and not piece.may_be("new") for piece in sentence.pieces):
        return True
    return sentence.has("compare") and sentence.has("week", "span") and not sentence.has("framework", "model")


def read_new(sentence: Sentence) -> Interpretation | None:
    """Read what is asked of models created lately."""
    is_new = any(piece.may_be("new") and piece.text.casefold() not in PUBLISH for piece in sentence.pieces)
    is_new = is_new or (sentence.has("new") and sentence.has("day", "period", "week", "span", "since"))
    if not (is_new or (sentence.has("published") and sentence.has("week", "span"))):
        return None
    frameworks, tasks, accounts = (sentence.values(name) for name in ("framework", "task", "account"))
    formats, days = sentence.values("format"), sentence.values("day")
    if max(map(len, (frameworks, tasks, accounts, days))) > 1 or formats or not (_is_of_models(sentence) or frameworks):
        return None
    since = days[0] if days and not sentence.has("week") else None
    models = sentence.values("model")
    if models and accounts == []:  # `is there anything newer than whisper` may mean of its makers
        return ask(New(author=models[0].partition("/")[0]), (*takes("new"), "model"), certain=False)
    told = ("number", "top") if sentence.values("number") and not sentence.has("year") else ()  # they are all counted
    request = New(sentence.only("framework"), sentence.only("task"), sentence.only("account"), since)
    certain = _is_of_models(sentence) and not asks_who_made(sentence)  # what is new in TensorFlow may be its release
    at_any_time = bool(request.author) and _says_no_time(sentence)
    others = [Top(author=request.author, framework=request.framework).short_words] if at_any_time else []
    return ask(
        request,
        (*takes("new"), *_week(sentence), *told),
        others,
        certain=certain and not (at_any_time or sentence.has("measure")),
    )


def _says_no_time(sentence: Sentence) -> bool:
    """Tell whether it is only said whose models they are: `which models has openai published`."""
    new = [piece for piece in sentence.pieces if piece.may_be("new")]
    return all(piece.may_be("published") for piece in new) and not sentence.has(
        "day", "period", "week", "span", "since"
    )


PUBLISH = ("publish", "publishes", "release", "releases", "upload", "uploads")
"""What somebody does at any time: `what does google publish` asks of a week only if it says so."""


def _week(sentence: Sentence) -> tuple[str, ...]:
    """Account for a bare week, which is the span that is looked at anyway."""
    return ("period",) if sentence.values("period") == ["week"] else ()


def _is_of_models(sentence: Sentence) -> bool:
    said = [piece for piece in sentence.pieces if not piece.asks_nothing]
    named = sentence.has("models", "task", "account", "day", "no_day", "period", "model")
    added = any(piece.text.casefold() in ADDITIONS for piece in said)
    return named or added or all(piece.may_be("new", "sort") for piece in said)  # `sort by creation date, newest first`


ADDITIONS = ("additions", "arrivals", "new additions", "new arrivals")
"""Words for models that came; a release of TensorFlow is no model."""
