"""Days in words: `last monday`, `1 November`, `two weeks ago`, `seit Montag` -> a day. Pure: today is handed in."""

import datetime as dt
import re
from collections.abc import Iterator, Sequence

from analytics.domain.wording import iso_day
from analytics.grammar.pieces import Piece

WEEK = 7
DAYS = {"day": 1, "week": WEEK, "month": 30, "quarter": 91, "year": 365}
"""Days of a period as people mean it who say `in the last month`."""

LAST_DAY = 31
SHORT_YEAR = re.compile(r"\d\d")
DAY_AND_MONTH = re.compile(r"(\d{1,2})\.(\d{1,2})\.?|(1[3-9]|2\d|3[01])/(\d{1,2})|(\d{1,2})/(1[3-9]|2\d|3[01])")
"""`20.11.` and, where one of the two can be no month, `20/11` and `11/20`."""

ARTICLES = ("the", "dem", "el")
"""What may stand between `since` and a day."""

ORDINAL = re.compile(r"\d{1,2}(?:st|nd|rd|th)")

ONE_DAY = {"one_day": ""}
"""The mark of a day that is named by itself, and not as the beginning of a stretch."""

FIRST = Piece("first", {"number": "1"})
OF = ("of", "in", "de", "del", "of the year", "года", "от", "年")
"""What may stand between a day and its month, or a quarter and its year."""


def find_dates(pieces: Sequence[Piece], today: dt.date) -> Iterator[Piece]:
    """Give the pieces, with those that say a day together made one."""
    at = 0
    while at < len(pieces):
        # The number of `top 30 september 20` is no day.
        is_number = at > 0 and pieces[at - 1].text.casefold() in ("top", "топ")
        ahead = pieces[at : at + 4]
        whole = _month_before(ahead, today) if not _is_of_days(pieces[:at]) else None
        found = None if is_number else whole or _find(ahead, today)
        if found is None:
            yield pieces[at]
            at += 1
            continue
        concepts, taken = found
        yield Piece(" ".join(piece.text for piece in pieces[at : at + taken]), concepts)
        at += taken


Found = tuple[dict[str, str], int]


def _find(ahead: Sequence[Piece], today: dt.date) -> Found | None:
    """Find a day that begins here, with how many pieces it takes."""
    if len(ahead) > 2 and ahead[1].text.casefold() in OF:  # noqa: PLR2004 - `1st of november`, `third quarter of 2021`
        beside = (FIRST if ahead[0].text.casefold() == "first" else ahead[0], *ahead[2:])
        is_in = ahead[1].text.casefold() == "in"  # `top 30 in november` is no day
        if found := (None if is_in else _calendar_day(beside, today)) or _quarter(beside, today):
            return found[0], found[1] + 1
    for read in (_month_and_day, _since_figures, _since_ordinal, _quarter, _calendar_day, _relative, _back, _weekday):
        if found := read(ahead, today):
            return found
    return None


def _value(ahead: Sequence[Piece], at: int, concept: str) -> str | None:
    return ahead[at].concepts.get(concept) if at < len(ahead) else None


def _quarter(ahead: Sequence[Piece], today: dt.date) -> Found | None:
    """Read `Q4 2021`, `2021 Q4` and `Q4 21`."""
    for quarter, year in ((0, 1), (1, 0)):
        number, when = _value(ahead, quarter, "short_quarter"), _value(ahead, year, "year")
        if number and (when := when or _short_year(ahead, year, today)):
            return {"quarter": f"{when}Q{number}"}, 2
    return None


def _short_year(ahead: Sequence[Piece], at: int, today: dt.date) -> str | None:
    """Read the `21` of `q4 21` as a year that has begun."""
    number = _value(ahead, at, "number")
    is_short = number is not None and SHORT_YEAR.fullmatch(ahead[at].text)
    return f"20{number}" if is_short and 2000 + int(number or 0) <= today.year else None


