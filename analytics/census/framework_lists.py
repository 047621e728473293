# ruff: noqa: S608 - the queries are made of our own names; paths and texts are quoted or bound
"""
The first models of a ranking that come in one framework, out of a whole census: beyond what a top list holds.

The rule judges outlines, not rows, so that millions can be gone through while a person waits.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from analytics.attribution import FRAMEWORKS, PYTORCH, TENSORFLOW
from analytics.attribution.sql_spelling import text
from analytics.census.arrow_arrays import as_numbers
from analytics.census.cube import judge
from analytics.census.fingerprints import COLUMNS, Fingerprinter, MetOutlines, NameNumbers
from analytics.census.lists import first_of
from analytics.census.row_groups import WORKERS, share_out
from analytics.census.schema import connection
from analytics.census.tag_codes import list_words
from analytics.domain.answer import Origin
from analytics.domain.counts import Split
from analytics.domain.observations import Ranking, Selection, TopList
from analytics.domain.requests import MOST_MODELS

if TYPE_CHECKING:
    import duckdb
    import numpy as np
    import pyarrow as pa

MEASURED: Mapping[str, str] = {"downloads": "downloads", "likes": "likes", "alltime": "downloads_all"}
"""What a census can rank by, and the column of its file; it knows no trending score."""

TWO = {PYTORCH: Split.PYTORCH_ONLY, TENSORFLOW: Split.TENSORFLOW_ONLY}


@dataclass(frozen=True, slots=True)
class WantedModels:
    """The models of `ranking` that come in `framework`, which may be a format; `only`: in nothing else compared."""

    ranking: Ranking
    framework: str
    only: bool = False

    @property
    def fits(self) -> str:
        """The test of an outline's verdict, in SQL."""
        name = text(self.framework)
        if not self.only:
            return f"list_contains(list_concat(frameworks, conversions), {name})"
        if split := TWO.get(self.framework):
            return f"split = {text(split)}"
        return f"(frameworks = [{name}] OR (len(frameworks) = 0 AND conversions = [{name}]))"

    @property
    def may_fit(self) -> str:
        """The test of an outline that does not fit and may all the same: unknown, or what keeps it out is assumed."""
        rivals = [text(one) for one in (TWO if self.framework in TWO else FRAMEWORKS) if one != self.framework]
        proven = (
            f"list_filter(findings, lambda f: f.counts AND f.status = 'yes' AND f.framework IN ({', '.join(rivals)}))"
        )
        kept_out = f"list_contains(frameworks, {text(self.framework)}) AND len({proven}) = 0 AND NOT ({self.fits})"
        return f"(remark = 'unknown' OR ({kept_out}))" if self.only else "(remark = 'unknown')"

    @property
    def narrowing(self) -> str:
        """The test of a row of the census, in SQL."""
        tests = [f"{MEASURED[self.ranking.by]} IS NOT NULL"]
        tests += [f"task = {text(self.ranking.task)}"] if self.ranking.task else []
        author = f"starts_with(lower(id), {text((self.ranking.author or '').lower() + '/')})"
        return " AND ".join([*tests, *([author] if self.ranking.author else [])])


def select(
    cache: Path,
    wanted: WantedModels,
    most: int | None,
    moment: dt.datetime,
    origin: Origin,
    headers: Mapping[str, str] | None = None,
) -> Selection:
    """
    Select the first MOST_MODELS of what is wanted among the first `most` of the ranking (None: among all).

    Those level with the last are gone through too. `headers`: what safetensors headers of single models state, by id.
    Raises:  OSError, where the cache cannot be read.
    """
    with connection(cache.parent) as opened:
        least = _find_least(opened, cache, wanted, most) if most else None
        opened.register("shown", _lay_down(opened, cache, wanted, least, headers or {}))
        opened.execute(f"CREATE TABLE judged AS {judge()}")
        among, unknown = opened.execute(LOOKED).fetchall()[0]
        found = opened.execute(_write_ranked(wanted)).fetchall()
        models = first_of(opened, cache, [name for name, *_ in found])
    complete = least is None and len(found) < MOST_MODELS
    top_list = TopList(wanted.ranking, moment, models, MOST_MODELS, complete, origin)
    ranks, doubtful = (tuple(row[at] for row in found) for at in (1, 2))
    return Selection(top_list, ranks, among, unknown, doubtful)


