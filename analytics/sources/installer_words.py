"""
What the installer's words mean: each way in which an index gives nothing, as one of our errors; pure.

It prints “No matching distribution” for an index without the project and for one that is down alike; which it was
stands in its log. Its own words may hold a mirror's address with a password, so none of them is passed on.
"""

import re
from collections.abc import Callable

from packaging.specifiers import SpecifierSet
from packaging.version import InvalidVersion, Version

from analytics.errors import Changed, NotAsked, RateLimited, SourceError, Unreachable
from analytics.sources.allowance import TookTooLong

INDEX = "the package index"
"""What stands for its address in errors: a mirror's may hold a password."""

PAUSE = 300.0
"""Seconds to leave an index alone that asks for a pause; the installer waits for a short one itself."""

TO_MEND = (
    ("Missing dependencies for SOCKS", "ALL_PROXY names a SOCKS proxy, for which the installer needs PySocks"),
    ("Not supported proxy scheme|proxy URL|InvalidProxyURL", "the proxy that is set is not one that it can use"),
    ("could not find a suitable TLS CA", "the certificates that PIP_CERT or SSL_CERT_FILE names are none"),
    ("certificate verify failed", "the installer does not trust its certificate (PIP_CERT can name its authority)"),
    ("407 Proxy", "the proxy wants a name and a password"),
    ("is not a trusted or secure host", "the installer does not trust an index without encryption (PIP_TRUSTED_HOST)"),
    (r"\b401 (?:Client )?Error", "it wants a name and a password, which stand in the installer's settings"),
    (r"\b403 Client Error", "it answered 403: the installer's settings may lack a name and a password"),
)
"""What the installer says where a setting of this machine is in the way, and which one it is."""

Make = Callable[[str], SourceError]


def _make_changed(words: str) -> Make:
    return lambda wanted: Changed(INDEX, words.format(wanted=wanted))


def _make_unreachable(words: str) -> Make:
    return lambda wanted: Unreachable(INDEX, words.format(wanted=wanted))


MEANINGS: tuple[tuple[str, Make], ...] = (
    ("No module named pip", _make_unreachable("this Python comes without its installer, pip")),
    ("MemoryError|Cannot allocate memory", _make_changed("it sent more than the installer has room for")),
    (
        "DO NOT MATCH THE HASHES|does not match the expected",
        _make_changed("the wheel of {wanted} that came does not have the hash that the index states"),
    ),
    (r"Wheel '.*' located at .* is invalid", _make_changed("the wheel of {wanted} is no archive that can be read")),
    ("429 Client Error|too many 429", lambda _: RateLimited(INDEX, "it asks for a pause", PAUSE)),
    (r"HTTP error 404 while getting", _make_changed("it names a wheel of {wanted} that is not there")),
    (r"\b5\d\d Server Error|too many 5\d\d|HTTP error 5", _make_unreachable("it answers with an error of its own")),
    (r"Exceeded \d+ redirects", _make_changed("it sends from one address to the next without end")),
    (
        "JSONDecodeError|IncompleteRead|Connection broken|incomplete-download",
        _make_unreachable("its answer was cut off or is no data"),
    ),
    (
        "Skipping page .* Content-Type|looks like an archive",
        _make_changed("it answers with something else than a page of releases"),
    ),
    (
        "Retrying|[Cc]onnection error|Connection aborted|NewConnectionError|timed out|Max retries|SSLError|ProxyError",
        _make_unreachable("it does not answer the installer"),
    ),
)
"""What it says, and what that means; the first that fits."""


def explain_refusal(printed: str, log: str, wanted: str) -> SourceError:
    """Turn what the installer printed, and logged of what it asked, into an error of ours."""
    said = "\n".join([printed, *re.findall("Could not fetch URL .*|Skipping page .*", log)])
    if setting := next((words for pattern, words in TO_MEND if re.search(pattern, said, re.IGNORECASE)), ""):
        return NotAsked(INDEX, setting)
    if make := next((make for pattern, make in MEANINGS if re.search(pattern, said)), None):
        return make(wanted)
    if "No matching distribution" not in printed:
        return Unreachable(INDEX, f"the installer gave up on {wanted}")
    if list_final(log, wanted):
        return Changed(INDEX, f"every release of {wanted} was withdrawn")
    return Changed(INDEX, f"it has no wheel of {wanted}")


def explain_silence(log: str, seconds: float) -> SourceError:
    """Say why the installer had to be ended: it waits as long as an index tells it to."""
    if re.search(r'" 429 \d+', log):
        return RateLimited(INDEX, "it asks for a pause", PAUSE)
    return TookTooLong(INDEX, f"the installer did not end within {seconds:.0f} s")


def list_final(log: str, wanted: str) -> tuple[str, ...]:
    """List the versions on the pages it read that answer to `name==4.57.*` and are no pre-releases, oldest first."""
    name = re.split(r"[=<>!~]", wanted, maxsplit=1)[0]
    asked = SpecifierSet(wanted.removeprefix(name))
    found = set(map(_version, re.findall(r"Found link .*, version: (\S+)$", log, re.MULTILINE)))
    fitting = sorted(version for version in found if version and not version.is_prerelease and version in asked)
    return tuple(map(str, fitting))


def _version(text: str) -> Version | None:
    try:
        return Version(text)
    except InvalidVersion:
        return None


def leads_into_the_open(log: str) -> bool:
    """Tell whether an encrypted index sent to an address without encryption, where anybody could answer."""
    pages = log.rpartition("Fetched page")[0]
    sent = r'https://\S+ "GET \S+ \S+" 30[12378] .*\n.*(?:Starting new HTTP connection|http://\S+ "GET )'
    return re.search(sent, pages) is not None
