"""
The archive of Papers with Code: which repositories implement which papers, with which framework, and of when.

Two datasets of `pwc-archive` on the Hub (CC BY-SA 4.0), each read by column at the commit it has now: links without
dates, and papers with dates. Papers with Code closed on 24 July 2025, so the last quarter it saw whole is LAST.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from analytics.domain import quarters
from analytics.domain.answer import Origin
from analytics.domain.wording import iso
from analytics.errors import Changed
from analytics.sources.hub.datasets import Pinned, pin
from analytics.sources.retry import REALLY, Waiting

if TYPE_CHECKING:
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


EPOCH = dt.date(1970, 1, 1).toordinal()
A_DAY = {"s": 86_400, "ms": 86_400_000, "us": 86_400_000_000, "ns": 86_400_000_000_000}
"""How many of its units a time stamp of Arrow's counts in a day."""


class PaperLink(NamedTuple):
    """
    A pair of paper and repository, both by a number that each has once.

    `framework` is the archive's own word in lower case, `none` where it has none; `quarter` is None where neither date
    nor arXiv identifier gives one.
    """

    paper: int
    repository: int
    official: bool
    framework: str
    quarter: str | None


@dataclass(frozen=True, slots=True)
class PapersArchive:
    """`links`: pairs once, in the archive's order. `doubles`: how many of its rows were left out as said before."""

    links: tuple[PaperLink, ...]
    doubles: int
    origins: tuple[Origin, ...]


def read(endpoint: str, token: str | None, now: Callable[[], dt.datetime], waiting: Waiting = REALLY) -> PapersArchive:
    """
    Read the links and join them with the dates: the paper's own, else the month in its arXiv identifier.

    Raises:  Missing, Unreachable, RateLimited; Changed, if a column is gone or of another type.
    """
    links, papers = (pin(name, endpoint, token, waiting) for name in (LINKS, PAPERS))
    numbers: dict[str, int] = {}
    rows, doubles = _links(links, numbers)
    dated = _quarters(papers, numbers)
    joined = tuple(row._replace(quarter=dated[row.paper] or row.quarter) for row in rows)
    return PapersArchive(joined, doubles, (_origin(links, now, "links"), _origin(papers, now, "dates")))


def _origin(dataset: Pinned, now: Callable[[], dt.datetime], what: str) -> Origin:
    return Origin(
        producer="Papers with Code archive",
        title=f"{dataset.dataset} ({what})",
        address=f"{dataset.endpoint}/datasets/{dataset.dataset}/tree/{dataset.revision}",
        accessed=iso(now()),
        revision=dataset.revision,
        licence="CC BY-SA 4.0",
    )


def _links(dataset: Pinned, papers: dict[str, int]) -> tuple[list[PaperLink], int]:
    """Give the links, with the quarter of the identifier, and how many came again; number the papers' addresses."""
    addresses: dict[str, int] = {}
    repositories: dict[str, int] = {}
    pairs: dict[tuple[int, int], PaperLink] = {}
    doubles = batches = 0
    for batches, batch in enumerate(_batches(dataset, LINK_COLUMNS), 1):  # noqa: B007 - counted
        for paper, identifier, repository, official, framework in _rows(batch, LINK_COLUMNS):
            if paper is None or repository is None:
                continue
            pair = _number(papers, paper), _number(addresses, repository)
            if pair in pairs:
                doubles += 1
                continue
            pairs[pair] = PaperLink(
                pair[0],
                _number(repositories, repository.strip().rstrip("/").casefold()),
                bool(official),
                (framework or "").strip().lower() or "none",
                quarters.of_arxiv(identifier),
            )
    if not batches:
        raise Changed(dataset.address(FOLDER), "it holds no links any more")
    return list(pairs.values()), doubles


def _number(known: dict[str, int], text: str) -> int:
    return known.setdefault(text, len(known))


def _quarters(dataset: Pinned, papers: Mapping[str, int]) -> list[str | None]:
    """Give the quarter of each paper; the hundreds of thousands without code are passed over."""
    found: list[str | None] = [None] * len(papers)
    for batch in _batches(dataset, DATE_COLUMNS):
        for url, day in zip(batch.column("paper_url").to_pylist(), _days(batch.column("date")), strict=True):
            place = papers.get(url)
            if place is not None and day and day >= EARLIEST:
                found[place] = found[place] or quarters.of(day)
    return found


def _days(dates: "pa.Array") -> Iterator[dt.date | None]:
    """Read dates, which come as ISO text, as days or as time stamps, in UTC; what is none is None."""
    import pyarrow as pa

    kind = str(dates.type)
    if not kind.startswith(("timestamp", "date")):
        yield from map(_parse_day, dates.to_pylist())
        return
    stamps = dates.cast(pa.timestamp("ms")) if kind.startswith("date") else dates
    of_a_day = A_DAY[stamps.type.unit]
    for stamp in stamps.cast(pa.int64()).to_pylist():
        number = 0 if stamp is None else EPOCH + stamp // of_a_day
        yield dt.date.fromordinal(number) if 0 < number <= dt.date.max.toordinal() else None


def _parse_day(text: str | None) -> dt.date | None:
    """Read ISO 8601, of which a month or a year alone is a form too."""
    for rest in ("", "-01", "-01-01"):
        try:
            moment = dt.datetime.fromisoformat((text or "").strip() + rest)
        except ValueError:
            continue
        return (moment.astimezone(dt.UTC) if moment.tzinfo else moment).date()
    return None


def _rows(batch: "pa.RecordBatch", columns: Iterable[str]) -> Iterator[tuple[Any, ...]]:
    return zip(*(batch.column(name).to_pylist() for name in columns), strict=True)


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
