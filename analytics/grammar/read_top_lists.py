"""Sentences about the first models of a ranking, or those that come in one framework, task, account or format."""

import itertools
from dataclasses import replace

from analytics.domain.requests import MOST_MODELS, Top, Totals
from analytics.grammar.accounts import takes
from analytics.grammar.interpretation import Interpretation, ask, short_words
from analytics.grammar.pieces import DENIED, Sentence, is_loose
from analytics.grammar.read_lists import (
    TWO,
    asks_which_libraries,
    counts_among_most,
    definition_of,
    is_split,
    names_library,
    says_totals,
)
from analytics.grammar.read_models import asks_which_load
from analytics.grammar.told_numbers import states_a_number


def read_top(sentence: Sentence) -> Interpretation | None:
    """Read what is asked of the first models of a ranking."""
    if not _asks_for_a_list(sentence):
        return None
    measures, tasks, accounts = _measures(sentence), sentence.values("task"), sentence.values("account")
    if "alltime" in measures and {"downloads", "likes"} & set(measures):  # likes are of all time anyway
        measures.remove("alltime" if "likes" in measures else "downloads")
    numbers = sentence.values("number")
    possible = all(1 <= int(number) <= MOST_MODELS for number in numbers)
    within = sentence.has("among") or counts_among_most(sentence)
    framework = None if within or _asks_whether_all(sentence) else _framework_of_list(sentence)
    told_only = states_a_number(sentence)
    request = Top(
        int(numbers[0]) if numbers and possible and not told_only else 30,
        measures[0] if measures else "downloads",
        tasks[0] if tasks else None,
        accounts[0] if accounts else None,
        definition_of(sentence),
        framework,
        only=bool(framework and ((sentence.has("only") and not _filters(sentence)) or _excludes(sentence))),
        loadable=bool(framework and _wants_loadable(sentence) and not sentence.has("only")),
        originals=sentence.has("originals") or _leaves_copies_out(sentence),
    )
    single = possible and max(map(len, (measures, tasks, accounts, numbers, sentence.values("definition")))) <= 1
    told = [*_account_for_list(sentence, request), *(["neg", DENIED] if _find_negated_measures(sentence) else [])]
    told += ["neg", DENIED, "copies", "quantized", "format", "new"] if _leaves_copies_out(sentence) else []
    single = single and not (says_totals(sentence) and names_library(sentence))  # `totals by library top 10`
    return ask(
        request,
        told,
        _instead_of_top(sentence, request),
        ONE_FRAMEWORK if _lists_several(sentence, request) else _say_window(sentence, request),
        certain=single
        and _names_one(sentence, framework)
        and (within or _says_which_only(sentence))
        and not (_lists_several(sentence, request) or _is_of_frameworks(sentence) or (within and accounts))
        and not _is_of_one(sentence)
        and not told_only,
    )


def _lists_several(sentence: Sentence, request: Top) -> bool:
    """Tell whether a list is asked for in several frameworks at once, `top 10 in tensorflow or jax`: it has one."""
    if request.framework or len(sentence.values("framework")) < 2:  # noqa: PLR2004 - several
        return False
    if sum(one.may_be("top") and two.may_be("number") for one, two in itertools.pairwise(sentence.pieces)) > 1:
        return True  # `top 10 in pytorch and top 10 in tensorflow side by side`
    if sentence.has(*takes("counting"), "which"):
        return False
    if set(sentence.values("framework")) - {*TWO, "JAX"}:
        return True  # `top10 jax or keras`: only those are told apart in one list
    pairs = itertools.pairwise(sentence.pieces)
    return any(one.may_be("to") and not one.asks_nothing and two.may_be("framework") for one, two in pairs)


ONE_FRAMEWORK = "A list is of all models, or of those in one framework; each is offered by itself."


def _is_of_frameworks(sentence: Sentence) -> bool:
    """Tell whether frameworks are to be ranked, and no models: `top 10 frameworks`."""
    pairs = itertools.pairwise(sentence.pieces)
    return any(one.may_be("number") and two.may_be("frameworks", "library") for one, two in pairs)


def _wants_loadable(sentence: Sentence) -> bool:
    return sentence.has("loadable") or asks_which_load(sentence)


