"""Sentences about many models: totals and shares."""

import itertools

from analytics.domain.requests import (
    EVERY,
    MOST_MODELS,
    ORIGINALS,
    YEAR_OF_ARTICLE,
    Aspect,
    Definition,
    Share,
    Totals,
    Trend,
)
from analytics.grammar.accounts import takes
from analytics.grammar.interpretation import Interpretation, ask
from analytics.grammar.pieces import DENIED, NOBODY, ONE_LICENCE, PLACES, Piece, Sentence, is_loose, is_parted

TWO = ("PyTorch", "TensorFlow")


def counts_among_most(sentence: Sentence) -> bool:
    """Tell whether it is counted among the first ones: `how many of the most popular models are tensorflow only`."""
    if not (sentence.has("howmany", "share", "percent") and sentence.has("models")):
        return False
    said = [
        piece for piece in sentence.pieces if not (piece.text.casefold() in BETWEEN or piece.may_be("models", "hub"))
    ]
    pairs = itertools.pairwise(said)
    of_most = any(
        (one.text.casefold() in OF and _leads(two)) or (_leads(one) and two.text in AMONG) for one, two in pairs
    )
    return of_most or sentence.has("among")


def _leads(piece: Piece) -> bool:
    return piece.may_be("most", "top") or (piece.may_be("measure") and is_loose(piece))


BETWEEN = ("the", "your", "all", "den", "los", "las", "的")
OF = ("of", "among", "der", "von", "unter", "de", "entre", "из", "среди")
AMONG = ("中", "里", "之中", "当中")
"""What says that it is counted among some: before them, and in Chinese behind."""


def is_of_the_whole_hub(sentence: Sentence) -> bool:
    """Tell whether a catalogue is all of the Hub's: `a larger catalogue on the hub, torch or tf`."""
    named = [value for value in sentence.values("official") if value]
    return set(TWO) <= set(sentence.values("framework")) and sentence.has("hub") and not named


STILL = (
    "still",
    "noch",
    "immer noch",
    "还有人用",
    "nach wie vor",
    "todavía",
    "aún",
    "ещё",
    "еще",
    "还",
    "anymore",
    "any more",
)
"""Words that ask whether something goes on."""


def counts_every(sentence: Sentence, definition: Definition) -> bool:
    """Tell whether every repository is to be counted; by the tags it is so anyway."""
    return sentence.only("counted") == EVERY and definition is Definition.ATTRIBUTED


def fits_definition(sentence: Sentence, definition: Definition) -> bool:
    """Tell whether what is to be counted can be counted so: the tags tell no originals."""
    counted = sentence.values("counted")
    return len(counted) <= 1 and not (counted == [ORIGINALS] and definition is Definition.DECLARED)


def year_of(sentence: Sentence) -> tuple[str, ...]:
    """Account for the word beside a year: `за 2021 год`."""
    return ("period",) if sentence.has("year") and sentence.values("period") == ["year"] else ()