LOOKED = "SELECT count(*), count(*) FILTER (remark = 'unknown') FROM ranked JOIN judged USING (outline)"


def _write_ranked(wanted: WantedModels) -> str:
    """Write the query that gives the first models wanted: id, rank, and how many above may be such too."""
    down = "OVER (ORDER BY measure DESC, id)"
    return f"""SELECT id, rank, doubtful FROM (
        SELECT id, {wanted.fits} AS fits, row_number() {down} AS rank, count_if({wanted.may_fit}) {down} AS doubtful
        FROM ranked JOIN judged USING (outline)) WHERE fits ORDER BY rank LIMIT {MOST_MODELS}"""


def _find_least(opened: "duckdb.DuckDBPyConnection", cache: Path, wanted: WantedModels, most: int) -> int | None:
    """Find the measure of the model at a rank; None where the ranking is no longer."""
    measure = MEASURED[wanted.ranking.by]
    found = opened.execute(f"""SELECT {measure} FROM {text(str(cache))} WHERE {wanted.narrowing}
        ORDER BY {measure} DESC LIMIT 1 OFFSET {most}""").fetchone()
    return int(found[0]) if found else None


def _lay_down(
    opened: "duckdb.DuckDBPyConnection",
    cache: Path,
    wanted: WantedModels,
    least: int | None,
    headers: Mapping[str, str],
) -> "pa.Table":
    """Make the table `ranked` of the models wanted, with their outlines; gives one repository of each for the rule."""
    opened.execute("CREATE TABLE ranked (id VARCHAR, measure BIGINT, outline UBIGINT)")
    names, words, met = NameNumbers(), list_words(), MetOutlines()
    workers = [
        _Worker(Fingerprinter(opened.cursor(), headers, names, words, met), wanted, least) for _ in range(WORKERS)
    ]
    measure = MEASURED[wanted.ranking.by]
    columns = dict.fromkeys((*COLUMNS, "id", measure, *(["task"] if wanted.ranking.task else [])))
    share_out(cache, tuple(columns), workers)
    return met.show()


@dataclass(frozen=True, slots=True)
class _Worker:
    fingerprinter: Fingerprinter
    wanted: WantedModels
    least: int | None

    def take(self, rows: "pa.Table") -> None:
        """Bring the rows that are wanted into the tables."""
        import numpy as np

        kept = rows.take(as_numbers(self._choose(rows)))
        if len(kept):
            seen = self.fingerprinter.outline(kept)
            measure = kept[MEASURED[self.wanted.ranking.by]].combine_chunks()
            ids = kept["id"].combine_chunks()
            self.fingerprinter.insert("ranked", {"id": ids, "measure": measure, "outline": seen.outlines})
            self.fingerprinter.keep_fresh(seen, np.arange(len(kept)))

    def finish(self) -> None:
        """Bring what waits into the tables."""
        self.fingerprinter.write()

    def _choose(self, rows: "pa.Table") -> "np.ndarray":
        """Give the places of the rows wanted, in their order."""
        import numpy as np

        names = dict.fromkeys(("id", MEASURED[self.wanted.ranking.by], *(["task"] if self.wanted.ranking.task else [])))
        numbered = rows.select(list(names)).append_column("place", as_numbers(np.arange(len(rows))))
        opened = self.fingerprinter.opened
        opened.register("lot", numbered)
        above = f" AND {MEASURED[self.wanted.ranking.by]} >= {self.least}" if self.least is not None else ""
        found = opened.execute(f"SELECT place FROM lot WHERE {self.wanted.narrowing}{above}").fetchnumpy()["place"]
        return np.sort(found)
