"""
What keeps a reading from being answered though it accounts for every word: what a word means where it stands.

`Smaller than whisper` is another model than whisper, `all bert models` are more than one, and `largest models` goes by
what is not counted. Such a question is handed back with what is near. The words are `lexicon.csv`'s. Pure.
"""

from collections.abc import Callable, Iterator
from itertools import pairwise

from analytics.domain.requests import Formats, LoadModel, Official, OneModel, Papers, Share, Top, Totals, Why
from analytics.grammar.daily_doubts import asks_for_every_day
from analytics.grammar.interpretation import Interpretation
from analytics.grammar.pieces import NO, PLACES, Piece, Sentence
from analytics.grammar.since_doubts import asks_for_a_stretch, asks_how_many_came
from analytics.grammar.told_numbers import wants_percent_of_top
from analytics.grammar.uncounted import Mismatch, find_uncounted

OTHER_MODEL = (
    "Which models are smaller or newer than another model, made from it or like it, nobody counts here: "
    "name the one that is meant."
)
BY_SIZE = "Sizes of models are not counted here, so nothing is ranked by them."
FAMILY = "“{}” is a name of several models, and one of them is asked about at a time: these are known."
UNNAMED = "Which model is meant? Name it, with its account if you can."
BY_AGE = "Which model was the first is not known here: the Hub tells when its repositories were created."
OF_FORMATS = "I know no question about which formats a framework reads; “why formats” explains what they are here."
WITHIN = "I know no question about one framework within another, so I answer nothing rather than something else."
CONDITION = "I know no question with “{}” as a condition, so I answer nothing rather than something else."
SAME = "Whence and whither are the same here; name what is to come out."
VERSION = "Versions of frameworks are not counted; what loads a model, and up to which version, is told by “load”."
COURSE = "Why downloads rise or fall nobody can tell from counts; what they count, and their course, can be asked."


def find_doubt(reading: Interpretation, sentence: Sentence) -> Mismatch | None:
    """Say why a whole reading is none after all, and what is near; None where it is one."""
    problem = next((doubt for find in DOUBTS if (doubt := find(reading, sentence))), "")
    uncounted = find_uncounted(reading, sentence)
    return Mismatch(problem, uncounted.offered if uncounted else ()) if problem else uncounted


def _is_of_model(reading: Interpretation) -> bool:
    return isinstance(reading.request, OneModel | Formats | LoadModel)


def _before(sentence: Sentence, at: int, passed: Callable[[Piece], bool]) -> Iterator[Piece]:
    """Give the pieces before a place, nearest first, with what is only passed over left out."""
    return (piece for piece in reversed(sentence.pieces[:at]) if not passed(piece))


def _is_courtesy(piece: Piece) -> bool:
    return piece.asks_nothing and not piece.may_be("beside", "than", "mine", "whole")


def _names_other_model(reading: Interpretation, sentence: Sentence) -> str:
    """Find a model that is only named to tell another by: `smaller than whisper`, `besides bert`, `based on llama`."""
    for at, piece in enumerate(sentence.pieces):
        if not (_is_of_model(reading) and piece.may_be("model")):
            continue
        before = next(_before(sentence, at, _is_courtesy), None)
        if before and (before.may_be("beside", "except") or (_compares(before) and _is_more(sentence, at))):
            return OTHER_MODEL
    return ""


def _compares(piece: Piece) -> bool:
    """Tell whether it is a word that stands before what something is compared with, and elsewhere too: `als`, `que`."""
    return piece.may_be("than")


def _is_more(sentence: Sentence, at: int) -> bool:
    return any(piece.may_be("more", "of_size", "new") for piece in sentence.pieces[:at])


