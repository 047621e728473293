"""Whatever is changed of a channel's digest is said there in one line, by name, and can be taken back from it."""

from pathlib import Path

import pytest

from playground.server import Playground
from playground.state import Channel, PostedMessage, User
from tests.patient_slack import patient_slack
from tests.scenarios.conftest import connected

ON = "digest on mon 09:00 Europe/Berlin"


def say(playground: Playground, words: str, user: str | User = "ann", channel: str | Channel = "general") -> None:
    """Type a command and wait until all is done."""
    playground.command(f"/frameworks {words}", user=user, channel=channel)
    playground.settled()


def lines(playground: Playground, channel: str | Channel = "general") -> list[str]:
    """Give what all read in a channel."""
    playground.settled()
    return [message.text for message in playground.bot_messages(channel)]


def last(playground: Playground, channel: str | Channel = "general") -> PostedMessage:
    """Give the newest line of a channel."""
    playground.settled()
    return playground.bot_messages(channel)[-1]


def undo(playground: Playground, message: PostedMessage, user: str | User = "bob") -> None:
    """Click a line's button and wait until all is done."""
    playground.click(message, "Undo", user=user)
    playground.settled()


def private(playground: Playground, user: str = "ann") -> list[str]:
    """Give what one person alone was told in the channel."""
    return [one.text for one in playground.ephemerals(user=user)]


def invite(playground: Playground, person: User, channel: str = "general") -> User:
    """Let somebody into a channel."""
    playground.world.users[person.id] = person
    playground.channel(channel).members.add(person.id)
    return person


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (
            "digest on tue 10:00 UTC",
            "bob changed the weekly digest here: it comes every Tuesday at 10:00, UTC, no longer",
        ),
        (
            "digest on only if it matters",
            "bob changed the weekly digest here: quiet weeks are summed up in the next post",
        ),
        ("digest pause", "bob paused the weekly digest here (every Monday at 09:00, Europe/Berlin)."),
        ("digest off", "bob stopped the weekly digest here (every Monday at 09:00, Europe/Berlin)."),
    ],
)
def test_a_change_is_said_in_the_channel_by_name(playground: Playground, words: str, line: str) -> None:
    """One line, without a mention, which would ring the person's bell."""
    say(playground, ON)
    say(playground, words, "bob")

    made, changed = lines(playground)
    assert made.startswith(
        "ann set up the weekly digest here: every Monday at 09:00, Europe/Berlin. The next one comes"
    )
    assert changed.startswith(line)
    assert "<@" not in made + changed


def test_the_condition_is_said_wherever_the_rhythm_is(playground: Playground) -> None:
    """Who reads the channel's lines, the list or Home learns of it too."""
    says = "every Monday at 09:00, Europe/Berlin, only in weeks in which something changes more than usual"
    playground.open_home()
    for words in (f"{ON} only if it matters", "digest list", "digest pause", "digest list", "digest resume"):
        say(playground, words)

    assert all(says in line for line in lines(playground)), lines(playground)
    assert all(says in line for line in private(playground)), private(playground)
    assert says in str(playground.home())


def test_who_paused_it_is_named_where_it_stands_paused(playground: Playground) -> None:
    """In the list and in Home, as in the channel's line."""
    playground.open_home()
    say(playground, ON)
    say(playground, "digest pause", "bob")
    say(playground, "digest list")

    paused = f"<@{playground.user('bob').id}> paused it"
    assert paused in private(playground)[-1]
    assert paused in str(playground.home())


def test_who_reads_the_line_is_told_no_second_time(playground: Playground) -> None:
    """Pausing, resuming and stopping are confirmed by the line alone."""
    say(playground, ON)
    told = private(playground)
    for words in ("digest pause", "digest resume", "digest off"):
        say(playground, words)

    assert private(playground) == told
    assert [line.split(" the ")[0] for line in lines(playground)] == [
        "ann set up",
        "ann paused",
        "ann resumed",
        "ann stopped",
    ]


