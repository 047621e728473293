"""
What is asked of something that nobody counts here, though a count of something else is near: what to say and to offer.

A model that is not on the Hub, people who use a framework, the last of a ranking: each word is known, and the nearest
reading would pass over the one that changes the question. Pure.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from analytics.domain.requests import (
    Aspect,
    Compare,
    LoadModel,
    Official,
    OneModel,
    Papers,
    Share,
    Top,
    Totals,
    Trend,
    Why,
)
from analytics.grammar.framework_versions import CURRENT, read_versions
from analytics.grammar.interpretation import Interpretation
from analytics.grammar.offering import NO_BOTTOM
from analytics.grammar.pieces import ARTICLES, NO, PLACES, Piece, Sentence, names_kinship
from analytics.grammar.read_lists import FEWEST, SUPPORTS
from analytics.grammar.strict import Unclear, parse


@dataclass(frozen=True, slots=True)
class Mismatch:
    """Why a reading is not what is asked, and what is near, in canonical words."""

    problem: str
    offered: tuple[str, ...] = ()


def find_uncounted(reading: Interpretation, sentence: Sentence) -> Mismatch | None:
    """Say what is asked for that the reading does not count; None where it counts what is asked."""
    return next((found for find in FINDERS if (found := find(reading, sentence))), None)


LACKING = Mismatch("How many models lack that is not counted; those with one of the two and without the other are.")


def _lacks_something_else(reading: Interpretation, sentence: Sentence) -> Mismatch | None:
    """Find a no before what totals do not tell: `not on the hub`, `no files`, `tensorflow but no tensorflow files`."""
    if not isinstance(reading.request, Totals | Share):
        return None
    named = [piece.concepts[kind] for piece in sentence.pieces for kind in PLACES if piece.may_be(kind)]
    twice = {name for name in named if named.count(name) > 1}
    noes = (at for at, piece in enumerate(sentence.pieces) if piece.may_be(*NO) and not piece.asks_nothing)
    lacks = twice & {*sentence.places_denied} or any(_is_of_something_else(sentence, at) for at in noes)
    return LACKING if lacks else None


def _is_of_something_else(sentence: Sentence, at: int) -> bool:
    after = next((piece for piece in sentence.pieces[at + 1 :] if not _is_passed_over(piece)), None)
    return after is not None and after.may_be("hub", "formats")


def _is_passed_over(piece: Piece) -> bool:
    return not piece.may_be("hub") and (piece.asks_nothing or piece.may_be("available", "to", "use", "by"))


USERS = Mismatch(
    "Who uses what is counted by nobody; downloads are: whose they are, and their course.",
    (Share().words, Trend(downloads=True).words),
)


def _counts_people(reading: Interpretation, sentence: Sentence) -> Mismatch | None:
    """Find people who are counted, or of whom it is asked what they use: `how many people use jax`, `my team uses`."""
    if not isinstance(reading.request, Totals | Share | Trend):
        return None
    said = [piece for piece in sentence.pieces if piece.may_be("people") or not piece.asks_nothing]
    counted = any(
        one.may_be("howmany", "share", "percent") and two.may_be("people") for one, two in _pairs_but(said, "mine")
    )
    own = any(_is_own(piece) and two.may_be("use") for piece, two in pairwise(said))
    return USERS if (counted and not sentence.has("models")) or own else None


def _pairs_but(said: Sequence[Piece], passed: str) -> Iterator[tuple[Piece, Piece]]:
    return pairwise(piece for piece in said if not piece.may_be(passed))


def _is_own(piece: Piece) -> bool:
    """Tell whether people are some, and not all there are: `my team`, and not `people`."""
    return piece.may_be("people") and not {*piece.text.casefold().split()}.isdisjoint(OWN)


OWN = ("team", "teams", "company", "boss", "colleagues", "coworkers", "teammates", "friends", "students", "customers")
"""People of whom somebody asks who is one of them."""

BOTTOM = Mismatch(NO_BOTTOM, (Totals(aspect=Aspect.DEAD).words,))


def _ranks_from_below(reading: Interpretation, sentence: Sentence) -> Mismatch | None:
    """Find who asks for the last of a list: `which of the top 10 has the fewest likes`."""
    if not isinstance(reading.request, Top):
        return None
    said = [piece for piece in sentence.pieces if piece.text.casefold() in LAST or not piece.may_be("filler")]
    pairs = pairwise(said)
    return BOTTOM if any(one.text.casefold() in LAST and two.may_be("measure") for one, two in pairs) else None


LAST = (*FEWEST, "wenigsten", "am wenigsten", "geringsten", "menor", "меньше всего", "最少")

THRESHOLD = Mismatch("How many have so many likes or downloads is not counted; lists go by them, and tell how many.")


def _lays_down_a_number(reading: Interpretation, sentence: Sentence) -> Mismatch | None:
    """Find a number of likes or downloads that models are to have: `at least one like`, `a download`."""
    if not isinstance(reading.request, Totals | Share | Top | Trend):
        return None
    said = [(one.text.casefold(), two) for one, two in pairwise(sentence.pieces)]
    has_one = any(text in SINGLE and (two.may_be("measure") or two.text.casefold() == "like") for text, two in said)
    return THRESHOLD if has_one and sentence.has("howmany", "share", "percent", "top") else None


SINGLE = ("a", "one", "a single", "single", "ein", "einen", "eine", "un", "una", "одно", "один", "хотя бы один")
"""Words for one: before what is counted by thousands it is a condition."""

MAKING = Mismatch(
    "How a model is made, saved or shared nobody tells here; how it is loaded, and which there are, can be asked."
)

WHITHER = Mismatch("What is to come out? Name it as well, as “convert a pytorch model to onnx”.")


def _asks_how_to_make(reading: Interpretation, sentence: Sentence) -> Mismatch | None:
    """Find who wants to save, share or make a model: `how do I export a pytorch model`, `how can I make one`."""
    if isinstance(reading.request, LoadModel):
        saves, converts = _says_only_whence(sentence, SAVES), _says_only_whence(sentence, CONVERTS)
        return None if reading.request.id else MAKING if saves else WHITHER if converts else None
    if not isinstance(reading.request, Totals | Top | Share | Trend):
        return None
    how = sentence.place("how")
    said = sentence.pieces[how + 1 :] if how is not None else ()
    verb = next((piece.text.casefold() for piece in said if piece.text.casefold() not in BEFORE_VERB), "")
    return MAKING if verb in MAKES else None


def _says_only_whence(sentence: Sentence, verbs: Collection[str]) -> bool:
    """Tell whether what is saved or exported is named, and not what it is to become: `save a pytorch model`."""
    verb = next((at for at, piece in enumerate(sentence.pieces) if piece.text.casefold() in verbs), None)
    place = sentence.place(*PLACES)
    if verb is None or place is None or place < verb or len(sentence.values(*PLACES)) > 1:
        return False
    return all(piece.asks_nothing or piece.may_be("mine") for piece in sentence.pieces[verb + 1 : place])


SAVES = (
    *("save", "saving", "saved", "export", "exporting", "exported", "exportieren", "exportiere", "exportiert"),
    *("exportar", "экспортировать", "导出"),
)


def without_saving(sentence: Sentence) -> Sentence:
    """Leave out the verb of who wants a table as a file, which says no more than that: `export the top 30 as csv`."""
    saves = sentence.has("csv") and not sentence.has("framework", "file")
    kept = tuple(piece for piece in sentence.pieces if piece.text.casefold() not in SAVES)
    return replace(sentence, pieces=kept) if saves else sentence


CONVERTS = (
    *("convert", "converting", "converted", "transform", "migrate", "port", "konvertieren", "konvertiere", "convertir"),
    *("конвертировать", "сконвертировать", "转换"),
)
BEFORE_VERB = ("do", "can", "could", "should", "would", "to", "i", "we", "you", "one", "best", "actually", "ich", "man")
MAKES = ("make", "build", "share", "bring", "mache", "machen", "teile", "hacer", "hago", "сделать", "做")
"""Verbs that are words of other kinds, or courtesy, elsewhere."""


def _runs_elsewhere(reading: Interpretation, sentence: Sentence) -> Mismatch | None:
    """Find who counts the models of one framework that run in another: `how many tensorflow models run in pytorch`."""
    places = [at for at, piece in enumerate(sentence.pieces) if piece.may_be("framework")]
    if not isinstance(reading.request, Totals) or not sentence.has("howmany", "share", "percent") or len(places) != 2:  # noqa: PLR2004 - from one to the other
        return None
    between = sentence.pieces[places[0] + 1 : places[1]]
    does = any(piece.may_be("use") or piece.text.casefold() in SUPPORTS for piece in between)
    if (
        not does
        or any(piece.may_be("and") for piece in between)
        or not any(piece.may_be("models") for piece in between)
    ):
        return None
    whither = sentence.pieces[places[1]].concepts["framework"]
    return Mismatch(RUNS, (Totals(reach=True).words, LoadModel(None, whither).words))


RUNS = "What runs elsewhere is not counted; how each framework is reached is, by files or converted on load."


def _counts_what_loads(reading: Interpretation, sentence: Sentence) -> Mismatch | None:
    """Find who counts the models that one framework loads or runs: `how many models can tensorflow load`."""
    request = reading.request
    if not isinstance(request, Totals) or request.reach or not sentence.has("howmany", "share", "percent"):
        return None
    if len(sentence.values("framework", "format")) != 1 or sentence.has("only", "dead", "measure"):
        return None
    does = any(piece.may_be("load", "loadable") or piece.text.casefold() in RUNNING for piece in sentence.pieces)
    return Mismatch(LOADED, (Totals(reach=True).words, Totals().words)) if does else None


RUNNING = ("run", "runs", "running", "laufen", "läuft", "corren", "запускаются", "запускается", "运行")
LOADED = (
    "What a framework loads or runs is counted as how it is reached: by files, or converted on load. The totals count "
    "what comes in it."
)


def _is_advice(reading: Interpretation, sentence: Sentence) -> Mismatch | None:
    """Find who asks what is good for somebody: `pytorch or tensorflow for a beginner`."""
    said = [piece.text.casefold() for piece in sentence.pieces if piece.text.casefold() not in ARTICLES]
    learns = any(one in FOR and two in LEARNERS for one, two in pairwise(said))
    return ADVICE if learns and isinstance(reading.request, Totals | Share | Top | Trend) else None


FOR = ("for", "für", "para", "для", "as")
LEARNERS = (
    *("beginner", "beginners", "newbie", "newbies", "noob", "noobs", "starters", "newcomers", "students"),
    *("anfänger", "einsteiger", "principiantes", "principiante", "новичка", "новичков"),
)
ADVICE = Mismatch("What is good for whom nobody counts here; which frameworks models come in, and downloads, are.")


def _asks_what_is_used(reading: Interpretation, sentence: Sentence) -> Mismatch | None:
    """Find who counts the models that are used at all: `how many models are actually used`."""
    said = [piece for piece in sentence.pieces if not piece.asks_nothing]
    used = isinstance(reading.request, Totals) and sentence.has("howmany") and sentence.has("models")
    return USED if used and said[-1].may_be("use") and not sentence.has("frameworks", "measure") else None


USED = Mismatch(
    "Which models are used is counted by nobody; which of them were downloaded, and which were not, is.",
    (Totals(aspect=Aspect.DEAD).words, Trend(downloads=True).words),
)


def _compares_results(reading: Interpretation, sentence: Sentence) -> Mismatch | None:
    """Find who asks what a model gives: `does bert in tensorflow give the same results as in pytorch`."""
    asks = isinstance(reading.request, OneModel | Compare)
    return RESULTS if asks and any(piece.text.casefold() in GIVEN for piece in sentence.pieces) else None


RESULTS = Mismatch("What a model gives is not compared here; counted is in which frameworks it comes.")
GIVEN = ("result", "results", "output", "outputs", "prediction", "predictions", "ergebnisse", "resultados", "结果")

OTHER_HUB = Mismatch(
    "Models of another hub are not counted, nor ranked or set beside the Hub's; TensorFlow's own collection there is "
    "told by its state.",
    (Official("tensorflow").words,),
)


def _asks_of_other_hub(reading: Interpretation, sentence: Sentence) -> Mismatch | None:
    """Find who ranks the models of Kaggle or sets them beside the Hub's: `who has more models, kaggle or the hub`."""
    if not isinstance(reading.request, Official) or "tensorflow" not in sentence.values("official"):
        return None
    beside = sentence.has("and", "more", "compare") and any(_is_hub(piece) for piece in sentence.pieces)
    others = {*sentence.values("framework")} - {"TensorFlow"}
    alone = others and not sentence.has("and", "more", "compare")
    return OTHER_HUB if beside or alone or sentence.has("measure") else None


