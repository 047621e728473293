"""
The settings of a machine that keep us from asking anybody: proxies, certificates, the Hub's own switch.

They are read by the HTTP client and by the Hub's library, not by us; here is only said which of them is to be mended.
Their values are never said: a proxy's may hold a password.
"""

from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import httpx2

from analytics.domain.host_names import can_be_host

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
    return name_unusable_proxy()


def describe_way(url: str) -> str:
    """Say through which proxy an address was tried; empty where it was asked without one."""
    way = _way(url)
    return f" through the proxy that {_variable(way)} names" if way else ""


def has_usable_way(url: str) -> bool:
    """Tell whether an address can be asked as the settings are: one without a host or a port that can be is no way."""
    way = _way(url)
    return not way or _can_be_used(_proxies()[way])


def _way(url: str) -> str:
    """Give the scheme whose proxy an address goes through; empty where it is asked without one."""
    parts = urlsplit(url)
    ways = [] if proxy_bypass(parts.hostname or "") else [one for one in _proxies() if one in (parts.scheme, "all")]
    return next(iter(ways), "")


def name_unusable_proxy() -> str:
    """Name the variable whose proxy is none, and say what one is."""
    name = next((_variable(scheme) for scheme, url in _proxies().items() if not _can_be_used(url)), "NO_PROXY")
    return f"{name} holds no proxy that can be used (http://, https:// or socks5://host:port)"


def _can_be_used(url: str) -> bool:
    address = url if "://" in url else f"http://{url}"
    try:
        httpx2.Proxy(address)
        parts = urlsplit(address)
        return parts.port != 0 and can_be_host(parts.hostname)
    except (ValueError, httpx2.InvalidURL):
        return False


def _name_proxies(beginning: str) -> str:
    """Name the variables whose proxies begin so."""
    return " or ".join(_variable(scheme) for scheme, url in _proxies().items() if url.startswith(beginning))


def _proxies() -> dict[str, str]:
    """Give the proxies of the environment (or the system) that the HTTP client takes, by scheme."""
    return {scheme: url for scheme, url in getproxies().items() if scheme in ("http", "https", "all") and url}


def _variable(scheme: str) -> str:
    return f"{scheme.upper()}_PROXY"
