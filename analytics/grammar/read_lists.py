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
from analytics.grammar.pieces import Sentence
from analytics.grammar.reading import Reading, ask

TWO = ("PyTorch", "TensorFlow")
LINKS = ("open", "to", "by", "and", "use", "from", "how", "which", "available", "models", "frameworks")
"""Concepts of words that link others; on their own they ask for nothing."""

COUNTING = ("howmany", "more", "most", "share", "compare")
YEAR_OF_ARTICLE = "2022"


def read_papers(sentence: Sentence) -> Reading | None:
    """Read what is asked of papers' code."""
    own = sentence.has("papers_own")
    if not (sentence.has("papers", "papers_unit") or own):
        return None
    quarters, years = sentence.values("quarter"), sentence.values("year")
    unit = sentence.only("papers_unit") or "repository"
    official = own or sentence.has("official")
    takes = (*LINKS, *COUNTING, "papers", "papers_own", "papers_unit", "papers_code", "framework", "official", "quarter")
    takes = (*takes, "year", "number", "since", "trend", "only", "top", "status", "relative", "span")
    takes = (*takes, "frameworks", *_measure_of(sentence, "downloads"))
    request = Papers(quarters[0] if len(quarters) == 1 else None, official, unit)
    others = [Papers(quarter).words for quarter in quarters] if len(quarters) > 1 else []
    note = "One quarter can be asked at a time; this shows them all." if others else ""
    if years and not quarters:
        others = [Papers(f"{year}Q4").words for year in years]
        note = f"Quarters of {' and '.join(years)} stand among all of them; one alone is asked as {years[0]}Q4."
    return ask(request, takes, others, note)


def read_official(sentence: Sentence) -> Reading | None:
    """Read what is asked of the official collections."""
    if not sentence.has("official"):
        return None
    named = {value for value in sentence.values("official") if value}
    camps = named & {"pytorch", "tensorflow"} if len(named) == 1 else set()
    frameworks = set(sentence.values("framework"))
    camps |= {name.casefold() for name in frameworks if name in TWO and len(frameworks) == 1 and not named}
    request = Official(camps.pop() if len(camps) == 1 else None)
    return ask(request, (*LINKS, *COUNTING, "official", "framework", "top", "formats"))


def read_trend(sentence: Sentence) -> Reading | None:
    """Read what is asked of the course of things."""
    if not sentence.has("trend"):
        return None
    takes = (*LINKS, *COUNTING, "trend", "framework", "new", "definition", "neg", "changes", "top")
    request = Trend(_definition(sentence))
    return ask(request, _with_measure(sentence, takes))


def read_changes(sentence: Sentence) -> Reading | None:
    """Read what is asked of what entered and left the top 30."""
    listed = sentence.has("top")
    moved = any(piece.may_be("changes") and not piece.may_be("new") for piece in sentence.pieces)
    moved = moved or (sentence.has("compare") and sentence.has("week", "span") and not sentence.has("framework", "model"))
    if not (moved or (sentence.has("new") and listed and not sentence.has("framework"))):
        return None
    if sentence.has("number") and sentence.only("number") not in ("30", None) and not sentence.has("day"):
        return None
    days = sentence.values("day")
    since = days[0] if len(days) == 1 and not sentence.has("week") else None
    takes = (*LINKS, "changes", "new", "top", "since", "day", "number", "most", "more", "compare", "relative")
    takes = (*takes, *_week(sentence))
    return ask(Changes(since), (*takes, *_measure_of(sentence, "downloads")), certain=len(days) <= 1)


def read_new(sentence: Sentence) -> Reading | None:
    """Read what is asked of models created lately."""
    if not sentence.has("new"):
        return None
    frameworks, tasks, accounts = (sentence.values(name) for name in ("framework", "task", "account"))
    formats, days = sentence.values("format"), sentence.values("day")
    if max(map(len, (frameworks, tasks, accounts, days))) > 1 or formats or not _is_of_models(sentence):
        return None
    since = days[0] if days and not sentence.has("week") else None
    request = New(*(one[0] if one else None for one in (frameworks, tasks, accounts)), since)
    takes = (*LINKS, "new", "framework", "task", "task_mark", "account", "author_mark", "since", "day", "most", "top")
    return ask(request, (*takes, "relative", "changes", *_week(sentence)))


