"""
What is told of the bot's work to whoever counts it: a small protocol, handed in where the bot is put together.

Everything told is of a few known words: no person, channel, model or typed word, so that what is counted stays small
and says nothing of anybody.
"""

from enum import StrEnum
from typing import Protocol

from analytics.hub_ear import Deaf, HubEar

ANYTHING = "anything"
"""The kind of what was not read yet, or of what is no question."""


class Outcome(StrEnum):
    """What became of a question."""

    ANSWERED = "answered"
    SAMPLE = "answered from the sample"
    NO_SUCH_NAME = "no such name"
    NOTHING_STORED = "nothing stored"
    NOT_UNDERSTOOD = "not understood"
    TURNED_AWAY = "turned away"
    DATABASE = "database away"
    FAILED = "failed"


class Observer(HubEar, Protocol):
    """Hears what the bot does. It is called in the middle of the work: it must be quick and must not raise."""

    def note_ack(self, kind: str, outcome: str, seconds: float) -> None:
        """Hear that a payload of Slack's was handled, acknowledged as a rule, after so many seconds."""

    def note_question(self, kind: str, outcome: Outcome, seconds: float) -> None:
        """Hear what became of a question, so many seconds after it was heard."""

    def note_slack(self, method: str, outcome: str, seconds: float) -> None:
        """Hear how a call to Slack ended, `ok` or what its failure means for a post, and how long it took."""

    def note_collection(self, what: str, outcome: str, seconds: float) -> None:
        """Hear that a collection ended: `collected`, `failed`, `stopped`, or `elsewhere` (by another process)."""

    def note_drawing(self, seconds: float) -> None:
        """Hear that a picture was drawn in so many seconds."""

    def note_too_often(self, whose: str) -> None:
        """Hear that a request was refused since too many came of one `workspace` or `address`."""


class HeardByNobody(Deaf):
    """Counts nothing: the bot where no metrics are wanted."""

    def note_ack(self, kind: str, outcome: str, seconds: float) -> None:
        """Take it and keep nothing."""

    def note_question(self, kind: str, outcome: Outcome, seconds: float) -> None:
        """Take it and keep nothing."""

    def note_slack(self, method: str, outcome: str, seconds: float) -> None:
        """Take it and keep nothing."""

    def note_collection(self, what: str, outcome: str, seconds: float) -> None:
        """Take it and keep nothing."""

    def note_drawing(self, seconds: float) -> None:
        """Take it and keep nothing."""

    def note_too_often(self, whose: str) -> None:
        """Take it and keep nothing."""


UNOBSERVED = HeardByNobody()