def _is_hub(piece: Piece) -> bool:
    return piece.may_be("hub") and not piece.may_be("official")


def _asks_which_model(reading: Interpretation, sentence: Sentence) -> Mismatch | None:
    """Find who asks which models they are where all would be counted: `which model is in all frameworks`."""
    if not isinstance(reading.request, Totals) or sentence.has("totals"):
        return None
    pairs = pairwise(piece for piece in sentence.pieces if not piece.may_be("framework"))
    asked = [two for one, two in pairs if one.may_be("which") and two.may_be("models")]
    several = sentence.has("and") or len(sentence.values("framework")) > 1
    several = several and not sentence.has("more", "most", "compare", "howmany")
    if not any(several or piece.text.casefold() in ONE_MODEL for piece in asked):
        return None
    lists = (Top(framework=name).short_words for name in sentence.values("framework"))
    return Mismatch(WHICH, (Totals().words, *lists))


WHICH = "A list is of one framework at a time; how many models come in both, and in which others, is counted."
ONE_MODEL = ("model", "modell", "modelo", "модель")

OF_VENUE = "Papers are counted by quarter, not by where they were published; “{}” is passed over in what is offered."
OF_VERSION = "Versions of {} are not counted apart; what is offered is of all of them."
OF_DIFFERENCE = (
    "I cannot tell how frameworks differ, only how many models each of them has and how often they are downloaded."
)

