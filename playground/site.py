"""The parts of the stand-in that the Web API, Socket Mode and the people share, in one hand."""

from dataclasses import dataclass, replace

from playground import payloads
from playground.agenda import Agenda
from playground.block_kit import Problem, Profile, problems
from playground.deliveries import Deliveries
from playground.faults import Faults
from playground.modals import Modals
from playground.permissions import NEEDED, lacking
from playground.rates import Rates
from playground.response_urls import ResponseUrls
from playground.sockets import Sockets
from playground.state import Channel, File, Json, PostedMessage, Workspace, find_pictures
from playground.world import World


@dataclass(eq=False, slots=True)
class Site:
    """Everything a Web API method may need."""

    world: World
    agenda: Agenda
    faults: Faults
    rates: Rates
    sockets: Sockets
    deliveries: Deliveries
    response_urls: ResponseUrls
    modals: Modals
    base_url: str = ""

    def workspace(self, channel: Channel) -> Workspace:
        """Give the workspace a channel belongs to."""
        return self.world.workspaces[channel.team_id]

    def block_problems(self, blocks: object, team_id: str, surface: str = "message") -> list[Problem]:
        """Judge blocks by the profile in force and the files of this workspace."""
        return problems(blocks, surface, self.profile_in_force, lambda given: self.file_problem(given, team_id))

    @property
    def profile_in_force(self) -> Profile:
        """The limits of the moment: those chosen, without charts while these are refused."""
        return replace(self.faults.profile, charts=not self.faults.refuse_charts)

    def file_problem(self, given: Json, team_id: str) -> str | None:
        """Say what is wrong with a picture by file: unknown, not ours, no image or still in processing."""
        for file in self.world.files.values():
            same = given.get("id", file.id) == file.id and given.get("url", file.url) == file.url
            if same and file.team_id == team_id and file.ready and file.is_image and not file.deleted:
                return None
        return "invalid slack file"

    def files_in(self, blocks: list[Json]) -> list[File]:
        """Give the uploads that blocks show, however deep they stand."""
        named = [(given.get("id"), given.get("url")) for block in blocks for given in find_pictures(block)]
        return [
            file for file in self.world.files.values() if any(file.id == id_ or file.url == url for id_, url in named)
        ]

    def hears(self, workspace: Workspace, subscription: str, kind: str | None = None) -> bool:
        """Whether the bot subscribes to such events and has the permission for them; for a last word it needs none."""
        token = self.world.tokens[workspace.bot_token]
        is_gone = token.revoked and subscription in NEEDED
        return subscription in self.world.events and not is_gone and not lacking(subscription, token, kind)

    def emit(self, workspace: Workspace, event: Json, subscription: str, kind: str | None = None) -> None:
        """Send an event to the bot, if it hears of such events."""
        if self.hears(workspace, subscription, kind):
            self.deliveries.send(payloads.event_envelope(self.world, workspace, event), "events_api")

    def let_in(self, channel: Channel, inviter: str = "") -> None:
        """Make the bot a member of a channel; it hears of its own arrival, and who invited it, if it subscribes."""
        workspace = self.workspace(channel)
        channel.members.add(workspace.bot_user.id)
        event = payloads.member_joined(channel, workspace.bot_user.id, f"{self.world.now():.6f}", inviter)
        self.emit(workspace, event, "member_joined_channel", channel.kind)

    def announce(self, message: PostedMessage) -> None:
        """Send the event a message in a direct conversation with the bot causes; the bot's own come back as well."""
        workspace = self.workspace(message.channel)
        if message.channel.kind == "im" and workspace.bot_user.id in message.channel.members:
            self.emit(workspace, payloads.heard(message), "message.im")
