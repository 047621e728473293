"""
What a digest says: answers gathered once for all who get the same, put into words for each channel.

Each section is a question to the analyst; one that fails becomes a line saying so, and the rest is posted.
"""

import datetime as dt
import logging
import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from analytics import grammar
from analytics.analyst import Analyst
from analytics.answering.answer_weeks import TwelveWeeks, look_back
from analytics.attribution import METHOD
from analytics.digest_words.sections import SECTIONS
from analytics.domain.answer import Answer
from analytics.domain.requests import Changes, Top, last_instant
from analytics.domain.staleness import REPORT
from analytics.domain.wording import day, iso, iso_day, listing, sentence
from analytics.errors import AnalyticsError, NothingStored
from analytics.waiting import holding
from bot.delivery import Delivery
from bot.digest import digest_messages
from bot.digest.poster import Details, Subject
from bot.digest.records import LedgerEntry, State, Subscription
from bot.digest.roles import Content
from bot.digest.schedule import Slot, next_times
from bot.digest.store import DigestStore
from bot.next_steps import list_places
from bot.uploads import Drawing

log = logging.getLogger(__name__)

REMEMBERED = 20


@dataclass(frozen=True, slots=True)
class Report:
    """
    The answers of one digest: the changes if there are any to tell, and a line for every other section.

    `pictures` are shown in the message, best first: what changed, and the twelve weeks beside it; `drawings` are the
    same where pictures are shared in threads. `alone`: there is no earlier list to compare with, so that in place of
    changes stands the list itself. `unread`: the day of the newest list, where the last post told of it already and
    nothing newer could be read; then there are no changes.
    """

    changes: Answer | None
    lines: tuple[str, ...]
    pictures: tuple[digest_messages.Shown, ...] = ()
    no_picture: str = ""
    drawings: tuple[Drawing, ...] = ()
    alone: bool = False
    unread: str = ""


@dataclass(frozen=True, slots=True)
class TopTold:
    """What is told of the list: changes or the list alone, or the day since which nothing could be read; and lines."""

    answer: Answer | None = None
    alone: bool = False
    lines: tuple[str, ...] = ()
    unread: str = ""


class Contents:
    """Builds digests. `clock` says what time it is; answers and pictures are made once for many channels."""

    def __init__(
        self, analyst: Analyst, delivery: Delivery, store: DigestStore, clock: Callable[[], dt.datetime]
    ) -> None:
        self._analyst = analyst
        self._delivery = delivery
        self._store = store
        self._clock = clock
        self._lock = threading.Lock()
        self._reports: OrderedDict[tuple[str, tuple[str, ...]], tuple[dt.datetime, Report]] = OrderedDict()

    def build(self, subscription: Subscription, slot: Slot | None, *, late: bool, test: bool = False) -> Content:
        """Make the content for one channel; without a slot it is a preview or asked for by hand."""
        since, quiet_weeks, is_first = self._look_before(subscription, slot)
        sections = subscription.sections or tuple(SECTIONS)
        report = self.report(since, sections, monthly=bool(subscription.monthly))
        upcoming = next_times(subscription.rhythm, self._clock(), 1)
        frame = digest_messages.DigestFrame(
            *(subscription, upcoming),
            late=late,
            test=test,
            quiet_before=quiet_weeks,
            alone=report.alone,
            first=report.alone and is_first,
            unread=report.unread,
        )
        changes = report.changes
        return Content(
            message=digest_messages.forms(report.changes, report.lines, report.pictures, report.no_picture, frame),
            details=_details(changes, report.drawings) if changes else None,
            quiet=changes.headline if changes and changes.quiet else "",
            shown=_note_shown(changes) if changes and not changes.sample else {},
        )

    def correction(self, shown: dict[str, Any]) -> Content | None:
        """Ask again what a digest answered; if the answer is another now, say so."""
        request = grammar.parse(str(shown.get("question", "")))
        if isinstance(request, grammar.Unclear):
            return None
        try:
            now = self._analyst.answer(request, as_of=dt.datetime.fromisoformat(str(shown["as_of"])))
        except AnalyticsError as trouble:
            log.warning("what a digest showed could not be asked again: %s", trouble)
            return None
        if _is_same(now, shown):
            return None
        why = "the method changed" if shown.get("method") != METHOD else "a reading was replaced"
        return Content(digest_messages.correction(str(shown["headline"]), now, why), shown=_note_shown(now))

    def report(self, since: str | None, sections: tuple[str, ...], *, monthly: bool = False) -> Report:
        """Gather the answers, or give those gathered a moment ago; a first monthly one looks back over a month."""
        key = (since or "monthly" * monthly, sections)
        with holding(self._lock):
            known = self._reports.get(key)
            if known and self._clock() - known[0] < REPORT:
                return known[1]
            report = self._gather(since, sections, _a_month_before(self._clock()) if monthly else None)
            self._reports[key] = (self._clock(), report)
            while len(self._reports) > REMEMBERED:
                self._reports.popitem(last=False)
            return report

    def _gather(self, since: str | None, sections: tuple[str, ...], first_since: str | None) -> Report:
        top = TopTold()
        lines, untold = list[str](), list[str]()
        for name in (name for name in SECTIONS if name in sections):
            title, request = SECTIONS[name]
            try:
                if name == "top":
                    top = self._tell_top(since, first_since)
                    lines += top.lines
                else:
                    answer = self._analyst.answer(request)
                    if answer.sample:  # that is no news
                        untold.append(title)
                    else:
                        lines.append(_tell_line(title, answer))
            except NothingStored as nothing:
                if name == "top":
                    lines.append(f"{sentence(title)}: {nothing.why}")
                else:  # other sections join when they are collected
                    untold.append(title)
            except Exception as trouble:
                log.exception("the section %s failed", name)
                lines.append(f"{sentence(title)} could not be built this time ({type(trouble).__name__}).")
        lines += [f"Not collected yet, so not told: {listing(untold)}."] if untold else []
        changes = top.answer
        weeks = self._look_back(changes) if changes and not changes.sample else TwelveWeeks(None)
        lines += [weeks.told] if weeks.told else []
        drawn = [answer for answer in (changes, weeks.answer) if answer]
        uploaded = [(answer, *self._delivery.picture(answer)) for answer in drawn]
        missing = next((why for _, _, why in uploaded if why), "")
        pictures = tuple((answer, file) for answer, file, _ in uploaded if file)
        drawings = tuple(drawing for answer in drawn if (drawing := self._delivery.drawing(answer)))
        return Report(changes, tuple(lines), pictures, missing, drawings, top.alone, top.unread)

    def _look_back(self, changes: Answer) -> TwelveWeeks:
        """Look at the twelve weeks up to what is told; what goes wrong with them keeps nobody from the rest."""
        try:
            return look_back(self._analyst.context, changes.as_of)
        except Exception:
            log.exception("the twelve weeks failed")
            return TwelveWeeks(None, "The twelve weeks could not be looked at this time.")

    def _tell_top(self, since: str | None, first_since: str | None) -> TopTold:
        """
        Read the list of now, then tell what changed; without an earlier one tell the list alone.

        `since` is what the last post showed; without one it is told since `first_since`, or a week before.
        Whether the Hub answered is said of this very reading; what the last post told is not told as news again.
        """
        now = self._analyst.answer(Top())  # asks the Hub, unless a list of the last hours is stored
        in_vain = (f"{NO_LIST}: nothing newer could be read since {day(now.as_of)}.",) if now.stale else ()
        in_vain = (f"{NO_LIST}.",) if now.sample else in_vain
        if now.stale and since and now.as_of <= last_instant(since):
            return TopTold(lines=(f"{NO_LIST}; what had changed until then was told before.",), unread=day(now.as_of))
        try:
            changes = self._analyst.answer(Changes(since or first_since))
        except NothingStored:
            return TopTold(now, alone=True, lines=in_vain)
        # Two days of the sample are no news of this week, nor is for a first issue what was read a day or two before.
        is_none = changes.sample or (since is None and _span(changes) < SHORTEST)
        return TopTold(now if is_none else changes, is_none, in_vain)

    def _look_before(self, subscription: Subscription, slot: Slot | None) -> tuple[str | None, int, bool]:
        """Find what the last post showed, how many quiet weeks came after it, and whether there was none at all."""
        quiet, is_first = 0, True
        for entry in self._store.history(subscription.id, 60) if subscription.id else []:
            if slot and entry.slot.due_at >= slot.due_at:
                continue
            if entry.state is State.POSTED and (moment := _read_moment(entry)):
                return moment, quiet, False
            is_first = is_first and entry.state is not State.POSTED
            quiet += entry.state is State.QUIET
        return None, quiet, is_first


