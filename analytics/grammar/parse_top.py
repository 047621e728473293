"""`top30 by likes task text-generation author google declared`."""

import difflib
import re
from collections.abc import Callable, Collection
from dataclasses import fields, replace
from typing import Any

from analytics.domain.requests import MOST_MODELS, SORTS, Definition, Top
from analytics.grammar.cleaning import REACH, NotUnderstood, nearest, short
from analytics.grammar.lexicon import phrases, values
from analytics.grammar.task_option import read_task

_SORT_WORDS = {
    **{word: word for word in SORTS},
    "download": "downloads",
    "downloaded": "downloads",
    "dl": "downloads",
    "dls": "downloads",
    "like": "likes",
    "liked": "likes",
    "ever": "alltime",
}
_BEHIND_BY = {**_SORT_WORDS, "trend": "trending"}
"""What stands behind `by`: `trend` alone is a question of its own, `top30 and trend` are two."""
_OPTION_WORDS = {
    "by": "by",
    "sort": "by",
    "task": "task",
    "author": "author",
    "org": "author",
    "from": "author",
    "in": "in",
}
FRAMEWORKS, FORMATS = values("framework"), values("format")
ORIGINALS = ("originals", "original")
FILLERS = {"models", "model", "most", "the", "show", "me", "please", "huggingface", "hub", "and"}
_ALL_TIME = re.compile(r"\b(?:downloads? (?:of )?)?all[- ]?time(?: downloads?)?\b", re.IGNORECASE)
_ACCOUNT = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,95}")


def top(words: list[str]) -> Top:
    """Read `top30` and its options."""
    number = words[0][len("top") :]
    rest = words[1:]
    if not number and rest and re.fullmatch(r"[-+]?[\d.]+", rest[0]):
        number, rest = rest[0], rest[1:]
    request = Top(n=_how_many(number)) if number else Top()
    rest = _ALL_TIME.sub("alltime", " ".join(rest)).split()
    said: set[str] = set()
    while rest:
        before, words, (request, rest) = request, rest, _option(request, rest)
        _refuse_two(before, request, said)
        said |= {"by" for word in words[: len(words) - len(rest)] if word.casefold() in _SORT_WORDS}
    return _refuse_tags_of_one(_refuse_beside_reach(request))


def _refuse_tags_of_one(request: Top) -> Top:
    """Refuse `declared` beside a framework: another definition than the one asked for would answer."""
    if request.framework is None or request.definition is Definition.ATTRIBUTED:
        return request
    problem = f"What comes in {request.framework} goes by evidence; “{request.definition}” does not go with it."
    other = replace(request, framework=None, only=False, loadable=False)
    evidence = replace(request, definition=Definition.ATTRIBUTED).short_words
    raise NotUnderstood(problem, evidence, f"{other.short_words} {other.definition}", field="definition")


def _refuse_beside_reach(request: Top) -> Top:
    """Refuse what cannot stand beside `reach`, which tells of every framework, by files."""
    if not request.reach or (request.framework is None and request.definition is Definition.ATTRIBUTED):
        return request
    beside = f"in {request.framework.casefold()}" if request.framework else request.definition
    alone = replace(request, framework=None, only=False, loadable=False, definition=Definition.ATTRIBUTED)
    other = replace(request, reach=False)
    problem = f"“reach” is about every framework, by files and conversions on load; “{beside}” does not go with it."
    raise NotUnderstood(problem, alone.short_words, other.short_words, field="reach")


def _refuse_two(before: Top, request: Top, said: Collection[str]) -> None:
    """
    Refuse a second measure, task, account, framework or definition: which is meant nobody can tell.

    `said`: fields that were named, though it may be by what they are anyway: `by downloads and likes`.
    """
    for field in fields(Top):
        one, other, default = getattr(before, field.name), getattr(request, field.name), field.default
        if one != other and (one != default or field.name in said):
            problem = f"I read two of one kind, {_name(one)} and {_name(other)}. Name the one that is meant."
            raise NotUnderstood(problem, before.short_words, request.short_words, field=field.name)


def _name(value: object) -> str:
    return f"“{short(str(value))}”"


def _how_many(number: str) -> int:
    if re.fullmatch(r"\d{1,9}", number) and 1 <= int(number) <= MOST_MODELS:
        return int(number)
    suggestion = f"top{MOST_MODELS}" if re.fullmatch(r"\d+", number) and int(number[:9]) else "top30"
    raise NotUnderstood(
        f"“top” takes a whole number from 1 to {MOST_MODELS:,}; “{short(number)}” is not one.", suggestion, field="n"
    )


