"""
What is said when somebody changed a channel's settings: there in one line with a way back, and to whoever made them.

A line is tried once: where Slack does not confirm it, it may be there, and the one who made the change is told alone.
"""

from bot.delivery import Delivery
from bot.messages import Message
from bot.persons import Persons
from bot.place import Place


class QuietLines:
    """Tells through one client."""

    def __init__(self, delivery: Delivery, persons: Persons) -> None:
        self._delivery = delivery
        self._persons = persons

    def name(self, user: str) -> str:
        """Name who did it, in mrkdwn, without ringing their bell."""
        return self._persons.name(user)

    def say(self, place: Place, message: Message) -> bool:
        """
        Say it in a channel; tell whether it is there for certain.

        In somebody's own conversation their confirmation is enough.
        """
        return not place.channel.startswith("D") and self._delivery.announce(place, message)

    def tell(self, person: str, team: str, message: Message) -> None:
        """Say it to one person directly, unless they have left."""
        if not self._persons.has_left(person):
            self._delivery.tell(Place("", person, team=team), message)
