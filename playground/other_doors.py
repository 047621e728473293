"""What people do beside writing and clicking: the shortcut in a message's menu."""

from playground import payloads
from playground.deliveries import Dispatch
from playground.people import ANN, CLICK, NotThere, People
from playground.permissions import lacking
from playground.state import PostedMessage, User

LOOK_UP = "lookup_models"


class OtherDoors(People):
    """Everybody in the workspace, at the doors that an app has beside its command, mentions and buttons."""

    def use_shortcut(self, message: PostedMessage, user: str | User = ANN, callback_id: str = LOOK_UP) -> Dispatch:
        """Choose a shortcut in the menu of a message; it works wherever the person is, the bot a member or not."""
        place, person = message.channel, self.user(user)
        team = self.site.workspace(place)
        payload = payloads.message_action(self.world, team, message, person, callback_id)
        token = self.world.tokens[team.bot_token]
        if message.visible_to is not None or person.id not in place.members:
            raise NotThere("this message has no menu for this person")
        if token.revoked or lacking("message_action", token):
            return self.site.deliveries.not_sent(payload, CLICK)
        url = self.site.response_urls.new(team, place, person, "app")
        more = {"response_url": self.site.base_url + url.path, "trigger_id": self.site.modals.new_trigger(team, person)}
        return self.deliver(payload | more, CLICK, url)
