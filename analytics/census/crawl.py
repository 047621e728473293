"""
The census by the listing API: every page of `sort=createdAt`, kept page by page, resumable after any end.

The cursor of that order is keyed on the creation of a repository, so that it neither skips nor repeats while the Hub
grows. Each page becomes a small Parquet file in the common shape, then the address of the next is written; killed
between the two, the same page is read once more. Half the quota is used, so that questions find the other half.
"""

import datetime as dt
import json
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analytics.census import schema
from analytics.errors import Changed, RateLimited, Unreachable
from analytics.sources.http import Page, Params, get_json, uncollected
from analytics.sources.hub.client import headers_for
from analytics.sources.hub.items import fields_of

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

QUOTA = 500
"""Calls in a window of the Hub for who has no token (its documentation); meant where an answer does not say."""

CURSOR = "cursor.json"
EVERY_MODEL_HAS = ("tags", "createdAt", "downloads")
"""A page of which no model has one of these comes from a listing that has changed."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the crawl of a Hub is: pages and models so far, the address of the next page (None at the end)."""

    endpoint: str
    pages: int
    models: int
    following: str | None
    began: str

    @property
    def since(self) -> dt.datetime:
        """When its first page was read."""
        return dt.datetime.fromisoformat(self.began)

    @property
    def is_sound(self) -> bool:
        """Tell whether it is what was once written."""
        texts, numbers = (self.endpoint, self.began, self.following or ""), (self.pages, self.models)
        typed = all(isinstance(one, str) for one in texts) and all(isinstance(one, int) for one in numbers)
        return typed and self.since.tzinfo is not None


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
        # A token must not go where an older setting pointed, nor pages of two Hubs or two weeks into one census.
        if progress and progress.endpoint == self._endpoint and now - progress.since <= TOO_OLD:
            return progress.since
        self.clear()
        return now

    def run(self, now: dt.datetime, total: int | None = None) -> Progress:
        """
        Read all pages that are left.

        Raises:  SourceError, when a page cannot be had after all tries; what was read stays for the next run.
        """
        began = self.begin(now)
        progress = self.progress() or Progress(self._endpoint, 0, 0, self._first(), began.isoformat())
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
            is_sound = progress.is_sound
        except (OSError, ValueError, TypeError):
            return None
        return progress if is_sound else None

    def write(self, target: Path) -> int:
        """
        Put all pages together into one file of the common shape; gives the number of rows, repeated models included.

        Raises:  Changed, if the pages are not those the crawl has kept: then they are dropped. OSError.
        """
        import pyarrow as pa

        progress = self.progress()
        pages = progress.pages if progress and not progress.following else 0
        try:
            rows = schema.gather(self._pages(pages), target)
        except (pa.ArrowInvalid, FileNotFoundError):
            rows = -1
        if not progress or rows != progress.models:
            target.unlink(missing_ok=True)
            self.clear()
            raise Changed(self._endpoint, "its pages on this disk are damaged; the next try reads them anew")
        return rows

    def _pages(self, count: int) -> Iterator["pa.Table"]:
        import pyarrow.parquet as pq

        for number in range(count):
            with pq.ParquetFile(self._part(number)) as page:  # `read_table` takes twice the time to open one
                yield page.read()

    def _part(self, number: int) -> Path:
        return self._folder / f"page-{number:06d}.parquet"

    def clear(self) -> None:
        """Forget the pages; the cursor first, so that none is ever believed to be there that is not."""
        (self._folder / CURSOR).unlink(missing_ok=True)
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
        for name in EVERY_MODEL_HAS:
            if items and not any(name in item for item in items):
                raise Changed(url, f"its models have no {name} any more")
        return page

    def _keep(self, page: Page, progress: Progress) -> Progress:
        """Write the page, then where to go on; in this order, so that a page is read twice rather than lost."""
        import pyarrow.parquet as pq

        with uncollected():
            table = _table(page.data)
        part = self._part(progress.pages)
        scratch = part.with_suffix(".part")
        pq.write_table(table, scratch, compression="zstd")
        scratch.replace(part)
        following = self._following(page)
        kept = Progress(self._endpoint, progress.pages + 1, progress.models + len(table), following, progress.began)
        mark = self._folder / f"{CURSOR}.part"
        mark.write_text(json.dumps(asdict(kept)), encoding="utf-8")
        mark.replace(self._folder / CURSOR)
        return kept

    def _following(self, page: Page) -> str | None:
        from analytics.sources.hub.client import next_page

        return next_page(page, self._endpoint)


_NONE: Params = []


OWN: Mapping[str, str] = {"downloads": "downloads_30d", "library_name": "library"}
"""What columns of the common shape are called as fields of a model, where the names differ."""


def _table(items: Iterable[Any]) -> "pa.Table":
    """Bring items to the common shape at once: names of files that can tell something, relations as tags."""
    import pyarrow as pa

    rows = [fields for fields in map(fields_of, items) if fields]
    for fields in rows:
        fields["created_at"] = _second(fields["created_at"])
    kinds = schema.schema()
    named = pa.schema([(OWN.get(column.name, column.name), column.type) for column in kinds])
    return pa.Table.from_pylist(rows, named).rename_columns(kinds.names)


def _second(text: str | None) -> str | None:
    """Write a moment as the common shape has it; None for what is none."""
    try:
        moment = dt.datetime.fromisoformat(text or "")
    except ValueError:
        return None
    if text and text.endswith("Z") and len(text) in (20, 24):  # as the Hub writes it: a third of the time
        return f"{text[:19]}Z"
    return f"{moment.astimezone(dt.UTC) if moment.tzinfo else moment:%Y-%m-%dT%H:%M:%SZ}"


def _courtesy(headers: Mapping[str, str]) -> float:
    """Give the seconds to wait so that the window's quota lasts, with half of it left to others."""
    from huggingface_hub.utils._http import parse_ratelimit_headers

    limit = parse_ratelimit_headers(headers)
    if limit is None:
        return 0.0
    left = limit.remaining - (limit.limit or QUOTA) * (1 - SHARE_OF_QUOTA)
    return limit.reset_in_seconds + 1.0 if left < 1 else 0.0


def _told(progress: Progress, total: int | None, read: int, seconds: float) -> str:
    rate = read / seconds if seconds > 0 else 0.0
    left = (
        f", {(total - progress.models) / rate / 60:.0f} min left" if total and rate and total > progress.models else ""
    )
    of = f" of about {total:,}" if total else ""
    return f"{progress.models:,}{of} models, {rate:,.0f} a second{left}"
