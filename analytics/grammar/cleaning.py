"""What every question's grammar shares: cleaning what was typed, near words, and saying what is wrong."""

import datetime as dt
import difflib
import re
import unicodedata
from collections.abc import Sequence

REACH = "reach"
"""The word that sets what converts on load beside the files."""


class NotUnderstood(Exception):
    """
    What is wrong with a question, and whole questions that would work; raised by a rule, caught in `parse`.

    `field` is the field of the request that the wrong word was meant for, empty where no field can be told.
    """

    def __init__(self, problem: str, *suggestions: str, field: str = "") -> None:
        super().__init__(problem)
        self.problem = problem
        self.suggestions = suggestions
        self.field = field


LONGEST = 300
"""More characters than any question needs (an author name has at most 96)."""

LONGEST_TYPED = 2_000
"""
More characters than LONGEST ever takes before it is cleaned: each link is written twice, as address and label.

Longer text is refused by its length alone, before any pattern sees it: matching holds the whole process.
"""

MARKS = re.compile(r"[*_~`\"']+")
"""A run of marks of bold, italics, code and quotation: looked at once, not again from each of its characters."""


ODD = ("Cc", "Cf", "Zs", "Zl", "Zp")
"""Categories of controls and of spaces; of all in them only the plain space is printable."""

PLAIN = str.maketrans("“”„«»‘’‚′–—−", '""""' + '"' + "''''---")
"""Curly quotes and long dashes, and what stands for them on a keyboard."""


def clean(text: str) -> str:
    """Undo what editors and Slack do to words: odd spaces, curly quotes, bold marks, links, control characters."""
    text = re.sub(r"<([^<>|]*)\|([^<>]*)>", _link, text)
    text = re.sub(r"<(https?://[^<>|]*)>", r"\1", text)
    if not text.isprintable():  # most texts are, and need no look at each character
        text = "".join(" " if unicodedata.category(char) in ODD else char for char in text)
    text = text.translate(PLAIN)
    text = MARKS.sub(_unmark, text)
    return " ".join(text.split()).strip(" .,;:!?")


def _link(match: re.Match[str]) -> str:
    """Slack writes <https://address|label>; the address is exact, the label may be shortened."""
    target, label = match.groups()
    return target if target.startswith("http") else label


def _unmark(run: re.Match[str]) -> str:
    """Drop marks at the edge of a word; inside one keep what names have: underscores, or a single mark."""
    text, marks = run.string, run.group()
    before, after = text[max(0, run.start() - 1) : run.start()], text[run.end() : run.end() + 1]
    inside = before.isalnum() and after.isalnum()
    return marks if inside and (len(marks) == 1 or set(marks) == {"_"}) else ""


NUMBER_BEGINS = r"(?:(?<=top)|(?<![\w.,/:'+-]))"
NUMBER_ENDS = r"(?![\w/:'+-]|[.,]\d)"
GROUPED = re.compile(rf"{NUMBER_BEGINS}(\d{{1,3}}(?:([., '])\d{{3}})(?:\2\d{{3}}){{0,4}}){NUMBER_ENDS}", re.IGNORECASE)
"""A number in groups of three, parted everywhere by the same sign: `1,000`, `1.000`, `1 000`."""
THOUSANDS = re.compile(rf"{NUMBER_BEGINS}(\d{{1,3}})(?:[.,](\d))?k{NUMBER_ENDS}", re.IGNORECASE)
"""`1k`, `1.5k`."""
MILLIONS = re.compile(
    rf"{NUMBER_BEGINS}(\d{{1,3}})(?:[.,](\d))? ?"
    rf"(?:millions?|mio|millionen|millones|миллион(?:а|ов)?){NUMBER_ENDS}",
    re.IGNORECASE,
)
"""`2 million`, `2.5 mio`."""


def join_numbers(text: str) -> str:
    """Write numbers that stand alone as digits: `1,000`, `1.000`, `1 000` and `1k` are all 1000."""
    text = MILLIONS.sub(lambda match: str(int(match[1]) * 1_000_000 + int(match[2] or 0) * 100_000), text)
    text = GROUPED.sub(lambda match: re.sub(r"\D", "", match[1]), text)
    return THOUSANDS.sub(lambda match: str(int(match[1]) * 1000 + int(match[2] or 0) * 100), text)


YEAR = r"(?P<year>(?:19|20)\d\d)"
BEGINS, ENDS = r"(?<![\w.,/:+-])", r"(?![\w/:+-]|[.,]\d)"
DATES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{BEGINS}(?P<day>\d{{1,2}})\.(?P<month>\d{{1,2}})\.{YEAR}{ENDS}",
        rf"{BEGINS}{YEAR}[/.](?P<month>\d{{1,2}})[/.](?P<day>\d{{1,2}}){ENDS}",
        rf"{YEAR} ?年 ?(?P<month>\d{{1,2}}) ?月 ?(?P<day>\d{{1,2}}) ?[日号]",
        rf"{BEGINS}(?P<day>1[3-9]|2\d|3[01])[/-](?P<month>\d{{1,2}})[/-]{YEAR}{ENDS}",
        rf"{BEGINS}(?P<month>\d{{1,2}})[/-](?P<day>1[3-9]|2\d|3[01])[/-]{YEAR}{ENDS}",
    )
)
"""
Dates in figures: `20.11.2026`, `2026/11/20`, `2026年11月20日`, and with strokes where the day cannot be a month.

`11/12/2026` is another day on the other side of an ocean, and is left as it is.
"""


def join_dates(text: str) -> str:
    """Write dates in figures as 2026-11-20; what is no day of the calendar stays."""
    for pattern in DATES:
        text = pattern.sub(_as_iso, text)
    return text


def _as_iso(match: re.Match[str]) -> str:
    try:
        day = dt.date(*(int(match[part]) for part in ("year", "month", "day")))
    except ValueError:
        return match.group()
    return day.isoformat() if match.group().isascii() else f"{day.isoformat()} "


def nearest(word: str, words: Sequence[str], most: int = 1) -> tuple[str, ...]:
    """Give the words most like a mistyped one, best first; none when nothing is close."""
    return tuple(difflib.get_close_matches(word.casefold(), words, n=most, cutoff=0.6))


TO_COME = ("tomorrow", "next", "coming")
"""What a day begins with that is still to come."""


def say_no_day(option: str, said: str) -> str:
    """Say why words after an option are no day that things are told since."""
    if said.casefold().partition(" ")[0] in TO_COME:
        return f"“{short(said)}” has not come yet, so nothing can be told since then. A day is written 2026-11-16."
    return f"“{option}” takes a day such as 2026-11-16; “{short(said)}” is not one."


QUOTED = 40
"""How much of a wrong word is quoted back."""


def short(text: str) -> str:
    """Shorten a wrong word for quoting it back."""
    return text if len(text) <= QUOTED else text[: QUOTED - 1] + "…"
