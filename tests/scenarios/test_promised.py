"""A digest is promised only where it can be kept: looked at before it is stored, by words, form and on resuming."""

from collections.abc import Callable

import pytest

from playground.server import Playground
from playground.state import Channel, User

Start = Callable[..., Playground]


def add(playground: Playground, kind: str, *, inside: bool = False, **more: bool) -> Channel:
    """Make a conversation of Ann's and Bob's; the bot is in it if so asked."""
    people = {playground.user("ann").id, playground.user("bob").id}
    members = people | ({playground.bot_user.id} if inside else set())
    name = "mpdm-ann--bob--chie-1" if kind == "mpim" else f"a-{kind}"
    prefix = "D" if kind == "im" else "C"
    place = Channel(playground.world.new_id(prefix), name, playground.workspace.id, kind, members, **more)
    playground.world.channels[place.id] = place
    return place


def invite(playground: Playground, name: str) -> User:
    """Let one more person into the channel."""
    person = User(playground.world.new_id("U"), name, name.title(), playground.workspace.id)
    playground.world.users[person.id] = person
    playground.channel("general").members.add(person.id)
    return person


def hear(playground: Playground, words: str, place: Channel) -> str:
    """Type a command; give what Ann alone is told."""
    playground.command(f"/frameworks {words}", channel=place)
    playground.settled()
    told = playground.ephemerals(place)
    return told[-1].text if told else ""


def has_none(playground: Playground, place: Channel) -> bool:
    """Tell whether nothing is stored for a conversation."""
    return "has no digest" in hear(playground, "digest list", place)


IMPOSSIBLE = [
    ("private", {}, "/invite @frameworks"),
    ("private", {"inside": True, "archived": True}, "archived"),
    ("public", {"archived": True}, "archived"),
    ("public", {"inside": True, "archived": True}, "archived"),
    ("public", {"inside": True, "posting_restricted": True}, "only some people may post"),
    ("public", {"inside": True, "frozen": True}, "has left this shared channel"),
    ("im", {}, "between others"),
    ("mpim", {}, "group conversation"),
    ("mpim", {"inside": True}, "group conversation"),
]


@pytest.mark.parametrize("words", ["digest on mon 09:00 UTC", "digest on"])
@pytest.mark.parametrize(("kind", "more", "why"), IMPOSSIBLE)
def test_where_none_can_be_posted_none_is_promised(
    playground: Playground, kind: str, more: dict[str, bool], why: str, words: str
) -> None:
    """Said at once, and what to do; no form is offered, nothing is stored, nothing is posted."""
    place = add(playground, kind, **more)

    said = hear(playground, words, place)

    assert why in said
    assert said.startswith("There will be no digest here.")
    assert has_none(playground, place)
    assert playground.modal() is None
    assert playground.bot_messages(place) == []


@pytest.mark.parametrize("word", ["channel_not_found", "is_archived", "a_word_of_tomorrow", "internal_error"])
def test_what_slack_says_of_a_channel_is_said_to_the_asker(playground: Playground, word: str) -> None:
    """A channel of another workspace, one that is not there, one nobody has a word for."""
    place = playground.channel("random")
    playground.faults.error("conversations.info", word)

    assert hear(playground, "digest on mon 09:00 UTC", place).startswith("There will be no digest here.")
    assert has_none(playground, place)


@pytest.mark.parametrize(
    ("word", "why"),
    [
        ("too_many_members", "as many members as Slack allows"),
        ("channel_is_limited_access", "only some people have access"),
        ("missing_scope", "/invite @frameworks"),
        ("method_not_supported_for_channel_type", "/invite @frameworks"),
        ("ratelimited", "Please try again in a minute"),
    ],
)
def test_what_keeps_us_from_joining_keeps_the_promise_from_being_made(
    playground: Playground, word: str, why: str
) -> None:
    """Each with what helps."""
    random = playground.channel("random")
    playground.faults.error("conversations.join", word)

    assert why in hear(playground, "digest on mon 09:00 UTC", random)
    assert has_none(playground, random)


def test_a_public_channel_is_joined_before_it_is_promised(playground: Playground) -> None:
    """Not only when the first digest is due."""
    random = playground.channel("random")

    assert "gets a digest every Monday" in hear(playground, "digest on mon 09:00 UTC", random)
    assert playground.bot_user.id in random.members


def test_in_ones_own_conversation_with_the_bot_it_is_promised(playground: Playground) -> None:
    """Alone with the bot."""
    assert "gets a digest every Monday" in hear(playground, "digest on mon 09:00 UTC", playground.channel("dm"))


@pytest.mark.parametrize(
    ("kind", "inside", "promised"),
    [("private", True, True), ("private", False, False), ("mpim", True, False), ("public", False, True)],
)
def test_an_app_installed_before_finds_out_by_trying(
    start: Start,
    kind: str,
    inside: bool,  # noqa: FBT001 - a parameter of the test
    promised: bool,  # noqa: FBT001 - the same
) -> None:
    """Without channels:read and groups:read Slack describes nothing; joining and reading tell enough."""
    playground = start(scopes=OLD_SCOPES)
    place = add(playground, kind, inside=inside)
    if kind == "mpim":
        place.name = "a-name-that-tells-nothing"

    assert ("gets a digest" in hear(playground, "digest on mon 09:00 UTC", place)) is promised
    assert has_none(playground, place) is not promised


