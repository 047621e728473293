"""
How the Hub is spoken to: its library's own session, who we say we are, its rate limits.

The session is used (connection pool, proxies, certificates), but not the library's helpers around it: they set no
deadline for listings, follow links to other hosts with the token, and make a request of their own while they build
headers.
"""

import logging
import re
from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext

import httpx2
from huggingface_hub import is_offline_mode
from huggingface_hub.utils import get_session, parse_ratelimit_headers

from analytics.errors import Changed
from analytics.hub_ear import HubEar
from analytics.sources.http_answers import Page, Refusal, retry_after
from analytics.sources.hub.refused_tokens import TokenReader
from analytics.sources.network_settings import SwitchedOff
from analytics.sources.web_session import user_agent

log = logging.getLogger(__name__)

LISTS = "api"
"""The Hub's name for the quota of lists and single models; files have another, far larger."""

QUOTA = 500
"""Calls in a window of the Hub for who has no token (its documentation); meant where an answer does not say."""


def headers_for(token: str | None, agent: str | None = None) -> dict[str, str]:
    """Make the headers every request to the Hub carries."""
    return {"user-agent": agent or user_agent(), **_authorization(token)}


def _authorization(token: str | None) -> dict[str, str]:
    """Make the header; a token that no header can carry is left out, as the HTTP client would print it in its error."""
    token = (token or "").strip()
    if token and not re.fullmatch(r"[!-~]+", token):
        log.warning("the Hub token holds characters that no token has; asking without it")
        return {}
    return {"authorization": f"Bearer {token}"} if token else {}


def refuse_strangers(page: Page, headers: Mapping[str, str], endpoint: str) -> Page:
    """Refuse an answer that a redirect led away for: without our token it is not what was asked for."""
    own = httpx2.URL(endpoint)
    if "authorization" in headers and (page.url.scheme, page.url.netloc) != (own.scheme, own.netloc):
        raise Changed(endpoint, f"it sends us to another host ({page.url.host})")
    return page


def _pause(headers: httpx2.Headers) -> float:
    """Read how long to wait: the RateLimit header's reset, else what every source may say."""
    limit = parse_ratelimit_headers(headers)
    return float(limit.reset_in_seconds) if limit and limit.remaining == 0 else retry_after(headers)


def courtesy(headers: Mapping[str, str], share: float) -> float:
    """Give the seconds to wait so that only a share of the window's quota is used and the rest is left to others."""
    limit = parse_ratelimit_headers(headers)
    if limit is None:
        return 0.0
    left = limit.remaining - (limit.limit or QUOTA) * (1 - share)
    return limit.reset_in_seconds + 1.0 if left < 1 else 0.0


HINTS: Mapping[int, str] = {
    401: "it wants a token in HF_TOKEN, and one that it takes",
    403: "it lets us read no lists",
    404: "HF_ENDPOINT leads to no list of models",
}
"""What a refusal means where a list was asked for, which the Hub gives to everybody."""


def explain_refusal(refusal: Refusal) -> Refusal:
    """Say beside a refused list what to mend."""
    hint = HINTS.get(refusal.status)
    why = f"{refusal.why} ({hint})" if hint else refusal.why
    return Refusal(refusal.url, why, refusal.status, refusal.code, refusal.request_id)


def _session() -> AbstractContextManager[httpx2.Client]:
    """Give the library's session, unless its switch says that nothing is to be asked."""
    if is_offline_mode():
        raise SwitchedOff("HF_HUB_OFFLINE is set, the switch of whoever runs this program")
    return nullcontext(get_session())


def listen(ear: HubEar) -> TokenReader:
    """Give the Hub's reader, of whose calls somebody hears."""

    def hear(outcome: str, headers: httpx2.Headers | None, seconds: float) -> None:
        limit = parse_ratelimit_headers(headers) if headers is not None else None
        ear.hear_hub(outcome, limit.remaining if limit and limit.resource_type == LISTS else None, seconds)

    return HUB.heard_by(hear)


HUB = TokenReader(_session, _pause)
"""The library shares one session and closes it itself."""
