"""`totals declared task T since 2022`, `totals by downloads`, `totals dead`, `totals reach` and `trend`."""

import re

from analytics.domain.requests import Aspect, Definition, Share, Totals, Trend
from analytics.domain.tasks import TASKS
from analytics.grammar.cleaning import REACH, NotUnderstood, nearest, short
from analytics.grammar.parse_further import totals_in

FILLERS = {"by", "framework", "frameworks", "models", "of", "the", "hub", "all", "for", "within"}
ASPECTS = {
    **dict.fromkeys(("downloads", "download"), Aspect.DOWNLOADS),
    **dict.fromkeys(("library", "libraries"), Aspect.LIBRARY),
    **dict.fromkeys(("dead", "undownloaded", "unused"), Aspect.DEAD),
}
"""Words that name what is told of all models."""
YEARS = ("2022",)
"""Years whose readings are known: the article's."""


def totals(words: list[str]) -> Totals | Share:
    """Read definition, task, year, aspect, in any order; beside 2022 the tags are meant, as they were counted then."""
    if (counted := totals_in(words)) is not None:
        return counted
    definition, task, since, reach, aspect = None, None, None, False, Aspect.MODELS
    rest = [word for word in words if word.casefold() not in FILLERS]
    while rest:
        word, rest = rest[0].casefold(), rest[1:]
        if word in tuple(Definition):
            if definition and definition.value != word:
                raise NotUnderstood("“attributed” and “declared” are two ways to count.", "totals", "totals declared")
            definition = Definition(word)
        elif word == "task":
            task, rest = _task(rest)
        elif word == "since":
            since, rest = _since(rest)
        elif word == REACH:
            reach = True
        elif word in ASPECTS:
            aspect = _one_aspect(aspect, ASPECTS[word])
        else:
            raise _unknown("totals", word)
    if reach and (since or definition is Definition.DECLARED):
        beside = f"since {since}" if since else Definition.DECLARED
        problem = f"“reach” tells of today's files and what converts on load; “{beside}” cannot stand beside it."
        raise NotUnderstood(problem, "totals reach", "totals since 2022", field=REACH)
    counting = definition or (Definition.DECLARED if since else Definition.ATTRIBUTED)
    return _refuse_beside_aspect(Totals(counting, task, since, reach, aspect))


def _one_aspect(told: Aspect, aspect: Aspect) -> Aspect:
    if told not in (Aspect.MODELS, aspect):
        problem = f"“{told}” and “{aspect}” are two questions. Name the one that is meant."
        raise NotUnderstood(problem, f"totals {told}", f"totals {aspect}", field="aspect")
    return aspect


def _refuse_beside_aspect(request: Totals) -> Totals:
    """Refuse what an aspect cannot be told beside: it is of today, and libraries are kept of all tasks together."""
    aspect = request.aspect
    beside = {REACH: request.reach, f"since {request.since}": request.since} if aspect else {}
    if aspect is Aspect.LIBRARY:
        beside |= {f"task {request.task}": request.task, "declared": request.definition is Definition.DECLARED}
    for words, is_there in beside.items():
        if is_there:
            problem = f"“{aspect}” is kept of today's models as attributed, and “{words}” cannot stand beside it."
            raise NotUnderstood(problem, f"totals {aspect}", f"totals {words}", field="aspect")
    return request


def trend(words: list[str]) -> Trend:
    """Read the definition."""
    told = list(dict.fromkeys(word.casefold() for word in words if word.casefold() not in FILLERS))
    for word in told:
        if word not in tuple(Definition):
            raise _unknown("trend", word, "definition")
    if len(told) > 1:
        raise NotUnderstood("“attributed” and “declared” are two ways to count.", "trend", "trend declared")
    return Trend(Definition(told[0]) if told else Definition.ATTRIBUTED)


def _task(words: list[str]) -> tuple[str, list[str]]:
    stops = {*Definition, "since", "by", REACH, *ASPECTS}
    count = next((i for i, word in enumerate(words) if word.casefold() in stops), len(words))
    task = "-".join(words[:count]).casefold()
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,60}", task):
        said = f"“{short(task)}” cannot be one" if task else "none was given"
        raise NotUnderstood(
            f"“task” takes a task of the Hub, such as text-generation; {said}.",
            "totals task text-generation",
            field="task",
        )
    if task not in TASKS:
        near = nearest(task, TASKS, most=2) or ("text-generation",)
        tries = (f"totals task {name}" for name in near)
        raise NotUnderstood(f"“{short(task)}” is no task of the Hub.", *tries, field="task")
    return task, words[count:]


def _since(words: list[str]) -> tuple[str, list[str]]:
    if not words or words[0] not in YEARS:
        said = f"“{short(words[0])}” is not one" if words else "none was given"
        raise NotUnderstood(
            f"“since” takes a year whose readings are known, {' or '.join(YEARS)}; {said}.",
            "totals since 2022",
            field="since",
        )
    return words[0], words[1:]


def _unknown(question: str, word: str, field: str = "") -> NotUnderstood:
    suggestions = (question, f"{question} declared")
    return NotUnderstood(f"I do not know the word “{short(word)}” after “{question}”.", *suggestions, field=field)
