"""The place of the line to Slack in a process that has none: Slack posts to it by HTTP, or it only keeps the time."""

from collections.abc import Callable

from slack_sdk.errors import SlackApiError


class Unconnected:
    """Has nothing to connect, so nothing can be refused."""

    refusal: SlackApiError | None = None

    def connect(self) -> None:
        """Do nothing: who listens is started beside it."""

    def close(self) -> None:
        """Do nothing."""

    def when_refused(self, wake: Callable[[], object]) -> None:
        """Leave it: there is no app token to refuse."""

    def warn_of_others(self) -> str:
        """Say nothing: the signing secret does not tell who else is posted to."""
        return ""

    def trouble(self) -> str:
        """Say nothing: no line can be down."""
        return ""