def _ranks_by_size(reading: Interpretation, sentence: Sentence) -> str:
    """Find models that are called large or small: `largest tensorflow models`; not `the largest number of them`."""
    if _is_of_model(reading):
        return BY_SIZE if sentence.has("of_size") and not sentence.has("official", "catalogue") else ""
    if not isinstance(reading.request, Top | Totals):
        return ""
    said = [piece for piece in sentence.pieces if not (piece.asks_nothing or piece.may_be(*NAMED))]
    pairs = [*pairwise(said), *((two, one) for one, two in pairwise(said) if two.text.casefold() in BEHIND)]
    return BY_SIZE if any(one.may_be("of_size") and two.may_be("models") for one, two in pairs) else ""


NAMED = ("framework", "format", "task", "account", "hub", "from", "by", "to", "number")
"""What may stand between a size and the models that have it: `largest google models`."""

BEHIND = ("más grandes", "más pequeños", "mayores")
"""Sizes that stand behind what has them."""


def _means_several(reading: Interpretation, sentence: Sentence) -> str:
    """Find a family of which all, some or the newest are meant, where one of it would be answered."""
    if not _is_of_model(reading):
        return ""
    ranks = sentence.has("measure") and sentence.has("most", "top")
    for at, piece in enumerate(sentence.pieces):
        if not piece.may_be("model") or not piece.others or "/" in piece.text:
            continue
        before = next(_before(sentence, at, _is_of_kind), None)
        which = (
            before and before.may_be("which", "listing") and before.text.casefold() != "was"
        )  # of German and English
        if ranks or which or (before and before.may_be("whole", "newest")):
            return FAMILY.format(piece.text[:40])
    return ""


def _is_of_kind(piece: Piece) -> bool:
    """Tell whether a word may stand between `all` and the family: `all versions of`, `which of the`."""
    text = piece.text.casefold()
    return text in ("of", "the", "von", "der", "de", "los", "las", "a", "的") or text in KINDS


KINDS = (
    *("models", "modelle", "modelos", "модели", "versions", "version", "variants", "sizes", "checkpoints", "releases"),
    *("release", "versionen", "varianten", "versiones", "variantes", "версии", "варианты", "模型", "版本"),
)


def _names_no_model(reading: Interpretation, sentence: Sentence) -> str:
    """Find one model, of whoever asks, in the place of which a list would be answered: `is my model in tensorflow`."""
    if not isinstance(reading.request, Top | Totals) or sentence.has(*OF_MANY):
        return ""
    if isinstance(reading.request, Top) and any(piece.text.casefold() in ASKING_OF_IT for piece in sentence.pieces):
        return UNNAMED
    places = [at for at, piece in enumerate(sentence.pieces) if piece.may_be("models")]
    before = [next(_before(sentence, at, _is_courtesy), None) for at in places]
    bare = bool(places) and sentence.pieces[places[0]].text.casefold() in ("model", "modell", "modelo", "модель")
    begins = bare and (places[0] == 0 or (places[0] == 1 and sentence.begins_with(*WHETHER)))
    return UNNAMED if begins or any(piece and piece.may_be("mine") for piece in before) else ""


ASKING_OF_IT = ("does it", "did it", "has it", "can it", "could it", "will it", "does this", "does that")
OF_MANY = ("top", "measure", "task", "account", "number", "howmany", "share")
WHETHER = ("is", "are", "does", "has", "ist", "hat", "está", "tiene")
"""Verbs before the one model that is asked about: of one thing, in any language (so not those of `told_numbers`)."""


def _asks_for_first(reading: Interpretation, sentence: Sentence) -> str:
    """Find who asks for what was there before all others: `first tensorflow model ever`."""
    firsts = any(piece.text.casefold() == "first" for piece in sentence.pieces)
    alone = firsts and sentence.has("ever") and not sentence.has("number", "most")
    return BY_AGE if isinstance(reading.request, Top) and alone else ""


def _asks_what_is_read(reading: Interpretation, sentence: Sentence) -> str:
    """Find who asks which formats a framework reads: `which formats can keras load`."""
    formats = any(two.may_be("formats") and one.may_be("which") for one, two in pairwise(sentence.pieces))
    reads = formats and sentence.has("framework") and not sentence.has("model", "models")
    return OF_FORMATS if reads and isinstance(reading.request, Top | LoadModel) else ""


