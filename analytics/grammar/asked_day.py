"""
The day that a question is asked about: `top30 on 2024-09-20`, `totals as of 20 September 2024`.

It is what `--as-of` says in a terminal: what was known then answers, to the last second of the day. Pure: today is
handed in.
"""

import datetime as dt
import re
from dataclasses import dataclass, replace
from itertools import pairwise

from analytics.domain.requests import Changes, New, Request, Why
from analytics.domain.wording import iso, iso_day
from analytics.grammar import lexicon
from analytics.grammar.interpretation import Intent
from analytics.grammar.number_words import AT
from analytics.grammar.pieces import EACH, Piece, Sentence
from analytics.grammar.understood import Understood

WRITTEN = re.compile(
    r"\s(?:on|as[- ]of|--as-of)[\s=]{1,3}((?:19|20)\d\d-\d\d-\d\d(?:T[\d:.+Z-]{4,24})?)$", re.IGNORECASE
)
END_OF_DAY = dt.time(23, 59, 59)
LONGEST_DAY = len("2024-09-20")

CSV = " as csv"
AS_OF = ("as of", "as-of")


@dataclass(frozen=True, slots=True)
class AskedDay:
    """A day in the past, and the moment up to which what is stored counts."""

    moment: dt.datetime
    written: str

    @classmethod
    def of(cls, moment: dt.datetime) -> "AskedDay":
        """Name a moment as it is typed: the end of a day by the day."""
        is_day = moment.time() == END_OF_DAY
        return cls(moment, iso_day(moment) if is_day else iso(moment))

    @classmethod
    def of_day(cls, day: str) -> "AskedDay | None":
        """Give a day as it is written; None where it is none."""
        return _read(day)

    def is_to_come(self, today: dt.date) -> bool:
        """Tell whether the day is still to come."""
        return self.moment.date() > today

    @property
    def words(self) -> str:
        """The words that stand behind those of the question."""
        return f" on {self.written}"


def take_off(typed: str) -> tuple[str, AskedDay | None]:
    """Part canonical words from the day behind them."""
    match = WRITTEN.search(typed)
    asked = _read(match[1]) if match else None
    return (typed[: match.start()].rstrip(), asked) if match and asked else (typed, None)


def _read(written: str) -> AskedDay | None:
    try:
        moment = dt.datetime.fromisoformat(written)
    except ValueError:
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)
    is_day = len(written) <= LONGEST_DAY
    more = dt.timedelta(days=1, seconds=-1) if is_day else dt.timedelta(seconds=1, microseconds=-1)
    return AskedDay(moment + more, written)


def find_day(sentence: Sentence) -> AskedDay | None:
    """Give the one day that a sentence names; none where it is a stretch, a beginning or an end."""
    if recurs(sentence):
        return None
    if (past := _find_past(sentence)) is not None:
        return past
    days = [piece for piece in sentence.pieces if piece.may_be("day")]
    marks = [piece for piece in sentence.pieces if piece.may_be("since", "until", "changes")]
    if len(days) != 1 or not _is_one_day(days[0]) or any(piece.text.casefold() not in AS_OF for piece in marks):
        return None
    return _read(days[0].concepts["day"])


WHICH_DAY = "A list is of one day."
"""What is said where a stretch of days is named."""

WAS = ("was", "were", "war", "waren", "era", "eran", "fue", "fueron", "был", "была", "были", "was the", "were the")
"""Words that ask how it stood: `what was number one last week`."""


def _find_past(sentence: Sentence) -> AskedDay | None:
    """Give the day that a past week stands for where it is asked how a list stood then: the one it begins with."""
    days = [piece for piece in sentence.pieces if piece.may_be("day")]
    asks = sentence.has("top") and any(piece.text.casefold() in WAS for piece in sentence.pieces)
    if not asks or len(days) != 1 or not days[0].may_be("span") or sentence.has("since", "new", "changes", "until"):
        return None
    return _read(days[0].concepts["day"])


def _is_one_day(piece: Piece) -> bool:
    """Tell whether one day is meant: neither the last week nor a whole month."""
    return not piece.may_be("span", "week", "today", "month_end")


PLURAL = ("s", "ам")
"""How a weekday ends that means each of them: `on mondays`, `по понедельникам`; Spanish `lunes` is one or all."""


