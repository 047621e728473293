"""Lets those who are not yet heard go first: work begins in a quiet moment."""

import time


class Courtesy:
    """
    Lets those who are not yet heard go first.

    Work and acknowledgements share one interpreter. When many ask at once, work begins only after nobody has asked for
    a moment; measured with 50 at once, the slowest acknowledgement took half as long (docs/performance.md).
    """

    QUIET, LONGEST = 0.02, 0.15
    """Seconds: the quiet that is waited for, and how long at most."""

    def __init__(self) -> None:
        self._last = 0.0

    def heard(self) -> None:
        """Remember that somebody was heard just now."""
        self._last = time.monotonic()

    def wait(self) -> None:
        """Wait for a quiet moment, but not long."""
        latest = time.monotonic() + self.LONGEST
        while (quiet_from := self._last + self.QUIET) > (now := time.monotonic()) and now < latest:
            time.sleep(min(quiet_from, latest) - now)
