"""
Typed words -> a request, or what was not understood with the nearest words that are.

One grammar serves Slack and the terminal. It is forgiving where people are careless (case, spaces, quotes, Slack's own
link and bold marks, `key:value`, `--key`) and never guesses a number, a task or an author. Pure: no clock, no network.
"""

import difflib
import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from analytics.request import MOST_MODELS, SORTS, Definition, Request, Top

EXAMPLES: tuple[tuple[str, str], ...] = (
    ("top30", "the 30 most downloaded models, by framework"),
    ("top 50 by likes", "another number, another measure: downloads, likes, trending"),
    ("top30 task text-generation", "within one task"),
    ("top10 author google", "of one account"),
    ("top30 declared", "by the Hub's own tags, as the 2022 article counted"),
)
"""Questions that work as they stand, each with what it answers: help, README and suggestions are made from them."""

LONGEST = 300
"""More characters than any question needs (an author name has at most 96)."""

_SORT_WORDS = {
    **{word: word for word in SORTS},
    "download": "downloads",
    "downloaded": "downloads",
    "dl": "downloads",
    "dls": "downloads",
    "like": "likes",
    "liked": "likes",
    "trend": "trending",
}
_OPTION_WORDS = {"by": "by", "sort": "by", "task": "task", "author": "author", "org": "author", "from": "author"}
_FILLERS = {"models", "model", "most", "the", "show", "me", "please", "huggingface", "hub", "and"}
_ACCOUNT = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,95}")


@dataclass(frozen=True, slots=True)
class Unclear:
    """
    What was not understood.

    `typed` is what the person wrote, cleaned of control characters and cut to LONGEST; `problem` a sentence that says
    what is wrong with it; `suggestions` whole questions that would work, nearest first.
    """

    typed: str
    problem: str
    suggestions: tuple[str, ...] = ()


class _Problem(Exception):  # raised by a rule below, caught in parse()
    def __init__(self, problem: str, *suggestions: str) -> None:
        super().__init__(problem)
        self.problem = problem
        self.suggestions = suggestions


def parse(text: str) -> Request | Unclear:
    """Read a question as people type it; anything not understood comes back as `Unclear`."""
    typed = clean(text)
    if len(typed) > LONGEST:
        problem = f"That is {len(typed):,} characters; a question needs no more than {LONGEST}."
        return Unclear(typed[:LONGEST] + "…", problem, (EXAMPLES[0][0],))
    try:
        return _question(typed)
    except _Problem as trouble:
        return Unclear(typed, trouble.problem, trouble.suggestions or (EXAMPLES[0][0],))


def clean(text: str) -> str:
    """Undo what editors and Slack do to words: odd spaces, curly quotes, bold marks, links, control characters."""
    text = re.sub(r"<([^<>|]*)\|([^<>]*)>", _link, text)
    text = re.sub(r"<(https?://[^<>|]*)>", r"\1", text)
    text = "".join(" " if unicodedata.category(char) in ("Cc", "Cf", "Zs", "Zl", "Zp") else char for char in text)
    text = text.translate(str.maketrans("“”„«»‘’‚′–—−", '""""' + '"' + "''''---"))
    text = re.sub(r"(?<!\w)[*_~`\"']+|[*_~`\"']+(?!\w)", "", text)
    return " ".join(text.split()).strip(" .,;:!?")


def _link(match: re.Match[str]) -> str:
    """Slack writes <https://address|label>; the address is exact, the label may be shortened."""
    target, label = match.groups()
    return target if target.startswith("http") else label


def nearest(word: str, words: Sequence[str], most: int = 1) -> tuple[str, ...]:
    """Give the words most like a mistyped one, best first; none when nothing is close."""
    return tuple(difflib.get_close_matches(word.casefold(), words, n=most, cutoff=0.6))


# ------------------------------------------------------------------------------------------------------ the questions


def _question(typed: str) -> Request:
    without_dashes = re.sub(r"(?<!\S)--", "", typed)
    words = re.sub(r"(?<=[A-Za-z])[:=](?!//)", " ", without_dashes).replace(",", " ").split()
    if not words:
        raise _Problem("There is no question yet.", *(example for example, _ in EXAMPLES[:3]))
    first = words[0].casefold()
    for starts, read in _QUESTIONS.items():
        if re.fullmatch(starts, first):
            return read(words)
    near = nearest(first, ("top30",)) or (EXAMPLES[0][0],)
    raise _Problem(f"I know no question “{_short(words[0])}”.", *near)


