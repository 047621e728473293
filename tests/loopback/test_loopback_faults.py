"""Every fault of the stand-in is what its name says, on the route it was put on, for as long as it was put."""

import datetime as dt
import http.client
import math
import time
from collections.abc import Iterator

import pytest

from tests.loopback import hub_faults as faults
from tests.loopback.hub import LoopbackHub
from tests.loopback.hub_items import model
from tests.loopback.plain_get import get, walk


@pytest.fixture
def hub() -> Iterator[LoopbackHub]:
    """Serve five models, in pages of two."""
    with LoopbackHub([model(f"org/m{i}", downloads=9 - i) for i in range(5)], most_a_page=2) as served:
        yield served


# -------------------------------------------------------------------------------------------------- where and how often


def test_a_fault_comes_once_and_passes(hub: LoopbackHub) -> None:
    """Unless told otherwise, the next answer of the listing is spoilt and the one after it is good."""
    hub.faults.put(faults.BAD_GATEWAY)

    assert [get(hub).status for _ in range(2)] == [502, 200]


def test_a_fault_may_stay(hub: LoopbackHub) -> None:
    """A number of times, or for good."""
    hub.faults.put(faults.BAD_GATEWAY, times=2)
    assert [get(hub).status for _ in range(3)] == [502, 502, 200]

    hub.faults.put(faults.BAD_GATEWAY, times=math.inf)
    assert {get(hub).status for _ in range(9)} == {502}


def test_a_fault_keeps_to_its_route(hub: LoopbackHub) -> None:
    """A pattern says which paths are spoilt; all others answer well."""
    hub.faults.put(faults.BAD_GATEWAY, "/api/models/org/*", times=math.inf)

    assert [get(hub, path).status for path in ("/api/models", "/api/models/org/m1", "/api/models/x")] == [200, 502, 401]


def test_a_page_in_the_middle_may_fail(hub: LoopbackHub) -> None:
    """The second page fails once; asked again, it comes."""
    hub.faults.put(faults.BAD_GATEWAY, skip=1)
    first = get(hub)

    assert [get(hub, first.next).status for _ in range(2)] == [502, 200]


# --------------------------------------------------------------------------------------------------------- bad answers


def test_a_web_page_comes_as_success(hub: LoopbackHub) -> None:
    """200, HTML."""
    hub.faults.put(faults.WEB_PAGE)
    answer = get(hub)

    assert (answer.status, answer.headers.get_content_type()) == (200, "text/html")
    assert answer.body.startswith(b"<!DOCTYPE html>")


def test_json_is_cut_although_its_length_is_right(hub: LoopbackHub) -> None:
    """Only reading it as JSON shows it."""
    hub.faults.put(faults.CUT_JSON)
    answer = get(hub)

    assert int(answer.headers["Content-Length"]) == len(answer.body)
    with pytest.raises(ValueError, match="Unterminated"):
        assert answer.json


def test_a_body_is_shorter_than_promised(hub: LoopbackHub) -> None:
    """The connection ends before Content-Length is reached."""
    hub.faults.put(faults.shorter_than_promised)

    with pytest.raises(http.client.IncompleteRead):
        get(hub)


def test_a_connection_ends_without_a_word(hub: LoopbackHub) -> None:
    """Not even a status comes."""
    hub.faults.put(faults.hangs_up)

    with pytest.raises(http.client.RemoteDisconnected):
        get(hub)


@pytest.mark.parametrize(
    ("fault", "status", "kind", "body"),
    [
        (faults.BAD_GATEWAY, 502, "text/html", faults.PAGE),
        (faults.ERROR_IN_A_LIST, 500, "application/json", b'["Internal Error"]'),
        (faults.NOTHING, 200, "application/json", b""),
        (faults.says_json(None), 200, "application/json", b"null"),
    ],
    ids=["502", "500", "empty", "null"],
)
def test_an_answer_may_be_anything(hub: LoopbackHub, fault: faults.Fault, status: int, kind: str, body: bytes) -> None:
    """Status, kind and body are as set, and the quota is told as on every answer."""
    hub.faults.put(fault)
    answer = get(hub)

    assert (answer.status, answer.headers.get_content_type(), answer.body) == (status, kind, body)
    assert answer.headers["RateLimit"].startswith('"api";r=499;')