def test_a_form_and_a_button_are_changes_too(playground: Playground) -> None:
    """Whichever way it is changed."""
    playground.command("/frameworks digest on")
    playground.wait_for(playground.modal)
    playground.submit({"zone": "UTC"})
    playground.click(playground.wait_for_ephemeral("gets a digest"), "Pause")
    playground.settled()

    assert [line.split(" the ")[0] for line in lines(playground)] == ["ann set up", "ann paused"]


def test_what_changes_nothing_is_not_said(playground: Playground) -> None:
    """The same wish twice, also of another person, and pausing what is paused."""
    say(playground, ON)
    say(playground, ON, "bob")
    say(playground, "digest pause")
    say(playground, "digest pause", "bob")

    assert len(lines(playground)) == 2
    assert "The digest is paused." in private(playground, "bob")[-1]


def test_in_ones_own_conversation_the_confirmation_is_enough(playground: Playground) -> None:
    """Nobody else is there."""
    say(playground, ON, channel="dm")
    say(playground, "digest off", channel="dm")

    assert lines(playground, "dm") == []
    assert [one.text.split(".")[0] for one in playground.ephemerals("dm")][-1] == "This channel gets no more digests"


@pytest.mark.parametrize(
    ("words", "comes"),
    [("digest off", "comes every Monday"), ("digest pause", "comes every Monday"), ("digest on tue", "every Monday")],
)
def test_a_change_is_undone_by_anybody_there_once(playground: Playground, words: str, comes: str) -> None:
    """It is as before, and who undid it is said; a second click says that nothing was done."""
    say(playground, ON)
    say(playground, words)
    line = last(playground)
    undo(playground, line)
    said = lines(playground)

    undo(playground, line, "chie")

    assert said[-1].startswith(
        "bob undid the last change: the weekly digest here comes every Monday at 09:00, Europe/B"
    )
    assert lines(playground) == said
    assert "so nothing was undone" in private(playground, "chie")[-1]
    say(playground, "digest list")
    assert comes in private(playground)[-1]


def test_a_new_digest_is_undone_to_none_and_that_again(playground: Playground) -> None:
    """An undo is a change like others: it can be undone."""
    say(playground, ON)
    undo(playground, last(playground))
    assert lines(playground)[-1] == "bob undid the last change: the weekly digest here has ended."

    undo(playground, last(playground), "ann")
    assert "ann undid the last change: the weekly digest here comes every Monday" in lines(playground)[-1]


def test_an_undo_whose_settings_were_changed_since_is_stale(playground: Playground) -> None:
    """Also where they are by chance what they were."""
    say(playground, ON)
    say(playground, "digest pause")
    line = last(playground)
    say(playground, "digest resume")
    say(playground, "digest pause")

    undo(playground, line)

    assert len(lines(playground)) == 4
    assert "The digest's settings have changed since" in private(playground, "bob")[-1]


def test_an_undo_works_after_a_restart(tmp_path: Path) -> None:
    """What it puts back stands in the button."""
    with patient_slack() as playground:
        with connected(playground, tmp_path):
            say(playground, ON)
            say(playground, "digest off")
        with connected(playground, tmp_path):
            undo(playground, last(playground))
            assert "comes every Monday at 09:00" in lines(playground)[-1]


@pytest.mark.parametrize(
    "value", ["", "x", "[1]", '[1,"x",{}]', '[9,1,{"state":"off"}]', "[1,1,[]]", '{"a":1}', "[1,0,null]"]
)
def test_a_button_of_another_version_undoes_nothing(playground: Playground, value: str) -> None:
    """Whatever it bears; the digest stays as it is."""
    say(playground, ON)
    line = last(playground)
    line.blocks[0]["accessory"]["value"] = value

    undo(playground, line)

    assert len(lines(playground)) == 1
    assert "nothing was undone" in private(playground, "bob")[-1]


def test_an_undo_that_could_not_be_posted_is_refused(playground: Playground) -> None:
    """The channel was archived meanwhile: it would be promised and not kept."""
    say(playground, ON)
    say(playground, "digest pause")
    playground.archive("general")

    undo(playground, last(playground))

    assert "It was not undone." in private(playground, "bob")[-1]


