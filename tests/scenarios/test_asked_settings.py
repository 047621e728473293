"""Settings with a question mark behind them are asked about, never changed."""

import pytest

from playground.server import Playground


@pytest.mark.parametrize("words", ["digest off?", "digest pause ?", "unsubscribe?", "digest off all?", "digest on?"])
def test_a_digest_that_is_asked_about_stays_as_it_is(playground: Playground, words: str) -> None:
    """It is listed; typed and in a mention."""
    playground.command("/frameworks digest on mon 09:00 UTC")
    playground.wait_for_message("set up the weekly digest")
    playground.command(f"/frameworks {words}")
    playground.mention(words)
    playground.settled()

    assert len(playground.bot_messages()) == 1
    assert ["Monday at 09:00" in one.text + str(one.blocks) for one in playground.ephemerals()[1:]] == [True, True]


@pytest.mark.parametrize("words", ["digest pause for two weeks", "snooze the digest until january"])
def test_a_pause_that_was_to_end_by_itself_is_not_begun(playground: Playground, words: str) -> None:
    """It would not end: that is said to the one who asked, and the digest stays as it is."""
    playground.command("/frameworks digest on mon 09:00 UTC")
    playground.wait_for_message("set up the weekly digest")
    playground.command(f"/frameworks {words}")

    assert playground.wait_for_ephemeral("Nothing was changed")
    playground.settled()
    assert len(playground.bot_messages()) == 1


def test_link_previews_that_are_asked_about_stay_off(playground: Playground) -> None:
    """It is said how they are, and by which words they would be switched on."""
    playground.command("/frameworks previews on?")
    playground.settled()

    assert "`/frameworks previews on`" in playground.wait_for_ephemeral("Link previews are off").text
    assert playground.bot_messages() == []