def _top(words: list[str]) -> Top:
    number = words[0][len("top") :]
    rest = words[1:]
    if not number and rest and re.fullmatch(r"[-+]?[\d.]+", rest[0]):
        number, rest = rest[0], rest[1:]
    request = Top(n=_how_many(number)) if number else Top()
    while rest:
        request, rest = _option(request, rest)
    return request


def _how_many(number: str) -> int:
    if re.fullmatch(r"\d{1,9}", number) and 1 <= int(number) <= MOST_MODELS:
        return int(number)
    suggestion = f"top{MOST_MODELS}" if re.fullmatch(r"\d+", number) and int(number[:9]) else "top30"
    raise _Problem(f"“top” takes a whole number from 1 to {MOST_MODELS:,}; “{_short(number)}” is not one.", suggestion)


def _option(request: Top, words: list[str]) -> tuple[Top, list[str]]:
    """Read one option off the front; give the request with it and the words that are left."""
    word, rest = words[0].casefold(), words[1:]
    if word in _FILLERS:
        return request, rest
    if word in tuple(Definition):
        return replace(request, definition=Definition(word)), rest
    if word in _SORT_WORDS:
        return replace(request, by=_SORT_WORDS[word]), rest
    option = _OPTION_WORDS.get(word)
    if option is None:
        raise _Problem(f"I do not know the word “{_short(words[0])}”.", *_instead(request, word))
    return _OPTIONS[option](request, rest)


def _instead(request: Top, word: str) -> tuple[str, ...]:
    """Whole questions with the nearest known word in place of the unknown one, or without it."""
    before = request.words.removesuffix(f" {request.definition}")
    near = nearest(word, (*Definition, *_SORT_WORDS, *_OPTION_WORDS), most=2)
    completed = {"by": "by likes", "task": "task text-generation", "author": "author google"}
    full = (completed.get(_OPTION_WORDS.get(n, ""), f"by {_SORT_WORDS[n]}" if n in _SORT_WORDS else n) for n in near)
    return (*dict.fromkeys(f"{before} {words}" for words in full), before)


def _by(request: Top, words: list[str]) -> tuple[Top, list[str]]:
    while words and words[0].casefold() in _FILLERS:
        words = words[1:]
    word = words[0].casefold() if words else ""
    if word in _SORT_WORDS:
        return replace(request, by=_SORT_WORDS[word]), words[1:]
    ranked = sorted(SORTS, key=lambda sort: -difflib.SequenceMatcher(None, word, sort).ratio())
    said = f"; “{_short(words[0])}” is not one of them" if words else ""
    suggestions = (replace(request, by=sort).words.removesuffix(f" {request.definition}") for sort in ranked)
    raise _Problem(f"“by” takes downloads, likes or trending{said}.", *suggestions)


def _task(request: Top, words: list[str]) -> tuple[Top, list[str]]:
    """Take every word up to the next option, so that `task text generation` works too."""
    stops = {*_OPTION_WORDS, *Definition}
    count = next((i for i, word in enumerate(words) if word.casefold() in stops), len(words))
    task = "-".join(words[:count]).casefold()
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,60}", task):
        said = f"“{_short(task)}” cannot be one" if task else "none was given"
        raise _Problem(
            f"“task” takes a task of the Hub, such as text-generation; {said}.", "top30 task text-generation"
        )
    return replace(request, task=task), words[count:]


def _author(request: Top, words: list[str]) -> tuple[Top, list[str]]:
    name = re.sub(r"^(https?://(www\.)?huggingface\.co/|@)", "", words[0]).strip("/") if words else ""
    if not _ACCOUNT.fullmatch(name):
        said = f"“{_short(name)}” cannot be one" if name else "none was given"
        raise _Problem(
            f"“author” takes the name of an account on the Hub, such as google; {said}.", "top30 author google"
        )
    return replace(request, author=name), words[1:]


_OPTIONS: dict[str, Callable[[Top, list[str]], tuple[Top, list[str]]]] = {"by": _by, "task": _task, "author": _author}
_QUESTIONS: dict[str, Callable[[list[str]], Request]] = {r"top([-+.\d].*)?": _top}


_QUOTED = 40
"""How much of a wrong word is quoted back."""


def _short(text: str) -> str:
    return text if len(text) <= _QUOTED else text[: _QUOTED - 1] + "…"
