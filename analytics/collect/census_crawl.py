"""The census by the listing API: every page that is left is read and kept, and the run after any end goes on there."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

from analytics.census.crawled_pages import CrawledPages, Progress
from analytics.errors import Changed
from analytics.sources.http_answers import pause_collector
from analytics.sources.hub.crawl import ModelListing
from analytics.sources.hub.next_page import BarrenPages
from analytics.sources.retry import REALLY, Waiting


class Crawl:
    """One crawl, in a folder of its own; made anew it goes on where the last one ended."""

    def __init__(
        self,
        folder: Path,
        endpoint: str,
        token: str | None,
        tell: Callable[[str], None],
        waiting: Waiting = REALLY,
    ) -> None:
        self.pages = CrawledPages(folder, endpoint)
        self._listing = ModelListing(endpoint, token, tell, waiting)
        self._endpoint = endpoint
        self._tell = tell
        self._waiting = waiting

    def run(self, now: dt.datetime, total: int | None = None) -> Progress:
        """
        Read all pages that are left.

        Raises:  SourceError, when a page cannot be had after all tries; what was read stays for the next run.
        """
        began = self.pages.begin(now)
        progress = self.pages.progress() or Progress(self._endpoint, 0, 0, self._listing.first, began.isoformat())
        started, before = self._waiting.now(), progress.models
        visited, barren = set[str](), BarrenPages(self._listing.first)
        while progress.following:
            if progress.following in visited:
                raise Changed(progress.following, "its list of pages runs in a circle")
            visited.add(progress.following)
            so_far = progress.models
            progress, pause = self._read(progress.following, progress)
            barren.count(progress.models - so_far)
            self._tell(_describe(progress, total, progress.models - before, self._waiting.now() - started))
            if progress.following:
                self._waiting.sleep(pause)
        return progress

    def _read(self, url: str, progress: Progress) -> tuple[Progress, float]:
        """Read and keep one page; gives how far the crawl is then, and how long to wait for the sake of others."""
        page = self._listing.page(url)
        with pause_collector():
            return self.pages.add(page.models, page.following, progress), page.pause


def _describe(progress: Progress, total: int | None, read: int, seconds: float) -> str:
    rate = read / seconds if seconds > 0 else 0.0
    left = (
        f", {(total - progress.models) / rate / 60:.0f} min left" if total and rate and total > progress.models else ""
    )
    of = f" of about {total:,}" if total else ""
    return f"{progress.models:,}{of} models, {rate:,.0f} a second{left}"
