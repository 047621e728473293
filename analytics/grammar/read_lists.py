"""Sentences about many models: totals, shares, trend, changes, new ones, papers, official collections."""

from analytics.domain.requests import (
    EVERY,
    ORIGINALS,
    YEAR_OF_ARTICLE,
    Aspect,
    Changes,
    Definition,
    New,
    Official,
    Papers,
    Share,
    Totals,
    Trend,
)
from analytics.grammar.accounts import takes
from analytics.grammar.interpretation import Interpretation, ask
from analytics.grammar.pieces import Sentence

TWO = ("PyTorch", "TensorFlow")
BOTH_ENDS = 2
"""Days that a span has: since one, until the other."""


def read_papers(sentence: Sentence) -> Interpretation | None:
    """Read what is asked of papers' code."""
    own = sentence.has("papers_own")
    if not (sentence.has("papers", "papers_unit") or own):
        return None
    quarters, years = sentence.values("quarter"), sentence.values("year")
    unit = sentence.only("papers_unit") or "pair"
    official = own or sentence.has("official")
    request = Papers(quarters[0] if len(quarters) == 1 else None, official, unit)
    others = [Papers(quarter).words for quarter in quarters] if len(quarters) > 1 else []
    note = "One quarter can be asked at a time; this shows them all." if others else ""
    if years and not quarters:
        others = [Papers(f"{year}Q4").words for year in years]
        note = f"Quarters of {' and '.join(years)} stand among all of them; one alone is asked as {years[0]}Q4."
    return ask(request, (*takes("papers"), *_year_of(sentence), *_measure_of(sentence, "downloads")), others, note)


def read_official(sentence: Sentence) -> Interpretation | None:
    """Read what is asked of the official collections."""
    if not sentence.has("official"):
        return None
    named = {value for value in sentence.values("official") if value}
    camps = named & {"pytorch", "tensorflow"} if len(named) == 1 else set()
    frameworks = set(sentence.values("framework"))
    camps |= {name.casefold() for name in frameworks if name in TWO and len(frameworks) == 1 and not named}
    request = Official(camps.pop() if len(camps) == 1 else None)
    others = frameworks - {*TWO, "Keras"}
    certain = not others and not (set(TWO) <= frameworks and sentence.has("hub") and not named)
    return ask(request, takes("official"), certain=certain)  # `the larger model zoo on the Hub` may be all of the Hub


def read_trend(sentence: Sentence) -> Interpretation | None:
    """Read what is asked of the course of things."""
    tasks = sentence.values("task")
    counts_new = sentence.has("howmany") and sentence.has("new") and sentence.has("quarter_span")
    if not (sentence.has("trend") or counts_new) or len(tasks) > 1 or _aspect_of(sentence) is Aspect.DEAD:
        return None
    definition, years = definition_of(sentence), sentence.values("year")
    note = f"The quarters of {' and '.join(years)} stand among all of them." if years else ""
    told = ("since", "from", "year", "number", *_year_of(sentence)) if years else ()
    others = [Totals().words] if len(sentence.values("framework")) > 1 else []
    told = (*takes("trend"), *told, *_measure_of(sentence, "downloads"), *_refers_back(sentence))
    told += ("new", "quarter_span", "relative") if counts_new else ()
    request = Trend(definition, _first(tasks), _counts_every(sentence, definition))
    # Then and now is what is known of the article's year.
    certain = YEAR_OF_ARTICLE not in years and _fits_definition(sentence, definition)
    return ask(request, told, others, note, certain=certain)


def _refers_back(sentence: Sentence) -> tuple[str, ...]:
    """Account for an `it` that stands after the framework it means: `is TF still falling, or has it stopped`."""
    named, pronoun = sentence.place("framework"), sentence.place("pronoun")
    return ("pronoun",) if named is not None and pronoun is not None and named < pronoun else ()


