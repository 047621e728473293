"""
What somebody says beside a question: a reason, who wants to know, what went before.

`My boss asked me yesterday. How many models are in TensorFlow?` A reason restricts nothing, and a sentence about
people that names nothing of ours does not either; both are told to be left aside. Pure.
"""

import re
from collections.abc import Iterator

from analytics.grammar.pieces import Sentence

ENDS = re.compile(r"(?<=[.?!。？！])\s+|(?<=[。？！])")
REASON = re.compile(
    r"[\s,;:.-]{1,3}(?:because|'?cause|cuz|coz|asking because|asking since|since (?=(?:my|our|i|we)\b)"
    r"|as (?=(?:my|our|i|we)\b)|weil|denn (?=mein|unser|ich|wir)|porque|ya que|потому что|так как|因为)"
    r"(?P<reason>\s?[^.?!。？！]{2,200})",
    re.IGNORECASE,
)
"""A clause that says why somebody asks, up to where its sentence ends."""

PURPOSE = re.compile(
    r"^(?:for|para|für|для) (?:the|a|an|my|our|meine?n?|unsere?n?|die|den|das|una?|mi|la|el)"
    r" (?P<purpose>[^,.?!:]{2,60})[,:] |[,;] for (?:my|our|a) (?P<end>[^,.?!]{2,60})$",
    re.IGNORECASE,
)
"""What somebody says a question is for, before it or behind it: `for the board deck, how many …`."""

PEOPLE = re.compile(
    r"\b(?:i|i'm|im|i've|i'd|we|we're|we've|my|our|he|she|they|someone|somebody|everyone|everybody|people|boss|ich|wir"
    r"|mein|meine|unser|unsere|yo|mi|estoy|nuestro|somos|я|мы|мой|наш|у меня|у нас|нам|мне)\b|[我你他她]们?",
    re.IGNORECASE,
)
"""Words of a sentence that tells of people, and not of which models are meant."""

RESTRICTS = (
    "neg",
    "only",
    "except",
    "since",
    "until",
    "day",
    "number",
    "year",
    "top",
    "load",
    "use",
    "digest_on",
    "licences",
    "copies",
)
"""What may restrict what is asked though it is said in a sentence before."""

NARROWS = ("task", "definition", "month", "weekday", "period", "short_quarter")
"""What narrows in a reason, where a sentence about people only tells what they do."""

MOST = 4
"""Sentences of a text at most that are looked at one by one."""


def find_reasons(typed: str) -> list[str]:
    """Give the clauses that may only say why somebody asks."""
    return [found["reason"] for found in REASON.finditer(typed)]


def find_purposes(typed: str) -> list[str]:
    """Give what may only be what somebody asks for the sake of; where it names what is ours it may be what is asked."""
    return [found["purpose"] or found["end"] for found in PURPOSE.finditer(typed)]


def is_mere_purpose(purpose: Sentence) -> bool:
    """Tell whether what it is asked for names and restricts nothing of ours."""
    return is_mere_reason(purpose) and not purpose.is_ours


def is_mere_reason(reason: Sentence) -> bool:
    """Tell whether a clause restricts nothing, as `since we began in 2020`, `because we use apache alone` do."""
    return not reason.has(*RESTRICTS, *NARROWS)


def find_alone(typed: str) -> Iterator[tuple[str, list[str]]]:
    """Give what may be asked without what is said beside it: without a reason, or one sentence of several."""
    bare = PURPOSE.sub("", REASON.sub("", typed)).strip(" ,;-")
    if bare and bare != typed:
        yield bare, []
    said = [one.strip() for one in ENDS.split(bare) if one.strip(" .?!")]
    if 1 < len(said) <= MOST:
        yield from ((one, said[:at] + said[at + 1 :]) for at, one in enumerate(said))


def tells_of_people(said: str) -> bool:
    """Tell whether a sentence speaks of whoever asks, or of others."""
    return PEOPLE.search(said) is not None


def is_aside(said: str, sentence: Sentence) -> bool:
    """Tell whether a sentence tells of people alone: it names nothing of ours, and restricts nothing."""
    return tells_of_people(said) and not sentence.is_ours and not sentence.has(*RESTRICTS)
