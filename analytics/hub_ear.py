"""Who hears how the Hub answered: handed in by whoever counts such things, deaf everywhere else."""

from typing import Protocol


class HubEar(Protocol):
    """Hears of each call to the Hub."""

    def hear_hub(self, outcome: str, quota_left: int | None) -> None:
        """Hear how a call ended, `answered` or the name of an error of ours, and what the Hub says is left of it."""


class Deaf:
    """Hears nothing."""

    def hear_hub(self, outcome: str, quota_left: int | None) -> None:
        """Take it and keep nothing."""


DEAF = Deaf()
