"""The world at the start: one app, two workspaces with the same channel names, people in several time zones."""

from collections.abc import Callable, Iterable

from playground.ids import make_app_token, make_bot_token
from playground.state import Channel, Token, User, Workspace
from playground.world import World

BOT_NAME = "frameworks"
SLACKBOT = "USLACKBOT"

EVENTS = frozenset(
    {
        "app_home_opened",
        "app_mention",
        "channel_id_changed",
        "entity_details_requested",
        "link_shared",
        "member_joined_channel",
        "message.im",
    }
)
"""What the app subscribes to unless a test says otherwise."""

PEOPLE = (
    ("ann", "Ann Ambler", "Europe/Berlin"),
    ("bob", "Bob Baker", "America/New_York"),
    ("chie", "Chie Chiba", "Asia/Tokyo"),
)

ADMIN = 1
"""Which of them runs the workspace: Bob."""


def new_world(clock: Callable[[], float], scopes: Iterable[str], events: Iterable[str], respond_within: float) -> World:
    """Make the world: the first workspace is the one people see, the second is there to be kept apart."""
    world = World(clock, respond_within, events=frozenset(events))
    world.app_id = world.new_id("A")
    for name, domain in (("Acme", "acme"), ("Globex", "globex")):
        _workspace(world, name, domain, frozenset(scopes))
    world.users[SLACKBOT] = User(SLACKBOT, "slackbot", "Slackbot", "", "UTC", is_bot=True)
    app_token = Token(make_app_token(world.app_id), frozenset({"connections:write"}))
    world.tokens[app_token.value] = app_token
    return world


def new_bot_token(world: World, workspace: Workspace, scopes: Iterable[str]) -> Token:
    """Grant the bot of a workspace a token; the first one is the workspace's own."""
    token = Token(make_bot_token(), frozenset(scopes), workspace)
    world.tokens[token.value] = token
    workspace.bot_token = workspace.bot_token or token.value
    return token


def _workspace(world: World, name: str, domain: str, scopes: frozenset[str]) -> None:
    team = world.new_id("T")
    bot = User(world.new_id("U"), BOT_NAME, BOT_NAME.capitalize(), team, "UTC", is_bot=True)
    workspace = Workspace(team, name, domain, bot, world.new_id("B"))
    world.workspaces[team] = workspace
    people = [User(world.new_id("U"), short, full, team, zone) for short, full, zone in PEOPLE]
    people[ADMIN].is_admin = True
    gone = User(world.new_id("U"), "dave", "Dave Departed", team, "UTC", deleted=True)
    for user in (bot, *people, gone):
        world.users[user.id] = user
    new_bot_token(world, workspace, scopes)
    _channels(world, workspace, people)


def _channels(world: World, workspace: Workspace, people: list[User]) -> None:
    everybody = {person.id for person in people}
    bot = {workspace.bot_user.id}
    rows = (
        ("general", "public", everybody | bot, False),
        ("random", "public", everybody, False),
        ("secret", "private", everybody, False),
        ("old", "public", everybody | bot, True),
    )
    for name, kind, members, archived in rows:
        channel = Channel(world.new_id("C"), name, workspace.id, kind, set(members), archived=archived)
        world.channels[channel.id] = channel
    world.direct_channel(workspace, people[0])
    between_two = Channel(world.new_id("D"), "", workspace.id, "im", {people[0].id, people[1].id})
    world.channels[between_two.id] = between_two
