"""
What people do: type commands, write messages, click.

Tests and the page use the same words. Channels and users are named by id or by name; a name means the first workspace.
"""

import uuid

from playground import payloads
from playground.deliveries import Dispatch
from playground.permissions import lacking
from playground.response_urls import ResponseUrl
from playground.site import Site
from playground.state import Channel, Json, PostedMessage, User, Workspace, interactive
from playground.world import World

GENERAL, ANN = "general", "ann"
COMMAND, EVENT, CLICK = "slash_commands", "events_api", "interactive"

HEARD_IN = {"im": "message.im", "mpim": "message.mpim", "group": "message.groups", "channel": "message.channels"}
"""What an app subscribes to that hears messages of such conversations, whatever became of them."""


class NotThere(LookupError):
    """Somebody named a channel, a person, a button or a form that is not there."""


class People:
    """Everybody in the workspace but the bot."""

    site: Site

    @property
    def world(self) -> World:
        """The memory of it all."""
        return self.site.world

    @property
    def workspace(self) -> Workspace:
        """The workspace people see."""
        return next(iter(self.world.workspaces.values()))

    @property
    def bot_user(self) -> User:
        """The bot as a member of the first workspace."""
        return self.workspace.bot_user

    def channel(self, name: str | Channel) -> Channel:
        """Find a channel by id or name; `dm` or `dm:bob` is the conversation of Ann or another with the bot."""
        if isinstance(name, Channel):
            return name
        if name in self.world.channels:
            return self.world.channels[name]
        if name.partition(":")[0] == "dm":
            return self.world.direct_channel(self.workspace, self.user(name.partition(":")[2] or ANN))
        for channel in self.world.channels.values():
            if channel.name == name.removeprefix("#") and channel.team_id == self.workspace.id:
                return channel
        raise NotThere(f"no channel {name}")

    def user(self, name: str | User) -> User:
        """Find a user by id or name."""
        if isinstance(name, User):
            return name
        if name in self.world.users:
            return self.world.users[name]
        for user in self.world.users.values():
            if user.name == name.removeprefix("@") and user.team_id == self.workspace.id:
                return user
        raise NotThere(f"no user {name}")

    # ------------------------------------------------------------------------------------------------------- commands

    def command(self, text: str, channel: str | Channel = GENERAL, user: str | User = ANN) -> Dispatch:
        """
        Type a slash command, `/frameworks top30`; it works wherever the person is, the bot a member or not.

        A partner's people have none in a channel that is shared with them (docs.slack.dev/apis/slack-connect).
        """
        place, person = self.channel(channel), self.user(user)
        name, _, words = text.strip().partition(" ")
        team = self.site.workspace(place)
        payload = payloads.command(self.world, team, place, person, (name, words.strip()))
        if name not in self.world.commands or not self._may_be_asked(team) or not self.is_at_home(person, team):
            return self.site.deliveries.not_sent(payload, COMMAND)
        url = self.site.response_urls.new(team, place, person, "commands")
        url.typed = text.strip()
        more = {"response_url": self.site.base_url + url.path, "trigger_id": self.site.modals.new_trigger(team, person)}
        return self.deliver(payload | more, COMMAND, url)

    def deliver(self, payload: Json, kind: str, url: ResponseUrl | None = None) -> Dispatch:
        """Send any payload to the bot, also one that Slack would not send."""
        return self.site.deliveries.send(payload, kind, url)

    def resend(self, delivery: Dispatch) -> Dispatch:
        """Send the same payload once more, as Slack now and then does: same event_id, same button press."""
        return self.deliver(delivery.payload, delivery.kind, delivery.response_url)

    # ------------------------------------------------------------------------------------------------------- messages

    def write(
        self,
        text: str,
        channel: str | Channel = GENERAL,
        user: str | User = ANN,
        *,
        thread_ts: str | None = None,
        age: float = 0,
    ) -> PostedMessage:
        """Write a message, `age` seconds ago if so asked. It is only kept: no event is sent."""
        place = self.channel(channel)
        with self.world.changing():
            ts = self.world.next_ts(place, self.world.now() - age if age else None)
            gesture = str(uuid.uuid4())
            author = self.user(user).id
            return self.world.add(PostedMessage(ts, place, author, text, thread_ts=thread_ts, client_msg_id=gesture))

    def mention(
        self,
        text: str,
        channel: str | Channel = GENERAL,
        user: str | User = ANN,
        *,
        thread_ts: str | None = None,
        age: float = 0,
        also_as_message: bool = False,
    ) -> Dispatch:
        """Write `@frameworks TEXT`. Slack tells the bot only where it is a member; twice if it hears messages too."""
        place = self.channel(channel)
        team = self.site.workspace(place)
        name = f"<@{team.bot_user.id}>"
        message = self.write(text if name in text else f"{name} {text}", place, user, thread_ts=thread_ts, age=age)
        event = payloads.mention(message) | {"team": self.user(user).team_id}  # the person's, not the channel's
        payload = payloads.event_envelope(self.world, team, event)
        if not self.site.hears(team, "app_mention") or team.bot_user.id not in place.members:
            return self.site.deliveries.not_sent(payload, EVENT)
        if also_as_message:
            self.deliver(payloads.event_envelope(self.world, team, payloads.heard(message)), EVENT)
        return self.deliver(payload, EVENT)

    def direct_message(
        self, text: str, user: str | User = ANN, *, thread_ts: str | None = None, age: float = 0
    ) -> Dispatch:
        """Write to the bot itself."""
        person = self.user(user)
        team = self.world.workspaces[person.team_id]
        place = self.world.direct_channel(team, person)
        message = self.write(text, place, person, thread_ts=thread_ts, age=age)
        payload = payloads.event_envelope(self.world, team, payloads.heard(message))
        if not self.site.hears(team, "message.im"):
            return self.site.deliveries.not_sent(payload, EVENT)
        return self.deliver(payload, EVENT)

    def edit(self, message: PostedMessage, text: str) -> Dispatch:
        """
        Change a message (an unfurled link does the same): the bot hears message_changed where it hears messages.

        What is edited into a mention it hears as app_mention too, with the message's own ts, where it is a member.
        """
        with self.world.changing():
            before = message.as_json()
            message.text, message.edited = text, True
            self.world.touch(message)
        team = self.site.workspace(message.channel)
        name, ts = f"<@{team.bot_user.id}>", self.world.next_ts(message.channel)
        is_heard = self.site.hears(team, "app_mention") and team.bot_user.id in message.channel.members
        if is_heard and message.channel.kind != "im" and name in text and name not in before["text"]:
            edited = payloads.mention(message) | {"edited": {"user": message.user, "ts": ts}}
            self.deliver(payloads.event_envelope(self.world, team, edited), EVENT)
        event = payloads.message_changed(message, before, ts)
        payload = payloads.event_envelope(self.world, team, event)
        if not self.site.hears(team, HEARD_IN[event["channel_type"]]):
            return self.site.deliveries.not_sent(payload, EVENT)
        return self.deliver(payload, EVENT)

    # --------------------------------------------------------------------------------------------------------- clicks

    def click(
        self, message: PostedMessage, button: str, user: str | User = ANN, *, value: str | None = None
    ) -> Dispatch:
        """Use an element of a message, named by its action_id or its label; `value` is the option picked in a menu."""
        element = next((e for e in message.elements() if button in _names(e)), None)
        if element is None:
            raise NotThere(f"no button {button!r}; there are {[_names(e) for e in message.elements()]}")
        if message not in [*message.channel.messages, *message.channel.ephemerals]:
            raise NotThere("this message was deleted")
        team, person = self.site.workspace(message.channel), self.user(user)
        url = self.site.response_urls.new(team, message.channel, person, "actions")
        url.original = message
        action = payloads.report_choice(element, value)
        payload = payloads.block_actions(self.world, team, message, person, action)
        more = {"response_url": self.site.base_url + url.path, "trigger_id": self.site.modals.new_trigger(team, person)}
        return self.deliver(payload | more, CLICK, url)

    def open_home(self, user: str | User = ANN, tab: str = "home") -> Dispatch:
        """Open the Home tab, or `messages`; the bot hears of either, and may publish what the first shows."""
        person = self.user(user)
        team = self.world.workspaces[person.team_id]
        direct = self.world.direct_channel(team, person)
        event = payloads.home_opened(person, direct, team.views.get(person.id), f"{self.world.now():.6f}") | {
            "tab": tab
        }
        payload = payloads.event_envelope(self.world, team, event)
        if not self.site.hears(team, "app_home_opened"):
            return self.site.deliveries.not_sent(payload, EVENT)
        return self.deliver(payload, EVENT)

    def click_home(self, button: str, user: str | User = ANN) -> Dispatch:
        """Use a button of the Home tab, named by its action_id or its label."""
        person = self.user(user)
        team = self.world.workspaces[person.team_id]
        view = team.views.get(person.id) or {"blocks": []}
        found = [element for block in view["blocks"] for element in interactive(block) if button in _names(element)]
        if not found:
            raise NotThere(f"no button {button!r} in the Home tab")
        action = payloads.report_choice({"block_id": "home"} | found[0], None)
        payload = payloads.home_action(self.world, team, view, person, action)
        return self.deliver(payload | {"trigger_id": self.site.modals.new_trigger(team, person)}, CLICK)

    def modal(self, user: str | User = ANN) -> Json | None:
        """Give the modal a person sees."""
        shown = self.site.modals.shown.get(self.user(user).id)
        return shown.view if shown else None

    def submit(self, values: dict[str, str | list[str] | None] | None = None, user: str | User = ANN) -> Dispatch:
        """Press the modal's button; `values` by block_id, fields left out report what they began with."""
        person = self.user(user)
        if self.modal(person) is None:
            raise NotThere("no modal is open")
        team = self.world.workspaces[person.team_id]
        return self.deliver(self.site.modals.submission(team, person, values or {}), CLICK)

    def dismiss(self, user: str | User = ANN) -> None:
        """Close the modal without submitting it."""
        with self.world.changing():
            self.site.modals.shown.pop(self.user(user).id, None)

    def is_at_home(self, person: User, team: Workspace) -> bool:
        """Tell whether somebody is of the workspace that installed the app, or of another of its organization."""
        return self.world.enterprise_id is not None or person.team_id == team.id

    def _may_be_asked(self, team: Workspace) -> bool:
        token = self.world.tokens[team.bot_token]
        return not token.revoked and not lacking(COMMAND, token)


def _names(element: Json) -> tuple[str, str]:
    label = element.get("text")
    return str(element["action_id"]), str(label["text"]) if isinstance(label, dict) else ""