ALL_OF_IT = ("all", "mostly", "only", "entirely", "mainly", "alle", "todos", "все")


def _asks_whether_all(sentence: Sentence) -> bool:
    """Tell whether it is asked if a list is all of one framework: `are the top 10 all pytorch`."""
    words = [piece.text.casefold() for piece in sentence.pieces]
    whether = bool(words) and words[0].partition(" ")[0] in ("are", "is", "sind", "son")
    return whether and sentence.has("top") and sentence.has("number") and any(word in ALL_OF_IT for word in words)


def _measures(sentence: Sentence) -> list[str]:
    """Give what is ranked by, without what is said not to be: `by likes, not downloads`, `most popular, by likes`."""
    named = [name for name in sentence.values("measure") if name not in _find_negated_measures(sentence)]
    if len(named) < 2:  # noqa: PLR2004 - one of two
        return named
    told = {piece.concepts["measure"] for piece in sentence.pieces if piece.may_be("measure") and not is_loose(piece)}
    return [name for name in named if name in told] or named


def _find_negated_measures(sentence: Sentence) -> set[str]:
    """Give the measures that stand right after a no, beside another."""
    after = zip(sentence.pieces, sentence.pieces[1:], strict=False)
    no = {two.concepts["measure"] for one, two in after if one.may_be("neg") and two.may_be("measure")}
    return no if set(sentence.values("measure")) - no else set()


def _leaves_copies_out(sentence: Sentence) -> bool:
    """Tell whether copies are not wanted: `excluding quantized copies`, `no gguf re-uploads`; two noes are none."""
    said = [piece for piece in sentence.pieces if not piece.asks_nothing]
    at = next((at for at, piece in enumerate(said) if piece.may_be("copies", "quantized")), 0)
    before = [one for one in said[max(0, at - 3) : at] if not (one.may_be("format", "models") or one.text == "any")]
    no, twice = ([piece.may_be("neg") for piece in reversed(before)] + [False, False])[:2]
    return no and not twice


def _is_of_one(sentence: Sentence) -> bool:
    """Tell whether it is about one thing somebody has, not about which there are: `my ckpt, to use it in jax`."""
    return (
        sentence.has("pronoun")
        and sentence.has("use", "file")
        and not sentence.has("top", "listing", "which", "measure")
    )


def _says_which_only(sentence: Sentence) -> bool:
    """
    Tell whether an `only` says that a model is in no other framework, as in `tensorflow only`, `only exist in jax`.

    In `only tensorflow please` and `only those in jax` it may as well narrow the list: then both have to be offered.
    """
    said = [piece for piece in sentence.pieces if not piece.asks_nothing]
    at = next((at for at, piece in enumerate(said) if piece.text.casefold() in NARROWING), None)
    if at is None or not sentence.has("framework"):
        return True
    if any(one.text.casefold() in ("those", "ones", "the ones") for one in sentence.pieces):
        return False
    before, after = said[at - 1 : at] if at else [], said[at + 1 : at + 2]
    return any(one.may_be("framework") for one in before) or any(one.may_be("to", "available") for one in after)


NARROWING = ("only", "just", "nur", "solo", "sólo", "только", "只")
"""Words that say `in no other` or `no others`, by where they stand."""


def _account_for_list(sentence: Sentence, request: Top) -> list[str]:
    """Account for what a list says beside its options: what it is measured over, and what it is compared by."""
    told = [*takes("top"), "only"]
    told += ["loadable", "formats"] if request.framework else ["among"]
    told += ["load", "pronoun"] if request.loadable and asks_which_load(sentence) else []
    told += ["originals"] if request.originals else []
    told += ["transformers"] if request.task and sentence.has("most", "top") else []  # that is what models are, too
    counts = sentence.has("howmany", "share", "among") or len(sentence.values("framework")) > 1
    told += ["neg", *takes("counting")] if counts and not request.framework else []
    told += ["neg", "except", DENIED] if request.framework and _excludes(sentence) else []
    return [*told, *{"downloads": ["month_span", "each_month"], "trending": ["week"]}.get(request.by, [])]


