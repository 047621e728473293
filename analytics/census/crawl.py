"""
The census by the listing API: every page of `sort=createdAt`, kept page by page, resumable after any end.

The cursor of that order is keyed on the creation of a repository, so that it neither skips nor repeats while the Hub
grows. Each page becomes a small Parquet file, then the address of the next is written; killed between the two, the
same page is read once more. Half the quota is used, so that questions find the other half.
"""

import datetime as dt
import json
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from httpx2 import URL

from analytics.errors import Changed, RateLimited, Unreachable
from analytics.sources.hub import headers_for
from analytics.sources.hub_items import fields_of
from analytics.sources.web import Page, Params, get_json

if TYPE_CHECKING:
    import pyarrow as pa

FIELDS = (
    *("baseModels", "createdAt", "downloads", "downloadsAllTime", "library_name", "likes", "pipeline_tag"),
    *("siblings", "tags"),
)
A_PAGE = 1000
SECONDS = 60.0
PAUSES = (2.0, 8.0, 30.0, 60.0, 120.0)
"""Seconds before each further try of a page."""

SHARE_OF_QUOTA = 0.5
TOO_OLD = dt.timedelta(days=3)
"""A crawl interrupted for longer is begun anew: its counts of downloads would be of different weeks."""

CURSOR = "cursor.json"
NEARBY = 10
"""Pages in which a model may come again."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the crawl is: pages and models so far, the address of the next page (None at the end)."""

    pages: int
    models: int
    following: str | None
    began: str

    @property
    def since(self) -> dt.datetime:
        """When its first page was read."""
        return dt.datetime.fromisoformat(self.began)


