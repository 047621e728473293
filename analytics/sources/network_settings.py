"""
The settings of a machine that keep us from asking anybody: proxies, certificates, the Hub's own switch.

They are read by the HTTP client and by the Hub's library, not by us; here is only said which of them is to be mended.
Their values are never said: a proxy's may hold a password.
"""

from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import httpx2

CERTIFICATES = "SSL_CERT_FILE or SSL_CERT_DIR"


class SwitchedOff(Exception):
    """The user does not want anything to be asked; `str()` is a clause that names the switch."""


UNUSABLE = (SwitchedOff, ImportError, ValueError, httpx2.InvalidURL, OSError)
"""What opening a session raises for a switch, a proxy or a file of certificates that is none."""


def name_unusable(failure: Exception) -> str:
    """Name the setting that has to be mended, and say how."""
    if isinstance(failure, SwitchedOff):
        return str(failure)
    if isinstance(failure, ImportError):
        return f"{_name_proxies('socks')} names a SOCKS proxy, which needs the package socksio"
    if isinstance(failure, OSError):
        return f"the certificates that {CERTIFICATES} names cannot be read"
    return f"{_name_unusable_proxy()} holds no proxy that can be used (http://, https:// or socks5://host:port)"


def describe_way(url: str) -> str:
    """Say through which proxy an address was tried; empty where it was asked without one."""
    parts = urlsplit(url)
    ways = [] if proxy_bypass(parts.hostname or "") else [one for one in _proxies() if one in (parts.scheme, "all")]
    return f" through the proxy that {_variable(ways[0])} names" if ways else ""


def _name_unusable_proxy() -> str:
    return next((_variable(scheme) for scheme, url in _proxies().items() if not _can_be_used(url)), "NO_PROXY")


def _can_be_used(url: str) -> bool:
    try:
        httpx2.Proxy(url if "://" in url else f"http://{url}")
    except (ValueError, httpx2.InvalidURL):
        return False
    return True


def _name_proxies(beginning: str) -> str:
    """Name the variables whose proxies begin so."""
    return " or ".join(_variable(scheme) for scheme, url in _proxies().items() if url.startswith(beginning))


def _proxies() -> dict[str, str]:
    """Give the proxies of the environment (or the system) that the HTTP client takes, by scheme."""
    return {scheme: url for scheme, url in getproxies().items() if scheme in ("http", "https", "all") and url}


def _variable(scheme: str) -> str:
    return f"{scheme.upper()}_PROXY"
