"""
The archive of Papers with Code: which repositories implement which papers, with which framework, and of when.

Two datasets of `pwc-archive` on the Hub (CC BY-SA 4.0), each read by column at the commit it has now: links without
dates, and papers with dates. Papers with Code closed on 24 July 2025, so the last quarter it saw whole is LAST.
"""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from analytics.domain import quarters
from analytics.domain.answer import Origin
from analytics.domain.wording import iso
from analytics.errors import Changed
from analytics.sources.hub.datasets import Pinned, pin
from analytics.sources.retry import REALLY, Waiting

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

LINKS, PAPERS = "pwc-archive/links-between-paper-and-code", "pwc-archive/papers-with-abstracts"
FOLDER = "data"
LAST = "2025Q2"

TEXT, SWITCH, DATE = (
    ("string", "large_string", "null"),
    ("bool",),
    ("string", "large_string", "timestamp", "date", "null"),
)
LINK_COLUMNS = {"paper_url": TEXT, "paper_arxiv_id": TEXT, "repo_url": TEXT, "is_official": SWITCH, "framework": TEXT}
DATE_COLUMNS = {"paper_url": TEXT, "date": DATE}
"""Columns that are read, and how the types they may have begin."""

EARLIEST = dt.date(1950, 1, 1)
"""Nobody wrote a paper with code before; such a date is none."""


@dataclass(frozen=True, slots=True)
class PapersArchive:
    """
    `links`: one row a pair of paper and repository, pairs once.

    Its columns are paper and repository (numbers), official (bool), framework (the archive's own word in lower case,
    `none` where it has none) and quarter (None where neither date nor arXiv identifier gives one).
    """

    links: "pd.DataFrame"
    doubles: int
    origins: tuple[Origin, ...]


def read(endpoint: str, token: str | None, now: Callable[[], dt.datetime], waiting: Waiting = REALLY) -> PapersArchive:
    """
    Read the links and join them with the dates: the paper's own, else the month in its arXiv identifier.

    Raises:  Missing, Unreachable, RateLimited; Changed, if a column is gone or of another type.
    """
    import pandas as pd

    links, papers = (pin(name, endpoint, token, waiting) for name in (LINKS, PAPERS))
    frame = _links(links).dropna(subset=["paper_url", "repo_url"])
    pairs = frame.drop_duplicates(["paper_url", "repo_url"])
    codes, urls = pd.factorize(pairs["paper_url"])
    dated = _quarters(papers, pd.Index(urls))
    own = [dated[code] for code in codes]
    fallback = map(
        quarters.of_arxiv, pairs["paper_arxiv_id"].astype(object).where(pairs["paper_arxiv_id"].notna(), None)
    )
    quarter = [date or identifier for date, identifier in zip(own, fallback, strict=True)]
    rows = pairs.assign(
        paper=codes,
        repository=pd.factorize(pairs["repo_url"].str.strip().str.rstrip("/").str.casefold())[0],
        official=pairs["is_official"].fillna(value=False).astype(bool),
        framework=pairs["framework"].fillna("").str.strip().str.lower().replace("", "none"),
        quarter=pd.Series(quarter, index=pairs.index, dtype=object),
    )
    wanted = rows[["paper", "repository", "official", "framework", "quarter"]].reset_index(drop=True)
    return PapersArchive(wanted, len(frame) - len(pairs), (_origin(links, now, "links"), _origin(papers, now, "dates")))


def _origin(dataset: Pinned, now: Callable[[], dt.datetime], what: str) -> Origin:
    return Origin(
        producer="Papers with Code archive",
        title=f"{dataset.dataset} ({what})",
        address=f"{dataset.endpoint}/datasets/{dataset.dataset}/tree/{dataset.revision}",
        accessed=iso(now()),
        revision=dataset.revision,
        licence="CC BY-SA 4.0",
    )


def _links(dataset: Pinned) -> "pd.DataFrame":
    import pandas as pd

    frames: list[pd.DataFrame] = [batch.to_pandas() for batch in _batches(dataset, LINK_COLUMNS)]
    if not frames:
        raise Changed(dataset.address(FOLDER), "it holds no links any more")
    return pd.concat(frames, ignore_index=True)


def _quarters(dataset: Pinned, urls: "pd.Index[str]") -> list[str | None]:
    """Give the quarter of each paper; the hundreds of thousands without code are passed over, batch by batch."""
    found: list[str | None] = [None] * len(urls)
    for batch in _batches(dataset, DATE_COLUMNS):
        frame = batch.to_pandas()
        places = urls.get_indexer(frame["paper_url"])
        days = _days(frame["date"][places >= 0], str(batch.schema.field("date").type))
        for place, day in zip(places[places >= 0], days, strict=True):
            found[place] = found[place] or (None if day is None else quarters.of(day))
    return found


def _days(dates: "pd.Series", kind: str) -> list[dt.date | None]:
    """Read dates, which come as ISO text or as timestamps; what is no date, or none of a paper's, is None."""
    import pandas as pd

    days = pd.to_datetime(dates, errors="coerce", utc=True, format=None if kind.startswith("date") else "ISO8601")
    known = days.notna() & (days >= pd.Timestamp(EARLIEST, tz="UTC"))
    return [day.date() if is_known else None for day, is_known in zip(days, known, strict=True)]


def _batches(dataset: Pinned, columns: Mapping[str, tuple[str, ...]]) -> Iterator["pa.RecordBatch"]:
    files = dataset.parquet_files(FOLDER)
    if not files:
        raise Changed(dataset.address(FOLDER), "it holds no Parquet file any more")
    for path in files:
        file = dataset.parquet(path)
        missing = [name for name in columns if name not in file.schema.names]
        if missing:
            raise Changed(file.url, f"it has no column {', '.join(missing)} any more")
        kinds = {name: str(file.schema.field(name).type) for name in columns}
        wrong = [f"{name} is now {kinds[name]}" for name, known in columns.items() if not kinds[name].startswith(known)]
        if wrong:
            raise Changed(file.url, f"columns have changed their type: {'; '.join(wrong)}")
        yield from file.batches(list(columns))