def _calendar_day(ahead: Sequence[Piece], today: dt.date) -> Found | None:
    """Read `1 november`, `nov 1 2026`, `november`: the last one that has been; `30 february` is a day of none."""
    for month_at, day_at, taken in ((1, 0, 2), (0, 1, 2), (0, None, 1)):
        month, number = _value(ahead, month_at, "month"), _value(ahead, day_at, "number") if day_at is not None else "1"
        if not month or not number or not 1 <= int(number) <= LAST_DAY:
            continue
        year = _value(ahead, taken, "year")
        day = _make_day(int(year) if year else today.year, int(month), int(number))
        if day and not year and day > today:
            day = _make_day(today.year - 1, int(month), int(number))
        if not day:
            return {"no_day": ""}, taken + bool(year)  # nobody reads it: it is named and not taken for another day
        whole = _whole_month(day, today) if day_at is None else ONE_DAY
        return {"day": iso_day(day), "month": month, **whole}, taken + bool(year)
    return None


def _whole_month(day: dt.date, today: dt.date) -> dict[str, str]:
    """Give the end of the month that begins so, and whether it is over."""
    is_over = (day.year, day.month) < (today.year, today.month)
    return {"month_end": iso_day(_end_of_month(day, today)), **({"month_over": ""} if is_over else {})}


def _end_of_month(day: dt.date, today: dt.date) -> dt.date:
    """Give the last day of a month that has been."""
    after = (day.replace(day=1) + dt.timedelta(days=LAST_DAY + 1)).replace(day=1)
    return min(after - dt.timedelta(days=1), max(today, day))


def _since_ordinal(ahead: Sequence[Piece], today: dt.date) -> Found | None:
    """Read `since the 1st`: of this month, or of the last if it is still to come."""
    at = 2 if len(ahead) > 1 and ahead[1].text.casefold() in ARTICLES else 1
    number = _value(ahead, at, "number")
    if not number or not ahead[0].may_be("since") or not ORDINAL.fullmatch(ahead[at].text.casefold()):
        return None
    of_month = at + 1 < len(ahead) and ahead[at + 1].text.casefold() in OF  # `since the 20th of november`
    if of_month or _value(ahead, at + 1, "month") or not 1 <= int(number) <= LAST_DAY:
        return None
    months = (today, today.replace(day=1) - dt.timedelta(days=1))
    days = (_make_day(one.year, one.month, int(number)) for one in months)
    day = next((day for day in days if day and day <= today), None)
    return ({"since": "", "day": iso_day(day)}, at + 1) if day else None


def _month_and_day(ahead: Sequence[Piece], today: dt.date) -> Found | None:
    """Read `11月5日`, whose month is a number: eleven months are another thing."""
    if len(ahead) < len(("11", "月", "5", "日")) or ahead[1].text != "月" or ahead[3].text not in ("日", "号"):
        return None
    month, number = _value(ahead, 0, "number"), _value(ahead, 2, "number")
    if not month or not number:
        return None
    found = _last_of(today, int(number), int(month))
    return {"day": iso_day(found)} if found else {"no_day": ""}, 4


def _last_of(today: dt.date, day: int, month: int) -> dt.date | None:
    """Give the last day of this number and month that has been; None where there is none."""
    found = _make_day(today.year, month, day)
    return _make_day(today.year - 1, month, day) if found is None or found > today else found


def _since_figures(ahead: Sequence[Piece], today: dt.date) -> Found | None:
    """Read `since 20.11.`, the last one that has been; without the word before it may be a version, or a time."""
    mark = next((name for name in ("since", "until", "from") if ahead[0].may_be(name)), None)
    at = 2 if len(ahead) > 1 and ahead[1].text.casefold() in ARTICLES else 1
    match = DAY_AND_MONTH.fullmatch(ahead[at].text) if mark and len(ahead) > at else None
    if not mark or match is None:
        return None
    day, month = (int(match[dotted] or match[first] or match[last]) for dotted, first, last in ((1, 3, 6), (2, 4, 5)))
    found = _last_of(today, day, month)
    return ({mark: "", "day": iso_day(found)} if found else {"no_day": ""}, at + 1)


def _make_day(year: int, month: int, number: int) -> dt.date | None:
    try:
        return dt.date(year, month, number)
    except ValueError:
        return None