def recurs(sentence: Sentence) -> bool:
    """Tell whether each such day is meant, and no day that is over: `every monday`, `on mondays`."""
    each = any(one.text.casefold() in EACH and two.may_be("weekday") for one, two in pairwise(sentence.pieces))
    days = [piece.text.casefold() for piece in sentence.pieces if piece.may_be("weekday") and piece.may_be("day")]
    return each or any(day.endswith(PLURAL) and day not in ONE_OR_ALL for day in days)


ONE_OR_ALL = ("lunes", "martes", "miércoles", "jueves", "viernes", "tues", "thurs")


def part_rhythm(sentence: Sentence) -> tuple[Sentence, Sentence]:
    """Part what says how often and when, days, times and zones, from the rest: first the rhythm, then the question."""
    day = sentence.place("weekday") or 0
    pieces = sentence.pieces
    times = {
        at
        for at, piece in enumerate(pieces)
        if piece.may_be("weekday", "weekly", "zone")
        or (piece.may_be("clock") and (at > day or (at and pieces[at - 1].text.casefold() in AT)))
    }
    rhythm = tuple(piece for at, piece in enumerate(pieces) if at in times)
    rest = tuple(piece for at, piece in enumerate(pieces) if at not in times)
    return replace(sentence, pieces=rhythm), replace(sentence, pieces=rest)


AHEAD = ("in", "en", "через", "dentro de", "binnen")
"""What stands before a stretch that is still to come, where it is a bare number of them."""


def lies_ahead(sentence: Sentence) -> bool:
    """Tell whether a stretch is one to come, `in 2 years`; `in the last 2 years` and `2 years ago` are over."""
    return any(
        two.may_be("span") and (one.text.casefold() in AHEAD) and _begins_with_number(two)
        for one, two in pairwise(sentence.pieces)
    ) or any(one.may_be("span") and two.may_be("from") for one, two in pairwise(sentence.pieces))


def _begins_with_number(piece: Piece) -> bool:
    first = piece.text.casefold().split()[0]
    return first[0].isdigit() or "number" in lexicon.phrases().get(first, {})


def find_days(sentence: Sentence) -> tuple[AskedDay, ...]:
    """Give the days that a stretch may stand for where a list is asked for that is of one day: its ends."""
    days = [piece for piece in sentence.pieces if piece.may_be("span", "month_end")]
    if (
        len(days) != 1
        or lies_ahead(sentence)
        or not sentence.has("top", "measure")
        or sentence.has("since", "new", "changes", "until", "compare")
    ):
        return ()
    ends = (days[0].concepts[end] for end in ("day", "month_end") if end in days[0].concepts)
    return tuple(day for end in ends if (day := _read(end)))


def has_days(request: Request | None) -> bool:
    """Tell whether what was known on a day can answer it: no fact, and nothing that has a day of its own."""
    return request is not None and not isinstance(request, Changes | New | Why)


def take_beside(sentence: Sentence) -> Sentence:
    """Give the sentence without its day, and without the words that only go with it."""
    rest = tuple(
        piece for piece in sentence.pieces if not piece.may_be("day", "looks") and piece.text.casefold() not in AS_OF
    )
    return replace(sentence, pieces=rest)


def refuse_to_come(told: Understood, today: dt.date) -> Understood:
    """Refuse a question since a day that is still to come; any other stays as it is."""
    request = told.request
    if not isinstance(request, Changes | New) or (request.since or "") <= iso_day(today):
        return told
    return _say_to_come(told, str(request.since), replace(request, since=None).words, today)


def _say_to_come(told: Understood, day: str, offered: str, today: dt.date) -> Understood:
    problem = f"{day} is still to come. What is stored goes up to today, {iso_day(today)}."
    return Understood(Intent.UNCLEAR, None, (offered,), problem=problem, typed=told.typed)


def put(told: Understood, asked: AskedDay, today: dt.date, typed: str) -> Understood:
    """Ask it of what was known on a day; a day to come is refused. `typed` are canonical words, if such were typed."""
    words = told.words or ""
    if asked.is_to_come(today):
        return _say_to_come(told, asked.written, words, today)
    bare = words.removesuffix(CSV)
    differs = not typed or (told.differs and typed.casefold() != bare.casefold())
    written = bare + asked.words + words[len(bare) :]
    return replace(told, words=written, also=(words,), as_of=asked.moment, differs=differs)