def _asks_of_one_within_another(reading: Interpretation, sentence: Sentence) -> str:
    """Find one framework within another: `is tensorflow in pytorch`, `is jax part of tensorflow`."""
    said = [piece for piece in sentence.pieces if not piece.asks_nothing]
    within = [piece.text.casefold() in ("in", "inside", "part", "within") for piece in said[1:2]]
    alone = [piece.may_be("framework") for piece in said] == [True, False, True] and any(within)
    return WITHIN if alone and isinstance(reading.request, Totals) else ""


def _lays_down_a_condition(reading: Interpretation, sentence: Sentence) -> str:
    """Find what loading is to do without, or where: `load gpt2 without transformers`, `offline`."""
    if not isinstance(reading.request, LoadModel):
        return ""
    said = [piece for piece in sentence.pieces if not piece.asks_nothing]
    pairs = pairwise(said)
    found = [
        two.text for one, two in pairs if one.may_be(*NO) and two.may_be("transformers", "safetensors", "papers_code")
    ]
    found += [piece.text for piece in said if piece.text.casefold() == "offline"]
    return CONDITION.format(found[0][:40]) if found else _to_itself(sentence)


def _to_itself(sentence: Sentence) -> str:
    named = [piece.concepts["framework"] for piece in sentence.pieces if piece.may_be("framework")]
    return SAME if len(named) > 1 and len(set(named)) == 1 and not sentence.has("model", "file", "format") else ""


def _asks_for_version(reading: Interpretation, sentence: Sentence) -> str:
    """Find who asks which version of a framework a model needs, or is downloaded most."""
    three = zip(sentence.pieces, sentence.pieces[1:], sentence.pieces[2:], strict=False)
    asks = any(
        one.may_be("which") and two.may_be("framework") and three.text.casefold() in ("version", "versions", "versión")
        for one, two, three in three
    )
    if asks and isinstance(reading.request, OneModel) and sentence.begins_with("which", "what"):
        return VERSION
    pairs = pairwise(sentence.pieces)
    ranks = any(one.may_be("framework") and two.text.casefold().startswith("version") for one, two in pairs)
    return VERSION if ranks and isinstance(reading.request, Top | Totals) and not sentence.has("models") else ""


def _asks_why_it_moves(reading: Interpretation, sentence: Sentence) -> str:
    """Find who asks why downloads rise or fall, and not what they count."""
    return COURSE if isinstance(reading.request, Why) and sentence.has("course") else ""


def _asks_what_it_is_for(reading: Interpretation, sentence: Sentence) -> str:
    """Find who asks what a model does, `what is bert used for`, or for lessons: neither is counted."""
    texts = [piece.text.casefold() for piece in sentence.pieces]
    ends = bool(texts) and texts[-1] in ("for", "do", "good for", "used for") and texts[0].partition(" ")[0] in WHAT
    if isinstance(reading.request, OneModel) and ends and not sentence.has("framework", "frameworks", "format"):
        return PURPOSE
    lessons = [text for text in texts if text in ("tutorial", "tutorials", "guide")]
    return CONDITION.format(lessons[0]) if lessons and isinstance(reading.request, Top | OneModel) else ""


def _judges_a_model(reading: Interpretation, sentence: Sentence) -> str:
    """Find who asks whether a model is good, `is gpt2 any good`, which its frameworks do not tell."""
    if not isinstance(reading.request, OneModel) or sentence.has("framework", "frameworks", "format"):
        return ""
    pairs = zip(sentence.pieces, (*sentence.pieces[1:], None), strict=True)
    judges = any(one.text.casefold() in JUDGING and not (two and two.may_be("models")) for one, two in pairs)
    return JUDGED if judges else ""


JUDGING = ("good", "bad", "bueno", "buena", "malo", "хорош", "хорошая")
JUDGED = "Whether a model is good nobody counts here; counted is in which frameworks it comes."


def _cuts_by_percent(reading: Interpretation, sentence: Sentence) -> str:
    """Find a part of all that is wanted as a list: `top 1% models`."""
    return PART if isinstance(reading.request, Top | Totals | Share) and wants_percent_of_top(sentence) else ""


