"""
What people say of marks -> the condition: `PyTorch drops below 80 % of the top 100`.

Which list is meant, and on which side, is never guessed. Pure.
"""

import re
from fractions import Fraction
from math import ceil, floor

from analytics.alerts.alert_nouns import A_FRAMEWORK, ENDS, LONGEST, UnclearAlert, list_of, name_framework, read_top
from analytics.alerts.mark_rules import OF_SHARES, CountMark, ShareMark, Side, may_be_crossed
from analytics.domain.wording import count, in_percent

RISING = r"rises?|climbs?|grows?|jumps?|increases?|goes up|gets?|comes?|moves? up"
FALLING = r"drops?|falls?|sinks?|slips?|dips?|shrinks?|decreases?|declines?|goes down|moves? down"
STANDING = r"is|are|goes|has|comes|appears?|makes? up|accounts? for|stands?"
REACHES, PASSES, CROSSES = r"reach(?:es)?|hits?", r"pass(?:es)?|exceeds?|tops?|beats?", r"cross(?:es)?"
SIDES = {
    Side.FEWER: r"(?:to )?(?:below|under|beneath|less than|fewer than|lower than)",
    Side.MORE: r"(?:to )?(?:above|over|beyond|past|more than|greater than|higher than)",
    Side.AT_LEAST: r"at least|no (?:less|fewer) than|up to",
    Side.AT_MOST: r"at most|no more than|down to|only",
}
SIDE = "|".join(SIDES.values())
WAY = (
    rf"(?P<way>(?:{RISING}|{FALLING}|{STANDING})(?: in| at| to)?(?: (?:{SIDE}))?|{REACHES}|{PASSES}|{CROSSES})"
    r"(?: the)?(?: mark of)?"
)
OWNER = rf"(?:the )?(?:share of {A_FRAMEWORK}|(?P<whose>[\w.+-]+?)(?:(?:['’]s|s['’])? share)?)"
PERCENT = r"(?P<mark>[^\s%]+?) ?(?:%|percent|per cent|pp|(?:percentage )?points?)"

SHARE = re.compile(
    rf"{OWNER}(?: {list_of('before')})? {WAY} {PERCENT}(?: (?:mark|share))?(?: {list_of('after')})?[.!]?", re.IGNORECASE
)
MODELS = r"(?: models?)?"
MARK = r"(?P<mark>[+-]?\d[^\s%]*)"
IN_IT = rf"(?:are|is|come in|have)(?: in)? {A_FRAMEWORK}(?: models?)?"
COUNTS = (
    rf"{A_FRAMEWORK}(?: models?)? {WAY} {MARK}{MODELS} {list_of('after')}",
    rf"(?:there are )?(?P<way>{SIDE}) {MARK}{MODELS} {list_of('after')} {IN_IT}",
    rf"(?:there are )?(?P<way>{SIDE}) {MARK} {A_FRAMEWORK} models?(?: are)? {list_of('after')}",
    rf"{A_FRAMEWORK} has (?P<way>{SIDE}) {MARK} models? {list_of('after')}",
    rf"the number of {A_FRAMEWORK} models {list_of('before')} {WAY} {MARK}{MODELS}",
)
COUNT = tuple(re.compile(f"{pattern}{ENDS}", re.IGNORECASE) for pattern in COUNTS)

NO_LIST = (
    "Of which models? Say the list, or all models, such as “alert when {}'s share of the top 100 is below 80 %”. "
    "Nothing was set."
)
NO_SIDE = "Above or below it? Say which, such as “is below 80 %” or “is in more than 5”. Nothing was set."
MOST_PERCENT = 100


def read_share_mark(found: re.Match[str]) -> ShareMark:
    """Make the condition of a share. Raises UnclearAlert."""
    framework = name_framework(found["framework"] or found["whose"])
    n = _find_list(found)
    if n == 0:
        raise UnclearAlert(NO_LIST.format(framework))
    side, said = _side(found["way"]), found["mark"]
    mark = Fraction(said) if re.fullmatch(r"-?\d{1,3}(\.\d{1,3})?", said, re.ASCII) else None
    if mark is None:
        raise UnclearAlert(f"“{said[:LONGEST]}” is no number of percent, such as 80 or 2.5. Nothing was set.")
    if not may_be_crossed(side, mark, MOST_PERCENT):
        raise UnclearAlert(
            f"A share lies between 0 and {in_percent(MOST_PERCENT)}: “{OF_SHARES[side]} {said[:LONGEST]}” is so always "
            "or never. Nothing was set."
        )
    return ShareMark(framework, n, side, mark)


def read_count_mark(found: re.Match[str]) -> CountMark:
    """Make the condition of a number of models. Raises UnclearAlert."""
    framework, n = name_framework(found["framework"]), _find_list(found)
    if not n:
        raise UnclearAlert(NO_LIST.format(framework))
    side, said = _side(found["way"]), found["mark"]
    if re.fullmatch(r"\d{1,4}\.\d{1,3}", said, re.ASCII) and may_be_crossed(side, Fraction(said), n):
        raise UnclearAlert(_explain_whole(side, Fraction(said), said))
    mark = int(said) if re.fullmatch(r"-?\d{1,4}", said, re.ASCII) else None
    if mark is None:
        raise UnclearAlert(
            f"Models are counted whole, so “{said[:LONGEST]}” is no mark; say such as “{side} {_whole(said, n)} of the "
            f"top {n}”. Nothing was set."
        )
    if not may_be_crossed(side, mark, n):
        raise UnclearAlert(
            f"Of the top {n} there are 0 to {count(n, 'model')}; “{side} {said[:LONGEST]}” is so always or never. "
            "Nothing was set."
        )
    return CountMark(framework, n, side, mark)


def _explain_whole(side: Side, mark: Fraction, said: str) -> str:
    """Say which whole number is meant by a mark between two."""
    is_more = side in (Side.MORE, Side.AT_LEAST)
    whole = f"{Side.AT_LEAST} {ceil(mark)}" if is_more else f"{Side.AT_MOST} {floor(mark)}"
    return f"Models are counted whole, and “{side} {said}” lies between two numbers; write “{whole}”. Nothing was set."


def _whole(said: str, n: int) -> int:
    """Give the whole number of models nearest below what was said, within a list; half of it where none was."""
    number = re.match(r"\d{1,4}", said)
    return min(int(number[0]), n - 1) if number else n // 2


def _find_list(found: re.Match[str]) -> int | None:
    """Give the length of the list, None for all models, 0 where none is named."""
    named = found.groupdict()
    number = named.get("n_before") or named.get("n_after")
    if number:
        return read_top(number)
    return None if named.get("all_before") or named.get("all_after") else 0


def _side(way: str) -> Side:
    """Read on which side it fires. Raises UnclearAlert where that is not said."""
    said = " ".join(way.casefold().split())
    for side, pattern in SIDES.items():
        if re.search(rf"\b(?:{pattern})$", said):
            return side
    if re.fullmatch(REACHES, said) or re.fullmatch(rf"(?:{RISING}) (?:to|at)", said):
        return Side.AT_LEAST
    if re.fullmatch(rf"(?:{FALLING}) to", said):
        return Side.AT_MOST
    if re.fullmatch(PASSES, said):
        return Side.MORE
    raise UnclearAlert(NO_SIDE)