def _week(sentence: Sentence) -> tuple[str, ...]:
    """Account for a bare week, which is the span that is looked at anyway."""
    return ("period",) if sentence.values("period") == ["week"] else ()


def _is_of_models(sentence: Sentence) -> bool:
    said = [piece for piece in sentence.pieces if not piece.asks_nothing]
    return sentence.has("models", "task", "account", "day", "period") or all(piece.may_be("new") for piece in said)


def read_share(sentence: Sentence) -> Reading | None:
    """Read what is asked of the share of downloads."""
    two = len(sentence.values("framework")) > 1 and sentence.has("more", "compare")
    part = sentence.has("share") or (sentence.has("howmany") and sentence.has("measure"))
    part = part or two or (sentence.has("frameworks") and not sentence.has("top", "most", "models"))
    if not (part and "downloads" in sentence.values("measure")) and not _is_bare_share(sentence):
        return None
    wanted = sentence.values("format", "framework")
    formats = sentence.values("format")
    if len(formats) > 1 or (formats and sentence.has("framework")):
        return None
    request = Share(formats[0] if formats else None)
    takes = (*LINKS, *COUNTING, "framework", "format", "top", "window", "neg")
    others = [Trend().words] if wanted and not formats else []
    return ask(request, (*takes, *_measure_of(sentence, "downloads")), others)


def _is_bare_share(sentence: Sentence) -> bool:
    """Tell whether `share` is all that is asked, with or without a framework or format."""
    return sentence.has("share") and not sentence.has("models", "measure", "task", "account", "howmany", "hub")


def read_top(sentence: Sentence) -> Reading | None:
    """Read what is asked of the first models of a ranking."""
    if not _asks_for_a_list(sentence):
        return None
    measures, tasks, accounts = (sentence.values(name) for name in ("measure", "task", "account"))
    if "alltime" in measures and "downloads" in measures:
        measures.remove("downloads")
    numbers = [number for number in sentence.values("number") if 1 <= int(number) <= MOST_MODELS]
    framework = None if sentence.has("among") else _framework_of_list(sentence)
    request = Top(
        int(numbers[0]) if numbers else 30,
        measures[0] if measures else "downloads",
        tasks[0] if tasks else None,
        accounts[0] if accounts else None,
        _definition(sentence),
        framework,
        only=bool(framework and sentence.has("only", "neg")),
        loadable=bool(framework and sentence.has("loadable") and not sentence.has("only")),
    )
    takes = ["top", "number", "measure", "task", "task_mark", "account", "author_mark", "framework", "format"]
    takes += [*LINKS, "most", "definition", "more"]
    takes += ["only", "loadable"] if framework else ["only", "among"]
    takes += ["today", "papers_code", *(["month_span"] if request.by == "downloads" else []), *(["week"] if request.by == "trending" else [])]
    takes += ["neg"] if framework and _excludes(sentence) else []
    takes += [*COUNTING, "neg"] if not framework else []
    single = max(map(len, (measures, tasks, accounts, numbers))) <= 1 and len(sentence.values("number")) <= 1
    return ask(request, takes, _instead_of_top(sentence), certain=single and _names_one(sentence, framework))


def _instead_of_top(sentence: Sentence) -> list[str]:
    return [Totals().words] if sentence.has("framework") and not sentence.has("number", "task", "account") else []


def _asks_for_a_list(sentence: Sentence) -> bool:
    """Tell whether a list is asked for: by a word or a measure, or as `which F models`, `models in F`."""
    if sentence.has("top") and (sentence.has("models", "number", "measure", "task", "account", *_OF_FILES)):
        return not (sentence.has("howmany") and not sentence.has("number"))
    if sentence.has("top") and not sentence.has("howmany", "share"):
        return all(piece.asks_nothing or piece.may_be("top", "definition", *LINKS) for piece in sentence.pieces)
    if sentence.has("howmany", "share") or (sentence.has("more", "compare") and len(sentence.values("framework")) > 1):
        return False
    if sentence.has("measure"):
        if sentence.values("measure") == ["downloads"] and not sentence.has("most", "top", "by", "which", "number"):
            return False
        if set(sentence.values("measure")) <= {"trending"} and not sentence.left(("measure", "today", "week", *LINKS)):
            return True
        return sentence.has("models", "number", "task", "account", *_OF_FILES, "which")
    one_account = sentence.has("account") and sentence.has("models")
    return one_account or _lists_framework(sentence) or (sentence.has("task") and sentence.has("number", "models"))


