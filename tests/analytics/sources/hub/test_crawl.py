"""The listing of all models, a page at a time: how much of the quota it uses, and what of a page is kept."""

from analytics.sources.hub.crawl import ModelListing
from tests.analytics.no_waiting import not_really
from tests.loopback.hub import LoopbackHub
from tests.loopback.hub_items import model


def test_of_six_calls_of_a_window_three_are_left_to_questions() -> None:
    """After the third page the next window is waited for, and not before."""
    only = model("lab/m", tags=["pytorch"], createdAt="2026-11-01T00:00:00.000Z", downloads=1)
    with LoopbackHub([only], quota=6) as hub:
        listing = ModelListing(hub.endpoint, None, lambda _: None, not_really())
        pauses = [listing.page(listing.first).pause for _ in range(3)]

    assert [pause > 60 for pause in pauses] == [False, False, True]