class Crawl:
    """One crawl, in a folder of its own; made anew it goes on where the last one ended."""

    def __init__(
        self,
        folder: Path,
        endpoint: str,
        token: str | None,
        tell: Callable[[str], None],
        wait: Callable[[float], None] = time.sleep,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._folder = folder
        self._endpoint = endpoint
        self._headers = headers_for(token)
        self._tell = tell
        self._wait = wait
        self._now = now

    def begin(self, now: dt.datetime) -> dt.datetime:
        """Say when the crawl under way began, now if none is; one of another Hub, or too old, is dropped."""
        self._folder.mkdir(parents=True, exist_ok=True)
        progress = self.progress()
        if progress and (now - progress.since > TOO_OLD or not self._is_ours(progress.following)):
            self.clear()
            progress = None
        return progress.since if progress else now

    def run(self, now: dt.datetime, total: int | None = None) -> Progress:
        """
        Read all pages that are left.

        Raises:  SourceError, when a page cannot be had after all tries; what was read stays for the next run.
        """
        began = self.begin(now)
        progress = self.progress() or Progress(0, 0, self._first(), began.isoformat())
        started, before = self._now(), progress.models
        visited: set[str] = set()
        while progress.following:
            if progress.following in visited:
                raise Changed(progress.following, "its list of pages runs in a circle")
            visited.add(progress.following)
            page = self._page(progress.following)
            progress = self._keep(page, progress)
            self._tell(_told(progress, total, progress.models - before, self._now() - started))
            if progress.following:
                self._wait(_courtesy(page.headers))
        return progress

    def progress(self) -> Progress | None:
        """Read how far a crawl in this folder is."""
        try:
            progress = Progress(**json.loads((self._folder / CURSOR).read_text(encoding="utf-8")))
            known = progress.since.tzinfo is not None
        except (OSError, ValueError, TypeError):
            return None
        return progress if known else None

    def _is_ours(self, following: str | None) -> bool:
        """Tell whether the next page is on our Hub: the token must not go where an older setting pointed."""
        if following is None:
            return True
        theirs, ours = URL(following), URL(self._endpoint)
        return (theirs.scheme, theirs.netloc) == (ours.scheme, ours.netloc)

    def reader(self) -> "pa.RecordBatchReader":
        """Give all pages kept as one stream, each model once: a repeated page follows soon after the first."""
        import pyarrow as pa

        last: deque[frozenset[str]] = deque(maxlen=NEARBY)

        def batches() -> Iterator["pa.RecordBatch"]:
            import pyarrow.parquet as pq

            for part in sorted(self._folder.glob("page-*.parquet")):
                table = pq.read_table(part)
                names = table["id"].to_pylist()
                fresh = [not any(name in page for page in last) for name in names]
                last.append(frozenset(names))
                yield from table.filter(pa.array(fresh)).to_batches()

        return pa.RecordBatchReader.from_batches(_schema(), batches())

    def clear(self) -> None:
        """Forget the pages: they have become a census."""
        for part in self._folder.iterdir():
            part.unlink()

    # ---------------------------------------------------------------------------------------------------------- a page

    def _first(self) -> str:
        expand = "".join(f"&expand={field}" for field in FIELDS)
        return f"{self._endpoint}/api/models?sort=createdAt&direction=1&limit={A_PAGE}{expand}"

    def _page(self, url: str) -> Page:
        for pause in (*PAUSES, None):
            try:
                page = get_json(url, _NONE, self._headers, SECONDS)
            except (Unreachable, RateLimited) as trouble:
                if pause is None:
                    raise
                seconds = trouble.seconds + 1 if isinstance(trouble, RateLimited) else pause
                self._tell(f"{trouble.why}; trying again in {seconds:.0f} s")
                self._wait(seconds)
            else:
                return self._sound(page, url)
        raise AssertionError("unreachable")  # the last try raises

    def _sound(self, page: Page, url: str) -> Page:
        """Refuse what is no page of models, or lacks what every model has."""
        if not isinstance(page.data, list):
            raise Changed(url, "it answered with something else than a list")
        items = [item for item in page.data if isinstance(item, dict)]
        if items and not any("tags" in item for item in items):
            raise Changed(url, "its models have no tags any more")
        return page

    def _keep(self, page: Page, progress: Progress) -> Progress:
        """Write the page, then where to go on; in this order, so that a page is read twice rather than lost."""
        import pyarrow.parquet as pq

        table = _table(item for item in page.data if isinstance(item, dict) and isinstance(item.get("id"), str))
        part = self._folder / f"page-{progress.pages:06d}.parquet"
        scratch = part.with_suffix(".part")
        pq.write_table(table, scratch, compression="zstd")
        scratch.replace(part)
        following = self._following(page)
        kept = Progress(progress.pages + 1, progress.models + len(table), following, progress.began)
        mark = self._folder / f"{CURSOR}.part"
        mark.write_text(json.dumps({name: getattr(kept, name) for name in Progress.__slots__}), encoding="utf-8")
        mark.replace(self._folder / CURSOR)
        return kept

    def _following(self, page: Page) -> str | None:
        from analytics.sources.hub import next_page

        return next_page(page, self._endpoint)


_NONE: Params = []


COLUMNS: Mapping[str, str] = {
    "id": "id",
    "created_at": "createdAt",
    "downloads_30d": "downloads",
    "downloads_all": "downloadsAllTime",
    "likes": "likes",
    "library": "library_name",
    "task": "pipeline_tag",
    "tags": "tags",
    "files": "siblings",
}
"""Fields of a model that are kept, and what the Hub and its snapshots call them."""


def _table(items: Iterable[Any]) -> "pa.Table":
    """Reduce items at once: names of files that can tell something, relations as tags, the rest as it is."""
    import pyarrow as pa

    rows = [fields_of(item) or {"id": ""} for item in items]
    kept = pa.schema([(own, _kind(own)) for own in COLUMNS])
    return pa.Table.from_pylist(rows, kept).rename_columns(list(COLUMNS.values()))


def _schema() -> "pa.Schema":
    import pyarrow as pa

    return pa.schema([(name, _kind(own)) for own, name in COLUMNS.items()])


def _kind(own: str) -> "pa.DataType":
    import pyarrow as pa

    if own in ("tags", "files"):
        return pa.list_(pa.string())
    return pa.int64() if own in ("downloads_30d", "downloads_all", "likes") else pa.string()


def _courtesy(headers: Mapping[str, str]) -> float:
    """Give the seconds to wait so that the window's quota lasts, with half of it left to others."""
    from huggingface_hub.utils._http import parse_ratelimit_headers

    limit = parse_ratelimit_headers(headers)
    if limit is None or not limit.limit or not limit.window_seconds:
        return 0.0
    left = limit.remaining - limit.limit * (1 - SHARE_OF_QUOTA)
    return limit.reset_in_seconds + 1.0 if left < 1 else 0.0


def _told(progress: Progress, total: int | None, read: int, seconds: float) -> str:
    rate = read / seconds if seconds > 0 else 0.0
    left = (
        f", {(total - progress.models) / rate / 60:.0f} min left" if total and rate and total > progress.models else ""
    )
    of = f" of about {total:,}" if total else ""
    return f"{progress.models:,}{of} models, {rate:,.0f} a second{left}"
