"""
The successor of Papers with Code: how many papers of a quarter are tagged with a framework.

API as its client has it (huggingface/pwc-cli 0.1.16): `GET /papers/` with filters, `GET /frameworks/` with names. It
fails closed: a count whose filters are not echoed is a count of everything, and is refused.
"""

from collections.abc import Iterator
from typing import Any

from analytics.errors import Changed
from analytics.sources.web import Params, get_json

SECONDS = 30.0
HEADERS = {"accept": "application/json, text/plain;q=0.9", "user-agent": "frameworks-bot"}


class PapersLive:
    """One API, by its address."""

    def __init__(self, address: str) -> None:
        self._address = address.rstrip("/")

    def frameworks(self) -> list[str]:
        """
        List the names it knows.

        Raises:  Unreachable, RateLimited or Changed.
        """
        url = f"{self._address}/frameworks/"
        told = get_json(url, [], HEADERS, SECONDS).data
        names = sorted(set(_names(told)))
        if not names:
            raise Changed(url, "it lists no frameworks")
        return names

    def count(self, start: str, end: str, framework: str | None = None) -> int:
        """
        Count the papers published between two days (inclusive), of one framework or of all.

        Raises:  Changed, if it ignored a filter; Unreachable, RateLimited.
        """
        url = f"{self._address}/papers/"
        filters = {"start_date": start, "end_date": end} | ({"framework": framework} if framework else {})
        params: Params = [("page", 1), ("page_size", 1), *filters.items(), ("latest_only", "true")]
        told = get_json(url, params, HEADERS, SECONDS).data
        applied = told.get("applied_filters") if isinstance(told, dict) else None
        echoed = {str(key): str(value).casefold() for key, value in (applied or {}).items()}
        ignored = [name for name, value in filters.items() if echoed.get(name) != value.casefold()]
        if ignored:
            raise Changed(url, f"it ignored the filter {', '.join(ignored)}, so that its count is of everything")
        count = told.get("count", told.get("total"))
        if not isinstance(count, int) or isinstance(count, bool) or count < 0:
            raise Changed(url, "it gives no count")
        return count


def _names(told: Any) -> Iterator[str]:
    """Walk domains and categories to the names of frameworks."""
    if isinstance(told, dict):
        for entry in told.get("frameworks") or []:
            if isinstance(entry, dict) and isinstance(entry.get("name"), str):
                yield entry["name"]
        for key in ("domains", "categories"):
            for child in told.get(key) or []:
                yield from _names(child)
