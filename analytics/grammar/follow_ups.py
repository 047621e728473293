"""
A few words after an answer -> the question they make of it: `and in tf?`, `top 50`, `only text-generation`, `why?`.

The subject is kept and what the words name is put in its place. Every word has to be accounted for, as in a whole
question, and what comes out has to be a question of its own; else it is none, and is read as if nothing had been asked
before. Pure: today is handed in.
"""

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from itertools import pairwise
from typing import Any

from analytics.domain.requests import (
    MOST_MODELS,
    Changes,
    Compare,
    Definition,
    Formats,
    LoadModel,
    Official,
    OneModel,
    Papers,
    Request,
    Share,
    Top,
    Totals,
    Trend,
)
from analytics.grammar.about_answer import OnAnswer, find_on_answer, find_said_of_sibling
from analytics.grammar.accounts import takes
from analytics.grammar.asked_day import AS_OF, AskedDay, find_day, has_days, lies_ahead, recurs
from analytics.grammar.list_places import read_place
from analytics.grammar.number_words import AT
from analytics.grammar.pieces import Piece, Sentence
from analytics.grammar.read_top_lists import says_only_framework
from analytics.grammar.spotting import spot
from analytics.grammar.strict import Unclear, begins_question, clean, parse, too_long
from analytics.grammar.told_numbers import states_a_number
from analytics.grammar.typed_tokens import without_pictures
from analytics.grammar.understanding import understand
from analytics.names.siblings import find_sibling


@dataclass(frozen=True, slots=True)
class FollowUp:
    """
    What is asked after an answer: a question, or `how` it was counted.

    `as_of`: the same, of what was known then. `as_csv`: its rows as a file too; `rows_alone`: nothing but the rows of
    the answer that stands there; `on`: what else is wanted with that answer.
    """

    request: Request
    how: bool = False
    as_csv: bool = False
    rows_alone: bool = False
    as_of: dt.datetime | None = None
    on: OnAnswer | None = None


FIELDS: Mapping[str, Sequence[str]] = {
    "number": ("n",),
    "measure": ("by",),
    "task": ("task",),
    "account": ("author",),
    "definition": ("definition",),
    "framework": ("framework", "wanted", "camp"),
    "format": ("framework", "wanted"),
    "quarter": ("quarter",),
    "model": ("id",),
    "day": ("since",),
}
"""What a word may name, and the field of a question that takes it: the first that the question has."""

ONE_OF = (("framework", "format"), *((concept,) for concept in FIELDS))
"""What can be named once."""

OF_A_LIST = ("number", "measure", "task", "account", "definition", "framework", "format", "originals")
"""What can be asked of a list, and of what changed in it."""

VALUES: Mapping[str, Callable[[str], Any]] = {"n": int, "definition": Definition, "camp": str.casefold}
"""Fields that are no plain text."""

LINKS = (*takes("links"), "pronoun", "follow")
"""Words that tie a question to the one before and say nothing of their own."""

ASKS_HOW = ("why", "method", *LINKS)
WHOLE = re.compile(r"top\s+\d+", re.IGNORECASE)
"""What is a question of its own, and after a list means the same list, longer or shorter."""


def follow_up(earlier: Request, text: str, today: dt.date) -> FollowUp | None:
    """Read what was typed after an answer; None where it does not go on from `earlier`."""
    if too_long(text) is not None or _is_whole(text, today):
        return None
    if wanted := find_on_answer(text, of_model=isinstance(earlier, OneModel | Formats | LoadModel)):
        return _do_with_answer(earlier, wanted)
    return _read_words(earlier, text, today) or _find_sibling(earlier, text)


def _is_whole(text: str, today: dt.date) -> bool:
    """Tell whether it is a question as it would be typed first, `share in jax`, and points at none before."""
    if isinstance(parse(text), Unclear):
        return False
    typed = clean(text)
    sentence = spot(typed, today)
    return not (_points(sentence) or _shortens(typed, sentence))


def _points(sentence: Sentence) -> bool:
    """Tell whether it says that it goes on from something: `and`, `it`, `instead`."""
    return sentence.has("and", "pronoun", "follow")


def _do_with_answer(earlier: Request, wanted: OnAnswer) -> FollowUp:
    """Do with the answer that stands there what is wanted."""
    match wanted:
        case OnAnswer.COUNTING:
            return FollowUp(earlier, how=True)
        case OnAnswer.SHOWN:
            return FollowUp(earlier)
        case OnAnswer.LONGER | OnAnswer.SHORTER if isinstance(earlier, Top) and (n := _find_length(earlier, wanted)):
            return FollowUp(replace(earlier, n=n))
        case OnAnswer.ROWS | OnAnswer.LONGER | OnAnswer.SHORTER:
            return FollowUp(earlier, as_csv=True, rows_alone=True)
        case _:
            return FollowUp(earlier, on=wanted)


LENGTHS = (5, 10, 30, 50, 100, 300, MOST_MODELS)


