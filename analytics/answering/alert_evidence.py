"""
Stored readings as alerts need them: of now, of the start, and of the past for a preview.

What is read of a rule: of a list the models in a framework, of the census the same, of a model its frameworks, of the
official collections how each stands. What is too old, too short or not there is no reading, and says why.
"""

import datetime as dt
from collections.abc import Iterator, Sequence

from analytics.alerts.alert_rules import CollectionChange, ModelChange, Observed, Presence, Rule, ShareMove, Unobserved
from analytics.alerts.mark_rules import CountMark, ShareMark
from analytics.answering import answer_census
from analytics.answering.kept_repositories import rebuild_repository
from analytics.answering.later_knowledge import fill_in
from analytics.answering.model_cache import ModelCache
from analytics.answering.top_list_cache import lists_of
from analytics.attribution import attribute, attribute_all
from analytics.catalogues.stored_counts import Shelved, origin_of, shelves
from analytics.context import Context
from analytics.domain.collectors import Collector
from analytics.domain.observations import Ranking, TopList
from analytics.domain.reading_kinds import CENSUS, MODEL, OFFICIAL
from analytics.domain.requests import Top, Totals
from analytics.domain.staleness import DAY, WATCHED_MODEL, is_stale
from analytics.domain.wording import count, day
from analytics.errors import AnalyticsError, NoSuchModel, NothingStored
from analytics.ranking.classified import bracket_certainties
from analytics.storage.readings import Reading

OfList = Presence | CountMark | ShareMove | ShareMark
"""What is read of a list."""

RANKING = Ranking()
LOOKED_BACK = 90
"""Days of the past that a preview looks at."""

ENDED = "ended: it holds nothing any more"


class ReadByOthers(Exception):
    """A model is private, and a channel reads its alerts."""