def _say_window(sentence: Sentence, request: Top) -> str:
    """Say what is taken for the time that was named: `top10 last month` is by what the Hub counts of 30 days."""
    if request.by != "downloads" or not sentence.has("month_span"):
        return ""
    return "The Hub counts the downloads of the last 30 days; older ones it does not tell apart."


def _instead_of_top(sentence: Sentence, request: Top) -> list[str]:
    """Give what may be meant instead: another of several measures, with or without `only`, the counts."""
    if len(measures := _measures(sentence)) > 1:
        return [short_words(replace(request, by=measure)) for measure in measures[::-1]]
    if _lists_several(sentence, request):
        return [short_words(replace(request, framework=name)) for name in sentence.values("framework")]
    if _is_of_frameworks(sentence):
        return [Totals().words]
    of_all = request.author and sentence.has("among")  # `which of the top 30 are by google`
    if of_all or (request.originals and sentence.disliked_by_others):
        return [short_words(replace(request, **({"author": None} if of_all else {"originals": False})))]
    if request.framework and sentence.has("only"):
        return [short_words(replace(request, only=not request.only))]
    counts = states_a_number(sentence) or (sentence.has("framework") and not sentence.has("number", "task", "account"))
    return [Totals().words] if counts else []


def _asks_for_a_list(sentence: Sentence) -> bool:
    """Tell whether a list is asked for: by a word or a measure, or as `which F models`, `models in F`."""
    has = sentence.has
    if has("top") and not counts_among_most(sentence):
        if len(sentence.values("framework")) > 1 and not has("models", "number", "measure", "task", "definition"):
            return False  # `PyTorch, TensorFlow, JAX: who's leading`
        narrowed = has("models", "originals", "number", "measure", "task", "account", *_OF_FILES)
        if narrowed:
            return not (has("howmany") and not has("number"))
        return not has("howmany", "share") and _says_only_top(sentence)
    of_thirty = has("howmany", "share", "percent") and has("number") and has("most") and has("measure")
    if of_thirty or counts_among_most(sentence):
        return True  # `how many of the 30 most downloaded`
    if asks_which_libraries(sentence) or is_split(sentence):
        return False
    return says_only_framework(sentence) or _narrows_without_counting(sentence)


def _narrows_without_counting(sentence: Sentence) -> bool:
    """Tell whether models are ranked or narrowed, and neither counted nor compared."""
    has = sentence.has
    compares = has("more", "compare") and len(sentence.values("framework")) > 1 and not _excludes(sentence)
    if has("howmany", "share", "percent") or compares:
        return False
    return _ranks(sentence) if has("measure") else _narrows(sentence)


def _says_only_top(sentence: Sentence) -> bool:
    """Tell whether nothing but a list is named: `the best ones`."""
    told = ("top", "definition", "thanks", *takes("links"))
    return all(piece.asks_nothing or piece.may_be(*told) for piece in sentence.pieces)


def says_only_framework(sentence: Sentence) -> bool:
    """Tell whether nothing is said but one framework or format and `only` after it: `tensorflow only`."""
    said = [piece for piece in sentence.pieces if not piece.asks_nothing]
    return len(said) == TWO_WORDS and said[0].may_be("framework", "format") and said[1].may_be("only")


TWO_WORDS = 2


def _ranks(sentence: Sentence) -> bool:
    """Tell whether a measure is there to rank by; that models are downloaded says nothing of a rank."""
    measures, has = sentence.values("measure"), sentence.has
    loose = any(is_loose(piece) for piece in sentence.pieces if piece.may_be("measure"))
    if measures == ["downloads"] and not (loose or has("most", "top", "by", "which", "number")):
        return False
    if any(piece.text.casefold() == "download" for piece in sentence.pieces) and not has(
        "most", "top", "number", "models"
    ):
        return False  # `what is a download`
    if measures == ["trending"] and not sentence.left(("measure", "today", "week", *takes("links"))):
        return True
    if has("most") and all(piece.may_be("measure", "most") or piece.asks_nothing for piece in sentence.pieces):
        return True  # `most downloaded`
    return has("models", "number", "task", "account", *_OF_FILES) or (has("which") and not has("frameworks"))


def _narrows(sentence: Sentence) -> bool:
    """Tell whether models are asked for of one account, task, framework or format."""
    if sentence.has("account") and sentence.has("models", "task"):
        return True
    return _lists_framework(sentence) or (sentence.has("task") and sentence.has("number", "models"))