_OF_FILES = ("framework", "format", "safetensors")


def _lists_framework(sentence: Sentence) -> bool:
    """Tell whether the models in one framework or format are asked for, none named: `models on jax`."""
    count = len(sentence.values("framework")) + len(sentence.values("format"))
    asks = sentence.has("models", "task") or (sentence.has("which") and sentence.has("formats"))
    return asks and (count == 1 or _excludes(sentence)) and not sentence.has("compare", "more")


def _excludes(sentence: Sentence) -> bool:
    """Tell whether one of the two is asked for without the other: `tensorflow but not pytorch`."""
    return sentence.has("neg") and sorted(sentence.values("framework")) == sorted(TWO) and _negated(sentence) is not None


def _negated(sentence: Sentence) -> str | None:
    """Give the framework that stands after a no, where another stands before it or after that."""
    at = sentence.place("neg")
    after = [p.concepts["framework"] for p in sentence.pieces[(at or 0) + 1 :] if "framework" in p.concepts]
    before = [p.concepts["framework"] for p in sentence.pieces[: at or 0] if "framework" in p.concepts]
    return after[0] if after and len(before) == 1 else None


def _framework_of_list(sentence: Sentence) -> str | None:
    """Give the framework or format that the list is to hold."""
    if _excludes(sentence):
        no = _negated(sentence)
        return next(name for name in sentence.values("framework") if name != no)
    found = [*sentence.values("framework"), *sentence.values("format")]
    return found[0] if len(found) == 1 and not sentence.has("howmany", "share") else None


def _names_one(sentence: Sentence, framework: str | None) -> bool:
    """Tell whether no framework is dropped: one that is listed, or the two that a list compares."""
    named = [*sentence.values("framework"), *sentence.values("format")]
    return framework is not None or sentence.has("among") or not [name for name in named if name not in (*TWO, "JAX")]


def read_totals(sentence: Sentence) -> Reading | None:
    """Read what is asked of all models of the Hub."""
    frameworks, formats, tasks = sentence.values("framework"), sentence.values("format"), sentence.values("task")
    two = len(frameworks) > 1 and sentence.has("compare", "and", "more", "models", "to") or _is_only_the_two(sentence)
    named = frameworks or formats or tasks or sentence.has("models", "definition", "frameworks")
    counts = sentence.has("howmany", "share") and named
    counts = counts or any(piece.text.casefold() in ("totals", "total") for piece in sentence.pieces)
    leads = sentence.has("more", "most") and (frameworks or sentence.has("frameworks"))
    since = YEAR_OF_ARTICLE if YEAR_OF_ARTICLE in sentence.values("year") else None
    beside = since and sentence.has("changes", "compare", "since") and (named or sentence.has("bot", "hub"))
    if not (two or counts or leads or beside) or len(tasks) > 1:
        return None
    takes = [*LINKS, *COUNTING, "framework", "task", "task_mark", "definition", "top", "neg", "neither", "today", "papers_code"]
    takes += ["only"] if counts else []
    takes += ["year", "number", "since", "changes", "relative", "bot"] if since else []
    if formats and not frameworks:
        return ask(Share(formats[0], "models"), [*takes, "format", "formats"], certain=len(formats) == 1 and not tasks)
    definition = Definition.DECLARED if since else _definition(sentence)
    request = Totals(definition, tasks[0] if tasks else None, since)
    takes += ["pronoun"] if two and leads else []
    others = ["top30", Trend().words] if not tasks else [f"top30 task {tasks[0]}"]
    return ask(request, takes, others)


def _is_only_the_two(sentence: Sentence) -> bool:
    """Tell whether both frameworks are named and nothing is said of them: `PyTorch/TensorFlow?`."""
    return len(sentence.values("framework")) > 1 and all(
        piece.asks_nothing or piece.may_be("framework", *LINKS) for piece in sentence.pieces
    )


def _definition(sentence: Sentence) -> Definition:
    return Definition(sentence.only("definition") or Definition.ATTRIBUTED)


def _measure_of(sentence: Sentence, measure: str) -> tuple[str, ...]:
    """Account for the measure where it is the one that is told anyway."""
    return ("measure",) if sentence.values("measure") in ([measure], []) else ()


def _with_measure(sentence: Sentence, takes: tuple[str, ...]) -> tuple[str, ...]:
    return (*takes, *_measure_of(sentence, "downloads"))
