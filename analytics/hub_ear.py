"""Who hears how the Hub answered: handed in by whoever counts such things, deaf everywhere else."""

from typing import Protocol


class HubEar(Protocol):
    """Hears of each call to the Hub."""

    def hear_hub(self, outcome: str, quota_left: int | None, seconds: float) -> None:
        """Hear how a call ended (`answered`, or an error of ours), what is left of the quota, and how long it took."""


class Deaf:
    """Hears nothing."""

    def hear_hub(self, outcome: str, quota_left: int | None, seconds: float) -> None:
        """Take it and keep nothing."""


DEAF = Deaf()
