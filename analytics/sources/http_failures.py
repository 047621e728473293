"""What it means that no answer came: each error of the HTTP client as one of ours, in words fit for people."""

import logging
import ssl
from collections.abc import Iterator
from urllib.parse import urlsplit

import httpx2

from analytics.errors import Changed, NotAsked, SourceError, Unreachable
from analytics.sources.network_settings import CERTIFICATES, describe_way, has_usable_way, name_unusable_proxy

log = logging.getLogger(__name__)

LONGEST_SHOWN = 300
"""Characters of an address that cannot be asked, in its error."""

FAILURES = (httpx2.HTTPError, httpx2.InvalidURL, OSError, UnicodeError)
"""What asking raises; the last for a name of a host that cannot be."""

WORDS: tuple[tuple[type[Exception], type[SourceError], str], ...] = (
    (httpx2.RemoteProtocolError, Unreachable, "the answer broke off"),
    (httpx2.DecodingError, Unreachable, "its answer was cut off or is no data"),
    (httpx2.TooManyRedirects, Changed, "it sends from one address to the next without end"),
    # Nobody asks for such an address of their own accord: a name in it came from outside.
    (httpx2.InvalidURL, Changed, "that is no address that can be asked"),
    (httpx2.UnsupportedProtocol, Changed, "it leads to an address that cannot be asked"),
    (UnicodeError, Changed, "it leads to an address that cannot be asked"),
)


def explain_failure(failure: Exception, url: str) -> SourceError:
    """Give the error that says why nobody answered at an address."""
    if not has_usable_way(url):
        return NotAsked(url, name_unusable_proxy())
    for kind, error, words in WORDS:
        if isinstance(failure, kind):
            return error(url[:LONGEST_SHOWN], words)
    log.info("no connection to %s: %s", host_of(url), failure)
    if isinstance(failure, httpx2.ProxyError):
        return _explain_proxy(failure, url)
    if any(isinstance(cause, ssl.SSLCertVerificationError) for cause in _causes(failure)):
        return Changed(url, f"this machine does not trust its certificate ({CERTIFICATES} can name its authority)")
    return Unreachable(url, f"no connection could be made{describe_way(url)}")


def _explain_proxy(failure: httpx2.ProxyError, url: str) -> SourceError:
    """Tell a proxy that cannot get through just now (its 5xx) from one that wants a password."""
    why = f"no connection could be made{describe_way(url)}"
    if str(failure).startswith("5"):
        return Unreachable(url, f"{why}: it could not get through")
    return NotAsked(url, f"{why}: it did not let us through (a name and password stand in its address)")


def host_of(url: str) -> str:
    """Give for the log who was asked: the rest of an address holds what somebody typed."""
    return urlsplit(url).netloc.rpartition("@")[2]


def _causes(failure: BaseException | None) -> Iterator[BaseException]:
    while failure:
        yield failure
        failure = failure.__cause__ or failure.__context__
