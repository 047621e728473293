"""
Sentences of what the grammar of questions has no words for: a monthly digest, one more, one by its name. Pure.

`send us a monthly digest on the 1st at 9` -> the words after `digest`. They are read there, and what is not understood
whole is asked back; a sentence that says no more than weekly is left to the grammar.
"""

import re

from analytics.digest_words.naming_words import OTHERS
from analytics.digest_words.parsing import ACTIONS, SYNONYMS

SPEAKS = re.compile(
    r"\b(?:monthly|months?|month-end|named|called|second|another|third|extra|\d{1,2}(?:st|nd|rd|th)"
    r"|(?:first|fourth|last) (?:\w+day|mon|tue|wed|thu|fri|sat|sun))\b",
    re.IGNORECASE,
)
"""What the grammar does not know of digests."""

LEAD = (
    r"(?:(?:please|hi|hello|hey|can|could|would|you|we|i|i'd|we'd|like|want|need|to|let's|have|us|me|set|up|send|give|make"
    r"|start|post|schedule|create|add|get|subscribe|for|this|channel|here|in|a|an|the|one|our|my)[ ,]+)*"
)
ENDING = {"stop": "off", "end": "off", "cancel": "off", "pause": "pause", "resume": "resume", "show": "list"}
WISH = re.compile(
    rf"{LEAD}(?:(?P<which>second|another|third|extra) )?"
    r"(?:(?:weekly )?digests?|(?P<span>monthly) (?:digest|summary|report|update|newsletter))"
    r"(?: for (?:us|this channel))?(?: (?P<rest>.*))?",
    re.IGNORECASE,
)
NAMED = re.compile(
    rf"(?:please )?(?P<verb>{'|'.join(ENDING)}) (?:the |our )?digest (?P<rest>(?:named|called) .*)", re.IGNORECASE
)


def read_wish(words: str) -> list[str] | None:
    """Give the words after `digest` that a sentence stands for; None where it asks for nothing of the kind."""
    if not SPEAKS.search(words):
        return None
    if ended := NAMED.fullmatch(words):
        return [ENDING[ended["verb"].casefold()], *ended["rest"].split()]
    wish = WISH.fullmatch(words)
    return _read_new(wish) if wish else None


def _read_new(wish: re.Match[str]) -> list[str] | None:
    """Read what is to be set up; None for words of the digest's own, which say best themselves what is wrong."""
    rest = (wish["rest"] or "").split()
    first = rest[0].casefold() if rest else ""
    if first in OTHERS:
        return rest
    if wish["which"] and not {"named", "called"} & {word.casefold() for word in rest}:
        return [wish["which"].casefold()]
    is_own = SYNONYMS.get(first, first) in ACTIONS and first != "on"
    return None if is_own else ["on", *filter(None, [wish["span"]]), *rest]
