"""
A sentence -> a claim, deterministically: what is understood is taken out, and nothing that says something may be left.

As in the grammar, a claim that was not made is never judged: what is left over is named, and nothing is checked.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from analytics.claims.amounts import read_amount
from analytics.claims.claim import Claim, NotCheckable, Relation
from analytics.domain.requests import MOST_MODELS, YEAR_OF_ARTICLE, Definition
from analytics.domain.wording import count, listing, verb
from analytics.grammar import clean, lexicon, too_long
from analytics.grammar.cleaning import join_numbers

FILLERS = frozenset(
    """
    a an the of on in to for and or is are was were be been has have had do does did that this it its there here
    as by with among all every models model repositories pre-trained pretrained hub hub's hugging face
    huggingface hf total available released published exist exists come comes offered support supports supported
    supporting which who out most-downloaded downloaded popular from them these those provided framework
    frameworks version versions can use uses used using you get at their they deep learning claimed says i read
    heard article
    """.split()  # noqa: SIM905 - a list of a hundred words is read as words
)
"""Words that add nothing to a claim."""

SPLIT = ("PyTorch", "TensorFlow")
YEARS = re.compile(r"\b(?:in |of |back in )?(?:march |mar |early )?((?:19|20)\d\d)\b")
TODAY = re.compile(r"\b(?:today|now|nowadays|these days|at present|currently|this year)\b")
DECLARED = re.compile(r"\b(?:by (?:the )?(?:hub's )?tags?(?: alone)?|declared)\b")
TAGGED = re.compile(r"\btagged(?: (?:for either|pytorch or tf|with either))?\b")
ATTRIBUTED = re.compile(r"\b(?:by (?:the )?(?:files|evidence)(?:,? library and tags)?|attributed)\b")
TOP = re.compile(r"\b(?:the )?(?:top|first)[ -]?(\d{1,6})\b|\b(?:the )?(\d{1,6}) most[ -](?:downloaded|popular)\b")
NOT_ONLY = re.compile(r"\b(?:only|just|merely)(?= (?:about |around |some )?(?:\d|~|a |one |half))")
ONLY = re.compile(r"\b(?:only|exclusively|solely|alone|exclusive to|nothing but)\b")
ALSO = re.compile(r"\b(?:also|too|as well)\b")
BOTH = re.compile(r"\bboth\b")
NEITHER = re.compile(r"\bneither\b|\bnor\b")
THAN = re.compile(r"\b(?:more|fewer|less)\b(?=.*\bthan\b)|\bthan\b|\bas many\b|\boutnumbers?\b|\bis ahead of\b")


@dataclass
class WhatIsLeft:
    """What is left of a sentence: each look takes out what it understood."""

    text: str

    def take(self, pattern: re.Pattern[str]) -> list[re.Match[str]]:
        """Take out all that matches."""
        found = list(pattern.finditer(self.text))
        self.text = pattern.sub(" ", self.text)
        return found


def read_claim(typed: str) -> Claim:
    """Read a claim. Raises NotCheckable, saying what is missing or was not understood."""
    if refused := too_long(typed):
        raise NotCheckable(refused.problem)
    said = re.sub(r"(?<=\w)-(?=only\b|exclusive\b)", " ", join_numbers(clean(typed)).casefold())
    sentence = WhatIsLeft(said)
    sentence.take(NOT_ONLY)
    top, task, year = _read_top(sentence), _read_task(sentence), _read_year(sentence)
    definition, tagged = _read_definition(sentence)
    frameworks = _read_frameworks(sentence)
    amount = read_amount(sentence.text)
    relation = _read_relation(sentence, frameworks)
    quantity, sentence.text = amount.of(relation, sentence.text)
    _refuse_rest(sentence)
    first, other = _sort_frameworks(relation, frameworks, said)
    return Claim(relation, quantity, first, other, top, task, year, definition, tagged)


def _read_top(sentence: WhatIsLeft) -> int | None:
    found = {int(match[1] or match[2]) for match in sentence.take(TOP)}
    if len(found) > 1 or any(not 1 <= n <= MOST_MODELS for n in found):
        raise NotCheckable(f"One top list can be looked at, of 1 to {count(MOST_MODELS, 'model')}.")
    return next(iter(found), None)


def _read_task(sentence: WhatIsLeft) -> str | None:
    """Find a task by the words people use for it, the longest first."""
    for phrase in _task_phrases():
        # Hundreds of patterns are more than `re` keeps: one is made only where its phrase stands.
        if phrase in sentence.text and sentence.take(
            re.compile(rf"(?<![\w-])(?:for |task )?{re.escape(phrase)}(?![\w-])")
        ):
            return lexicon.phrases()[phrase]["task"]
    return None


@cache
def _task_phrases() -> Sequence[str]:
    return sorted((p for p, meant in lexicon.phrases().items() if "task" in meant), key=len, reverse=True)


def _read_year(sentence: WhatIsLeft) -> str:
    years = {match[1] for match in sentence.take(YEARS)}
    if years - {YEAR_OF_ARTICLE}:
        known = f"The years that can be checked are {YEAR_OF_ARTICLE}, by what the article printed, and today."
        raise NotCheckable(f"No numbers of {listing(sorted(years - {YEAR_OF_ARTICLE}))} are kept. {known}")
    now = bool(sentence.take(TODAY))
    return "" if years and now else YEAR_OF_ARTICLE if years else "today" if now else ""


def _read_definition(sentence: WhatIsLeft) -> tuple[Definition | None, bool]:
    tagged, declared = bool(sentence.take(TAGGED)), bool(sentence.take(DECLARED))
    attributed = bool(sentence.take(ATTRIBUTED))
    if attributed and (declared or tagged):
        raise NotCheckable("By the tags and by the files are two ways to count: claim one of them at a time.")
    return (Definition.DECLARED if declared or tagged else Definition.ATTRIBUTED if attributed else None), tagged


def _read_frameworks(sentence: WhatIsLeft) -> list[str]:
    """Give the frameworks in the order in which they are named, each once."""
    names = lexicon.values("framework")
    return list(dict.fromkeys(names[match[0]] for match in sentence.take(_match_framework())))


@cache
def _match_framework() -> re.Pattern[str]:
    spelled = "|".join(re.escape(name) for name in sorted(lexicon.values("framework"), key=len, reverse=True))
    return re.compile(rf"(?<![\w.-])(?:{spelled})(?![\w])")


def _read_relation(sentence: WhatIsLeft, frameworks: list[str]) -> Relation:
    """Tell what is said of the models."""
    found = {
        Relation.NEITHER: sentence.take(NEITHER),
        Relation.BOTH: sentence.take(BOTH),
        Relation.ONLY: sentence.take(ONLY),
        Relation.ALSO: sentence.take(ALSO),
    }
    if _compares(sentence.text) and len(frameworks) > 1:
        return Relation.MORE
    told = [relation for relation, matches in found.items() if matches]
    if told == [Relation.ALSO] and len(frameworks) == 1:
        return Relation.IN
    if len(told) > 1:
        raise NotCheckable(f"“{told[0]}” and “{told[1]}” are two claims: make one of them at a time.")
    return told[0] if told else Relation.IN


def _compares(text: str) -> bool:
    return THAN.search(re.sub(r"\b(?:more|fewer|less) than(?= [\d~])", " ", text)) is not None


def _sort_frameworks(relation: Relation, frameworks: list[str], said: str) -> tuple[str, str]:
    """Give the framework that is claimed of, and the second one. Raises NotCheckable."""
    wanted = {Relation.BOTH: 0, Relation.NEITHER: 0, Relation.ALSO: 2, Relation.MORE: 2}.get(relation, 1)
    if wanted == 0:
        _refuse_others(frameworks)
        return "", ""
    if len(frameworks) != wanted:
        named = f"{listing(frameworks) or 'none'} {verb(len(frameworks) or 1)} named"
        raise NotCheckable(f"This claim needs {count(wanted, 'framework')}; {named}.")
    if relation in (Relation.ONLY, Relation.ALSO):
        _refuse_others(frameworks)
    if relation is Relation.MORE and re.search(r"\b(?:fewer|less)\b", said):
        frameworks = [*reversed(frameworks)]
    return frameworks[0], frameworks[1] if wanted == 2 else ""  # noqa: PLR2004 - a pair


def _refuse_others(frameworks: list[str]) -> None:
    """Only PyTorch and TensorFlow are split against each other."""
    if others := [name for name in frameworks if name not in SPLIT]:
        raise NotCheckable(
            f"“Only”, “both” and “neither” are counted of {listing(SPLIT)} alone, not of {listing(others)}."
        )


def _refuse_rest(sentence: WhatIsLeft) -> None:
    left = [word for word in re.findall(r"[^\s,;:.()/]+", sentence.text) if word not in FILLERS]
    if left:
        named = ", ".join(f"“{word[:40]}”" for word in left[:3])
        raise NotCheckable(f"I do not understand {named} in this claim, so I check nothing rather than something else.")