def test_where_slack_does_not_confirm_the_line_it_is_not_said_twice(playground: Playground) -> None:
    """It is there; who changed it is told alone."""
    say(playground, ON)
    playground.faults.drop_after("chat.postMessage")
    say(playground, "digest off")

    assert [line.split(" the ")[0] for line in lines(playground)] == ["ann set up", "ann stopped"]
    assert private(playground)[-1].startswith("This channel gets no more digests.")


@pytest.mark.parametrize("word", ["restricted_action", "internal_error", "not_in_channel", "a_word_of_tomorrow"])
def test_where_the_line_cannot_be_said_the_change_is_confirmed(playground: Playground, word: str) -> None:
    """Stopping a digest is worth joining no channel for."""
    say(playground, ON)
    playground.faults.error("chat.postMessage", word)
    say(playground, "digest off")

    assert len(lines(playground)) == 1
    assert private(playground)[-1].startswith("This channel gets no more digests.")
    assert playground.requests("conversations.join") == []


# ----------------------------------------------------------------------------------------------------------- the maker


@pytest.mark.parametrize(
    ("words", "did"), [("off", "stopped"), ("pause", "paused"), ("on fri", "changed"), ("on tue 10:00 UTC", "changed")]
)
def test_the_maker_hears_once_what_somebody_else_did(playground: Playground, words: str, did: str) -> None:
    """By direct message, by whom; of one's own changes nobody is told there."""
    say(playground, ON)
    say(playground, f"digest {words}", "bob")

    (told,) = lines(playground, "dm")
    assert told.startswith(f"bob {did} the weekly digest in <#{playground.channel('general').id}> that you made")
    assert lines(playground, "dm:bob") == []


def test_the_maker_undoes_it_where_they_hear_of_it(playground: Playground) -> None:
    """The channel reads that too."""
    say(playground, ON)
    say(playground, "digest off", "bob")

    undo(playground, last(playground, "dm"), "ann")

    assert lines(playground)[-1].startswith("ann undid the last change: the weekly digest here comes every Monday")
    assert "It is undone, and its channel was told." in [one.text for one in playground.ephemerals("dm")]


def test_a_word_to_the_maker_whose_answer_is_lost_is_said_once(playground: Playground) -> None:
    """The second post, after the line, is the word to Ann."""
    say(playground, ON)
    playground.faults.drop_after("chat.postMessage", 2)
    say(playground, "digest off", "bob")

    assert len(lines(playground)) == 2
    assert len(lines(playground, "dm")) == 1


def test_leaving_all_is_said_in_each_channel(playground: Playground) -> None:
    """What others made stays, and is not spoken of."""
    for channel in ("general", "random"):
        say(playground, ON, channel=channel)
    playground.invite_bot("secret", "bob")
    say(playground, ON, "bob", "secret")
    say(playground, "digest off all")

    for channel in ("general", "random"):
        assert lines(playground, channel)[-1].startswith("ann stopped the weekly digest here")
    assert len(lines(playground, "secret")) == 1


# ------------------------------------------------------------------------------------------------------------ of whom


def test_a_guest_may_and_is_named(playground: Playground) -> None:
    """A member of the channel like others."""
    say(playground, ON)
    team = playground.workspace.id
    guest = invite(playground, User(playground.world.new_id("U"), "gil", "Gil *Guest* <!channel>", team))
    guest.name = "gil <!channel>"
    say(playground, "digest off", guest)

    assert lines(playground)[-1].startswith("gil &lt;!channel&gt; stopped the weekly digest here")


def test_a_partner_in_a_shared_channel_is_named_by_a_mention(playground: Playground) -> None:
    """Slack does not describe them to us; nobody but the one who did it is called."""
    say(playground, ON)
    stranger = invite(playground, User("U0PARTNER1", "pat", "Pat", "T0PARTNER"))
    playground.channel("general").externally_shared = True
    playground.faults.error("users.info", "user_not_visible", 3)
    playground.mention("digest pause", user=stranger)
    playground.settled()

    assert lines(playground)[-1].startswith(f"<@{stranger.id}> paused the weekly digest here")