def _relative(ahead: Sequence[Piece], today: dt.date) -> Found | None:
    """Read `yesterday`, `last monday`, `this week`, `last 3 months`; a bare `last` says nothing."""
    word = _value(ahead, 0, "relative")
    if word == "here":  # `hier`, which is German, or French for yesterday
        others = {name: value for name, value in ahead[0].concepts.items() if name != "relative"}
        return {**others, "here_or_yesterday": iso_day(today - dt.timedelta(days=1))}, 1
    if word in ("today", "yesterday"):
        day = iso_day(today - dt.timedelta(days=int(word == "yesterday")))
        return {"day": day, "relative": word, **({"today": ""} if word == "today" else {})}, 1
    if word not in ("last", "this"):
        return None
    if (weekday := _value(ahead, 1, "weekday")) is not None:
        return {"day": iso_day(_last(today, int(weekday))), **ONE_DAY}, 2
    number = _value(ahead, 1, "number")
    if period := _value(ahead, 2 if number else 1, "period"):
        if number is None and ahead[1].text.casefold() in SOME_DAYS:
            period = "week"
        count = int(number or 1)
        span = {"week": "1"} if period == "week" and count == 1 else {}
        span |= {"quarter_span": ""} if period == "quarter" else {}
        begun = _first_day(today, period) if word == "this" and number is None else None
        since = begun or _days_back(today, count * DAYS[period])
        return {"day": iso_day(since), **_span(count * DAYS[period]), **span}, (3 if number else 2)
    return None


def _first_day(today: dt.date, period: str) -> dt.date | None:
    """Give the day on which this month, quarter or year began; a week is told as seven days."""
    month = {"month": today.month, "quarter": (today.month - 1) // 3 * 3 + 1, "year": 1}.get(period)
    return today.replace(month=month, day=1) if month else None


BEFORE_THIS = ("last", "previous", "letzten", "letzter", "прошлый", "прошлом", "прошлого", "上", "上个")
"""Words that name the month before this one, where no article says that thirty days are meant: `in the last month`."""


def _is_of_days(before: Sequence[Piece]) -> bool:
    """Tell whether what stands before `last month` makes thirty days of it, `in the last month`, or a beginning."""
    return bool(before) and (before[-1].may_be("since") or before[-1].text.casefold() in (*ARTICLES, "im", "am"))


def _month_before(ahead: Sequence[Piece], today: dt.date) -> Found | None:
    """Read `last month`: the one before this, from its first day to its last."""
    is_month = len(ahead) > 1 and ahead[0].text.casefold() in BEFORE_THIS and ahead[1].concepts.get("period") == "month"
    if not is_month:
        return None
    first = (today.replace(day=1) - dt.timedelta(days=1)).replace(day=1)
    return {"day": iso_day(first), "span": "", **_whole_month(first, today)}, 2


SOME_DAYS = ("days", "tage", "tagen", "días", "дней", "дни")
"""Days that nobody has counted, `in the last days`: a week of them."""


def _back(ahead: Sequence[Piece], today: dt.date) -> Found | None:
    """Read `two weeks ago`, `a week ago`, `vor 2 Wochen`, `5 days`."""
    shift = 1 if _value(ahead, 0, "relative") == "ago" else 0
    number = _value(ahead, shift, "number")
    at = shift + 1 if number else shift
    period = _value(ahead, at, "period")
    told = shift or _value(ahead, at + 1, "relative") == "ago"
    if not period or not (number or told) or _value(ahead, shift, "year"):
        return None
    days = int(number or 1) * DAYS[period]
    concepts = {"day": iso_day(_days_back(today, days)), **({} if told else _span(days))}
    return concepts, at + 1 + (0 if shift else int(bool(told)))


def _span(days: int) -> dict[str, str]:
    """Mark a stretch of days, and the one of a month, which is the Hub's own for downloads."""
    return {"span": "", **({"month_span": ""} if days == DAYS["month"] else {})}


def _days_back(today: dt.date, days: int) -> dt.date:
    return today - dt.timedelta(days=min(days, 20_000))


def _weekday(ahead: Sequence[Piece], today: dt.date) -> Found | None:
    """Give a weekday its last day beside itself: who sets a rhythm means the one, who asks since when the other."""
    weekday = _value(ahead, 0, "weekday")
    if weekday is None:
        return None
    return {"weekday": weekday, "day": iso_day(_last(today, int(weekday))), **ONE_DAY}, 1


def _last(today: dt.date, weekday: int) -> dt.date:
    return today - dt.timedelta(days=(today.weekday() - weekday - 1) % WEEK + 1)
