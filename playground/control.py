"""The control interface: what people do (`people.py`), what can be seen and awaited, what goes on behind the scenes."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from playground import payloads, seed
from playground.authorize_page import allow
from playground.barrier import Barrier, Wait
from playground.deliveries import Dispatch
from playground.faults import Faults
from playground.people import ANN, GENERAL
from playground.rates import Rates
from playground.state import Channel, File, Json, PostedMessage, Token, User, Workspace
from playground.workflows import Workflows
from playground.world import Request

T = TypeVar("T")

LAST_WORDS = ("tokens_revoked", "app_uninstalled")

PATIENCE = 30.0
"""Seconds that are waited at most: far more than anything takes, so that a busy machine fails no test."""


class Control(Workflows):
    """
    What can be done to the playground from outside the bot.

    `on_moved` is told when its clock was moved; `on_settling` waits until the bot has nothing under way; `next_due`
    tells when something comes by itself next in a channel (its id; seconds since 1970): the page offers to move there.
    `tell_collecting` gives what the bot reads now (`lines`) and what a button would have it read (`offer`); the button
    calls `on_collect`.
    """

    barrier: Barrier
    on_moved: Callable[[], None] | None = None
    on_settling: Wait | None = None
    next_due: Callable[[str], float | None] = staticmethod(lambda _: None)
    tell_collecting: Callable[[], Json | None] = staticmethod(lambda: None)
    on_collect: Callable[[], None] | None = None

    @property
    def faults(self) -> Faults:
        """What goes wrong on purpose."""
        return self.site.faults

    @property
    def rates(self) -> Rates:
        """The rate limits; `rates.enabled = False` switches them off."""
        return self.site.rates

    @property
    def other_workspace(self) -> Workspace:
        """The workspace that must never be seen from the first."""
        return list(self.world.workspaces.values())[1]

    # ---------------------------------------------------------------------------------------------------- what is seen

    def messages(self, channel: str | Channel = GENERAL, *, thread_ts: str | None = None) -> list[PostedMessage]:
        """Give what everybody in a channel sees, oldest first; of one thread, its replies."""
        shown = self.channel(channel).messages
        return [message for message in shown if thread_ts in (None, message.thread_ts)]

    def bot_messages(self, channel: str | Channel = GENERAL) -> list[PostedMessage]:
        """Give what the bot posted for everybody in a channel."""
        bot = self.site.workspace(self.channel(channel)).bot_user.id
        return [message for message in self.messages(channel) if message.user == bot]

    def ephemerals(self, channel: str | Channel = GENERAL, user: str | User = ANN) -> list[PostedMessage]:
        """Give what only this user sees in a channel; Slackbot's regrets too."""
        reader = self.user(user).id
        return [message for message in self.channel(channel).ephemerals if message.visible_to == reader]

    def files(self) -> list[File]:
        """Give every upload that was announced."""
        return list(self.world.files.values())

    def home(self, user: str | User = ANN) -> Json | None:
        """Give the Home tab that was published for a user."""
        person = self.user(user)
        return self.world.workspaces[person.team_id].views.get(person.id)

    def requests(self, method: str | None = None) -> list[Request]:
        """Give what the bot asked, all of it or of one method (`response_url` and `upload` too)."""
        return [request for request in self.world.requests if method in (None, request.method)]

    def deliveries(self, kind: str | None = None) -> list[Dispatch]:
        """Give what was sent to the bot: `slash_commands`, `interactive` or `events_api`, or all."""
        return [delivery for delivery in self.site.deliveries.all if kind in (None, delivery.kind)]

    # ---------------------------------------------------------------------------------------------------------- waiting

    def wait_for(self, predicate: Callable[[], T | None], timeout: float = PATIENCE) -> T:
        """Wait until `predicate()` is true, looking again at every change; give its value or raise TimeoutError."""
        with self.world.condition:
            value = self.world.condition.wait_for(predicate, timeout)
        if not value:
            raise TimeoutError(f"not so within {timeout} s")
        return value

    def settled(self, timeout: float = PATIENCE) -> None:
        """
        Wait until everything is delivered: payloads acknowledged, the bot's requests answered, the bot out of work.

        What is not there then does not come any more, and what is counted then is all there is.
        """
        self.barrier.wait(self.on_settling, timeout)

    def wait_for_message(
        self, containing: str = "", channel: str | Channel = GENERAL, timeout: float = PATIENCE
    ) -> PostedMessage:
        """Wait for a message of the bot that holds these words in its text; give the newest."""
        return self.wait_for(
            lambda: next((m for m in reversed(self.bot_messages(channel)) if containing in m.text), None), timeout
        )

    def wait_for_ephemeral(
        self, containing: str = "", channel: str | Channel = GENERAL, user: str | User = ANN, timeout: float = PATIENCE
    ) -> PostedMessage:
        """Wait for a message only this user sees that holds these words in its text; give the newest."""
        return self.wait_for(
            lambda: next((m for m in reversed(self.ephemerals(channel, user)) if containing in m.text), None), timeout
        )

    def wait_for_connection(self, timeout: float = PATIENCE, count: int = 1) -> None:
        """Wait until the bot holds so many connections."""
        self.wait_for(lambda: len(self.site.sockets.connections) >= count, timeout)

    def now(self) -> float:
        """Seconds since 1970 in the playground; hand it to a bot that shall live by the same clock."""
        return self.world.now()

    def advance(self, seconds: float) -> None:
        """Step the clock on, and let everything happen that falls due."""
        with self.world.changing():
            self.world.skipped += seconds
        self.site.agenda.run_due()
        if self.on_moved:
            self.on_moved()

    # ----------------------------------------------------------------------------------------------- behind the scenes

    def disconnect(self, reason: str = "refresh_requested") -> None:
        """Ask the bot to reconnect: warning, refresh_requested, link_disabled; all but the first close the line."""
        self.site.sockets.disconnect(reason)

    def drop_connections(self) -> None:
        """Close every connection without a word."""
        self.site.sockets.close_all()

    def invite_bot(self, channel: str | Channel, user: str | User = ANN) -> None:
        """Type `/invite @frameworks`."""
        with self.world.changing():
            self.site.let_in(self.channel(channel), self.user(user).id)

    def remove_bot(self, channel: str | Channel) -> None:
        """Remove the bot from a channel."""
        with self.world.changing():
            place = self.channel(channel)
            place.members.discard(self.site.workspace(place).bot_user.id)

    def archive(self, channel: str | Channel) -> None:
        """Archive a channel."""
        with self.world.changing():
            self.channel(channel).archived = True

    def renumber(self, channel: str | Channel) -> Channel:
        """Share a channel with another workspace: it gets a new id, and the old one is none any more."""
        with self.world.changing():
            place = self.channel(channel)
            old, place.id = place.id, self.world.new_id("C")
            place.externally_shared = True
            self.world.channels = {one.id: one for one in self.world.channels.values()}
            event = payloads.channel_id_changed(old, place.id, f"{self.world.now():.6f}")
        self.site.emit(self.site.workspace(place), event, "channel_id_changed")
        return place

    def new_token(self, scopes: Iterable[str], workspace: Workspace | None = None) -> str:
        """Grant the bot another token with just these scopes."""
        return seed.new_bot_token(self.world, workspace or self.workspace, scopes).value

    def revoke(self, token: str | None = None) -> None:
        """Revoke a token, by default the bot's own; the bot is told if it subscribes to that."""
        revoked: Token = self.world.tokens[token or self.workspace.bot_token]
        revoked.revoked = True
        if revoked.workspace:
            event = {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": [revoked.workspace.bot_user.id]}}
            self.site.emit(revoked.workspace, event | {"event_ts": f"{self.now():.6f}"}, "tokens_revoked")

    def allow_installation(self, address: str, workspace: Workspace | None = None, *, declines: bool = False) -> str:
        """Answer Slack's page at an address of /oauth/v2/authorize; give where the browser is sent then."""
        return allow(self.site, address, None if declines else workspace or self.workspace)

    def uninstall(self, workspace: Workspace | None = None, *, told: Iterable[str] = LAST_WORDS) -> None:
        """Remove the app from a workspace: its token is no good any more, and the bot is told, in whatever order."""
        team = workspace or self.workspace
        with self.world.changing():
            self.world.tokens[team.bot_token].revoked = True
        for kind in told:
            tokens = {"tokens": {"oauth": [], "bot": [team.bot_user.id]}} if kind == "tokens_revoked" else {}
            self.site.emit(team, {"type": kind, **tokens, "event_ts": f"{self.now():.6f}"}, kind)

    def grant_access(self, workspace: Workspace | None = None, *, withdraws: bool = False) -> None:
        """Give a workspace of the organization to the app, or take it from it, as an admin does; the bot is told."""
        team = workspace or self.workspace
        with self.world.changing():
            (self.world.withheld.add if withdraws else self.world.withheld.discard)(team.id)
        kind = "team_access_revoked" if withdraws else "team_access_granted"
        self.site.emit(team, {"type": kind, "team_ids": [team.id], "event_ts": f"{self.now():.6f}"}, kind)

    def emit(self, event: Json) -> Dispatch:
        """Send any event to the bot, subscribed or not."""
        return self.deliver(payloads.event_envelope(self.world, self.workspace, event), "events_api")