OLD_SCOPES = frozenset(
    (
        "app_mentions:read",
        "channels:history",
        "channels:join",
        "chat:write",
        "commands",
        "files:read",
        "files:write",
        "groups:history",
        "im:history",
        "im:write",
        "users:read",
    )
)
"""What the manifest asked for before digests were looked after at subscription."""


def test_a_group_is_known_by_what_slack_says_of_it(start: Start) -> None:
    """Where the app may read about groups, whatever their name."""
    playground = start(scopes=OLD_SCOPES | {"channels:read", "groups:read", "mpim:read", "mpim:history"})
    place = add(playground, "mpim", inside=True)
    place.name = "a-name-that-tells-nothing"

    assert "group conversation" in hear(playground, "digest on mon 09:00 UTC", place)


def test_resuming_is_a_promise_too(playground: Playground) -> None:
    """Archived meanwhile: it stays paused."""
    place = add(playground, "public", inside=True)
    hear(playground, "digest on mon 09:00 UTC", place)
    hear(playground, "digest pause", place)
    playground.archive(place)

    assert "archived" in hear(playground, "digest resume", place)
    assert "is paused" in hear(playground, "digest list", place)


# ---------------------------------------------------------------------------------------------------------------- form


def open_form(playground: Playground, place: Channel) -> None:
    """Type `digest on` and wait for the form."""
    playground.command("/frameworks digest on", channel=place)
    playground.wait_for(playground.modal)


def test_the_form_joins_and_its_confirmation_is_seen(playground: Playground) -> None:
    """In a channel the bot had not joined."""
    random = playground.channel("random")
    open_form(playground, random)
    playground.submit({"zone": "UTC"}).wait()

    assert playground.wait_for_ephemeral("gets a digest every Monday", channel=random)
    assert playground.bot_user.id in random.members


def test_forms_that_wait_for_slack_keep_nobody_else(playground: Playground) -> None:
    """
    Six people submit while Slack takes seconds to tell of the channel: another's help comes all the same.

    Eight seconds, which help takes on no machine, however crowded; Slack gives a form three, this one's more.
    """
    people = [invite(playground, f"guest{number}") for number in range(7)]
    for person in people[:6]:
        playground.command("/frameworks digest on", user=person)
    playground.wait_for(lambda: all(map(playground.modal, people[:6])))
    playground.faults.delay_after("conversations.info", 8.0, times=6)
    forms = [playground.submit(user=person) for person in people[:6]]

    help_wanted = playground.command("/frameworks help", user=people[6])

    assert playground.wait_for_ephemeral("Ask me", user=people[6])
    assert help_wanted.wait().outcome == "acked"
    assert {form.outcome for form in forms} == {"waiting"}, "they are all still open"
    assert [form.wait().outcome for form in forms] == ["acked"] * 6


def test_what_cannot_be_is_said_beside_the_field_and_nothing_is_stored(playground: Playground) -> None:
    """Archived while the form was open: the form stays, says so, and can be submitted again."""
    random = playground.channel("random")
    open_form(playground, random)
    random.archived = True
    playground.submit({"zone": "UTC"}).wait()

    modal = playground.site.modals.shown[playground.user("ann").id]
    assert "archived" in modal.errors["day"]
    assert has_none(playground, random)

    random.archived = False
    playground.submit({"zone": "UTC"}).wait()
    assert playground.wait_for_ephemeral("gets a digest", channel=random)


def test_where_slack_is_slow_the_form_closes_and_the_rest_is_said_directly(playground: Playground) -> None:
    """Nobody waits longer than a form can be held open; what is wrong comes by direct message."""
    random = playground.channel("random")
    open_form(playground, random)
    random.archived = True
    playground.faults.delay_after("conversations.info", 4)
    delivery = playground.submit({"zone": "UTC"}).wait()

    playground.settled()
    assert playground.modal() is None, delivery
    assert "archived" in playground.wait_for_message("no digest here", channel="dm").text
    assert has_none(playground, random)


def test_a_form_whose_channel_takes_no_private_word_is_confirmed_directly(playground: Playground) -> None:
    """Ann left the channel meanwhile: Slack shows her nothing there."""
    random = playground.channel("random")
    open_form(playground, random)
    random.members.discard(playground.user("ann").id)
    playground.submit({"zone": "UTC"}).wait()

    assert playground.wait_for_message("gets a digest every Monday", channel="dm")


@pytest.mark.parametrize("after", [True, False])
def test_a_form_that_may_be_open_has_no_digest_behind_it(playground: Playground, after: bool) -> None:  # noqa: FBT001 - a case
    """Slack did not confirm it: nothing is set up, which cancelling the form would not undo, and that is said."""
    playground.faults.garble("views.open", "<html>a proxy's page</html>", after=after)
    place = playground.channel("general")

    assert "did not confirm the form" in hear(playground, "digest on", place)
    assert has_none(playground, place)
