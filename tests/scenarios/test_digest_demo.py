"""The digest as a newcomer tries it: subscribed in the page, the clock moved on there, from whatever zone."""

import datetime as dt
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from analytics.domain.collectors import Collector
from analytics.domain.observations import Ranking
from analytics.domain.staleness import DAY
from bot.app import Bot
from bot.digest.poster import Pace
from playground.server import Playground
from playground.start import clock_of, live_by_its_clock
from tests.loopback.hub import LoopbackHub
from tests.loopback.hub_items import model
from tests.patient_slack import patient_slack
from tests.playground.tabs import Tabs
from tests.playground.test_page import browser
from tests.scenarios.conftest import OUT_OF_REACH, connected
from tests.scenarios.test_digest import SATURDAY

__all__ = ["browser"]
MONDAY = dt.datetime(2026, 11, 30, 9, tzinfo=dt.UTC)
MONDAYS = ("Mon 30 Nov", "Mon 7 Dec")
ZONES = {
    **dict.fromkeys(("Asia/Tokyo", "America/New_York", "Europe/Berlin", "UTC"), MONDAYS),
    "Pacific/Honolulu": ("Sun 29 Nov", "Sun 6 Dec"),
}
"""Where the page is read, and which days nine o'clock in Berlin falls on there."""


@pytest.fixture
def newcomer(tmp_path: Path) -> Iterator[tuple[Playground, Bot]]:
    """Give a playground on a Saturday with an empty folder and the Hub out of reach, as `start` puts it together."""
    with (
        patient_slack(clock=SATURDAY.timestamp) as playground,
        connected(
            playground, tmp_path, OUT_OF_REACH, clock_of(playground), Pace(playground.advance, playground.now)
        ) as bot,
    ):
        live_by_its_clock(playground, bot)
        playground.on_moved = bot.scheduler.digest  # collecting would ask hosts that no stand-in plays here
        yield playground, bot


@pytest.mark.browser
@pytest.mark.parametrize(("zone", "days"), ZONES.items())
def test_one_click_brings_the_first_issue_in_any_zone(
    browser: Tabs, newcomer: tuple[Playground, Bot], zone: str, days: tuple[str, str]
) -> None:
    """The page offers the channel's own slot, wherever its reader is, and what comes says that it is the first."""
    playground, _ = newcomer
    playground.command("/frameworks digest on mon 09:00 Europe/Berlin")
    playground.wait_for_ephemeral("gets a digest")
    with browser.lend(zone=zone) as page:
        page.goto(playground.url)
        expect(page.locator("#due")).to_contain_text(f"Next here: {days[0]}")

        # It is answered when all that was due has been delivered, the thread of the issue too.
        with page.expect_response(lambda answered: answered.request.method == "POST"):
            page.get_by_role("button", name="Move on").click()

        issue = playground.wait_for_message("FIRST ISSUE")
        assert "The first issue: there is no earlier list to compare with." in str(issue.blocks)
        assert "SAMPLE, not live" in str(issue.blocks)
        assert 0 <= playground.now() - 1_796_025_600 < 3600, "09:00 in Berlin"
        expect(page.locator("#due")).to_contain_text(f"Next here: {days[1]}")


def test_with_a_network_the_first_issue_is_the_list_of_now(tmp_path: Path) -> None:
    """It is read before the issue is made: no sample, nothing stale, and nobody is said not to have answered."""
    with (
        LoopbackHub([model(f"lab/m{number}", downloads=99 - number, tags=["pytorch"]) for number in range(40)]) as hub,
        patient_slack(clock=SATURDAY.timestamp) as playground,
        connected(
            playground, tmp_path, hub.endpoint, clock_of(playground), Pace(playground.advance, playground.now)
        ) as bot,
    ):
        live_by_its_clock(playground, bot)
        playground.on_moved = bot.scheduler.digest  # collecting would ask hosts that no stand-in plays here
        playground.command("/frameworks digest on mon 09:00 UTC")
        playground.wait_for_ephemeral("gets a digest")
        due = bot.scheduler.next_digest(playground.channel("general").id)
        assert due is not None
        playground.advance(due.timestamp() + 1 - playground.now())

        issue = playground.wait_for_message("FIRST ISSUE")
        playground.settled()
        assert "(30 Nov 2026)" in issue.text
        assert not [word for word in ("SAMPLE", "STALE", "did not answer") if word in str(issue.blocks)]


def wait_for_lists(bot: Bot) -> None:
    """Wait until the lists of the start were read."""
    collecting, read = bot.scheduler.collecting, threading.Event()
    assert collecting
    collecting.report_to(lambda _what: read.set())
    assert bot.analyst.tell_last_collection(Collector.TOP)[0] or read.wait(30)


def test_moving_on_moves_collecting_with_it(tmp_path: Path) -> None:
    """What the digest needs is old by that clock: it is read first, then it comes; two days are no history."""
    with (
        LoopbackHub([model(f"lab/m{number}", downloads=99 - number, tags=["pytorch"]) for number in range(40)]) as hub,
        patient_slack(clock=SATURDAY.timestamp) as playground,
        connected(
            playground,
            tmp_path,
            hub.endpoint,
            clock_of(playground),
            Pace(playground.advance, playground.now),
            rhythms={Collector.TOP: DAY},
        ) as bot,
    ):
        live_by_its_clock(playground, bot)
        wait_for_lists(bot)
        playground.command("/frameworks digest on mon 09:00 UTC")
        playground.wait_for_ephemeral("gets a digest")
        for day in (30, 37):
            playground.advance((MONDAY + dt.timedelta(days=day - 30)).timestamp() + 1 - playground.now())
            playground.wait_for_message("FIRST ISSUE" if day == 30 else "as on 30 Nov 2026")
            playground.settled()
            newest = bot.analyst.context.top_lists.newest(Ranking("trending"))
            assert newest is not None
            assert newest.as_of.date() == MONDAY.date() + dt.timedelta(days=day - 30)
        assert not [word for word in ("STALE", "did not answer") if word in str(playground.bot_messages())]


def test_a_paused_digest_is_not_offered(newcomer: tuple[Playground, Bot]) -> None:
    """Nor is one that never was."""
    playground, bot = newcomer
    channel = playground.channel("general").id
    assert bot.scheduler.next_digest(channel) is None

    playground.command("/frameworks digest on mon 09:00 UTC")
    playground.wait_for_ephemeral("gets a digest")
    assert bot.scheduler.next_digest(channel) is not None

    playground.command("/frameworks digest pause")
    playground.wait_for_message("paused the weekly digest")
    assert bot.scheduler.next_digest(channel) is None