def _counts_every(sentence: Sentence, definition: Definition) -> bool:
    """Tell whether every repository is to be counted; by the tags it is so anyway."""
    return sentence.only("counted") == EVERY and definition is Definition.ATTRIBUTED


def _fits_definition(sentence: Sentence, definition: Definition) -> bool:
    """Tell whether what is to be counted can be counted so: the tags tell no originals."""
    counted = sentence.values("counted")
    return len(counted) <= 1 and not (counted == [ORIGINALS] and definition is Definition.DECLARED)


def read_changes(sentence: Sentence) -> Interpretation | None:
    """Read what is asked of what entered and left the top 30."""
    listed = any(piece.may_be("top") and not piece.may_be("sort") for piece in sentence.pieces)
    if not (_has_moved(sentence) or (sentence.has("new") and listed and not sentence.has("framework"))):
        return None
    if set(sentence.values("number")) - {"30"}:
        return None
    days = sentence.values("day")
    since, until = (sorted(days) if len(days) == BOTH_ENDS else (*days, None))[:2] if days else (None, None)
    if sentence.has("week") and until is None:
        since = None
    told = (*takes("changes"), *_week(sentence), *_measure_of(sentence, "downloads"), *(["until"] if until else []))
    return ask(Changes(since, until), told, certain=len(days) <= BOTH_ENDS)


def _has_moved(sentence: Sentence) -> bool:
    """Tell whether something is said to have moved, and not only to be new; or weeks are compared."""
    if any(piece.may_be("changes") and not piece.may_be("new") for piece in sentence.pieces):
        return True
    return sentence.has("compare") and sentence.has("week", "span") and not sentence.has("framework", "model")


def read_new(sentence: Sentence) -> Interpretation | None:
    """Read what is asked of models created lately."""
    if not sentence.has("new"):
        return None
    frameworks, tasks, accounts = (sentence.values(name) for name in ("framework", "task", "account"))
    formats, days = sentence.values("format"), sentence.values("day")
    if max(map(len, (frameworks, tasks, accounts, days))) > 1 or formats or not _is_of_models(sentence):
        return None
    since = days[0] if days and not sentence.has("week") else None
    request = New(_first(frameworks), _first(tasks), _first(accounts), since)
    return ask(request, (*takes("new"), *_week(sentence)))


def _first(found: list[str]) -> str | None:
    return found[0] if found else None


def _year_of(sentence: Sentence) -> tuple[str, ...]:
    """Account for the word beside a year: `за 2021 год`."""
    return ("period",) if sentence.has("year") and sentence.values("period") == ["year"] else ()


def _week(sentence: Sentence) -> tuple[str, ...]:
    """Account for a bare week, which is the span that is looked at anyway."""
    return ("period",) if sentence.values("period") == ["week"] else ()


def _is_of_models(sentence: Sentence) -> bool:
    said = [piece for piece in sentence.pieces if not piece.asks_nothing]
    return sentence.has("models", "task", "account", "day", "period") or all(piece.may_be("new") for piece in said)


def read_share(sentence: Sentence) -> Interpretation | None:
    """Read what is asked of the share of downloads."""
    two = len(sentence.values("framework")) > 1 and sentence.has("more", "compare")
    part = sentence.has("share") or (sentence.has("howmany") and sentence.has("measure"))
    part = part or two or (sentence.has("frameworks") and not sentence.has("top", "models"))
    if not (part and "downloads" in sentence.values("measure")) and not _is_bare_share(sentence):
        return None
    formats = [*sentence.values("format"), *_list_uncounted(sentence)]
    if len(formats) > 1 or (sentence.has("format") and sentence.has("framework")) or _aspect_of(sentence):
        return None
    request = Share(formats[0] if formats else None)
    others = [Trend().words] if sentence.has("framework") and not formats else []
    return ask(request, (*takes("share"), *_measure_of(sentence, "downloads")), others)


def _list_uncounted(sentence: Sentence) -> list[str]:
    """Give the frameworks that the share of all does not name: MLX, Keras."""
    return [name for name in sentence.values("framework") if name not in (*TWO, "JAX")]


