"""`papers archive 2021Q4 official per paper`, `official pytorch` and `changes since 2026-11-16`."""

import datetime as dt
import re
from dataclasses import replace

from analytics.domain.requests import OVERLAP, PAPER_SOURCES, Changes, Official, Papers
from analytics.domain.wording import iso
from analytics.grammar.cleaning import NotUnderstood, say_no_day, short

FILLERS = {
    "by",
    "code",
    "collections",
    "collection",
    "framework",
    "implementations",
    "in",
    "models",
    "only",
    "the",
    "with",
}
SOURCES = {
    **{word: word for word in (*PAPER_SOURCES, OVERLAP)},
    **dict.fromkeys(("live", "catalogue", "new", "b"), "successor"),
    **dict.fromkeys(("a", "old"), "archive"),
    **dict.fromkeys(("c",), "hub"),
    **dict.fromkeys(("overlaps", "overlapping"), OVERLAP),
}
"""What people call the sources of papers; `a`, `b` and `c` were their letters."""
UNITS = {
    "pair": "pair",
    "pairs": "pair",
    "repository": "repository",
    "repositories": "repository",
    "repo": "repository",
    "paper": "paper",
    "papers": "paper",
}
CAMPS = {"pytorch": "pytorch", "torch": "pytorch", "pt": "pytorch", "tensorflow": "tensorflow", "tf": "tensorflow"}
YEAR = re.compile(r"(?:19|20)\d\d")
QUARTER = re.compile(r"((?:19|20)\d\d)[-/ ]?q([1-4])")
QUARTER_FIRST = re.compile(r"q([1-4])[-/ ]?((?:19|20)\d\d)")


def papers(words: list[str]) -> Papers:
    """Read source, quarter or year, unit and whether only the authors' own code counts, in any order."""
    quarter, official, per, source = None, False, "pair", ""
    rest = [word.casefold() for word in words if word.casefold() not in FILLERS]
    while rest:
        word, rest = rest[0], rest[1:]
        if (found := _quarter(word, rest)) is not None:
            if quarter and found[0] != quarter:
                problem = f"One quarter or year can be asked at a time, and {quarter} and {found[0]} came."
                raise NotUnderstood(problem, "papers", f"papers {quarter}", f"papers {found[0]}", field="quarter")
            quarter, rest = found
        elif word == "official":
            official = True
        elif word == "per" and rest and rest[0] in UNITS:
            per, rest = UNITS[rest[0]], rest[1:]
        elif word in SOURCES and not source:
            source = SOURCES[word]
        elif word in SOURCES:
            problem = (
                f"“papers” takes one source; {source} and {SOURCES[word]} came. Two stand side by side in “overlap”."
            )
            raise NotUnderstood(problem, "papers overlap", f"papers {source}", field="source")
        else:
            problem = (
                f"I do not know the word “{short(word)}” after “papers”; a quarter is written 2021Q4, a year 2021."
            )
            field = "quarter" if word[0].isdecimal() else ""
            raise NotUnderstood(problem, "papers", "papers 2021Q4", "papers official", field=field)
    request = Papers(quarter, official, per, source)
    if (official or per != "pair") and not request.is_of_archive:
        what = "the authors' own code" if official else "repositories and papers"
        instead = replace(request, source="archive").words
        raise NotUnderstood(f"Only the archive counts {what} apart, “{source}” does not.", instead, field="source")
    return request


def _quarter(word: str, rest: list[str]) -> tuple[str, list[str]] | None:
    """Read 2021Q4, Q4 2021, 2021-q4 and 2021 Q4; 2021 alone is the year."""
    for text, left in ((word, rest), (" ".join([word, *rest[:1]]), rest[1:])):
        if match := QUARTER.fullmatch(text):
            return f"{match[1]}Q{match[2]}", left
        if match := QUARTER_FIRST.fullmatch(text):
            return f"{match[2]}Q{match[1]}", left
    return (word, rest) if YEAR.fullmatch(word) else None


def official(words: list[str]) -> Official:
    """Read the camp, if one is named."""
    telling = [word.casefold() for word in words if word.casefold() not in FILLERS]
    if not telling:
        return Official()
    if len(telling) == 1 and telling[0] in CAMPS:
        return Official(CAMPS[telling[0]])
    problem = f"“official” takes pytorch or tensorflow, or nothing; “{short(' '.join(telling))}” is neither."
    raise NotUnderstood(problem, "official", "official pytorch", "official tensorflow", field="camp")


def changes(words: list[str]) -> Changes:
    """Read `since 2026-08-07 until 2026-08-14`, or the moments of lists, `since 2026-08-07T09:00:00Z`."""
    telling = [word for word in words if word.casefold() not in FILLERS | {"since", "last", "week", "this"}]
    at = next((place for place, word in enumerate(telling) if word.casefold() == "until"), len(telling))
    return Changes(_time(telling[:at], "since"), _time(telling[at + 1 :], "until"))


def _time(words: list[str], field: str) -> str | None:
    if not words:
        return None
    try:
        return _day_or_moment(" ".join(words))
    except ValueError:
        raise NotUnderstood(say_no_day("changes", " ".join(words)), "changes", field=field) from None


def _day_or_moment(text: str) -> str:
    """Give a day, or a moment in UTC to the second. Raises ValueError for what is neither, or names no zone."""
    if "t" not in text.casefold():
        return dt.date.fromisoformat(text).isoformat()
    moment = dt.datetime.fromisoformat(text.upper())
    if moment.tzinfo is None:
        raise ValueError(text)
    return iso(moment)
