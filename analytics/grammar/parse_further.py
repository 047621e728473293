"""`new in F task T author A since DAY`, `why TOPIC`, `load X in F`, `formats X`, `share in F` and `totals in F`."""

import datetime as dt
from dataclasses import replace

from analytics.domain.requests import Formats, LoadModel, New, Share, Why
from analytics.domain.tasks import TASKS
from analytics.domain.wording import listing
from analytics.explanations import explanations
from analytics.grammar.cleaning import NotUnderstood, nearest, say_no_day, short
from analytics.grammar.lexicon import values
from analytics.grammar.parse_models import model_id

LONGEST_WORD = 40
"""Letters of a topic at most that near ones are looked for."""

FILLERS = {"models", "model", "the", "of", "downloads"}


def why(words: list[str]) -> Why:
    """Read a topic."""
    topic, known = "".join(words).casefold(), tuple(explanations())
    if topic in known:
        return Why(topic)
    near = nearest(topic[:LONGEST_WORD], known, most=2)
    missed = f"; “{short(' '.join(words))}” is not one of them." if topic else ". Name one of them."
    problem = f"“why” explains {listing(known)}{missed}"
    raise NotUnderstood(problem, *(f"why {name}" for name in near or known[:2]), field="topic")


def formats(words: list[str]) -> Formats:
    """Read the name of a model."""
    told = [word for word in words if word.casefold() not in (*FILLERS, "for")]
    if len(told) != 1:
        raise NotUnderstood(
            "“formats” takes the name of one model, “share” none: it is of all.",
            "formats openai-community/gpt2",
            "share",
            field="id",
        )
    return Formats(model_id(told[0], "id"))


def load(words: list[str]) -> LoadModel:
    """Read a model, a framework or format after `in`, or both."""
    told = [word for word in words if word.casefold() not in FILLERS]
    place = next((at for at, word in enumerate(told) if word.casefold() in ("in", "into", "to")), len(told))
    wanted, named = told[place + 1 :], told[:place]
    if len(named) > 1 or not (named or wanted):
        raise NotUnderstood(
            "“load” takes the name of one model.", "load openai-community/gpt2 in tensorflow", field="id"
        )
    name = model_id(named[0], "id") if named else None
    return LoadModel(name, _framework(" ".join(wanted), f"load {name or ''}") if wanted else None)


def new(words: list[str]) -> New:
    """Read framework, task, account and day, in any order."""
    request, rest = New(), [word for word in words if word.casefold() not in FILLERS]
    while rest:
        word, rest = rest[0].casefold(), rest[1:]
        if word not in ("in", "task", "author", "since") or not rest:
            raise NotUnderstood(f"I do not know the word “{short(word)}” after “new”.", "new", "new in tensorflow")
        field = "framework" if word == "in" else word
        if getattr(request, field):
            raise NotUnderstood(f"“{word}” is there twice; name the one that is meant.", request.words, field=field)
        request = replace(request, **{field: _value(word, rest[0])})
        rest = rest[1:]
    return request


def _value(option: str, word: str) -> str:
    match option:
        case "in":
            return _framework(word, "new", *values("framework").values())
        case "task":
            return _task(word.casefold())
        case "since":
            return _day(word)
        case _:
            return word


def _task(task: str) -> str:
    if task in TASKS:
        return task
    near = nearest(task, TASKS, most=2)
    problem = f"“{short(task)}” is no task of the Hub."
    raise NotUnderstood(problem, *(f"new task {name}" for name in near or ("text-generation",)), field="task")


def _day(word: str) -> str:
    try:
        return dt.date.fromisoformat(word).isoformat()
    except ValueError:
        raise NotUnderstood(say_no_day("since", word), "new", field="since") from None


def share(words: list[str]) -> Share:
    """Read a framework or format, if one is named."""
    told = [word for word in words if word.casefold() not in (*FILLERS, "in", "by", "framework", "for")]
    return Share(_framework(" ".join(told), "share")) if told else Share()


def totals_in(words: list[str]) -> Share | None:
    """Read `totals in gguf`: a format, which the census does not count; None where no format is named."""
    told = [word.casefold() for word in words if word.casefold() not in (*FILLERS, "in")]
    wanted = values("format").get(" ".join(told))
    return Share(wanted, "models") if wanted else None


def _framework(typed: str, before: str, *among: str) -> str:
    """Give the framework or format by the word for it."""
    known = {**values("framework"), **values("format")}
    found = known.get(typed.casefold())
    if found and (not among or found in among):
        return found
    near = nearest(typed.casefold(), tuple(known), most=2)
    problem = f"“{short(typed)}” is no framework or format that I know here."
    raise NotUnderstood(
        problem, *(f"{before.strip()} in {name}" for name in near or ("tensorflow",)), field="framework"
    )