def read_share(sentence: Sentence) -> Interpretation | None:
    """Read what is asked of the share of downloads."""
    if counts_among_most(sentence):
        return None
    two = len(sentence.values("framework", "format")) > 1 and sentence.has("more", "compare")
    part = sentence.has("share") or (sentence.has("howmany") and sentence.has("measure"))
    goes_on = sentence.has("framework") and any(piece.text.casefold() in STILL for piece in sentence.pieces)
    unnamed = not (part or two) and any(piece.text.casefold() in WHO_HAS_MORE for piece in sentence.pieces)
    part = part or unnamed  # `who has more downloads` may be asked of accounts, so it is offered
    part = part or (sentence.has("how") and sentence.has("compare") and is_only_loose(sentence))
    part = (
        part
        or two
        or (goes_on and not sentence.has("top", "which", "model"))
        or (sentence.has("frameworks") and not sentence.has("top", "models"))
    )
    if not (part and "downloads" in sentence.values("measure")) and not _is_bare_share(sentence):
        return None
    if sentence.has("models") and sentence.has("frameworks") and is_only_loose(sentence):
        return None
    formats = [*sentence.values("format"), *_list_uncounted(sentence)]
    if sentence.has("format") and sentence.has("framework") and sentence.has("compare"):
        formats = []  # `gguf downloads vs pytorch downloads`: the share of each stands among all
    if len(formats) > 1 or (formats and sentence.has("format") and sentence.has("framework")) or aspect_of(sentence):
        return None
    request = Share(formats[0] if formats else None)
    others = [Trend().words] if sentence.has("framework") and not formats else []
    others += [Share("JAX").words] if sentence.values("framework") == ["JAX"] else []
    certain = sentence.has("measure") or not any(piece.text.casefold() in SUPPORTS for piece in sentence.pieces)
    certain = certain and not unnamed
    if formats and len(set(sentence.values("framework"))) > 1:  # `is mlx more popular than tensorflow`
        certain, others = False, [*others, Share().words]
    others += [] if certain else [Totals().words]
    told = (
        *takes("share"),
        *measure_of(sentence, "downloads"),
        *(["formats"] if formats or sentence.has("by") else []),
        *([] if formats else ["format"]),
    )
    return ask(request, told, others, certain=certain)


SUPPORTS = ("support", "supports", "supported", "work", "works", "compatible", "run", "runs", "come", "comes")
"""What models do, and downloads do not: a share of those that do it is one of models."""


def is_only_loose(sentence: Sentence) -> bool:
    """Tell whether popularity is said, and by what it is measured is said beside it: `popular by number of models`."""
    measures = [piece for piece in sentence.pieces if piece.may_be("measure")]
    return bool(measures) and all(map(is_loose, measures))


def _list_uncounted(sentence: Sentence) -> list[str]:
    """Give the frameworks that the share of all does not name: MLX, Keras."""
    return [name for name in sentence.values("framework") if name not in (*TWO, "JAX")]


def _is_bare_share(sentence: Sentence) -> bool:
    """Tell whether `share` is all that is asked, with or without a framework or format."""
    beside = sentence.has("models", "measure", "task", "account", "howmany", "hub")
    return sentence.has("share") and not beside and len(sentence.values("framework")) < len(TWO)


