"""
Several questions in one sentence: `top30 and totals`, `how many models are in jax? And what is new?`.

One question is answered at a time. Each part that is a question by itself is given, so that none is dropped; where a
part is none (`pytorch and tensorflow totals`), it is one question. Pure.
"""

import re
from collections.abc import Iterator

from analytics.grammar import lexicon

JOINT = re.compile(
    r"(?:[;&+,、，；。？！]|[.?!](?=\s))[\s,;]{0,4}(?:(?:and|then|also|und|dann|y|luego|и|потом|затем)\s{1,3}){0,3}"
    r"|\s(?:and|or|vs|versus|then|also|plus|as well as|followed by|after that|und|oder|dann|sowie|y|o|luego|además|и"
    r"|или|потом|затем|а также)\s"
    r"(?:(?:then|also|after that|the|dann|auch|luego|también|потом|также)\s){0,2}"
    r"|以及|还有|还是|然后|再看|和|与|跟|/",
    re.IGNORECASE,
)
"""What stands between two questions."""

FIRST = re.compile(r"(?:^|\s)\(?(?:1|a|i)[.)]\s(?=.{2,200}?\s\(?(?:2|b|ii)[.)]\s)", re.IGNORECASE)
NEXT = re.compile(r"(?:[\s,;]{1,3}(?:and|und|y|и))?[\s,;]{1,3}\(?(?:[2-4]|[b-d]|iii?|iv)[.)]\s{1,3}", re.IGNORECASE)
"""What numbers the first of several questions, and the others."""

MOST = 4
"""Parts at most: what has more is a list of names, or a story."""


COMMAS = ",，、"


def is_comma(joint: str) -> bool:
    """Tell whether only a comma parts what stands around it; what follows it may as well tell more of the question."""
    return joint.strip() in COMMAS


def find_parts(typed: str) -> Iterator[tuple[tuple[str, ...], bool]]:
    """
    Give the ways to part a text at its joints, all of them first, then each by itself; none where there are none.

    Each with whether only commas part it. What is numbered, `1) totals 2) papers`, is parted at its numbers.
    """
    if first := FIRST.search(typed):
        typed = NEXT.sub("; ", typed[first.end() :])
    joints = [joint for joint in JOINT.finditer(typed) if _joins(typed[: joint.start()], joint, typed[joint.end() :])]
    if not 0 < len(joints) < MOST:
        return
    if len(joints) > 1:
        ends = [0, *(joint.end() for joint in joints)], [*(joint.start() for joint in joints), len(typed)]
        parts = tuple(typed[start:end].strip() for start, end in zip(*ends, strict=True))
        yield parts, any(is_comma(joint.group()) for joint in joints)
    for joint in joints:
        yield (typed[: joint.start()].strip(), typed[joint.end() :].strip()), is_comma(joint.group())


def _joins(before: str, joint: re.Match[str], after: str) -> bool:
    """Tell whether something stands on both sides; of a slash, which is in ids too, words that ask alone."""
    if not before.strip() or not after.strip():
        return False
    return joint.group() != SLASH or lexicon.ask_alone((before.rsplit(maxsplit=1)[-1], after.split(maxsplit=1)[0]))


SLASH = "/"