def _find_length(earlier: Top, wanted: OnAnswer) -> int | None:
    """Give the next longer or shorter list; None where there is none."""
    if wanted is OnAnswer.LONGER:
        return next((n for n in LENGTHS if n > earlier.n), None)
    return next((n for n in reversed(LENGTHS) if n < earlier.n), None)


def _find_sibling(earlier: Request, text: str) -> FollowUp | None:
    """Ask the same of another model of the same family: `and the 7b one?`."""
    if not isinstance(earlier, OneModel | Formats | LoadModel) or earlier.id is None:
        return None
    said = find_said_of_sibling(text)
    sibling = find_sibling(earlier.id, said) if said else None
    return _ask(replace(earlier, id=sibling), as_csv=False) if sibling else None


def _read_words(earlier: Request, text: str, today: dt.date) -> FollowUp | None:
    """Read words that name something in the place of what was named before."""
    typed = clean(without_pictures(text))
    sentence = spot(typed, today)
    told = [piece for piece in sentence.pieces if not piece.asks_nothing]
    if sentence.unknown or sentence.has("neg", "thanks") or any(map(_is_one_of_a_list, told)):
        return None
    if _names_no_length(sentence) or lies_ahead(sentence) or recurs(sentence):
        return None
    if (follow := _find_more_of_it(earlier, sentence, told)) is not None:
        return follow
    if not told or _stands_alone(typed, sentence, today):
        return None
    if (asked := _find_day(earlier, sentence) or _find_past(earlier, sentence, told)) is not None:
        return None if asked.is_to_come(today) else FollowUp(earlier, as_of=asked.moment)
    request = _turn(earlier, sentence, told)
    says_nothing = request == earlier and all(piece.may_be(*LINKS) for piece in told)
    return None if says_nothing else _ask(request, as_csv=sentence.has("csv"))


def _names_no_length(sentence: Sentence) -> bool:
    """Tell whether a number is how many there are, or a time of day: `I have 3 of these`, `only 5 work`, `at 9`."""
    timed = any(one.text.casefold() in AT and two.may_be("number") for one, two in pairwise(sentence.pieces))
    tells = sentence.has("number") and sentence.has("available") and not sentence.has("top")
    return timed or tells or states_a_number(sentence)


def _is_one_of_a_list(piece: Piece) -> bool:
    """Tell whether it is `the second one`: which that is, who knows the list can tell."""
    return piece.may_be("follow") and read_place(piece.text) is not None


def _find_more_of_it(earlier: Request, sentence: Sentence, told: Sequence[Piece]) -> FollowUp | None:
    """Read what is asked of the answer that stands there: a share of it, how it was counted, its rows."""
    if isinstance(earlier, Top | Totals) and _counts_of_them(sentence, told):
        return FollowUp(earlier, on=OnAnswer.PERCENT if sentence.has("share") else None)
    if sentence.has("why", "method") and all(piece.may_be(*ASKS_HOW) for piece in told):
        return FollowUp(earlier, how=True)
    return FollowUp(earlier, as_csv=True, rows_alone=True) if not told and sentence.has("csv") else None


OF_THEM = ("share", "howmany", "percent", "framework", "only", "neg", "neither", "and", "which", "available", *LINKS)


def _counts_of_them(sentence: Sentence, told: Sequence[Piece]) -> bool:
    """Tell whether it is asked how many are something, and not of what: of what was just told, `how many are tf`."""
    counts = sentence.has("share", "howmany") and sentence.has("framework", "neither")
    if not counts or sentence.has("hub") or not all(piece.may_be(*OF_THEM) for piece in told):
        return False
    return _points(sentence) or not begins_question(sentence.pieces[0].text)  # `totals in jax` says of what


def _find_day(earlier: Request, sentence: Sentence) -> AskedDay | None:
    """Give the day on which the same is asked: `and on 2024-09-20?`; without an `on` it is since when."""
    told = [piece for piece in sentence.pieces if not piece.may_be("filler", "hub")]
    says_on = any(piece.text.casefold() in ("on", "am", "as of") for piece in sentence.pieces)
    beside = all(piece.may_be("day", *LINKS) or piece.text.casefold() in AS_OF for piece in told)
    return find_day(sentence) if says_on and beside and has_days(earlier) else None


def _find_past(earlier: Request, sentence: Sentence, told: Sequence[Piece]) -> AskedDay | None:
    """Give the day that `last year?` means of what has no days of its own; of a list it is since when."""
    if isinstance(earlier, Top | Papers) or not has_days(earlier) or not sentence.has("span"):
        return None
    beside = all(piece.may_be("span", *LINKS) for piece in told)
    return AskedDay.of_day(sentence.only("day") or "") if beside else None


def _ask(request: Request | None, *, as_csv: bool) -> FollowUp | None:
    """Ask it if it is a question: if its own words mean it."""
    return FollowUp(request, as_csv=as_csv) if request is not None and parse(request.words) == request else None


def _stands_alone(typed: str, sentence: Sentence, today: dt.date) -> bool:
    """Tell whether it is a question of its own, in words that do not point at what was said before."""
    points = _points(sentence) or _shortens(typed, sentence) or says_only_framework(sentence)
    return not points and understand(typed, today).request is not None


