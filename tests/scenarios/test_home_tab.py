"""The Home tab tells a person what they have made and how things stand, and every change in it shows at once."""

from typing import Any

import pytest

from playground.block_kit import view_problems
from playground.server import Playground
from playground.state import Channel, User


def opened(playground: Playground, user: str = "ann") -> dict[str, Any]:
    """Open a person's Home tab; give what is shown."""
    playground.open_home(user)
    playground.settled()
    home = playground.home(user)
    assert home is not None
    return home


def new_channel(playground: Playground, name: str) -> Channel:
    """Make a public channel with Ann and the bot in it."""
    world, team = playground.world, playground.workspace
    with world.changing():
        channel = Channel(world.new_id("C"), name, team.id, "public", {playground.user("ann").id, team.bot_user.id})
        world.channels[channel.id] = channel
    return channel


def with_digests(playground: Playground, *channels: str) -> None:
    """Have Ann make a digest in each."""
    for channel in channels:
        playground.command("/frameworks digest on mon 09:00 Europe/Berlin", channel=channel)
    playground.settled()


def test_the_messages_tab_is_no_home_tab(playground: Playground) -> None:
    """Slack tells of both by the same event; nothing is published for the other."""
    assert playground.open_home(tab="messages").wait().acked
    playground.settled()

    assert playground.home() is None


def test_it_says_what_can_be_asked_and_how_fresh_the_sources_are(playground: Playground) -> None:
    """In blocks that Slack takes."""
    home = opened(playground)

    shown = {key: home[key] for key in ("type", "blocks")}
    assert view_problems(shown) == []
    assert "You have made none." in str(home)
    assert "Top list by downloads" in str(home)


def test_an_example_is_answered_by_direct_message(playground: Playground) -> None:
    """A click in the tab has no channel."""
    opened(playground)

    playground.click_home("home-ask:top30")

    assert playground.wait_for_message("PyTorch is in 28", channel="dm")


@pytest.mark.parametrize("word", ["missing_scope", "ratelimited", "internal_error"])
def test_an_example_is_answered_though_slack_does_not_name_the_conversation(playground: Playground, word: str) -> None:
    """A post to the person goes there too."""
    opened(playground)
    playground.faults.error("conversations.open", word)

    playground.click_home("home-ask:top30")

    assert playground.wait_for_message("PyTorch is in 28", channel="dm")


def test_what_a_click_did_is_said_directly_where_slack_takes_no_tab(playground: Playground) -> None:
    """Nobody is left with a tab that shows what is no more."""
    with_digests(playground, "general")
    opened(playground)
    playground.faults.error("views.publish", "internal_error")

    playground.click_home("Leave")

    assert playground.wait_for_message("The digest is stopped.", channel="dm")


def test_a_digest_is_paused_resumed_and_left(playground: Playground) -> None:
    """Each change is in the tab at once, and in the channel."""
    with_digests(playground, "general")
    assert "next <!date" in str(opened(playground))

    for button, shown in [("Pause", "*paused*"), ("Resume", "next <!date"), ("Leave", "You have made none.")]:
        playground.click_home(button)
        playground.settled()
        assert shown in str(playground.home())

    playground.command("/frameworks digest list")
    assert playground.wait_for_ephemeral("This channel has no digest")


def test_all_are_left_at_once(playground: Playground) -> None:
    """After Slack has asked whether that is meant."""
    with_digests(playground, "general", "random")
    assert "All 2 digests that you made end." in str(opened(playground))

    playground.click_home("Leave All")
    playground.settled()

    assert "You made 2 digests; all have ended." in str(playground.home())
    assert "You have made none." in str(playground.home())


@pytest.mark.parametrize("words", ["digest off all", "unsubscribe all", "digest off everywhere"])
def test_all_are_left_by_words_too(playground: Playground, words: str) -> None:
    """From any channel; those that others made stay."""
    with_digests(playground, "general", "random")
    playground.command("/frameworks digest on", channel="secret", user="bob")

    playground.command(f"/frameworks {words}")

    assert playground.wait_for_ephemeral("You made 2 digests; all have ended.")


def test_a_digest_is_changed_by_the_form(playground: Playground) -> None:
    """The channel's own."""
    with_digests(playground, "general")
    opened(playground)

    playground.click_home("Change")
    playground.settled()

    modal = playground.modal()
    assert modal is not None
    assert playground.channel("general").id in modal["private_metadata"]


def test_an_admin_sees_the_digests_of_all_and_others_their_own(playground: Playground) -> None:
    """Bob runs the workspace, Chie does not."""
    with_digests(playground, "general")

    assert "Digests of others" in str(opened(playground, "bob"))
    assert "Digests of others" not in str(opened(playground, "chie"))


@pytest.mark.parametrize("user", ["chie"])
def test_nobody_stops_anothers_digest_from_their_own_tab(playground: Playground, user: str) -> None:
    """A forged click is told that there is no such digest of theirs."""
    with_digests(playground, "general")
    home = opened(playground, "ann")
    opened(playground, user)
    playground.workspace.views[playground.user(user).id]["blocks"] = home["blocks"]

    playground.click_home("Leave", user)
    playground.settled()

    assert "There is no such digest of yours any more." in str(playground.home(user))
    assert "next <!date" in str(opened(playground, "ann"))


