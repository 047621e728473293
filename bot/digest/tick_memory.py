"""What the ticks of one workspace know beside the ledger, and what must outlive whoever ticks."""

import datetime as dt
from collections.abc import Callable, Collection
from dataclasses import dataclass, field

from bot.digest.ledger_watch import LedgerWatch
from bot.digest.notices import ToldLately


@dataclass(frozen=True, slots=True)
class TickMemory:
    """How far the ledger is to be trusted, and which words may or may not have reached somebody."""

    watch: LedgerWatch
    telling: ToldLately = field(default_factory=ToldLately)

    @classmethod
    def begin(cls, replace_mark: Callable[[Collection[str], str, dt.datetime], bool]) -> "TickMemory":
        """Know nothing yet."""
        return cls(LedgerWatch(replace_mark))
