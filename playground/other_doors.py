"""What people do beside writing and clicking: a message's menu, links and what stands under them."""

from playground import payloads, shared_links
from playground.deliveries import Dispatch
from playground.people import ANN, CLICK, EVENT, GENERAL, NotThere, People
from playground.permissions import lacking
from playground.shared_links import COMPOSER, HISTORY, DetailsTrigger
from playground.state import Channel, Json, PostedMessage, User

LOOK_UP = "lookup_models"
EVIDENCE = "Evidence"


class OtherDoors(People):
    """Everybody in the workspace, at the doors that an app has beside its command, mentions and buttons."""

    def use_shortcut(self, message: PostedMessage, user: str | User = ANN, callback_id: str = LOOK_UP) -> Dispatch:
        """
        Choose a shortcut in the menu of a message; it works wherever the person is, the bot a member or not.

        A partner's people have none of ours in a channel that is shared with them.
        """
        place, person = message.channel, self.user(user)
        team = self.site.workspace(place)
        payload = payloads.message_action(self.world, team, message, person, callback_id)
        token = self.world.tokens[team.bot_token]
        if message.visible_to is not None or person.id not in place.members:
            raise NotThere("this message has no menu for this person")
        if token.revoked or lacking("message_action", token) or not self.is_at_home(person, team):
            return self.site.deliveries.not_sent(payload, CLICK)
        url = self.site.response_urls.new(team, place, person, "app")
        more = {"response_url": self.site.base_url + url.path, "trigger_id": self.site.modals.new_trigger(team, person)}
        return self.deliver(payload | more, CLICK, url)

    # ---------------------------------------------------------------------------------------------------------- links

    def share_links(self, message: PostedMessage) -> Dispatch | None:
        """Tell the bot of the links in a person's message, wherever it stands; None where none is of its domains."""
        urls = shared_links.find_links(message.text, self.world.unfurl_domains)
        author = self.world.users.get(message.user)
        if not urls or message.by_bot or author is None or author.team_id != message.channel.team_id:
            return None
        return self._tell_of_links(message, message.channel, author, urls)

    def compose(self, text: str, channel: str | Channel = GENERAL, user: str | User = ANN) -> Dispatch | None:
        """Write a link without sending it: the bot is asked for a preview, and not told where."""
        urls = shared_links.find_links(text, self.world.unfurl_domains)
        return self._tell_of_links(None, self.channel(channel), self.user(user), urls) if urls else None

    def _tell_of_links(
        self, message: PostedMessage | None, place: Channel, author: User, urls: tuple[str, ...]
    ) -> Dispatch:
        team = self.site.workspace(place)
        shared = shared_links.new_links(message, place, urls, HISTORY if message else COMPOSER)
        self.world.links[shared.unfurl_id] = shared
        domains, moment = self.world.unfurl_domains, f"{self.world.now():.6f}"
        event = shared_links.link_shared(shared, author, domains, team.bot_user.id, moment)
        payload = payloads.event_envelope(self.world, team, event)
        if not self.site.hears(team, "link_shared"):
            return self.site.deliveries.not_sent(payload, EVENT)
        return self.deliver(payload, EVENT)

    def open_details(self, message: PostedMessage, user: str | User = ANN, number: int = 1) -> Dispatch:
        """Open the details of a preview, a Work Object."""
        attachment, person = _preview(message, number), self.user(user)
        if "entity" not in attachment:
            raise NotThere("this preview has no details")
        team = self.site.workspace(message.channel)
        trigger = self.site.modals.new_trigger(team, person)
        asked = DetailsTrigger(self.world.now(), person, attachment["entity"], message)
        self.world.details[trigger] = asked
        event = shared_links.details_requested(trigger, asked, f"{self.world.now():.6f}")
        payload = payloads.event_envelope(self.world, team, event)
        if not self.site.hears(team, "entity_details_requested"):
            return self.site.deliveries.not_sent(payload, EVENT)
        return self.deliver(payload, EVENT)

    def click_preview(
        self, message: PostedMessage, label: str = EVIDENCE, user: str | User = ANN, number: int = 1
    ) -> Dispatch:
        """Use a button of a Work Object, named by its label."""
        attachment, person = _preview(message, number), self.user(user)
        offered = attachment.get("entity", {}).get("entity_payload", {}).get("actions", {}).get("primary_actions", [])
        found = next((one for one in offered if one["text"] == label), None)
        if found is None:
            raise NotThere(f"no button {label!r} in this preview")
        team = self.site.workspace(message.channel)
        url = self.site.response_urls.new(team, message.channel, person, "actions")
        action = {"action_id": found["action_id"], "value": found.get("value", "")}
        payload = payloads.block_actions(self.world, team, message, person, {})
        payload = {key: value for key, value in payload.items() if key != "message"}
        more = {"response_url": self.site.base_url + url.path, "trigger_id": self.site.modals.new_trigger(team, person)}
        return self.deliver(payload | shared_links.preview_action(attachment, action, message) | more, CLICK, url)

    def pane(self, user: str | User = ANN) -> Json | None:
        """Give the details that a person has open."""
        return self.world.panes.get(self.user(user).id)


def _preview(message: PostedMessage, number: int) -> Json:
    found = next((one for one in message.attachments if one["id"] == number), None)
    if found is None:
        raise NotThere("there is no such preview under this message")
    return found