def read_totals(sentence: Sentence) -> Interpretation | None:
    """Read what is asked of all models of the Hub."""
    frameworks, formats, tasks = sentence.values("framework"), sentence.values("format"), sentence.values("task")
    companies = _are_companies(sentence)
    two = _compares(sentence) or _is_only_the_two(sentence) or companies
    named = frameworks or formats or tasks or sentence.has("models", "definition", "frameworks", "counted")
    named = named or len(sentence.values("file")) > 1  # `how many repos hold tf_model.h5 and pytorch_model.bin`
    counts = sentence.has("howmany", "share", "percent") and named
    counts = counts or says_totals(sentence) or (bool(named) and is_split(sentence))
    leads = sentence.has("more", "most") and (frameworks or sentence.has("frameworks")) and not _is_of_size(sentence)
    leads = leads and not _ranks_from_below(sentence)
    leads = leads or (  # as on the help card, where it stands for the two
        sentence.has("models") and any(piece.text.casefold() in WHO_HAS_MORE for piece in sentence.pieces)
    )
    since = YEAR_OF_ARTICLE if YEAR_OF_ARTICLE in sentence.values("year") or sentence.has("article") else None
    beside = since and _sets_beside(sentence) and (named or sentence.has("bot", "hub", "howmany", "compare"))
    aspect = Aspect.MODELS if since else aspect_of(sentence)
    dead = aspect is Aspect.DEAD
    licences = aspect is Aspect.LICENCE and (named or sentence.has("most") or _says_breakdown(sentence))
    if sentence.has("unused") and not dead and not sentence.has("model", "papers"):
        offered = [Share().words, Trend(downloads=True).words]
        return ask(Totals(aspect=Aspect.DEAD), takes("unused"), offered, UNCOUNTED, certain=False)
    asked = two or counts or leads or beside or dead or licences or aspect is Aspect.LIBRARY
    if not asked or len(tasks) > 1 or sentence.asks_whether_it_counts:
        return None
    told = [
        *takes("totals"),
        *(["only"] if counts or leads or (two and _sets_apart(sentence)) else []),
        *(takes("totals_since") if since else []),
    ]
    if formats and not frameworks:
        return ask(Share(formats[0], "models"), [*told, "format", "formats"], certain=len(formats) == 1 and not tasks)
    definition = Definition.DECLARED if since else definition_of(sentence)
    told += ["account", "compare", "more"] if companies else []
    loads = sentence.has("howmany") and sentence.has("models", "loadable") and not sentence.has("reach")
    told += ["load", "loadable"] if loads else []
    told += ["number"] if any("times" in piece.text.casefold().split() for piece in sentence.pieces) else []
    told += ["formats"] if frameworks else []  # `repos with flax files`
    told += ["catalogue"] if is_of_the_whole_hub(sentence) else []
    told += ["number", "only", "pronoun"] if _names_counts(sentence) else []  # `how many of those 2 million models`
    told += ["file"] if len(set(sentence.values("file", "framework"))) > 1 else []  # by its file a framework is named
    told += ["measure"] if sentence.has("frameworks") and is_only_loose(sentence) else []
    told += (
        ["dead", "unused", "before", "which", "month_span"]
        if dead
        else ["measure"]
        if aspect is Aspect.DOWNLOADS
        else []
    )
    told += ["licences", "which"] if aspect is Aspect.LICENCE else []
    told += [DENIED, "except"] if _counts_without(sentence) else []
    if not sentence.has("models", "frameworks", "neither", *PLACES):  # nothing is there that the no can be said of
        told = [
            concept
            for concept in told
            if concept not in ("neg", *NOBODY, *(["dead"] if sentence.has("unused") else []))
        ]
    every = counts_every(sentence, definition)
    told += ["copies"] if every else []  # `incl. adapters and merges`
    request = Totals(definition, tasks[0] if tasks else None, since, every=every, aspect=aspect)
    others = _offer_libraries(sentence, request)
    others += ["top30", Trend().words] if not tasks else [f"top30 task {tasks[0]}"]
    certain = len(sentence.values("definition")) <= 1 and fits_definition(sentence, definition)
    by_popularity = (
        any(name not in TWO for name in frameworks) and is_only_loose(sentence) and sentence.has("more", "compare")
    )
    certain = certain and not (by_popularity or asks_who_made(sentence) or (since and _names_other_years(sentence)))
    return ask(request, told, others, certain=certain and not _is_of_other_names(sentence, aspect))


def _offer_libraries(sentence: Sentence, request: Totals) -> list[str]:
    """Offer what is counted by library where the word was taken for framework: `models per library`."""
    return [Totals(aspect=Aspect.LIBRARY).words] if names_library(sentence) and request == Totals() else []


def _says_breakdown(sentence: Sentence) -> bool:
    """Tell whether a breakdown is wanted, which is of models though they are not named: `breakdown by license`."""
    return any(piece.text.casefold() == "breakdown" for piece in sentence.pieces)


def _names_other_years(sentence: Sentence) -> bool:
    """Tell whether a year is named besides the article's and this one, of which no readings are known."""
    return any(
        piece.may_be("year") and not piece.may_be("this_year", "day") and piece.concepts["year"] != YEAR_OF_ARTICLE
        for piece in sentence.pieces
    )


