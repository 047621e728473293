"""What the bot must not forget of its digests: who gets one, and what became of each slot."""

import datetime as dt

from analytics.storage.database import Database
from bot.digest.ledger import Ledger
from bot.digest.records import LedgerEntry, Subscription
from bot.digest.subscription_store import SubscriptionStore
from bot.digest.tick_marks import TickMarks


class DigestStore(SubscriptionStore, Ledger, TickMarks):
    """Subscriptions and ledger of one workspace in one database."""

    def __init__(self, database: Database, home: str = "") -> None:
        SubscriptionStore.__init__(self, database, home)
        Ledger.__init__(self, database, home)
        TickMarks.__init__(self, database)

    def untold(self, since: dt.datetime) -> dict[str, list[tuple[Subscription, LedgerEntry]]]:
        """Give what became of slots not posted and is not told yet, by the person to tell, earliest first."""
        found: dict[str, list[tuple[Subscription, LedgerEntry]]] = {}
        for entry in self.list_untold(since):
            subscription = self.by_id(entry.slot.subscription)
            if subscription:
                found.setdefault(subscription.addressee, []).append((subscription, entry))
        return found