def _is_bare_share(sentence: Sentence) -> bool:
    """Tell whether `share` is all that is asked, with or without a framework or format."""
    return sentence.has("share") and not sentence.has("models", "measure", "task", "account", "howmany", "hub")


def read_totals(sentence: Sentence) -> Interpretation | None:
    """Read what is asked of all models of the Hub."""
    frameworks, formats, tasks = sentence.values("framework"), sentence.values("format"), sentence.values("task")
    two = _compares(sentence) or _is_only_the_two(sentence)
    named = frameworks or formats or tasks or sentence.has("models", "definition", "frameworks")
    counts = sentence.has("howmany", "share", "percent") and named
    counts = counts or _says_totals(sentence)
    leads = sentence.has("more", "most") and (frameworks or sentence.has("frameworks"))
    since = YEAR_OF_ARTICLE if YEAR_OF_ARTICLE in sentence.values("year") or sentence.has("article") else None
    beside = since and _sets_beside(sentence) and (named or sentence.has("bot", "hub", "howmany", "compare"))
    aspect = Aspect.MODELS if since else _aspect_of(sentence)
    dead = aspect is Aspect.DEAD
    if not (two or counts or leads or beside or dead) or len(tasks) > 1:
        return None
    told = [*takes("totals"), *(["only"] if counts or leads else []), *(takes("totals_since") if since else [])]
    if formats and not frameworks:
        return ask(Share(formats[0], "models"), [*told, "format", "formats"], certain=len(formats) == 1 and not tasks)
    definition = Definition.DECLARED if since else definition_of(sentence)
    told += ["dead", "which", "month_span"] if dead else ["measure"] if aspect is Aspect.DOWNLOADS else []
    told += ["licences", "which"] if aspect is Aspect.LICENCE else []
    every = _counts_every(sentence, definition)
    request = Totals(definition, tasks[0] if tasks else None, since, every=every, aspect=aspect)
    others = ["top30", Trend().words] if not tasks else [f"top30 task {tasks[0]}"]
    certain = len(sentence.values("definition")) <= 1 and _fits_definition(sentence, definition)
    return ask(request, told, others, certain=certain)


def _says_totals(sentence: Sentence) -> bool:
    return any(piece.text.casefold() in ("totals", "total") for piece in sentence.pieces)


def _aspect_of(sentence: Sentence) -> Aspect:
    """Tell what is asked of all models; beside `totals` alone a library is one, and not another word for framework."""
    if sentence.has("dead"):
        return Aspect.DEAD if sentence.has("models", "howmany") else Aspect.MODELS
    if sentence.has("licences"):
        return Aspect.LICENCE
    if not _says_totals(sentence):
        return Aspect.MODELS
    if sentence.values("measure") == ["downloads"]:
        return Aspect.DOWNLOADS
    is_by_library = any(piece.text.casefold() in ("library", "libraries") for piece in sentence.pieces)
    return Aspect.LIBRARY if is_by_library else Aspect.MODELS


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


def _is_only_the_two(sentence: Sentence) -> bool:
    """Tell whether both frameworks are named and nothing is said of them: `PyTorch/TensorFlow?`."""
    frameworks = sentence.values("framework")
    links = takes("links") if set(TWO) <= set(frameworks) else ("and", "to")
    said = (piece for piece in sentence.pieces if not piece.asks_nothing)
    return len(frameworks) > 1 and all(piece.may_be("framework", "use", "how", *links) for piece in said)


def definition_of(sentence: Sentence) -> Definition:
    """Give the way of counting that is named; the default where none is."""
    return Definition(sentence.only("definition") or Definition.ATTRIBUTED)


def _measure_of(sentence: Sentence, measure: str) -> tuple[str, ...]:
    """Account for the measure where it is the one that is told anyway."""
    return ("measure",) if sentence.values("measure") in ([measure], []) else ()