def _counts_without(sentence: Sentence) -> bool:
    """Tell whether models are counted that lack one of the two, which stands there: `how many have no tensorflow`."""
    others = [piece for piece in sentence.pieces if piece.may_be("models", *PLACES) and piece not in sentence.denied]
    counts = sentence.has("howmany") or (bool(others) and sentence.has("share", "percent"))
    only_the_two = {piece.concepts.get("framework") for piece in sentence.denied} <= set(TWO)
    pairs = itertools.pairwise(piece for piece in sentence.pieces if piece.text.casefold() != "of")
    counts = counts and not any(one.may_be("howmany") and two.may_be("except") for one, two in pairs)  # `all but tf`
    return counts and only_the_two and not sentence.has("task") and not says_totals(sentence)


UNCOUNTED = (
    "Who uses what is counted by nobody; downloads are: what had none in 30 days, whose they are, and their course."
)

WHO_HAS_MORE = ("who has more", "which has more", "who got more", "which got more")
"""What is asked of the two without naming them, as on the help card; of models, for anybody may have more of others."""

SIZES = ("smallest", "biggest", "largest", "kleinste", "größte")


def _is_of_size(sentence: Sentence) -> bool:
    """Tell whether it is one model that is large or small, and not a number of them: `smallest tensorflow model`."""
    words = [piece.text.casefold() for piece in sentence.pieces]
    return bool(words) and words[-1] in ("model", "modell") and any(word in SIZES for word in words)


def _ranks_from_below(sentence: Sentence) -> bool:
    """Tell whether the last of a ranking are asked for, which no list holds: `least popular models in tensorflow`."""
    if sentence.has("frameworks") or len(sentence.values("framework")) > 1 or not sentence.has("models"):
        return False
    pairs = zip(sentence.pieces, sentence.pieces[1:], strict=False)
    return any(one.text.casefold() in FEWEST and two.may_be("measure") for one, two in pairs)


FEWEST = ("least", "less", "fewest", "fewer", "lowest", "wenigsten", "menos", "наименее")
"""Words that turn a ranking round."""


def _names_counts(sentence: Sentence) -> bool:
    """Tell whether numbers stand there that are no list's: `is it true that 85k are torch and just 5k tf`."""
    numbers = [int(number) for number in sentence.values("number")]
    return bool(numbers) and min(numbers) > MOST_MODELS and not sentence.has("year", "top")


def is_split(sentence: Sentence) -> bool:
    """Tell whether models are to be told apart by framework: `models by framework for image classification`."""
    by = is_parted(sentence)
    others = sentence.has("top", "measure", "number", "new", "trend", "papers", "official", "model", "share")
    return by and sentence.has("models") and not others


def says_totals(sentence: Sentence) -> bool:
    """Tell whether all models are asked for by their own word."""
    return sentence.has("totals")


def aspect_of(sentence: Sentence) -> Aspect:
    """Tell what is asked of all models; beside `totals` alone a library is one, and not another word for framework."""
    if sentence.has("dead"):
        return Aspect.DEAD if sentence.has("models", "howmany") else Aspect.MODELS
    if sentence.has("licences"):
        return Aspect.LICENCE
    if not says_totals(sentence):
        return Aspect.LIBRARY if asks_which_libraries(sentence) else Aspect.MODELS
    if sentence.values("measure") == ["downloads"]:
        return Aspect.DOWNLOADS
    return Aspect.LIBRARY if names_library(sentence) else Aspect.MODELS


def asks_who_made(sentence: Sentence) -> bool:
    """Tell whether it is asked which account has made most, which nobody counts here: `who published the most`."""
    return sentence.begins_with("who", "wer", "quién", "кто", "谁") and sentence.has("published")


def asks_which_libraries(sentence: Sentence) -> bool:
    """Tell whether it is asked which libraries the models of a framework name: `which libraries do tf models use`."""
    pairs = zip(sentence.pieces, sentence.pieces[1:], strict=False)
    which = any(one.may_be("which") and two.may_be("library") for one, two in pairs)
    one = len(sentence.values("framework")) == 1 or (sentence.has("use") and not sentence.has("framework", "most"))
    return which and one and sentence.has("models") and not sentence.has("model", "load", "more", "compare")


