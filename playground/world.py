"""
The memory of the playground: every record, one lock, one clock, and ids and time stamps that never repeat.

Everything that changes it does so inside `with world.changing()`, which wakes whoever waits for something to happen.
"""

import contextlib
import itertools
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from playground.functions import FUNCTIONS, Function, StepOfRun
from playground.ids import make_id
from playground.install_codes import OAuthApp
from playground.shared_links import DetailsTrigger, SharedLinks
from playground.state import Channel, File, Json, PostedMessage, Token, User, Workspace, interactive

MICROSECONDS = 1_000_000

RESPOND_WITHIN = 3.0
"""Seconds that Slack gives an app: to acknowledge, to open a modal, to show the details of a preview."""


@dataclass(frozen=True, slots=True)
class Request:
    """One request the bot made: a Web API method, `response_url` or `upload`, and what it was answered."""

    method: str
    arguments: Json
    status: int
    reply: Any
    at: float


@dataclass(eq=False)
class World:
    """
    All that the stand-in knows. `clock` gives seconds since 1970; `advance` moves it on without waiting.

    `respond_within`: the seconds that an app has for what Slack gives it three for.
    """

    clock: Callable[[], float]
    respond_within: float = RESPOND_WITHIN
    app_id: str = ""
    enterprise_id: str | None = None
    """The organization that installed the app for all of its workspaces; None where one workspace installed it."""

    withheld: set[str] = field(default_factory=set)
    """Workspaces of the organization that its admin has taken from the app."""

    workspaces: dict[str, Workspace] = field(default_factory=dict)
    users: dict[str, User] = field(default_factory=dict)
    channels: dict[str, Channel] = field(default_factory=dict)
    files: dict[str, File] = field(default_factory=dict)
    tokens: dict[str, Token] = field(default_factory=dict)
    requests: list[Request] = field(default_factory=list)
    commands: frozenset[str] = frozenset({"/frameworks"})
    shortcuts: Mapping[str, str] = field(default_factory=lambda: {"lookup_models": "Look up models here"})
    """Of messages: the callback_id of each, and its name in the menu."""

    functions: Mapping[str, Function] = field(default_factory=lambda: FUNCTIONS)
    runs: dict[str, StepOfRun] = field(default_factory=dict)
    unfurl_domains: tuple[str, ...] = ("huggingface.co", "hf.co")
    entity_types: frozenset[str] = frozenset({"slack#/entities/item"})
    """Work Objects that the app has enabled; none in a workspace that does not have them."""

    links: dict[str, SharedLinks] = field(default_factory=dict)
    details: dict[str, DetailsTrigger] = field(default_factory=dict)
    panes: dict[str, Json] = field(default_factory=dict)
    """The details that each person has open."""

    events: frozenset[str] = frozenset()
    oauth: OAuthApp = field(default_factory=OAuthApp)
    messages_tab: bool = True
    home_tab: bool = True
    listeners: list[Callable[[], None]] = field(default_factory=list)
    skipped: float = 0.0

    def __post_init__(self) -> None:
        self._numbers = itertools.count(1)
        self._revisions = itertools.count(1)
        self.condition = threading.Condition(threading.RLock())

    @contextlib.contextmanager
    def changing(self) -> Iterator[None]:
        """Hold the lock, then tell everybody who waits that something changed."""
        with self.condition:
            yield
            self.condition.notify_all()
        for listener in list(self.listeners):
            listener()

    def now(self) -> float:
        """Seconds since 1970, by the clock handed in and the steps taken since."""
        return self.clock() + self.skipped

    def new_id(self, prefix: str) -> str:
        """Make an id in Slack's manner: a letter for the kind, then digits and capitals."""
        return make_id(prefix, next(self._numbers))

    def next_ts(self, channel: Channel, moment: float | None = None) -> str:
        """Make a time stamp `seconds.microseconds`, unique and rising in its channel (unless an old one is asked)."""
        if moment is not None:
            return f"{moment:.6f}"
        # Whole microseconds: of a sum of many small fractions two neighbours are written alike.
        channel.last_ts = max(round(self.now() * MICROSECONDS), channel.last_ts + 1)
        seconds, rest = divmod(channel.last_ts, MICROSECONDS)
        return f"{seconds}.{rest:06}"

    def add(self, message: PostedMessage) -> PostedMessage:
        """Keep a new message, an ephemeral one apart from the history."""
        self.touch(message)
        kept = message.channel.messages if message.visible_to is None else message.channel.ephemerals
        kept.append(message)
        return message

    def add_if_shown(self, message: PostedMessage) -> None:
        """Keep an ephemeral message unless it stands in a thread without replies: there Slack shows it to nobody."""
        replies = (kept.ts for kept in message.channel.messages if kept.thread_ts == message.thread_ts)
        if message.thread_ts is None or any(ts != message.thread_ts for ts in replies):
            self.add(message)

    def touch(self, message: PostedMessage) -> None:
        """Mark a message as new or changed, and give ids to blocks and elements that came without, as Slack does."""
        message.revision = next(self._revisions)
        for block in message.blocks:
            block.setdefault("block_id", self.new_id("b"))
            for element in interactive(block):
                element.setdefault("action_id", self.new_id("a"))

    def direct_channel(self, workspace: Workspace, user: User) -> Channel:
        """Find the conversation between a person and the bot, or begin it."""
        both = {user.id, workspace.bot_user.id}
        for channel in self.channels.values():
            if channel.kind == "im" and channel.members == both:
                return channel
        channel = Channel(self.new_id("D"), "", workspace.id, "im", both)
        self.channels[channel.id] = channel
        return channel

    def visible(self, channel_id: str, token: Token) -> Channel | None:
        """Give a channel if this token may know of it: its own workspace, and private ones only with the bot inside."""
        channel = self.channels.get(channel_id)
        workspace = token.workspace
        if channel is None or workspace is None or channel.team_id != workspace.id:
            return None
        return channel if channel.kind == "public" or workspace.bot_user.id in channel.members else None

    def message(self, channel: Channel, ts: str) -> PostedMessage | None:
        """Find a message that a history holds."""
        return next((message for message in channel.messages if message.ts == ts), None)