def _option(request: Top, words: list[str]) -> tuple[Top, list[str]]:
    """Read one option off the front; give the request with it and the words that are left."""
    word, rest = words[0].casefold(), words[1:]
    if word in FILLERS:
        return request, rest
    if fields := _meaning(request, word):
        return replace(request, **fields), rest
    option = _OPTION_WORDS.get(word)
    if option is None:
        raise NotUnderstood(f"I do not know the word “{short(words[0])}”.", *_instead(request, word))
    if option == "author":
        return _author(request, rest, word)
    return _OPTIONS[option](request, rest)


def _meaning(request: Top, word: str) -> dict[str, Any]:
    """Give what a word standing alone sets; nothing where it means nothing alone."""
    if word in tuple(Definition):
        return {"definition": Definition(word)}
    if word in _SORT_WORDS:
        return {"by": _SORT_WORDS[word]}
    if word in FRAMEWORKS:
        return {"framework": FRAMEWORKS[word]}
    if word == REACH:
        return {"reach": True}
    if word in ORIGINALS:
        return {"originals": True}
    apart = {"only": request.loadable, "loadable": request.only}  # neither takes the other beside it
    return {word: True} if request.framework and apart.get(word) is False else {}


def _in(request: Top, words: list[str]) -> tuple[Top, list[str]]:
    word = words[0].casefold() if words else ""
    if found := FRAMEWORKS.get(word) or FORMATS.get(word):
        return replace(request, framework=found), words[1:]
    said = f"; “{short(words[0])}” is not one of them" if words else ""
    near = nearest(word, tuple(FRAMEWORKS), most=2)
    raise NotUnderstood(
        f"“in” takes a framework, one of {', '.join(dict.fromkeys(FRAMEWORKS.values()))}{said}.",
        *(f"top{request.n} in {name}" for name in (*near, "tensorflow")),
        field="framework",
    )


def _instead(request: Top, word: str) -> tuple[str, ...]:
    """Whole questions with the nearest known word in place of the unknown one, or without it."""
    before = request.short_words
    near = nearest(word, (*Definition, *_SORT_WORDS, *_OPTION_WORDS, REACH, *ORIGINALS[:1]), most=2)
    completed = {"by": "by likes", "task": "task text-generation", "author": "author google", "in": "in tensorflow"}
    full = (completed.get(_OPTION_WORDS.get(n, ""), f"by {_SORT_WORDS[n]}" if n in _SORT_WORDS else n) for n in near)
    return (*dict.fromkeys(f"{before} {words}" for words in full), before)


def _by(request: Top, words: list[str]) -> tuple[Top, list[str]]:
    while words and words[0].casefold() in FILLERS:
        words = words[1:]
    word = words[0].casefold() if words else ""
    if word in _BEHIND_BY:
        return replace(request, by=_BEHIND_BY[word]), words[1:]
    ranked = sorted(SORTS, key=lambda sort: -difflib.SequenceMatcher(None, word, sort).ratio())
    said = f"; “{short(words[0])}” is not one of them" if words else ""
    suggestions = (replace(request, by=sort).short_words for sort in ranked)
    raise NotUnderstood(f"“by” takes downloads, likes, trending or alltime{said}.", *suggestions, field="by")


def _task(request: Top, words: list[str]) -> tuple[Top, list[str]]:
    stops = {*_OPTION_WORDS, *Definition, REACH, *ORIGINALS}
    offer = lambda name: replace(request, task=name).short_words  # noqa: E731 - the question, with another task
    task, rest = read_task(words, stops, "top30 task text-generation", offer)
    return replace(request, task=task), rest


def _author(request: Top, words: list[str], before: str = "author") -> tuple[Top, list[str]]:
    if words and before == "from" and (words[0].casefold() in phrases() or words[0].isdigit()):
        raise NotUnderstood(f"I do not know the account “{short(words[0])}”.", request.short_words, field="author")
    name = re.sub(r"^(https?://(www\.)?huggingface\.co/|@)", "", words[0]).strip("/") if words else ""
    if not _ACCOUNT.fullmatch(name):
        said = f"“{short(name)}” cannot be one" if name else "none was given"
        raise NotUnderstood(
            f"“author” takes the name of an account on the Hub, such as google; {said}.",
            "top30 author google",
            field="author",
        )
    return replace(request, author=name), words[1:]


_OPTIONS: dict[str, Callable[[Top, list[str]], tuple[Top, list[str]]]] = {
    "by": _by,
    "task": _task,
    "in": _in,
}
