"""
The successor of Papers with Code: how many papers of a quarter its catalogue associates with a framework.

API as its client has it (huggingface/pwc-cli 0.1.16): `GET /papers/` with filters, `GET /frameworks/` with names. It
fails closed: a count whose filters are not echoed is a count of everything, and is refused. No token is ever sent.
"""

from collections.abc import Iterator
from typing import Any

from analytics.domain import quarters
from analytics.errors import Changed, Missing
from analytics.sources.http import Params
from analytics.sources.http_answers import Refusal
from analytics.sources.retry import REALLY, Tries, Waiting, retry
from analytics.sources.web_session import WEB, user_agent

SECONDS = 30.0
LARGEST = 2 * 2**20
"""Bytes of one answer at most, as its own client has it."""

LONGEST = 200
"""Characters of a framework's name; what is longer is none."""

TRIES = Tries((2.0, 10.0), most=130.0)
"""Of one request; who asks for a pause longer than two minutes is asked again next week."""

ACCEPTED = "application/json, text/plain;q=0.9"
NOT_FOUND = 404


class PapersLive:
    """One API, by its address; `seconds` bound each request."""

    def __init__(self, address: str, seconds: float = SECONDS, waiting: Waiting = REALLY) -> None:
        self.address = address.rstrip("/")
        self._seconds = seconds
        self._waiting = waiting

    def frameworks(self) -> dict[str, int | None]:
        """
        List the names it knows, each with how many papers it says it has of it (None if it does not say).

        Raises:  Unreachable, RateLimited or Changed.
        """
        url = f"{self.address}/frameworks/"
        names = dict(_names(self._get(url, [])))
        if not names:
            raise Changed(url, "it lists no frameworks")
        return names

    def count(self, first: str, last: str, framework: str | None = None) -> int:
        """
        Count the papers published from one quarter to another (both included), of one framework or of all.

        Raises:  Missing, if it knows no such framework; Changed, if it ignored a filter; Unreachable, RateLimited.
        """
        url = f"{self.address}/papers/"
        start, end = quarters.days(first)[0].isoformat(), quarters.days(last)[1].isoformat()
        filters = {"start_date": start, "end_date": end} | ({"framework": framework} if framework else {})
        params: Params = [("page", 1), ("page_size", 1), *filters.items(), ("order_by", "date_published")]
        try:
            told = self._get(url, params)
        except Refusal as refusal:
            if framework and refusal.status == NOT_FOUND:
                raise Missing(url, f"it knows no framework {framework}") from None
            raise
        return _read_count(url, told, filters)

    def _get(self, url: str, params: Params) -> Any:
        headers = {"accept": ACCEPTED, "user-agent": user_agent()}
        return retry(
            lambda: WEB.get_json(url, params, headers, self._seconds, largest=LARGEST).data, TRIES, self._waiting
        )


def _read_count(url: str, told: Any, filters: dict[str, str]) -> int:
    """Read the count; it is believed only if every filter is echoed."""
    applied = told.get("applied_filters") if isinstance(told, dict) else None
    echoed = {name: str(value).casefold() for name, value in applied.items()} if isinstance(applied, dict) else {}
    ignored = [name for name, value in filters.items() if echoed.get(name) != value.casefold()]
    if ignored:
        raise Changed(url, f"it ignored the filter {', '.join(ignored)}, so that its count is of everything")
    count = told.get("count", told.get("total"))
    if not isinstance(count, int) or isinstance(count, bool) or count < 0:
        raise Changed(url, "it gives no count")
    return count


def _names(told: Any) -> Iterator[tuple[str, int | None]]:
    """Walk domains and categories to the frameworks."""
    if not isinstance(told, dict):
        return
    for entry in _list(told, "frameworks"):
        if isinstance(entry, dict) and isinstance(entry.get("name"), str) and len(entry["name"]) <= LONGEST:
            papers = entry.get("paper_count")
            yield entry["name"], papers if isinstance(papers, int) else None
    for key in ("domains", "categories"):
        for child in _list(told, key):
            yield from _names(child)


def _list(told: dict[str, Any], key: str) -> list[Any]:
    found = told.get(key)
    return found if isinstance(found, list) else []
