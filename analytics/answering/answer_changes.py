"""Changes: which two lists to compare, and which past spans of the same length say how much change is usual."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import replace

from analytics.answering.later_knowledge import date_receipt, fill_in, refuse_future, tell_older_rule
from analytics.attribution import METHOD
from analytics.context import Context
from analytics.domain.answer import Answer
from analytics.domain.collectors import Collector
from analytics.domain.observations import Ranking, TopList
from analytics.domain.requests import Changes, last_instant
from analytics.domain.staleness import WEEK, is_stale
from analytics.domain.wording import day, iso, iso_day, sentence
from analytics.errors import NothingStored
from analytics.movement.list_moves import FIRST, turnover
from analytics.movement.usual_turnover import UsualTurnover, find_spans, nearest_moment, slack
from analytics.sample.embedded import EARLIER, LATER, read_list

RANKING = Ranking()
DAY = dt.timedelta(days=1)
RHYTHM = "the bot stores one a day while it runs"


def answer(request: Changes, context: Context, as_of: dt.datetime | None) -> Answer:
    """
    Compare the newest list with the newest of the day or moment asked for, or with the one nearest to a week before.

    Raises:  NotYetCome, for a day to come; NothingStored, if there were no two lists to compare at `as_of`, or of the
             days asked for; where no day was, the sample answers now.
    """
    from analytics.questions import changes

    now = as_of or context.clock()
    refuse_future(request.since, context.clock())
    last = min(now, last_instant(request.until)) if request.until else now
    moments = context.top_lists.moments(RANKING, last)
    new = _list_at(context, moments[:1], now)
    old = new and _list_at(context, _choose(request, moments[1:], new), now)
    if new is None or old is None or old.as_of >= new.as_of:
        rhythm = sentence(context.outlook.say_rhythm(Collector.TOP, RHYTHM, context.clock()))
        why = f"{_say_what_is_missing(new, last)} {rhythm}."
        if as_of is None and _is_of_sample(request):
            return _answer_from_sample(context, request, why)
        missing = NothingStored(
            "an earlier list" if new else "the most downloaded models", why, _what_helps(new, last, now)
        )
        missing.told = why if as_of else f"{why} {_say_sample()}"
        raise missing
    stale = is_stale(Collector.TOP, new.as_of, now)
    circumstances = changes.ChangesCircumstances(
        usual=_usual(context, moments, (new, old), now),
        stale=stale,
        notes=tuple(_notes(context, new, old, request, stale=stale)),
        asked=request,
    )
    told = replace(changes.changes(new, old, circumstances), method=METHOD)
    if told.stale and request != Changes():  # asked again by the days that were asked for, whatever lists they found
        return replace(told, reproduce=f"{request.words} --as-of {iso(now)}")
    return date_receipt(told, now)


def _what_helps(new: TopList | None, last: dt.datetime, now: dt.datetime) -> str:
    """Name what to collect by hand: a list of now helps only if it can be compared with one of an earlier day."""
    return Collector.TOP if new and new.as_of.date() < now.date() <= last.date() else ""


def _say_what_is_missing(new: TopList | None, last: dt.datetime) -> str:
    if new is None:
        return f"No list of the most downloaded models of {day(last)} or earlier is stored."
    return f"Only the list of {day(new.as_of)} is stored, so there is nothing to compare it with."


def _say_sample() -> str:
    """Say what can be compared without anything stored."""
    compared = Changes(*(iso_day(at) for at in _days_of_sample()))
    return f"A sample of two days answers “{compared.words}”."


def _answer_from_sample(context: Context, request: Changes, why: str) -> Answer:
    """Compare the two embedded lists, two real days a week apart; the answer says so."""
    from analytics.questions import changes

    notes = (f"{why} These are two days of a sample.", *context.top_lists.notices)

    def compare() -> Answer:
        new, old = (read_list(name, RANKING) for name in (LATER, EARLIER))
        usual = UsualTurnover(new.as_of - old.as_of)
        told = changes.changes(new, old, changes.ChangesCircumstances(usual, notes=notes, sample=True, asked=request))
        return replace(told, method=METHOD)

    return context.answers.get(("sample", request, notes), compare)


def _is_of_sample(request: Changes) -> bool:
    """Tell whether no day was asked for but those that the sample is of: of others it knows nothing."""
    asked = zip((request.since, request.until), _days_of_sample(), strict=True)
    return all(at is None or last_instant(at).date() == of.date() for at, of in asked)


def _days_of_sample() -> tuple[dt.datetime, dt.datetime]:
    earlier, later = (read_list(name, RANKING).as_of for name in (EARLIER, LATER))
    return earlier, later


def _list_at(
    context: Context, moments: Sequence[dt.datetime], now: dt.datetime, most: int | None = None
) -> TopList | None:
    """Give the list of the first of these moments, or its first models, with what was known of them at `now`."""
    found = context.top_lists.as_of(RANKING, moments[0], most) if moments else None
    return found and fill_in(found, context, now)


def _choose(request: Changes, moments: Sequence[dt.datetime], new: TopList) -> Sequence[dt.datetime]:
    """Choose the moment of the earlier list: the newest up to the one asked for, else the first after it."""
    if not request.since:
        place = nearest_moment(moments, new.as_of - WEEK, dt.timedelta.max)
        return () if place is None else moments[place:]
    since = last_instant(request.since)
    return [moment for moment in moments if moment <= since] or moments[-1:]


def _usual(
    context: Context, moments: Sequence[dt.datetime], compared: tuple[TopList, TopList], now: dt.datetime
) -> UsualTurnover:
    """Measure the turnover of the spans before the earlier list that are as long as the one compared."""
    new, old = compared
    span = new.as_of - old.as_of
    pairs = list(find_spans(moments, old.as_of, span))
    places = {place for pair in pairs for place in pair}
    lists = {place: _list_at(context, moments[place:], now, FIRST) for place in places}
    known = [(lists[later], lists[earlier]) for later, earlier in pairs]
    return UsualTurnover(span, tuple(turnover(later, earlier) for later, earlier in known if later and earlier))


def _notes(context: Context, new: TopList, old: TopList, request: Changes, *, stale: bool) -> Iterator[str]:
    yield from context.top_lists.notices
    yield from dict.fromkeys([*tell_older_rule(new.method), *tell_older_rule(old.method)])
    if stale:
        yield f"The newest stored list is of {day(new.as_of)}."
    if request.until and last_instant(request.until) - DAY >= context.clock():
        yield f"{day(last_instant(request.until))} has not come yet; the newest list was taken."
    if request.since and old.as_of > (since := last_instant(request.since)):
        yield f"No list of {day(since)} or earlier is stored; the first one after it was taken."
    if not request.since and abs(new.as_of - WEEK - old.as_of) > slack(WEEK):
        wanted = day(new.as_of - WEEK)
        yield f"No list of a week before ({wanted}) is stored; the nearest one is of {day(old.as_of)}."
