"""What is said of digests whose database was damaged: in `digest list`, to who made them, in the ledger. Pure."""

import datetime as dt
from collections.abc import Sequence

from analytics.digest_words.digest_names import quote_name
from analytics.domain.wording import day, listing, verb
from analytics.storage.damage_log import Damage
from bot.blocks import escape
from bot.digest.records import Subscription
from bot.digest.schedule import Slot

SAID_FOR = dt.timedelta(days=30)
"""How long `digest list` speaks of a damage."""

LEDGER, DIGESTS = "slots", "subscriptions"
"""How the tables are called of which a damage says whether they were saved whole."""

TWICE = "Nothing is posted twice: the channel is looked through first."

LOST = "what became of it was lost when the bot's database was damaged"
"""Why the ledger cannot say more of a slot."""


def may_have_lost(damage: Damage | None, slot: Slot) -> bool:
    """Tell whether a slot may have been dealt with, and the ledger's line of it lost."""
    return damage is not None and LEDGER not in damage.whole and slot.due_at <= damage.met_at


def warn_of_damage(damage: Damage | None, now: dt.datetime, *, has_digest: bool) -> str:
    """Say, in the place of a channel's digest, what a damage lately did to it; nothing where there was none."""
    if damage is None or now - damage.met_at > SAID_FOR:
        return ""
    when = f"The bot's database was {_name(damage)} on {day(damage.met_at)}"
    if not has_digest:
        lost = f"{when} and not every digest could be saved: if this channel had one, make it again."
        return "" if DIGESTS in damage.whole else lost
    if LEDGER in damage.whole:
        return f"{when}; this digest and what was posted of it could be saved."
    return f"{when}; this digest is set up, but what was posted of it before may be missing. {TWICE}"


def _name(damage: Damage) -> str:
    return "lost" if damage.gone else "damaged"


def tell_of_damage(damage: Damage, digests: Sequence[Subscription]) -> str:
    """Say to who made some digests that they were saved, and what may be missing."""
    each = listing(f"<#{digest.channel}>{escape(quote_name(digest.name))}" for digest in digests)
    one = f"{escape(digests[0].noun)} in <#{digests[0].channel}> was"
    when = f"the bot's database was {_name(damage)} on {day(damage.met_at)}"
    saved = f"The {verb(len(digests), one, f'digests in {each} were')} saved when {when}."
    whole = LEDGER in damage.whole and DIGESTS in damage.whole
    rest = "" if whole else f" What was posted before may be missing in its history. {TWICE}"
    others = (
        "" if DIGESTS in damage.whole else " Others may be lost: `/frameworks digest list` in a channel shows them."
    )
    return f"{saved}{rest}{others}"