COUNTING = ("howmany", "more", "most", "share", "percent", "measure", "year", "article", "changes", "trend")
"""Concepts of what may differ by a number."""


def _asks_for_one_venue(reading: Interpretation, sentence: Sentence) -> Mismatch | None:
    """Find the conference whose papers alone are asked for."""
    named = [piece.text for piece in sentence.pieces if piece.may_be("venue")]
    return Mismatch(OF_VENUE.format(named[0][:40])) if named and isinstance(reading.request, Papers) else None


def _asks_for_one_version(reading: Interpretation, sentence: Sentence) -> Mismatch | None:
    """Find a framework's version where models of it would be counted or looked for, whatever their version."""
    if isinstance(reading.request, Why):
        counts = sentence.has("howmany") and sentence.has("framework_version") and sentence.has("models")
        return Mismatch(OF_VERSION.format("Keras")) if counts and reading.request.topic == "keras3" else None
    versions = versions_of(sentence)
    if not versions or (isinstance(reading.request, LoadModel) and reading.request.framework != "TensorFlow"):
        return None
    counts = versions != {CURRENT} or sentence.has("howmany")
    return Mismatch(OF_VERSION.format("TensorFlow")) if counts else None


def versions_of(sentence: Sentence) -> set[str]:
    """Give the versions of TensorFlow that are named, by their first figure."""
    return read_versions(piece.text for piece in sentence.pieces if piece.concepts.get("framework") == "TensorFlow")


