"""
The listing of all models, page by page in the order of their creation: `GET /api/models?sort=createdAt`.

The cursor of that order is keyed on the creation of a repository, so that it neither skips nor repeats while the Hub
grows. Half the quota is used, so that questions find the other half.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from analytics.errors import Changed, SourceError
from analytics.sources.http_answers import Page, Refusal, pause_collector
from analytics.sources.hub.items import fields_of, is_private
from analytics.sources.hub.next_page import next_page
from analytics.sources.hub.session import HUB, courtesy, explain_refusal, headers_for, refuse_strangers
from analytics.sources.retry import REALLY, Tries, Waiting, retry

FIELDS = (
    *("baseModels", "createdAt", "downloads", "downloadsAllTime", "library_name", "likes", "pipeline_tag"),
    *("private", "siblings", "tags"),
)
A_PAGE = 1000
SECONDS, SECONDS_FOR_TOTAL = 60.0, 10.0
TRIES = Tries((2.0, 8.0, 30.0, 60.0, 120.0), most=4000.0)
"""Of a page; an hour's pause, the longest that is believed, is waited once."""

SHARE_OF_QUOTA = 0.5
EVERY_MODEL_HAS = ("tags", "createdAt", "downloads")
"""A page of which no model has one of these comes from a listing that has changed."""


@dataclass(frozen=True, slots=True)
class ListedPage:
    """One page: its models as fields of `Model`, the next page's address, the seconds to wait before asking for it."""

    models: list[dict[str, Any]]
    following: str | None
    pause: float


class ModelListing:
    """The listing of one Hub; `tell` hears, in words for people, of every page that is tried again."""

    def __init__(
        self, endpoint: str, token: str | None, tell: Callable[[str], None], waiting: Waiting = REALLY
    ) -> None:
        self._endpoint = endpoint
        self._headers = headers_for(token)
        self._tell = tell
        self._waiting = waiting

    @property
    def first(self) -> str:
        """The address of the first page."""
        expand = "".join(f"&expand={field}" for field in FIELDS)
        return f"{self._address}?sort=createdAt&direction=1&limit={A_PAGE}{expand}"

    @property
    def _address(self) -> str:
        return f"{self._endpoint}/api/models"

    def page(self, url: str) -> ListedPage:
        """
        Read one page.

        Raises:  SourceError, when it cannot be had after all tries, or is no page of models.
        """
        try:
            page = retry(lambda: HUB.get_json(url, [], self._headers, SECONDS), TRIES, self._waiting, self._say)
        except Refusal as refusal:
            raise explain_refusal(refusal) from None
        _refuse_other_shapes(refuse_strangers(page, self._headers, self._endpoint), url)
        with pause_collector():
            models = [fields for item in page.data if not is_private(item) and (fields := fields_of(item))]
        return ListedPage(models, next_page(page, self._address), courtesy(page.headers, SHARE_OF_QUOTA))

    def _say(self, trouble: SourceError, seconds: float) -> None:
        self._tell(f"{trouble.why}; trying again in {seconds:.0f} s")


def _refuse_other_shapes(page: Page, url: str) -> None:
    """Refuse what is no page of models, or lacks what every model has."""
    if not isinstance(page.data, list):
        raise Changed(url, "it answered with something else than a list")
    items = [item for item in page.data if isinstance(item, dict)]
    for name in EVERY_MODEL_HAS:
        if items and not any(name in item for item in items):
            raise Changed(url, f"its models have no {name} any more")


def site_total(endpoint: str, token: str | None) -> int | None:
    """Read the site's own number of models, undocumented; None where it cannot be had."""
    url = f"{endpoint}/models-json"
    try:
        told = HUB.get_json(url, [("withCount", "true")], headers_for(token), SECONDS_FOR_TOTAL).data
    except SourceError:
        return None
    total = told.get("numTotalItems") if isinstance(told, dict) else None
    return total if isinstance(total, int) and total > 0 else None
