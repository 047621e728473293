"""The pace of digests: no faster than Slack takes messages, and no slower."""

from bot.digest.poster import Pace


class Watch:
    """A clock that waiting moves."""

    def __init__(self) -> None:
        self.seconds = 1000.0
        self.pace = Pace(self.wait, lambda: self.seconds)

    def wait(self, seconds: float) -> None:
        """Let time pass."""
        self.seconds += seconds

    def turns(self, *channels: str) -> list[float]:
        """Post in these channels, one after the other; give the seconds each had to wait."""
        waited = []
        for channel in channels:
            before = self.seconds
            self.pace.turn(channel)
            waited.append(self.seconds - before)
        return waited


def test_one_channel_gets_one_message_a_second() -> None:
    """The first goes at once, each further one a second after the last."""
    assert Watch().turns("C1", "C1", "C1") == [0, 1, 1]


def test_a_workspace_gets_four_messages_a_second() -> None:
    """In different channels they follow one another in a quarter of a second: 240 a minute, of 300 allowed."""
    assert Watch().turns("C1", "C2", "C3", "C4", "C5") == [0, 0.25, 0.25, 0.25, 0.25]


def test_the_channel_and_the_workspace_are_both_kept() -> None:
    """A channel's second is counted from its own last message, whatever came in between elsewhere."""
    assert Watch().turns("C1", "C2", "C1", "C3") == [0, 0.25, 0.75, 0.25]


def test_who_comes_late_waits_for_nobody() -> None:
    """Once a second has passed there is no debt."""
    watch = Watch()
    watch.turns("C1")
    watch.seconds += 1

    assert watch.turns("C1") == [0]