# -------------------------------------------------------------------------------------------------------- slow answers


def test_a_stall_ends_when_the_stand_in_closes() -> None:
    """A request that is held does not hold up the end."""
    with LoopbackHub() as hub:
        hub.faults.put(faults.stalls())
        waiting = http.client.HTTPConnection(hub.endpoint.removeprefix("http://"), timeout=0.2)
        waiting.request("GET", "/api/models")
        with pytest.raises(TimeoutError):
            waiting.getresponse()
        began = time.monotonic()
    waiting.close()
    assert time.monotonic() - began < 10  # the stall is of 30


def test_a_drip_is_the_good_answer_byte_by_byte(hub: LoopbackHub) -> None:
    """Each byte comes well before any time-out, the whole of it late."""
    good = get(hub, "/api/models?limit=1&expand=tags").body
    hub.faults.put(faults.drips(0.005))
    began = time.monotonic()

    assert get(hub, "/api/models?limit=1&expand=tags").body == good
    assert time.monotonic() - began >= 0.005 * len(good)


# -------------------------------------------------------------------------------------------------------------- pauses


def test_a_pause_is_asked_for_in_the_hub_s_way(hub: LoopbackHub) -> None:
    """429 with nothing left and the seconds until the window ends, then recovery."""
    hub.faults.put(faults.rate_limited(2))
    refused = get(hub)

    assert (refused.status, refused.headers["RateLimit"]) == (429, '"api";r=0;t=2')
    assert "hit the quota of 500 api requests" in refused.json["error"]
    assert get(hub).status == 200


@pytest.mark.parametrize("value", ["7", faults.http_date(dt.datetime(2026, 11, 2, 9, tzinfo=dt.UTC)), ""])
def test_a_pause_is_asked_for_in_a_proxy_s_way(hub: LoopbackHub, value: str) -> None:
    """Retry-After in seconds, as a date, or not at all; and no RateLimit."""
    hub.faults.put(faults.asks_to_retry_after(value))
    refused = get(hub)

    assert (refused.status, refused.headers["Retry-After"]) == (429, value or None)
    assert refused.headers["RateLimit"] is None


def test_dates_are_written_as_http_writes_them() -> None:
    """In Greenwich time, with English names."""
    east = dt.timezone(dt.timedelta(hours=9))

    assert faults.http_date(dt.datetime(2026, 11, 2, 18, 0, tzinfo=east)) == "Mon, 02 Nov 2026 09:00:00 GMT"


# --------------------------------------------------------------------------------------------------------------- links


def test_a_link_may_lead_to_another_host(hub: LoopbackHub) -> None:
    """A careless client follows it, and the other host sees the token it brings."""
    with LoopbackHub() as stranger:
        hub.faults.put(faults.links_to(f"{stranger.endpoint}/api/models?cursor=e30="))
        following = get(hub).next
        get(stranger, following, token="hf_made_up")

        assert stranger.requests[0].headers["authorization"] == "Bearer hf_made_up"


def test_a_link_may_name_the_page_it_stands_on(hub: LoopbackHub) -> None:
    """The same cursor again: a careless client walks in a circle."""
    second = get(hub).next
    hub.faults.put(faults.links_to_itself, times=math.inf)

    assert get(hub, second).next == second


def test_a_link_may_be_relative(hub: LoopbackHub) -> None:
    """It leaves out the host and leads on all the same; the last page has none."""
    hub.faults.put(faults.links_relatively, times=math.inf)
    first = get(hub)

    assert first.next.startswith("/api/models?cursor=")
    assert walk(hub, first.next) == [["org/m2", "org/m3"], ["org/m4"]]


def test_an_answer_may_send_elsewhere(hub: LoopbackHub) -> None:
    """307 to another host, with the query."""
    hub.faults.put(faults.sends_on_to("http://127.0.0.1:9/api/models"))
    answer = get(hub, "/api/models?limit=3")

    assert (answer.status, answer.headers["Location"]) == (307, "http://127.0.0.1:9/api/models?limit=3")
