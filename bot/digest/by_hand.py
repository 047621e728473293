"""A digest posted at somebody's wish, outside the schedule: `digest now` and the TEST post."""

import datetime as dt
from collections.abc import Callable

from analytics.domain.wording import clause
from bot.digest.builder import Contents
from bot.digest.poster import Details, SlackPoster
from bot.digest.records import Subscription
from bot.slack_errors import CannotTell, Lost, TooFast, Unconfirmed
from bot.slack_words import meaning_of, meaning_of_form
from bot.troubles import explain_wait

UNSURE = "Slack did not confirm it. Look first, then try again."


class ByHand:
    """Posts by hand; it takes no slot, so that the next digest still comes."""

    def __init__(self, contents: Contents, poster: SlackPoster, clock: Callable[[], dt.datetime]) -> None:
        self._contents = contents
        self._poster = poster
        self._clock = clock

    def post(self, subscription: Subscription, *, test: bool) -> str:
        """Post it; gives what its asker has to be told, which is nothing if all went well."""
        content = self._contents.build(subscription, None, late=False, test=test)
        try:
            key = f"by hand {self._clock().isoformat()} {subscription.id}"
            ts = self._poster.post(subscription.channel, content.message, key)
        except Lost as lost:
            return f"It could not be posted: {_explain(lost)}"
        except TooFast as fast:
            return f"It was not posted: Slack asks me to slow down here. Please try again {explain_wait(fast.seconds)}."
        except (Unconfirmed, CannotTell):
            return UNSURE
        return self._complete(subscription.channel, ts, content.details)

    def _complete(self, channel: str, ts: str, details: Details | None) -> str:
        """Post the thread; the digest stands in the channel whatever becomes of that."""
        try:
            missing = self._poster.detail(channel, ts, details, "by hand", look=False)
        except Lost as lost:
            missing = f"its thread is not complete: {clause(lost.reason)}"
        except TooFast:
            missing = "its thread is not complete: Slack asks me to slow down here"
        except (Unconfirmed, CannotTell):
            missing = "whether its thread is complete Slack did not confirm"
        return f"It was posted, but {missing}." if missing else ""


def _explain(lost: Lost) -> str:
    """Say why, and what helps whoever asked; nothing has to be resumed."""
    meaning = meaning_of(lost.code) or meaning_of_form(lost.code)
    return f"{meaning.why} {meaning.asker}" if meaning else lost.reason