def names_library(sentence: Sentence) -> bool:
    """Tell whether the word stands there, which elsewhere means a framework."""
    return sentence.has("library")


def _is_of_other_names(sentence: Sentence, aspect: Aspect) -> bool:
    """Tell whether two of a model's names are asked for at once, or one licence alone: `how many models are MIT`."""
    if aspect is not Aspect.LICENCE:
        return False
    said = [piece.text for piece in sentence.pieces if piece.may_be("licences")]
    return all(one == ONE_LICENCE for one in said) or (sentence.has("and", "totals") and names_library(sentence))


def _sets_beside(sentence: Sentence) -> bool:
    """Tell whether then and now are set side by side, or the article's own figure is named."""
    return sentence.has("changes", "compare", "since", "percent") or (
        sentence.has("article") and sentence.has("howmany", "share")
    )


def _compares(sentence: Sentence) -> bool:
    """Tell whether frameworks are set beside one another: by a word for it, or because both of the two are named."""
    frameworks = sentence.values("framework")
    both = set(TWO) <= set(frameworks) and sentence.has("and", "models", "to")
    return len(frameworks) > 1 and (both or sentence.has("compare", "more"))


OWNERS = {"google": "TensorFlow", "facebook": "PyTorch"}
"""Whose framework is named by its company: `Google vs Meta framework`."""


def _are_companies(sentence: Sentence) -> bool:
    """Tell whether the two frameworks are named by the companies behind them."""
    accounts = sentence.values("account")
    named = {OWNERS.get(account, account) for account in accounts} | set(sentence.values("framework"))
    speaks = sentence.has("frameworks", "framework") and sentence.has("compare", "more", "and")
    whose = sentence.has("models") and not sentence.has(
        "frameworks", "compare", "more"
    )  # `google or meta models in tf`
    others = whose or sentence.has("top", "official", "papers", "trend")
    return bool(accounts) and speaks and named == set(TWO) and not others and _stand_for_frameworks(sentence)


def _stand_for_frameworks(sentence: Sentence) -> bool:
    """Tell whether each company is said for its framework, or right before it; `pytorch or tensorflow at google`."""
    frameworks = sentence.values("framework")
    pairs = itertools.pairwise(sentence.pieces)
    owning = {one.concepts["account"] for one, two in pairs if one.may_be("account") and _is_owned(one, two)}
    return all(whose in owning or OWNERS.get(whose) not in frameworks for whose in sentence.values("account"))


def _is_owned(account: Piece, framework: Piece) -> bool:
    return OWNERS.get(account.concepts["account"], "") == framework.concepts.get("framework")


def _sets_apart(sentence: Sentence) -> bool:
    """Tell whether each `only` stands behind a framework: `pytorch only vs tensorflow only vs both`."""
    pairs = zip((None, *sentence.pieces), sentence.pieces, strict=False)
    return all(one is not None and one.may_be("framework") for one, two in pairs if two.may_be("only"))


def _is_only_the_two(sentence: Sentence) -> bool:
    """Tell whether both frameworks are named and nothing is said of them: `PyTorch/TensorFlow?`."""
    frameworks = sentence.values("framework")
    links = takes("links") if set(TWO) <= set(frameworks) else ("and", "to")
    said = (piece for piece in sentence.pieces if not piece.asks_nothing)
    return len(frameworks) > 1 and all(piece.may_be("framework", "use", "how", *links) for piece in said)


def definition_of(sentence: Sentence) -> Definition:
    """Give the way of counting that is named; the default where none is."""
    return Definition(sentence.only("definition") or Definition.ATTRIBUTED)


def measure_of(sentence: Sentence, measure: str) -> tuple[str, ...]:
    """Account for the measure where it is the one that is told anyway."""
    return ("measure",) if sentence.values("measure") in ([measure], []) else ()
