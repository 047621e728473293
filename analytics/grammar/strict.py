"""
Typed words -> a request, or what was not understood with the nearest words that are.

One grammar serves Slack and the terminal. It is forgiving where people are careless (case, spaces, quotes, Slack's own
link and bold marks, `key:value`, `--key`) and never guesses a number, a task or a name. Pure: no clock, no network.
Each question's words have a module of their own; QUESTIONS is the list of them.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from analytics.domain.requests import Request
from analytics.grammar.cleaning import LONGEST, LONGEST_TYPED, NotUnderstood, clean, join_numbers, nearest, short
from analytics.grammar.parse_census import totals, trend
from analytics.grammar.parse_further import formats, load, new, share, why
from analytics.grammar.parse_models import compare, is_available, looks_like_a_model, model
from analytics.grammar.parse_rest import changes, official, papers
from analytics.grammar.parse_top import top

__all__ = ["EXAMPLES", "LONGEST", "LONGEST_TYPED", "QUESTIONS", "Unclear", "clean", "nearest", "parse", "too_long"]

EXAMPLES: tuple[tuple[str, str], ...] = (
    ("top30", "the 30 most downloaded models, by framework"),
    ("top 50 by likes", "another number, another measure: downloads, likes, trending"),
    ("top30 by alltime", "by downloads of all time, from the weekly census (count of the whole Hub)"),
    ("top30 task text-generation", "within one task"),
    ("top10 author google", "of one account"),
    (
        "top30 in tensorflow",
        "the first that come in one framework, and their ranks among all; also “only”",
    ),
    ("top30 originals", "without quantised or converted copies and test fixtures; also “in tensorflow”"),
    ("top30 declared", "by the Hub's own tags, as the 2022 article counted"),
    ("model openai/whisper-large-v3", "in which frameworks one model comes, with the proof"),
    ("model bert-base-uncased in tensorflow", "whether it comes in one framework, and what else does"),
    (
        "model Qwen/Qwen3-0.6B in tensorflow",
        "no files, but it converts on load: the lines to run; also “in onnx”",
    ),
    ("compare google-bert/bert-base-uncased openai-community/gpt2", "two models side by side"),
    ("totals", "originals and fine-tunes of the Hub by framework; “totals all”: every repository"),
    ("totals since 2022", "then and now as the article counted, by the tags"),
    ("totals by downloads", "their downloads of 30 days, by framework; also “task”"),
    ("totals by library", "which libraries the models of each framework name; also “by licence”"),
    ("totals dead", "how many models of each framework nobody downloads"),
    ("top30 reach", "what loads today, converts on load or does neither; also “totals reach”"),
    ("trend", "new models by quarter, and their growth; also “trend all”, “trend task T”"),
    ("trend by downloads", "the share of downloads by month; also “trend by downloads task T”"),
    ("papers", "papers' code by framework and quarter; also “archive”, “successor”, “hub”, “overlap”"),
    ("papers 2021Q4", "one quarter, with the article's reading; also a year, 2021"),
    ("official", "the official collections of both camps, each in its own unit"),
    ("changes", "who entered and left the top 30 in the last week; also “since 2026-11-16”, “until”"),
    ("new in tensorflow", "models created in the last week; also “task”, “author”, “since”"),
    ("share", "of downloads, by framework and format; also “in gguf”"),
    ("formats google-bert/bert-base-uncased", "every file format of one model"),
    (
        "load openai-community/gpt2 in tensorflow",
        "what loads it, and the lines to run; or “load in onnx”",
    ),
    ("why method", "how it is counted; also “why transformers5”, “why downloads”, “why papers”"),
)
"""Questions that work as they stand, each with what it answers: help, README and suggestions are made from them."""

QUESTIONS: Mapping[str, Callable[[list[str]], Request]] = {
    r"top([-+.\d].*)?": top,
    "models?": model,
    "compare|vs": compare,
    "is": is_available,
    "totals?": totals,
    "trends?": trend,
    "papers?": papers,
    "official": official,
    "changes?": changes,
    "new": new,
    "why": why,
    "load": load,
    "formats?": formats,
    "shares?": share,
}
"""What a question begins with, and who reads it; the whole word must match."""

FIRST_WORDS = tuple(
    said[0]
    for starts in QUESTIONS
    if (said := [words.split()[0] for words, _ in EXAMPLES if re.fullmatch(starts, words.split()[0])])
)
"""What each question begins with, one word of each."""

WORDS = (*FIRST_WORDS, "status")
"""First words as people are told them; `status` is no question, but Slack and the terminal both take it."""

WITHIN = tuple(dict.fromkeys(word for words, _ in EXAMPLES for word in words.split()[1:] if word.isalpha()))
"""Words that stand behind the first, and say nothing alone: `reach`, `declared`, `likes`."""


@dataclass(frozen=True, slots=True)
class Unclear:
    """
    What was not understood.

    `typed` is what the person wrote, cleaned of control characters and cut to LONGEST; `problem` a sentence that says
    what is wrong with it; `suggestions` whole questions that would work, nearest first; `field` the field of the
    request that the wrong word was meant for ("task"), empty where no field can be told.
    """

    typed: str
    problem: str
    suggestions: tuple[str, ...] = ()
    field: str = ""


def parse(text: str) -> Request | Unclear:
    """Read a question as people type it; anything not understood comes back as `Unclear`."""
    if (refused := too_long(text)) is not None:
        return refused
    typed = clean(text)
    try:
        return _question(typed)
    except NotUnderstood as trouble:
        return Unclear(typed, trouble.problem, trouble.suggestions or (EXAMPLES[0][0],), trouble.field)


def too_long(text: str) -> Unclear | None:
    """Refuse what is longer than any question, by its length as typed and then as cleaned; None if it is not."""
    typed = clean(text[:LONGEST_TYPED])
    length = len(text) if len(text) > LONGEST_TYPED else len(typed)
    if length <= LONGEST:
        return None
    problem = f"That is {length:,} characters; a question needs no more than {LONGEST}."
    return Unclear(typed[:LONGEST] + "…", problem, (EXAMPLES[0][0],))


def _question(typed: str) -> Request:
    without_dashes = re.sub(r"(?<!\S)--", "", join_numbers(typed))
    words = re.sub(r"(?<!\S)([A-Za-z]+)[:=](?!//)", r"\1 ", without_dashes).replace(",", " ").split()
    if not words:
        raise NotUnderstood("There is no question yet.", *(example for example, _ in EXAMPLES[:3]))
    if (read := _find_question(words[0])) is not None:
        return read(words[1:] if read is not top else words)
    if looks_like_a_model(words[0]):
        return model(words)
    raise NotUnderstood(_say_unknown(words[0]), *_mend_first(words), *_instead(words[0]))


@lru_cache(maxsize=256)
def _find_question(word: str) -> Callable[[list[str]], Request] | None:
    return next((read for starts, read in QUESTIONS.items() if re.fullmatch(starts, word.casefold())), None)


def begins_question(typed: str) -> bool:
    """Tell whether words begin as a question does, so that what is wrong with them is wrong with it."""
    return _find_question(clean(typed).partition(" ")[0]) is not None


def _say_unknown(word: str) -> str:
    """Say that nothing begins so, or that it does not stand alone."""
    if word.casefold() not in WITHIN:
        return f"I know no question “{short(word)}”."
    return f"“{word.casefold()}” says something behind a question, and nothing alone."


def _mend_first(words: list[str]) -> tuple[str, ...]:
    """Give the question that it is with its first word mended, if that makes one: `trned by downloads`."""
    near = nearest_question(words[0])
    mended = [*near, *words[1:]]
    read = _find_question(near[0]) if near and len(words) > 1 else None
    try:
        return (read(mended[1:] if read is not top else mended).words,) if read else ()
    except NotUnderstood:
        return ()


@lru_cache(maxsize=256)  # most sentences begin with one of a few words: how, what, which
def nearest_question(word: str) -> tuple[str, ...]:
    """Give the first word of a question that a mistyped one is most like; none when nothing is close."""
    return nearest(word, WORDS)


@lru_cache(maxsize=256)
def _instead(word: str) -> tuple[str, ...]:
    """Give the examples of the nearest first word, or those in which it stands."""
    near = (word.casefold(),) if word.casefold() in WITHIN else nearest_question(word)
    fitting = tuple(example for example, _ in EXAMPLES if near and example.startswith(near[0]))
    within = tuple(example for example, _ in EXAMPLES if near and near[0] in example.split())
    return fitting[:2] or within[:2] or near or (EXAMPLES[0][0],)