class AlertEvidence:
    """Reads of one context; nothing but `refresh` and `begin` asks anybody outside."""

    def __init__(self, context: Context) -> None:
        self._context = context

    # ------------------------------------------------------------------------------------------------------------ now

    def observe(self, rule: Rule) -> Observed | Unobserved:
        """Give what the newest stored reading says, unless it is too old to be one of now."""
        now = self._context.clock()
        newest = self._newest(rule, now)
        if isinstance(newest, Unobserved):
            return newest
        if now - newest.as_of > WATCHED_MODEL if isinstance(rule, ModelChange) else self._is_stale(rule, newest, now):
            return Unobserved(f"the newest reading is of {day(newest.as_of)}, too old to speak of now.")
        return newest

    def refresh(self, rule: Rule) -> None:
        """Have read anew what no collector reads: one model, once a day; what cannot be read stays as it was."""
        if isinstance(rule, ModelChange):
            stored = self._context.readings.newest(MODEL, rule.model.casefold())
            if stored is None or self._context.clock() - stored.as_of > DAY:
                try:
                    ModelCache(self._context).read(rule.model)
                except AnalyticsError:
                    return

    def begin(self, rule: Rule) -> Observed | Unobserved:
        """
        Read, from outside where that is needed, what an alert starts from.

        Raises:  NoSuchModel; ReadByOthers.
        """
        try:
            self._read_anew(rule)
        except NothingStored as nothing:
            return Unobserved(nothing.told)
        return self.observe(rule)

    def _read_anew(self, rule: Rule) -> None:
        match rule:
            case ModelChange():
                seen = ModelCache(self._context).read(rule.model)
                if seen.repository.disabled:
                    raise NoSuchModel(rule.model, (), "The Hub has disabled it.")
                if seen.repository.private:
                    raise ReadByOthers(rule.model)
            case Presence() | CountMark() | ShareMove(n=int()) | ShareMark(n=int()):
                lists_of(self._context).read(Top(rule.n or 1))

    def _newest(self, rule: Rule, now: dt.datetime) -> Observed | Unobserved:
        match rule:
            case Presence() | CountMark() | ShareMove(n=int()) | ShareMark(n=int()):
                return self._of_list(rule, self._context.top_lists.as_of(RANKING, now, rule.n))
            case ShareMove() | ShareMark():
                return self._of_census(rule, now)
            case ModelChange():
                return self._of_model(self._context.readings.as_of(MODEL, rule.model.casefold(), now))
            case CollectionChange():
                return _of_collections(rule, self._context.readings.as_of(OFFICIAL, "", now))
            case _:
                raise TypeError(f"{rule!r} is no rule")

    @staticmethod
    def _is_stale(rule: Rule, newest: Observed, now: dt.datetime) -> bool:
        match rule:
            case CollectionChange():
                return is_stale(Collector.OFFICIAL, newest.as_of, now)
            case ShareMove(n=None) | ShareMark(n=None):
                return is_stale(Collector.CENSUS, newest.as_of, now)
            case _:
                return is_stale(Collector.TOP, newest.as_of, now)

    # ----------------------------------------------------------------------------------------------------------- past

    def list_past(self, rule: Rule) -> list[Observed]:
        """Give what the stored readings of the last months say, oldest first, one a day."""
        since = self._context.clock() - LOOKED_BACK * DAY
        found = (self._newest(rule, moment) for moment in self._list_moments(rule) if moment >= since)
        return [one for one in found if isinstance(one, Observed)]

    def _list_moments(self, rule: Rule) -> Sequence[dt.datetime]:
        """Give the last moment of each day of which something is stored, oldest first."""
        by_day = {moment.date(): moment for moment in sorted(self._moments(rule))}
        return list(by_day.values())

    def _moments(self, rule: Rule) -> Iterator[dt.datetime]:
        readings, until = self._context.readings, self._context.clock()
        match rule:
            case Presence() | CountMark() | ShareMove(n=int()) | ShareMark(n=int()):
                yield from self._context.top_lists.moments(RANKING, until)
            case ShareMove() | ShareMark():
                yield from (one.as_of for one in readings.run(CENSUS))
            case ModelChange():
                yield from (one.as_of for one in readings.run(MODEL, rule.model.casefold()))
            case _:
                yield from (one.as_of for one in readings.run(OFFICIAL))

    # --------------------------------------------------------------------------------------------------- one reading

    def _of_list(self, rule: OfList, top_list: TopList | None) -> Observed | Unobserved:
        n = rule.n or 0
        if top_list is None:
            return Unobserved("no list of the most downloaded models is stored.")
        if not top_list.models or not top_list.reaches(n):
            have = count(len(top_list.models), "model")
            return Unobserved(f"the newest list, of {day(top_list.as_of)}, holds {have}, not {n:,}.")
        known = fill_in(top_list, self._context, top_list.as_of)
        verdicts = attribute_all(list(known.models[:n]))
        sure = bracket_certainties(verdict.certainty(rule.framework) for verdict in verdicts)
        return Observed(top_list.as_of, [sure.counted, sure.total], top_list.origin, sure)

    def _of_census(self, rule: ShareMove | ShareMark, now: dt.datetime) -> Observed | Unobserved:
        try:
            told = answer_census.answer(Totals(), self._context, now)
        except AnalyticsError as trouble:
            return Unobserved(str(getattr(trouble, "why", "")) or "no census is stored.")
        if told.counts is None or not told.counts.total:
            return Unobserved("the census holds no count of all models.")
        counted = told.counts.pytorch if rule.framework == "PyTorch" else told.counts.tensorflow
        sure = told.brackets.get(rule.framework)
        return Observed(told.as_of, [counted, told.counts.total], next(iter(told.origins), None), sure)

    def _of_model(self, stored: Reading | None) -> Observed | Unobserved:
        if stored is None or stored.body.get("private") is not False:  # others read it, whoever may ask
            return Unobserved("the model was not read.")
        repository = rebuild_repository(stored)
        return Observed(stored.as_of, sorted(attribute(repository.model).frameworks), repository.origin)


def _of_collections(rule: CollectionChange, stored: Reading | None) -> Observed | Unobserved:
    if stored is None:
        return Unobserved("the official collections were not counted yet.")
    held = shelves(stored.body)
    told = stored.body.get("states", {}) if isinstance(stored.body, dict) else {}
    wanted = [one for key, one in held.items() if rule.key in (None, key) and not one.trouble and one.now]
    states = {one.collection.full_name: state for one in wanted if (state := _state(one, told))}
    if not states:
        return Unobserved(f"how {rule.name or 'they'} stood on {day(stored.as_of)} was not noted.")
    return Observed(stored.as_of, states, origin_of(wanted[0]))


def _state(one: Shelved, told: dict[str, str]) -> str:
    """Say how a collection stood when it was counted: as was noted then, and ended where nothing was left in it."""
    number, before = (one.now.number if one.now else 0), (one.then.number if one.then else 0)
    return ENDED if before and not number else told.get(one.collection.key, "")