def _may_name_a_version(reading: Interpretation, sentence: Sentence) -> Mismatch | None:
    """Find a figure behind a framework that may be its version or a number of models: `jax 3 models`."""
    if not isinstance(reading.request, Top) or not reading.request.framework or sentence.has("top"):
        return None
    three = zip(sentence.pieces, sentence.pieces[1:], sentence.pieces[2:], strict=False)
    found = [
        f"{one.text} {two.text}"
        for one, two, three in three
        if one.may_be("framework") and len(two.text) == 1 and two.text.isdigit() and three.may_be("models")
    ]
    alone = replace(reading.request, n=Top().n).short_words
    return Mismatch(OR_A_NUMBER.format(found[0][:40]), (reading.words, alone)) if found else None


OR_A_NUMBER = "“{}” may be a version, which is not counted apart, or a number of models."


def _says_here_or_yesterday(reading: Interpretation, sentence: Sentence) -> Mismatch | None:
    """Find `hier` beside canonical words: it is `here` in German and `yesterday` in French."""
    days = sentence.values("here_or_yesterday")
    rest = " ".join(piece.text for piece in sentence.pieces if not piece.may_be("here_or_yesterday"))
    if not days or isinstance(parse(rest), Unclear):
        return None
    return Mismatch(HERE_OR_YESTERDAY, (f"{reading.words} on {days[0]}", reading.words))


HERE_OR_YESTERDAY = "“Hier” is “here” in German and “yesterday” in French."


def _lacks_its_framework(reading: Interpretation, sentence: Sentence) -> Mismatch | None:
    """Find a no behind a model that is only named, `model gpt2 not in tensorflow`: who asks so says `is … not in`."""
    request = reading.request
    if not isinstance(request, OneModel) or not request.framework or sentence.asks:
        return None
    said = [piece for piece in sentence.pieces if not (piece.asks_nothing or piece.text.casefold() == "model")]
    denied = len(said) > 1 and said[0].may_be("model") and said[1].may_be(*NO)
    return Mismatch(NOT_WITHIN, (request.words,)) if denied else None


NOT_WITHIN = "In which frameworks a model comes is told, and not what it lacks; whether it comes in one can be asked."


def _asks_how_they_differ(reading: Interpretation, sentence: Sentence) -> Mismatch | None:
    """Find who asks how frameworks differ, and not by what number."""
    asks = (
        (sentence.has("difference") or names_kinship(sentence))
        and len(sentence.values("framework")) > 1
        and not sentence.has(*COUNTING)
    )
    return Mismatch(OF_DIFFERENCE) if asks and isinstance(reading.request, Totals) else None


FINDERS: tuple[Callable[[Interpretation, Sentence], Mismatch | None], ...] = (
    _lacks_something_else,
    _counts_people,
    _ranks_from_below,
    _lays_down_a_number,
    _asks_how_to_make,
    _runs_elsewhere,
    _counts_what_loads,
    _is_advice,
    _lacks_its_framework,
    _asks_what_is_used,
    _compares_results,
    _asks_of_other_hub,
    _asks_which_model,
    _asks_for_one_venue,
    _asks_for_one_version,
    _may_name_a_version,
    _says_here_or_yesterday,
    _asks_how_they_differ,
)
"""Each says what a reading does not count; None where it counts it."""
