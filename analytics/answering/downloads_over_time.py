"""`trend by downloads`: out of the sums of stored censuses; with none, the first thirty of two embedded lists."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from analytics.answering.census_faces import read_weeks
from analytics.context import Context
from analytics.domain.answer import Answer
from analytics.domain.collectors import Collector
from analytics.domain.counts import Bracket, Counts
from analytics.domain.observations import TopList
from analytics.domain.requests import Aspect, Definition, Totals, Trend
from analytics.errors import NotCollected
from analytics.ranking.census_rows import CensusRow
from analytics.ranking.counted_models import pick_counted
from analytics.ranking.sureness import bracket_both, count_unsure_rows
from analytics.storage.readings import Reading


def tell_downloads(
    request: Trend, tasks: Iterable[CensusRow], context: Context, stored: Reading, notes: tuple[str, ...]
) -> Answer:
    """
    Answer from the sums of the censuses up to `stored`, whose face `tasks` tells how sure its own are.

    Raises:  NotCollected, of fewer than two months.
    """
    from analytics.questions.trend_downloads import SurenessOfNewest, trend_downloads
    from analytics.ranking.downloads_by_month import choose_months

    weeks = read_weeks(context, stored, request)
    months = choose_months(weeks)
    if not months:
        raise NotCollected(request.words, _one_month(request), Collector.CENSUS)
    is_newest = months[max(months)].as_of == stored.as_of
    sure = SurenessOfNewest(*_tell_sureness(request, tasks)) if is_newest else SurenessOfNewest()
    told = trend_downloads(request, weeks, sure, stored.as_of, stored.origins, notes)
    return replace(told, method=stored.method)


def _tell_sureness(request: Trend, tasks: Iterable[CensusRow]) -> tuple[dict[str, Bracket], Counts]:
    """Tell how sure the newest downloads are, and what of each part is not; a tag is there or is not."""
    if request.definition is Definition.DECLARED:
        return {}, Counts()
    rows = pick_counted(tasks, request)
    return bracket_both(rows, "downloads"), count_unsure_rows(rows, "downloads")


def _one_month(request: Trend) -> str:
    today = Totals(request.definition, request.task, aspect=Aspect.DOWNLOADS).words
    return (
        "Fewer than two months have a last census (count of the whole Hub), counted by this rule, that knows downloads "
        f"of what is asked for; “{today}” tells today's."
    )


def tell_downloads_of_lists(request: Trend, lists: Sequence[TopList], notes: tuple[str, ...]) -> Answer:
    """Answer from two embedded lists, the older first."""
    from analytics.questions.trend_downloads import downloads_of_lists

    return downloads_of_lists(request, lists, tuple(dict.fromkeys(one.origin for one in lists)), notes)