def _asks_what_will_be(reading: Interpretation, sentence: Sentence) -> str:
    """Find who asks how it will be, where how it was would be answered: `what will change in 2 years`."""
    words = {word for piece in sentence.pieces for word in piece.text.casefold().split()}
    return TO_COME if reading.request and sentence.has("span") and not words.isdisjoint(WILL) else ""


TO_COME = "How it will be nobody has counted; what is stored goes up to today."
WILL = ("will", "won't", "wird", "werden", "cambiará", "habrá", "будет", "будут", "изменится", "изменятся")

PART = "A list has a number of models, and no part of all that there are; write the number, such as top30."

PURPOSE = "What a model is for is told by its page on the Hub; counted is in which frameworks it comes."
WHAT = ("what", "what's", "whats")


def _is_denied_whole(reading: Interpretation, sentence: Sentence) -> str:
    """Find a no before the very thing that would be answered: `not the top 30, …`, `don't tell me how you count`."""
    said = [piece for piece in sentence.pieces if not piece.asks_nothing]
    if any(one.text.casefold() in INSTEAD and two.may_be("top", "method") for one, two in pairwise(said)):
        return DENIED_WHOLE
    if sentence.asks or len(said) < 2 or said[0].text.casefold() not in BIDDING_NO:  # noqa: PLR2004 - a no and what is denied
        return ""
    deniable = ("top", "definition") if said[0].text.casefold() == "no" else ("top", "definition", "method")
    if said[1].text.casefold() == "explain":
        return DENIED_WHOLE
    return DENIED_WHOLE if reading.request is not None and said[1].may_be(*deniable) else ""


BIDDING_NO = (
    *("not", "no", "don't", "dont", "do not", "never", "stop"),
    *("nicht", "kein", "keine", "no quiero", "не", "不要"),
)
"""A no that bids, where a sentence begins with it; `no, how do you count` bids nothing."""

INSTEAD = ("instead of", "rather than", "in place of")

DENIED_WHOLE = "You say what is not wanted; name what is."


def _names_no_direction(reading: Interpretation, sentence: Sentence) -> str:
    """Find a text that begins with whither and names two, `to tf torch`, or asks of downloads and of no loading."""
    if not isinstance(reading.request, LoadModel):
        return ""
    named = {value for piece in sentence.pieces for name, value in piece.concepts.items() if name in PLACES}
    begins = len(named) > 1 and sentence.pieces[0].may_be("to") and not sentence.has("load", "model")
    return DIRECTION if begins or (sentence.has("measure") and not sentence.has("load", "use", "model")) else ""


DIRECTION = "Whence and whither are not clear here; write, for example, “load in tensorflow”."


def _asks_what_became(reading: Interpretation, sentence: Sentence) -> str:
    """Find who asks what became of a collection, where what it holds would be answered: `what to happened tfhub`."""
    became = any(piece.text.casefold() in BECAME for piece in sentence.pieces)
    return NOT_WHAT_IT_HOLDS if became and isinstance(reading.request, Official | Papers) else ""


BECAME = ("happened", "became", "become")
NOT_WHAT_IT_HOLDS = "What became of it is told by “why tfhub” and “why papers”; what is counted of it is offered."

DOUBTS: tuple[Callable[[Interpretation, Sentence], str], ...] = (
    _names_other_model,
    _ranks_by_size,
    _means_several,
    _names_no_model,
    _asks_for_first,
    _asks_what_is_read,
    _asks_of_one_within_another,
    _lays_down_a_condition,
    _asks_for_version,
    _asks_why_it_moves,
    _asks_what_it_is_for,
    _judges_a_model,
    _cuts_by_percent,
    _asks_what_will_be,
    _is_denied_whole,
    _names_no_direction,
    _asks_what_became,
    asks_for_every_day,
    asks_how_many_came,
    asks_for_a_stretch,
)
"""Each says why it doubts a reading; empty where it does not."""
