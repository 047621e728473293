"""
The way from one page of a list to the next, and where it has no end.

Of the link that an answer names only the query is taken, onto the address of the list that was asked for: so a mirror
that passes on the Hub's own links works, and a token never travels to another host.
"""

import re

import httpx2

from analytics.errors import Changed
from analytics.sources.http_answers import Page

MOST_BARREN = 3
"""Pages in a row without anything new; one may come where all of its models were made private meanwhile."""


def next_page(page: Page, listing: str) -> str | None:
    """Give the address of the next page of a list; None at its end. Raises Changed, if it is of something else."""
    match = re.search(r'<([^>]*)>;\s*rel="?next', page.headers.get("link", ""))
    if not match:
        return None
    own = httpx2.URL(listing)
    try:
        following = page.url.join(match.group(1))
    except httpx2.InvalidURL:
        raise Changed(listing, "the address of its next page is not valid") from None
    if not _is_same_list(following, own):
        raise Changed(listing, "its next page does not belong to the list that was asked for")
    return str(own.copy_with(query=following.query))


def _is_same_list(following: httpx2.URL, own: httpx2.URL) -> bool:
    """Tell whether a link is to the same list; a mirror below a path may name it as the Hub itself does."""
    return following.path == own.path or (following.path.startswith("/api/") and own.path.endswith(following.path))


class BarrenPages:
    """Pages that bring nothing new, counted: a list that goes on so has no end."""

    def __init__(self, listing: str) -> None:
        self._listing = listing
        self._barren = 0

    def count(self, new: int) -> None:
        """Take how many were new on a page. Raises Changed, where too many in a row brought nothing."""
        self._barren = 0 if new else self._barren + 1
        if self._barren > MOST_BARREN:
            raise Changed(self._listing, "its pages go on without end and bring nothing new")
