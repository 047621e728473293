"""Answers nobody would send on purpose: they, too, end in one of our errors, in words a person can read."""

from collections.abc import Awaitable, Callable

import pytest
from aiohttp import web
from aiohttp.typedefs import Handler

from analytics.errors import Changed, RateLimited, SourceError, Unreachable
from tests.analytics.sources.reading import TEN, top
from tests.loopback import hub_faults as faults
from tests.loopback.hub import LoopbackHub


def failure(fault: Callable[[web.Request, Handler], Awaitable[web.StreamResponse]]) -> SourceError:
    """Ask a Hub with this fault, and give what is raised; anything but our own errors goes through."""
    with LoopbackHub(TEN) as hub:
        hub.faults.put(fault, times=100)
        with pytest.raises(SourceError) as caught:
            top(hub)
    return caught.value


@pytest.mark.parametrize("value", ["", "soon", "-5", "Mon, 02 Nov 99999 09:00:00 GMT"])
def test_a_pause_that_cannot_be_read_is_a_minute(value: str) -> None:
    """Neither nothing nor nonsense stands in the way of waiting."""
    refused = failure(faults.asks_to_retry_after(value))

    assert isinstance(refused, RateLimited)
    assert refused.seconds == 60


def test_a_pause_until_a_date_gone_by_is_short() -> None:
    """A clock that is ahead of the Hub's never makes a wait of less than a second."""
    refused = failure(faults.asks_to_retry_after("Mon, 02 Nov 2020 09:00:00 GMT"))

    assert isinstance(refused, RateLimited)
    assert refused.seconds == 1


def test_a_pause_until_a_date_without_a_zone_is_kept() -> None:
    """Mail dates may say that they know no zone; HTTP means Greenwich."""
    assert isinstance(failure(faults.asks_to_retry_after("Mon, 02 Nov 2026 09:00:00 -0000")), RateLimited)


def test_a_pause_in_digits_of_another_kind_is_a_minute() -> None:
    """A superscript is a digit to Unicode and no number."""
    assert isinstance(failure(faults.asks_to_retry_after("²")), RateLimited)


@pytest.mark.parametrize("value", ["9" * 400, "9" * 15])
def test_no_pause_is_longer_than_an_hour(value: str) -> None:
    """A mistyped Retry-After does not silence the bot for years."""
    refused = failure(faults.asks_to_retry_after(value))

    assert isinstance(refused, RateLimited)
    assert refused.seconds <= 60 * 60


def test_json_nested_without_end_is_no_data() -> None:
    """A hundred thousand brackets are an answer as bad as any other."""
    assert isinstance(failure(faults.says(b"[" * 100_000)), Unreachable)


@pytest.mark.parametrize("body", [b'[{"id":"\xe9"}]', b"[" + b"9" * 5000 + b"]", b"\x00", b"{"])
def test_bytes_that_are_no_json_are_no_data(body: bytes) -> None:
    """Wrong encodings and numbers of five thousand digits included."""
    assert failure(faults.says(body)).why == "its answer was cut off or is no data"


@pytest.mark.parametrize("data", [None, 3, "[]", {"models": []}])
def test_json_that_is_no_list_has_changed(data: object) -> None:
    """Null, numbers, texts and objects are no rankings."""
    assert isinstance(failure(faults.says_json(data)), Changed)


@pytest.mark.parametrize("status", [204, 206, 301, 401, 403, 404, 410])
def test_a_status_that_is_no_success_has_changed(status: int) -> None:
    """What is neither 200, 429 nor a fault of the server asks for a person."""
    refused = failure(faults.says(b"", status))

    assert isinstance(refused, Changed)
    assert f"it answered {status}" in refused.why


@pytest.mark.parametrize("body", [b"\x1b[31mred", faults.PAGE, "\u202egnp".encode()])
def test_a_refusal_is_quoted_in_plain_text(body: bytes) -> None:
    """Terminal escapes, reversed writing and markup do not reach a screen or a channel."""
    why = failure(faults.says(body, 403)).why

    assert why.isprintable()
    assert "<" not in why


def test_a_body_that_cannot_be_unpacked_is_no_lack_of_connection() -> None:
    """Who looks for a broken network would look in vain."""
    assert "connection" not in failure(faults.says(b"[]", Content_Encoding="gzip")).why


def test_redirects_in_a_circle_are_no_lack_of_connection() -> None:
    """The same for an address that sends to itself."""
    assert "connection" not in failure(faults.sends_on_to("/api/models")).why