def test_with_many_digests_the_tab_still_fits(playground: Playground) -> None:
    """Slack takes a hundred blocks; fifteen digests are shown with buttons."""
    for number in range(20):
        channel = new_channel(playground, f"c{number}")
        playground.command("/frameworks digest on mon 09:00 Europe/Berlin", channel=channel)
        playground.settled()

    home = opened(playground)

    assert len(home["blocks"]) < 60
    assert "5 more digests" in str(home)


def test_a_tab_that_is_switched_off_costs_nothing_else(playground: Playground) -> None:
    """The bot goes on."""
    playground.world.home_tab = False
    playground.open_home()
    playground.command("/frameworks top30")

    assert playground.wait_for_message("PyTorch is in 28")


def test_whoever_invites_the_bot_is_greeted_alone_and_once(playground: Playground) -> None:
    """With what can be done next; nobody else is told, and nobody when it came by itself."""
    playground.invite_bot("secret", "ann")
    hello = playground.wait_for_ephemeral("Thanks for the invitation", channel="secret")
    playground.settled()
    playground.resend(playground.deliveries("events_api")[-1])
    playground.command("/frameworks top10", channel="random")
    playground.settled()

    assert [one.text for one in playground.ephemerals("secret")] == [hello.text]
    assert playground.bot_messages("secret") == []
    assert [one.text for one in playground.ephemerals("random") if "invitation" in one.text] == []


def test_the_tab_is_right_after_the_change_form_was_submitted(playground: Playground) -> None:
    """Without being opened anew."""
    with_digests(playground, "general")
    opened(playground)
    playground.click_home("Change")
    playground.wait_for(playground.modal)
    playground.submit({"day": "1", "zone": "UTC"})
    playground.settled()

    assert "every Tuesday at 09:00, UTC" in str(playground.home())
    assert "every Monday" not in str(playground.home())


def test_the_tab_is_right_after_what_others_change(playground: Playground) -> None:
    """Ann's, whose digest it is, and that of Bob, who runs the workspace."""
    with_digests(playground, "general")
    opened(playground)
    opened(playground, "bob")
    invited = playground.channel("general").members
    invited.add(playground.user("chie").id)
    playground.command("/frameworks digest pause", user="chie")
    playground.settled()

    assert "*paused*" in str(playground.home())
    assert "*paused*, made by" in str(playground.home("bob"))


def test_what_is_changed_in_the_tab_is_said_in_the_channel(playground: Playground) -> None:
    """By name, one line for each."""
    with_digests(playground, "general")
    opened(playground)
    for button in ("Pause", "Resume", "Leave"):
        playground.click_home(button)
        playground.settled()

    said = [message.text.split(" the ")[0] for message in playground.bot_messages()]
    assert said == ["ann set up", "ann paused", "ann resumed", "ann stopped"]


@pytest.mark.parametrize("user", ["gil", "helper bot"])
def test_a_guest_and_a_bot_that_open_it_see_no_more_than_a_member(playground: Playground, user: str) -> None:
    """Slack does not describe them to us; nothing of others, and no error."""
    with_digests(playground, "general")
    world, team = playground.world, playground.workspace
    with world.changing():
        opener = User(world.new_id("U"), user, user, team.id)
        world.users[opener.id] = opener
    playground.faults.error("users.info", "user_not_visible", 3)
    playground.open_home(opener)
    playground.settled()
    shown = str(playground.home(opener))

    assert "You have made none." in shown
    assert "of others" not in shown


def admin_clicks(playground: Playground, button: str) -> str:
    """Let Bob, who runs the workspace, click in his tab; give it as it is then."""
    playground.click_home(button, "bob")
    playground.settled()
    return str(playground.home("bob"))


def test_an_admin_pauses_resumes_and_ends_the_digest_of_another(playground: Playground) -> None:
    """One quiet line each in the channel, by name and with an undo; who made it hears of it."""
    with_digests(playground, "general")
    opened(playground, "bob")

    for button, shown in [("Pause", "*paused*, made by"), ("Resume", "made by"), ("End", "The digest is stopped.")]:
        assert shown in admin_clicks(playground, button)

    line = playground.bot_messages()[-1]
    assert line.text.startswith("bob stopped the weekly digest here")
    assert [one.text.split(" the ")[0] for one in playground.bot_messages("dm")] == [
        "bob paused",
        "bob resumed",
        "bob stopped",
    ]
    playground.click(line, "Undo")
    playground.settled()
    assert "Digests of others" in str(opened(playground, "bob"))


def test_an_admin_changes_the_digest_of_another_by_the_form(playground: Playground) -> None:
    """It stays Ann's."""
    with_digests(playground, "general")
    opened(playground, "bob")
    playground.click_home("Change", "bob")
    playground.wait_for(lambda: playground.modal("bob"))
    playground.submit({"day": "1", "zone": "UTC"}, "bob")
    playground.settled()

    assert "every Tuesday at 09:00, UTC, made by" in str(playground.home("bob"))
    assert "every Tuesday at 09:00, UTC · next" in str(opened(playground))
    assert playground.bot_messages()[-1].text.startswith("bob changed the weekly digest here")