_OF_FILES = ("framework", "format", "file")


def _lists_framework(sentence: Sentence) -> bool:
    """Tell whether the models in one framework or format are asked for, none named: `models on jax`."""
    files = sentence.values("file") if sentence.has("models") and not sentence.has("load", "use", "pronoun") else []
    count = len(dict.fromkeys([*sentence.values("framework"), *sentence.values("format"), *files]))
    asks = (
        sentence.has("models", "task")
        or _asks_what_there_is(sentence)
        or (sentence.has("which") and sentence.has("formats"))
    )
    asks = asks and not _asks_of_people(sentence)
    return asks and (count == 1 or _excludes(sentence)) and not sentence.has("compare", "more")


PEOPLE = (
    "people",
    "anyone",
    "anybody",
    "nobody",
    "someone",
    "somebody",
    "everyone",
    "leute",
    "alguien",
    "gente",
    "люди",
)
WHETHER = ("do", "does", "did", "is", "are", "has", "have", "will")
"""Auxiliaries, also of what was and will be, before people: in other languages people stand first."""


def _asks_of_people(sentence: Sentence) -> bool:
    """Tell whether it is asked if people do something, and not for a list: `do people still make tensorflow models`."""
    words = [piece.text.casefold() for piece in sentence.pieces]
    return any(word.partition(" ")[0] in WHETHER for word in words[:2]) and any(word in PEOPLE for word in words)


def _asks_what_there_is(sentence: Sentence) -> bool:
    """Tell whether it is asked what there is for a framework: `what's available for paddle`."""
    asks = sentence.begins_with("what", "what's", "whats", "was", "qué", "что")
    said = [piece for piece in sentence.pieces if not piece.asks_nothing]
    if _filters(sentence):
        return all(piece.may_be("framework", "format", "frameworks", "by", "to", "hub", "only") for piece in said)
    return (
        asks
        and sentence.has("available")
        and all(piece.may_be("framework", "format", "available", "which", "to") for piece in said)
    )


def _filters(sentence: Sentence) -> bool:
    """Tell whether it is said to be a filter, whose `only` says what passes: `filter by library, keras only`."""
    return any(piece.text.casefold().startswith("filter") for piece in sentence.pieces)


def _excludes(sentence: Sentence) -> bool:
    """Tell whether one of the two is asked for without the other: `tensorflow but not pytorch`."""
    return (
        sentence.has("neg")
        and sorted(sentence.values("framework")) == sorted(TWO)
        and _find_negated(sentence) is not None
    )


def _find_negated(sentence: Sentence) -> str | None:
    """Give the framework that stands after a no, where another stands before it or after that."""
    at = sentence.place("neg")
    after = [p.concepts["framework"] for p in sentence.pieces[(at or 0) + 1 :] if "framework" in p.concepts]
    before = [p.concepts["framework"] for p in sentence.pieces[: at or 0] if "framework" in p.concepts]
    if len(before) > 1 and not after:  # `models in tensorflow that pytorch does not have`
        return before[-1] if sentence.has("models") and not sentence.has("howmany", "more", "compare") else None
    return after[0] if after and len(before) == 1 else None


def _framework_of_list(sentence: Sentence) -> str | None:
    """Give the framework or format that the list is to hold."""
    if _excludes(sentence):
        no = _find_negated(sentence)
        return next(name for name in sentence.values("framework") if name != no)
    formats = [] if _leaves_copies_out(sentence) else sentence.values("format")
    found = list(dict.fromkeys([*sentence.values("framework", "file"), *formats]))
    found = [name for name in found if name not in sentence.places_denied]
    return found[0] if len(found) == 1 and not sentence.has("howmany", "share") else None


def _names_one(sentence: Sentence, framework: str | None) -> bool:
    """Tell whether no framework is dropped: one that is listed, or the two that a list compares."""
    if framework is None and any(piece.text.casefold() == "both" for piece in sentence.pieces):
        return False
    named = [*sentence.values("framework"), *([] if _leaves_copies_out(sentence) else sentence.values("format"))]
    return framework is not None or sentence.has("among") or not [name for name in named if name not in (*TWO, "JAX")]
