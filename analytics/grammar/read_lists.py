"""Sentences about many models: top lists, totals, shares, trend, changes, new ones, papers, official collections."""

from analytics.domain.requests import (
    MOST_MODELS,
    Changes,
    Definition,
    New,
    Official,
    Papers,
    Share,
    Top,
    Totals,
    Trend,
)
from analytics.grammar.accounts import takes
from analytics.grammar.interpretation import Interpretation, ask
from analytics.grammar.pieces import Sentence

TWO = ("PyTorch", "TensorFlow")
YEAR_OF_ARTICLE = "2022"


def read_papers(sentence: Sentence) -> Interpretation | None:
    """Read what is asked of papers' code."""
    own = sentence.has("papers_own")
    if not (sentence.has("papers", "papers_unit") or own):
        return None
    quarters, years = sentence.values("quarter"), sentence.values("year")
    unit = sentence.only("papers_unit") or "repository"
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
    return ask(request, takes("official"), certain=not others)


def read_trend(sentence: Sentence) -> Interpretation | None:
    """Read what is asked of the course of things."""
    if not sentence.has("trend"):
        return None
    return ask(Trend(_definition(sentence)), (*takes("trend"), *_measure_of(sentence, "downloads")))


def read_changes(sentence: Sentence) -> Interpretation | None:
    """Read what is asked of what entered and left the top 30."""
    listed = any(piece.may_be("top") and not piece.may_be("sort") for piece in sentence.pieces)
    if not (_has_moved(sentence) or (sentence.has("new") and listed and not sentence.has("framework"))):
        return None
    if set(sentence.values("number")) - {"30"}:
        return None
    days = sentence.values("day")
    since = days[0] if len(days) == 1 and not sentence.has("week") else None
    told = (*takes("changes"), *_week(sentence), *_measure_of(sentence, "downloads"))
    return ask(Changes(since), told, certain=len(days) <= 1)


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
    formats = sentence.values("format")
    if len(formats) > 1 or (formats and sentence.has("framework")):
        return None
    request = Share(formats[0] if formats else None)
    others = [Trend().words] if sentence.has("framework") and not formats else []
    return ask(request, (*takes("share"), *_measure_of(sentence, "downloads")), others)


def _is_bare_share(sentence: Sentence) -> bool:
    """Tell whether `share` is all that is asked, with or without a framework or format."""
    return sentence.has("share") and not sentence.has("models", "measure", "task", "account", "howmany", "hub")


def read_top(sentence: Sentence) -> Interpretation | None:
    """Read what is asked of the first models of a ranking."""
    if not _asks_for_a_list(sentence):
        return None
    measures, tasks, accounts = (sentence.values(name) for name in ("measure", "task", "account"))
    if "alltime" in measures and "downloads" in measures:
        measures.remove("downloads")
    numbers = sentence.values("number")
    possible = all(1 <= int(number) <= MOST_MODELS for number in numbers)
    framework = None if sentence.has("among") else _framework_of_list(sentence)
    request = Top(
        int(numbers[0]) if numbers and possible else 30,
        measures[0] if measures else "downloads",
        tasks[0] if tasks else None,
        accounts[0] if accounts else None,
        _definition(sentence),
        framework,
        only=bool(framework and sentence.has("only", "neg")),
        loadable=bool(framework and sentence.has("loadable") and not sentence.has("only")),
    )
    single = possible and max(map(len, (measures, tasks, accounts, numbers, sentence.values("definition")))) <= 1
    told = _taken_by_list(sentence, request)
    return ask(request, told, _instead_of_top(sentence), certain=single and _names_one(sentence, framework))


def _taken_by_list(sentence: Sentence, request: Top) -> list[str]:
    """Account for what a list says beside its options: what it is measured over, and what it is compared by."""
    told = [*takes("top"), "only"]
    told += ["loadable"] if request.framework else ["among"]
    counts = sentence.has("howmany", "share", "among") or len(sentence.values("framework")) > 1
    told += ["neg", *takes("counting")] if counts and not request.framework else []
    told += ["neg"] if request.framework and _excludes(sentence) else []
    return [*told, *{"downloads": ["month_span"], "trending": ["week"]}.get(request.by, [])]


def _instead_of_top(sentence: Sentence) -> list[str]:
    return [Totals().words] if sentence.has("framework") and not sentence.has("number", "task", "account") else []


