"""On the page one replies in threads, sees what was sent either way, and has bad days; axe-core finds nothing."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from playground.behind import SWITCHES, TURNS
from playground.server import Playground
from tests.playground.tabs import Tabs
from tests.playground.test_page import browser, log, type_in
from tests.scenarios.test_accessible import BACK, Scheme, findings, opened, tab_to, unfold

__all__ = ["browser"]


@pytest.mark.browser
@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 360)])
def test_a_reply_goes_on_from_the_answer(
    browser: Tabs, start: Callable[..., Playground], scheme: Scheme, width: int
) -> None:
    """From the menu of the answer into its thread, and out again."""
    playground = start()
    with opened(browser, playground, scheme, width) as page:
        type_in(page, "/frameworks top10")
        playground.settled()
        log(page).get_by_label("More actions on the message").first.click()
        log(page).get_by_role("button", name="Reply in thread").first.click()
        expect(page.get_by_label("Message or command")).to_be_focused()
        found = findings(page)
        type_in(page, "@frameworks the second one")
        expect(log(page)).to_contain_text("model google-bert/bert-base-uncased")
        page.get_by_role("button", name="Leave the thread").click()
        expect(page.get_by_text("Replying in the thread")).to_be_hidden()
    playground.settled()
    assert {message.thread_ts for message in playground.messages()[1:]} == {playground.messages()[0].ts}
    assert "\n".join(found) == ""


@pytest.mark.browser
def test_there_are_no_commands_in_threads(browser: Tabs, start: Callable[..., Playground]) -> None:
    """As in Slack, and said as there."""
    playground = start()
    with opened(browser, playground, "light") as page:
        type_in(page, "/frameworks top10")
        playground.settled()
        log(page).get_by_label("More actions on the message").first.click()
        log(page).get_by_role("button", name="Reply in thread").first.click()
        type_in(page, "/frameworks help")
        expect(log(page)).to_contain_text("/frameworks is not supported in threads. Sorry!")
    playground.settled()
    assert len(playground.deliveries("slash_commands")) == 1


@pytest.mark.browser
@pytest.mark.parametrize(("scheme", "width"), [("dark", 1280), ("light", 360)])
def test_what_was_sent_is_shown_and_goes_wrong_on_purpose(
    browser: Tabs, start: Callable[..., Playground], scheme: Scheme, width: int
) -> None:
    """Without files the answer has no picture, and the refusal stands among the requests; all of it by keyboard."""
    playground = start()
    with opened(browser, playground, scheme, width) as page:
        unfold(page)
        tab_to(page, "Requests and bad days…", BACK)
        page.keyboard.press("Enter")
        page.get_by_label("No files: uploads are refused").press("Space")
        expect(page.get_by_label("No files: uploads are refused")).to_be_checked()
        playground.command("/frameworks top10")
        playground.settled()
        lines = page.get_by_role("log", name="What was sent")
        expect(lines).to_contain_text("refused: file_uploads_disabled")
        expect(lines).to_contain_text("/frameworks")
        found = findings(page)
    playground.settled()
    assert "\n".join(found) == ""
    assert not any(block["type"] == "image" for block in playground.bot_messages()[0].blocks)


def test_each_switch_is_one_of_the_stand_ins_faults(start: Callable[..., Playground]) -> None:
    """And each turn leaves something for the next post."""
    playground = start()
    assert all(getattr(playground.faults, name) is False for name in SWITCHES)
    for turn in TURNS.values():
        turn.begin(playground.faults)
        assert playground.faults.take("chat.postMessage") is not None
        playground.faults.clear()