def _a_month_before(now: dt.datetime) -> str:
    """Give the day of the month before, or the last one that it has."""
    last = now.replace(day=1) - dt.timedelta(days=1)
    return iso_day(last.replace(day=min(now.day, last.day)))


SHORTEST = dt.timedelta(days=4)
"""A first issue compares with nothing nearer: it would say of a bot just set up that nothing has changed."""


def _span(changes: Answer) -> dt.timedelta:
    """Tell how long before its list the one lies that it is compared with."""
    since = changes.request.since if isinstance(changes.request, Changes) else None
    return changes.as_of - last_instant(since) if since else dt.timedelta.max


NO_LIST = "The Hub was asked for the list of now and did not answer"


def _tell_line(title: str, answer: Answer) -> str:
    return f"{sentence(title)}: {answer.headline} ({answer.day}). {answer.since_last}".strip()


def _read_moment(entry: LedgerEntry) -> str | None:
    return str((entry.shown or {}).get("as_of", "")) or None


def _note_shown(answer: Answer) -> dict[str, Any]:
    """Give what is remembered of a post; whether it still holds is told by what it stated, not by its words."""
    return {
        "question": answer.question,
        "headline": answer.headline,
        "as_of": iso(answer.as_of),
        "method": METHOD,
        "stated": _note_counts(answer),
    }


def _note_counts(answer: Answer) -> dict[str, int | None]:
    return {**answer.stated, "quiet": answer.quiet}


def _is_same(now: Answer, shown: dict[str, Any]) -> bool:
    """Tell whether an answer still states what a post showed; older posts kept words alone."""
    # What an older version did not state, it did not state wrongly; whether it was more than usual is no number.
    stated = {name: number for name, number in shown.get("stated", {}).items() if name != "quiet"}
    return all(now.stated.get(name) == number for name, number in stated.items())


def _name(answer: Answer) -> str:
    return "changes" if isinstance(answer.request, Changes) else "top30"


def _details(answer: Answer, drawings: Sequence[Drawing]) -> Details:
    name = f"{_name(answer)}-{iso_day(answer.as_of)}.csv"
    subject = Subject((*list_places(answer), answer.question), answer.as_of)
    return Details(digest_messages.details(answer), answer.as_csv(), name, tuple(drawings), subject)
