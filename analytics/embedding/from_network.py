"""
From what is collected, asking the network where that is due, to embedded readings.

What cannot be had is said and left as it is. The list of 2024 is of its day and stays.
"""

from collections.abc import Callable, Iterator

from analytics.analyst import Analyst
from analytics.domain.collectors import Collector
from analytics.domain.observations import Ranking, TopList
from analytics.domain.reading_kinds import CENSUS as COLLECTED_CENSUS
from analytics.domain.reading_kinds import PAPERS_ARCHIVE
from analytics.domain.staleness import WEEK
from analytics.domain.wording import count
from analytics.errors import AnalyticsError
from analytics.movement.usual_turnover import nearest_moment, slack
from analytics.sample.embedded import CENSUS, EARLIER, LATER, LIKES, PAPERS, Embedded, as_rows

LONGEST = 100
SOURCES = (Collector.TOP, Collector.PAPERS, Collector.CENSUS)


def collect_all(analyst: Analyst, tell: Callable[[str], None]) -> Iterator[tuple[str, Embedded]]:
    """Collect each source, telling what goes wrong, and give what is stored then."""
    for what in SOURCES:
        try:
            for said in analyst.collect(what, progress=lambda line, _=None: tell(line)):
                tell(f"{what}: {said}")
        except (AnalyticsError, OSError) as trouble:
            tell(f"{what} could not be collected: {trouble}")
    yield from take_stored(analyst)


def take_stored(analyst: Analyst) -> Iterator[tuple[str, Embedded]]:
    """Give what is stored of each source."""
    readings, top_lists = analyst.context.readings, analyst.context.top_lists
    census, papers = readings.newest(COLLECTED_CENSUS), readings.newest(PAPERS_ARCHIVE)
    if census:
        whole = f"all {count(census.body['total'], 'model')} of the Hub"
        yield CENSUS, Embedded(census.as_of, whole, census.origins, census.body, census.method)
    if papers:
        links = f"{count(papers.body['pairs'], 'link')}, the whole archive"
        yield PAPERS, Embedded(papers.as_of, links, papers.origins, papers.body, papers.method)
    if liked := top_lists.newest(Ranking("likes")):
        yield LIKES, _cut(liked, "liked")
    yield from _week(analyst)


def _week(analyst: Analyst) -> Iterator[tuple[str, Embedded]]:
    """Give the newest list by downloads and the one of a week before; neither, where there is none."""
    top_lists, ranking = analyst.context.top_lists, Ranking()
    now = analyst.context.clock()
    moments = top_lists.moments(ranking, now)
    place = nearest_moment(moments, moments[0] - WEEK, slack(WEEK)) if moments else None
    if place is not None:
        for name, moment in ((EARLIER, moments[place]), (LATER, moments[0])):
            if found := top_lists.as_of(ranking, moment):
                yield name, _cut(found, "downloaded")


def _cut(found: TopList, how: str) -> Embedded:
    models = found.models[:LONGEST]
    return Embedded(found.as_of, f"the {len(models)} most {how} models", (found.origin,), as_rows(models))