def _asks_for_a_list(sentence: Sentence) -> bool:
    """Tell whether a list is asked for: by a word or a measure, or as `which F models`, `models in F`."""
    has = sentence.has
    if has("top"):
        narrowed = has("models", "number", "measure", "task", "account", *_OF_FILES)
        if narrowed:
            return not (has("howmany") and not has("number"))
        return not has("howmany", "share") and _says_only_top(sentence)
    if has("howmany", "share") or (has("more", "compare") and len(sentence.values("framework")) > 1):
        return False
    return _ranks(sentence) if has("measure") else _narrows(sentence)


def _says_only_top(sentence: Sentence) -> bool:
    """Tell whether nothing but a list is named: `the best ones`."""
    return all(piece.asks_nothing or piece.may_be("top", "definition", *takes("links")) for piece in sentence.pieces)


def _ranks(sentence: Sentence) -> bool:
    """Tell whether a measure is there to rank by; that models are downloaded says nothing of a rank."""
    measures, has = sentence.values("measure"), sentence.has
    if measures == ["downloads"] and not has("most", "top", "by", "which", "number"):
        return False
    if measures == ["trending"] and not sentence.left(("measure", "today", "week", *takes("links"))):
        return True
    return has("models", "number", "task", "account", *_OF_FILES) or (has("which") and not has("frameworks"))


def _narrows(sentence: Sentence) -> bool:
    """Tell whether models are asked for of one account, task, framework or format."""
    if sentence.has("account") and sentence.has("models"):
        return True
    return _lists_framework(sentence) or (sentence.has("task") and sentence.has("number", "models"))


_OF_FILES = ("framework", "format", "file")


def _lists_framework(sentence: Sentence) -> bool:
    """Tell whether the models in one framework or format are asked for, none named: `models on jax`."""
    count = len(sentence.values("framework")) + len(sentence.values("format"))
    asks = sentence.has("models", "task") or (sentence.has("which") and sentence.has("formats"))
    return asks and (count == 1 or _excludes(sentence)) and not sentence.has("compare", "more")


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
    return after[0] if after and len(before) == 1 else None


def _framework_of_list(sentence: Sentence) -> str | None:
    """Give the framework or format that the list is to hold."""
    if _excludes(sentence):
        no = _find_negated(sentence)
        return next(name for name in sentence.values("framework") if name != no)
    found = list(dict.fromkeys([*sentence.values("framework", "file"), *sentence.values("format")]))
    return found[0] if len(found) == 1 and not sentence.has("howmany", "share") else None


def _names_one(sentence: Sentence, framework: str | None) -> bool:
    """Tell whether no framework is dropped: one that is listed, or the two that a list compares."""
    named = [*sentence.values("framework"), *sentence.values("format")]
    return framework is not None or sentence.has("among") or not [name for name in named if name not in (*TWO, "JAX")]


def read_totals(sentence: Sentence) -> Interpretation | None:
    """Read what is asked of all models of the Hub."""
    frameworks, formats, tasks = sentence.values("framework"), sentence.values("format"), sentence.values("task")
    two = _compares(sentence) or _is_only_the_two(sentence)
    named = frameworks or formats or tasks or sentence.has("models", "definition", "frameworks")
    counts = sentence.has("howmany", "share") and named
    counts = counts or any(piece.text.casefold() in ("totals", "total") for piece in sentence.pieces)
    leads = sentence.has("more", "most") and (frameworks or sentence.has("frameworks"))
    since = YEAR_OF_ARTICLE if YEAR_OF_ARTICLE in sentence.values("year") else None
    beside = since and sentence.has("changes", "compare", "since") and (named or sentence.has("bot", "hub"))
    if not (two or counts or leads or beside) or len(tasks) > 1:
        return None
    told = [*takes("totals"), *(["only"] if counts else []), *(takes("totals_since") if since else [])]
    if formats and not frameworks:
        return ask(Share(formats[0], "models"), [*told, "format", "formats"], certain=len(formats) == 1 and not tasks)
    definition = Definition.DECLARED if since else _definition(sentence)
    request = Totals(definition, tasks[0] if tasks else None, since)
    others = ["top30", Trend().words] if not tasks else [f"top30 task {tasks[0]}"]
    return ask(request, told, others, certain=len(sentence.values("definition")) <= 1)


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


def _definition(sentence: Sentence) -> Definition:
    return Definition(sentence.only("definition") or Definition.ATTRIBUTED)


def _measure_of(sentence: Sentence, measure: str) -> tuple[str, ...]:
    """Account for the measure where it is the one that is told anyway."""
    return ("measure",) if sentence.values("measure") in ([measure], []) else ()
