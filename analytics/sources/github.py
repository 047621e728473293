"""
GitHub without its API: the archive of a repository, or one page of it, at a branch or a commit.

`codeload.github.com/<owner>/<name>/zip/<ref>` takes one request and no quota; the archive's comment names the commit.
"""

from collections.abc import Callable

from analytics.errors import Changed
from analytics.sources.addresses import make_address
from analytics.sources.web_session import WEB, user_agent
from analytics.sources.zipped import Opened, open_zip

LARGEST = 64 * 2**20
"""Bytes of an archive; those that are read have 5 and 15 MB."""
LONGEST = 2**20
"""Bytes of one page."""


class Archives:
    """The two addresses of GitHub that give files; no token is sent to either."""

    def __init__(
        self, archives: str = "https://codeload.github.com", pages: str = "https://raw.githubusercontent.com"
    ) -> None:
        self._archives = archives
        self._pages = pages

    def texts(self, repository: str, ref: str, wanted: Callable[[str], bool], *, seconds: float) -> Opened:
        """
        Read files of a repository by their path in it; the comment of what is given is the commit.

        Raises:  Unreachable, RateLimited or Changed.
        """
        url = make_address(self._archives, repository, "zip", ref)
        return open_zip(_whole(url, LARGEST, seconds), wanted, url, inside=True)

    def page(self, repository: str, commit: str, path: str, *, seconds: float) -> str:
        """
        Read one file.

        Raises:  Unreachable, RateLimited or Changed.
        """
        url = make_address(self._pages, repository, commit, path)
        return _whole(url, LONGEST, seconds).decode("utf-8", "replace")


def _whole(url: str, most: int, seconds: float) -> bytes:
    body = WEB.get_start(url, {"user-agent": user_agent()}, seconds, most + 1)
    if len(body) > most:
        raise Changed(url, f"it sent more than {most // 2**20} MB")
    return body