def _shortens(typed: str, sentence: Sentence) -> bool:
    """Tell whether another number of the same list is all that is asked: `top 50`, `only the first 10`."""
    told = [piece for piece in sentence.pieces if not piece.asks_nothing]
    only = sentence.has("only", "number") and all(piece.may_be("only", "number", "top") for piece in told)
    return WHOLE.fullmatch(typed) is not None or (only and sentence.has("only"))


def _turn(earlier: Request, sentence: Sentence, told: Sequence[Piece]) -> Request | None:
    """Make the new question of the one before and what was named; None where a word fits nowhere in it."""
    start = _other_question(earlier, sentence)
    if start is None:
        return None
    request, takes_too = start
    if any(len(sentence.values(*concepts)) > 1 for concepts in ONE_OF if not set(concepts) & set(takes_too)):
        return None
    for piece in told:
        named = next((concept for concept in FIELDS if piece.may_be(concept) and _field(request, concept)), None)
        if named is not None and not piece.may_be(*takes_too):
            request = _put(request, named, piece.concepts[named])
        elif not piece.may_be(*LINKS, *takes_too):
            return None
    return request


def _other_question(  # noqa: C901, PLR0911 - a return for each way to go on
    earlier: Request, sentence: Sentence
) -> tuple[Request, Sequence[str]] | None:
    """Choose the question that goes on from the one before, and what else its words may be; None where none does."""
    model = earlier.id if isinstance(earlier, OneModel | Formats | LoadModel) else None
    wanted = sentence.values("framework", "format")
    match earlier:
        case _ if model and sentence.has("compare") and (other := sentence.only("model")):
            return Compare(model, other), ("compare", "model")
        case _ if model and (sentence.has("load") or (sentence.has("use") and sentence.has("how"))):
            return LoadModel(model, getattr(earlier, "framework", None)), ("load", "how", "use", "help")
        case _ if model and sentence.has("formats"):
            return Formats(model), ("formats",)
        case _ if model is None and (other := sentence.only("model")):
            return OneModel(other), ("model",)
        case Formats() if wanted:
            return OneModel(earlier.id), ()
        case Papers():
            return _other_papers(earlier, sentence)
        case Totals() | Share() | Trend() | Official() if turned := _turn_to_other(sentence):
            return turned
        case Totals() if len(wanted) == 1:
            return Share(wanted[0], "models"), ("framework", "format")
        case Totals() if sentence.has("since", "year"):
            return replace(earlier, since=sentence.only("year"), definition=Definition.DECLARED), (
                "since",
                "year",
                "number",
            )
        case Top():
            return _other_list(earlier, sentence)
        case Changes() if sentence.has(*OF_A_LIST):  # what changed is of the top 30: that one is asked for otherwise
            return _other_list(Top(), sentence)
        case _:
            return earlier, ("only", "since")


def _other_list(earlier: Top, sentence: Sentence) -> tuple[Request, Sequence[str]] | None:
    """Choose what goes on from a list: what moved in it, without copies, in one framework alone, longer or shorter."""
    wanted = sentence.values("framework", "format")
    if sentence.has("originals"):
        return replace(earlier, originals=True), ("originals", "only")
    if sentence.has("day"):
        return Changes(None if sentence.has("week") else sentence.only("day")), ("day", "changes")
    if earlier.framework is None and says_only_framework(sentence):
        return replace(earlier, only=True), ("only",)
    if earlier.framework is None and sentence.has("only") and wanted:
        return None  # in no other, or no others: that is for the whole question to ask
    return earlier, ("top", "only", "loadable") if sentence.has("number") else ("only",)


def _other_papers(earlier: Papers, sentence: Sentence) -> tuple[Request, Sequence[str]]:
    """Choose the papers that are asked for next: official code only, those of a year, all of them."""
    if sentence.has("official", "papers_own"):
        return replace(earlier, official=True), ("official", "papers_own", "only")
    if sentence.has("year", "span") and not sentence.has("quarter"):
        year = None if sentence.has("span", "since") else sentence.only("year")
        return replace(earlier, quarter=year), ("year", "number", "span")
    return earlier, ("only", "since")


def _turn_to_other(sentence: Sentence) -> tuple[Request, Sequence[str]] | None:
    """Choose what else is asked of the frameworks that were counted: `and papers?`, `over time?`, `and downloads?`."""
    if sentence.has("papers"):
        return Papers(), ("papers",)
    if sentence.has("trend"):
        return Trend(), ("trend",)
    return (Share(), ("measure",)) if sentence.values("measure") == ["downloads"] else None


def _field(request: Request, concept: str) -> str | None:
    """Name the field of a question that takes what a word names; None where it has none."""
    known = {field.name for field in fields(request)}
    return next((name for name in FIELDS[concept] if name in known), None)


def _put(request: Request, concept: str, value: str) -> Request:
    name = str(_field(request, concept))
    return replace(request, **{name: VALUES.get(name, str)(value)})
