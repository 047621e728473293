"""
A folder in which everything is stored that a bot collects: five censuses with the file of the newest, papers.

The models are those of `benchmarks.census`, seeded; the older censuses are the newest one's numbers again. Sizes are
those of a real store, numbers are nobody's: it is for measuring.
"""

import datetime as dt
from contextlib import closing
from pathlib import Path

from analytics.analyst import Analyst
from analytics.attribution import METHOD
from analytics.census import cube, lists
from analytics.census.census_files import FOLDER, cache_of
from analytics.domain.answer import Origin
from analytics.domain.observations import Ranking
from analytics.domain.reading_kinds import (
    CENSUS,
    CENSUS_CUBE,
    CENSUS_PAPERS,
    CENSUS_SUMS,
    PAPERS_ARCHIVE,
    PAPERS_LIVE,
)
from analytics.domain.requests import ALLTIME
from analytics.storage.readings import Reading
from benchmarks import census

WEEKS = 5
ORIGIN = Origin("drawn models", "drawn census", "https://example.org/census", "2026-01-01")
QUARTERS = [f"{year}Q{quarter}" for year in range(2017, 2026) for quarter in (1, 2, 3, 4)]
FRAMEWORKS = ("pytorch", "tf", "jax", "mxnet", "caffe2", "none")
UNTOLD = {"undated": 0, "future": 0, "missing": []}


def fill(home: Path, models: int) -> None:
    """Make the folder; so many models take about half a minute a million."""
    (home / FOLDER).mkdir(parents=True)
    now = dt.datetime.now(dt.UTC).replace(microsecond=0) - dt.timedelta(hours=1)
    cache = cache_of(home, now)
    census.make(cache, models, downloads_all="20 * downloads")
    body = cube.count(cache, now)
    papers = body.pop("papers")
    with closing(Analyst(home, "http://127.0.0.1:9")) as analyst:
        readings = analyst.context.readings
        for week in range(WEEKS):
            moment = now - dt.timedelta(weeks=week)
            kept = {CENSUS_PAPERS: papers, CENSUS_SUMS: cube.sums(body), CENSUS_CUBE: body, CENSUS: cube.faces(body)}
            for kind, part in kept.items():
                readings.add(Reading(kind, "", moment, METHOD, part, (ORIGIN,)))
        for kind, rows in _draw_papers().items():
            readings.add(Reading(kind, "", now, METHOD, {"rows": rows} | UNTOLD, (ORIGIN,)))
        analyst.context.top_lists.add(lists.top_list(cache, Ranking(ALLTIME), now, ORIGIN), METHOD)


def _draw_papers() -> dict[str, list[list[object]]]:
    """Write papers by quarter, of every framework, as their collector does."""
    archive = [
        [unit, official, quarter, name, 200 + 10 * at]
        for unit in ("pair", "paper", "repository")
        for official in (False, True)
        for quarter in QUARTERS
        for at, name in enumerate(FRAMEWORKS)
    ]
    live = [[quarter, name, 300 + at] for quarter in QUARTERS[-8:] for at, name in enumerate(("(all)", "PyTorch"))]
    return {PAPERS_ARCHIVE: archive, PAPERS_LIVE: live}
