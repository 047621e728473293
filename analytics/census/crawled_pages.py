"""
The pages of a crawl on this disk: kept page by page, so that a crawl goes on after any end.

Each page becomes a small Parquet file in the common shape, then the address of the next is written; killed between the
two, the same page is read once more.
"""

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analytics.attribution import METHOD
from analytics.census import schema
from analytics.domain.staleness import CRAWL_BEGUN_ANEW
from analytics.domain.wording import iso
from analytics.errors import Changed

if TYPE_CHECKING:
    import pyarrow as pa

CURSOR = "cursor.json"


@dataclass(frozen=True, slots=True)
class Progress:
    """
    How far the crawl of a Hub is: pages and models so far, the address of the next page (None at the end).

    `method` is the version of the rule that chose the names of files on its pages.
    """

    endpoint: str
    pages: int
    models: int
    following: str | None
    began: str
    method: str = ""

    @property
    def since(self) -> dt.datetime:
        """When its first page was read."""
        return dt.datetime.fromisoformat(self.began)

    @property
    def is_sound(self) -> bool:
        """Tell whether it is what was once written."""
        texts = (self.endpoint, self.began, self.method, self.following or "")
        numbers = (self.pages, self.models)
        typed = all(isinstance(one, str) for one in texts) and all(isinstance(one, int) for one in numbers)
        return typed and self.since.tzinfo is not None


class CrawledPages:
    """The pages of one crawl of one Hub, in a folder of their own."""

    def __init__(self, folder: Path, endpoint: str) -> None:
        self._folder = folder
        self._endpoint = endpoint

    def begin(self, now: dt.datetime) -> dt.datetime:
        """Say when the crawl under way began, now if none is; one of another Hub, or too old, is dropped."""
        self._folder.mkdir(parents=True, exist_ok=True)
        progress = self.progress()
        # A token must not go where an older setting pointed, nor pages of two Hubs, weeks or rules into one census.
        is_same = progress and (progress.endpoint, progress.method) == (self._endpoint, METHOD)
        if progress and is_same and now - progress.since <= CRAWL_BEGUN_ANEW:
            return progress.since
        self.clear()
        return now

    def progress(self) -> Progress | None:
        """Read how far a crawl in this folder is."""
        try:
            progress = Progress(**json.loads((self._folder / CURSOR).read_text(encoding="utf-8")))
            is_sound = progress.is_sound
        except (OSError, ValueError, TypeError):
            return None
        return progress if is_sound else None

    def add(self, models: Iterable[dict[str, Any]], following: str | None, progress: Progress) -> Progress:
        """Write a page, then where to go on; in this order, so that a page is read twice rather than lost."""
        import pyarrow.parquet as pq

        table = _table(models)
        part = self._part(progress.pages)
        scratch = part.with_suffix(".part")
        pq.write_table(table, scratch, compression="zstd")
        scratch.replace(part)
        counted = (progress.pages + 1, progress.models + len(table))
        kept = Progress(self._endpoint, *counted, following, progress.began, METHOD)
        mark = self._folder / f"{CURSOR}.part"
        mark.write_text(json.dumps(asdict(kept)), encoding="utf-8")
        mark.replace(self._folder / CURSOR)
        return kept

    def write(self, target: Path) -> int:
        """
        Put all pages together into one file of the common shape; gives the number of rows, repeated models included.

        Raises:  Changed, if the pages are not those that were kept: then they are dropped. OSError.
        """
        progress = self.progress()
        pages = progress.pages if progress and not progress.following else 0
        try:
            rows = schema.gather(self._pages(pages), target)
        except _Damaged:
            rows = -1
        if not progress or rows != progress.models:
            target.unlink(missing_ok=True)
            self.clear()
            raise Changed(self._endpoint, "its pages on this disk are damaged; the next try reads them anew")
        return rows

    def _pages(self, count: int) -> Iterator["pa.Table"]:
        for number in range(count):
            yield _read_page(self._part(number))

    def _part(self, number: int) -> Path:
        return self._folder / f"page-{number:06d}.parquet"

    def clear(self) -> None:
        """Forget the pages; the cursor first, so that none is ever believed to be there that is not."""
        (self._folder / CURSOR).unlink(missing_ok=True)
        for part in self._folder.iterdir():
            part.unlink()


class _Damaged(Exception):
    """A page is not there, or not what was kept; no error of the disk that is written to meanwhile."""


def _read_page(part: Path) -> "pa.Table":
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with pq.ParquetFile(part) as page:  # `read_table` takes twice the time to open one
            return page.read().cast(schema.schema())
    except (pa.ArrowException, OSError, ValueError) as trouble:
        raise _Damaged from trouble


OWN: Mapping[str, str] = {"downloads": "downloads_30d", "library_name": "library"}
"""What columns of the common shape are called as fields of a model, where the names differ."""


def _table(rows: Iterable[dict[str, Any]]) -> "pa.Table":
    """Bring models, as fields of `Model`, to the common shape at once."""
    import pyarrow as pa

    dated = [fields | {"created_at": _second(fields["created_at"])} for fields in rows]
    kinds = schema.schema()
    named = pa.schema([(OWN.get(column.name, column.name), column.type) for column in kinds])
    return pa.Table.from_pylist(dated, named).rename_columns(kinds.names)


def _second(text: str | None) -> str | None:
    """Write a moment as the common shape has it; None for what is none."""
    try:
        moment = dt.datetime.fromisoformat(text or "")
    except ValueError:
        return None
    if text and text.endswith("Z") and len(text) in (20, 24):  # as the Hub writes it: a third of the time
        return f"{text[:19]}Z"
    return iso(moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC))
