"""`totals declared task T since 2022`, `totals all`, `totals by downloads`, `totals dead`, `trend by downloads`."""

from analytics.domain.requests import (
    EVERY,
    NAMED,
    ORIGINALS,
    YEAR_OF_ARTICLE,
    Aspect,
    Definition,
    Share,
    Totals,
    Trend,
)
from analytics.grammar.cleaning import REACH, NotUnderstood, short
from analytics.grammar.parse_further import totals_in
from analytics.grammar.task_option import read_task

FILLERS = {"by", "framework", "frameworks", "models", "of", "the", "hub", "for", "within"}
ASPECTS = {
    **dict.fromkeys(("downloads", "download"), Aspect.DOWNLOADS),
    **dict.fromkeys(("library", "libraries"), Aspect.LIBRARY),
    **dict.fromkeys(("licence", "licences", "license", "licenses"), Aspect.LICENCE),
    **dict.fromkeys(("dead", "undownloaded", "unused"), Aspect.DEAD),
}
"""Words that name what is told of all models."""
YEARS = (YEAR_OF_ARTICLE,)
"""Years whose readings are known: the article's."""


def totals(words: list[str]) -> Totals | Share:
    """Read definition, task, year, aspect, in any order; beside 2022 the tags are meant, as they were counted then."""
    if (counted := totals_in(words)) is not None:
        return counted
    definition, task, since, reach, aspect = None, None, None, False, Aspect.MODELS
    words, every = _which(words, "totals")
    rest = [word for word in words if word.casefold() not in FILLERS]
    while rest:
        word, rest = rest[0].casefold(), rest[1:]
        if word in tuple(Definition):
            definition = _one_definition(definition, Definition(word), "totals")
        elif word == "task":
            task, rest = _task(rest, "totals")
        elif word == "since":
            since, rest = _since(rest)
        elif word == REACH:
            reach = True
        elif word in ASPECTS:
            aspect = _one_aspect(aspect, ASPECTS[word])
        else:
            raise _unknown("totals", word)
    counting = definition or (Definition.DECLARED if since else Definition.ATTRIBUTED)
    request = Totals(counting, task, since, reach, _beside(every, counting, "totals"), aspect)
    return _refuse_beside_aspect(_refuse_beside_reach(request))


def _refuse_beside_reach(request: Totals) -> Totals:
    """Refuse what reach is not told of: another year, the tags, copies and adapters."""
    declared = request.definition is Definition.DECLARED
    if request.reach and (request.since or declared):
        beside = f"since {request.since}" if request.since else Definition.DECLARED
        problem = f"“reach” is about today's files and what converts on load; “{beside}” does not go with it."
        raise NotUnderstood(problem, "totals reach", "totals since 2022", field=REACH)
    if request.reach and request.every:
        problem = "“reach” is about originals and fine-tunes with weights; “all” does not go with it."
        raise NotUnderstood(problem, "totals reach", "totals all", field=REACH)
    return request


def _one_definition(told: Definition | None, definition: Definition, question: str) -> Definition:
    if told not in (None, definition):
        problem = "“attributed” (by files) and “declared” (by tags) are two ways to count."
        raise NotUnderstood(problem, question, f"{question} declared")
    return definition


def _one_aspect(told: Aspect, aspect: Aspect) -> Aspect:
    if told not in (Aspect.MODELS, aspect):
        problem = f"“{told}” and “{aspect}” are two questions. Name the one that is meant."
        raise NotUnderstood(problem, f"totals {told}", f"totals {aspect}", field="aspect")
    return aspect


def _refuse_beside_aspect(request: Totals) -> Totals:
    """Refuse what an aspect cannot be told beside: it is of today, and names are kept of all tasks together."""
    aspect = request.aspect
    beside = {REACH: request.reach, f"since {request.since}": request.since, EVERY: request.every} if aspect else {}
    if aspect in NAMED:
        beside |= {f"task {request.task}": request.task, "declared": request.definition is Definition.DECLARED}
    for words, is_there in beside.items():
        if is_there:
            problem = f"“{aspect}” counts today's models, by their files (attributed); “{words}” does not go with it."
            raise NotUnderstood(problem, f"totals {aspect}", f"totals {words}", field="aspect")
    return request


def trend(words: list[str]) -> Trend:
    """Read the definition, the task, what is counted and whether downloads are, in any order."""
    definition, task, downloads = None, None, False
    words, every = _which(words, "trend")
    rest = [word for word in words if word.casefold() not in FILLERS]
    while rest:
        word, rest = rest[0].casefold(), rest[1:]
        if word in tuple(Definition):
            definition = _one_definition(definition, Definition(word), "trend")
        elif word == "task" and task is None:
            task, rest = _task(rest, "trend")
        elif ASPECTS.get(word) is Aspect.DOWNLOADS:
            downloads = True
        else:
            raise _unknown("trend", word, "definition")
    definition = definition or Definition.ATTRIBUTED
    return Trend(definition, task, _beside(every, definition, "trend"), downloads)


def _which(words: list[str], question: str) -> tuple[list[str], bool | None]:
    """Take out the word that says what is counted: every repository, originals alone, or None where it is not said."""
    said = {word.casefold() for word in words} & {EVERY, ORIGINALS}
    if len(said) > 1:
        problem = "“all” counts every repository, “originals” originals and fine-tunes. Name the one that is meant."
        raise NotUnderstood(problem, f"{question} {EVERY}", question, field="every")
    return [word for word in words if word.casefold() not in said], EVERY in said if said else None


def _beside(every: bool | None, definition: Definition, question: str) -> bool:  # noqa: FBT001 - None: not said
    """Give what is counted; by the tags it is every repository, said or not."""
    if definition is Definition.ATTRIBUTED:
        return bool(every)
    if every is False:
        problem = "“declared” counts every repository, as the article did; “originals” does not go with it."
        raise NotUnderstood(problem, question, f"{question} declared", field="every")
    return False


def _task(words: list[str], question: str) -> tuple[str, list[str]]:
    stops = {*Definition, "since", "by", REACH, *ASPECTS}
    return read_task(words, stops, f"{question} task text-generation", lambda name: f"{question} task {name}")


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
